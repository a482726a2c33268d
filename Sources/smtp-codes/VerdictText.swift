import SMTPCatalog
import SMTPExplain

/// One explanation in words, for a terminal.
struct VerdictText {
    let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    var text: String {
        let it = explanation
        var lines = ["\(verdict)", "", it.summary, it.advice, ""]
        func add(_ name: String, _ value: String?) {
            if let value { lines.append("\(name.padded(13)) \(value)") }
        }
        add("category", "\(it.category.rawValue) (\(it.confidence.rawValue) confidence)")
        add("action", it.action.rawValue)
        add("disposition", it.disposition?.rawValue)
        add("provider", it.provider?.service)
        add("retry", it.retry.map { "after \($0.afterSeconds) s (\($0.basis.rawValue))" })
        for evidence in it.evidence.prefix(5) {
            add("because", "\(evidence.found.printable(80)) (\(evidence.kind.rawValue): \(evidence.category.rawValue))")
        }
        for link in it.links { add(link.rel.rawValue, link.url) }
        for warning in it.warnings { add("warning", warning.printable(200)) }
        for note in it.notes { add("note", note.printable(200)) }
        return lines.joined(separator: "\n")
    }

    private var verdict: String {
        switch explanation.bounce {
        case .hard where explanation.suppress: "HARD BOUNCE: stop mailing this address."
        case .hard where explanation.action == .fixAddress: "HARD BOUNCE: fix the address."
        case .hard: "PERHAPS A HARD BOUNCE: look before you stop mailing this address."
        case .soft: "SOFT BOUNCE: it may be delivered later."
        case .block: "BLOCKED: the address is not to blame; the sender or the message must change."
        case .none: "NOT REFUSED."
        case .unknown: "REFUSED, and nothing tells for sure why."
        }
    }
}
