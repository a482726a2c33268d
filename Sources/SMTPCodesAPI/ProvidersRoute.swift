import SMTPCatalog

/// `GET /providers` and `GET /providers/{name}`.
enum ProvidersRoute {
    struct Item: Encodable {
        let count: Int
        let href: String
        let name: String
    }

    struct List: Encodable {
        let count: Int
        let providers: [Item]
    }

    struct Code: Encodable {
        let advice: String
        let category: String
        /// Absent where only the wording tells.
        let code: String?
        let confirmed: Bool
        let meaning: String
        let replyCodes: [Int]
        let source: String
        let wording: String?
    }

    struct Entry: Encodable {
        let codes: [Code]
        let count: Int
        let name: String
    }

    static let paths = Catalog.providers.map(href)

    static func list() -> List {
        let items = Catalog.providers.map { Item(count: $0.codes.count, href: href($0), name: $0.name) }
        return List(count: items.count, providers: items)
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        let wanted = slug(text)
        guard let provider = Catalog.providers.first(where: { slug($0.name) == wanted || slug($0.service) == wanted })
        else { throw .notFound("There is no provider \(text.quoted); GET /providers lists them.") }
        let codes = provider.codes.map { code in
            Code(
                advice: code.advice, category: code.category.rawValue, code: code.code, confirmed: code.confirmed,
                meaning: code.meaning, replyCodes: code.replies.map(\.rawValue), source: code.source,
                wording: code.wording)
        }
        return Entry(codes: codes, count: codes.count, name: provider.name)
    }

    /// `/providers/microsoft-365`.
    static func href(_ provider: Provider) -> String { "/providers/" + slug(provider.name) }

    /// Nil for a provider that is not in the catalog.
    static func knownHref(_ provider: Provider) -> String? { hrefs[provider.name] }

    private static let hrefs = Dictionary(uniqueKeysWithValues: Catalog.providers.map { ($0.name, href($0)) })

    /// Small letters and digits, all else a single hyphen.
    private static func slug(_ name: String) -> String {
        name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
    }
}
