import SMTPCatalog

/// Collects the evidence in one reply, the strongest first.
struct Signals {
    private let reply: ReadReply
    private let knowledge: Knowledge
    private let search: Search
    private(set) var ranked: [Signal] = []

    init(_ reply: ReadReply, _ knowledge: Knowledge, _ search: Search) {
        self.reply = reply
        self.knowledge = knowledge
        self.search = search
        collect()
        rank()
    }

    private mutating func collect() {
        let settled = reply.settledCategory
        if let settled, !mayRefuse { return ranked.append(signal(settled)) }
        ranked.reserveCapacity(search.matches.count + search.contextMatches.count + 4)
        for match in search.matches { add(signal(match, .reply)) }
        for match in search.contextMatches { add(signal(match, .around)) }
        if let code = reply.enhanced {
            add(providerSignal(code))
            if settled == nil || code.refuses { add(signal(code, .reply)) }
        }
        for code in reply.otherEnhanced { add(signal(code, .around)) }
        if let settled {
            if !refuses { ranked = [signal(settled)] }
        } else if let code = reply.code {
            add(providerSignal(code))
            add(signal(code))
        }
        dropPhrasesInWordings()
        heedPlainWords()
    }

    /// A phrase that stands inside its provider's wording says less than the wording: `quota exceeded` in
    /// `organization queue quota exceeded`.
    private mutating func dropPhrasesInWordings() {
        let wordings = ranked.filter { $0.isOwnWording && $0.category != .policy }
        guard !wordings.isEmpty else { return }
        ranked.removeAll { signal in signal.isPhrase && wordings.contains { $0.place.contains(signal.place) } }
    }

    /// A provider's code outranks polite words such as `please try later`, but not those that say what is wrong with the
    /// mailbox: the code then only hints that somebody else is to blame.
    private mutating func heedPlainWords() {
        let isPlain = ranked.contains { $0.scope == .reply && $0.row == nil && $0.isPlainAboutMailbox }
        guard isPlain else { return }
        for (i, signal) in ranked.enumerated()
        where signal.source == .providerCode && signal.category.blamesOthers && signal.category != .mailboxFull {
            ranked[i].source = .providerHint
        }
    }

    /// May a reply whose code refuses nothing be a refusal all the same?
    private var mayRefuse: Bool {
        // Where there is no reply code, the sending side's word is the best there is.
        guard reply.code != nil || reply.disposition != .success, let outcome = search.outcome, !outcome.accepts else {
            return false
        }
        if reply.enhanced?.refuses == true { return true }
        switch Outcome.Weight(reply.code) {
        case .none: return false
        case .outcome: return outcome.refusal != nil
        case .cause: return outcome.refusal != nil || !search.matches.isEmpty
        }
    }

    /// Is it one, now that the evidence is there?
    private var refuses: Bool {
        if reply.enhanced?.refuses == true || search.outcome?.refusal != nil { return true }
        return ranked.contains { signal in
            guard signal.scope == .reply, case .text(let range) = signal.place else { return false }
            // Who says goodbye closes the connection, and anything else tells why.
            if reply.code == 221 {
                return signal.category != .networkFailure
                    || search.text.bytes.firstIndex(of: "clos", in: range) == nil
            }
            return signal.rank > Rank.vague && !signal.category.isFinding
        }
    }

    private mutating func add(_ signal: Signal?) {
        guard var signal, signal.rank > 0 || signal.scope == .reply else { return }
        if signal.row == nil {
            let category = Stage.reading(signal.category, after: reply.stage)
            signal.isReadByStage = category != signal.category
            signal.category = category
        }
        ranked.append(signal)
    }

    /// Sorts by rank, and puts the cause behind the others of the first rank at the head.
    private mutating func rank() {
        guard ranked.count > 1 else { return }
        // Equals keep their order: the sort is stable.
        ranked.sort { a, b in
            let (rank, other) = (a.rank, b.rank)
            return rank != other ? rank > other : a.length > b.length
        }
        let equals = ranked.prefix { $0.rank == ranked[0].rank }
        if let best = Causes.best(equals), best > 0 { ranked.insert(ranked.remove(at: best), at: 0) }
        // Who gave up, and says that the mailbox was full all the time, tells both; the mailbox is what has to change.
        if ranked[0].source == .givenUp,
            let full = ranked.firstIndex(where: { $0.isPlainAboutMailbox && $0.category == .mailboxFull })
        {
            ranked.insert(ranked.remove(at: full), at: 0)
        }
    }

