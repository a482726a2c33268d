/// Postfix: `postfix/smtp[1]: 4C1: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host
/// mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))`, and
/// `<a@b.example>: host mx.b.example[192.0.2.1] said: ...` in its bounces.
enum Postfix: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("status=bounced", .outcome(.permanent)),
        .init("status=deferred", .outcome(.transient)),
        .init("status=sent", .outcome(.success)),
        .init("status=", .reasonInBracket),
        .init("status=", .reply),
        .init("said:", .reply),
        .init("said", .reply),
        .init("in reply to ", .end),
        .init("in reply to ", .command),
        .init("; from=<", .end),
        .init("relay=", .host),
        .init("host ", .host),
        .init("to=<", .recipient),
        .init(", from=<", .sender),
        .init("reject: ", .command),
    ]
}
