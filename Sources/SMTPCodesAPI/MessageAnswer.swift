import SMTPExplain

extension ExplainRoute {
    /// The answer to a message.
    struct MessageAnswer: JSONObject {
        struct Recipient: JSONObject {
            let action: String?
            let diagnostic: Echo?
            let explanation: Answer
            let finalRecipient: Echo?
            let recipient: Echo?
            let remoteMTA: Echo?
            let status: String?
            /// Is one of these texts cut?
            let isCut: Bool

            init(_ it: MessageRecipient) {
                action = it.action
                diagnostic = it.diagnostic.map { Echo($0) }
                explanation = Answer(
                    input: it.diagnostic ?? it.status?.description ?? "", explanation: it.explanation)
                finalRecipient = it.finalRecipient.map { Echo($0, .part) }
                recipient = it.recipient.map { Echo($0, .part) }
                remoteMTA = it.remoteMTA.map { Echo($0, .part) }
                status = it.status?.description
                isCut = [diagnostic, finalRecipient, recipient, remoteMTA].contains { $0?.isCut == true }
            }

            func write(to members: inout some JSONMembers) throws {
                if let action { try members.add(.action, action) }
                if let diagnostic { try members.add(.diagnostic, diagnostic.text) }
                try members.add(.explanation) { try explanation.write(to: &$0) }
                if let finalRecipient { try members.add(.finalRecipient, finalRecipient.text) }
                if let recipient { try members.add(.recipient, recipient.text) }
                if let remoteMTA { try members.add(.remoteMTA, remoteMTA.text) }
                if let status { try members.add(.status, status) }
                if isCut { try members.add(.truncated, true) }
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

        func write(to members: inout some JSONMembers) throws {
            if let complaint { try members.add(.complaint, value: complaint) }
            try members.add(.kind, kept: kind)
            if let original { try members.add(.original, value: original) }
            if let recipients { try members.add(.recipients, each: recipients) { try $0.write(to: &$1) } }
            if let reportingMTA { try members.add(.reportingMTA, reportingMTA.text) }
        }

        static func reporter(_ it: ExplainedMessage) -> Echo? { it.reportingMTA.map { Echo($0, .part) } }
    }
}
