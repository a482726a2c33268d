/// What command-line clients say of a reply in sentences of their own, before it and behind it: msmtp, swaks, curl, mailx.
enum Clients: EnvelopeFormat {
    static let marks: [Mark] = [
        // msmtp, on its error stream and in its log: `msmtp: recipient address a@b.example not accepted by the server`, then
        // `msmtp: server message: 550 5.1.1 ...` and `msmtp: could not send mail (account default from ...)`.
        .init("server message:", .reply),
        .init("smtpmsg='", .reply),
        .init("msmtp: recipient address ", .stage(.rcpt)),
        .init("errormsg='recipient address ", .stage(.rcpt)),
        .init("msmtp: envelope from address ", .stage(.mail)),
        .init("errormsg='envelope from address ", .stage(.mail)),
        .init("msmtp: could not send mail", .end),
        .init("' errormsg=", .end),
        // swaks: ` -> RCPT TO:<a@b.example>`, `<** 550 5.1.1 ...`, ` -> QUIT`.
        .init("<**", .reply), .init("<-", .reply), .init("<~", .reply), .init("<~*", .reply),
        .init(" -> quit", .end),
        .init(" -> rset", .end),
        // curl: `* RCPT failed: 550`, `curl: (55) RCPT failed: 550`.
        .init("rcpt failed:", .stage(.rcpt)),
        .init("mail failed:", .stage(.mail)),
        .init("* rcpt failed:", .end),
        .init("* mail failed:", .end),
        .init("curl: (", .end),
        // mailx.
        .init(". . . message not sent", .end),
    ]

    /// swaks: what it last sent before the reply that it marks as a refusal.
    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let reply = line.first("<**"),
            let sent = line.bytes[..<reply.lowerBound].indices.last(where: { line.bytes.has("-> ", at: $0) })
        else { return }
        envelope.command = MarkedLine.command(in: line.bytes, at: sent + 3)
    }
}
