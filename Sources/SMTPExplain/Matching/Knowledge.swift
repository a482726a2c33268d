import SMTPCatalog

/// All that the service recognises in the words of a reply, compiled for one pass over it.
///
/// The tables hold strings, and the search only numbers, so that a match costs no reference counting.
final class Knowledge: Sendable {
    /// What it means that a pattern was found.
    enum Meaning {
        case phrase(PhraseMeaning)
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

    /// What a phrase tells.
    struct PhraseMeaning {
        private let phraseNumber: UInt32
        let category: Category
        let strength: Phrase.Strength
        /// Does it mean this only beside codes?
        let wantsCodes: Bool

        init(_ phrase: Phrase, number: Int) {
            phraseNumber = UInt32(number)
            category = phrase.category
            strength = phrase.strength
            wantsCodes = phrase.codes != nil
        }

        /// An index into ``Knowledge/phrases``.
        var number: Int { Int(phraseNumber) }
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

    /// The use of a literal. Small, as the trie holds one for each of very many.
    struct Use {
        enum Kind: UInt8 {
            /// Of some patterns.
            case part
            /// All there is of a pattern: of a phrase, or of another.
            case phrase, other
        }

        /// Of the pattern or the part.
        let number: UInt32
        let kind: Kind
        /// May its last word go on?
        let isOpen: Bool
        /// Are its words such as stand in names, URLs and the like: `recipnotfound.resolver`?
        let isName: Bool
        var slot = Slot.other
    }

    /// The slots whose words mean something by themselves.
    enum Slot: String {
        case mailbox, domain, sender, disabled, absent, nosuch, accepted, rejected, list, other
        /// What a recipient may have, and is not: `server`, `key`.
        case thing
        /// What is none of these where it stands: `user` in `user agent`.
        case headed

        /// Does it name an address, or say that something is not there?
        var isOfAddress: Bool {
            switch self {
            case .mailbox, .domain, .absent, .nosuch: true
            case .sender, .disabled, .accepted, .rejected, .list, .other, .thing, .headed: false
            }
        }
    }

    let phrases: [Phrase]
    let providers: [Provider]
    let blocklists: [Blocklist]
    private let matcher: Matcher<Use>
    private let sequences: Sequences
    /// What it means that a pattern was found, by its number.
    private let meanings: [Meaning]
    /// What an address is no more where its name goes before: `user agent`.
    private let heads: Set<UInt64>
    /// A bit for each language in which the owner follows what he owns without a word between.
    let juxtaposing: UInt64
    /// For each enhanced code that providers use in their own way, their rows.
    private let byEnhancedCode: [EnhancedCode: [ProviderRow]]
    private let ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)]
    /// For each reply code that providers use in their own way, their rows.
    private let byReplyCode: [ReplyCode: [ProviderRow]]

