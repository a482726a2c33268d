import ArgumentParser
import Glibc
import SMTPCodesAPI

@main
struct SMTPCodes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smtp-codes",
        abstract: "Says what SMTP replies mean, over HTTP or on the command line.",
        version: Server.version,
        subcommands: [Serve.self, Explain.self, Show.self, Healthcheck.self],
        defaultSubcommand: Serve.self)

    /// As ArgumentParser's own, but what is wrong is said in one line.
    static func main() {
        do {
            try Environment.openStandardDescriptors()
            // Swift reads them from /proc/self/cmdline. Without them each flag would be as if nobody had given it.
            guard CommandLine.argc > 0 else {
                throw Failure.system("the arguments cannot be read: is /proc mounted?")
            }
            var command = try parseAsRoot()
            try command.run()
        } catch let error as Failure {
            Terminal.complain(error.description)
            Glibc.exit(error.exitCode)
        } catch let error as NoThread {
            Terminal.complain("cannot start a thread: \(String(cString: strerror(error.number)))")
            Glibc.exit(71)
        } catch {
            if exitCode(for: error) == .success { exit(withError: error) }
            Terminal.complain(message(for: error))
            Glibc.exit(exitCode(for: error).rawValue)
        }
    }
}

/// A failure with its exit code from sysexits.h.
struct Failure: Error, CustomStringConvertible {
    let description: String
    let exitCode: Int32

    static func usage(_ description: String) -> Failure { Failure(description: description, exitCode: 64) }
    static func unavailable(_ description: String) -> Failure { Failure(description: description, exitCode: 69) }
    static func system(_ description: String) -> Failure { Failure(description: description, exitCode: 71) }
    static func configuration(_ description: String) -> Failure { Failure(description: description, exitCode: 78) }
    static func notPermitted(_ description: String) -> Failure { Failure(description: description, exitCode: 77) }
}
