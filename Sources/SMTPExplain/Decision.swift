import SMTPCatalog

/// Weighs what was found in one reply.
///
/// The order of evidence: a provider's own code or wording, specific words, a specific enhanced code, a
/// specific reply code, vague words, the subject digit, the class digit.
final class Decision {
    private let reply: ReadReply
    private let knowledge: Knowledge
    private let text: FoldedText
    private let context: FoldedText
    private let matches: [Knowledge.Match]
    private let contextMatches: [Knowledge.Match]
    private let provider: Int?

    init(_ reply: ReadReply, _ knowledge: Knowledge) {
        self.reply = reply
        self.knowledge = knowledge
        text = FoldedText(reply.text)
        context = FoldedText(reply.context)
        matches = knowledge.matches(in: text)
        contextMatches = knowledge.matches(in: context)
        provider = Self.provider(reply, knowledge, text, matches, contextMatches)
    }

    func explanation() -> Explanation {
        let ranked = findings().sorted(by: Finding.isStronger)
        let best = ranked.first
        let category = best?.category ?? .undetermined
        let disposition = disposition(category)
        let entry = category.entry
        let blocklists = blocklists()
        return Explanation(
            reply: reply.code, enhanced: reply.enhanced, text: reply.text[...].string, command: reply.command,
            remoteHost: reply.remoteHost, recipient: reply.recipient, category: category, disposition: disposition,
            action: action(best, disposition) ?? entry.action(disposition),
            summary: summary(best?.meaning ?? entry.description, disposition),
            advice: advice(ranked, blocklists, disposition) ?? entry.advice(disposition),
            confidence: confidence(ranked), evidence: evidence(ranked),
            warnings: warnings(ranked, disposition), blocklists: blocklists,
            provider: provider.map { knowledge.providers[$0] },
            retryAfterSeconds: disposition == .success ? nil : RetryTime.seconds(in: text.bytes))
    }

    // MARK: - Who wrote it

    /// The provider for whom most speaks: its own codes, then its marks in the reply, then its host name.
    private static func provider(
        _ reply: ReadReply, _ knowledge: Knowledge, _ text: FoldedText, _ matches: [Knowledge.Match],
        _ context: [Knowledge.Match]
    ) -> Int? {
        var best: (provider: Int, votes: Int)?
        var votes: [(provider: Int, votes: Int)] = []
        func vote(_ provider: Int, _ count: Int) {
            let at = votes.firstIndex { $0.provider == provider } ?? votes.count
            if at == votes.count { votes.append((provider, 0)) }
            votes[at].votes += count
            if votes[at].votes > best?.votes ?? 0 { best = votes[at] }
        }
        if let host = reply.remoteHost, let provider = knowledge.provider(ofHost: host) { vote(provider, 3) }
        for host in HostNames.all(in: reply.text) {
            if let provider = knowledge.provider(ofHost: host.name) { vote(provider, host.isPlain ? 3 : 1) }
        }
        for match in matches {
            switch match.meaning {
            case .signature(let provider): vote(provider, 3)
            case .token(let found) where knowledge.code(found).isRule || isDistinctive(match, text):
                vote(found.provider, 4)
            case .wording(let found) where knowledge.namesItself(found): vote(found.provider, 2)
            default: break
            }
        }
        // A wrapping names the server that reports, not the one that replied.
        for case .signature(let provider) in context.map(\.meaning) where !knowledge.providers[provider].isMailServer {
            vote(provider, 1)
        }
        return best?.provider
    }

    /// Can a code of a provider's own hardly be anything else?
    private static func isDistinctive(_ match: Knowledge.Match, _ text: FoldedText) -> Bool {
        let bytes = text.bytes[match.range]
        if bytes.contains(where: { !$0.isWordByte && $0 != .ascii("-") && $0 != .ascii(" ") }) { return true }
        let hasDigit = bytes.contains { $0.isDigit }
        if hasDigit && bytes.count >= 5 { return true }
        let before = match.range.lowerBound > 0 ? text.bytes[match.range.lowerBound - 1] : 0
        return before == .ascii("[") || before == .ascii("(") && hasDigit
    }

    // MARK: - What was found

    private func findings() -> [Finding] {
        switch reply.code?.classDigit ?? reply.enhanced?.classDigit ?? (reply.disposition == .success ? 2 : 0) {
        case 2: return [settled(.accepted)]
        case 3: return [settled(.inProgress)]
        default: break
        }
        var findings = matches.compactMap { finding($0, in: text) }
        findings += contextMatches.compactMap { finding($0, in: context) }.compactMap(asContext)
        if let enhanced = reply.enhanced { findings += self.findings(enhanced) }
        findings += reply.otherEnhanced.flatMap { self.findings($0) }.filter { $0.weight >= .enhancedCode }.compactMap(
            asContext)
        if let code = reply.code { findings.append(finding(code)) }
        return findings
    }

