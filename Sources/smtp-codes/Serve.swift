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

    @Option(
        name: [.long, .customLong("body-memory")],
        help: "The most memory that all request bodies and answers may take together, in bytes. (default: 67108864)")
    var memory: Int?

    @Option(help: "The most connections at a time. (default: 4096)")
    var maxConnections: Int?

    @Option(help: "The most connections of one client address; 0: no limit. (default: 0)")
    var maxConnectionsPerIp: Int?

    @Option(help: "Seconds without a byte until a connection is closed. (default: 60)")
    var idleTimeout: Int?

    @Option(help: "Seconds in which a whole request must have arrived. (default: 10)")
    var requestTimeout: Int?

    @Option(help: "Seconds in which a response must have been taken, and one more for each 64 KiB. (default: 30)")
    var responseTimeout: Int?

    @Option(
        help: "Seconds after SIGTERM in which new connections are still taken, while /readyz says 503. (default: 0)")
    var drainDelay: Int?

    @Option(help: "Seconds that requests in flight get to finish on SIGTERM. (default: 10)")
    var drainTimeout: Int?

    @Option(help: "A JSON file of phrases, provider codes and blocklists of your own. (default: none)")
    var rules: String?

    @Option(help: "A PEM file with the certificate and its chain, for HTTPS. (default: none)")
    var tlsCertificate: String?

    @Option(help: "A PEM file with the key of the certificate. (default: none)")
    var tlsKey: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Log each request: method, route, status, bytes, microseconds and request id. (default: --no-access-log)")
    var accessLog: Bool?

    @Option(help: "text or json. (default: text)")
    var logFormat: LogFormat?

    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
    var logLevel: LogLevel?

    func run() throws {
        // Before there are threads, so that they inherit it and only this one takes the signals.
        let signals = Signals()
        let output = try LogOutput()
        let logger = try makeLogger(output)
        for name in Environment.unknownVariables(besides: Self.variables) { logger.warning("\(name) is not known") }
        let files = ServedFiles(
            rules: rules ?? Environment.text("SMTP_CODES_RULES"),
            certificate: tlsCertificate ?? Environment.text("SMTP_CODES_TLS_CERTIFICATE"),
            key: tlsKey ?? Environment.text("SMTP_CODES_TLS_KEY"))
        var configuration = try configuration()
        configuration.rules = try files.readRules()
        configuration.certificate = try files.readCertificate()
        configuration.logLinesDropped = { output.dropped }
        if try accessLog ?? Environment.value("SMTP_CODES_ACCESS_LOG") ?? false {
            configuration.accessLog = { logger.log($0) }
        }
        let drainDelay = try bounded("--drain-delay", drainDelay, "SMTP_CODES_DRAIN_DELAY", 0...86400, 0)
        let drainTimeout = try bounded("--drain-timeout", drainTimeout, "SMTP_CODES_DRAIN_TIMEOUT", 0...86400, 10)

        let server = try start(configuration)
        logger.info(
            "smtp-codes \(Server.version) listens on \(url(configuration, server.port)) with \(configuration.threads) threads and libmicrohttpd \(Server.libraryVersion)"
        )
        if !Server.libraryIsProven {
            logger.warning(
                "libmicrohttpd \(Server.libraryVersion) is not proven with this service: requests may be refused without a word, and connections lost at the limit"
            )
        }
        if server.connectionLimit < configuration.maxConnections {
            logger.warning(
                "there can be \(server.connectionLimit) connections, not \(configuration.maxConnections): the process may not open more files"
            )
        }

        let signal = waitForStop(signals) { reload(files, server, logger) }
        logger.info("\(signal): draining")
        server.announceDrain()
        sleep(UInt32(drainDelay))
        let left = server.drain(timeout: drainTimeout)
        if left > 0 { logger.warning("\(left) requests did not finish within \(drainTimeout) s") }
        logger.info("stopped")
        output.finish()
        // Nothing is left to do, and libmicrohttpd 0.9.75 can crash when it is taken apart while somebody
        // sends it a malformed request.
        withExtendedLifetime(server) { _exit(0) }
    }

    /// The name of the signal.
    private func waitForStop(_ signals: Signals, _ reload: () -> Void) -> String {
        while true {
            switch signals.wait() {
            case .reload: reload()
            case .stop(let signal): return signal
            }
        }
    }

    /// Goes on with all the old files where one of the new ones is bad.
    private func reload(_ files: ServedFiles, _ server: Server, _ logger: Logger) {
        do {
            let rules = try files.readRules()
            if let certificate = try files.readCertificate() { try server.replace(certificate: certificate) }
            server.replace(rules: rules)
            logger.info("SIGHUP: rules and certificate were read again")
        } catch {
            logger.error("SIGHUP: \(error); the service goes on with what it had")
        }
    }

    private func makeLogger(_ output: LogOutput) throws -> Logger {
        let format = try logFormat ?? Environment.value("SMTP_CODES_LOG_FORMAT") ?? .text
        LoggingSystem.bootstrap { label in
            switch format {
            case .text: StreamLogHandler(label: label, stream: output)
            case .json: JSONLogHandler(output: output)
            }
        }
        var logger = Logger(label: "smtp-codes")
        logger.logLevel = try (logLevel ?? Environment.value("SMTP_CODES_LOG_LEVEL") ?? LogLevel.info).level
        return logger
    }

    private func configuration() throws -> Server.Configuration {
        var configuration = Server.Configuration()
        configuration.host = host ?? Environment.text("SMTP_CODES_HOST") ?? configuration.host
        configuration.port = try port ?? Environment.value("PORT") ?? configuration.port
        configuration.threads = try bounded("--threads", threads, "SMTP_CODES_THREADS", 1...1024, Environment.cores)
        configuration.maxBody = try bounded(
            "--max-body", maxBody, "SMTP_CODES_MAX_BODY", 1...(1 << 30), configuration.maxBody)
        // The second is its old name.
        let variables = ["SMTP_CODES_MEMORY", "SMTP_CODES_BODY_MEMORY"]
        let variable = variables.first { Environment.text($0) != nil } ?? variables[0]
        configuration.memory = try bounded("--memory", memory, variable, 1...(1 << 40), configuration.memory)
        configuration.maxConnections = try bounded(
            "--max-connections", maxConnections, "SMTP_CODES_MAX_CONNECTIONS", 1...1_000_000,
            configuration.maxConnections)
        configuration.maxConnectionsPerIP = try bounded(
            "--max-connections-per-ip", maxConnectionsPerIp, "SMTP_CODES_MAX_CONNECTIONS_PER_IP", 0...1_000_000,
            configuration.maxConnectionsPerIP)
        configuration.idleTimeout = try bounded(
            "--idle-timeout", idleTimeout, "SMTP_CODES_IDLE_TIMEOUT", 1...86400, configuration.idleTimeout)
        configuration.requestTimeout = try bounded(
            "--request-timeout", requestTimeout, "SMTP_CODES_REQUEST_TIMEOUT", 1...86400,
            configuration.requestTimeout)
        configuration.responseTimeout = try bounded(
            "--response-timeout", responseTimeout, "SMTP_CODES_RESPONSE_TIMEOUT", 1...86400,
            configuration.responseTimeout)
        return configuration
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
            case .badCertificate: throw Failure.configuration("the certificate and its key cannot be used")
            case .outOfMemory: throw Failure.system("out of memory")
            case .system(let reason): throw Failure.system("cannot listen on \(address): \(reason)")
            }
        }
    }

    private func url(_ configuration: Server.Configuration, _ port: UInt16) -> String {
        let scheme = configuration.certificate == nil ? "http" : "https"
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        return "\(scheme)://\(host):\(port)"
    }
}

extension Serve {
    /// The variables that stand for the flags, PORT aside, and the old name of one.
    fileprivate static var variables: Set<String> {
        // A property with a wrapper has its name with `_` before it.
        let flags = Mirror(reflecting: Serve()).children.compactMap(\.label).filter { $0 != "_port" }
        return Set(
            flags.map { flag in
                "SMTP_CODES" + flag.map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
            } + ["SMTP_CODES_BODY_MEMORY"])
    }
}

/// How log lines look.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

extension Logger {
    /// One request.
    fileprivate func log(_ access: Server.Access) {
        var metadata: Logger.Metadata = [
            "method": "\(access.method)", "route": "\(access.route ?? "none")", "status": "\(access.status)",
            "bytes": "\(access.bytes)", "microseconds": "\(access.microseconds)",
        ]
        if let id = access.requestID { metadata["request_id"] = "\(id)" }
        info("request", metadata: metadata)
    }
}

/// The levels of swift-log, as a flag takes them.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue)! }
}
