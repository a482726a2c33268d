import SMTPCatalog

/// `GET /providers` and `GET /providers/{name}`.
enum ProvidersRoute {
    struct Item: Encodable {
        let count: Int
        let href: String
        let kind: String
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
        /// Present where the code means this in reply to one command only.
        let command: String?
        let confirmed: Bool
        /// Absent where the provider's own are all that the advice needs.
        let links: [LinkAnswer]?
        let meaning: String
        let replyCodes: [Int]
        /// How long the provider says it lasts.
        let retryAfterSeconds: Int?
        let source: String
        let wording: String?

        init(_ code: ProviderCode) {
            advice = code.advice
            category = code.category.rawValue
            self.code = code.code
            command = code.command
            confirmed = code.confirmed
            links = code.links.isEmpty ? nil : code.links.map(LinkAnswer.init)
            meaning = code.meaning
            replyCodes = code.replies.map(\.rawValue)
            retryAfterSeconds = code.retryAfterSeconds
            source = code.source
            wording = code.wording
        }
    }

    struct Entry: Encodable {
        let codes: [Code]
        let count: Int
        let kind: String
        let links: [LinkAnswer]
        let name: String
    }

    static let paths = Catalog.providers.map(href)

    static func list() -> List {
        let items = Catalog.providers.map {
            Item(count: $0.codes.count, href: href($0), kind: $0.kind.rawValue, name: $0.name)
        }
        return List(count: items.count, providers: items)
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        let wanted = slug(text)
        guard let provider = Catalog.providers.first(where: { slug($0.name) == wanted || slug($0.service) == wanted })
        else {
            let names = Catalog.providers.flatMap { [($0, slug($0.name)), ($0, slug($0.service))] }
            let nearest = Spelling.nearest(to: wanted, among: names, spelled: \.1)?.0
            throw .unknownName(
                "There is no provider \(text.quoted); GET /providers lists them.",
                nearest: nearest.map { Nearest(name: $0.name, href: href($0)) })
        }
        return Entry(
            codes: provider.codes.map(Code.init), count: provider.codes.count, kind: provider.kind.rawValue,
            links: provider.links.map(LinkAnswer.init), name: provider.name)
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
