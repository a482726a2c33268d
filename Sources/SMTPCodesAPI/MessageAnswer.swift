import SMTPExplain

extension ExplainRoute {
    /// The answer to a message.
    struct MessageAnswer: Encodable {
        struct Recipient: Encodable {
            let action: String?
            let diagnostic: Echo?
            let explanation: Answer
            let finalRecipient: Echo?
            let recipient: Echo?
            let remoteMTA: Echo?
            let status: String?
            /// True where one of these texts is cut; else absent.
            let truncated: Bool?

            init(_ it: MessageRecipient) {
                action = it.action
                diagnostic = it.diagnostic.map { Echo($0) }
                explanation = Answer(
                    input: it.diagnostic ?? it.status?.description ?? "", explanation: it.explanation)
                finalRecipient = it.finalRecipient.map { Echo($0, .part) }
                recipient = it.recipient.map { Echo($0, .part) }
                remoteMTA = it.remoteMTA.map { Echo($0, .part) }
                status = it.status?.description
                truncated =
                    [diagnostic, finalRecipient, recipient, remoteMTA].contains { $0?.isCut == true } ? true : nil
            }
        }

        /// Of the message that was sent; texts that are too long are cut.
        struct Original: Encodable {
            struct Field: Encodable {
                let name: Echo
                let value: Echo
            }

            let date: Echo?
            let envelopeId: Echo?
            let from: Echo?
            let headers: [Field]
            let messageId: Echo?
            let subject: Echo?
            let to: Echo?

            init(_ it: OriginalMessage) {
                date = it.date.map { Echo($0, .part) }
                envelopeId = it.envelopeID.map { Echo($0, .part) }
                from = it.from.map { Echo($0, .part) }
                headers = it.headers.map { Field(name: Echo($0.name, .part), value: Echo($0.value, .part)) }
                messageId = it.messageID.map { Echo($0, .part) }
                subject = it.subject.map { Echo($0, .part) }
                to = it.to.map { Echo($0, .part) }
            }
        }

        struct Feedback: Encodable {
            let feedbackType: Echo?
            let originalRecipients: [Echo]
            let reportedDomain: Echo?
            let sourceIP: Echo?
            let userAgent: Echo?

            init(_ it: Complaint) {
                feedbackType = it.feedbackType.map { Echo($0, .part) }
                originalRecipients = it.originalRecipients.map { Echo($0, .part) }
                reportedDomain = it.reportedDomain.map { Echo($0, .part) }
                sourceIP = it.sourceIP.map { Echo($0, .part) }
                userAgent = it.userAgent.map { Echo($0, .part) }
            }
        }

        let complaint: Feedback?
        let kind: String
        let original: Original?
        /// Nil in the head of an answer whose recipients follow one by one.
        let recipients: [Recipient]?
        let reportingMTA: Echo?

        init(_ it: ExplainedMessage, _ recipients: [Recipient]?, withReporter: Bool = true) {
            complaint = it.complaint.map(Feedback.init)
            kind = it.kind.rawValue
            original = it.original.map(Original.init)
            self.recipients = recipients
            reportingMTA = withReporter ? Self.reporter(it) : nil
        }

        static func reporter(_ it: ExplainedMessage) -> Echo? { it.reportingMTA.map { Echo($0, .part) } }
    }
}
