import SMTPCatalog

/// Weighs what was found in one reply.
///
/// The order of evidence: a provider's own code or wording, specific words, a specific enhanced code, a
/// specific reply code, vague words, the subject digit, the class digit.
final class Decision {
    private let reply: ReadReply
    private let knowledge: Knowledge
    private let search: Search
    /// What was found, the strongest first.
    private var ranked: [Finding] = []

    init(_ reply: ReadReply, _ knowledge: Knowledge) {
        self.reply = reply
        self.knowledge = knowledge
        search = Search(reply, knowledge)
        ranked = findings().sorted(by: Finding.isStronger)
    }

    // MARK: - What was found

    private func findings() -> [Finding] {
        switch reply.code?.classDigit ?? reply.enhanced?.classDigit ?? (reply.disposition == .success ? 2 : 0) {
        case 2: return [settled(.accepted)]
        case 3: return [settled(.inProgress)]
        default: break
        }
        var findings: [Finding] = []
        findings.reserveCapacity(search.matches.count + search.contextMatches.count + 4)
        for match in search.matches {
            if let finding = finding(match, .text(match.range)) { findings.append(finding) }
        }
        for match in search.contextMatches {
            guard let finding = finding(match, .context(match.range)) else { continue }
            finding.weight == .givenUp ? findings.append(finding) : findings.appendAsContext(finding)
        }
        if let code = reply.enhanced {
            if let finding = providerFinding(code) { findings.append(finding) }
            if let finding = finding(code) { findings.append(finding) }
        }
        for code in reply.otherEnhanced {
            if let finding = finding(code) { findings.appendAsContext(finding) }
        }
        if let code = reply.code { findings.append(finding(code)) }
        return findings
    }

    /// A reply that refuses nothing: its words do not matter.
    private func settled(_ category: Category) -> Finding {
        if let code = reply.code {
            return Finding(weight: .replyCode, category: category, kind: .replyCode, place: .replyCode(code))
        }
        if let code = reply.enhanced {
            return Finding(weight: .enhancedCode, category: category, kind: .enhancedCode, place: .enhancedCode(code))
        }
        return Finding(weight: .context, category: category, kind: .text, place: .whole)
    }

    private func finding(_ match: Knowledge.Match, _ place: Finding.Place) -> Finding? {
        switch match.meaning {
        case .phrase(let index):
            let phrase = knowledge.phrases[index]
            // Where a code refuses, nothing was accepted.
            if phrase.category == .accepted && (reply.code != nil || reply.enhanced != nil) { return nil }
            let weight: Finding.Weight =
                switch phrase.strength {
                case .vague: .vagueWords
                case .specific, .name: .specificWords
                case .decisive: phrase.category == .expired ? .givenUp : .decisiveWords
                case .rule: .rule
                }
            return Finding(weight: weight, category: phrase.category, kind: .text, place: place)
        case .wording(let row, let wording):
            let code = knowledge.code(row)
            let isOwn = row.provider == search.provider
            guard let weight = weight(of: wording, code, isOwn: isOwn) else { return nil }
            // Words that somebody else uses as well are just words.
            return Finding(
                weight: weight, category: code.category, kind: .text, place: place,
                row: isOwn || code.isRule ? row : nil)
        case .token(let row):
            let code = knowledge.code(row)
            guard row.provider == search.provider, code.category != .undetermined, !isOverruled(row) else {
                return nil
            }
            return Finding(
                weight: weight(of: code, .providerCode), category: code.category, kind: .providerCode, place: place,
                row: row)
        case .blocklist(let index):
            return Finding(
                weight: knowledge.blocklists[index].kind == .domain ? .domainBlocklist : .blocklist,
                category: .senderBlocked, kind: .blocklist, place: place)
        case .signature, .host, .part, .negation: return nil
        }
    }

    /// What a provider's wording weighs: much in its own replies, less in those of others who may say the
    /// same; nil where it says nothing, because a code must stand beside it or it is too short.
    private func weight(of wording: Knowledge.Wording, _ code: ProviderCode, isOwn: Bool) -> Finding.Weight? {
        guard code.code == nil, code.category != .undetermined, fits(code) else { return nil }
        if code.isRule { return .rule }
        if wording.isMark || isOwn && wording.isStandard || isForNowOnly(code) { return .providerHint }
        return isOwn ? weight(of: code, .providerWords) : wording.isLong ? .providerWording : nil
    }

    /// Was the command answered that the row is about?
    private func fits(_ code: ProviderCode) -> Bool { code.command == nil || code.command == reply.command }

    /// Is the row about refusals for now, while this one is final?
    private func isForNowOnly(_ code: ProviderCode) -> Bool {
        reply.code?.classDigit == 5 && !code.replies.isEmpty && code.replies.allSatisfy { $0.classDigit == 4 }
    }

