import FoundationEssentials
import SMTPExplain

// What `/explain` answers to a message, and to an mbox of them.
extension ExplainRoute {
    /// The most recipients whose answer is made at once.
    private static let mostRecipients = 100
    /// Of a request or a message that is worked on at once, in bytes.
    static let mostAtOnce = 64 << 10

    func answer(message: [UInt8], _ type: String, pretty: Bool) -> Outcome {
        if message.count <= Self.mostAtOnce { return answer(explainer.explain(message: message, contentType: type)) }
        let made = later { () -> Source<Data> in
            switch answer(explainer.explain(message: message, contentType: type)) {
            case .whole(let answer): return source(of: [Service.encode(answer, pretty: pretty)])
            case .stream(let pieces, _): return pieces
            }
        }
        return .stream(made, .json)
    }

    private func answer(_ explained: ExplainedMessage) -> Outcome {
        let first = Array(explained.recipients.prefix(Self.mostRecipients + 1))
        guard first.count <= Self.mostRecipients else { return .stream(pieces(explained), .json) }
        return .whole(MessageAnswer(explained, first.map(answer)))
    }

    /// An answer a line, in the order of the messages.
    func answer(mbox: [UInt8]) -> Outcome {
        let lines = flatMap(messages(mbox)) { message in
            flatMap(source(of: [pieces(message), source(of: [Data([0x0A])])])) { $0 }
        }
        return .stream(lines, .ndjson)
    }

    func recipients(mbox: [UInt8]) -> Source<MessageRecipient> {
        flatMap(messages(mbox)) { source(of: $0.recipients) }
    }

    func recipients(message: [UInt8], _ type: String) -> Source<MessageRecipient> {
        flatMap(explained(message[...], type)) { source(of: $0.recipients) }
    }

    private func messages(_ mbox: [UInt8]) -> Source<ExplainedMessage> {
        flatMap(source(of: Mbox(mbox))) { explained($0, "message/rfc822") }
    }

    private func explained(_ message: ArraySlice<UInt8>, _ type: String) -> Source<ExplainedMessage> {
        let read = { @Sendable in source(of: [explainer.explain(message: message, contentType: type)]) }
        return message.count <= Self.mostAtOnce ? read() : later(read)
    }

    private func answer(_ recipient: MessageRecipient) -> MessageAnswer.Recipient {
        counts.count(recipient.explanation)
        return MessageAnswer.Recipient(recipient)
    }

    /// The same as a `MessageAnswer`, of any number of recipients: they stand in it behind all but `reportingMTA`.
    private func pieces(_ explained: ExplainedMessage) -> Source<Data> {
        let recipients = source(of: explained.recipients.lazy.map(answer))
        let front = Service.encode(MessageAnswer(explained, nil, withReporter: false), pretty: false)
        return object(front, list: .recipients, recipients) {
            Service.encode(MessageAnswer.reporter(explained).map { ["reportingMTA": $0] } ?? [:], pretty: false)
        }
    }
}
