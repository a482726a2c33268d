import SMTPCatalog
import Testing

@testable import SMTPExplain

/// What client libraries and log pipelines print is read like a reply.
struct EnvelopeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let input: String
        let code: ReplyCode?
        let enhanced: String?
        let text: String
        var command: String?

        init(_ input: String, _ code: ReplyCode?, _ enhanced: String?, _ text: String, _ command: String? = nil) {
            self.input = input
            self.code = code
            self.enhanced = enhanced
            self.text = text
            self.command = command
        }

        var testDescription: String { input.debugDescription }
    }

    // swift-format-ignore
    private static let cases: [Case] = [
        .init(#"Expected response code 250 but got code "554", with message "554 refused by mx.corp.example""#, 554, nil, "refused by mx.corp.example"),
        .init(#"Expected response code "354/250" but got code "451", with message "451 4.3.0 Later""#, 451, "4.3.0", "Later"),
        .init(#"SMTPDataError(554, 'Message refused')"#, 554, nil, "Message refused", "DATA"),
        .init(#"smtplib.SMTPSenderRefused: (553, b'5.7.1 Not yours', 'news@shop.example')"#, 553, "5.7.1", "Not yours', 'news@shop.example", "MAIL"),
        .init("Net::SMTPAuthenticationError (535 login refused)", 535, nil, "login refused", "AUTH"),
        .init(#"RCPT TO rejected hostname = "mx.corp.example", to = "bob@corp.example", code = 550, details = "No such user""#, 550, nil, "No such user", "RCPT"),
        .init("\t550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("mx=corp.example (450 No MX server for corp.example)", 450, nil, "No MX server for corp.example"),
        .init(#"Response { code: Code { severity: PermanentNegativeCompletion, category: MailSystem, detail: Four }, message: ["5.7.1 Refused"] }"#, 554, "5.7.1", #"Refused"] }"#),
        .init(#"{"type":"Bounce","response":{"code":550,"enhanced_code":{"class":5,"subject":1,"detail":1},"content":"user unknown","command":"RCPT TO:<bob@corp.example>"}}"#, 550, "5.1.1", "user unknown", "RCPT"),
        .init("SMTP server error: DATA END command failed Detail: Message refused SMTP code: 554 Additional SMTP info: 5.7.1", 554, "5.7.1", "Message refused", "DATA"),
        .init("Mailbox unavailable. The server response was: 5.7.1 Unable to relay", nil, "5.7.1", "Unable to relay"),
        .init("SMTP error: [550] User unknown", 550, nil, "User unknown"),
    ]

    @Test("codes, words and command are found in what libraries print", arguments: cases)
    func read(expected: Case) {
        let reply = ReplyReader.read(expected.input)
        #expect(reply.code == expected.code)
        #expect(reply.enhanced?.description == expected.enhanced)
        #expect(reply.words == expected.text)
        #expect(reply.command == expected.command)
    }

    @Test(
        "what was expected, and lines of a program, are no replies",
        arguments: [
            #"Expected response code 220 but got code "", with message """#,
            #"Expected response code "220" but got an empty response."#,
            "Connection refused in AbstractSmtpTransport.php:550", "thrown in /srv/mail.php on line 450",
            "#0 /srv/Transport.php(421): send()",
        ])
    func noReply(input: String) {
        #expect(explainer.explain(input).reply == nil)
        #expect(explainer.explain(input).category != .accepted)
    }

    @Test("where nothing was answered, the network failed")
    func unanswered() {
        let it = explainer.explain(#"Expected response code 220 but got code "", with message """#)
        #expect(it.category == .networkFailure)
        #expect(it.bounce == .soft)
    }
}
