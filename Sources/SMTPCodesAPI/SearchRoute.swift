import Glibc
import SMTPCatalog
import SMTPExplain

/// `GET /search`: one list over all that the service knows, the best first.
enum SearchRoute {
    struct Answer: Encodable {
        let count: Int
        let results: [Result]
    }

    struct Result: Encodable {
        let category: String?
        let href: String
        let kind: Kind
        let meaning: String
        let title: String
    }

    /// In the order in which equally good results are listed.
    enum Kind: String, Encodable {
        case category
        case replyCode = "reply-code"
        case enhancedCode = "enhanced-code"
        case provider
        case providerCode = "provider-code"
        case phrase
    }

    /// Who has not found it among so many needs more words.
    private static let mostResults = 50
    /// There are so many phrases that they would leave no room for codes.
    private static let mostOfAKind = 15

    /// `explain` says what words mean in a reply.
    static func answer(_ query: Query, explain: (String) -> Explanation) throws(Problem) -> Answer {
        let words = try query.words()
        guard !words.isEmpty else {
            throw .malformedQuery("q says what to search for, as /search?q=mailbox+full or /search?q=5.1.1.")
        }
        let text = query.text.filter { !$0.isNewline }.trimmingBlanks
        var results = [code(text), meaning(text, words, explain)].compactMap(\.self)
        let found = entries.compactMap { entry in entry.score(words, text).map { (entry, $0) } }
            .sorted { $0.1 > $1.1 }
        for (entry, _) in found where results.count < mostResults {
            guard results.count(where: { $0.kind == entry.result.kind }) < mostOfAKind else { continue }
            let isThere = results.contains { $0.href == entry.result.href && $0.title == entry.result.title }
            if !isThere { results.append(entry.result) }
        }
        return Answer(count: results.count, results: results)
    }

    /// The code that was asked for by its number, in its own class, inside a range of a provider's too.
    private static func code(_ text: String) -> Result? {
        if let entry = ReplyCode(text).flatMap(Catalog.entry) { return Entry(entry).result }
        guard EnhancedCode(text) != nil, let entry = try? EnhancedRoute.entry(text) else { return nil }
        return Result(
            category: entry.category, href: "/enhanced/\(entry.code)", kind: .enhancedCode, meaning: entry.meaning,
            title: entry.code)
    }

    /// What the words would mean in a reply.
    private static func meaning(_ text: String, _ words: [String], _ explain: (String) -> Explanation) -> Result? {
        let it = explain(text)
        guard it.category != .undetermined, let found = it.evidence.first, found.kind == .text,
            words.allStand(in: found.found.lowercased())
        else { return nil }
        return Result(
            category: it.category.rawValue, href: CategoriesRoute.href(it.category), kind: .phrase,
            meaning: it.category.entry.description, title: found.found)
    }

    // MARK: - What is searched

    fileprivate struct Entry {
        let result: Result
        /// In lower case: what a find in says most, and what else is searched.
        private let title: String
        private let text: String

        init(_ result: Result, also more: String = "") {
            self.result = result
            title = result.title.lowercased()
            text = "\(title) \(result.category ?? "") \(result.meaning) \(more)".lowercased()
        }

        /// The better it fits, the higher; nil where a word is missing.
        func score(_ words: [String], _ query: String) -> Int? {
            guard words.allStand(in: text) else { return nil }
            let inTitle = words.count { strstr(title, $0) != nil }
            return (title == query.lowercased() ? 100 : 0) + inTitle * 10 / words.count
        }
    }

    /// Made at the first search, which it takes a few milliseconds.
    fileprivate static let entries: [Entry] = {
        var entries = CategoryEntry.all.map { entry in
            Entry(
                Result(
                    category: entry.category.rawValue, href: CategoriesRoute.href(entry.category), kind: .category,
                    meaning: entry.description, title: entry.title))
        }
        entries += Catalog.replyCodes.map(Entry.init)
        entries += Catalog.enhancedCodes.map(Entry.init)
        for provider in Catalog.providers {
            let href = ProvidersRoute.href(provider)
            entries.append(
                Entry(
                    Result(
                        category: nil, href: href, kind: .provider,
                        meaning: "What \(provider.name) means by its codes and wordings.", title: provider.service),
                    also: provider.name))
            entries += provider.codes.map { code in
                Entry(
                    Result(
                        category: code.category.rawValue, href: href, kind: .providerCode, meaning: code.meaning,
                        title: [provider.name, code.code, code.wording].compactMap(\.self).joined(separator: " ")),
                    also: provider.service)
            }
        }
        entries += Phrase.all.map { phrase in
            Entry(
                Result(
                    category: phrase.category.rawValue, href: CategoriesRoute.href(phrase.category), kind: .phrase,
                    meaning: phrase.category.entry.description, title: phrase.words))
        }
        return entries
    }()
}

extension SearchRoute.Entry {
    fileprivate init(_ entry: ReplyCodeEntry) {
        self.init(
            .init(
                category: entry.category.rawValue, href: "/codes/\(entry.code)", kind: .replyCode,
                meaning: entry.meaning, title: entry.code.description), also: "\(entry.text) \(entry.description)")
    }

    /// Found by its number in any class.
    fileprivate init(_ entry: EnhancedCodeEntry) {
        let forms = [2, 4, 5].compactMap(entry.pattern.inClass).map(\.description).joined(separator: " ")
        self.init(
            .init(
                category: entry.category(classDigit: nil).rawValue, href: "/enhanced/\(entry.pattern)",
                kind: .enhancedCode, meaning: entry.meaning, title: entry.pattern.description),
            also: "\(forms) \(entry.text) \(entry.description)")
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(Substring(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }
}
