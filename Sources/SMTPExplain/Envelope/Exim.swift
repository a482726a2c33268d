/// Exim: `1rA ** a@b.example R=dnslookup T=remote_smtp H=mx.b.example [192.0.2.1]: SMTP error from remote mail server after
/// RCPT TO:<a@b.example>: 550 ...`; `==` instead of `**` where it will try again.
enum Exim: EnvelopeFormat {
    static let marks: [Mark] = [
        .init(" ** ", .outcome(.permanent)),
        .init(" == ", .outcome(.transient)),
        .init("mail server after ", .command),
        .init("error after ", .command),
        .init("rejected ", .command),
        .init("h=", .host),
        .init("rcpt to:", .recipient),
        .init(" f=<", .sender),
        .init(" c=", .reply),
    ]
}