    // MARK: - What one piece tells

    /// A reply that refuses nothing: its words do not matter.
    private func signal(_ category: Category) -> Signal {
        if let code = reply.code {
            return Signal(category, .replyCode, .reply, .replyCode, .replyCode(code))
        }
        if let code = reply.enhanced {
            return Signal(category, .enhancedCode, .reply, .enhancedCode, .enhancedCode(code))
        }
        return Signal(category, .words, .around, .text, .whole)
    }

    private func signal(_ match: Knowledge.Match, _ scope: Scope) -> Signal? {
        let place: Signal.Place = scope == .reply ? .text(match.range) : .context(match.range)
        switch match.meaning {
        case .phrase(let phrase):
            if phrase.category == .undetermined { return nil }
            // Where a code refuses, nothing was accepted.
            if phrase.category == .accepted && (reply.code != nil || reply.enhanced != nil) { return nil }
            if phrase.wantsCodes {
                if phrase.strength == .rule { return Signal(phrase.category, .rule, scope, .text, place) }
                let source: Source = phrase.strength == .vague ? .vagueWords : .wordsWithCode
                return Signal(phrase.category, source, scope, .text, place)
            }
            return Signal(phrase.category, source(of: phrase), scope, .text, place)
        case .wording(let row, let wording):
            let code = knowledge.code(row)
            let isOwn = row.provider == search.provider
            guard let source = source(of: wording, code, isOwn: isOwn) else { return nil }
            // Words that somebody else uses as well are just words.
            return Signal(code.category, source, scope, .text, place, row: isOwn || code.isRule ? row : nil)
        case .token(let row):
            let code = knowledge.code(row)
            guard row.provider == search.provider, code.category != .undetermined, !isOverruled(row) else {
                return nil
            }
            return Signal(code.category, source(of: code, .providerCode), scope, .providerCode, place, row: row)
        case .blocklist(let index):
            let isOfDomains = knowledge.blocklists[index].kind == .domain
            return Signal(.senderBlocked, isOfDomains ? .domainBlocklist : .blocklist, scope, .blocklist, place)
        case .signature, .host: return nil
        }
    }

    private func source(of phrase: Knowledge.PhraseMeaning) -> Source {
        switch phrase.strength {
        case .vague, .forNow: .vagueWords
        case .specific, .name: .words
        case .decisive: phrase.category == .expired ? .givenUp : .decisiveWords
        case .rule: .rule
        }
    }

    /// What a provider's wording is: much in its own replies, less in those of others who may say the
    /// same; nil where it says nothing, because a code must stand beside it or it is too short.
    private func source(of wording: Knowledge.Wording, _ code: ProviderCode, isOwn: Bool) -> Source? {
        guard code.code == nil, code.category != .undetermined, fits(code) else { return nil }
        if code.isRule { return .rule }
        if wording.isMark, !code.replies.isEmpty, let own = reply.code?.classDigit,
            !code.replies.contains(where: { $0.classDigit == own })
        {
            return nil
        }
        // A standard's own text is anybody's.
        if wording.isStandard { return isOwn ? .providerHint : nil }
        if wording.isMark { return .providerHint }
        guard isOwn || wording.isLong else { return nil }
        if isForNowOnly(code) { return .providerHint }
        return isOwn ? source(of: code, .providerWords) : .othersWords
    }

    /// Was the command answered that the row is about?
    private func fits(_ code: ProviderCode) -> Bool { code.command == nil || code.command == reply.command }

    /// Is the row about refusals for now, while this one is final?
    private func isForNowOnly(_ code: ProviderCode) -> Bool {
        reply.code?.classDigit == 5 && !code.replies.isEmpty && code.replies.allSatisfy { $0.classDigit == 4 }
    }

    /// The source, unless the row is the operator's own, or no more than a hint: unconfirmed or without a cause.
    private func source(of code: ProviderCode, _ source: Source) -> Source {
        if code.isRule { return .rule }
        return !code.confirmed || code.category == .policy ? .providerHint : source
    }

    /// A prefix of codes counts only where no exact code of the provider stands in the reply.
    private func isOverruled(_ row: Knowledge.ProviderRow) -> Bool {
        guard knowledge.code(row).code?.hasSuffix("*") == true else { return false }
        return search.matches.contains { match in
            guard case .token(let other) = match.meaning, other.provider == row.provider else { return false }
            return knowledge.code(other).code?.hasSuffix("*") == false
        }
    }

