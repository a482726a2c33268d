/// What a feedback report says (RFC 5965; RFC 6591 for failed authentication).
public struct Complaint: Sendable {
    /// As `abuse` or `fraud`, in lower case.
    public var feedbackType: String?
    /// Those who complain, where the report names them; personal data, not to be logged.
    public var originalRecipients: [String] = []
    /// The address that the message came from.
    public var sourceIP: String?
    public var reportedDomain: String?
    /// The program that made the report.
    public var userAgent: String?

    init() {}

    /// Reads the fields of message/feedback-report.
    init(_ fields: HeaderFields) {
        feedbackType = fields["feedback-type"]?.lowercased()
        originalRecipients = (fields.all("original-rcpt-to") + fields.all("removal-recipient")).compactMap(Address.bare)
            .filter(Address.isComplete)
        sourceIP = fields["source-ip"].map(Self.bareIP)
        reportedDomain = fields["reported-domain"]
        userAgent = fields["user-agent"]
    }

    static func bareIP(_ value: String) -> String {
        let bytes = value.utf8.prefix { !$0.isBlank && $0 != .ascii("(") }.filter {
            $0 != .ascii("[") && $0 != .ascii("]")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
