/// What client libraries print: PHPMailer, Swift Mailer and Symfony, nodemailer, smtplib, JavaMail, MailKit, Go, lettre,
/// Net::SMTP.
enum Exceptions: EnvelopeFormat {
    static let marks: [Mark] = [
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
    ]
}
