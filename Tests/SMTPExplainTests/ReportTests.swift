import FoundationEssentials
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Reports that are not as RFC 3464 and RFC 5965 have them, and what is in the others.
struct ReportTests {
    private static let usual: String = """
        Reporting-MTA: dns; mx.a.example
        Original-Envelope-Id: env-17

        Original-Recipient: rfc822;team@b.example
        Final-Recipient: rfc822; pat@c.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

        """

    private static let head =
        "From: MAILER-DAEMON@mx.a.example\nTo: chris@a.example\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"

    private static func report(
        _ status: String = usual, boundary: String = "edge-17", declared: String? = nil,
        type: String = "multipart/report; report-type=delivery-status", statusType: String = "message/delivery-status",
        words: String = "Something went wrong."
    ) -> String {
        let original = """
            From: chris@a.example
            To: team@b.example
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
            Date: Tue, 3 Mar 2026 10:00:00 +0000
            X-Campaign: 77
            List-ID: <club.a.example>
            Feedback-ID: 1:2:3:a
            Message-ID: <m1@a.example>
            """
        return head + """
            Content-Type: \(type); boundary="\(declared ?? boundary)"

            --\(boundary)
            Content-Type: text/plain

            \(words)
            --\(boundary)
            Content-Type: \(statusType)

            \(status)
            --\(boundary)
            Content-Type: message/rfc822

            \(original)

            550 5.1.1 <boss@a.example>: no such user
            --\(boundary)--

            """
    }

    private static func wrapped(_ message: String, encoding: String = "7bit") -> String {
        let content =
            encoding == "base64" ? Data(message.utf8).base64EncodedString(options: .lineLength64Characters) : message
        return """
            From: boss@a.example
            To: chris@a.example
            Subject: Fwd: what is this?
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer

            Please look.
            --outer
            Content-Type: message/rfc822
            Content-Transfer-Encoding: \(encoding)

            \(content)
            --outer--

            """
    }

    private static let broken: [(String, String)] = [
        ("as it should be", report()), ("a type of another name", report(statusType: "message/xdelivery-status")),
        ("a boundary that never comes", report(declared: "another-edge")),
        ("the type lost, text in its place", report(statusType: "text/plain")),
        ("the type lost, octets in its place", report(statusType: "application/octet-stream")),
        ("multipart/mixed", report(type: "multipart/mixed")),
        (
            "no type at all",
            report().replacing(
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"edge-17\"\n", with: "")
        ),
        ("an empty line first", "\n" + report()),
        ("lines of mbox first", "From x@y Tue Mar  3 10:00:00 2026\n>From z Tue\n" + report()),
        ("no empty line below the part's header", report().replacing("status\n\nReporting", with: "status\nReporting")),
        (
            "junk behind the boundary",
            report().replacing(
                "--edge-17\nContent-Type: message/d", with: "--edge-17  scanned\nContent-Type: message/d")
        ),
        ("no last boundary", report().replacing("--edge-17--\n", with: "")),
        ("forwarded", wrapped(report())), ("forwarded in base64", wrapped(report(), encoding: "base64")),
        ("fields folded", report().replacing("rfc822; pat@c.example", with: "rfc822;\n  pat@c.example")),
        (
            "an automatic reply, says its header",
            report().replacing("MIME-Version", with: "Auto-Submitted: auto-replied\nMIME-Version")
        ),
    ]

    @Test("a report is read however broken it is", arguments: broken)
    func isRead(name: String, message: String) {
        for lineEnd in ["\n", "\r\n", "\r"] {
            let it = explainer.explain(message: message.replacing("\n", with: lineEnd).utf8)
            let recipients = Array(it.recipients)
            #expect(it.kind == .failure)
            #expect(recipients.map(\.recipient) == ["team@b.example"])
            #expect(recipients.map(\.finalRecipient) == ["pat@c.example"])
            #expect(recipients.map(\.action) == ["failed"])
            #expect(recipients.map(\.explanation.category) == [.unknownRecipient])
            #expect(it.reportingMTA == "mx.a.example")
        }
    }

    @Test("what came back of the original is told")
    func cameBack() throws {
        let original = try #require(explainer.explain(message: Self.report().utf8).original)
        #expect(original.messageID == "m1@a.example")
        #expect(original.subject == "Grüße")
        #expect(original.from == "chris@a.example")
        #expect(original.to == "team@b.example")
        #expect(original.date == "Tue, 3 Mar 2026 10:00:00 +0000")
        #expect(original.envelopeID == "env-17")
        #expect(original.headers.map(\.name) == ["x-campaign", "list-id", "feedback-id"])
    }

    private static func group(_ lines: String...) -> String {
        "Reporting-MTA: dns; mx.a.example\n\n" + lines.joined(separator: "\n") + "\n"
    }