    init(
        phrases: [Phrase], providers: [Provider], blocklists: [Blocklist], slots: [String: [String: [String]]] = [:]
    ) {
        self.phrases = phrases
        self.providers = providers
        self.blocklists = blocklists
        var builder = Builder(slots: slots, phrases: phrases.count)
        for (number, phrase) in phrases.enumerated() {
            builder.add(
                phrase.words, .phrase(PhraseMeaning(phrase, number: number)), slotsOf: phrase.language,
                isName: phrase.strength == .name)
        }
        for language in slots.keys.sorted() { builder.addLoneSlots(language) }
        juxtaposing = builder.languages(["ar", "cs", "el", "fa", "he", "id", "pl", "ro", "ru", "sr", "uk", "vi"])
        for (number, list) in blocklists.enumerated() {
            builder.add(list.signature, .blocklist(number))
            if list.hasDistinctiveName { builder.add(list.name, .blocklist(number)) }
        }
        for (number, provider) in providers.enumerated() { builder.add(provider, number) }
        byEnhancedCode = builder.byEnhancedCode
        byReplyCode = builder.byReplyCode
        ranges = builder.ranges
        sequences = builder.sequences
        meanings = builder.meanings
        heads = Set((slots["en"]?["head"] ?? []).map { Tokens.packed($0.utf8.prefix(8)) })
        matcher = Matcher(builder.literals)
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

    /// What providers mean by a reply code.
    func rows(for code: ReplyCode) -> [ProviderRow] { byReplyCode[code] ?? [] }

    /// The provider whose mail host this is: the longest end of the name that is known, or a mark anywhere in it.
    func provider(ofHost host: String) -> Int? {
        let bytes = Array(host.utf8)
        var best: (provider: Int, length: Int)?
        matcher.scan(bytes) { use, range in
            guard use.kind == .other, case .host(let provider) = meanings[Int(use.number)],
                range.count > best?.length ?? 0
            else { return }
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
    ///
    /// Phrases that want other codes beside them than these neither count nor hide others.
    func matches(in text: FoldedText, code: ReplyCode?, enhanced: EnhancedCode?) -> [Match] {
        var found = Found(code: code, enhanced: enhanced, phrases: phrases)
        var progress = Sequences.Progress()
        var addresses = text.tokens.addresses[...]
        let bytes = text.bytes
        matcher.scan(bytes) { use, range in
            guard use.isOpen || bytes.isWordEnd(range.upperBound) else { return }
            if use.kind != .other, !use.isName, text.tokens.hasThing(in: range) { return }
            switch use.kind {
            case .part:
                if !use.isName, reading(use.slot, range, text) != use.slot { return }
                // Parts are taken in the order in which they begin.
                while let address = addresses.first, address.lowerBound < range.lowerBound {
                    take(Sequences.address, address, text, &progress, &found)
                    addresses.removeFirst()
                }
                take(use.number, range, text, &progress, &found)
            case .phrase, .other:
                let meaning = meanings[Int(use.number)]
                guard accepts(meaning, range, text, isOpen: use.isOpen) else { return }
                let gap = range.upperBound..<range.upperBound
                found.add(Match(pattern: Int(use.number), meaning: meaning, range: range, gap: gap))
            }
        }
        for address in addresses { take(Sequences.address, address, text, &progress, &found) }
        found.dropContained()
        return found.matches
    }

    /// Takes a part that was found, and adds the patterns that it completes.
    @inline(never)
    private func take(
        _ part: UInt32, _ range: Range<Int>, _ text: FoldedText, _ progress: inout Sequences.Progress,
        _ found: inout Found
    ) {
        progress.take(part, range, sequences, text) { pattern, whole, gap in
            found.add(Match(pattern: Int(pattern), meaning: meanings[Int(pattern)], range: whole, gap: gap))
        }
    }

    /// Is it the name of a machine or a department, and not of an address? Its first eight bytes.
    func isHead(_ word: UInt64) -> Bool { word != 0 && heads.contains(word) }

    /// The patterns that were found so far, but for phrases that want other codes beside them.
    private struct Found {
        /// As many as a number has bits.
        private static let most = UInt64.bitWidth

        let code: ReplyCode?
        let enhanced: EnhancedCode?
        let phrases: [Phrase]
        private(set) var matches: [Match] = []

        init(code: ReplyCode?, enhanced: EnhancedCode?, phrases: [Phrase]) {
            self.code = code
            self.enhanced = enhanced
            self.phrases = phrases
            matches.reserveCapacity(16)
        }

        mutating func add(_ match: Match) {
            // A hundred patterns tell no more than sixty; this bounds the work on a text made of them.
            guard matches.count < Self.most else { return }
            if case .phrase(let phrase) = match.meaning, phrase.wantsCodes,
                phrases[phrase.number].codes?.fit(code, enhanced) == false
            {
                return
            }
            matches.append(match)
        }

        /// Of two phrases or two blocklists, the longer one counts where the other stands inside it; and of what is
        /// left, each pattern once.
        mutating func dropContained() {
            // A bit for each that is left.
            var left: UInt64 = 0
            for (i, inner) in matches.enumerated() {
                let isInside = matches.contains { outer in
                    outer.pattern != inner.pattern && outer.range.count > inner.range.count
                        && outer.range.lowerBound <= inner.range.lowerBound
                        && outer.range.upperBound >= inner.range.upperBound && Self.yields(inner, to: outer)
                }
                guard !isInside else { continue }
                let isRepeated = (0..<i).contains {
                    left & 1 << UInt64($0) != 0 && matches[$0].pattern == inner.pattern
                }
                if !isRepeated { left |= 1 << UInt64(i) }
            }
            var count = 0
            for i in matches.indices where left & 1 << UInt64(i) != 0 {
                matches[count] = matches[i]
                count += 1
            }
            matches.removeLast(matches.count - count)
        }

        private static func yields(_ inner: Match, to outer: Match) -> Bool {
            switch (inner.meaning, outer.meaning) {
            case (.phrase(let short), .phrase(let long)):
                // Words that say nothing hide all that stands in them.
                if long.category == .undetermined, long.strength != .forNow { return short.category != .undetermined }
                // What is so for now is said within the words that say what.
                if short.strength == .forNow { return false }
                let isInGap = !outer.gap.isEmpty && outer.gap.clamped(to: inner.range) == inner.range
                return isInGap ? short.strength < long.strength : short.strength <= long.strength
            case (.blocklist, .blocklist): return true
            default: return false
            }
        }
    }

    /// Where the words of some slots stand, in any language; in their order.
    func words(in text: FoldedText, of isMeant: (Slot) -> Bool) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        scan(text) { slot, range, _ in if isMeant(slot) { ranges.append(range) } }
        return ranges
    }

    /// Calls `found` with each word of a slot, in their order, and a bit for its language.
    @inline(__always)
    func scan(_ text: FoldedText, _ found: (Slot, Range<Int>, UInt64) -> Void) {
        let bytes = text.bytes
        matcher.scan(bytes) { use, range in
            guard use.kind == .part, use.slot != .other, use.isOpen || bytes.isWordEnd(range.upperBound),
                !text.tokens.hasThing(in: range)
            else { return }
            found(reading(use.slot, range, text), range, sequences.languages(of: use.number))
        }
    }

    /// What the words of a slot are where they stand.
    private func reading(_ slot: Slot, _ range: Range<Int>, _ text: FoldedText) -> Slot {
        switch slot {
        // A `user agent` is no user, and a `domain controller` no domain.
        case .mailbox, .domain: isHead(text.word(after: range.upperBound)) ? .headed : slot
        // Who `has blocked the sender` is not blocked.
        case .disabled: text.isActive(range.lowerBound) ? .other : slot
        case .sender, .absent, .nosuch, .accepted, .rejected, .list, .other, .thing, .headed: slot
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
}
