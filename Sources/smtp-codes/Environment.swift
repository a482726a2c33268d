import ArgumentParser
import FoundationEssentials
import Glibc

/// What the process finds around it.
enum Environment {
    /// The variable's value; nil where it is unset or empty.
    static func text(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The variable's value, read as a flag's would be; throws where it cannot be.
    static func value<Value: ExpressibleByArgument>(_ name: String) throws -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = Value(argument: text) else { throw Failure.usage("\(name)=\(text) is not a valid value") }
        return value
    }

    /// The variables that look like the service's own, but are none of those it knows; in order.
    ///
    /// Kubernetes sets SMTP_CODES_SERVICE_HOST, SMTP_CODES_PORT=tcp://... and others for a Service named smtp-codes.
    static func unknownVariables(besides known: Set<String>) -> [String] {
        ProcessInfo.processInfo.environment.filter { name, value in
            name.hasPrefix("SMTP_CODES_") && !known.contains(name) && !name.hasPrefix("SMTP_CODES_SERVICE_")
                && !name.hasPrefix("SMTP_CODES_PORT_") && !value.hasPrefix("tcp://")
        }.keys.sorted()
    }

    /// Opens nothing in place of those of standard input, output and error that are closed; else what the process
    /// opens next would take their place, and its log would go there.
    static func openStandardDescriptors() throws {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            guard open("/dev/null", O_RDWR) == descriptor else { throw Failure.system("/dev/null cannot be opened") }
        }
    }

    /// How far the clock on the wall is ahead of UTC.
    static var secondsFromUTC: Int {
        var now = time(nil)
        var local = tm()
        localtime_r(&now, &local)
        return local.tm_gmtoff
    }

    /// The cores this process may use.
    static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}
