import FoundationEssentials
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// A line of faults.tsv: a reply of a kind that is easily read wrongly, and what must come of it.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Outcome: String {
        /// The address is given up, or kept.
        case suppress, keep
        /// It is kept, and the message is sent again.
        case retry
        /// Either is right.
        case either = "-"
    }

    /// What the lines of this part of the file have in common.
    let behaviour: String
    /// Nil where any is right, `*` in the file.
    let categories: [String]?
    /// Likewise; `-` where there is none.
    let disposition: String?
    let outcome: Outcome
    let reply: String

    var testDescription: String { "\(behaviour): \(reply.debugDescription)" }

    static let all: [Fault] = {
        let file = #filePath.prefix(through: #filePath.lastIndex(of: "/")!) + "faults.tsv"
        guard let text = try? String(contentsOfFile: String(file), encoding: .utf8) else { return [] }
        var behaviour = ""
        return text.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else {
                behaviour = String(line.dropFirst(2))
                return nil
            }
            let fields = line.split(separator: "\t", maxSplits: 3).map(String.init)
            return Fault(
                behaviour: behaviour,
                categories: fields[0] == "*" ? nil : fields[0].split(separator: "|").map(String.init),
                disposition: fields[1] == "*" ? nil : fields[1], outcome: Outcome(rawValue: fields[2])!,
                reply: fields[3].replacing("\\n", with: "\n").replacing("\\t", with: "\t"))
        }
    }()
}

struct FaultsTests {
    @Test("what is easily read wrongly is read rightly", arguments: Fault.all)
    func fault(fault: Fault) {
        let it = explainer.explain(firstIn: fault.reply)
        if let categories = fault.categories { #expect(categories.contains(it.category.rawValue), "\(it.trace)") }
        if let disposition = fault.disposition { #expect(it.disposition?.rawValue ?? "-" == disposition) }
        switch fault.outcome {
        case .suppress: #expect(it.suppress, "\(it.trace)")
        case .keep: #expect(!it.suppress, "\(it.trace)")
        case .retry: #expect(!it.suppress && it.retry != nil, "\(it.trace)")
        case .either: break
        }
    }
}
