// Compares the explainer with the labels of the corpus, and prints each miss.
//
//     accuracy [--quiet] [--at-least PERCENT] FILE.jsonl|FOLDER...
//
// It fails where the categories of one of them agree less often than that, where `high` is right in less than 97 % or
// `medium` in less than 85 % of its cases, and where more addresses than one in a hundred would be suppressed wrongly.
// A file has one labelled reply a line; a folder has bounces, NAME.eml beside NAME.json.

import FoundationEssentials
import Glibc
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

    var percent: Double { all == 0 ? 100 : Double(right) * 100 / Double(all) }

    var text: String {
        "\(right)/\(all) (\((percent * 10).rounded() / 10) %)"
    }
}

/// What one recipient of a bounce should come out as.
struct LabelledRecipient: Decodable {
    let recipient: String?
    let action: String?
    let status: String?
    let remoteMTA: String?
    let category: String
    let code: Int?
    let enhanced: String?
    let disposition: String?
}

struct LabelledBounce: Decodable {
    let recipients: [LabelledRecipient]
}

/// Counts agreement by field and by category, and remembers the misses of one item.
struct Comparison {
    let explainer = Explainer()
    let quiet: Bool
    private var byField: [String: Tally] = [:]
    private var byCategory: [String: Tally] = [:]
    private var misses: [String] = []

    init(quiet: Bool) { self.quiet = quiet }

    mutating func compare<Value: Equatable>(_ field: String, _ expected: Value, _ got: Value) {
        byField[field, default: Tally()].count(expected == got)
        if expected != got { misses.append("\(field): expected \(expected), got \(got)") }
    }

    private var byConfidence: [String: Tally] = [:]
    private var byScript: [String: Tally] = [:]
    /// The two harms: a live address given up, and a dead one not noticed.
    private var falseSuppress = Tally()
    private var missedDead = Tally()

    mutating func compareCategory(_ expected: String, _ got: Explanation) {
        let isRight = expected == got.category.rawValue
        byConfidence[got.confidence.rawValue, default: Tally()].count(isRight)
        byScript[Self.script(got.text), default: Tally()].count(isRight)
        let isDead = Self.dead.contains(expected)
        if !isDead { falseSuppress.count(got.suppress) }
        if isDead && got.disposition == .permanent { missedDead.count(!got.suppress) }
        compare("category", expected, got.category.rawValue)
        byCategory[expected, default: Tally()].count(expected == got.category.rawValue)
    }

    /// The categories that blame the address.
    private static let dead: Set = [
        "unknown-recipient", "bad-recipient-address", "recipient-moved", "bad-destination-domain", "mailbox-disabled",
    ]

    /// The script of a reply, which tells its language apart as far as an unlabelled corpus can.
    private static func script(_ text: String) -> String {
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            switch scalar.value {
            case 0x370...0x3FF: return "Greek"
            case 0x400...0x52F: return "Cyrillic"
            case 0x590...0x8FF: return "Hebrew, Arabic"
            case 0xAC00...0xD7AF: return "Korean"
            case 0x3040...0x30FF: return "Japanese"
            case 0x3400...0x9FFF: return "Chinese, Japanese"
            case 0xC0...0x24F: return "Latin with marks"
            default: continue
            }
        }
        return "ASCII"
    }

    mutating func report(_ item: String, _ evidence: [Evidence]) {
        if !misses.isEmpty && !quiet {
            print(item)
            for miss in misses { print("    \(miss)") }
            print("    evidence: \(evidence.map { "\($0.found) (\($0.category.rawValue))" })")
        }
        misses = []
    }

    func summarize(_ title: String) -> Double {
        print(title)
        for (field, tally) in byField.sorted(by: { $0.key < $1.key }) { print("  \(field): \(tally.text)") }
        print("  by category:")
        for (category, tally) in byCategory.sorted(by: { $0.key < $1.key }) { print("    \(category): \(tally.text)") }
        print("  by confidence:")
        for level in ["high", "medium", "low"] { print("    \(level): \((byConfidence[level] ?? Tally()).text)") }
        print("  by script:")
        for (script, tally) in byScript.sorted(by: { $0.key < $1.key }) { print("    \(script): \(tally.text)") }
        print("  suppressed wrongly: \(falseSuppress.text)")
        print("  dead and not noticed: \(missedDead.text)")
        return byField["category"]?.percent ?? 0
    }

    /// What each level of confidence promises, and the harm that it must not do; nil where it holds.
    var brokenPromise: String? {
        for (level, least) in [("high", 97.0), ("medium", 85.0)] {
            // A few cases are no measure.
            if let tally = byConfidence[level], tally.all >= 50, tally.percent < least {
                return "\(level) is right in \(tally.text), less than \(least) %"
            }
        }
        return falseSuppress.all >= 50 && falseSuppress.percent > 1 ? "suppressed wrongly: \(falseSuppress.text)" : nil
    }
}

