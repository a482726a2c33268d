import SMTPCatalog

/// What a message in a bounce mailbox is, and what it says about each recipient.
public struct ExplainedMessage: Sendable {
    public let kind: MessageKind
    /// The message that was sent; nil where nothing of it came back.
    public let original: OriginalMessage?
    /// The server that reports (RFC 3464, section 2.2.2).
    public let reportingMTA: String?
    /// Only where ``kind`` is ``MessageKind/complaint``.
    public let complaint: Complaint?
    /// There may be very many, so each is explained when one comes to it. None but in reports of a delivery: of a failure,
    /// a delay or a success.
    public let recipients: Recipients

    public struct Recipients: Sequence, Sendable {
        let explainer: Explainer
        let reading: MessageReading

        public func makeIterator() -> some IteratorProtocol<MessageRecipient> {
            (0..<reading.entryCount).lazy.flatMap { entry in reading.explain(entry, explainer) }.makeIterator()
        }
    }
}

/// What a message says about one recipient.
public struct MessageRecipient: Sendable {
    /// The address that was mailed; nil where nothing names it. Personal data, not to be logged.
    public internal(set) var recipient: String?
    /// The address that it led to, where that is another one (RFC 3464, section 2.3.2).
    public internal(set) var finalRecipient: String?
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464, section 2.3.3).
    public internal(set) var action: String?
    /// The field Status.
    public internal(set) var status: EnhancedCode?
    public internal(set) var remoteMTA: String?
    /// The reply of the remote server, or the words of the message.
    public internal(set) var diagnostic: String?
    public internal(set) var explanation: Explanation
}

extension Explainer {
    /// Explains a whole message, or the body of a report whose type is given.
    ///
    /// Reads delivery status notifications (RFC 3464, RFC 6522, RFC 6533), bounces that are only text, feedback reports
    /// (RFC 5965), and tells answers of readers' programs from them. Never fails; a message of another kind is
    /// ``MessageKind/other``.
    public func explain(
        message: some Sequence<UInt8>, contentType: String = "message/rfc822"
    ) -> ExplainedMessage {
        let reading = MessageReading(Array(message), contentType)
        return ExplainedMessage(
            kind: reading.kind, original: reading.original, reportingMTA: reading.reportingMTA,
            complaint: reading.complaint, recipients: .init(explainer: self, reading: reading))
    }
}
