import SMTPCatalog

/// All that the service recognises in the words of a reply, compiled for one pass over it.
///
/// The tables hold strings, and the search only numbers, so that a match costs no reference counting.
final class Knowledge: Sendable {
    /// What it means that a pattern was found.
    enum Meaning {
        /// An index into ``Knowledge/phrases``.
        case phrase(Int)
        /// The wording of a row in the provider's table, with or without a code beside it.
        case wording(ProviderRow, Wording)
        /// A code of the provider's own that is no enhanced code.
        case token(ProviderRow)
        case signature(provider: Int)
        /// A host name of the provider's, or the end of one.
        case host(provider: Int)
        /// An index into ``Knowledge/blocklists``.
        case blocklist(Int)
    }

    /// A row of a provider's table, by their indices.
    struct ProviderRow {
        private let providerNumber: UInt32
        private let rowNumber: UInt32

        init(provider: Int, row: Int) {
            providerNumber = UInt32(provider)
            rowNumber = UInt32(row)
        }

        var provider: Int { Int(providerNumber) }
        var row: Int { Int(rowNumber) }
    }

    /// What a provider's wording is like, so that nobody has to look at its letters again.
    struct Wording {
        /// It has the provider's name in it.
        let namesProvider: Bool
        /// It has one of the provider's marks in it, and says little but who wrote it.
        let isMark: Bool
        /// It is a standard's own text.
        let isStandard: Bool
        /// It has words enough to say the same in anybody's reply.
        let isLong: Bool

        /// `marks` are the texts that show the provider, and `name` is the first word of its name, in lower case.
        init(_ wording: String, name: [UInt8], marks: [[UInt8]]) {
            let lower = Array(wording.lowercased().utf8)
            namesProvider = lower.contains(name)
            isMark = marks.contains { lower.contains($0) }
            isStandard = Catalog.replyCodes.contains { $0.text == wording }
            isLong = lower.count { $0 == 0x20 } >= 3
        }
    }

    /// A pattern that was found, and where in the folded text.
    struct Match {
        let pattern: Int
        let meaning: Meaning
        let range: Range<Int>
        /// What lies between its first and its last part, and is not part of it.
        let gap: Range<Int>
    }

    /// The use of a literal: as which part of which pattern.
    private struct Use {
        let meaning: Meaning
        private let number: UInt32
        let part: UInt16
        let isLast: Bool
        /// May its last word go on?
        let isOpen: Bool

        init(_ meaning: Meaning, pattern: Int, part: Int, of parts: Int, isOpen: Bool) {
            self.meaning = meaning
            number = UInt32(pattern)
            self.part = UInt16(clamping: part)
            isLast = part == parts - 1
            self.isOpen = isOpen && isLast
        }

        var pattern: Int { Int(number) }
    }

    /// The most that ` ... ` in a phrase skips.
    private static let gap = 60

