/// Stalwart's log: `SMTP RCPT TO rejected (...) hostname = "mx.b.example", code = 550, details = "No such user"`.
enum Stalwart: EnvelopeFormat {
    static let marks: [Mark] = []
}