    /// What the provider means by an enhanced code, where it has a meaning of its own for it.
    private func providerSignal(_ code: EnhancedCode) -> Signal? {
        let isRegistered = Catalog.entry(code) != nil
        // The rows of nobody are none.
        guard search.provider != nil || !isRegistered, let row = row(of: code, isRegistered: isRegistered) else {
            return nil
        }
        let use = knowledge.code(row)
        let usual: Source = use.wording != nil ? .providerWords : isRegistered ? .providerHint : .unregisteredCode
        return Signal(use.category, source(of: use, usual), .reply, .providerCode, .enhancedCode(code), row: row)
    }

    /// What the provider means by a reply code, where it has a meaning of its own for it.
    private func providerSignal(_ code: ReplyCode) -> Signal? {
        guard let provider = search.provider,
            let row = knowledge.rows(for: code).first(where: { row in
                let use = knowledge.code(row)
                return row.provider == provider && fits(use) && use.wording.map(stands) ?? true
            })
        else { return nil }
        let use = knowledge.code(row)
        let usual: Source = use.wording != nil ? .providerWords : .providerHint
        return Signal(use.category, source(of: use, usual), .reply, .providerCode, .replyCode(code), row: row)
    }

    /// The provider's row for the enhanced code. A wording beside it must stand in the reply; a code that no
    /// standard registers tells its provider by itself.
    private func row(of code: EnhancedCode, isRegistered: Bool) -> Knowledge.ProviderRow? {
        let rows = knowledge.rows(for: code)
        guard !rows.isEmpty else { return nil }
        let own = rows.filter { $0.provider == search.provider && fits(knowledge.code($0)) }
        let worded = own.filter { knowledge.code($0).wording.map(stands) ?? false }
        let bare = (own.isEmpty && !isRegistered ? rows : own).filter { row in
            let code = knowledge.code(row)
            return code.wording == nil && code.category != .undetermined
        }
        return worded.max { knowledge.code($0).wording!.utf8.count < knowledge.code($1).wording!.utf8.count }
            ?? bare.first { knowledge.code($0).isRule }
            ?? bare.first { row in reply.code.map(knowledge.code(row).replies.contains) ?? true }
            ?? bare.first
    }

    /// Does this wording of the provider stand in the reply?
    private func stands(_ wording: String) -> Bool {
        search.matches.contains { match in
            guard case .wording(let found, _) = match.meaning, found.provider == search.provider else { return false }
            return knowledge.code(found).wording == wording
        }
    }

    private func signal(_ code: EnhancedCode, _ scope: Scope) -> Signal? {
        let registered = Catalog.entry(code)
        // An unregistered code still has its subject, and says little beyond it.
        let subject = EnhancedCode(classDigit: code.classDigit, subject: code.subject, detail: 0)!
        guard let entry = registered ?? Catalog.entry(subject) else { return nil }
        let category = entry.category(classDigit: code.classDigit)
        let isGeneric = registered?.isGeneric ?? true
        let source: Source = isGeneric || category == .undetermined ? .subject : .enhancedCode
        if scope == .around && source == .subject { return nil }
        return Signal(category, source, scope, .enhancedCode, .enhancedCode(code))
    }

    private func signal(_ code: ReplyCode) -> Signal {
        let entry = Catalog.entry(code)
        var category = entry?.category ?? .undetermined
        // After the message itself, the recipient was taken already; a code alone does not take that back.
        if reply.command == "DATA" || reply.command == "BDAT", category == .unknownRecipient { category = .policy }
        // One that nobody defines says nothing beyond its class.
        let source: Source = entry?.isGeneric ?? true ? .replyClass : .replyCode
        return Signal(category, source, .reply, .replyCode, .replyCode(code))
    }
}

extension Signal {
    /// Is it words, and of a mailbox that is not there, is closed or is full?
    fileprivate var isPlainAboutMailbox: Bool {
        guard source == .words || source == .decisiveWords else { return false }
        switch category {
        case .unknownRecipient, .badRecipientAddress, .recipientMoved, .mailboxDisabled, .mailboxFull: return true
        default: return false
        }
    }
}

extension Category {
    /// Does a filter say so of a message that it may let pass? `250 spam score 2` is no refusal.
    fileprivate var isFinding: Bool {
        switch self {
        case .spamContent, .malware, .senderUnauthenticated, .senderBlocked, .reverseDNS, .greylisted, .policy: true
        default: false
        }
    }
}
