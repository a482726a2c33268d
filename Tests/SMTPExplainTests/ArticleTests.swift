import Foundation
import Testing

@testable import SMTPExplain

/// The worked replies of the article on ranking are what the service answers.
struct ArticleTests {
    struct Worked: CustomTestStringConvertible {
        let reply: String
        /// As `SPF fail: sender-unauthenticated`.
        var evidence: [String] = []
        /// Category, disposition, confidence, bounce, action.
        var answer: [String] = []

        var testDescription: String { reply }
    }

    static let worked: [Worked] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/SMTPExplain/SMTPExplain.docc/HowAReplyIsDecided.md")
        let lines = try! String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var all: [Worked] = []
        for (number, line) in lines.enumerated() {
            if line == "```text" { all.append(Worked(reply: String(lines[number + 1]))) }
            guard !all.isEmpty else { continue }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: [" ", "`"]) }
            if line.hasPrefix("| "), cells.count == 2, cells[0] != "Found" {
                all[all.count - 1].evidence.append("\(cells[0]): \(cells[1])")
            }
            if line.hasPrefix("Answer: ") {
                all[all.count - 1].answer = line.dropFirst(8).split(separator: ", ").map {
                    $0.trimmingCharacters(in: ["`"])
                }
            }
        }
        return all
    }()

    @Test("the article has its replies, with evidence and answer")
    func complete() {
        #expect(Self.worked.count == 3)
        for it in Self.worked { #expect(!it.evidence.isEmpty && it.answer.count == 5, "\(it)") }
    }

    @Test("a worked reply is decided as the article says", arguments: worked)
    func decided(worked: Worked) {
        let it = explainer.explain(worked.reply)
        #expect(it.evidence.map { "\($0.found): \($0.category.rawValue)" } == worked.evidence)
        #expect(
            [
                it.category.rawValue, it.disposition?.rawValue, it.confidence.rawValue, it.bounce.rawValue,
                it.action.rawValue,
            ] == worked.answer)
    }
}
