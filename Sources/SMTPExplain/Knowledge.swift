import SMTPCatalog

/// All that the service recognises in the words of a reply, compiled for one pass over it.
struct Knowledge: Sendable {
    /// What it means that a pattern was found.
    enum Meaning: Sendable {
        case phrase(Phrase)
        /// The wording of a row in the provider's table, with or without a code beside it.
        case wording(ProviderRow)
        /// A code of the provider's own that is no enhanced code.
        case token(ProviderRow)
        case signature(provider: Int)
        case blocklist(Blocklist)
    }

    /// A row of a provider's table.
    struct ProviderRow: Sendable {
        let provider: Int
        let row: ProviderCode
    }

    /// A pattern that was found, and where in the folded text.
    struct Match {
        let pattern: Int
        let meaning: Meaning
        let range: Range<Int>
    }

    private struct Pattern {
        let meaning: Meaning
        let parts: Int
        /// May the last word go on?
        let open: Bool
    }

    /// The use of a literal: as which part of which pattern.
    private struct Use {
        let pattern: Int
        let part: Int
    }

    /// The most that ` ... ` in a phrase skips.
    private static let gap = 60

    let providers: [Provider]
    private var patterns: [Pattern] = []
    private var uses: [[Use]] = []
    private var literals: [[UInt8]] = []
    private let matcher: Matcher
    /// For each enhanced code that providers use in their own way, their rows; exact codes before ranges.
    private let byEnhancedCode: [EnhancedCode: [ProviderRow]]
    private let ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)]

    init(phrases: [Phrase], providers: [Provider], blocklists: [Blocklist]) {
        self.providers = providers
        var patterns: [Pattern] = []
        var uses: [[Use]] = []
        var literals: [[UInt8]] = []
        var index: [[UInt8]: Int] = [:]
        func add(_ words: String, _ meaning: Meaning) {
            var words = words
            let open = words.hasSuffix("*")
            if open { words.removeLast() }
            let parts = words.split(separator: " ... ").map { FoldedText(Array($0.utf8)).bytes }
            for (part, literal) in parts.enumerated() {
                let at = index[literal] ?? literals.count
                if at == literals.count {
                    index[literal] = at
                    literals.append(literal)
                    uses.append([])
                }
                uses[at].append(Use(pattern: patterns.count, part: part))
            }
            patterns.append(Pattern(meaning: meaning, parts: parts.count, open: open))
        }
        var byEnhancedCode: [EnhancedCode: [ProviderRow]] = [:]
        var ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)] = []
        for phrase in phrases { add(phrase.words, .phrase(phrase)) }
        for list in blocklists { add(list.signature, .blocklist(list)) }
        for (number, provider) in providers.enumerated() {
            for case .text(let signature) in provider.signatures {
                add(signature + "*", .signature(provider: number))
            }
            for code in provider.codes {
                let row = ProviderRow(provider: number, row: code)
                if let wording = code.wording { add(wording, .wording(row)) }
                if let codes = code.enhancedCodes {
                    if codes.lowerBound == codes.upperBound {
                        byEnhancedCode[codes.lowerBound, default: []].append(row)
                    } else {
                        ranges.append((codes, row))
                    }
                } else if let token = code.code {
                    add(token, .token(row))
                }
            }
        }
        self.patterns = patterns
        self.uses = uses
        self.literals = literals
        self.byEnhancedCode = byEnhancedCode
        self.ranges = ranges
        matcher = Matcher(literals)
    }

    /// What providers mean by an enhanced code; exact codes before ranges.
    func rows(for code: EnhancedCode) -> [ProviderRow] {
        var rows = byEnhancedCode[code] ?? []
        for entry in ranges
        where entry.range.contains(code) && entry.range.lowerBound.classDigit == code.classDigit
            && entry.range.lowerBound.subject == code.subject
        {
            rows.append(entry.row)
        }
        return rows
    }

    /// Does the wording have the provider's name in it?
    func namesItself(_ found: ProviderRow) -> Bool {
        let name = providers[found.provider].name.prefix { $0 != " " }.lowercased()
        return found.row.wording!.lowercased().contains(name)
    }

    /// The provider whose mail host this is.
    func provider(ofHost host: String) -> Int? {
        var best: (provider: Int, length: Int)?
        for (number, provider) in providers.enumerated() {
            for case .host(let signature) in provider.signatures where signature.utf8.count > best?.length ?? 0 {
                let matches =
                    signature.utf8.contains(.ascii("."))
                    ? host == signature || host.hasSuffix("." + signature) : host.contains(signature)
                if matches { best = (number, signature.utf8.count) }
            }
        }
        return best?.provider
    }

    /// Everything known that stands in the text, each pattern once, without those that stand inside a longer
    /// one of their kind.
    func matches(in text: FoldedText) -> [Match] {
        let bytes = text.bytes
        var found: [Match] = []
        var seen = [Bool](repeating: false, count: patterns.count)
        // How far the patterns of several parts have come: the next part, and where the last one ended.
        var open: [(pattern: Int, next: Int, start: Int, end: Int)] = []
        matcher.scan(bytes) { literal, range in
            guard bytes.isWordStart(range.lowerBound) else { return }
            let endsWord = bytes.isWordEnd(range.upperBound)
            for use in uses[literal] where !seen[use.pattern] {
                let pattern = patterns[use.pattern]
                let isLast = use.part == pattern.parts - 1
                guard endsWord || pattern.open && isLast else { continue }
                var start = range.lowerBound
                if pattern.parts > 1 {
                    let progress = open.firstIndex { $0.pattern == use.pattern }
                    if use.part == 0 {
                        let entry = (use.pattern, 1, range.lowerBound, range.upperBound)
                        if let progress, open[progress].next == 1 { open[progress] = entry }
                        if progress == nil { open.append(entry) }
                    }
                    guard use.part > 0, let progress, open[progress].next == use.part,
                        range.lowerBound >= open[progress].end, range.lowerBound - open[progress].end <= Self.gap
                    else { continue }
                    open[progress] = (use.pattern, use.part + 1, open[progress].start, range.upperBound)
                    guard isLast else { continue }
                    start = open[progress].start
                }
                guard accepts(pattern, start..<range.upperBound, bytes, text) else { continue }
                seen[use.pattern] = true
                found.append(Match(pattern: use.pattern, meaning: pattern.meaning, range: start..<range.upperBound))
            }
        }
        return withoutContained(found)
    }

    /// A prefix of provider codes must go on as a code does: in capitals and digits.
    private func accepts(_ pattern: Pattern, _ range: Range<Int>, _ bytes: [UInt8], _ text: FoldedText) -> Bool {
        guard pattern.open, case .token = pattern.meaning else { return true }
        var end = range.upperBound
        while end < bytes.count, bytes[end].isWordByte { end += 1 }
        guard end > range.upperBound else { return false }
        let code = text.original(range.lowerBound..<end)
        return code.utf8.contains { $0.isDigit } && code == code.uppercased()
    }

    /// Of two phrases or two blocklists, the longer one counts where the other stands inside it.
    private func withoutContained(_ matches: [Match]) -> [Match] {
        guard matches.count > 1 else { return matches }
        // A hundred phrases tell no more than thirty; this bounds the work on a text made of phrases.
        let most = matches.prefix(64)
        return most.filter { inner in
            !most.contains { outer in
                outer.pattern != inner.pattern && outer.range.count > inner.range.count
                    && outer.range.lowerBound <= inner.range.lowerBound
                    && outer.range.upperBound >= inner.range.upperBound && inner.meaning.yields(to: outer.meaning)
            }
        }
    }
}

extension Knowledge.Meaning {
    fileprivate func yields(to outer: Knowledge.Meaning) -> Bool {
        switch (self, outer) {
        case (.phrase(let inner), .phrase(let outer)):
            // What stands in the gap of a phrase is not part of it.
            outer.words.contains(" ... ") && inner.category != outer.category
                ? inner.strength < outer.strength : inner.strength <= outer.strength
        case (.blocklist, .blocklist): true
        default: false
        }
    }
}

extension [UInt8] {
    /// Does no word go on across `index`, of which ASCII letters and digits are made?
    fileprivate func isWordStart(_ index: Int) -> Bool {
        index == 0 || !self[index].isWordByte || !self[index - 1].isWordByte
    }

    fileprivate func isWordEnd(_ index: Int) -> Bool {
        index == count || !self[index - 1].isWordByte || !self[index].isWordByte
    }
}
