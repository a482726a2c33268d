import FoundationEssentials
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Bounces that show one thing each; whole ones stand in Tests/Corpus/bounces.
struct BounceTests {
    private func explain(_ bounce: String, _ type: String = "message/rfc822") -> [BouncedRecipient] {
        explainer.explain(bounce: bounce.utf8, contentType: type)
    }

    @Test("a bare delivery status names recipient, action, status and host", arguments: ["\n", "\r\n", "\r"])
    func deliveryStatus(lineEnd: String) {
        let body = [
            "Reporting-MTA: dns; mail.a.example", "", "Final-Recipient: rfc822; bob@b.example", "Action: failed",
            "Status: 5.2.2", "Remote-MTA: dns; mx.b.example (192.0.2.7)",
            "Diagnostic-Code: smtp; 552 5.2.2", " mailbox full", "", "Final-Recipient: rfc822;eve@b.example",
            "Action: delayed (for now)", "Status: 4.4.1", "",
        ].joined(separator: lineEnd)
        let recipients = explain(body, "message/delivery-status")
        #expect(recipients.map(\.recipient) == ["bob@b.example", "eve@b.example"])
        #expect(recipients.map(\.action) == ["failed", "delayed"])
        #expect(recipients.map(\.status) == [EnhancedCode("5.2.2"), EnhancedCode("4.4.1")])
        #expect(recipients[0].remoteMTA == "mx.b.example")
        #expect(recipients[0].diagnostic == "552 5.2.2 mailbox full")
        #expect(recipients.map(\.explanation.category) == [.mailboxFull, .networkFailure])
        #expect(recipients.map(\.explanation.disposition) == [.permanent, .transient])
    }

    @Test("a recipient that a text names twice is one, and may have a label before it")
    func recipientsOfText() {
        let bounce = """
            From: MAILER-DAEMON@a.example

            Failed: bob@b.example and eve@b.example
            <bob@b.example>
            <eve@b.example>

            <bob@b.example>: 550 5.1.1 User unknown
            Recipient: eve@b.example
            552 5.2.2 Mailbox full
            """
        let recipients = explain(bounce)
        #expect(recipients.map(\.recipient) == ["bob@b.example", "eve@b.example"])
        #expect(recipients.map(\.explanation.category) == [.unknownRecipient, .mailboxFull])
    }

    @Test("a report is read in whatever encoding its parts are", arguments: ["base64", "quoted-printable", "7bit"])
    func encodings(encoding: String) {
        let status =
            "Reporting-MTA: dns; a.example\r\n\r\nFinal-Recipient: rfc822; bob@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        let encoded =
            switch encoding {
            case "base64": Data(status.utf8).base64EncodedString(options: .lineLength64Characters)
            case "quoted-printable": status.replacing(": ", with: "=3A=\r\n ")
            default: status
            }
        let bounce = """
            From: MAILER-DAEMON@a.example\r
            Content-Type: multipart/report; report-type=delivery-status; boundary="x y"\r
            \r
            preamble\r
            --x y\r
            Content-Type: message/delivery-status\r
            Content-Transfer-Encoding: \(encoding)\r
            \r
            \(encoded)\r
            --x y--\r

            """
        #expect(explain(bounce).map(\.recipient) == ["bob@b.example"])
        #expect(explain(bounce).map(\.explanation.category) == [.unknownRecipient])
    }

    @Test("the body of multipart/report may come without its header")
    func bodyOnly() {
        let body =
            "--b\r\n\r\nwords\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; bob@b.example\r\nStatus: 5.1.1\r\n--b--\r\n"
        #expect(explain(body, "multipart/report; boundary=b").map(\.recipient) == ["bob@b.example"])
    }

    @Test("the original message is no diagnostic")
    func originalIsIgnored() {
        let bounce = """
            From: MAILER-DAEMON@a.example
            Subject: failure notice

            Hi. This is the qmail-send program at a.example.

            <bob@b.example>:
            Sorry, no mailbox here by that name. (#5.1.1)

            --- Below this line is a copy of the message.

            <eve@c.example>: 550 5.7.1 relay access denied
            """
        #expect(explain(bounce).map(\.recipient) == ["bob@b.example"])
        #expect(explain(bounce)[0].explanation.enhanced == EnhancedCode("5.1.1"))
    }

    @Test(
        "what is no bounce has no recipients",
        arguments: [
            "From: bob@b.example\nSubject: lunch\n\nThey said 550 5.1.1 user unknown to eve@b.example.\n",
            "From: bob@b.example\nSubject: Re: hello\nAuto-Submitted: auto-replied\n\nI am away.\n",
        ])
    func noBounce(message: String) {
        #expect(explain(message).isEmpty)
    }

    @Test("bytes of any kind are read without harm", arguments: 0..<200)
    func anyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "\r\n", "\n", "--b", "--b--", "Content-Type: multipart/report; boundary=b", ":", "=", "=?utf-8?B?4pi?=",
            "Final-Recipient: rfc822;", "\\x{FFFFFF}", "550 5.1.1", "<a@b.example>", "\u{FEFF}", "\0", "Status: 5.1.1",
        ]
        let text = (0..<60).map { _ in pieces.randomElement(using: &generator)! }.joined()
        for type in ["message/rfc822", "message/delivery-status", "multipart/report; boundary=b", ""] {
            _ = explain(text, type)
        }
    }

    @Test(
        "encoded words are decoded",
        arguments: [
            ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"), ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
            ("=?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?Q?_an_alle?=", "Grüße an alle"), ("a =?utf-8?Q?b?= c", "a b c"),
            ("=?utf-8?X?b?=", "=?utf-8?X?b?="), ("=?utf-8?Q?b", "=?utf-8?Q?b"),
        ])
    func encodedWords(value: String, decoded: String) {
        #expect(EncodedWords.decode(Array(value.utf8)) == decoded)
    }
}
