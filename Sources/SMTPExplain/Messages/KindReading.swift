/// What tells of which kind a message is: its structure first, then its header, then its words.
struct KindReading {
    let tree: MIMETree
    /// Of the words of the message itself, not of those inside it.
    let mentions: Mentions
    /// Of those for which a report says it.
    let actions: Set<DeliveryStatus.Action>
    let isFeedback: Bool
    let isFailedHeader: Bool
    /// Below the words.
    let hasOriginal: Bool

    private var outcome: WrittenReport.Outcome? { mentions.outcome }
    private var namesRecipient: Bool { !mentions.chosen.isEmpty }
    private var asksForProof: Bool { mentions.says(.challenge) }

    func kind() -> MessageKind {
        if isFeedback { return .complaint }
        let subject = SubjectWords.kinds(of: tree.fields["subject"] ?? "")
        if !actions.isEmpty, let kind = reported(subject) { return kind }
        if isReport(subject) { return .report }
        if subject.contains(.complaint), hasOriginal || tree.parts.contains(where: { $0.level == 0 && $0.isOriginal }) {
            return .complaint
        }
        if tree.parts.contains(where: { $0.level == 0 && $0.isReceipt }) {
            return isRejected ? .failure : .receipt
        }
        return written(subject)
    }

    private func reported(_ subject: [MessageKind]) -> MessageKind? {
        // Some who want the sender's proof say it in a report.
        if asksForProof, !actions.contains(.failed) { return .challenge }
        if actions.contains(.failed) { return .failure }
        return actions.contains(.delayed) ? .delay : .success
    }

    /// A filter of the reader's refuses by a receipt (RFC 5429, section 2.2.2).
    private var isRejected: Bool {
        let submitted = tree.fields.short("auto-submitted")
        let subject = tree.fields.short("subject")
        return submitted.contains("rejected") || subject.hasPrefix("rejected:")
            || subject.contains("automatically rejected")
            || tree.fields["x-sieve-action"] == "reject" || outcome == .failed && namesRecipient
    }

    private func isReport(_ subject: [MessageKind]) -> Bool {
        if subject.contains(.report) { return true }
        let type = ContentType(tree.fields["content-type"] ?? "")
        if ["tlsrpt", "dmarc", "tracking-status"].contains(type.parameter("report-type")?.lowercased()) { return true }
        if tree.fields["tls-report-domain"] != nil { return true }
        return tree.parts.contains { part in
            guard part.level == 0 else { return false }
            if part.type.hasPrefix("application/tlsrpt") || part.type == "message/tracking-status" { return true }
            // RFC 7489, section 7.2.1.1: receiver!domain!begin!end.
            let name =
                ContentType(part.fields["content-type"] ?? "").parameter("name")
                ?? ContentType(part.fields["content-disposition"] ?? "").parameter("filename") ?? ""
            return name.utf8.count { $0 == .ascii("!") } >= 3
                && (name.hasSuffix(".zip") || name.hasSuffix(".gz") || name.hasSuffix(".xml"))
        }
    }

    // MARK: - Where there is no report

    private func written(_ subject: [MessageKind]) -> MessageKind {
        if isChallenge(subject) { return .challenge }
        if subject.contains(.receipt),
            outcome == nil || tree.fields["auto-submitted"] != nil || subject.first == .receipt && !isFromDaemon
        {
            return .receipt
        }
        if speaksOfDelivery(subject) { return delivery(subject) }
        return isAutomatic(subject) ? .autoReply : .other
    }

    private func isChallenge(_ subject: [MessageKind]) -> Bool {
        asksForProof && (subject.contains(.challenge) || !hasSystemName) && !isFailedHeader
    }

    /// Is it a mail system that speaks of a delivery, not a reader?
    private func speaksOfDelivery(_ subject: [MessageKind]) -> Bool {
        if isFailedHeader { return true }
        let speaks = subject.contains { [.failure, .delay, .success].contains($0) }
        // Vacation notes come from the empty path, too, and from the postmaster.
        if subject.first == .autoReply || isFromAutoresponder {
            return isFromDaemon && outcome != nil && namesRecipient
        }
        if isFromDaemon { return speaks || outcome != nil || namesRecipient }
        if isReportType { return speaks || outcome != nil }
        // Of a message that a filter keeps from its reader, and of a colleague's absence, its sender need not hear.
        if mentions.says(.forReader) || !speaks && mentions.says(.absent) { return false }
        if isByList, !hasSystemName, !SubjectWords.beginsWithDelivery(tree.fields["subject"] ?? "") { return false }
        if isFromMailSystem {
            // A ticket has the subject of the letter that it answers.
            let tells = outcome != nil || namesRecipient
            return speaks && !isAnswer && (hasSystemName || tells) || outcome != nil && namesRecipient
        }
        if isFromMachine {
            if namesRecipient { return speaks || outcome != nil && mentions.isToSender }
            return outcome == .failed && mentions.isToSender && (speaks || mentions.says(.stopped))
        }
        // Persons write about what they got from mail systems.
        if isFromPerson { return false }
        return speaks && outcome != nil || namesRecipient && (speaks || outcome != nil && tree.fields.fields.count <= 3)
    }

