import SMTPCatalog

/// What is known among the words of one reply, and who wrote it. A class, as all that weighs it holds it.
final class Search {
    let text: FoldedText
    let context: FoldedText
    let findings: Knowledge.Findings
    let contextMatches: [Knowledge.Match]
    /// Does it say that things are so for the time being?
    let isForNow: Bool
    /// An index into the providers; nil where nothing tells.
    let provider: Int?
    /// Of a reply whose code refuses nothing.
    let outcome: Outcome?

    init(_ reply: ReadReply, _ knowledge: Knowledge) {
        text = FoldedText(reply.text)
        context = reply.context.isEmpty ? .empty : FoldedText(reply.context)
        findings = knowledge.findings(in: text, code: reply.code, enhanced: reply.enhanced)
        let matches = findings.matches
        contextMatches =
            context.bytes.isEmpty
            ? [] : knowledge.findings(in: context, code: reply.code, enhanced: reply.enhanced).matches
        isForNow = matches.contains { match in
            if case .phrase(let phrase) = match.meaning { phrase.strength == .forNow } else { false }
        }
        var votes = Votes()
        votes.count(reply, matches, contextMatches, text, knowledge)
        provider = votes.best?.provider
        outcome = reply.settledCategory == nil ? nil : Outcome(text, findings)
    }

    var matches: [Knowledge.Match] { findings.matches }

    /// What stands at a place, as the client sent it.
    func words(at place: Signal.Place) -> String {
        switch place {
        case .text(let range): text.original(range)
        case .context(let range): context.original(range)
        case .enhancedCode(let code): code.description
        case .replyCode(let code): code.description
        case .whole: text.original[...].string
        }
    }

    /// Who speaks for which provider: its own codes, its marks in the reply, its host names.
    private struct Votes {
        private var votes: [(provider: Int, count: Int)] = []
        private(set) var best: (provider: Int, count: Int)?

        private mutating func vote(_ provider: Int, _ count: Int) {
            let at = votes.firstIndex { $0.provider == provider } ?? votes.count
            if at == votes.count { votes.append((provider, 0)) }
            votes[at].count += count
            if votes[at].count > best?.count ?? 0 { best = votes[at] }
        }

        mutating func count(
            _ reply: ReadReply, _ matches: [Knowledge.Match], _ context: [Knowledge.Match], _ text: FoldedText,
            _ knowledge: Knowledge
        ) {
            if let host = reply.remoteHost, let provider = knowledge.provider(ofHost: host) { vote(provider, 3) }
            for domain in text.addressDomains {
                if let provider = knowledge.provider(ofHost: domain) { vote(provider, 1) }
            }
            for match in matches {
                switch match.meaning {
                case .signature(let provider): vote(provider, 3)
                case .host(let provider): vote(provider, text.isInURL(match.range.lowerBound) ? 1 : 3)
                case .token(let row) where knowledge.code(row).isRule || isDistinctive(match, text):
                    vote(row.provider, 4)
                case .wording(let row, let wording) where wording.namesProvider: vote(row.provider, 2)
                default: break
                }
            }
            // A wrapping names the server that reports, not the one that replied.
            for case .signature(let provider) in context.lazy.map(\.meaning)
            where knowledge.providers[provider].kind != .software {
                vote(provider, 1)
            }
        }

        /// Can a code of a provider's own hardly be anything else?
        private func isDistinctive(_ match: Knowledge.Match, _ text: FoldedText) -> Bool {
            let bytes = text.bytes[match.range]
            if bytes.contains(where: { !$0.isWordByte && $0 != .ascii("-") && $0 != .ascii(" ") }) { return true }
            let hasDigit = bytes.contains { $0.isDigit }
            if hasDigit && bytes.count >= 5 { return true }
            let before = match.range.lowerBound > 0 ? text.bytes[match.range.lowerBound - 1] : 0
            return before == .ascii("[") || before == .ascii("(") && hasDigit
        }
    }
}
