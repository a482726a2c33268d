/// The message that was sent, as far as it came back. Personal data, not to be logged.
public struct OriginalMessage: Sendable {
    public struct Field: Sendable {
        public let name: String
        public let value: String
    }

    /// Without its angle brackets.
    public internal(set) var messageID: String?
    public internal(set) var subject: String?
    public internal(set) var from: String?
    public internal(set) var to: String?
    public internal(set) var date: String?
    /// The ENVID of the sender (RFC 3461, section 4.4).
    public internal(set) var envelopeID: String?
    /// Its `X-`, `List-` and `Feedback-ID` fields, in their order, names in lower case; by them a sender finds it again.
    public internal(set) var headers: [Field] = []

    /// No more than that many of ``headers`` are kept, and no more bytes of a value.
    private static let mostHeaders = 100
    private static let longestValue = 1000

    init() {}

    init(_ fields: HeaderFields) {
        func value(_ name: String) -> String? {
            fields[name].flatMap { $0.isEmpty ? nil : Self.shortened($0) }
        }
        messageID = value("message-id").map(Self.bareID)
        subject = value("subject")
        from = value("from")
        to = value("to")
        date = value("date")
        headers = fields.fields.lazy.filter {
            $0.name.hasPrefix("x-") || $0.name.hasPrefix("list-") || $0.name == "feedback-id"
        }
        .prefix(Self.mostHeaders).map {
            Field(name: $0.name, value: Self.shortened(HeaderFields.decoded($0.value.prefix(4 * Self.longestValue))))
        }
    }

    static func bareID(_ value: String) -> String {
        let id = value.utf8.drop { $0 != .ascii("<") }.dropFirst().prefix { $0 != .ascii(">") }
        return id.isEmpty ? value : String(decoding: id, as: UTF8.self)
    }

    private static func shortened(_ value: String) -> String {
        value.utf8.count <= longestValue ? value : String(decoding: value.utf8.prefix(longestValue), as: UTF8.self)
    }

    var isEmpty: Bool {
        messageID == nil && subject == nil && from == nil && to == nil && date == nil && envelopeID == nil
            && headers.isEmpty
    }

    /// Takes from another source what is not known yet.
    mutating func complete(with other: OriginalMessage) {
        messageID = messageID ?? other.messageID
        subject = subject ?? other.subject
        from = from ?? other.from
        to = to ?? other.to
        date = date ?? other.date
        envelopeID = envelopeID ?? other.envelopeID
        if headers.isEmpty { headers = other.headers }
    }
}
