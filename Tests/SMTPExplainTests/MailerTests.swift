import Foundation
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// The mailer of the README, which knows of an explanation no more than its verdict, over the labelled replies.
struct MailerTests {
    private struct Labelled: Decodable {
        let category: String
        let disposition: String?
        let input: String

        var isForNow: Bool { disposition == "transient" }
        /// Does the label blame the address, for good?
        var blamesAddress: Bool {
            guard let category = SMTPCatalog.Category(rawValue: category) else { return false }
            return disposition != "transient" && Verdict.Row(category).final == .hard
        }
        /// Is what is final not to be sent again as it is?
        var isLost: Bool {
            guard disposition == "permanent", let category = SMTPCatalog.Category(rawValue: category) else {
                return false
            }
            return ![.retry, .slowDown].contains(category.entry.action)
        }
    }

    private enum Deed { case deliver, suppress, retry, drop }

    /// The eight lines of the README.
    private func deed(_ it: Explanation) -> Deed {
        if it.bounce == .none { return .deliver }
        if it.suppress { return .suppress }
        if it.retry != nil { return .retry }
        return .drop
    }

    @Test("no address that is alive is suppressed, and hardly a message is sent again for nothing")
    func corpus() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Corpus")
        var labelled: [Labelled] = []
        for name in ["replies", "replies-more", "replies-kept"] {
            let lines = try Data(contentsOf: folder.appending(path: name + ".jsonl")).split(separator: 0x0A)
            labelled += try lines.map { try JSONDecoder().decode(Labelled.self, from: $0) }
        }
        var dead = 0
        var found = 0
        var suppressedWrongly: [String] = []
        var retriedForNothing: [String] = []
        var droppedTooSoon: [String] = []
        for it in labelled {
            let deed = deed(explainer.explain(it.input))
            if it.blamesAddress { dead += 1 }
            if it.blamesAddress, deed == .suppress { found += 1 }
            if deed == .suppress, !it.blamesAddress { suppressedWrongly.append("\(it.category): \(it.input)") }
            if deed == .retry, it.isLost { retriedForNothing.append("\(it.category): \(it.input)") }
            if deed == .drop, it.isForNow { droppedTooSoon.append("\(it.category): \(it.input)") }
        }
        print(
            "of \(labelled.count) replies: \(found) of \(dead) dead addresses suppressed, \(suppressedWrongly.count) live ones; "
                + "\(retriedForNothing.count) messages retried for nothing, \(droppedTooSoon.count) dropped too soon")
        #expect(suppressedWrongly.isEmpty, "\(suppressedWrongly.joined(separator: "\n"))")
        #expect(retriedForNothing.count * 100 <= labelled.count, "\(retriedForNothing.joined(separator: "\n"))")
        #expect(droppedTooSoon.count * 100 <= labelled.count, "\(droppedTooSoon.joined(separator: "\n"))")
    }
}
