extension MessageSample {
    /// Mail servers, each in its own words.
    // swift-format-ignore
    static let failuresOfServers: [Self] = [
        .init("qmail", .failure, ["pat@b.example failed"], .unknownRecipient, daemon + """
            Subject: failure notice

            Hi. This is the qmail-send program at mx.a.example.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <pat@b.example>:
            192.0.2.17 does not like recipient.
            Remote host said: 550 5.1.1 No such mailbox
            Giving up on 192.0.2.17.

            --- Below this line is a copy of the message.

            Return-Path: <chris@a.example>
            Received: (qmail 9 invoked by uid 5); 3 Mar 2026 10:00:00 -0000
            From: chris@a.example
            To: pat@b.example
            Subject: Lunch

            """),
        .init("Exim, with an alias", .failure, ["team@a.example failed"], .unknownRecipient, """
            X-Failed-Recipients: pat@b.example
            Auto-Submitted: auto-replied
            From: Mail Delivery System <Mailer-Daemon@mx.a.example>
            To: chris@a.example
            Subject: Mail delivery failed: returning message to sender

            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              pat@b.example
                (generated from team@a.example)
                host mx2.b.example [192.0.2.17]
                SMTP error from remote mail server after RCPT TO:<pat@b.example>:
                550 5.1.1 No such mailbox

            ------ This is a copy of the message, including all the headers. ------

            Return-path: <chris@a.example>
            """),
        .init("Sendmail of old, transcript only", .failure, ["pat@b.example failed", "kim@b.example failed"], .unknownRecipient, """
            From: MAILER-DAEMON@a.example (Mail Delivery Subsystem)
            Subject: Returned mail: User unknown
            To: chris@a.example

               ----- Transcript of session follows -----
            ... while talking to mx2.b.example.:
            >>> RCPT To:<pat@b.example>
            <<< 550 5.1.1 No such mailbox
            550 <pat@b.example>... User unknown
            >>> RCPT To:<kim@b.example>
            <<< 550 5.1.1 No such mailbox
            550 <kim@b.example>... User unknown

               ----- Unsent message follows -----
            Received: from box.a.example by a.example (5.65/1.35)
            """),
        .init("Sendmail, SPF behind a local summary", .failure, ["pat@b.example failed"], .senderUnauthenticated, daemon + """
            Subject: Returned mail: see transcript for details
            Auto-Submitted: auto-generated (failure)

            The original message was received at Tue, 3 Mar 2026 10:00:00 GMT
            from box4.a.example [192.0.2.9]

               ----- The following addresses had permanent fatal errors -----
            <pat@b.example>
                (reason: 553 5.7.1 SPF check failed for a.example)

               ----- Transcript of session follows -----
            ... while talking to mx2.b.example.:
            >>> DATA
            <<< 553 5.7.1 SPF check failed for a.example
            550 5.1.1 <pat@b.example>... User unknown
            <<< 503 5.0.0 Need RCPT (recipient)
            """),
        .init("Postfix in words", .failure, ["pat@b.example failed", "kim@b.example failed"], .mailboxFull, daemon + """
            Subject: Undelivered Mail Returned to Sender

            This is the mail system at host mx.a.example.

            I'm sorry to have to inform you that your message could not
            be delivered to one or more recipients. It's attached below.

            For further assistance, please send mail to postmaster@a.example.

                               The mail system

            <pat@b.example>: host mx2.b.example[192.0.2.17] said: 552 5.2.2
                <pat@b.example>: Mailbox full (in reply to RCPT TO command)

            <kim@b.example> (expanded from <kim@b.example>): host mx2.b.example[192.0.2.17] said: 552 5.2.2
                <boss@c.example>: Mailbox full (in reply to RCPT TO command)
            """),
        .init("hMailServer", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: mailer-daemon@a.example
            To: chris@a.example
            Subject: Message undeliverable: Lunch

            Your message did not reach some or all of the intended recipients.

               Sent: Tue, 3 Mar 2026 10:00:00 +0000
               Subject: Lunch

            The following recipient(s) could not be reached:

            pat@b.example
               Error Type: SMTP
               Remote server (192.0.2.17) issued an error.
               hMailServer sent: RCPT TO:<pat@b.example>
               Remote server replied: 550 5.1.1 No such mailbox

            hMailServer
            """),
        .init("IMail's line", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Postmaster <postmaster@b.example>
            To: chris@a.example
            Subject: Undeliverable Mail

            Unknown user: pat@b.example

            Original message follows.

            """),
        .init("IMail: too much mail", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: Postmaster <postmaster@b.example>
            To: chris@a.example
            Subject: Undeliverable Mail

            User mailbox exceeds allowed size: pat@b.example

            Original message follows.
            """),
        .init("LISTSERV's codes", .failure, ["pat@b.example failed"], .routingFailure, daemon + """
            Subject: Undelivered mail

            An error was detected while processing the enclosed message.

            --> Error description:
            Error-for:  pat@b.example
            Error-Code: 0
            Error-Text: Mailer mx2.b.example said: "554 5.4.6 Too many hops"

            Error-End:  One error reported.
            """),
        .init("MailEnable", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <POSTMASTER@a.example>
            To: <chris@a.example>
            Subject: Message Delivery Failure
            Auto-Submitted: auto-replied

            MailEnable: Message could not be delivered to some recipients.
            The following recipient(s) could not be reached:

            \tRecipient: [SMTP:pat@b.example]
            \tReason: Remote SMTP Server Returned: 550 5.1.1 No such user

            Message headers follow:

            Received: from box [192.0.2.1] by a.example
            """),
        .init("Domino", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Postmaster@b.example
            To: chris@a.example
            Subject: DELIVERY FAILURE: User pat (pat@b.example) not listed in Domino Directory

            Your message

              Subject: Lunch

            was not delivered to:

              pat@b.example

            because:

              User pat (pat@b.example) not listed in Domino Directory
            """),
        .init("Lotus Notes of old, the reason first", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Mail Router <MAILER-DAEMON@b.example>
            To: chris@a.example
            Subject: DELIVERY FAILURE

            ------- Failure Reasons  --------

            User not listed in public Name & Address Book
            pat@b.example

            ------- Returned Message --------

            """),
        .init("Novell GroupWise, a name without domain", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <Mailer-Daemon@b.example>
            To: chris@a.example
            Subject: Message status - undeliverable

            The message that you sent was undeliverable to the following:
            \tpat (user not found)

            """),
        .init("Exchange of old, an address of X.400 kind", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: postmaster@a.example
            To: chris@a.example
            Subject: Undeliverable: Lunch

            Your message

              To:      pat@b.example; kim@c.example
              Subject: Lunch
              Sent:    Tue, 3 Mar 2026 10:00:00 -0000

            did not reach the following recipient(s):

            c=US;a= ;p=ACME;o=Site;dda:SMTP=pat@b.example; on Tue, 3 Mar 2026
            10:00:03 -0000
                The recipient name is not recognized
                MSEXCH:IMS:ACME:SITE:HUB 0 (000C05A6) Unknown Recipient
            """),
        .init("Exchange, German, diagnostics below", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@a.example>
            To: chris@a.example
            Subject: =?utf-8?Q?Unzustellbar:_Mittagessen?=

            Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:

            pat@b.example
            Die eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die E-Mail-Adresse.

            Diagnoseinformationen für Administratoren:

            Generierender Server: exch.a.example

            pat@b.example
            #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

            Ursprüngliche Nachrichtenkopfzeilen:

            Received: from x
            """),
        .init("DragonFly Mail Agent", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: MAILER-DAEMON <>
            To: chris@a.example
            Subject: Mail delivery failed

            This is the DragonFly Mail Agent v0.13 at box.a.example.

            There was an error delivering your mail to <pat@b.example>.

            mx2.b.example [192.0.2.17] did not like our RCPT TO:
            552 5.2.2 <pat@b.example>: Mailbox full

            Original message follows.

            """),
        .init("MDaemon's warning of the subject", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: MDaemon@b.example
            To: chris@a.example
            Subject: Warning: pat@b.example - User unknown!

            pat@b.example - no such user here.

            There is no user by that name at this server.
            """),
        .init("Courier in words", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: "Courier mail server at mx.a.example" <@mx.a.example>
            To: chris@a.example
            Subject: NOTICE: mail delivery status.

            This is a delivery status notification from mx.a.example,
            running the Courier mail server, version 1.0.

            The original message was received on Tue, 03 Mar 2026 10:00:00 +0000
            from box.a.example

            ---------------------------------------------------------------------------

                                       UNDELIVERABLE MAIL

            Your message to the following recipients cannot be delivered:

            <pat@b.example>:
                 mx2.b.example [192.0.2.17]:
             >>> RCPT TO:<pat@b.example>
             <<< 550 5.1.1 No such mailbox

            ---------------------------------------------------------------------------
            """),
        .init("Stalwart, two outcomes in words", .failure, ["pat@b.example failed", "kim@c.example delayed"], .unknownRecipient, """
            From: Mail Delivery Subsystem <MAILER-DAEMON@a.example>
            To: chris@a.example
            Subject: Warning: Temporary and permanent failures during message delivery

                ----- Delivery to the following addresses failed -----
            <pat@b.example> (host 'mx2.b.example' rejected command 'RCPT TO:<pat@b.example>' with code 550 (5.1.1) 'No such mailbox')

                ----- There was a temporary problem delivering to these addresses -----
            <kim@c.example> (connection to 'mx.c.example' failed: timed out)
            """),
        .init("mox", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <postmaster@mx.a.example>
            To: chris@a.example
            Subject: mail delivery failed

            Delivery has failed permanently for your email to:

            \tpat@b.example

            No further deliveries will be attempted.

            Error during the last delivery attempt:

            \tsmtp: permanent error: 550 5.1.1 No such mailbox

            Full SMTP response:

            \t550 5.1.1 No such mailbox
            """),
        .init("maddy", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <MAILER-DAEMON@a.example>
            To: chris@a.example
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied

            This is the mail delivery system at mx.a.example.

            Unfortunately, your message could not be delivered to one or more recipients.

            Message ID: 9b1f04aa
            Arrival: Tue, 3 Mar 2026 10:00:00 +0000
            Delivery to pat@b.example failed with error: SMTP error 550: No such mailbox
            """),
        .init("chasquid", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Mail Delivery System <postmaster-dsn@a.example>
            To: chris@a.example
            Subject: Mail delivery failed: returning message to sender
            X-Failed-Recipients: pat@b.example,\u{20}

            Delivery of your message to the following recipient(s) failed permanently:

              - pat@b.example

            Technical details:
            - "pat@b.example" (EMAIL) failed permanently with error:
                RCPT TO 550 5.1.1 No such mailbox
            """),
        .init("Postal", .failure, ["pat@b.example failed"], nil, """
            From: Mail Delivery Service <route@b.example>
            To: chris@a.example
            Subject: Mail Delivery Failed (Lunch)

            The message you've sent cannot be delivered. Your original message is attached to this message.
            Message Token: Ab3dE@k2x9
            Mail from: chris@a.example
            Rcpt To: pat@b.example
            """),
        .init("James", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: postmaster@mx.a.example
            To: chris@a.example
            Subject: Lunch
            Auto-Submitted: auto-replied

            Hi. This is the James mail server at mx.a.example.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            Failed recipient(s):
            pat@b.example

            Error message:
            550 5.1.1 No such mailbox
            """),
        .init("Citadel", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Citadel
            To: chris@a.example
            Subject: Delivery Status Notification (Failure)

            A message you sent could not be delivered to some or all of its recipients.
            The following addresses were undeliverable:

            pat@b.example: 550 5.1.1 No such mailbox
            """),
        .init("Haraka in words", .failure, ["pat@b.example failed"], .unknownRecipient, daemon + """
            Subject: failure notice

            Hi. This is the Haraka Mailer program at mx.a.example.
            I'm afraid I wasn't able to deliver your message
                "Lunch"
            to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            Intended Recipients: <pat@b.example>
            Failure Reason: Some recipients failed: <pat@b.example>

            pat@b.example: 550 5.1.1 No such mailbox
            """),
        .init("KumoMTA in words", .failure, ["pat@b.example failed"], .unknownRecipient, daemon + """
            Subject: Returned mail

            The message was received at Tue, 3 Mar 2026 10:00:00 +0000
            from chris@a.example and addressed to pat@b.example.
            While communicating with mx2.b.example. (192.0.2.17):
            Response: 550 5.1.1 No such mailbox

            The message will be deleted from the queue.
            No further attempts will be made to deliver it.
            """),
    ]
}
