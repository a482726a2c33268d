import SMTPCatalog
import Testing

@testable import SMTPExplain

struct RepliesTests {
    private static let log = """
        Nov 23 10:00:01 mail postfix/smtp[17]: 4A1: to=<ann@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, \
        status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command))
        Nov 23 10:00:02 mail postfix/qmgr[12]: 4A1: removed
        Nov 23 10:00:03 mail postfix/smtp[17]: 4A2: to=<bob@c.example>, relay=none, dsn=4.4.1, status=deferred \
        (connect to mx.c.example[192.0.2.2]:25: Connection timed out)
        """
    private static let python =
        "smtplib.SMTPRecipientsRefused: {'ann@b.example': (550, b'5.1.1 No such user'), 'bob@c.example': (452, b'4.2.2 Mailbox full')}"

    /// What Node prints of a message that no recipient gets, their replies without an address.
    private static let node = """
        Error: Can't send mail - all recipients were rejected: 452 4.2.2 Mailbox full
            at SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:798:19) {
          code: 'EENVELOPE',
          response: '452 4.2.2 Mailbox full',
          responseCode: 452,
          command: 'RCPT TO',
          rejected: [ 'ann@b.example', 'bob@c.example' ],
          rejectedErrors: [
            Error: Recipient command failed: 550 5.1.1 No such user
                at SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:798:19) {
              code: 'EENVELOPE',
              response: '550 5.1.1 No such user',
              responseCode: 550,
              command: 'RCPT TO',
              recipient: 'ann@b.example'
            },
            Error: Recipient command failed: 452 4.2.2 Mailbox full
                at SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:798:19) {
              code: 'EENVELOPE',
              response: '452 4.2.2 Mailbox full',
              responseCode: 452,
              command: 'RCPT TO',
              recipient: 'bob@c.example'
            }
          ]
        }
        """
    private static let nodeFirst =
        "      response: '550 5.1.1 No such user',\n      responseCode: 550,\n      command: 'RCPT TO',\n      recipient: 'ann@b.example'"

