import SMTPCatalog

/// `GET /categories` and `GET /categories/{name}`.
enum CategoriesRoute {
    struct Entry: Encodable {
        let action: String
        let advice: String
        let description: String
        let href: String
        let name: String
        let party: String?
        let title: String
        /// What to do when the reply is for now.
        let whileTransient: WhileTransient

        struct WhileTransient: Encodable {
            let action: String
            let advice: String
        }

        init(_ entry: CategoryEntry) {
            action = entry.action.rawValue
            advice = entry.advice
            description = entry.description
            href = "/categories/" + entry.category.rawValue
            name = entry.category.rawValue
            party = entry.party?.rawValue
            title = entry.title
            whileTransient = WhileTransient(action: entry.transientAction.rawValue, advice: entry.transientAdvice)
        }
    }

    struct List: Encodable {
        let categories: [Entry]
        let count: Int
    }

    static let paths = Category.allCases.map { "/categories/" + $0.rawValue }

    static func list() -> List {
        let entries = CategoryEntry.all.map(Entry.init)
        return List(categories: entries, count: entries.count)
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        guard let category = Category(rawValue: text.lowercased()) else {
            throw .notFound("There is no category \(text.quoted); GET /categories lists them.")
        }
        return Entry(category.entry)
    }
}
