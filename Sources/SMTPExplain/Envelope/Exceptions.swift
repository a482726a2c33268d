import SMTPCatalog

/// What client libraries print: PHPMailer, Swift Mailer and Symfony, nodemailer, smtplib, JavaMail, MailKit and .NET, Go,
/// lettre, Net::SMTP.
enum Exceptions: EnvelopeFormat {
    static let marks: [Mark] = [
        // Swift Mailer and Symfony: `Expected response code "250" but got code "554", with message "554 ..."`.
        .init("expected response code", .expected),
        .init("expected code", .expected),
        .init("expecting", .expected),
        .init("instead of", .expected),
        .init("with message", .reply),
        // PHP's stack traces.
        .init("line", .expected),
        // smtplib and aiosmtplib: `SMTPDataError(554, 'Message refused')`; Net::SMTP: `SMTPFatalError (550 ...)`.
        .init("smtpdataerror", .reply),
        .init("smtpsenderrefused", .reply),
        .init("smtprecipientrefused", .reply),
        .init("smtpresponseexception", .reply),
        .init("smtphelloerror", .reply),
        .init("smtpheloerror", .reply),
        .init("smtpconnecterror", .reply),
        .init("smtpauthenticationerror", .reply),
        .init("smtpfatalerror", .reply),
        .init("smtpserverbusy", .reply),
        .init("smtpsyntaxerror", .reply),
        .init("smtpunknownerror", .reply),
        // .NET: `Mailbox unavailable. The server response was: 5.7.1 ...`; the first words are the code's, not the server's.
        .init("response was:", .reason),
        // PHPMailer, where it has no code: `Exception: SMTP Error: The following recipients failed: a@b.example: User unknown`.
        .init("the following recipients failed:", .reason),
        .init("code=", .reply),
        .init("code:", .reply),
        .init("message=", .reply),
        .init("response=", .reply),
        .init("error=", .reply),
        .init("reply=", .reply),
        .init("was:", .reply),
        .init("with:", .reply),
        .init("got", .perhapsReply),
        .init("with", .perhapsReply),
        .init("command: 'rcpt", .stage(.rcpt)),
        .init("command: 'mail", .stage(.mail)),
        .init("command: 'auth", .stage(.auth)),
        .init("command: 'data", .stage(.data)),
        .init("rcpt to command failed", .stage(.rcpt)),
        .init("mail from command failed", .stage(.mail)),
        .init("from address failed:", .stage(.mail)),
        .init("recipient command failed", .stage(.rcpt)),
        .init("mail command failed", .stage(.mail)),
        .init("data end command failed", .stage(.data)),
        .init("data command failed", .stage(.data)),
        .init("smtpsenderrefused", .stage(.mail)),
        .init("smtpsenderfailedexception", .stage(.mail)),
        .init("smtpdataerror", .stage(.data)),
        .init("smtpauthenticationerror", .stage(.auth)),
        .init("smtpaddressfailedexception", .stage(.rcpt)),
        .init("smtprecipientsrefused", .stage(.rcpt)),
        // smtplib's debug lines: `reply: retcode (250); Msg: b'2.0.0 Ok'`.
        .init("retcode", .reply),
        .init("response: '", .parts),
        .init("recipient: '", .parts),
        .init("smtp code: ", .parts),
        .init("detail: ", .parts),
        .init("recipients failed: ", .parts),
        .init("additional smtp info: ", .parts),
        .init("severity: ", .parts),
        .init("message: [", .parts),
        .init("source: ", .parts),
    ]

    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        readPHPMailer(line, into: &envelope)
        readLettre(line, into: &envelope)
        readNode(line, into: &envelope)
        readPython(line, into: &envelope)
    }

    /// `'ann@b.example': (550, b'5.1.1 No such user')`: the entry of a recipient.
    private static func readPython(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let first = line.bytes.first(where: { !$0.isBlank && $0 != .ascii("{") }), first == .ascii("'"),
            let open = line.bytes.firstIndex(of: .ascii("'"))
        else { return }
        let address = line.bytes[(open + 1)...].prefix(321).prefix { $0 != .ascii("'") }
        guard address.endIndex < line.bytes.count, line.bytes.has("': (", at: address.endIndex),
            address.contains(.ascii("@"))
        else { return }
        envelope.recipient = address.string
    }

    /// `response: '550 5.1.1 No such user',`, and in one of the next lines, `recipient: 'ann@b.example'`
    private static func readNode(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let response = line.first("response: '"), let number = line.number(at: response.upperBound),
            let code = ReplyCode(rawValue: number)
        else { return }
        envelope.code = code
        let text = quoted(line, response.upperBound)
        let words = text.dropFirst(3).drop { line.bytes[$0].isBlank || line.bytes[$0] == .ascii("-") }
        envelope.words = words.startIndex..<text.upperBound
        if let recipient = line.first("recipient: '") {
            envelope.recipient = line.bytes[quoted(line, recipient.upperBound)].string
        }
    }

    /// Up to the single quote that ends a line or a member.
    private static func quoted(_ line: MarkedLine, _ start: Int) -> Range<Int> {
        let end = line.bytes[start...].indices.first { i in
            line.bytes[i] == .ascii("'")
                && (i + 1 == line.bytes.count || line.bytes[i + 1].isSpace || line.bytes[i + 1] == .ascii(","))
        }
        return start..<(end ?? line.bytes.count)
    }

    /// `DATA END command failed Detail: Message refused SMTP code: 554 Additional SMTP info: 5.7.1`
    private static func readPHPMailer(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let code = line.first("smtp code: "), let number = line.number(at: code.upperBound),
            let reply = ReplyCode(rawValue: number)
        else { return }
        envelope.code = reply
        let start = (line.first("detail: ") ?? line.first("recipients failed: "))?.upperBound ?? 0
        envelope.words = min(start, code.lowerBound)..<code.lowerBound
        if let info = line.first("additional smtp info: ") {
            envelope.enhanced = CodeScanner(bytes: line.bytes).enhanced(at: info.upperBound)?.code
        }
    }

    /// `Code { severity: PermanentNegativeCompletion, category: MailSystem, detail: Four }, message: ["5.7.1 ..."]`: the
    /// code as the names of its digits.
    private static func readLettre(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let place = line.first("severity: ") else { return }
        let end = min(line.bytes.count, place.lowerBound + 200)
        func digit(_ names: [(StaticString, Int)]) -> Int? {
            names.first { line.bytes.firstIndex(of: $0.0, in: place.lowerBound..<end) != nil }?.1
        }
        guard
            let severity = digit([
                ("permanentnegative", 5), ("transientnegative", 4), ("positiveintermediate", 3),
                ("positivecompletion", 2),
            ]),
            let category = digit([
                ("category: syntax", 0), ("category: information", 1), ("category: connections", 2),
                ("category: unspecified3", 3), ("category: unspecified4", 4), ("category: mailsystem", 5),
            ]),
            let detail = digit([
                ("detail: zero", 0), ("detail: one", 1), ("detail: two", 2), ("detail: three", 3), ("detail: four", 4),
                ("detail: five", 5), ("detail: six", 6), ("detail: seven", 7), ("detail: eight", 8),
                ("detail: nine", 9),
            ])
        else { return }
        envelope.code = ReplyCode(rawValue: severity * 100 + category * 10 + detail)
        let words = (line.first("message: [") ?? line.first("source: "))?.upperBound ?? end
        envelope.words = words..<line.bytes.count
    }
}
