import SMTPCatalog

/// KumoMTA's log: `{"type":"Bounce","recipient":"...","response":{"code":550,"enhanced_code":{"class":5,"subject":1,
/// "detail":1},"content":"...","command":"RCPT TO:<...>"},"peer_address":{"name":"mx.b.example",...}}`.
enum KumoMTA: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("\"code\":", .parts),
        .init("\"class\":", .parts),
        .init("\"subject\":", .parts),
        .init("\"detail\":", .parts),
        .init("\"content\":", .parts),
        .init("\"command\":\"", .command),
        .init("\"name\":\"", .host),
        .init("\"recipient\":\"", .recipient),
        .init("\"sender\":\"", .sender),
        .init("\"type\":\"bounce\"", .outcome(.permanent)),
        .init("\"type\":\"transientfailure\"", .outcome(.transient)),
        .init("\"type\":\"expiration\"", .outcome(.permanent)),
        .init("\"type\":\"delivery\"", .outcome(.success)),
    ]

    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        guard let code = line.first("\"code\":"), let content = line.first("\"content\":"),
            let number = line.number(at: code.upperBound)
        else { return }
        envelope.code = ReplyCode(rawValue: number)
        envelope.words = line.quoted(at: content.upperBound)
        if let digit = line.first("\"class\":").flatMap({ line.number(at: $0.upperBound) }),
            let subject = line.first("\"subject\":").flatMap({ line.number(at: $0.upperBound) }),
            let detail = line.first("\"detail\":").flatMap({ line.number(at: $0.upperBound) })
        {
            envelope.enhanced = EnhancedCode(classDigit: digit, subject: subject, detail: detail)
        }
    }
}
