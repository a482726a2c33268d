import SMTPCatalog
import Testing

@testable import SMTPExplain

/// How a mail system writes its messages, in words of our own, and what such a message is.
struct MessageSample: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: MessageKind
    /// Address and action.
    let recipients: [String]
    let category: Category?
    let message: String

    init(_ name: String, _ kind: MessageKind, _ recipients: [String], _ category: Category?, _ message: String) {
        self.name = name
        self.kind = kind
        self.recipients = recipients
        self.category = category
        self.message = message
    }

    var testDescription: String { name }

    static let daemon = "From: Mail Delivery System <MAILER-DAEMON@mx.a.example>\nTo: chris@a.example\n"

    static let all = failuresOfServers + failuresOfOthers + failuresInLanguages + delays + failNobody
}

struct MessageFormatsTests {
    @Test("a message is read as its mail system means it", arguments: MessageSample.all)
    func isRead(sample: MessageSample) {
        for lineEnd in ["\n", "\r\n"] {
            let message = sample.message.replacing("\n", with: lineEnd)
            let it = explainer.explain(message: message.utf8)
            let recipients = Array(it.recipients)
            #expect(it.kind == sample.kind)
            #expect(recipients.map { "\($0.recipient ?? "-") \($0.action ?? "-")" } == sample.recipients)
            guard let first = recipients.first else { continue }
            if let category = sample.category {
                #expect(first.explanation.category == category, "\(first.diagnostic ?? "") \(first.explanation.trace)")
            }
            switch first.action {
            case "failed": #expect(first.explanation.disposition == .permanent)
            case "delayed": #expect(first.explanation.disposition == .transient)
            default: #expect(first.explanation.disposition == .success)
            }
            for recipient in recipients where recipient.action != "failed" {
                #expect(recipient.explanation.action != .suppress)
            }
        }
    }
}
