import FoundationEssentials
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Bounces that show one thing each; whole ones stand in Tests/Corpus/bounces.
struct MessageTests {
    private func explain(_ bounce: String, _ type: String = "message/rfc822") -> [MessageRecipient] {
        Array(explainer.explain(message: bounce.utf8, contentType: type).recipients)
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

    /// More than anybody would list by hand.
    private static let many = (0..<5000).map { "a\($0)@b.example" }

    @Test("one reply stands for all who are listed before it, however many")
    func oneReplyForMany() {
        let list = Self.many.map { "<\($0)>:\n" }.joined()
        let recipients = explain("From: MAILER-DAEMON@a.example\n\n\(list)550 5.1.1 User unknown\n")
        #expect(recipients.map(\.recipient) == Self.many)
        #expect(recipients.allSatisfy { $0.explanation.category == .unknownRecipient })
        #expect(recipients.allSatisfy { $0.diagnostic == "550 5.1.1 User unknown" })
    }

    @Test("the words of a bounce stand for all whom its header names, however many")
    func headerForMany() {
        let header = Self.many.joined(separator: ",\n ")
        let recipients = explain("X-Failed-Recipients: \(header)\n\n452 4.2.2 Mailbox full.\n")
        #expect(recipients.map(\.recipient) == Self.many)
        #expect(recipients.allSatisfy { $0.explanation.category == .mailboxFull })
    }

    @Test("each of many is told what the bounce says about it")
    func repliesOfMany() {
        let list = Self.many.enumerated().map { number, recipient in
            "<\(recipient)>: \(number % 2 == 0 ? "550 5.1.1 User unknown" : "452 4.2.2 Mailbox full")\n"
        }
        let recipients = explain("From: MAILER-DAEMON@a.example\n\n\(list.joined())")
        #expect(recipients.map(\.recipient) == Self.many)
        for (number, recipient) in recipients.enumerated() {
            #expect(recipient.explanation.category == (number % 2 == 0 ? .unknownRecipient : .mailboxFull))
        }
    }

    @Test("where a report has no diagnostics, its words stand for them, however many")
    func wordsForMany() {
        let words = Self.many.map { "<\($0)>\n" }.joined() + "No such user here.\n"
        let status = Self.many.map { "Final-Recipient: rfc822;\($0)\nAction: failed\nStatus: 5.0.0\n\n" }.joined()
        let recipients = explain(
            "--b\n\n\(words)--b\nContent-Type: message/delivery-status\n\n\(status)--b--\n",
            "multipart/report; boundary=b")
        #expect(recipients.map(\.recipient) == Self.many)
        #expect(recipients.allSatisfy { $0.explanation.category == .unknownRecipient })
    }

    @Test("words that stand for very many are a line of a reply at least, and short of their product")
    func longWordsForMany() {
        let words = "550 5.1.1 User unknown" + String(repeating: " really", count: 5000)
        let list = Self.many.map { "<\($0)>\n" }.joined()
        let recipients = explain("From: MAILER-DAEMON@a.example\n\n\(list)\(words)\n")
        #expect(recipients.count == Self.many.count)
        #expect(recipients.allSatisfy { (500...600).contains($0.diagnostic?.utf8.count ?? 0) })
        let one = explain("From: MAILER-DAEMON@a.example\n\n<bob@b.example>\n\(words)\n")
        #expect(one.map(\.diagnostic) == [words])
    }

    @Test("a report that names one recipient very many times has as many answers, and is short of the product")
    func sameRecipientManyTimes() {
        let words = "<bob@b.example>: 550 5.1.1 User unknown" + String(repeating: " really", count: 20_000)
        let status = String(repeating: "Final-Recipient: rfc822;bob@b.example\nAction: failed\n\n", count: 2000)
        let recipients = explain(
            "--b\n\n\(words)\n--b\nContent-Type: message/delivery-status\n\n\(status)--b--\n",
            "multipart/report; boundary=b")
        #expect(recipients.count == 2000)
        #expect(recipients.allSatisfy { $0.explanation.category == .unknownRecipient })
        #expect(recipients.allSatisfy { $0.explanation.text.utf8.count <= 600 })
    }

    @Test(
        "the host is that which refused, as qmail names it",
        arguments: [
            "192.0.2.61 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.61.",
            "192.0.2.61 failed after I sent the message.\nRemote host said: 552 5.2.2 Mailbox full",
            "Connected to 192.0.2.61 but sender was rejected.\nRemote host said: 550 5.7.1 Sender rejected",
        ])
    func hostOfQmail(words: String) {
        let bounce = "From: MAILER-DAEMON@a.example\n\n<bob@b.example>:\n\(words)\n"
        #expect(explain(bounce).map(\.remoteMTA) == ["192.0.2.61"])
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
        "HTML leaves its words, a line for each block",
        arguments: [
            ("<p>550 5.1.1 <b>No</b> such user</p>", "\n550 5.1.1 No such user\n"),
            ("a<br>b &lt;c@d.example&gt; &amp; e", "a\nb <c@d.example> & e"),
            ("<style>p { x: y }</style>words", "words"), ("<style>never ends", ""),
            ("1 < 2", "1 < 2"), ("1 <b>< 2", "1 < 2"), ("&unknown; &", "&unknown; &"),
            ("pat&commat;b&period;example", "pat@b.example"), ("&NotEqualTilde;", "\u{2242}\u{338}"),
            ("&CounterClockwiseContourIntegral;", "\u{2233}"), ("caf&eacute &ltx&gt", "café <x>"),
            ("couldn&#146;t &#x80; &#64;", "couldn\u{2019}t € @"), ("&#0; &#xD800; &commat", "&#0; &#xD800; &commat"),
        ])
    func html(html: String, words: String) {
        #expect(HTMLText.text(Array(html.utf8))[...].string == words)
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
