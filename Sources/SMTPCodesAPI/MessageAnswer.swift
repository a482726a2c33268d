import SMTPExplain

extension ExplainRoute {
    /// The answer to a bounce.
    struct BounceAnswer: Encodable {
        struct Recipient: Encodable {
            let action: String?
            let diagnostic: String?
            let explanation: Answer
            let recipient: String?
            let remoteMTA: String?
            let status: String?

            init(_ it: BouncedRecipient) {
                action = it.action
                diagnostic = it.diagnostic
                explanation = Answer(
                    input: it.diagnostic ?? it.status?.description ?? "", explanation: it.explanation)
                recipient = it.recipient
                remoteMTA = it.remoteMTA
                status = it.status?.description
            }
        }

        let recipients: [Recipient]
    }
}
