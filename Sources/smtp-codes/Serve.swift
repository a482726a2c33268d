import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import SMTPCodesAPI
import SMTPExplain

/// Runs the service until SIGTERM or SIGINT.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves until SIGTERM or SIGINT (the default).",
        discussion: "Each flag is also an environment variable: SMTP_CODES_HOST for --host, SMTP_CODES_MAX_BODY for "
            + "--max-body and so on, but PORT for --port. A flag is stronger.")

    @Option(help: "The address to listen on; :: takes IPv4 and IPv6. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on; 0 picks one. (default: 8080)")
    var port: UInt16?

    @Option(help: "How many threads serve. (default: one a core)")
    var threads: Int?

    @Option(help: "The largest request body, in bytes. (default: 2097152)")
    var maxBody: Int?

    @Option(help: "The most connections at a time. (default: 4096)")
    var maxConnections: Int?

    @Option(help: "Seconds without a byte until a connection is closed. (default: 60)")
    var idleTimeout: Int?

    @Option(help: "Seconds that requests in flight get to finish on SIGTERM. (default: 10)")
    var drainTimeout: Int?

    @Option(help: "A JSON file of phrases, provider codes and blocklists of your own. (default: none)")
    var rules: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
    var logLevel: LogLevel?

    func run() throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "smtp-codes")
        logger.logLevel = try (logLevel ?? Environment.value("SMTP_CODES_LOG_LEVEL") ?? LogLevel.info).level
        let configuration = try configuration()
        let drainTimeout = try bounded("--drain-timeout", drainTimeout, "SMTP_CODES_DRAIN_TIMEOUT", 0...86400, 10)

        // Before the server's threads exist, so that they inherit it and only this thread takes the signals.
        let signals = StopSignals()
        let server = try start(configuration)
        logger.info(
            "smtp-codes \(Server.version) listens on \(url(configuration.host, server.port)) with \(configuration.threads) threads"
        )

        let signal = signals.wait()
        logger.info("\(signal): draining")
        let left = server.drain(timeout: drainTimeout)
        if left > 0 { logger.warning("\(left) requests did not finish within \(drainTimeout) s") }
        logger.info("stopped")
        // Nothing is left to do, and libmicrohttpd 0.9.75 can crash when it is taken apart while somebody
        // sends it a malformed request.
        withExtendedLifetime(server) { _exit(0) }
    }

    private func configuration() throws -> Server.Configuration {
        var configuration = Server.Configuration()
        configuration.host = host ?? Environment.text("SMTP_CODES_HOST") ?? configuration.host
        configuration.port = try port ?? Environment.value("PORT") ?? configuration.port
        configuration.threads = try bounded("--threads", threads, "SMTP_CODES_THREADS", 1...1024, Environment.cores)
        configuration.maxBody = try bounded(
            "--max-body", maxBody, "SMTP_CODES_MAX_BODY", 1...(1 << 30), configuration.maxBody)
        configuration.maxConnections = try bounded(
            "--max-connections", maxConnections, "SMTP_CODES_MAX_CONNECTIONS", 1...1_000_000,
            configuration.maxConnections)
        configuration.idleTimeout = try bounded(
            "--idle-timeout", idleTimeout, "SMTP_CODES_IDLE_TIMEOUT", 1...86400, configuration.idleTimeout)
        if let file = rules ?? Environment.text("SMTP_CODES_RULES") { configuration.rules = try readRules(file) }
        return configuration
    }

    private func readRules(_ file: String) throws -> Rules {
        guard let json = try? Data(contentsOf: URL(filePath: file)) else {
            throw Failure.configuration("\(file) cannot be read")
        }
        do {
            return try Rules(json: json)
        } catch {
            throw Failure.configuration("\(file): \(error)")
        }
    }

    /// The flag, or else the variable, or else the default; throws outside the bounds.
    private func bounded(
        _ flag: String, _ value: Int?, _ variable: String, _ bounds: ClosedRange<Int>, _ standard: Int
    ) throws -> Int {
        let chosen = try value ?? Environment.value(variable) ?? standard
        guard bounds.contains(chosen) else {
            let name = value == nil ? variable : flag
            throw Failure.usage("\(name) is \(chosen), but must be from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return chosen
    }

    private func start(_ configuration: Server.Configuration) throws -> Server {
        do {
            return try Server(configuration)
        } catch {
            let address = "\(configuration.host) port \(configuration.port)"
            switch error {
            case .badHost: throw Failure.usage("\(configuration.host) is no address of this machine")
            case .addressInUse: throw Failure.unavailable("\(address) is in use")
            case .notPermitted: throw Failure.notPermitted("not permitted to listen on \(address)")
            case .outOfMemory: throw Failure.system("out of memory")
            case .system(let reason): throw Failure.system("cannot listen on \(address): \(reason)")
            }
        }
    }

    private func url(_ host: String, _ port: UInt16) -> String {
        host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }
}

/// The levels of swift-log, as a flag takes them.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue)! }
}