    /// The weight, unless the row is the operator's own, or no more than a hint: unconfirmed or without a cause.
    private func weight(of code: ProviderCode, _ weight: Finding.Weight) -> Finding.Weight {
        if code.isRule { return .rule }
        return !code.confirmed || code.category == .policy ? .providerHint : weight
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
    private func providerFinding(_ code: EnhancedCode) -> Finding? {
        let isRegistered = Catalog.entry(code) != nil
        guard let row = row(of: code, isRegistered: isRegistered) else { return nil }
        let use = knowledge.code(row)
        let usual: Finding.Weight =
            use.wording != nil ? .providerWords : isRegistered ? .providerHint : .unregisteredCode
        return Finding(
            weight: weight(of: use, usual), category: use.category, kind: .providerCode, place: .enhancedCode(code),
            row: row)
    }

    /// The provider's row for the enhanced code. A wording beside it must stand in the reply; a code that no
    /// standard registers tells its provider by itself.
    private func row(of code: EnhancedCode, isRegistered: Bool) -> Knowledge.ProviderRow? {
        let rows = knowledge.rows(for: code)
        guard !rows.isEmpty else { return nil }
        let own = rows.filter { $0.provider == search.provider }
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

    private func finding(_ code: EnhancedCode) -> Finding? {
        let isRegistered = Catalog.entry(code) != nil
        // An unregistered code still has its subject.
        let known = isRegistered ? code : EnhancedCode(classDigit: code.classDigit, subject: code.subject, detail: 0)!
        guard let entry = Catalog.entry(known) else { return nil }
        let category = entry.category(classDigit: code.classDigit)
        return Finding(
            weight: code.isGeneric || category == .undetermined ? .subjectDigit : .enhancedCode, category: category,
            kind: .enhancedCode, place: .enhancedCode(code))
    }

    private func finding(_ code: ReplyCode) -> Finding {
        Finding(
            weight: code.isGeneric ? .classDigit : .replyCode,
            category: Catalog.entry(code)?.category ?? .undetermined, kind: .replyCode, place: .replyCode(code))
    }

    // MARK: - What follows

    func explanation() -> Explanation {
        let best = ranked.first
        let category = best?.category ?? .undetermined
        let disposition = disposition(category)
        let entry = category.entry
        let blocklists = blocklists()
        let ownAction = disposition == .permanent ? best.flatMap(action) : nil
        let confidence = confidence()
        let saidSeconds = disposition == .success ? nil : RetryTime.seconds(in: search.text.bytes)
        let verdict = Verdict(
            category, disposition, action: ownAction ?? entry.action(disposition), command: reply.command,
            confidence: confidence, blamesOthers: ranked.contains(where: Self.blamesOthers), saidSeconds: saidSeconds,
            providerSeconds: best?.row.flatMap { knowledge.code($0).retryAfterSeconds })
        return Explanation(
            reply: reply.code, enhanced: reply.enhanced, text: reply.text[...].string, command: reply.command,
            remoteHost: reply.remoteHost, recipient: reply.recipient, category: category, disposition: disposition,
            verdict: verdict,
            summary: summary(best.flatMap(meaning) ?? entry.description, disposition),
            advice: verdict.doubt?.advice ?? advice(blocklists, disposition) ?? entry.advice(disposition),
            confidence: confidence, evidence: evidence(),
            warnings: Warnings(reply: reply, ranked: ranked, disposition: disposition, show: words).all, notes: [],
            links: links(verdict, blocklists),
            blocklists: blocklists, provider: search.provider.map { knowledge.providers[$0] },
            retryAfterSeconds: saidSeconds)
    }

    /// Of the blocklists, of what decided, and of the provider where it is no matter of the address.
    private func links(_ verdict: Verdict, _ blocklists: [Blocklist]) -> [Link] {
        guard verdict.bounce != .none else { return [] }
        var links = Links(text: reply.text)
        for list in blocklists { links.add(list.links) }
        if let row = ranked.first?.row { links.add(knowledge.code(row).links) }
        if verdict.bounce != .hard, let provider = search.provider { links.add(knowledge.providers[provider].links) }
        return links.all
    }

    /// Do the reply's words, not its codes, put the blame elsewhere than on the address?
    private static func blamesOthers(_ finding: Finding) -> Bool {
        switch finding.place {
        case .text: finding.category.blamesOthers
        case .context: finding.weight == .givenUp
        case .enhancedCode, .replyCode, .whole: false
        }
    }

    private func disposition(_ category: Category) -> Disposition? {
        // RFC 5321, section 4.5.3.1.10: a client treats 552 for too many recipients as 452.
        if reply.code == 552, category == .tooManyRecipients { return .transient }
        // Who has given up quotes the last reply, which may have asked to try again.
        if let best = ranked.first, best.weight == .givenUp, case .context = best.place { return .permanent }
        return (reply.code?.classDigit ?? reply.enhanced?.classDigit).flatMap(Disposition.init(classDigit:))
            ?? reply.disposition ?? category.entry.usualDisposition
    }

    private func summary(_ what: String, _ disposition: Disposition?) -> String {
        switch disposition {
        case .transient: what + " The reply is for now: a later attempt may succeed."
        case .permanent: what + " The reply is final."
        default: what
        }
    }

    /// The advice of the strongest finding that has one and says the same as the best.
    private func advice(_ blocklists: [Blocklist], _ disposition: Disposition?) -> String? {
        guard let best = ranked.first else { return nil }
        if best.category == .senderBlocked, let list = blocklists.first {
            guard let page = list.lookup else {
                return "\(list.name) no longer runs: tell the receiver's administrator to stop using it."
            }
            return "Look the sender up at \(page), find and stop what got it listed, then ask for removal there."
        }
        if best.kind == .replyCode { return advice(best, disposition) }
        for finding in ranked where finding.category == best.category && finding.kind != .replyCode {
            if let advice = advice(finding, disposition) { return advice }
        }
        return nil
    }

    /// What to do, as the source of a finding has it for this disposition; nil where it has no word of its own.
    private func advice(_ finding: Finding, _ disposition: Disposition?) -> String? {
        if let row = finding.row { return knowledge.code(row).advice }
        switch finding.place {
        case .replyCode(let code): return Catalog.entry(code)?.advice
        case .enhancedCode(let code) where code.classDigit.flatMap(Disposition.init(classDigit:)) == disposition:
            return Catalog.entry(code)?.advice(classDigit: code.classDigit)
        default: return nil
        }
    }

    /// What happened, where the deciding code says it in words of its own.
    private func meaning(_ finding: Finding) -> String? {
        if let row = finding.row { return knowledge.code(row).meaning }
        guard case .replyCode(let code) = finding.place, code.classDigit < 4 else { return nil }
        return Catalog.entry(code)?.description
    }

    /// The action that the deciding code asks for in a final reply.
    private func action(_ finding: Finding) -> Action? {
        guard finding.row == nil else { return nil }
        switch finding.place {
        case .replyCode(let code): return Catalog.entry(code)?.action
        case .enhancedCode(let code) where code.classDigit != 4:
            return Catalog.entry(code)?.action(classDigit: code.classDigit)
        default: return nil
        }
    }

    private func confidence() -> Confidence {
        guard let best = ranked.first else { return .low }
        let others = ranked.dropFirst()
        let opposed = others.contains { $0.weight > .vagueWords && $0.category != best.category }
        let backed = others.contains { $0.category == best.category }
        switch best.weight {
        case .classDigit, .subjectDigit: return .low
        case .vagueWords, .context: return backed && !opposed ? .medium : .low
        case .replyCode, .enhancedCode, .domainBlocklist:
            return backed && !opposed || best.category == .accepted ? .high : .medium
        default: return opposed ? .medium : .high
        }
    }

    /// What was found, the strongest first. Left out is what says nothing of its own, and what repeats words
    /// that are there already.
    private func evidence() -> [Evidence] {
        var shown: [Finding] = []
        shown.reserveCapacity(min(ranked.count, 8))
        for finding in ranked where shown.count < 8 {
            if !shown.isEmpty && (finding.weight == .classDigit || finding.category == .undetermined) { continue }
            let isRepeated = shown.contains {
                $0.place == finding.place || $0.category == finding.category && $0.place.overlaps(finding.place)
            }
            if !isRepeated { shown.append(finding) }
        }
        var list: [Evidence] = []
        list.reserveCapacity(shown.count)
        for finding in shown {
            let evidence = Evidence(kind: finding.kind, found: words(finding.place), category: finding.category)
            if !list.contains(evidence) { list.append(evidence) }
        }
        return list
    }

    /// What stands at a place, as the client sent it.
    private func words(_ place: Finding.Place) -> String {
        switch place {
        case .text(let range): search.text.original(range)
        case .context(let range): search.context.original(range)
        case .enhancedCode(let code): code.description
        case .replyCode(let code): code.description
        case .whole: reply.text[...].string
        }
    }

    private func blocklists() -> [Blocklist] {
        var lists: [Blocklist] = []
        for matches in [search.matches, search.contextMatches] {
            for case .blocklist(let index) in matches.lazy.map(\.meaning) {
                let list = knowledge.blocklists[index]
                if !lists.contains(list) { lists.append(list) }
            }
        }
        let named = lists.filter { $0.role != .mention }
        return named.isEmpty ? lists : named
    }
}

extension [Finding] {
    /// Appends what stands beside the reply's own words: it counts only where those say nothing specific.
    fileprivate mutating func appendAsContext(_ finding: Finding) {
        guard finding.weight >= .enhancedCode else { return }
        append(finding)
        self[count - 1].weight = .context
    }
}
