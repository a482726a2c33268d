import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Whatever carries a reply, its parts are found. What a row does not name must not be found.
struct ReplyReaderTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let input: String
        var code: ReplyCode?
        var enhanced: String?
        let text: String
        var command: String?
        var remoteHost: String?
        var recipient: String?

        init(
            _ input: String, _ code: ReplyCode?, _ enhanced: String? = nil, _ text: String, command: String? = nil,
            host remoteHost: String? = nil, to recipient: String? = nil
        ) {
            self.input = input
            self.code = code
            self.enhanced = enhanced
            self.text = text
            self.command = command
            self.remoteHost = remoteHost
            self.recipient = recipient
        }

        var testDescription: String { input.debugDescription }
    }

    private func check(_ expected: Reading) {
        let reply = ReplyReader.read(expected.input)
        #expect(reply.code == expected.code)
        #expect(reply.enhanced?.description == expected.enhanced)
        #expect(reply.words == expected.text)
        #expect(reply.command == expected.command)
        #expect(reply.remoteHost == expected.remoteHost)
        #expect(reply.recipient == expected.recipient)
    }

    // MARK: - Bare replies

    // swift-format-ignore
    private static let bare: [Reading] = [
        .init("550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("550 No such user", 550, "No such user"),
        .init("250 2.1.5 Ok", 250, "2.1.5", "Ok"),
        .init("354 End data with <CR><LF>.<CR><LF>", 354, "End data with <CR><LF>.<CR><LF>"),
        .init("421", 421, ""),
        .init("550 ", 550, ""),
        .init("550 5.1.1", 550, "5.1.1", ""),
        .init("  550 5.1.1 No such user  \r\n", 550, "5.1.1", "No such user"),
        .init("550  5.1.1\tNo  such\tuser", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 <bob@corp.example>: User unknown", 550, "5.1.1", "<bob@corp.example>: User unknown", to: "bob@corp.example"),
        .init("550: No such user", 550, "No such user"),
        .init("550 5.1.1: No such user", 550, "5.1.1", "No such user"),
        .init("550 #5.1.0 Address rejected.", 550, "5.1.0", "Address rejected."),
        .init("550 (#5.1.1) No such user", 550, "5.1.1", "No such user"),
        .init("550 [5.1.1] No such user", 550, "5.1.1", "No such user"),
        .init("571 Go away", 571, "Go away"),
        .init("599 5.99.99 Odd", 599, "5.99.99", "Odd"),
        .init("\"550 5.1.1 No such user\"", 550, "5.1.1", "No such user"),
        .init("'550 5.1.1 No such user'", 550, "5.1.1", "No such user"),
        .init("\u{FEFF}550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 No such\u{0}user", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 Empfänger gibt es nicht – 收件人不存在", 550, "5.1.1", "Empfänger gibt es nicht – 收件人不存在"),
        .init("No such user", nil, "No such user"),
        .init("<bob@corp.example>: mailbox is full", nil, "<bob@corp.example>: mailbox is full", to: "bob@corp.example"),
        .init("", nil, ""),
        .init(" \r\n\t ", nil, ""),
    ]

    @Test("a bare reply is read", arguments: bare)
    func bareReply(expected: Reading) { check(expected) }

    // MARK: - Several lines

    // swift-format-ignore
    private static let multiline: [Reading] = [
        .init("550-5.1.1 No such user here.\r\n550 5.1.1 Check the address.\r\n", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\r550 5.1.1 Check the address.\r", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\r\n\r\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-No such user here.\n550-\n550 Check the address.", 550, "No such user here. Check the address."),
        .init("550-No such user here.\n550", 550, "No such user here."),
        .init("550-No such user here.\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\n550 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("250-mx.corp.example\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 SMTPUTF8", 250, "mx.corp.example SIZE 52428800 8BITMIME SMTPUTF8"),
        .init("550-5.1.1 The account that you tried to reach\r\n    does not exist.", 550, "5.1.1", "The account that you tried to reach does not exist."),
        .init("550 5.1.1 The account that you tried to reach\n does not\n\texist.", 550, "5.1.1", "The account that you tried to reach does not exist."),
        // Joined by the log of the sending server.
        .init("550-5.1.1 No such user here. 550-5.1.1 Check the address 550 5.1.1 or ask. ", 550, "5.1.1", "No such user here. Check the address or ask."),
        .init("550-Blocked here. 550-See https://bl.example/ 550 and write to us.", 550, "Blocked here. See https://bl.example/ and write to us."),
        .init("550-5.1.1 No such user here.\\r\\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-No such user here.\\n550 Check the address.", 550, "No such user here. Check the address."),
        .init("\"550-5.1.1 No such \\\"user\\\" here.\\r\\n550 5.1.1 See https:\\/\\/help.example\\/a\"", 550, "5.1.1", "No such \"user\" here. See https://help.example/a"),
    ]

    @Test("the lines of one reply become one line, without their codes", arguments: multiline)
    func lines(expected: Reading) { check(expected) }

    @Test("lines with another code are read, and their codes remembered")
    func otherCodes() {
        let reply = ReplyReader.read("550-5.1.1 No such user.\r\n551-5.1.6 Moved.\r\n451 Or not.")
        #expect(reply.code == 550)
        #expect(reply.enhanced?.description == "5.1.1")
        #expect(reply.otherCodes == [551, 451])
        #expect(reply.words == "No such user. Moved. Or not.")
    }

    @Test("the refusal in a transcript counts, not what led to it")
    func transcript() {
        let text = """
            220 mx.corp.example ESMTP
            250 2.1.0 Ok
            550 5.1.1 <bob@corp.example>: User unknown
            """
        let reply = ReplyReader.read(text)
        #expect(reply.code == 550)
        #expect(reply.enhanced?.description == "5.1.1")
        #expect(reply.words == "<bob@corp.example>: User unknown")
    }

    // MARK: - Diagnostic-Code

    // swift-format-ignore
    private static let diagnostics: [Reading] = [
        .init("smtp;550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("smtp; 550-5.1.1 No such user\n 550 5.1.1 here", 550, "5.1.1", "No such user here"),
        .init("SMTP; 550 No such user", 550, "No such user"),
        .init("Diagnostic-Code: smtp; 550 5.1.1 <bob@corp.example>... User unknown", 550, "5.1.1", "<bob@corp.example>... User unknown", to: "bob@corp.example"),
        .init("Diagnostic-Code: smtp;452 4.2.2 Over quota", 452, "4.2.2", "Over quota"),
        .init("\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"", 550, "5.1.1", "user unknown"),
        .init("Final-Recipient: rfc822; bob@corp.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.corp.example\nDiagnostic-Code: smtp; 550 5.1.1 No such user", 550, "5.1.1", "No such user", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Diagnostic-Code: smtp; 550 5.1.1 No such\n  user", 550, "5.1.1", "No such user"),
    ]

    @Test("the reply in a Diagnostic-Code field is read", arguments: diagnostics)
    func diagnostic(expected: Reading) { check(expected) }

    // MARK: - Postfix

    // swift-format-ignore
    private static let postfix: [Reading] = [
        .init("host mx.corp.example[192.0.2.25] said: 550 5.1.1 <bob@corp.example>: User unknown (in reply to RCPT TO command)", 550, "5.1.1", "<bob@corp.example>: User unknown", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 554 5.7.1 Message rejected (in reply to end of DATA command)", 554, "5.7.1", "Message rejected", command: "DATA", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 553 5.1.8 Bad domain (in reply to MAIL FROM command)", 553, "5.1.8", "Bad domain", command: "MAIL", host: "mx.corp.example"),
        .init("host mx.corp.example[2001:db8::25] said: 501 Bad name (in reply to EHLO command)", 501, "Bad name", command: "EHLO", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 454 4.7.0 No TLS (in reply to STARTTLS command)", 454, "4.7.0", "No TLS", command: "STARTTLS", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 550-5.1.1 No such user 550 5.1.1 here (state 14) (in reply to RCPT TO command)", 550, "5.1.1", "No such user here (state 14)", command: "RCPT", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] refused to talk to me: 421 4.7.0 Too many connections", 421, "4.7.0", "Too many connections", host: "mx.corp.example"),
        .init("<bob@corp.example>: host mx.corp.example[192.0.2.25] said: 450 4.2.0\n    <bob@corp.example>: Recipient address rejected: Greylisted (in reply to\n    RCPT TO command)", 450, "4.2.0", "<bob@corp.example>: Recipient address rejected: Greylisted", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[4521]: 4F1A2B3C4D: to=<bob@corp.example>, relay=mx.corp.example[192.0.2.25]:25, delay=450, delays=0.1/0/0.9/0.2, dsn=5.1.1, status=bounced (host mx.corp.example[192.0.2.25] said: 550 5.1.1 No such user (in reply to RCPT TO command))", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[452]: 4F1A2B3C4D: to=<bob@corp.example>, orig_to=<info@corp.example>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.corp.example[192.0.2.25]:25: Connection timed out)", nil, "4.4.1", "connect to mx.corp.example[192.0.2.25]:25: Connection timed out", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[4521]: 4F1A2B3C4D: to=<bob@corp.example>, relay=mx.corp.example[192.0.2.25]:25, delay=1.2, delays=0.1/0/0.9/0.2, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 550F1A2B)", 250, "2.0.0", "Ok: queued as 550F1A2B", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtpd[451]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 554 5.7.1 <bob@corp.example>: Relay access denied; from=<ann@sender.example> to=<bob@corp.example> proto=ESMTP helo=<pc.sender.example>", 554, "5.7.1", "<bob@corp.example>: Relay access denied", command: "RCPT", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/local[777]: 4F1A2B3C4D: to=<bob@corp.example>, relay=local, delay=0.1, delays=0.1/0/0/0, dsn=5.1.1, status=bounced (unknown user: \"bob\")", nil, "5.1.1", "unknown user: \"bob\"", to: "bob@corp.example"),
    ]

    @Test("what Postfix writes is read", arguments: postfix)
    func postfix(expected: Reading) { check(expected) }

    // MARK: - Exim

    // swift-format-ignore
    private static let exim: [Reading] = [
        .init("SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", to: "bob@corp.example"),
        .init("SMTP error from remote mail server after MAIL FROM:<ann@sender.example> SIZE=4521: 552 5.3.4 Too big", 552, "5.3.4", "Too big", command: "MAIL"),
        .init("SMTP error from remote mail server after pipelined end of data: 550 5.7.1 Spam", 550, "5.7.1", "Spam", command: "DATA"),
        .init("SMTP error from remote mail server after end of data: 550-5.7.1 Spam\\n550 5.7.1 Go away", 550, "5.7.1", "Spam Go away", command: "DATA"),
        .init("SMTP error from remote mail server after initial connection: 554 5.7.1 Blocked", 554, "5.7.1", "Blocked"),
        .init("2026-11-23 10:11:12 1tEabc-0001Xy-2Z ** bob@corp.example R=dnslookup T=remote_smtp H=mx.corp.example [192.0.2.25] X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes DN=\"CN=mx.corp.example\": SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("2026-11-23 10:11:12 1tEabc-0001Xy-2Z == bob@corp.example R=dnslookup T=remote_smtp defer (-44) H=mx.corp.example [192.0.2.25]: SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 451 4.7.1 Greylisted", 451, "4.7.1", "Greylisted", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("  bob@corp.example\n    host mx.corp.example [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<bob@corp.example>:\n    550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
    ]

    @Test("what Exim writes is read", arguments: exim)
    func exim(expected: Reading) { check(expected) }

    // MARK: - Sendmail and qmail

    // swift-format-ignore
    private static let sendmail: [Reading] = [
        .init("sendmail[12345]: 4AN1BCDE012345: to=<bob@corp.example>, delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=120345, relay=mx.corp.example. [192.0.2.25], dsn=5.1.1, stat=User unknown", nil, "5.1.1", "User unknown", host: "mx.corp.example", to: "bob@corp.example"),
        .init("sendmail[450]: 4AN1BCDE012345: to=<bob@corp.example>, delay=00:00:02, mailer=esmtp, pri=450, relay=mx.corp.example. [192.0.2.25], dsn=4.0.0, stat=Deferred: Connection timed out with mx.corp.example.", nil, "4.0.0", "Deferred: Connection timed out with mx.corp.example.", host: "mx.corp.example", to: "bob@corp.example"),
        .init("sendmail[12345]: 4AN1BCDE012345: to=<bob@corp.example>, mailer=esmtp, relay=mx.corp.example. [192.0.2.25], dsn=4.2.0, stat=Deferred: 450 4.2.0 Greylisted", 450, "4.2.0", "Greylisted", host: "mx.corp.example", to: "bob@corp.example"),
        .init("... while talking to mx.corp.example.:\n>>> RCPT To:<bob@corp.example>\n<<< 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
    ]

    @Test("what Sendmail writes is read", arguments: sendmail)
    func sendmail(expected: Reading) { check(expected) }

    // swift-format-ignore
    private static let qmail: [Reading] = [
        .init("<bob@corp.example>:\n192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.25.", 550, "5.1.1", "No such user", to: "bob@corp.example"),
        .init("<bob@corp.example>:\n192.0.2.25 failed after I sent the message.\nRemote host said: 554 Spam\nGiving up on 192.0.2.25.", 554, "Spam", to: "bob@corp.example"),
        .init("<bob@corp.example>:\nSorry, no mailbox here by that name. (#5.1.1)", nil, "5.1.1", "<bob@corp.example>: Sorry, no mailbox here by that name. (#5.1.1)", to: "bob@corp.example"),
    ]

    @Test("what qmail writes is read", arguments: qmail)
    func qmail(expected: Reading) { check(expected) }

    // MARK: - Exchange

    // swift-format-ignore
    private static let exchange: [Reading] = [
        .init("#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##", 550, "5.1.1", "RESOLVER.ADR.RecipNotFound; not found"),
        .init("<mx.corp.example #5.1.1 smtp;550 5.1.1 No such user>", 550, "5.1.1", "No such user"),
        .init("#< #5.7.1 smtp;550 5.7.1 Unable to relay> #SMTP#", 550, "5.7.1", "Unable to relay"),
        .init("Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'", 550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; not found"),
        .init("Remote Server returned '< #5.1.1 smtp;550 5.1.1 No such user>'", 550, "5.1.1", "No such user"),
    ]

    @Test("what Exchange writes is read", arguments: exchange)
    func exchange(expected: Reading) { check(expected) }

    // MARK: - Codes in other surroundings

    // swift-format-ignore
    private static let surroundings: [(String, ReplyCode?, String?)] = [
        ("550 Sorry, no mailbox here by that name. (#5.1.1)", 550, "5.1.1"),
        ("550 Sorry, no mailbox here by that name (5.1.1)", 550, "5.1.1"),
        ("#5.1.1", nil, "5.1.1"),
        ("(#5.1.1)", nil, "5.1.1"),
        ("5.1.1 No such user", nil, "5.1.1"),
        ("No such user #5.1.1", nil, "5.1.1"),
        ("SMTP error 550: no such user", 550, nil),
        ("The server responded: 550 5.1.1 No such user", 550, "5.1.1"),
        ("The remote server returned 452 4.2.2 Over quota", 452, "4.2.2"),
        ("Error code 550 5.1.1", 550, "5.1.1"),
        ("status code: 421", 421, nil),
        ("<- 250 Ok\n-> RCPT TO:<bob@corp.example>\n<- 550 5.1.1 No such user", 550, "5.1.1"),
        ("<** 550 5.1.1 No such user", 550, "5.1.1"),
        ("[{LED=450 4.4.317 Cannot connect to remote server};{FQDN=corp-example.mail.example};{IP=192.0.2.25}]", 450, "4.4.317"),
        // Exchange's 400 4.4.7.
        ("Remote Server at corp.example (192.0.2.25) returned '400 4.4.7 Message delayed'", 400, "4.4.7"),
        // PowerMTA.
        ("b,2026-11-23 10:11:12+0000,2026-11-23 10:11:11+0000,news@sender.example,bob@corp.example,,failed,5.1.1 (bad destination mailbox address),\"smtp;550 5.1.1 No such user\",mx.corp.example (192.0.2.25),bad-mailbox,smtp,450,421", 550, "5.1.1"),
        // Momentum.
        ("1763892672@D4/12-04521-00FA1E29@D4/12-04521-00FA1E29@B@corp.example@bob@news@sender.example@default@10@550 5.1.1 No such user@192.0.2.25", 550, "5.1.1"),
        ("{\"type\":\"bounce\",\"rcpt_to\":\"bob@corp.example\",\"raw_reason\":\"550 5.1.1 No such user\",\"error_code\":\"550\",\"bounce_class\":\"10\"}", 550, "5.1.1"),
        // The log of qmail-send.
        ("delivery 452: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/Giving_up_on_192.0.2.25./", 550, "5.1.1"),
        ("delivery 452: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/", nil, "5.1.1"),
        // One of several numbers is the code.
        ("450 4.2.2 Mailbox of 550 MB is full", 450, "4.2.2"),
        ("452 4.5.3 Limit is 250 recipients", 452, "4.5.3"),
        ("550 5.7.1 Blocked, call +1 202 555 0143", 550, "5.7.1"),
        ("421 4.7.0 mx.corp.example:587 closed after 300 seconds", 421, "4.7.0"),
        ("550 5.7.1 See https://help.example/421", 550, "5.7.1"),
        ("connect to mx.corp.example[192.0.2.25]:587: 421 4.3.2 Closing", 421, "4.3.2"),
        ("550 5.1.1 said 192.0.2.250 on port 465", 550, "5.1.1"),
    ]

    @Test("the codes are found whatever stands around them", arguments: surroundings)
    func codes(input: String, code: ReplyCode?, enhanced: String?) {
        let reply = ReplyReader.read(input)
        #expect(reply.code == code)
        #expect(reply.enhanced?.description == enhanced)
    }

    // MARK: - No codes

    @Test(
        "a lookalike is not an enhanced code",
        arguments: [
            "550 from 5.2.2.1", "550 mta v5.1.10", "550 5.1", "550 5.1.1.1", "550 5.1.", "550 [5.1.1.9] refused",
            "550 host 4.5.6.7 refused", "550 10.5.1.1 refused", "550 version 5.1.1", "550 mailer/5.1.1",
            "550 build 5.2.2-1", "550 lib-5.2.2.tar.gz", "550 lib_5.2.2", "550 5.1.1beta", "550 5.01.1", "550 05.1.1",
            "550 5.1000.1", "550 5.1.1000", "550 6.1.1 no", "550 1.1.1 no", "550 3.1.1 no", "550 15.1.1 no",
            "550 5.10.2026 was the day", "550 call 4.555.1234", "550 x.1.1", "550 ５.１.１", "550 5 1 1", "550 5,1,1",
            "550 https://help.example/5.1.1/", "550 sendmail 5.1.1", "550 0.5.1.1", "550 5.1.1.", "550 5..1.1",
        ].filter { $0 != "550 5.1.1." })
    func noEnhancedCode(input: String) {
        let reply = ReplyReader.read(input)
        #expect(reply.code == 550)
        #expect(reply.enhanced == nil)
    }

    @Test("a full stop or another mark may follow an enhanced code", arguments: [".", ",", ";", ":", ")", "]", "!", ">"])
    func marksAfterEnhancedCode(mark: String) {
        #expect(ReplyReader.read("550 Refused with 5.1.1\(mark)").enhanced?.description == "5.1.1")
        #expect(ReplyReader.read("550 Refused with 5.1.1\(mark) Bye").enhanced?.description == "5.1.1")
    }

    // swift-format-ignore
    private static let noReplyCode: [String] = [
        // Ports.
        "connect to mx.corp.example[192.0.2.25]:587: Connection refused", "connect to mx.corp.example:465 timed out",
        "Connection to mx.corp.example port 554 refused", "connect to [2001:db8::25]:250: Connection refused",
        // Sizes and counts.
        "Message of 552 bytes refused", "size=550, nrcpt=1, delay=250", "Mailbox has a 250 MB quota and is full",
        "Message with 250 recipients refused", "You sent 450 of 500", "Rate limit: 250 messages per hour",
        "Maximum size: 552 KB", "Spam score 5.50 is over 5.00", "12 of 250 tokens left", "Quota of 500MB exceeded",
        "550th attempt failed", "Error rate is 25.250 %", "max. 300 a day",
        // Times and dates.
        "Connection timed out after 300 seconds", "took 421 ms", "delay=421", "closed at 5:50 by 10:11:250",
        "2026-11-23 10:11:12.450 Connection reset", "Mon, 23 Nov 2026 10:11:12 +0200", "in 450s", "day 250/365",
        // Addresses.
        "Connection to 192.0.2.250 failed", "203.0.113.250: no route", "250.1.2.3 is blocked", "192.0.2.0/250",
        "2001:db8::250 is blocked", "host-550.corp.example lost", "a550@corp.example is gone", "550@corp.example is gone",
        // Phone numbers.
        "Call +1 202 555 0143", "Call 555-0143", "Tel. +49 30 250 4711", "(202) 555-0143 or 1-800-555-0199",
        // Ids.
        "postfix/smtp[452]: lost connection", "smtp[452]: lost connection", "smtpd[550] died", "id 1tE550-000450-2Z",
        "<550.421@mx.corp.example> is a loop", "queued as 550F1A2B", "Message-ID 20261123.550", "ticket #450123",
        "ref 550-0099-12", "trace 4f1a-550-9c", "https://help.example/550 tells more", "https://help.example/?id=550",
        // Versions.
        "MailServer 4.5.250 lost connection", "MailServer/550 lost connection", "v550 lost connection",
        // Not three digits from 200 to 599.
        "000 nothing", "199 nothing", "600 nothing", "5500 nothing", "55 nothing", "55o nothing", "５５０ nothing",
        "550abc nothing", "+550 nothing", "-550 nothing", "$550 nothing", "550% nothing", "550€ paid".replacing("€", with: "%"),
    ]

    @Test("a lookalike is not a reply code", arguments: noReplyCode)
    func noReplyCode(input: String) {
        #expect(ReplyReader.read(input).code == nil)
    }

    // MARK: - Who

    @Test(
        "the sender's address, or another name in brackets, is not taken for the recipient",
        arguments: [
            "553 5.1.8 <ann@sender.example>: Sender address rejected: Domain not found",
            "550 5.7.1 <ann@sender.example>: Sender address rejected: not logged in",
            "504 5.5.2 <pc>: Helo command rejected: need fully-qualified hostname",
            "554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied",
            "SMTP error from remote mail server after MAIL FROM:<ann@sender.example>: 550 Sender refused",
            "from=<ann@sender.example>: 550 Refused", "553 <> is no sender", "550 <@> is no address",
        ])
    func noRecipient(input: String) {
        #expect(ReplyReader.read(input).recipient == nil)
    }

    @Test(
        "the recipient is found as it was written",
        arguments: [
            ("550 5.1.1 <Bob.B+x@Corp.Example>... User unknown", "Bob.B+x@Corp.Example"),
            ("550 <jörg@münchen.example>: unbekannt", "jörg@münchen.example"),
            (">>> RCPT TO:<bob@corp.example> NOTIFY=FAILURE\n<<< 550 No", "bob@corp.example"),
            ("to=<bob@corp.example>, relay=none, status=bounced (Host not found)", "bob@corp.example"),
            ("reject: RCPT from a.example[192.0.2.9]: 550 5.1.1 No; from=<ann@sender.example> to=<bob@corp.example>", "bob@corp.example"),
        ])
    func recipient(input: String, recipient: String) {
        #expect(ReplyReader.read(input).recipient == recipient)
    }

    @Test(
        "the host that replied is found, in lower case",
        arguments: [
            ("host MX1.Corp.Example[192.0.2.25] said: 550 No", "mx1.corp.example"),
            ("relay=mx1.corp.example[192.0.2.25]:25, status=bounced (550 No)", "mx1.corp.example"),
            ("H=mx1.corp.example [192.0.2.25]: SMTP error from remote mail server after QUIT: 421 No", "mx1.corp.example"),
            ("Remote-MTA: dns; mx1.corp.example\nDiagnostic-Code: smtp; 550 No", "mx1.corp.example"),
            ("... while talking to mx1.corp.example.:\n<<< 550 No", "mx1.corp.example"),
        ])
    func remoteHost(input: String, host: String) {
        #expect(ReplyReader.read(input).remoteHost == host)
    }

    @Test(
        "a word is not taken for the host that replied",
        arguments: [
            "550 Client host rejected", "550 Your host is blocked", "relay=none, status=deferred (Host not found)",
            "relay=local, status=bounced (unknown user)", "550 5.7.1 localhost refused",
        ])
    func noRemoteHost(input: String) {
        #expect(ReplyReader.read(input).remoteHost == nil)
    }

    @Test(
        "the command that was answered is found",
        arguments: [
            ("550 No (in reply to MAIL FROM command)", "MAIL"), ("550 No (in reply to RCPT TO command)", "RCPT"),
            ("550 No (in reply to DATA command)", "DATA"), ("550 No (in reply to end of DATA command)", "DATA"),
            ("550 No (in reply to HELO command)", "HELO"), ("550 No (in reply to EHLO command)", "EHLO"),
            ("535 No (in reply to AUTH PLAIN command)", "AUTH"), ("550 No (in reply to BDAT command)", "BDAT"),
            ("454 No (in reply to STARTTLS command)", "STARTTLS"), ("421 No (in reply to QUIT command)", "QUIT"),
            ("SMTP error from remote mail server after pipelined MAIL FROM:<a@b.example>: 550 No", "MAIL"),
            ("SMTP error from remote mail server after pipelined DATA: 550 No", "DATA"),
            (">>> DATA\n<<< 554 No", "DATA"), (">>> .\n<<< 554 No", "DATA"),
        ])
    func command(input: String, command: String) {
        #expect(ReplyReader.read(input).command == command)
    }

    @Test("a word is not taken for a command", arguments: ["550 No data", "550 Mail refused", "550 in reply to you"])
    func noCommand(input: String) {
        #expect(ReplyReader.read(input).command == nil)
    }

    @Test(
        "what the log says became of the message is found",
        arguments: [
            ("dsn=5.4.4, status=bounced (Host not found)", Disposition.permanent),
            ("dsn=4.4.1, status=deferred (Connection timed out)", .transient),
            ("dsn=2.0.0, status=sent (delivered to mailbox)", .success),
            ("dsn=4.0.0, stat=Deferred: Connection timed out", .transient), ("dsn=2.0.0, stat=Sent", .success),
            ("550 No", nil), ("the status is bounced", nil),
        ])
    func disposition(input: String, disposition: Disposition?) {
        #expect(ReplyReader.read(input).disposition == disposition)
    }

    // MARK: - Anything

    @Test("whatever the bytes, the text is one line without space around it, and a part of what was read")
    func anyBytes() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "550", "550-", "5.1.1", " ", "\r\n", "\\n", "\\", "\"", "(", ")", "<", ">", "#", ":", ";", "=", "[", "]",
            "smtp;", "said:", "(in reply to ", "RCPT TO:", "host ", "to=<", "a@b.example", "status=", "stat=", "status=bounced (",
            "H=", "User", "unknown", "\u{0}", "é", "250", "4.2.2", ".", "-", ">>> ", "'",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3]]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
                pieces.randomElement(using: &random)!
            }
            let reply = ReplyReader.read(bytes)
            let words = reply.text
            #expect(!words.contains { $0.isLineBreak || $0 == 0 || $0 == 0x09 }, "\(bytes)")
            #expect(words[...].trimmed == words[...], "\(bytes)")
            #expect(words.count <= bytes.count, "\(bytes)")
        }
    }
}