    let phrases: [Phrase]
    let providers: [Provider]
    let blocklists: [Blocklist]
    private let matcher: Matcher<Use>
    /// For each enhanced code that providers use in their own way, their rows.
    private let byEnhancedCode: [EnhancedCode: [ProviderRow]]
    private let ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)]

    init(phrases: [Phrase], providers: [Provider], blocklists: [Blocklist]) {
        self.phrases = phrases
        self.providers = providers
        self.blocklists = blocklists
        var builder = Builder()
        for (number, phrase) in phrases.enumerated() { builder.add(phrase.words, .phrase(number)) }
        for (number, list) in blocklists.enumerated() {
            builder.add(list.signature, .blocklist(number))
            if list.hasDistinctiveName { builder.add(list.name, .blocklist(number)) }
        }
        for (number, provider) in providers.enumerated() { builder.add(provider, number) }
        byEnhancedCode = builder.byEnhancedCode
        ranges = builder.ranges
        matcher = Matcher(builder.parts)
    }

    /// Collects the parts of patterns.
    private struct Builder {
        private(set) var byEnhancedCode: [EnhancedCode: [ProviderRow]] = [:]
        private(set) var ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)] = []
        private(set) var parts: [(bytes: [UInt8], value: Use)] = []
        private var patterns = 0

        mutating func add(_ words: String, _ meaning: Meaning) {
            let open = words.hasSuffix("*")
            let literals = Self.literals(FoldedText(Array(words.utf8.dropLast(open ? 1 : 0))).bytes)
            for (part, literal) in literals.enumerated() {
                let use = Use(meaning, pattern: patterns, part: part, of: literals.count, isOpen: open)
                parts.append((literal, use))
            }
            patterns += 1
        }

        /// What stands between the gaps, ` ... `.
        private static func literals(_ words: [UInt8]) -> [[UInt8]] {
            var literals: [[UInt8]] = []
            var start = 0
            while let gap = words.firstIndex(of: " ... ", in: start..<words.count) {
                literals.append(Array(words[start..<gap]))
                start = gap + 5
            }
            return literals + [Array(words[start...])]
        }

        mutating func add(_ provider: Provider, _ number: Int) {
            let name = Array(provider.name.prefix { $0 != " " }.lowercased().utf8)
            var marks: [[UInt8]] = []
            for signature in provider.signatures {
                switch signature {
                case .text(let text):
                    add(text + "*", .signature(provider: number))
                    marks.append(Array(text.lowercased().utf8))
                    // Addresses are left out of the text, but not their domains.
                    if let at = text.firstIndex(of: "@") {
                        add(String(text[text.index(after: at)...]), .host(provider: number))
                    }
                case .host(let host): add(host, .host(provider: number))
                }
            }
            for (rowNumber, code) in provider.codes.enumerated() {
                let row = ProviderRow(provider: number, row: rowNumber)
                if let wording = code.wording {
                    let about = Wording(wording, name: name, marks: marks)
                    add(Knowledge.withoutCode(wording), .wording(row, about))
                }
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
    }

    /// The words of a wording that begins with a code, as the reader leaves them.
    fileprivate static func withoutCode(_ wording: String) -> String {
        let words = wording.drop { $0.isNumber || $0 == "." || $0 == "#" }
        return words.hasPrefix(" ") ? String(words.dropFirst()) : wording
    }

    func code(_ row: ProviderRow) -> ProviderCode { providers[row.provider].codes[row.row] }

    /// What providers mean by an enhanced code; exact codes before ranges.
    func rows(for code: EnhancedCode) -> [ProviderRow] {
        var rows = byEnhancedCode[code] ?? []
        for (range, row) in ranges where range.contains(code) {
            if range.lowerBound.classDigit == code.classDigit, range.lowerBound.subject == code.subject {
                rows.append(row)
            }
        }
        return rows
    }

    /// The provider whose mail host this is: the longest end of the name that is known, or a mark anywhere in it.
    func provider(ofHost host: String) -> Int? {
        let bytes = Array(host.utf8)
        var best: (provider: Int, length: Int)?
        matcher.scan(bytes) { use, range in
            guard case .host(let provider) = use.meaning, range.count > best?.length ?? 0 else { return }
            let followsDot = range.lowerBound == 0 || bytes[range.lowerBound - 1] == .ascii(".")
            if range.upperBound == bytes.count && followsDot || !bytes[range].contains(.ascii(".")) {
                best = (provider, range.count)
            }
        }
        return best?.provider
    }

    // MARK: - Searching

    /// Everything known that stands in the text, each pattern once, without those that stand inside a longer
    /// one of their kind.
    func matches(in text: FoldedText) -> [Match] {
        let bytes = text.bytes
        var found: [Match] = []
        found.reserveCapacity(16)
        var progress = Progress()
        matcher.scan(bytes) { use, range in
            // A hundred patterns tell no more than sixty; this bounds the work on a text made of them.
            guard use.isOpen || bytes.isWordEnd(range.upperBound), found.count < 64,
                !found.contains(where: { $0.pattern == use.pattern }),
                let first = use.part == 0 && use.isLast ? range : progress.advance(use, range)
            else { return }
            let whole = first.lowerBound..<range.upperBound
            guard accepts(use.meaning, whole, text, isOpen: use.isOpen) else { return }
            let gap = min(first.upperBound, range.lowerBound)..<range.lowerBound
            found.append(Match(pattern: use.pattern, meaning: use.meaning, range: whole, gap: gap))
        }
        return withoutContained(found)
    }

    /// How far the patterns of several parts have come.
    private struct Progress {
        private var open: [(pattern: Int, next: UInt16, first: Range<Int>, end: Int)] = []

        /// Takes a part that was found; where the first one stands, if it was the last one.
        mutating func advance(_ use: Use, _ range: Range<Int>) -> Range<Int>? {
            let at = open.firstIndex { $0.pattern == use.pattern }
            if use.part == 0 {
                let entry = (use.pattern, UInt16(1), range, range.upperBound)
                if let at, open[at].next == 1 { open[at] = entry }
                if open.isEmpty { open.reserveCapacity(16) }
                if at == nil { open.append(entry) }
                return nil
            }
            guard let at, open[at].next == use.part,
                (0...Knowledge.gap).contains(range.lowerBound - open[at].end)
            else { return nil }
            open[at] = (use.pattern, use.part + 1, open[at].first, range.upperBound)
            return use.isLast ? open[at].first : nil
        }
    }

    private func accepts(_ meaning: Meaning, _ range: Range<Int>, _ text: FoldedText, isOpen: Bool) -> Bool {
        switch meaning {
        case .token: return !isOpen || goesOnAsCode(range, text)
        case .host: return isHost(range, text.bytes)
        default: return true
        }
    }

    /// Does a prefix of provider codes go on as a code does: in capitals and digits?
    private func goesOnAsCode(_ range: Range<Int>, _ text: FoldedText) -> Bool {
        var end = range.upperBound
        while end < text.bytes.count, text.bytes[end].isWordByte { end += 1 }
        guard end > range.upperBound else { return false }
        let code = text.original(range.lowerBound..<end)
        return code.utf8.contains { $0.isDigit } && code == code.uppercased()
    }

    /// Is it a host name, or the end of one, rather than a word of the same letters?
    private func isHost(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let before = range.lowerBound > 0 ? bytes[range.lowerBound - 1] : 0x20
        let after = range.upperBound < bytes.count ? bytes[range.upperBound] : 0x20
        let isDotted = bytes[range].contains(.ascii(".")) || before == .ascii(".") || after == .ascii(".")
        return isDotted && before != .ascii("-") && before != .ascii("_") && after != .ascii("-")
            && after != .ascii("_")
    }

    /// Of two phrases or two blocklists, the longer one counts where the other stands inside it.
    private func withoutContained(_ matches: [Match]) -> [Match] {
        guard matches.count > 1 else { return matches }
        var kept = matches
        kept.removeAll { inner in
            matches.contains { outer in
                outer.pattern != inner.pattern && outer.range.count > inner.range.count
                    && outer.range.lowerBound <= inner.range.lowerBound
                    && outer.range.upperBound >= inner.range.upperBound && yields(inner, to: outer)
            }
        }
        return kept
    }

    private func yields(_ inner: Match, to outer: Match) -> Bool {
        switch (inner.meaning, outer.meaning) {
        case (.phrase(let short), .phrase(let long)):
            let isInGap = !outer.gap.isEmpty && outer.gap.clamped(to: inner.range) == inner.range
            let (weaker, stronger) = (phrases[short].strength, phrases[long].strength)
            return isInGap ? weaker < stronger : weaker <= stronger
        case (.blocklist, .blocklist): return true
        default: return false
        }
    }
}

extension [UInt8] {
    /// Does no word go on across `index`, of which ASCII letters and digits are made?
    fileprivate func isWordEnd(_ index: Int) -> Bool {
        index == count || !self[index - 1].isWordByte || !self[index].isWordByte
    }
}
