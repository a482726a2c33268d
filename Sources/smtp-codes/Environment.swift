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

    /// The cores this process may use.
    static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}
