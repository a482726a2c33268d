// Compares the explainer with the labels of the corpus, and prints each miss.
//
//     accuracy [--quiet] FILE.jsonl...

import FoundationEssentials
import SMTPCatalog
import SMTPExplain

/// One line of the corpus: a reply and what a mail engineer says of it.
struct Labelled: Decodable {
    let input: String
    let category: String
    let code: Int?
    let enhanced: String?
    let disposition: String?
    let provider: String?
    let blocklists: [String]?
    let retryAfterSeconds: Int?
    let command: String?
}

struct Tally {
    var right = 0
    var all = 0

    mutating func count(_ isRight: Bool) {
        all += 1
        if isRight { right += 1 }
    }

    var text: String {
        let percent = all == 0 ? 100 : Double(right) * 100 / Double(all)
        return "\(right)/\(all) (\((percent * 10).rounded() / 10) %)"
    }
}

func check(_ file: String, quiet: Bool) throws {
    let explainer = Explainer()
    var byField: [String: Tally] = [:]
    var byCategory: [String: Tally] = [:]
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    for (number, line) in lines.enumerated() {
        let label = try JSONDecoder().decode(Labelled.self, from: Data(line.utf8))
        let it = explainer.explain(label.input)
        var misses: [String] = []
        func compare<Value: Equatable>(_ field: String, _ expected: Value, _ got: Value) {
            byField[field, default: Tally()].count(expected == got)
            if expected != got { misses.append("\(field): expected \(expected), got \(got)") }
        }
        compare("category", label.category, it.category.rawValue)
        compare("code", label.code, it.reply?.rawValue)
        compare("enhanced", label.enhanced, it.enhanced?.description)
        if let disposition = label.disposition { compare("disposition", disposition, it.disposition?.rawValue) }
        if let provider = label.provider { compare("provider", provider, it.provider?.service) }
        if let lists = label.blocklists { compare("blocklists", Set(lists), Set(it.blocklists.map(\.name))) }
        compare("retryAfterSeconds", label.retryAfterSeconds, it.retryAfterSeconds)
        if let command = label.command { compare("command", command, it.command) }
        byCategory[label.category, default: Tally()].count(label.category == it.category.rawValue)
        if !misses.isEmpty && !quiet {
            print("\(number + 1): \(label.input.debugDescription)")
            for miss in misses { print("    \(miss)") }
            print("    evidence: \(it.evidence.map { "\($0.found) (\($0.category.rawValue))" })")
        }
    }
    print("\(file): \(lines.count) replies")
    for (field, tally) in byField.sorted(by: { $0.key < $1.key }) { print("  \(field): \(tally.text)") }
    print("  by category:")
    for (category, tally) in byCategory.sorted(by: { $0.key < $1.key }) { print("    \(category): \(tally.text)") }
}

@main
struct Accuracy {
    static func main() throws {
        let quiet = CommandLine.arguments.contains("--quiet")
        for file in CommandLine.arguments.dropFirst() where file != "--quiet" { try check(file, quiet: quiet) }
    }
}
