import SMTPExplain

extension ExplainRoute {
    /// The answer to a bounce.
    struct BounceAnswer: Encodable {
        struct Recipient: Encodable {
            let action: String?
            let diagnostic: Echo?
            let explanation: Answer
            let recipient: Echo?
            let remoteMTA: Echo?
            let status: String?
            /// True where one of these texts is cut; else absent.
            let truncated: Bool?

            init(_ it: BouncedRecipient) {
                action = it.action
                diagnostic = it.diagnostic.map { Echo($0) }
                explanation = Answer(
                    input: it.diagnostic ?? it.status?.description ?? "", explanation: it.explanation)
                recipient = it.recipient.map { Echo($0, .part) }
                remoteMTA = it.remoteMTA.map { Echo($0, .part) }
                status = it.status?.description
                truncated = [diagnostic, recipient, remoteMTA].contains { $0?.isCut == true } ? true : nil
            }
        }

        let recipients: [Recipient]
    }
}