/// How many percent of the categories agree, and which promise does not hold.
func checkReplies(_ file: String, quiet: Bool) throws -> (percent: Double, brokenPromise: String?) {
    var comparison = Comparison(quiet: quiet)
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    for (number, line) in lines.enumerated() {
        let label = try JSONDecoder().decode(Labelled.self, from: Data(line.utf8))
        let it = comparison.explainer.explain(label.input)
        comparison.compareCategory(label.category, it)
        comparison.compare("code", label.code, it.reply?.rawValue)
        comparison.compare("enhanced", label.enhanced, it.enhanced?.description)
        if let disposition = label.disposition {
            comparison.compare("disposition", disposition, it.disposition?.rawValue)
        }
        if let provider = label.provider { comparison.compare("provider", provider, it.provider?.service) }
        if let lists = label.blocklists { comparison.compare("blocklists", Set(lists), Set(it.blocklists.map(\.name))) }
        comparison.compare("retryAfterSeconds", label.retryAfterSeconds, it.retryAfterSeconds)
        if let command = label.command { comparison.compare("command", command, it.command) }
        comparison.report("\(number + 1): \(label.input.debugDescription)", it.evidence)
    }
    return (comparison.summarize("\(file): \(lines.count) replies"), comparison.brokenPromise)
}

/// How many percent of the categories agree, and which promise does not hold.
func checkBounces(_ folder: String, quiet: Bool) throws -> (percent: Double, brokenPromise: String?) {
    var comparison = Comparison(quiet: quiet)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".eml") }.sorted()
    for name in names {
        let path = "\(folder)/\(name)"
        let bytes = try Data(contentsOf: URL(filePath: path))
        let label = try JSONDecoder().decode(
            LabelledBounce.self, from: Data(contentsOf: URL(filePath: path.dropLast(4) + ".json")))
        let type = name.hasSuffix("-delivery-status.eml") ? "message/delivery-status" : "message/rfc822"
        let recipients = Array(comparison.explainer.explain(message: bytes, contentType: type).recipients)
        comparison.compare("recipients", label.recipients.map(\.recipient), recipients.map(\.recipient))
        for (expected, got) in zip(label.recipients, recipients) {
            comparison.compareCategory(expected.category, got.explanation)
            comparison.compare("code", expected.code, got.explanation.reply?.rawValue)
            comparison.compare("enhanced", expected.enhanced, got.explanation.enhanced?.description)
            if let disposition = expected.disposition {
                comparison.compare("disposition", disposition, got.explanation.disposition?.rawValue)
            }
            comparison.compare("action", expected.action, got.action)
            comparison.compare("status", expected.status, got.status?.description)
            if let host = expected.remoteMTA { comparison.compare("remoteMTA", host, got.remoteMTA) }
            comparison.report(
                "\(name): \(got.recipient ?? "-"): \(got.diagnostic ?? "-")", got.explanation.evidence)
        }
        comparison.report(name, [])
    }
    return (comparison.summarize("\(folder): \(names.count) bounces"), comparison.brokenPromise)
}

@main
struct Accuracy {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        var quiet = false
        var least = 0.0
        var failed = false
        while let argument = arguments.popFirst() {
            switch argument {
            case "--quiet": quiet = true
            case "--at-least": least = arguments.popFirst().flatMap(Double.init) ?? 100
            default:
                let (percent, brokenPromise) =
                    argument.hasSuffix(".jsonl")
                    ? try checkReplies(argument, quiet: quiet) : try checkBounces(argument, quiet: quiet)
                if percent < least {
                    print("\(argument): the categories agree in less than \(least) %")
                    failed = true
                }
                if let brokenPromise, least > 0 {
                    print("\(argument): \(brokenPromise)")
                    failed = true
                }
            }
        }
        if failed { exit(1) }
    }
}