    /// A reply that refuses nothing: its words do not matter.
    private func settled(_ category: Category) -> Finding {
        let kind: Evidence.Kind = reply.code != nil ? .replyCode : reply.enhanced != nil ? .enhancedCode : .text
        let found = reply.code?.description ?? reply.enhanced?.description ?? reply.text[...].string
        return Finding(
            weight: .replyCode, evidence: Evidence(kind: kind, found: found, category: category),
            meaning: reply.code.flatMap(Catalog.entry)?.description, advice: reply.code.flatMap(Catalog.entry)?.advice)
    }

    private func finding(_ match: Knowledge.Match, in text: FoldedText) -> Finding? {
        func evidence(_ kind: Evidence.Kind, _ category: Category) -> Evidence {
            Evidence(kind: kind, found: text.original(match.range), category: category)
        }
        let length = match.range.count
        switch match.meaning {
        case .phrase(let index):
            let phrase = knowledge.phrases[index]
            let weight: Finding.Weight =
                switch phrase.strength {
                case .vague: .vagueWords
                case .specific: .specificWords
                case .decisive: .decisiveWords
                case .rule: .rule
                }
            return Finding(weight: weight, evidence: evidence(.text, phrase.category), length: length)
        case .wording(let row):
            let code = knowledge.code(row)
            guard let weight = weight(ofWording: code, of: row.provider) else { return nil }
            return Finding(
                weight: weight, evidence: evidence(.text, code.category), length: length,
                meaning: code.meaning, advice: code.advice)
        case .token(let row):
            let code = knowledge.code(row)
            guard row.provider == provider, code.category != .undetermined, !isOverruled(row) else { return nil }
            return Finding(
                weight: code.isRule ? .rule : .providerCode, evidence: evidence(.providerCode, code.category),
                length: length, meaning: code.meaning, advice: code.advice)
        case .blocklist(let index):
            return Finding(
                weight: knowledge.blocklists[index].kind == .domain ? .domainBlocklist : .blocklist,
                evidence: evidence(.blocklist, .senderBlocked), length: length)
        case .signature: return nil
        }
    }

    /// A prefix of codes counts only where no exact code of the provider stands in the reply.
    private func isOverruled(_ row: Knowledge.ProviderRow) -> Bool {
        guard knowledge.code(row).code?.hasSuffix("*") == true else { return false }
        return matches.contains { match in
            guard case .token(let other) = match.meaning, other.provider == row.provider else { return false }
            return knowledge.code(other).code?.hasSuffix("*") == false
        }
    }

    /// What a provider's wording weighs: much in its own replies, less in those of others who may say the
    /// same; nil where it says nothing, because a code must stand beside it or it is too short.
    private func weight(ofWording code: ProviderCode, of owner: Int) -> Finding.Weight? {
        guard code.code == nil, code.category != .undetermined else { return nil }
        if code.isRule { return .rule }
        if owner == provider { return code.category == .policy ? .vagueWords : .providerWords }
        return code.wording!.utf8.count { $0 == 0x20 } >= 3 ? .providerWording : nil
    }

    private func asContext(_ finding: Finding) -> Finding? {
        guard finding.weight >= .enhancedCode else { return nil }
        return Finding(weight: .context, evidence: finding.evidence, length: finding.length)
    }

    private func findings(_ code: EnhancedCode) -> [Finding] {
        let found = code.description
        var findings: [Finding] = []
        let entry = Catalog.entry(code)
        if let use = use(of: code, isRegistered: entry != nil) {
            let says = use.wording != nil || entry == nil
            findings.append(
                Finding(
                    weight: use.isRule ? .rule : says ? .providerCode : .providerEnhancedCode,
                    evidence: Evidence(kind: .providerCode, found: found, category: use.category),
                    length: use.wording?.utf8.count ?? 0, meaning: use.meaning, advice: use.advice))
        }
        if let entry {
            findings.append(
                Finding(
                    weight: code.isGeneric ? .subjectDigit : .enhancedCode,
                    evidence: Evidence(
                        kind: .enhancedCode, found: found, category: entry.category(classDigit: code.classDigit)),
                    advice: entry.advice(classDigit: code.classDigit), action: entry.action(classDigit: code.classDigit)
                ))
        } else if let subject = Catalog.entry(EnhancedCode(classDigit: nil, subject: code.subject, detail: 0)!) {
            findings.append(
                Finding(
                    weight: .subjectDigit,
                    evidence: Evidence(
                        kind: .enhancedCode, found: found, category: subject.category(classDigit: code.classDigit))))
        }
        return findings
    }

