import SMTPCatalog
import SMTPExplain
import Synchronization

/// How many replies were explained, by what they were found to mean, and by whose they are.
///
/// Providers are counted beside the categories, not multiplied with them: some thousand series at most, however many
/// replies there are.
final class ExplanationCounts: Sendable {
    typealias Bounce = Verdict.Bounce

    /// What the explanation of one reply is counted under.
    struct Meaning {
        let category: Category
        /// Nil where the reply has no code.
        let disposition: Disposition?
        let bounce: Bounce

        static let all = Category.allCases.flatMap { category in
            (Disposition.allCases + [nil]).flatMap { disposition in
                Bounce.allCases.map { Meaning(category: category, disposition: disposition, bounce: $0) }
            }
        }
    }

    /// The names of the catalog, `other` for those of the operator's own rules, and `none`.
    private static let providers = Catalog.providers.map(\.name) + ["other", "none"]
    private static let providerIndex = Dictionary(uniqueKeysWithValues: zip(providers, providers.indices))

    private final class Counter: Sendable {
        let value = Atomic<UInt64>(0)

        func add() { value.add(1, ordering: .relaxed) }
        var count: UInt64 { value.load(ordering: .relaxed) }
    }

    /// One for each of `Meaning.all`.
    private let meanings = Meaning.all.map { _ in Counter() }
    /// One for each provider and bounce, in the order of both.
    private let senders = providers.flatMap { _ in Bounce.allCases.map { _ in Counter() } }

    func count(_ explanation: Explanation) {
        let bounce = Bounce.allCases.firstIndex(of: explanation.bounce)!
        let dispositions = Disposition.allCases
        let disposition = explanation.disposition.map { dispositions.firstIndex(of: $0)! } ?? dispositions.count
        let row = explanation.category.index * (dispositions.count + 1) + disposition
        meanings[row * Bounce.allCases.count + bounce].add()
        let name = explanation.provider?.name ?? "none"
        let provider = Self.providerIndex[name] ?? Self.providers.count - 2
        senders[provider * Bounce.allCases.count + bounce].add()
    }

    /// Those that occurred.
    var byMeaning: [(Meaning, UInt64)] {
        zip(Meaning.all, meanings).compactMap { $1.count > 0 ? ($0, $1.count) : nil }
    }

    /// Those that occurred, whatever the bounce.
    var byDisposition: [(Category, Disposition?, UInt64)] {
        let bounces = Bounce.allCases.count
        return stride(from: 0, to: meanings.count, by: bounces).compactMap { start in
            let count = meanings[start..<start + bounces].reduce(0) { $0 + $1.count }
            return count > 0 ? (Meaning.all[start].category, Meaning.all[start].disposition, count) : nil
        }
    }

    /// Those that occurred.
    var byProvider: [(provider: String, bounce: Bounce, count: UInt64)] {
        Self.providers.enumerated().flatMap { row, provider in
            Bounce.allCases.enumerated().compactMap { column, bounce in
                let count = senders[row * Bounce.allCases.count + column].count
                return count > 0 ? (provider, bounce, count) : nil
            }
        }
    }
}
