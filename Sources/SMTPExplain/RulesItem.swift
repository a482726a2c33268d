import SMTPCatalog
import StrictJSON

/// A value in a rules file, and the way to it.
struct RulesItem {
    let value: JSONValue
    /// Of each member and element that leads to it, the number.
    private let way: [Int]

    struct Fault: Error {
        let way: [Int]
        let reason: String
    }

    init(_ value: JSONValue) { self.init(value, []) }

    private init(_ value: JSONValue, _ way: [Int]) {
        self.value = value
        self.way = way
    }

    func fault(_ reason: String) -> Fault { Fault(way: way, reason: reason) }

    /// The members of an object.
    struct Members {
        fileprivate let object: RulesItem
        fileprivate var items: [String: RulesItem] = [:]

        subscript(_ name: String) -> RulesItem? { items[name] }

        func required(_ name: String) throws(Fault) -> RulesItem {
            guard let item = items[name] else { throw object.fault("\"\(name)\" is missing") }
            return item
        }

        /// Of a list that may be absent.
        func elements(_ name: String) throws(Fault) -> [RulesItem] { try items[name]?.elements() ?? [] }
    }

    /// Of an object with these members and no others, each at most once, so that none is silently without effect.
    func members(_ names: String...) throws(Fault) -> Members {
        guard case .object(let members) = value else { throw fault("is no object") }
        var read = Members(object: self)
        for (number, member) in members.enumerated() {
            let item = RulesItem(member.value, way + [number])
            guard names.contains(member.name) else {
                throw item.fault("is not one of \(names.sorted().joined(separator: ", "))")
            }
            guard read.items.updateValue(item, forKey: member.name) == nil else { throw item.fault("stands twice") }
        }
        return read
    }

    func elements() throws(Fault) -> [RulesItem] {
        guard case .array(let elements) = value else { throw fault("is no list") }
        return elements.enumerated().map { RulesItem($0.element, way + [$0.offset]) }
    }

    func text() throws(Fault) -> String {
        guard case .string(let text) = value else { throw fault("is no string") }
        return text
    }

    /// Text that is not blank, without spaces around it.
    func words() throws(Fault) -> String {
        let words = Array(try text().utf8)[...].trimmed
        guard !words.isEmpty else { throw fault("is empty") }
        return words.string
    }

    /// Words that can be found in a reply; see ``Phrase``.
    func pattern() throws(Fault) -> String {
        let words = try words()
        let bytes = Array(words.utf8)
        let isOpen = bytes.last == .ascii("*")
        let parts = ([0x20] + bytes.dropLast(isOpen ? 1 : 0) + [0x20]).split(
            separator: Array(" ... ".utf8), omittingEmptySubsequences: false)
        for part in parts {
            guard !part.trimmed.isEmpty else {
                throw fault(parts.count > 1 ? "has nothing before or behind \" ... \"" : "is only \"*\"")
            }
            let folded = FoldedText.fold(part.trimmed)
            guard !folded.isEmpty || part.contains(.ascii("@")) else {
                throw fault("has a part of nothing but marks on letters, which are left out of what is searched")
            }
            guard folded.count(where: { $0 == .ascii("@") }) >= part.count(where: { $0 == .ascii("@") }) else {
                throw fault("has a mail address, which is left out of what is searched")
            }
            guard folded.count <= ReplyReader.mostBytes else { throw fault("is longer than any reply is read") }
        }
        for case .slot(let name, _) in Pattern(words, language: "en").steps.map(\.part)
        where !Self.slots.contains(name) {
            throw fault("{\(name)} is none of \(Self.slots.sorted().map { "{\($0)}" }.joined(separator: ", "))")
        }
        return words
    }

    /// What a reply must have beside the words: `550`, `5.7.1`, `550 5.7.1`, or a class, `4`.
    func codes() throws(Fault) -> Phrase.Codes {
        guard let codes = Phrase.Codes(try words()) else {
            throw fault("is no reply code, enhanced code or class, as \"550 5.7.1\"")
        }
        return codes
    }