    private static let statuses: [(String, [String], String)] = [
        (
            "empty lines amidst", ["pat@c.example failed 5.1.1", "kim@c.example delayed 4.4.1"],
            group(
                "Final-Recipient: rfc822; pat@c.example", "", "Action: failed", "", "Status: 5.1.1", "",
                "Final-Recipient: rfc822; kim@c.example", "", "Action: delayed", "Status: 4.4.1")
        ),
        (
            "no empty line between", ["pat@c.example failed 5.1.1", "kim@c.example failed 5.2.2"],
            group(
                "Final-Recipient: rfc822; pat@c.example", "Action: failed", "Status: 5.1.1",
                "Final-Recipient: rfc822; kim@c.example", "Action: failed", "Status: 5.2.2")
        ),
        (
            "the action first", ["pat@c.example failed 5.1.1", "kim@c.example failed 5.2.2"],
            group(
                "Action: failed", "Status: 5.1.1", "Final-Recipient: rfc822; pat@c.example", "", "Action: failed",
                "Status: 5.2.2", "Final-Recipient: rfc822; kim@c.example")
        ),
        (
            "brackets and types",
            ["pat@c.example failed 5.1.1", "kim@c.example failed 5.0.0", "zoe@c.example failed 5.1.1"],
            group(
                "Final-Recipient: rfc822; [SMTP:pat@c.example]", "Action: failed", "Status: 5.1.1", "",
                "Original-Recipient: rfc822;<kim@c.example>", "Final-Recipient: system;<>", "Action: failed",
                "Status: 5.0.0", "", "Original-Recipient: rfc822; zoe@c.example",
                "Final-Recipient: x400; /S=zoe/OU=c/PRMD=x/ADMD= /C=gb/", "Action: failed", "Status: 5.1.1")
        ),
        (
            "a name without domain", ["screenname@mx.a.example failed 5.1.1", "team@b.example failed 5.1.1"],
            group(
                "Final-Recipient: RFC822; screenname", "Action: failed", "Status: 5.1.1", "",
                "Final-Recipient: RFC822; team", "Action: failed", "Status: 5.1.1")
        ),
        (
            "no action, class 4", ["pat@c.example delayed 4.4.1"],
            group("Final-Recipient: rfc822; pat@c.example", "Status: 4.4.1")
        ),
        (
            "success beside failure", ["pat@c.example failed 5.1.1", "kim@c.example delivered 2.0.0"],
            group(
                "Final-Recipient: rfc822; pat@c.example", "Action: failed", "Status: 5.1.1", "",
                "Final-Recipient: rfc822; kim@c.example", "Action: delivered", "Status: 2.0.0")
        ),
    ]

    @Test("the recipients of a status are told apart, their addresses bare", arguments: statuses)
    func areTold(name: String, recipients: [String], status: String) {
        let it = explainer.explain(message: Self.report(status).utf8)
        #expect(
            it.recipients.map { "\($0.recipient ?? "-") \($0.action ?? "-") \($0.status?.description ?? "-")" }
                == recipients)
    }

    @Test(
        "the reason is found where the report has it",
        arguments: [
            (
                "a remark in Status",
                group("Final-Recipient: rfc822; pat@c.example", "Action: failed", "Status: 5.0.0 (mailbox is full)"), ""
            ),
            (
                "words, where the diagnostic is empty",
                group(
                    "Final-Recipient: rfc822; pat@c.example", "Action: failed", "Status: 5.0.0",
                    "Diagnostic-Code: smtp;"), "<pat@c.example>: mailbox is full"
            ),
            (
                "words, where there is no status part", "",
                "Your message could not be delivered to:\n\n  pat@c.example\n\nThe reason was:\nmailbox is full\n\nThis e-mail is confidential; no such user may read it."
            ),
            (
                "the supplement of a gateway",
                group(
                    "Final-Recipient: rfc822; pat@c.example", "Action: failed", "Status: 5.0.0",
                    "Diagnostic-Code: Reason 1 (Unable-To-Transfer)", "X400-Supplementary-Info: \"mailbox is full\""),
                ""
            ),
        ])
    func isFound(name: String, status: String, words: String) {
        let it = explainer.explain(message: Self.report(status, words: words).utf8)
        #expect(it.recipients.map(\.recipient) == ["pat@c.example"])
        #expect(it.recipients.map(\.explanation.category) == [.mailboxFull])
        #expect(it.recipients.map(\.explanation.disposition) == [.permanent])
    }

    // MARK: - Complaints

    private static let feedback = """
        Feedback-Type: abuse
        User-Agent: FBL/1
        Version: 1
        Original-Rcpt-To: <pat@b.example>
        Source-IP: 192.0.2.9
        Reported-Domain: a.example
        """

    private static func abuse(_ feedback: String, type: String, subject: String = "FW: Lunch") -> String {
        """
        From: fbl@b.example
        To: abuse@a.example
        Subject: \(subject)
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b

        This is an abuse report; nothing failed, the user is not unknown.
        --b
        Content-Type: \(type)

        \(feedback)

        --b
        Content-Type: message/rfc822

        X-HmXmrOriginalRecipient: pat@b.example
        From: chris@a.example
        To: pat@b.example
        Subject: Lunch

        550 5.1.1 user unknown
        --b--

        """
    }

    @Test(
        "a complaint fails nobody",
        arguments: [
            ("RFC 5965", abuse(feedback, type: "message/feedback-report")),
            ("its type lost", abuse(feedback, type: "text/plain")),
            ("forwarded", wrapped(abuse(feedback, type: "message/feedback-report"))),
            ("no fields", abuse("-", type: "text/plain", subject: "complaint about message from 192.0.2.9")),
        ])
    func complains(name: String, message: String) throws {
        let it = explainer.explain(message: message.utf8)
        #expect(it.kind == .complaint)
        #expect(Array(it.recipients).isEmpty)
        let complaint = try #require(it.complaint)
        #expect(complaint.originalRecipients == ["pat@b.example"])
        #expect(complaint.sourceIP == "192.0.2.9")
        #expect(it.original?.subject == "Lunch")
        guard name != "no fields" else { return }
        #expect(complaint.feedbackType == "abuse")
        #expect(complaint.reportedDomain == "a.example")
        #expect(complaint.userAgent == "FBL/1")
    }
}
