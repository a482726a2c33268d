/// Sendmail: `to=<a@b.example>, mailer=esmtp, relay=mx.b.example. [192.0.2.1], dsn=5.1.1, stat=User unknown`, and
/// the transcript of its bounces, `>>> RCPT To:<a@b.example>` above `<<< 550 5.1.1 User unknown`.
enum Sendmail: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("stat=deferred", .outcome(.transient)),
        .init("stat=sent", .outcome(.success)),
        // `sendmail -v`, and what mails like it: `a@b.example... Sent (Ok: queued as 4C1)`.
        .init("... sent (", .outcome(.success)),
        // It goes on trying.
        .init("could not send message for past", .outcome(.transient)),
        .init("stat=", .reason),
        .init("stat=", .reply),
        .init("<<<", .reply),
        .init(">>> ", .command),
        .init("talking to ", .host),
    ]
}
