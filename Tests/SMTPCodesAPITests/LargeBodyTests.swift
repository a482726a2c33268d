import FoundationEssentials
import Testing

@testable import SMTPCodesAPI

/// What takes long is made in slices, and is the same.
struct LargeBodyTests {
    private static func items(_ count: Int, padding: Int = 0) -> [String] {
        (0..<count).map { index in
            let words = String(repeating: "please ", count: padding)
            return index % 7 == 3
                ? "{}" : #""55\#(index % 3) 5.1.\#(index % 4) <u\#(index)@b.example> no such user \#(words)""#
        }
    }

    @Test("a batch is answered the same way whether it is small or large", arguments: [(101, 0), (900, 0), (30, 400)])
    func batch(count: Int, padding: Int) {
        let items = Self.items(count, padding: padding)
        let response = service.explain("[" + items.joined(separator: ",") + "]")
        guard case .stream = response.body else {
            Issue.record("made at once")
            return
        }
        let answer = response.json
        #expect(answer.names == ["count", "explanations", "summary"])
        #expect(answer["count"] == .number(count))
        #expect(answer["summary"] == service.explain("[" + items.joined(separator: ",") + "]", query: "summary").json)
        #expect(answer["explanations"].items.count == count)
        for (index, item) in items.enumerated() where index % 7 != 3 {
            #expect(answer["explanations"][index] == service.explain(item).json)
        }
        #expect(answer["explanations"][3]["index"] == 3)
    }

    /// One recipient, and so many bytes of the message that was sent.
    private static func bounce(original bytes: Int) -> String {
        let line = String(repeating: "x", count: 70) + "\r\n"
        return """
            From: MAILER-DAEMON@a.example\r
            Subject: Undelivered Mail Returned to Sender\r
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
            \r
            --b\r
            Content-Type: message/delivery-status\r
            \r
            Reporting-MTA: dns; mail.a.example\r
            \r
            Final-Recipient: rfc822; pat@b.example\r
            Action: failed\r
            Status: 5.2.2\r
            Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\r
            \r
            --b\r
            Content-Type: message/rfc822\r
            \r
            Subject: Lunch\r
            \r
            \(String(repeating: line, count: bytes / line.utf8.count))\r
            --b--\r

            """
    }

    @Test(
        "a message is answered the same way whether it is small or large",
        arguments: ["", "pretty", "summary", "summary&pretty"])
    func message(query: String) {
        let small = service.explain(Self.bounce(original: 100), as: "message/rfc822", query: query).text
        let large = service.explain(Self.bounce(original: 200_000), as: "message/rfc822", query: query).text
        #expect(large == small)
        #expect(large.contains("mailbox-full"))
    }

    @Test("an mbox of small and large messages has a line for each, in its order", arguments: [1, 4096])
    func mbox(block: Int) {
        let sizes = [100, 200_000, 100, 100_000]
        let box = sizes.map { "From MAILER-DAEMON Tue Nov 24 10:00:00 2026\r\n" + Self.bounce(original: $0) }.joined(
            separator: "\r\n")
        let answer = service.explain(box, as: "application/mbox")
        let lines = String(decoding: answer.bytes(inBlocksOf: block), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == sizes.count)
        for line in lines { #expect(line == lines[0]) }
        #expect(service.explain(box, as: "application/mbox", query: "summary").json["count"] == .number(sizes.count))
    }

    @Test(
        "what lasts longer than the request needs room for a copy, and is refused where there is none",
        arguments: [("message/rfc822", "", 503), ("application/mbox", "", 503), ("text/plain", "each=line", 503)])
    func room(type: String, query: String, status: Int) {
        var request = Request(
            route: .explain, path: "/explain", query: query, contentType: type,
            body: Data(Self.bounce(original: 100_000).utf8))
        request.hold = { _ in false }
        #expect(service.answer(request).status == status)
        request.body = Data(Self.bounce(original: 100).utf8)
        #expect(service.answer(request).status == 200)
    }
}
