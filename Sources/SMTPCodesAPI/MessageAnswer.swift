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
                truncated = [diagnostic, finalRecipient, recipient, remoteMTA].contains { $0?.isCut == true } ? true : nil
            }
        }

        struct Original: Encodable {
            struct Field: Encodable {
                let name: String
                let value: String
            }

            let date: String?
            let envelopeId: String?
            let from: String?
            let headers: [Field]
            let messageId: String?
            let subject: String?
            let to: String?

            init(_ it: OriginalMessage) {
                date = it.date
                envelopeId = it.envelopeID
                from = it.from
                headers = it.headers.map { Field(name: $0.name, value: $0.value) }
                messageId = it.messageID
                subject = it.subject
                to = it.to
            }
        }

        struct Feedback: Encodable {
            let feedbackType: String?
            let originalRecipients: [String]
            let reportedDomain: String?
            let sourceIP: String?
            let userAgent: String?

            init(_ it: Complaint) {
                feedbackType = it.feedbackType
                originalRecipients = it.originalRecipients
                reportedDomain = it.reportedDomain
                sourceIP = it.sourceIP
                userAgent = it.userAgent
            }
        }

        let complaint: Feedback?
        let kind: String
        let original: Original?
        /// Nil in the head of an answer whose recipients follow one by one.
        let recipients: [Recipient]?
        let reportingMTA: String?

        init(_ it: ExplainedMessage, _ recipients: [Recipient]?, withReporter: Bool = true) {
            complaint = it.complaint.map(Feedback.init)
            kind = it.kind.rawValue
            original = it.original.map(Original.init)
            self.recipients = recipients
            reportingMTA = withReporter ? it.reportingMTA : nil
        }
    }
}
