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
            /// One of the parts, words or a slot's, of patterns that have several; ``Sequences`` puts them together.
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
        case mailbox, domain, sender, disabled, absent, nosuch, accepted, rejected, other
        /// Where a receiver looks its users up: `user directory`.
        case list
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
    let matcher: Matcher<Use>
    let sequences: Sequences
    /// What it means that a pattern was found, by its number.
    let meanings: [Meaning]
    /// What an address is no more where its name goes before: `user agent`.
    private let heads: WordSet
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
        heads = WordSet((slots["en"]?["head"] ?? []).map { WordSet.packed($0.utf8.prefix(8)) })
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
        matcher.scan(bytes, endingAnywhere: true) { use, range in
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

    /// Is it the name of a machine or a department, and not of an address? Its first eight bytes.
    func isHead(_ word: UInt64) -> Bool { heads.contains(word) }
}
