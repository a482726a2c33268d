import FoundationEssentials
import Glibc
import Logging

/// Writes each message as one line of JSON to standard error.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members = self.metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
        members["level"] = event.level.rawValue
        members["message"] = event.message.description
        members["time"] = Date().formatted(.iso8601)
        guard var line = try? Self.encoder.encode(members) else { return }
        line.append(0x0A)
        // One write a line, so that lines of several threads do not mix.
        line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
