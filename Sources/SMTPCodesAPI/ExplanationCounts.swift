import SMTPCatalog
import SMTPExplain
import Synchronization

/// How many replies were explained, by what they were found to mean.
final class ExplanationCounts: Sendable {
    private static let dispositions: [Disposition?] = Disposition.allCases + [nil]

    /// One for each category and disposition, in the order of both. More than there are, as the size of such an
    /// array stands in its type.
    private let counts = InlineArray<256, Atomic<UInt64>> { _ in Atomic(0) }

    func count(_ explanation: Explanation) {
        counts[Self.index(explanation.category, explanation.disposition)].add(1, ordering: .relaxed)
    }

    private static func index(_ category: Category, _ disposition: Disposition?) -> Int {
        category.index * dispositions.count + dispositions.firstIndex(of: disposition)!
    }

    /// Those that occurred.
    var all: [(Category, Disposition?, UInt64)] {
        Category.allCases.flatMap { category in
            Self.dispositions.compactMap { disposition in
                let count = counts[Self.index(category, disposition)].load(ordering: .relaxed)
                return count > 0 ? (category, disposition, count) : nil
            }
        }
    }
}
