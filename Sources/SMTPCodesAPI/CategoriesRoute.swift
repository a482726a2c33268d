import SMTPCatalog
import SMTPExplain

/// `GET /categories` and `GET /categories/{name}`.
enum CategoriesRoute {
    struct Entry: Encodable {
        let action: String
        let advice: String
        let bounce: String
        let description: String
        let href: String
        let links: [LinkAnswer]
        let name: String
        let party: String?
        /// Absent where the same message is not to be sent again.
        let retry: RetryAnswer?
        let title: String
        /// What to do when the reply is for now.
        let whileTransient: WhileTransient

        struct WhileTransient: Encodable {
            let action: String
            let advice: String
            let bounce: String
            let retry: RetryAnswer?
        }

        struct RetryAnswer: Encodable {
            let afterSeconds: Int
            let basis: String
            let giveUpAfterSeconds: Int

            init(_ retry: Verdict.Retry) {
                afterSeconds = retry.afterSeconds
                basis = retry.basis.rawValue
                giveUpAfterSeconds = retry.giveUpAfterSeconds
            }
        }

        init(_ entry: CategoryEntry) {
            let isRefusal = entry.usualDisposition != .success && entry.usualDisposition != .intermediate
            let final = Verdict.usual(entry.category, isRefusal ? .permanent : entry.usualDisposition)
            let forNow = Verdict.usual(entry.category, isRefusal ? .transient : entry.usualDisposition)
            action = entry.action.rawValue
            advice = entry.advice
            bounce = final.bounce.rawValue
            description = entry.description
            href = CategoriesRoute.href(entry.category)
            links = entry.references.map { LinkAnswer($0.link) }
            name = entry.category.rawValue
            party = entry.party?.rawValue
            retry = final.retry.map(RetryAnswer.init)
            title = entry.title
            whileTransient = WhileTransient(
                action: entry.transientAction.rawValue, advice: entry.transientAdvice, bounce: forNow.bounce.rawValue,
                retry: forNow.retry.map(RetryAnswer.init))
        }
    }

    struct List: Encodable {
        let categories: [Entry]
        let count: Int
    }

    static func href(_ category: Category) -> String { "/categories/" + category.rawValue }

    static let paths = Category.allCases.map(href)

    static func list() -> List {
        let entries = CategoryEntry.all.map(Entry.init)
        return List(categories: entries, count: entries.count)
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        guard let category = Category(rawValue: text.lowercased()) else {
            let nearest = Spelling.nearest(to: text.lowercased(), among: Category.allCases, spelled: \.rawValue)
            throw .unknownName(
                "There is no category \(text.quoted); GET /categories lists them.",
                nearest: nearest.map { Nearest(name: $0.rawValue, href: href($0)) })
        }
        return Entry(category.entry)
    }
}
