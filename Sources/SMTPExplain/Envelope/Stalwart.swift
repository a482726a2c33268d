import SMTPCatalog

/// Stalwart's log: `SMTP RCPT TO rejected (...) hostname = "mx.b.example", to = "a@b.example", code = 550, details = "No such
/// user"`.
enum Stalwart: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("code = ", .parts),
        .init("details = ", .parts),
        .init("hostname = \"", .host),
        .init("to = \"", .recipient),
        .init("from = \"", .sender),
        .init("rcpt to rejected", .stage(.rcpt)),
        .init("mail from rejected", .stage(.mail)),
        .init("ehlo rejected", .stage(.ehlo)),
        .init("data rejected", .stage(.data)),
        .init("auth rejected", .stage(.auth)),
    ]

    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let code = line.first("code = "), let number = line.number(at: code.upperBound),
            let details = line.first("details = ")
        else { return }
        envelope.code = ReplyCode(rawValue: number)
        envelope.words = line.quoted(at: details.upperBound)
    }
}