    /// What the provider means by the enhanced code. A wording beside it must stand in the reply; a code that
    /// no standard registers tells its provider by itself.
    private func use(of code: EnhancedCode, isRegistered: Bool) -> ProviderCode? {
        let rows = knowledge.rows(for: code)
        guard !rows.isEmpty else { return nil }
        let own = rows.filter { $0.provider == provider }
        let worded = own.map(knowledge.code).filter { $0.wording != nil && stands($0.wording!) }
        let bare = (own.isEmpty && !isRegistered ? rows : own).map(knowledge.code)
            .filter { $0.wording == nil && $0.category != .undetermined }
        return worded.max { $0.wording!.utf8.count < $1.wording!.utf8.count }
            ?? bare.first { row in reply.code.map(row.replies.contains) ?? true } ?? bare.first
    }

    /// Does this wording of the provider stand in the reply?
    private func stands(_ wording: String) -> Bool {
        matches.contains { match in
            guard case .wording(let found) = match.meaning, found.provider == provider else { return false }
            return knowledge.code(found).wording == wording
        }
    }

    private func finding(_ code: ReplyCode) -> Finding {
        let entry = Catalog.entry(code)
        return Finding(
            weight: code.isGeneric ? .classDigit : .replyCode,
            evidence: Evidence(
                kind: .replyCode, found: code.description, category: entry?.category ?? .undetermined),
            advice: entry?.advice, action: entry?.action)
    }

    // MARK: - What follows

    private func disposition(_ category: Category) -> Disposition? {
        // RFC 5321, section 4.5.3.1.10: a client treats 552 for too many recipients as 452.
        if reply.code == 552, category == .tooManyRecipients { return .transient }
        return (reply.code?.classDigit ?? reply.enhanced?.classDigit).flatMap(Disposition.init(classDigit:))
            ?? reply.disposition ?? category.entry.usualDisposition
    }

    private func action(_ best: Finding?, _ disposition: Disposition?) -> Action? {
        guard let best, let action = best.action, disposition == .permanent else { return nil }
        return action
    }

    private func summary(_ what: String, _ disposition: Disposition?) -> String {
        switch disposition {
        case .transient: what + " The reply is for now: a later attempt may succeed."
        case .permanent: what + " The reply is final."
        default: what
        }
    }

    /// The advice of the strongest finding that has one and says the same as the best.
    private func advice(_ ranked: [Finding], _ blocklists: [Blocklist], _ disposition: Disposition?) -> String? {
        guard let best = ranked.first else { return nil }
        if best.category == .senderBlocked, let list = blocklists.first {
            guard let page = list.lookup else {
                return "\(list.name) no longer runs: tell the receiver's administrator to stop using it."
            }
            return "Look the sender up at \(page), find and stop what got it listed, then ask for removal there."
        }
        if best.evidence.kind == .replyCode { return best.advice }
        return ranked.first { finding in
            guard finding.category == best.category, finding.advice != nil else { return false }
            return finding.evidence.kind != .enhancedCode
                || finding.evidence.kind == .enhancedCode
                    && reply.enhanced?.classDigit.flatMap(Disposition.init(classDigit:)) == disposition
                    && finding.weight >= .enhancedCode
        }?.advice
    }

    private func confidence(_ ranked: [Finding]) -> Confidence {
        guard let best = ranked.first else { return .low }
        let others = ranked.dropFirst().filter { $0.weight > .vagueWords }
        let opposed = others.contains { $0.category != best.category }
        let backed = ranked.dropFirst().contains { $0.category == best.category }
        switch best.weight {
        case .classDigit, .subjectDigit: return .low
        case .vagueWords, .context: return backed && !opposed ? .medium : .low
        case .replyCode, .enhancedCode, .domainBlocklist:
            return backed && !opposed || best.category == .accepted ? .high : .medium
        default: return opposed && !(best.weight >= .decisiveWords && backed) ? .medium : .high
        }
    }

    /// What was found, the strongest first. Left out is what says nothing of its own, and what repeats words
    /// that are there already.
    private func evidence(_ ranked: [Finding]) -> [Evidence] {
        var evidence: [Evidence] = []
        for finding in ranked where evidence.count < 8 {
            let new = finding.evidence
            if !evidence.isEmpty && (finding.weight == .classDigit || finding.category == .undetermined) { continue }
            let isRepeated = evidence.contains { old in
                old.category == new.category && old.kind != .replyCode && old.found.contains(new.found)
            }
            if !isRepeated { evidence.append(new) }
        }
        return evidence
    }

    private func blocklists() -> [Blocklist] {
        var lists: [Blocklist] = []
        for case .blocklist(let index) in (matches + contextMatches).map(\.meaning) {
            let list = knowledge.blocklists[index]
            if !lists.contains(list) { lists.append(list) }
        }
        // A lookup link beside the name of a list names none.
        let named = lists.filter { !$0.name.hasSuffix("lookup link)") }
        return named.isEmpty ? lists : named
    }

    private func warnings(_ ranked: [Finding], _ disposition: Disposition?) -> [String] {
        Warnings(reply: reply, ranked: ranked, disposition: disposition).all
    }
}
