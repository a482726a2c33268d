extension MessageSample {
    /// Whoever writes these goes on trying.
    // swift-format-ignore
    static let delays: [Self] = [
        .init("Exim's warning", .delay, ["pat@b.example delayed"], nil, daemon + """
            Subject: Warning: message 1wXyZa-0 delayed 24 hours

            This message was created automatically by mail delivery software.
            A message that you sent has not yet been delivered to one or more of its
            recipients after more than 24 hours on the queue on mx.a.example.

            The message identifier is:     1wXyZa-0
            The subject of the message is: Lunch

            The address to which the message has not yet been delivered is:

              pat@b.example
                Delay reason: connection timed out

            No action is required on your part. Delivery attempts will continue for
            some time, and this warning may be repeated at intervals if the message
            remains undelivered. Eventually the mail delivery software will give up,
            and when that happens, the message will be returned to you.
            """),
        .init("Sendmail's warning", .delay, ["pat@b.example delayed"], nil, daemon + """
            Subject: Warning: could not send message for past 4 hours
            Auto-Submitted: auto-generated (warning-timeout)

                **********************************************
                **      THIS IS A WARNING MESSAGE ONLY      **
                **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
                **********************************************

            The original message was received at Tue, 3 Mar 2026 10:00:00 GMT
            from box4.a.example [192.0.2.9]

               ----- The following addresses had transient non-fatal errors -----
            <pat@b.example>

               ----- Transcript of session follows -----
            451 4.4.1 reply: read error from mx2.b.example.
            <pat@b.example>... Deferred: Connection timed out with mx2.b.example.
            Warning: message still undelivered after 4 hours
            Will keep trying until message is 5 days old
            """),
        .init("Postfix's warning", .delay, ["pat@b.example delayed"], .greylisted, daemon + """
            Subject: Delayed Mail (still being retried)

            ####################################################################
            # THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
            ####################################################################

            Your message could not be delivered for more than 4 hour(s).
            It will be retried until it is 5 day(s) old.

            <pat@b.example>: host mx2.b.example[192.0.2.17] said: 450 4.2.0 Greylisted
                (in reply to RCPT TO command)
            """),
        .init("Exchange's delay", .delay, ["pat@b.example delayed"], nil, """
            From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@a.example>
            To: chris@a.example
            Subject: Delayed: Lunch

            Delivery is delayed to these recipients or groups:

            pat@b.example (pat@b.example)

            Subject: Lunch

            This message hasn't been delivered yet. Delivery will continue to be attempted.

            The server will keep trying to deliver this message for the next 1 days, 19 hours and 51 minutes.
            """),
        .init("OpenSMTPD's delay", .delay, ["pat@b.example delayed"], nil, """
            From: Mailer Daemon <MAILER-DAEMON@mx.a.example>
            To: chris@a.example
            Subject: Delivery status notification: delayed

                Hi!

                This is the MAILER-DAEMON, please DO NOT REPLY to this email.

                A message is delayed for more than 4 hours for the following
                list of recipients:

            pat@b.example: Network error on destination MXs

                Please note that this is only a temporary failure report.
                The message is kept in the queue for up to 4 days.
                You DO NOT NEED to re-send the message to these recipients.
            """),
    ]

    /// These fail nobody.
    // swift-format-ignore
    static let failNobody: [Self] = [
        .init("a vacation note of Microsoft 365", .autoReply, [], nil, """
            From: Pat <pat@b.example>
            To: chris@a.example
            Return-Path: <>
            Subject: Automatic reply: Lunch
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            In-Reply-To: <m1@a.example>

            I am away. My old mailbox pat@c.example no longer exists; write to kim@b.example.
            """),
        .init("a vacation note from the postmaster", .autoReply, [], nil, """
            From: postmaster@b.example
            To: chris@a.example
            Return-Path: <postmaster@b.example>
            Subject: =?utf-8?Q?Abwesenheitsnotiz:_Mittagessen?=

            Ich bin nicht im Büro.
            """),
        .init("only its subject tells", .autoReply, [], nil, """
            From: Pat <pat@b.example>
            To: chris@a.example
            Subject: Out of office: back on Monday

            Please contact kim@b.example.
            """),
        .init("who has left calls the address undeliverable", .autoReply, [], nil, """
            From: Ann <ann@b.example>
            Subject: Undeliverable: new address
            In-Reply-To: <1@a.example>
            X-Autoreply: yes

            I have left. Mail to this address is undeliverable: please write to
            office@b.example instead.
            """),
        .init("only a header tells", .autoReply, [], nil, """
            From: Pat <pat@b.example>
            To: chris@a.example
            Subject: Re: Lunch
            Auto-Submitted: auto-replied

            Thanks, we come back to you.
            """),
        .init("a challenge", .challenge, [], nil, """
            From: pat@b.example
            To: chris@a.example
            Subject: Re: Lunch [please confirm your message]

            To ensure delivery of your message, please click on the following link:
            https://b.example/verify/1234
            My inbox is protected; this proves that you are a real person.
            """),
        .init("a read receipt", .receipt, [], nil, """
            From: Pat <pat@b.example>
            To: chris@a.example
            Subject: Read: Lunch
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            This is a receipt for the mail that you sent to pat@b.example.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: box; Mail
            Final-Recipient: rfc822; pat@b.example
            Original-Message-ID: <m1@a.example>
            Disposition: manual-action/MDN-sent-manually; displayed

            --b--
            """),
        .init("a DMARC report", .report, [], nil, """
            From: noreply-dmarc@b.example
            To: dmarc@a.example
            Subject: Report Domain: a.example Submitter: b.example Report-ID: 17
            MIME-Version: 1.0
            Content-Type: application/gzip; name="b.example!a.example!1772400000!1772486399.xml.gz"
            Content-Transfer-Encoding: base64

            H4sIAAAAAAAA
            """),
        .init("a TLS report", .report, [], nil, """
            From: tlsrpt@b.example
            To: tlsrpt@a.example
            Subject: Report
            TLS-Report-Domain: a.example
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type="tlsrpt"; boundary=b

            --b

            This is an aggregate TLS report from b.example
            --b
            Content-Type: application/tlsrpt+gzip

            x
            --b--
            """),
        .init(
            "a vacation note to a bounce", .autoReply, [], nil,
            """
            From: "Pat Smith" <pat@b.example>
            To: chris@a.example
            Return-Path: <>
            Subject: Automatic reply: Undeliverable: Lunch
            Auto-Submitted: auto-generated

            I am out of the office until Monday.
            """),
        .init(
            "a person's answer to a bounce", .other, [], nil,
            """
            From: kim@c.example
            To: chris@a.example
            Subject: Re: Undeliverable: Lunch
            In-Reply-To: <m1@a.example>

            I got this as well. My provider says that the address pat@b.example does not exist.
            """),
        .init(
            "Sun's server, two recipients", .failure, ["pat@b.example failed", "kim@b.example failed"], .unknownRecipient,
            """
            From: Internet Mail Delivery <postmaster@mx.c.example>
            To: chris@a.example
            Subject: Delivery Notification: Delivery has failed

            This report relates to a message you sent with the following header fields:

              Message-id: <m1@a.example>
              From: Chris <chris@a.example>
              To: zoe@b.example
              Subject: Lunch

            Your message cannot be delivered to the following recipients:

              Recipient address: pat@b.example
              Reason: Remote SMTP server has rejected address
              Diagnostic code: smtp;550 5.1.1 <pat@b.example>... User Unknown

              Recipient address: kim@b.example
              Reason: Over quota
            """),
        .init("an ordinary letter about mail", .other, [], nil, """
            From: kim@c.example
            To: chris@a.example
            Subject: Re: mail problems

            Yesterday I got 550 5.1.1 user unknown for pat@b.example. What shall I do?
            """),
        .init("a success", .success, ["pat@b.example delivered"], nil, daemon + """
            Subject: Successful Mail Delivery Report
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            Your message was successfully delivered to the destination(s) listed below.
            <pat@b.example>: delivery via mx2.b.example: 250 2.0.0 Ok
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.a.example

            Final-Recipient: rfc822; pat@b.example
            Action: delivered
            Status: 2.0.0
            --b--
            """),
    ]
}