    private func pieces(_ text: String) -> [String] {
        Replies(Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("a piece is a line, a reply of several lines, or an entry of an exception")
    func pieces() {
        #expect(pieces("550 a\n\n  \n450 b\r\n") == ["550 a", "450 b\r"])
        #expect(pieces("550-a\n550-b\n550 c\n550 d") == ["550-a\n550-b\n550 c", "550 d"])
        #expect(pieces("550-a\n450 b") == ["550-a", "450 b"])
        #expect(pieces("550-a") == ["550-a"])
        #expect(pieces("") == [])
        #expect(
            pieces(Self.python) == [
                "'ann@b.example': (550, b'5.1.1 No such user'), ", "'bob@c.example': (452, b'4.2.2 Mailbox full')}",
            ])
        #expect(Replies(Array("\n550-a\n550 b\n450 c".utf8)).map(\.line) == [2, 4])
    }

    @Test(
        "several replies in one text are noticed",
        arguments: [
            ("550 5.1.1 No such user\n452 4.2.2 Mailbox full", 2, "550 5.1.1 No such user"),
            ("250 Ok\r\n550 No such user\r\n550 Sender banned\r\n", 2, "250 Ok\r\n550 No such user\r"),
            (log, 2, String(log.prefix { $0 != "\n" })),
            (python, 2, "'ann@b.example': (550, b'5.1.1 No such user'), "),
            (
                log.replacing(
                    "status=deferred (connect to mx.c.example[192.0.2.2]:25: Connection timed out)",
                    with: "status=sent (250 Ok)"),
                1, String(log.prefix { $0 != "\n" })
            ),
            (node, 2, nodeFirst),
            (node.replacing("452 4.2.2 Mailbox full", with: "550 5.1.1 No such user"), 2, nodeFirst),
            (
                ">>> RCPT TO:<ann@b.example>\n<<< 550 5.1.1 Who?\n>>> RCPT TO:<bob@b.example>\n<<< 450 4.2.1 Not now\n503 Nobody left",
                2,
                ">>> RCPT TO:<ann@b.example>\n<<< 550 5.1.1 Who?"
            ),
            (
                "<ann@b.example>: host mx.b.example[192.0.2.1] said: 550 Who?\n\n<bob@b.example>: host mx.b.example[192.0.2.1] said: 550 Who?",
                2,
                "<ann@b.example>: host mx.b.example[192.0.2.1] said: 550 Who?"
            ),
            (
                #"{"rejectedErrors":[{"response":"550 5.1.1 <ann@b.example> Who?"},{"response":"450 4.2.1 <bob@b.example> Not now"}]}"#,
                2,
                #"response":"550 5.1.1 <ann@b.example> Who?"},{""#
            ),
        ])
    func several(text: String, count: Int, first: String) {
        let refusals = Replies.refusals(in: Array(text.utf8))
        #expect(refusals?.count == count)
        #expect(refusals.map { String(decoding: $0.first, as: UTF8.self) } == first)
    }

    @Test(
        "one reply is one, whatever stands around it and however many lines it has",
        arguments: [
            "", "\n", "550 5.1.1 No such user", "550 5.1.1 No such user\r\n",
            "550-5.1.1 No\n550-5.1.1 such\n550 5.1.1 user",
            "220 mx.b.example\n250 Ok\n250 Ok\n550 5.1.1 No such user\n221 Bye",
            "250 Ok\n550 5.1.1 No such user\n503 Nobody left",
            "<bob@b.example>: host mx.b.example[192.0.2.25] said: 550 5.1.1 <bob@b.example>:\n    User unknown (in reply\n    to RCPT TO command)",
            "Final-Recipient: rfc822; bob@b.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.b.example\nDiagnostic-Code: smtp; 550 5.1.1 No such user",
            "... while talking to mx.b.example.:\n>>> RCPT To:<bob@b.example>\n<<< 550 5.1.1 User unknown\n550 5.1.1 <bob@b.example>... User unknown\n>>> DATA\n<<< 503 5.0.0 Need RCPT",
            "Your message could not be delivered.\nThe server of the recipient said:\n550 5.1.1 No such user",
            "{'ann@b.example': (550, b'5.1.1 No such user')}", "Mailbox full\nTry later", "{}",
            "Error: Can't send mail - all recipients were rejected: 550 5.1.1 <bob@b.example> Who?\n  code: 'EENVELOPE',\n  response: '550 5.1.1 <bob@b.example> Who?',\n  responseCode: 550,\n  command: 'RCPT TO'",
        ])
    func one(text: String) {
        #expect(Replies.refusals(in: Array(text.utf8)) == nil)
    }

    @Test("of what Python prints, each recipient's reply has its recipient")
    func pythonErrors() {
        let explained = Replies(Array(Self.python.utf8)).compactMap { explainer.explain($0) }
        #expect(explained.map(\.recipient) == ["ann@b.example", "bob@c.example"])
        #expect(explained.map(\.category) == [.unknownRecipient, .mailboxFull])
    }

    @Test("of what Node prints, each recipient's reply is explained once")
    func nodeErrors() {
        let explained = Replies(Array(Self.node.utf8)).compactMap { explainer.explain($0) }
        #expect(explained.map(\.recipient) == ["ann@b.example", "bob@c.example"])
        #expect(explained.map(\.category) == [.unknownRecipient, .mailboxFull])
        #expect(explained.map(\.text) == ["No such user", "Mailbox full"])
        // Where it prints no more than the error of all.
        let common = Self.node.split(separator: "  rejectedErrors")[0]
        #expect(Replies(Array(common.utf8)).compactMap { explainer.explain($0)?.category } == [.mailboxFull])
    }

    @Test(
        "a line of a stack trace is no reply",
        arguments: [
            "    at SMTPConnection._onCommand (/srv/app/lib/smtp-connection/index.js:550:19) {",
            "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
            "\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:550)",
            "   at System.Net.Mail.SmtpClient.Send(MailMessage message)",
            "   at MailKit.Net.Smtp.SmtpClient.Send() in /src/SmtpClient.cs:line 550",
            "  File \"/usr/lib/python3.11/smtplib.py\", line 550, in sendmail",
            "#0 /srv/app/vendor/phpmailer/SMTP.php(550): PHPMailer->send()",
            "\tfrom /usr/lib/ruby/3.1.0/net/smtp.rb:550:in `check_response'",
        ])
    func stackFrame(line: String) {
        #expect(pieces(line).isEmpty)
        #expect(pieces("550 5.1.1 No such user\n\(line)") == ["550 5.1.1 No such user"])
    }

    @Test(
        "what only begins like one may be a reply",
        arguments: [
            "at mx.b.example (192.0.2.1): 550 5.1.1 No such user", "at mx.b.example(192.0.2.1): 550 No such user",
            "from mx.b.example: 550 No such user", "#5.1.1 No such user", "File too large: 552 5.3.4",
        ])
    func noStackFrame(line: String) {
        #expect(pieces(line) == [line])
    }

    @Test("lines of a log that carry no reply are left out")
    func lines() {
        let explained = Replies(Array(Self.log.utf8)).map { explainer.explain($0)?.category }
        #expect(explained == [.unknownRecipient, nil, .networkFailure])
    }

    @Test(
        "a line carries a reply, or it does not",
        arguments: [
            ("550 5.1.1 No such user", Category.unknownRecipient), ("Mailbox full", .mailboxFull),
            ("250 Ok", .accepted),
            ("554 Sorry", .undetermined),
            ("Nov 23 10:00:03 mail postfix/smtp[17]: 4A2: to=<b@c.example>, status=sent (250 Ok)", .accepted),
            ("asdf", nil), ("Nov 23 10:00:03 mail postfix/smtpd[17]: connect from unknown[192.0.2.1]", nil),
            ("Nov 23 10:00:03 mail dovecot: user ann: mailbox is full of mail", nil),
        ])
    func line(text: String, category: SMTPCatalog.Category?) {
        #expect(Replies(Array(text.utf8)).map { explainer.explain($0)?.category } == [category])
    }

    @Test(
        "a reply that goes on in the next line is one, wherever it begins",
        arguments: [
            "2026-03-05 10:11:12 1rA2bC-000000-00 ** ann@b.example R=dnslookup T=remote_smtp: SMTP error from remote mail "
                + "server after RCPT TO:<ann@b.example>: 550-5.1.1 We are sorry, but\n550 5.1.1 there is no such user",
            "2026-03-05 10:11:12 1rA2bC-000000-00 ** ann@b.example R=dnslookup T=remote_smtp: SMTP error from remote mail "
                + "server after RCPT TO:<ann@b.example>:\n550-5.1.1 Sorry\n550 5.1.1 no such user",
            "2026-03-05 10:11:12 H=mx.a.example [192.0.2.1] rejected RCPT <ann@b.example>: 550-Sorry,\n550-but\n550 no such user",
            "host mx.b.example [192.0.2.1] said: 550-Sorry,\n550 no such user",
            "550-Sorry, there is\nno such\n550 user",
            "550-Sorry, there is\n550 no such user",
        ])
    func goesOn(text: String) {
        #expect(pieces(text) == [text])
        #expect(Replies.refusals(in: Array(text.utf8)) == nil)
        let (whole, first) = (explainer.explain(text), explainer.explain(firstIn: text))
        #expect(first.category == .unknownRecipient && first.suppress, "\(first.trace)")
        #expect(whole.category == first.category && whole.confidence == first.confidence)
    }

    @Test(
        "what does not go on is another reply",
        arguments: [
            "550-Sorry,\n452 Mailbox full", "host said: 550-Sorry\n452 Mailbox full", "550 No such user\n550 user",
            "The following failed:\n550 No such user", "550-Sorry\nwrapped\nand wrapped again\n550 user",
        ])
    func doesNotGoOn(text: String) {
        #expect(pieces(text) == text.split(separator: "\n").map(String.init))
    }
}
