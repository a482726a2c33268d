import FoundationEssentials
import SMTPCodesAPI

/// An input that once took seconds or gigabytes.
struct KnownCase {
    let name: String
    let request: Request
    /// Where nothing else runs, each takes a third at most.
    var mostSeconds = 0.05
    /// Or the case tests nothing.
    var leastItems = 1

    private init(
        _ name: String, _ type: String, _ body: String, within mostSeconds: Double = 0.05, items leastItems: Int = 1
    ) {
        self.name = name
        self.mostSeconds = mostSeconds
        self.leastItems = leastItems
        request = Request(route: .explain, path: "/explain", contentType: type, body: Data(body.utf8))
    }

    private init(_ name: String, get route: Route, _ query: String) {
        self.name = name
        request = Request(route: route, path: route.rawValue, query: query)
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static let bounce =
        "From: MAILER-DAEMON@a.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n"
    private static let failure = "550 5.1.1 <a@b.example> user unknown\r\n"

    static var all: [KnownCase] {
        [
            .init(
                "an enhanced code, blanks, and reply codes behind them", "text/plain",
                "5.1.1" + repeated(" ", 160_000) + repeated("550 ", 40_000)),
            .init(
                "a Subject of regional indicators", "message/rfc822",
                "Subject: " + repeated("\u{1F1E6}", 32_000) + "\r\nFrom: a@b.example\r\nX: y\r\n\r\nhello\r\n"),
            .init(
                "a From of regional indicators", "message/rfc822",
                "From: " + repeated("\u{1F1E6}", 32_000) + "\r\nSubject: a\r\nX: y\r\n\r\nhello\r\n"),
            .init(
                "a boundary of regional indicators", "message/rfc822",
                "From: MAILER-DAEMON@a.example\r\nContent-Type: multipart/mixed; boundary="
                    + repeated("\u{1F1E6}", 32_000)
                    + "\r\n\r\nhello\r\n"),
            .init(
                "JSON as a reply: a list that has half of its bytes in its name", "text/plain",
                "{\"" + repeated("a", 32_000) + "\":[" + repeated("1,", 16_000) + "1]}"),
            .init(
                "JSON as a reply: a list of words, and one of objects, of a long name", "text/plain",
                "{\"error" + repeated("a", 16_000) + "\":[" + repeated("\"b\",", 4_000) + "1],\"code"
                    + repeated("a", 16_000) + "\":[" + repeated("{},", 4_000) + "1]}"),
            .init(
                "JSON as a reply: 16,000 values that say why", "text/plain",
                "{\"error\":[" + repeated("\"a\",", 16_000) + "\"\"]}"),
            .init("a content type of blanks", "text/plain" + repeated(" ", 30_000), "550"),
            .init("a content type of regional indicators", repeated("\u{1F1E6}", 8_000), "550"),
            .init("one word, 4,044 times", get: .enhanced, "q=" + repeated("a+", 4_044)),
            .init("4,000 words for reply codes", get: .codes, "q=" + repeated("a+", 4_000)),
            .init(
                "the host of a transcript before 150,000 recipients", "message/rfc822",
                bounce + "... while talking to \(repeated("h", 100_000)).example.:\r\n"
                    + (0..<150_000).map { "\($0)@b.c\n x\n" }.joined(), within: 10, items: 150_000),
            .init(
                "1,000 recipients before one diagnostic of control characters", "message/rfc822",
                bounce + (0..<1_000).map { "\($0)@b.c\n" }.joined() + "550 " + repeated("\u{1}", 512), items: 1_000),
            .init(
                "a Subject of regional indicators, of a bounce", "message/rfc822",
                "From: MAILER-DAEMON@a.example\r\nSubject: " + repeated("\u{1F1E6}", 32_000) + "\r\n\r\n" + failure),
            .init(
                "the name of a sender in regional indicators, of a bounce", "message/rfc822",
                "From: \"" + repeated("\u{1F1E6}", 32_000)
                    + "\" <MAILER-DAEMON@a.example>\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n" + failure),
            .init(
                "a reply for 1,000 recipients of an event", "application/json",
                "{\"delivery\":{\"smtpResponse\":\"" + repeated("550 5.1.1 user unknown ", 4_000)
                    + "\",\"recipients\":["
                    + (0..<1_000).map { "\"\($0)@b.c\"" }.joined(separator: ",") + "]}}", within: 0.5, items: 1_000),
            .init(
                "the name of a member, of a megabyte", "application/json", "{\"" + repeated("n", 1_000_000) + "\":1}"),
            .init(
                "a million numbers in a list", "application/json", "[" + repeated("1,", 1_000_000) + "1]",
                within: 0.2),
            .init(
                "half a million lists in a list", "application/json", "[" + repeated("[1],", 500_000) + "1]",
                within: 0.2),
        ]
    }
}