    /// Words that begin with codes, taken apart; nil where they do not.
    func codesBeforeWords() throws(Fault) -> (codes: Phrase.Codes, words: String)? {
        let words = try words().split(separator: " ")
        let heads = words.prefix { $0.utf8.count >= 3 && Phrase.Codes(String($0)) != nil }.prefix(2)
        guard !heads.isEmpty, let codes = Phrase.Codes(heads.joined(separator: " ")) else { return nil }
        let rest = words[heads.endIndex...].drop { $0 == "..." }.joined(separator: " ")
        guard !rest.isEmpty else { throw fault("is only a code; give its meaning to a provider, as one of its codes") }
        return (codes, rest)
    }

    private static let slots = Set(PhraseFile.builtIn.files.first { $0.language == "en" }?.slots.keys.map(\.self) ?? [])

    func category() throws(Fault) -> Category {
        let name = try text()
        guard let category = Category(rawValue: name) else {
            throw fault("\"\(name)\" is no category; GET /categories lists them")
        }
        return category
    }
}

// MARK: - What the file has

extension Rules {
    init(_ file: RulesItem) throws(RulesItem.Fault) {
        let members = try file.members("phrases", "providers", "blocklists")
        var phrases: [Phrase] = []
        for item in try members.elements("phrases") {
            let members = try item.members("words", "category", "code")
            let (words, category) = (try members.required("words"), try members.required("category").category())
            let pattern = try words.pattern()
            if let codes = try members["code"]?.codes() {
                phrases.append(Phrase(pattern, category, .rule, codes: codes))
                continue
            }
            phrases.append(Phrase(pattern, category, .rule))
            // A code at the head of a reply is no word of it, so `550 hamster` is the hamster beside 550 as well.
            if let (codes, rest) = try words.codesBeforeWords() {
                phrases.append(Phrase(rest, category, .rule, codes: codes))
            }
        }
        var providers: [Provider] = []
        for item in try members.elements("providers") { providers.append(try Provider(rule: item)) }
        var blocklists: [Blocklist] = []
        for item in try members.elements("blocklists") { blocklists.append(try Blocklist(rule: item)) }
        self.init(phrases, providers, blocklists)
    }
}

extension Provider {
    fileprivate convenience init(rule: RulesItem) throws(RulesItem.Fault) {
        let members = try rule.members("name", "hosts", "texts", "codes")
        var signatures: [Signature] = []
        for host in try members.elements("hosts") { signatures.append(.host(try host.pattern().lowercased())) }
        for text in try members.elements("texts") {
            // Of an address, the domain is found.
            let hasAddress = try text.words().utf8.contains(.ascii("@"))
            signatures.append(.text(hasAddress ? try text.words() : try text.pattern()))
        }
        var codes: [ProviderCode] = []
        for code in try members.elements("codes") { codes.append(try ProviderCode(rule: code)) }
        self.init(try members.required("name").words(), signatures: signatures, codes: codes)
    }
}

extension ProviderCode {
    fileprivate convenience init(rule: RulesItem) throws(RulesItem.Fault) {
        let members = try rule.members("code", "wording", "category", "meaning", "advice")
        let (code, wording) = (try members["code"]?.pattern(), try members["wording"]?.pattern())
        guard code != nil || wording != nil else { throw rule.fault("needs \"code\" or \"wording\"") }
        let category = try members.required("category").category()
        self.init(
            code, saying: wording, [], category, try members["meaning"]?.text() ?? category.entry.description,
            try members["advice"]?.text() ?? category.entry.advice, "", isRule: true)
    }
}

extension Blocklist {
    fileprivate init(rule: RulesItem) throws(RulesItem.Fault) {
        let members = try rule.members("name", "operator", "kind", "signature", "lookup")
        let name = try members.required("name").words()
        let kind = try members["kind"]?.text() ?? "both"
        guard let kind = Kind(rawValue: kind) else {
            throw members["kind"]!.fault("\"\(kind)\" is not ip, domain or both")
        }
        self.init(
            name, try members["operator"]?.text() ?? name, kind, try members.required("signature").pattern(),
            lookup: try members["lookup"]?.text())
    }
}
