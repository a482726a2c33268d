import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Whatever carries a reply, its parts are found.
struct ReplyReaderTests {
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

    @Test("a bare reply is read", arguments: Reading.bare)
    func bareReply(expected: Reading) { check(expected) }

    // MARK: - Several lines

    @Test("the lines of one reply become one line, without their codes", arguments: Reading.multiline)
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

    @Test("the reply in a Diagnostic-Code field is read", arguments: Reading.diagnostics)
    func diagnostic(expected: Reading) { check(expected) }

    // MARK: - Postfix

    @Test("what Postfix writes is read", arguments: Reading.postfix)
    func postfix(expected: Reading) { check(expected) }

    // MARK: - Exim

    @Test("what Exim writes is read", arguments: Reading.exim)
    func exim(expected: Reading) { check(expected) }

    // MARK: - Sendmail and qmail

    @Test("what Sendmail writes is read", arguments: Reading.sendmail)
    func sendmail(expected: Reading) { check(expected) }

    @Test("what qmail writes is read", arguments: Reading.qmail)
    func qmail(expected: Reading) { check(expected) }

    // MARK: - Exchange

    @Test("what Exchange writes is read", arguments: Reading.exchange)
    func exchange(expected: Reading) { check(expected) }

    // MARK: - Codes in other surroundings

    @Test("the codes are found whatever stands around them", arguments: Reading.surroundings)
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
            "550 see RFC 5321 section 4.5.3", "550 see RFC 5322 2.1.1",
            "550 build 5.2.2-1", "550 lib-5.2.2.tar.gz", "550 lib_5.2.2", "550 5.1.1beta", "550 5.01.1", "550 05.1.1",
            "550 5.1000.1", "550 5.1.1000", "550 6.1.1 no", "550 1.1.1 no", "550 3.1.1 no", "550 15.1.1 no",
            "550 5.10.2026 was the day", "550 call 4.555.1234", "550 x.1.1", "550 ５.１.１", "550 5 1 1", "550 5,1,1",
            "550 https://help.example/5.1.1/", "550 sendmail 5.1.1", "550 0.5.1.1", "550 5..1.1",
        ])
    func noEnhancedCode(input: String) {
        let reply = ReplyReader.read(input)
        #expect(reply.code == 550)
        #expect(reply.enhanced == nil)
    }

    @Test(
        "a full stop or another mark may follow an enhanced code",
        arguments: [".", ",", ";", ":", ")", "]", "!", ">", "'", "\""])
    func marksAfterEnhancedCode(mark: String) {
        #expect(ReplyReader.read("550 Refused with 5.1.1\(mark)").enhanced?.description == "5.1.1")
        #expect(ReplyReader.read("550 Refused with 5.1.1\(mark) Bye").enhanced?.description == "5.1.1")
    }

    @Test("a lookalike is not a reply code", arguments: Reading.withoutReplyCode)
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
            (
                "reject: RCPT from a.example[192.0.2.9]: 550 5.1.1 No; from=<ann@sender.example> to=<bob@corp.example>",
                "bob@corp.example"
            ),
        ])
    func recipient(input: String, recipient: String) {
        #expect(ReplyReader.read(input).recipient == recipient)
    }

    @Test(
        "the host that replied is found, in lower case",
        arguments: [
            ("host MX1.Corp.Example[192.0.2.25] said: 550 No", "mx1.corp.example"),
            ("relay=mx1.corp.example[192.0.2.25]:25, status=bounced (550 No)", "mx1.corp.example"),
            ("H=mx1.corp.example [192.0.2.25]: SMTP error from remote mail server: 421 No", "mx1.corp.example"),
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
            // The sender's own host.
            "554 5.7.1 Client host mail.sender.example[192.0.2.9] blocked",
            "550 Your host mail.sender.example is blocked",
            "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.9]",
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
            "smtp;", "said:", "(in reply to ", "RCPT TO:", "host ", "to=<", "a@b.example", "status=bounced (", "stat=",
            "H=", "User", "unknown", "\u{0}", "é", "250", "4.2.2", ".", "-", ">>> ", "'",
        ]
        let bytesOfPieces = pieces.map { Array($0.utf8) } + [[0xFF], [0xC3]]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
                bytesOfPieces.randomElement(using: &random)!
            }
            let reply = ReplyReader.read(bytes)
            let words = reply.text
            #expect(!words.contains { $0.isLineBreak || $0 == 0 || $0 == 0x09 }, "\(bytes)")
            #expect(words[...].trimmed == words[...], "\(bytes)")
            #expect(words.count <= bytes.count, "\(bytes)")
        }
    }
}