    /// Lists and newsletters discuss bounces.
    private var isByList: Bool {
        ["list-id", "list-unsubscribe", "list-post"].contains { tree.fields[$0] != nil }
    }

    private var isFromPerson: Bool {
        let bracket = from.utf8.firstIndex(of: .ascii("<"))
        return isAnswer || tree.fields["user-agent"] != nil || bracket.map { $0 > from.startIndex } ?? false
    }

    /// Filters and gateways have names of their own before the `@`.
    private var isFromMachine: Bool {
        let names = [
            "mail", "gateway", "filter", "security", "spam", "virus", "admin", "sweeper", "notif", "quarantine",
            "noreply", "no-reply", "server", "system", "service", "firewall", "robot", "proxy", "appliance", "relay",
            "protection",
        ]
        let name = String(decoding: from.utf8.prefix { $0 != .ascii("@") }, as: UTF8.self)
            .replacing("ismail", with: "")
        return names.contains { name.contains($0) }
    }

    private func delivery(_ subject: [MessageKind]) -> MessageKind {
        switch outcome {
        case .failed: return .failure
        case .delayed: return .delay
        case .delivered where !subject.contains(.failure): return .success
        default:
            if subject.contains(.delay) { return .delay }
            return subject.contains(.success) ? .success : .failure
        }
    }

    private var isReportType: Bool {
        let type = ContentType(tree.fields["content-type"] ?? "")
        return type.parameter("report-type")?.lowercased() == "delivery-status" || type.type == "multipart/report"
    }

    private var isAnswer: Bool {
        tree.fields.short("subject").hasPrefix("re:")
            && (tree.fields["in-reply-to"] != nil || tree.fields["references"] != nil)
    }

    private var from: String { tree.fields.short("from") }

    /// The names under which mail systems write.
    private var isFromDaemon: Bool {
        let names = [
            "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mail delivery",
            "maildelivery", "delivery subsystem",
            "mail system", "mdaemon", "mmdf", "daemon@", "mail administrator", "system administrator", "mail router",
            "microsoftexchange", "postoffice@",
            "deliveryservice", "delivery service", "delivery-service", "delivery system", "delivery agent",
            "internet mail", "mta-daemon", "メール配信システム",
        ]
        return names.contains { from.contains($0) }
    }

    private var isFromMailSystem: Bool { hasSystemName || hasEmptyPath }

    private var hasSystemName: Bool {
        let names = ["postmaster", "bounce", "mailadmin", "mail-admin", "hostmaster"]
        if isFromDaemon || names.contains(where: { from.contains($0) }) { return true }
        let sender = Array(from.utf8)[...].trimmed.string
        return sender.isEmpty || sender.hasSuffix("<>")
    }

    private var hasEmptyPath: Bool {
        let path = tree.fields.short("return-path")
        return path.hasPrefix("<>") || path.contains("mailer-daemon")
    }

    /// Did a program answer for a reader (RFC 3834, section 5, and what was usual before)?
    private func isAutomatic(_ subject: [MessageKind]) -> Bool {
        if subject.contains(.autoReply) { return true }
        if mentions.says(.absent), isReply, tree.fields["user-agent"] == nil { return true }
        let fields = tree.fields
        let submitted = fields.short("auto-submitted")
        if submitted.hasPrefix("auto-replied") || submitted.hasPrefix("auto-generated") && isReply { return true }
        if isFromAutoresponder { return true }
        let precedence = fields.short("precedence") + fields.short("x-precedence")
        if precedence.contains("auto_reply") || precedence.contains("auto-reply") { return true }
        if fields.short("x-auto-response-suppress").contains("all"), isReply || hasEmptyPath { return true }
        // Who wants no answer and does not write to a list.
        return hasEmptyPath || (precedence == "junk" || precedence == "bulk") && isReply && fields["list-id"] == nil
    }

    /// Fields of those who answer for a person; what such an answer says of deliveries is the person's word.
    private var isFromAutoresponder: Bool {
        let names = [
            "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply",
            "x-vacation", "x-autogenerated-reply", "x-ebay-autoreply",
        ]
        return names.contains { tree.fields[$0] != nil }
    }

    private var isReply: Bool {
        tree.fields["in-reply-to"] != nil || tree.fields["references"] != nil
            || tree.fields.short("subject").hasPrefix("re:")
    }
}
