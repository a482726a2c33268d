import SMTPCatalog

/// The recipients of a message and what it says about each, not yet explained.
struct ReadRecipients: Sendable {
    private let kind: MessageKind
    private let report: DeliveryReport?
    private let written: WrittenReport
    /// Where nothing names them better.
    private let fallback: [String]
    private let completion: AddressCompletion
    /// In a report, where the words are about a recipient, by its address in lower case.
    private let numbers: [String: UInt32]
    /// What the words say that is about no recipient in particular.
    private let preface: ArraySlice<UInt8>
    /// Of the recipients, to which entry of the words each belongs.
    private let entries: [UInt32]

    init(
        kind: MessageKind, report: DeliveryReport?, written: WrittenReport, fallback: [String],
        completion: AddressCompletion
    ) {
        self.kind = kind
        self.report = report.flatMap { $0.count > 0 ? $0 : nil }
        self.written = written
        self.fallback = fallback
        self.completion = completion
        preface = written.prefaceWords.prefix(1 << 16)
        guard self.report != nil else {
            (numbers, entries) = ([:], [])
            return
        }
        var entries: [UInt32] = []
        for entry in 0..<written.count {
            entries += repeatElement(UInt32(entry), count: written.recipients(of: entry).count)
        }
        self.entries = entries
        numbers = Dictionary(
            (0..<written.recipientCount).map { (written.recipient($0).lowercased(), UInt32($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Of the entries, each of which may stand for several recipients.
    var count: Int {
        switch kind {
        case .failure, .delay, .success: report?.count ?? max(1, written.count)
        default: 0
        }
    }

    func explain(_ entry: Int, _ explainer: Explainer) -> [MessageRecipient] {
        if let report { return [explain(report[entry], among: report.count, explainer)] }
        if written.count == 0 { return explainFallback(explainer) }
        return explainWritten(entry, explainer)
    }

    // MARK: - In a report

    private func explain(_ status: DeliveryStatus, among count: Int, _ explainer: Explainer) -> MessageRecipient {
        let number =
            (status.final.flatMap { numbers[$0.lowercased()] } ?? status.original.flatMap { numbers[$0.lowercased()] })
            .map(Int.init)
        let action =
            status.action(otherwise: number.map(written.outcome) ?? (kind == .delay ? .delayed : .failed)) ?? .failed
        let (recipient, final) = names(of: status, number)
        let reason = reason(status, action, number, among: count, explainer)
        return MessageRecipient(
            recipient: recipient, finalRecipient: final, action: action.rawValue, status: status.status,
            remoteMTA: status.remoteMTA,
            diagnostic: reason.words, explanation: reason.explanation)
    }

    /// The address that was mailed, and the one it led to where that is another.
    private func names(of status: DeliveryStatus, _ number: Int?) -> (String?, String?) {
        let alias = number.flatMap(written.alias)
        let final = status.final.map { completion.complete($0, isOnly: report?.count == 1) }
        let mailed = (status.original ?? alias).map { completion.complete($0, isOnly: report?.count == 1) }
        guard let mailed, Address.isComplete(mailed) || final == nil else { return (final ?? fallback.first, nil) }
        guard let final, Address.isComplete(final) || !Address.isComplete(mailed),
            final.lowercased() != mailed.lowercased()
        else { return (mailed, nil) }
        return (mailed, final)
    }

    /// The first of what the report and its words say that tells something; the diagnostic where none does.
    private func reason(
        _ status: DeliveryStatus, _ action: DeliveryStatus.Action, _ number: Int?, among count: Int,
        _ explainer: Explainer
    ) -> (words: String?, explanation: Explanation) {
        func explained(_ reply: ReadReply) -> Explanation {
            reply.enhanced = reply.enhanced ?? status.status
            reply.remoteHost = status.remoteMTA ?? reply.remoteHost
            return explainer.explain(reply, action.outcome)
        }
        let diagnostic = status.diagnostic.map { explained(ReplyReader.read($0.utf8)) }
        if let diagnostic, diagnostic.category != .undetermined { return (status.diagnostic, diagnostic) }
        // What says nothing of its own leaves the status alone.
        func told(_ words: some Sequence<UInt8>) -> Explanation? {
            let category = explainer.explain(ReplyReader.read(words), action.outcome).category
            return category == .undetermined ? nil : explained(ReplyReader.read(words))
        }
        for remark in status.remarks { if let told = told(remark.utf8) { return (status.diagnostic ?? remark, told) } }
        if let number {
            let words = WrittenReport.share(of: written.words(of: Int(entries[number]))[...], among: count)
            if let told = told(words) { return (shown(words), told) }
        }
        let preface = WrittenReport.share(of: preface, among: count)
        if let told = told(preface) { return (status.diagnostic ?? shown(preface), told) }
        let words = number.map { shown(written.words(of: Int(entries[$0])).prefix(1024)) }.flatMap {
            $0.isEmpty ? nil : $0
        }
        return (status.diagnostic ?? status.remarks.first ?? words, diagnostic ?? explained(ReplyReader.read([])))
    }

    private func shown(_ words: ArraySlice<UInt8>) -> String { words.trimmed.string }

    // MARK: - In words alone

    private func explainWritten(_ entry: Int, _ explainer: Explainer) -> [MessageRecipient] {
        let numbers = written.recipients(of: entry)
        let words = written.words(of: entry)
        var results: [DeliveryStatus.Action: MessageRecipient] = [:]
        return numbers.map { number in
            let action = action(written.outcome(of: number))
            var result = results[action] ?? explained(words, action, explainer)
            results[action] = result
            let named = completion.complete(
                Address.bare(written.recipient(number)) ?? written.recipient(number),
                isOnly: written.recipientCount == 1)
            let alias = written.alias(of: number)
            result.recipient = alias ?? named
            result.finalRecipient = alias.flatMap { $0.lowercased() == named.lowercased() ? nil : named }
            return result
        }
    }

    /// The words of the whole stand for all whom a header names, or for one whom nothing names.
    private func explainFallback(_ explainer: Explainer) -> [MessageRecipient] {
        let names: [String?] = fallback.isEmpty ? [nil] : fallback
        let words = WrittenReport.share(of: preface, among: names.count)
        var result = explained(Array(words), action(nil), explainer)
        return names.map { name in
            result.recipient = name.map { completion.complete($0, isOnly: names.count == 1) }
            return result
        }
    }

    private func action(_ outcome: WrittenReport.Outcome?) -> DeliveryStatus.Action {
        switch kind {
        case .delay: .delayed
        case .success: .delivered
        default: outcome == .delayed ? .delayed : outcome == .delivered ? .delivered : .failed
        }
    }

    private func explained(_ words: [UInt8], _ action: DeliveryStatus.Action, _ explainer: Explainer)
        -> MessageRecipient
    {
        var reply = ReplyReader.read(words)
        var explanation = explainer.explain(reply, action.outcome)
        if explanation.category == .undetermined {
            let more = ReplyReader.read(words + [0x0A] + WrittenReport.share(of: preface, among: written.count))
            let other = explainer.explain(more, action.outcome)
            if other.category != .undetermined { (reply, explanation) = (more, other) }
        }
        let codes = [reply.code?.description, reply.enhanced?.description].compactMap(\.self)
        return MessageRecipient(
            recipient: nil, finalRecipient: nil, action: action.rawValue, status: nil, remoteMTA: reply.remoteHost,
            diagnostic: (codes + [reply.text[...].string]).joined(separator: " "), explanation: explanation)
    }
}

extension DeliveryStatus.Action {
    fileprivate var outcome: Disposition {
        switch self {
        case .failed: .permanent
        case .delayed: .transient
        case .delivered, .relayed, .expanded: .success
        }
    }
}

extension Explainer {
    /// Explains what a report quotes: whether it is final says the report, not the code.
    fileprivate func explain(_ reply: ReadReply, _ outcome: Disposition) -> Explanation {
        reply.disposition = outcome
        switch outcome {
        case .success where reply.code?.classDigit != 2: reply.code = nil
        case .transient where reply.code?.classDigit == 5: reply.code = nil
        default: break
        }
        return explain(reply)
    }
}
