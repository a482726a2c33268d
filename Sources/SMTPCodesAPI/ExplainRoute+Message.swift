import FoundationEssentials
import SMTPExplain

// What `/explain` answers to a message, and to an mbox of them.
extension ExplainRoute {
    /// The most recipients whose answer is made at once.
    private static let mostRecipients = 100

    func answer(message: Data, _ type: String) -> Outcome {
        let explained = explainer.explain(message: message, contentType: type)
        let first = Array(explained.recipients.prefix(Self.mostRecipients + 1))
        guard first.count <= Self.mostRecipients else { return .stream(ExplainStream(pieces(explained)), .json) }
        return .whole(MessageAnswer(explained, first.map(answer)))
    }

    /// An answer a line, in the order of the messages.
    func answer(mbox: Data) -> Outcome {
        var messages = Mbox(mbox).makeIterator()
        var pieces: (() -> Data?)?
        return .stream(
            ExplainStream {
                if let piece = pieces?() { return piece }
                let lineEnd = pieces == nil ? Data() : Data([0x0A])
                pieces = messages.next().map { self.pieces(explainer.explain(message: $0)) }
                guard let first = pieces?() else { return lineEnd.isEmpty ? nil : lineEnd }
                return lineEnd + first
            }, .ndjson)
    }

    private func answer(_ recipient: MessageRecipient) -> MessageAnswer.Recipient {
        counts.count(recipient.explanation)
        return MessageAnswer.Recipient(recipient)
    }

    /// The same as a `MessageAnswer`, of any number of recipients: they stand in it behind all but `reportingMTA`.
    private func pieces(_ explained: ExplainedMessage) -> () -> Data? {
        var rest = explained.recipients.makeIterator()
        var head: Data? = Service.encode(MessageAnswer(explained, nil, withReporter: false), pretty: false).dropLast()
        var ends = false
        return {
            guard !ends else { return nil }
            let before = head.map { $0 + Data(#","recipients":["#.utf8) } ?? Data(",".utf8)
            let isFirst = head != nil
            head = nil
            if let next = rest.next() { return before + Service.encode(answer(next), pretty: false) }
            ends = true
            let start = (isFirst ? before : Data()) + Data("]".utf8)
            guard let reporter = MessageAnswer.reporter(explained) else { return start + Data("}".utf8) }
            return start + Data(",".utf8) + Service.encode(["reportingMTA": reporter], pretty: false).dropFirst()
        }
    }
}
