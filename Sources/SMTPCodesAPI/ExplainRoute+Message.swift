import FoundationEssentials
import SMTPExplain

// What `/explain` answers to a message.
extension ExplainRoute {
    /// The most recipients whose answer is made at once.
    private static let mostRecipients = 100

    func answer(message: Data, _ type: String) -> Outcome {
        let explained = explainer.explain(message: message, contentType: type)
        let first = Array(explained.recipients.prefix(Self.mostRecipients + 1))
        guard first.count <= Self.mostRecipients else { return .stream(stream(explained), .json) }
        return .whole(MessageAnswer(explained, first.map(answer)))
    }

    private func answer(_ recipient: MessageRecipient) -> MessageAnswer.Recipient {
        counts.count(recipient.explanation)
        return MessageAnswer.Recipient(recipient)
    }

    /// The same as a `MessageAnswer`, of any number of recipients: they stand in it behind all but `reportingMTA`.
    private func stream(_ explained: ExplainedMessage) -> ExplainStream {
        var rest = explained.recipients.makeIterator()
        var head: Data? = Service.encode(MessageAnswer(explained, nil, withReporter: false), pretty: false).dropLast()
        var ends = false
        return ExplainStream {
            guard !ends else { return nil }
            guard let next = rest.next() else {
                ends = true
                guard let reporter = explained.reportingMTA else { return Data("]}".utf8) }
                return Data("],".utf8) + Service.encode(["reportingMTA": reporter], pretty: false).dropFirst()
            }
            let before = head.map { $0 + Data(#","recipients":["#.utf8) } ?? Data(",".utf8)
            head = nil
            return before + Service.encode(answer(next), pretty: false)
        }
    }
}
