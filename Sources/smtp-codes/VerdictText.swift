import SMTPCatalog
import SMTPExplain

/// One explanation in words, for a terminal.
struct VerdictText {
    let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    var text: String {
        let it = explanation
        var lines = ["\(verdict)", "", it.summary, it.advice, ""]
        lines.append("category    \(it.category.rawValue) (\(it.confidence.rawValue) confidence)")
        lines.append("action      \(it.action.rawValue)")
        if let disposition = it.disposition { lines.append("disposition \(disposition.rawValue)") }
        if let provider = it.provider { lines.append("provider    \(provider.service)") }
        if let retry = it.retry { lines.append("retry       after \(retry.afterSeconds) s (\(retry.basis.rawValue))") }
        for evidence in it.evidence.prefix(5) {
            lines.append(
                "because     \(evidence.found.printable(80)) (\(evidence.kind.rawValue): \(evidence.category.rawValue))"
            )
        }
        for link in it.links { lines.append("\(link.rel.rawValue.padded(11)) \(link.url)") }
        for warning in it.warnings { lines.append("warning     \(warning.printable(200))") }
        for note in it.notes { lines.append("note        \(note.printable(200))") }
        return lines.joined(separator: "\n")
    }

    private var verdict: String {
        switch explanation.bounce {
        case .hard: explanation.suppress ? "HARD BOUNCE: stop mailing this address." : "HARD BOUNCE: fix the address."
        case .soft: "SOFT BOUNCE: it may be delivered later."
        case .block: "BLOCKED: the address is not to blame; the sender or the message must change."
        case .none: "NOT REFUSED."
        case .unknown: "REFUSED, and nothing tells for sure why."
        }
    }
}
