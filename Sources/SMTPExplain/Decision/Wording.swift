import SMTPCatalog

/// Puts a decision into words. Nobody copies it, which would count a reference to each thing that it holds.
struct Wording: ~Copyable {
    private let reply: ReadReply
    private let knowledge: Knowledge
    private let search: Search
    /// The strongest first.
    private let signals: [Signal]
    private let decision: Decision
    private let saidSeconds: Int?

    init(_ reply: ReadReply, _ knowledge: Knowledge) {
        self.reply = reply
        self.knowledge = knowledge
        search = Search(reply, knowledge)
        let signals = Signals(reply, knowledge, search).ranked
        self.signals = signals
        let settled = signals.first.map { $0.category == .accepted || $0.category == .inProgress } ?? false
        saidSeconds = settled ? nil : RetryTime.seconds(in: search.text.bytes)
        let (search, decides) = (search, signals.first?.kind)
        let isOnAddress = signals.first.map { !$0.category.blamesOthers } ?? false
        let blame = isOnAddress ? Blame(search, knowledge) : nil
        decision = Decision(
            reply, signals,
            isUnread: UnreadWords.stand(in: search, besides: decides) || blame?.namesOther ?? false,
            namesOthers: { blame?.isOnOther($0, among: signals) ?? false },
            isForNow: search.isForNow || saidSeconds != nil, saidSeconds: saidSeconds,
            providerSeconds: signals.first?.row.flatMap { knowledge.code($0).retryAfterSeconds })
    }

    var explanation: Explanation {
        let (category, disposition) = (decision.category, decision.disposition)
        let blocklists = blocklists
        let remarks = Remarks(reply: reply, signals: signals, decision: decision, refusal: refusal, search: search)
        return Explanation(
            reply: reply.code, enhanced: reply.enhanced, text: reply.text[...].string, command: reply.command,
            remoteHost: reply.remoteHost, recipient: reply.recipient, category: category, disposition: disposition,
            verdict: decision.verdict,
            summary: signals.first.flatMap { meaning($0) }.map { $0 + (disposition?.inWords ?? "") }
                ?? category.entry.summary(disposition),
            advice: decision.verdict.doubt?.advice ?? advice(blocklists) ?? category.entry.advice(disposition),
            confidence: decision.confidence, evidence: evidence, warnings: remarks.warnings, notes: remarks.notes,
            links: links(blocklists), blocklists: blocklists, provider: provider,
            retryAfterSeconds: saidSeconds)
    }

    private var refusal: Range<Int>? {
        Outcome.Weight(reply.code) == .none ? nil : search.outcome?.refusal
    }

    /// Whoever has a code that decides to himself is the provider, if nothing else tells.
    private var provider: Provider? {
        let owner = signals.first.flatMap { $0.kind == .providerCode ? $0.row?.provider : nil }
        return (search.provider ?? owner).map { knowledge.providers[$0] }
    }

    /// Of the blocklists, of what decided, and of the provider where it is no matter of the address.
    private func links(_ blocklists: [Blocklist]) -> [Link] {
        guard decision.verdict.bounce != .none else { return [] }
        var links = Links(text: reply.text)
        for list in blocklists { links.add(list.links) }
        if let row = signals.first?.row { links.add(knowledge.code(row).links) }
        if decision.verdict.bounce != .hard, decision.category.entry.party != .recipient, let provider {
            links.add(provider.links)
        }
        return links.all
    }

    /// The advice of the strongest signal that has one and says the same as the best.
    private func advice(_ blocklists: [Blocklist]) -> String? {
        guard let best = signals.first else { return nil }
        if best.category == .senderBlocked, let list = blocklists.first {
            guard let page = list.lookup else {
                return "\(list.name) no longer runs: tell the receiver's administrator to stop using it."
            }
            return "Look the sender up at \(page), find and stop what got it listed, then ask for removal there."
        }
        if best.kind == .replyCode { return advice(best) }
        for signal in signals where signal.category == best.category && signal.kind != .replyCode {
            if let advice = advice(signal) { return advice }
        }
        return nil
    }

    /// What to do, as the source of a signal has it for this disposition; nil where it has no word of its own.
    private func advice(_ signal: Signal) -> String? {
        if let row = signal.row { return knowledge.code(row).advice }
        guard !signal.isReadByStage else { return nil }
        switch signal.place {
        case .replyCode(let code): return Catalog.entry(code)?.advice
        case .enhancedCode(let code)
        where code.classDigit.flatMap(Disposition.init(classDigit:)) == decision.disposition:
            return Catalog.entry(code)?.advice(classDigit: code.classDigit)
        default: return nil
        }
    }

    /// What happened, where the deciding code says it in words of its own.
    private func meaning(_ signal: Signal) -> String? {
        if let row = signal.row { return knowledge.code(row).meaning }
        guard case .replyCode(let code) = signal.place, code.classDigit < 4 else { return nil }
        return Catalog.entry(code)?.description
    }

    /// What was found, the strongest first. Left out is what says nothing of its own, and what repeats words
    /// that are there already.
    private var evidence: [Evidence] {
        var list: [Evidence] = []
        list.reserveCapacity(min(signals.count, 8))
        // Which of the signals.
        var shown = InlineArray<8, Int>(repeating: 0)
        var count = 0
        for (index, signal) in signals.enumerated() where count < shown.count {
            if count > 0 && (signal.source == .replyClass || signal.category == .undetermined) { continue }
            let isRepeated = (0..<count).contains {
                let other = signals[shown[$0]]
                return other.place == signal.place
                    || other.category == signal.category && other.place.overlaps(signal.place)
            }
            if isRepeated { continue }
            shown[count] = index
            count += 1
            let evidence = Evidence(kind: signal.kind, found: search.words(at: signal.place), category: signal.category)
            if !list.contains(evidence) { list.append(evidence) }
        }
        return list
    }

    private var blocklists: [Blocklist] {
        var lists: [Blocklist] = []
        func add(_ matches: [Knowledge.Match]) {
            for match in matches {
                guard case .blocklist(let index) = match.meaning else { continue }
                let list = knowledge.blocklists[index]
                if !lists.contains(list) { lists.append(list) }
            }
        }
        add(search.matches)
        add(search.contextMatches)
        let named = lists.filter { $0.role != .mention }
        return named.isEmpty ? lists : named
    }
}
