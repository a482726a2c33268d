private let amazonSESTroubleshooting = "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html"
private let mailgunSuppressions = "https://documentation.mailgun.com/"
private let sendGridEvents = "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event"
private let oracleTroubleshooting = "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm"

extension Provider {
    /// Services that send mail for their customers: what they say of the customer's own requests.
    // swift-format-ignore
    static let sendingServices: [Provider] = [
        Provider("Amazon SES", .sender,
            signatures: [
                .host("amazonaws.com"),
                .text("amazonses.com"),
            ],
            links: [
                Link("Amazon SES: SMTP troubleshooting", .documentation, amazonSESTroubleshooting),
            ],
            codes: [
                .init(saying: "Too many concurrent SMTP connections", [421], .rateLimited, "Too many connections are open to the SMTP endpoint.", "Open fewer connections.", amazonSESTroubleshooting),
                .init(saying: "Temporary service failure", [451, 454], .systemUnavailable, "Amazon SES could not process the request.", "Retry with back-off.", amazonSESTroubleshooting),
                .init(saying: "Timeout waiting for data from client", [451], .networkFailure, "The client paused for too long.", "Send data promptly, and retry.", amazonSESTroubleshooting),
                .init(saying: "Daily message quota exceeded", [454], .rateLimited, "The account has used up its 24-hour quota.", "Wait, or have the quota raised.", amazonSESTroubleshooting),
                .init(saying: "Maximum sending rate exceeded", [454], .rateLimited, "More messages arrived per second than are allowed.", "Send more slowly.", amazonSESTroubleshooting),
                .init(saying: "Temporary authentication failure", [454], .systemUnavailable, "Amazon SES could not check the credentials just now.", "Retry later.", amazonSESTroubleshooting),
                .init(saying: "530 Authentication required", [530], .credentials, "The client did not log in.", "Configure SMTP credentials in the client.", amazonSESTroubleshooting),
                .init(saying: "Authentication Credentials Invalid", [535], .credentials, "The SMTP credentials are wrong.", "Create SMTP credentials for Amazon SES, which are not the same as AWS keys.", amazonSESTroubleshooting),
                .init(saying: "Account not subscribed to SES", [535], .credentials, "The account is not enabled for Amazon SES.", "Sign up for Amazon SES.", amazonSESTroubleshooting),
                .init(saying: "Message is too long", [552], .messageTooLarge, "The message is larger than Amazon SES allows.", "Make the message smaller.", amazonSESTroubleshooting),
                .init(saying: "Invalid email address", [553], .badSenderAddress, "The address in MAIL FROM has a syntax error.", "Correct the sender address.", amazonSESTroubleshooting),
                .init(saying: "address unknown", [553], .badRecipientAddress, "The address in RCPT TO has a syntax error.", "Correct the recipient address.", amazonSESTroubleshooting),
                .init(saying: "is not authorized to perform ses:SendRawEmail", [554], .policy, "An IAM policy or a sending policy forbids this send.", "Grant the missing permission.", amazonSESTroubleshooting),
                .init(saying: "Email address is not verified", [554], .badSenderAddress, "The identity of the sender, or of a recipient in the sandbox, is not verified.", "Verify the address or its domain.", amazonSESTroubleshooting),
                .init(saying: "on the suppression list for your account", [], .suppressed, "Amazon SES did not send: the address is on the suppression list of your account.", "Take the address off that list only if you know that it works again.", "https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html"),
                .init(saying: "has suppressed sending to this address", [], .suppressed, "Amazon SES did not send: mail of others to this address has bounced lately.", "Send again only if you know that the address works.", "https://docs.aws.amazon.com/ses/latest/dg/sending-email-global-suppression-list.html"),
                .init(saying: "DSN is not RFC 3464 compliant", [554], .protocolError, "A bounce went to another address than the return path of Amazon SES.", "Send bounces to the envelope sender only.", "https://github.com/sisimai/p5-sisimai/issues/387"),
            ]),
        Provider("Mailgun", .sender,
            signatures: [
                .host("mailgun.org"),
                .host("mailgun.net"),
            ],
            links: [
                Link("Mailgun: documentation", .documentation, "https://documentation.mailgun.com/"),
            ],
            codes: [
                .init("605", [], .suppressed, "Mailgun did not send: an earlier message to the address bounced.", "Take the address off your list of bounces only if you know that it works again.", "https://pastebin.com/PBCjgYGX"),
                .init("606", [], .suppressed, "Mailgun did not send: the recipient has unsubscribed.", "Stop mailing the address, unless the recipient asks for it.", mailgunSuppressions, confirmed: false),
                .init("607", [], .suppressed, "Mailgun did not send: the recipient has reported your mail as spam.", "Stop mailing the address.", mailgunSuppressions, confirmed: false),
                .init(saying: "Not delivering to previously bounced address", [], .suppressed, "Mailgun did not send: an earlier message to the address bounced.", "Take the address off your list of bounces only if you know that it works again.", "https://pastebin.com/PBCjgYGX"),
                .init(saying: "Not delivering to unsubscribed address", [], .suppressed, "Mailgun did not send: the recipient has unsubscribed.", "Stop mailing the address, unless the recipient asks for it.", mailgunSuppressions, confirmed: false),
                .init(saying: "Not delivering to a user who marked your messages as spam", [], .suppressed, "Mailgun did not send: the recipient has reported your mail as spam.", "Stop mailing the address.", mailgunSuppressions, confirmed: false),
            ]),
        Provider("SendGrid", .sender,
            signatures: [
                .host("sendgrid.net"),
            ],
            links: [
                Link("SendGrid: events", .documentation, sendGridEvents),
            ],
            codes: [
                .init(saying: "not authorized to send from that email address", [403], .badSenderAddress, "The From address is no verified sender of your account.", "Verify the sender, or send from one that is verified.", "https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/"),
                .init(saying: "Bounced Address", [], .suppressed, "SendGrid did not send: an earlier message to the address bounced.", "Take the address off your list of bounces only if you know that it works again.", sendGridEvents),
                .init(saying: "Unsubscribed Address", [], .suppressed, "SendGrid did not send: the recipient has unsubscribed.", "Stop mailing the address, unless the recipient asks for it.", sendGridEvents),
                .init(saying: "Spam Reporting Address", [], .suppressed, "SendGrid did not send: the recipient has reported your mail as spam.", "Stop mailing the address.", sendGridEvents),
            ]),
        Provider("Postmark", .sender,
            signatures: [
                .host("mtasv.net"),
            ],
            links: [
                Link("Postmark: error codes of its API", .documentation, "https://postmarkapp.com/developer/api/overview"),
            ],
            codes: [
                .init(saying: "marked as inactive", [], .suppressed, "Postmark did not send: the address is inactive after a bounce, a complaint or by hand.", "Make the address active there only if you know that it works again.", "https://postmarkapp.com/developer/api/overview"),
            ]),
        Provider("Oracle Email Delivery", .sender,
            signatures: [
                .host("oci.oraclecloud.com"),  // SMTP endpoints
                .host("oracleemaildelivery.com"),  // return paths
            ],
            links: [
                Link("Oracle: Email Delivery troubleshooting", .documentation, oracleTroubleshooting),
            ],
            codes: [
                .init("4.7.1", saying: "Suppression for user", [254], .suppressed, "Oracle took the message but does not send it: the recipient is on your suppression list.", "Count it as not delivered. Take the address off that list only if you know that it works again.", oracleTroubleshooting),
                .init(saying: "Maximum messages sent per minute reached", [455], .rateLimited, "The account passed its limit for a minute.", "Send more slowly, or have the limit raised.", oracleTroubleshooting, lasts: 60),
                .init(saying: "Maximum messages sent per day reached", [455], .rateLimited, "The account passed its limit for a day.", "Wait a day, or have the limit raised.", oracleTroubleshooting, lasts: 86400),
                .init(saying: "Too many auth failures", [421], .credentials, "The IP is slowed down because of wrong logins, or senders that are not approved.", "Correct the SMTP credentials, and approve the sender.", oracleTroubleshooting),
                .init(saying: "not a valid Base64 string", [501], .credentials, "What the client sent with AUTH PLAIN is not base64.", "Correct the client.", oracleTroubleshooting),
            ]),
        Provider("Emailit", .sender,
            signatures: [
                .host("emailit.com"),
            ],
            links: [
                Link("Emailit: SMTP troubleshooting", .documentation, "https://emailit.com/docs/smtp/troubleshooting.md"),
            ],
            codes: [
                .init(saying: "Messages per second limit exceeded", [452], .rateLimited, "The account passed its limit for a second.", "Send more slowly.", "https://emailit.com/docs/smtp/troubleshooting.md", lasts: 1, confirmed: false),
                .init(saying: "Daily message limit exceeded", [452], .rateLimited, "The account passed its limit for a day; the number of recipients is not at fault.", "Wait a day, or have the limit raised.", "https://emailit.com/docs/smtp/troubleshooting.md", lasts: 86400, confirmed: false),
            ]),
    ]
}
