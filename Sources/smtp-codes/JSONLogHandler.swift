import FoundationEssentials
import Logging

/// Writes each message as one line of JSON.
struct JSONLogHandler: LogHandler {
    let output: LogOutput
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
        guard let line = try? Self.encoder.encode(members) else { return }
        output.write(String(decoding: line, as: UTF8.self) + "\n")
    }
}
