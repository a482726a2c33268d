/// A message, read as far as its recipients go; they are explained later.
struct MessageReading: Sendable {
    let kind: MessageKind
    let original: OriginalMessage?
    let complaint: Complaint?
    let reportingMTA: String?
    let recipients: ReadRecipients

    init(_ bytes: [UInt8], _ contentType: String) {
        self.init(MIMETree(bytes, contentType: contentType), depth: 0)
    }

    private init(_ tree: MIMETree, depth: Int) {
        let parts = MessageParts(tree)
        let words = parts.words
        let feedback = parts.feedback
        let failedHeader = parts.failedHeader
        var mentions = Mentions(words.text, own: parts.ownAddresses)
        mentions.narrow(to: Set(failedHeader.map { $0.lowercased() }), in: words.text)
        let written = WrittenReport(words.text, mentions: mentions)
        let report = parts.report ?? DeliveryReport.lost(in: words.text)
        let kind = KindReading(
            tree: tree, mentions: mentions, actions: report?.actions(otherwise: mentions.outcome) ?? [],
            isFeedback: feedback != nil, isFailedHeader: !failedHeader.isEmpty,
            hasOriginal: mentions.hasOriginal(in: words.text)
        ).kind()
        // Somebody forwards a report as it came, or a filter wraps it.
        if kind == .other || kind == .failure && report == nil && mentions.chosen.isEmpty, depth < 3,
            let inner = parts.innerMessage.map({ Self(MIMETree($0, contentType: "message/rfc822"), depth: depth + 1) }),
            inner.isReport
        {
            self = inner
            return
        }
        let header =
            parts.originalHeader
            ?? (mentions.end < words.text.count
                ? MessageParts.header(inText: words.text[mentions.end...])
                : MessageParts.header(amidText: words.text))
        var original = header.map(OriginalMessage.init) ?? OriginalMessage()
        if kind != .other { original.complete(with: parts.answered) }
        original.envelopeID = report?.envelopeID
        self.kind = kind
        self.original = original.isEmpty ? nil : original
        complaint = kind == .complaint ? parts.complaint(feedback) : nil
        reportingMTA = report?.reportingMTA
        recipients = ReadRecipients(
            kind: kind, report: report, written: written,
            fallback: failedHeader + parts.fallback(mentions, header), completion: parts.completion(header))
    }

    /// Is it of a kind that nobody writes by hand?
    private var isReport: Bool { [.failure, .delay, .success, .complaint].contains(kind) }

    var entryCount: Int { recipients.count }

    func explain(_ entry: Int, _ explainer: Explainer) -> [MessageRecipient] { recipients.explain(entry, explainer) }
}

extension DeliveryReport {
    /// A report whose part has lost its type stands among the words.
    static func lost(in text: [UInt8]) -> DeliveryReport? {
        guard text.firstIndex(of: "final-recipient:", in: text.indices) != nil else { return nil }
        let report = DeliveryReport(text)
        return report.count > 0 ? report : nil
    }

    /// What becomes of the recipients; where no field says it, their status and the words do.
    func actions(otherwise outcome: WrittenReport.Outcome?) -> Set<DeliveryStatus.Action> {
        Set((0..<count).lazy.compactMap { self[$0].action(otherwise: outcome) })
    }
}

extension DeliveryStatus {
    /// A status of class 4 alone does not tell whether anybody goes on trying.
    func action(otherwise outcome: WrittenReport.Outcome?) -> Action? {
        if let action { return action }
        switch (status?.classDigit, outcome) {
        case (2, _): return .delivered
        case (_, .delayed?): return .delayed
        case (5, _), (_, .failed?): return .failed
        case (4, _): return .delayed
        default: return nil
        }
    }
}
