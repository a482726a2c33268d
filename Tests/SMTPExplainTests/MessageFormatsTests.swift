import SMTPCatalog
import Testing

@testable import SMTPExplain

/// How mail systems write their messages: one of each, in words of our own.
struct MessageFormatsTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: MessageKind
        /// Address and action.
        let recipients: [String]
        let category: Category?
        let message: String

        init(_ name: String, _ kind: MessageKind, _ recipients: [String], _ category: Category?, _ message: String) {
            self.name = name
            self.kind = kind
            self.recipients = recipients
            self.category = category
            self.message = message
        }

        var testDescription: String { name }
    }

    private static let daemon = "From: Mail Delivery System <MAILER-DAEMON@mx.a.example>\nTo: chris@a.example\n"

    // swift-format-ignore
    static let samples: [Sample] = [
        // MARK: Failures in words
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
        .init("InterScan", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: postmaster@a.example
            To: <chris@a.example>
            Subject: Mail could not be delivered

            ****** Message from InterScan Messaging Security Suite ******

            Sent <<< RCPT TO:<pat@b.example>
            Received >>> 550 5.1.1 unknown user.

            Unable to deliver message to <pat@b.example> (and other recipients in the same domain).

            ************************     End of message     **********************
            """),
        .init("Symantec and others: a label and a reason", .failure, ["pat@b.example failed"], .unknownRecipient, daemon + """
            Subject: Delivery Failure

            Could not deliver message to the following recipient(s):

            Failed Recipient: pat@b.example
            Reason: Remote host said: 550 5.1.1 unknown user

               -- The header and top 20 lines of the message follows --

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
        .init("KDDI", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: <Postmaster@c.example>
            To: chris@a.example
            Subject: Mail System Error - Returned Mail

            Your mail sent on: Tue, 3 Mar 2026 10:00:00 +0900
                Could not be delivered to: <pat@b.example>
                As their mailbox is full.
            """),
        .init("ezweb: rejected by a remote server", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Postmaster@c.example
            To: chris@a.example
            Subject: Mail System Error - Returned Mail

            Each of the following recipients was rejected by a remote mail server.
            The reasons given by the server are included.

                Recipient: <pat@b.example>
                >>> RCPT TO:<pat@b.example>
                <<< 550 <pat@b.example>: User unknown
            """),
        .init("MDaemon's warning of the subject", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: MDaemon@b.example
            To: chris@a.example
            Subject: Warning: pat@b.example - User unknown!

            pat@b.example - no such user here.

            There is no user by that name at this server.
            """),
        .init("MailFoundry", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: MAILER-DAEMON <postmaster@c.example>
            To: chris@a.example
            Subject: Message delivery has failed

            Unable to deliver message to: <pat@b.example>
            Delivery failed for the following reason:
            Server mx2.b.example[192.0.2.17] failed with: 550 <pat@b.example> No such user here

            This has been a permanent failure.  No further delivery attempts will be made.
            """),
        .init("MailMarshal", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: postmaster@c.example
            To: chris@a.example
            Subject: Undeliverable Mail: Lunch

            Your message:
               From:    chris@a.example
               Subject: Lunch

            Could not be delivered because of

            550 5.1.1 User unknown

            The following recipients were affected:
                pat@b.example

            Additional Information
            ======================
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
        .init("amavisd-new", .failure, ["pat@b.example failed"], .contentRejected, """
            From: "Content-filter at mx.b.example" <postmaster@mx.b.example>
            To: chris@a.example
            Subject: Undeliverable mail, BANNED contents type (.exe,setup.exe)

            The message WAS NOT relayed to:
              <pat@b.example>:
                 554 5.7.0 Reject, id=00291-06 - BANNED: .exe,setup.exe

            This nondelivery report was generated by the program amavisd-new at
            host mx.b.example. Our internal reference code for your message is
            00291-06/UM3XkQ
            """),
        .init("a carrier of old phones", .failure, ["5550100@b.example failed"], .unknownRecipient, """
            From: post_master@b.example
            To: chris@a.example
            Subject: Undeliverable Message

            Error: user unknown

            The following destination addresses were unknown (please check the addresses and re-mail the message):

            SMTP <5550100@b.example>

            Date: Tue, 3 Mar 2026 10:00:00 +0000
            """),
        .init("Zoho", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: mailer-daemon@mail.a.example
            To: chris@a.example
            Subject: Undelivered Mail Returned to Sender

            This message was created automatically by mail delivery software.
             A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

            pat@b.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <pat@b.example>... User Unknown

            Received:from mail.a.example by mx.a.example
            """),
        .init("a form with columns", .failure, ["pat@b.example failed"], .mailboxFull, daemon + """
            Subject: Delivery problem

            ---The following addresses had delivery errors---

            pat@b.example [Mailbox full]
            """),
        .init("a filter's sentence", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <postmaster@mx.b.example>
            To: chris@a.example
            Subject: Undeliverable message

            We had trouble delivering your message. Full details follow:

            Subject: 'Lunch'
            Date: 'Tue, 3 Mar 2026 10:00:00 +0000'

            1 error(s):

            SMTP Server <mx2.b.example> rejected recipient <pat@b.example>
              (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]
            """),
        .init("the sender is no recipient", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: MAILER-DAEMON@b.example
            To: bounces@a.example
            Subject: Returned mail

            A message sent by
            <chris@a.example>
            could not be delivered to
            <pat@b.example>
            550 5.1.1 User unknown

            If you need help, write to help@b.example or to postmaster@b.example.
            Addresses here look like first.last@b.example, for example jane.doe@b.example.
            """),

        // MARK: Other languages
        .init("French", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Service de messagerie <postmaster@b.example>
            To: chris@a.example
            Subject: =?utf-8?Q?Non_remis=C2=A0:_D=C3=A9jeuner?=
            Content-Type: text/plain; charset=utf-8

            Votre message à pat@b.example n'a pas pu être remis.

            Raison : utilisateur inconnu.

            Pour toute question, contactez aide@b.example.
            """),
        .init("Spanish", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: Correo <postmaster@b.example>
            To: chris@a.example
            Subject: No se pudo entregar el mensaje
            Content-Type: text/plain; charset=utf-8

            No se ha podido entregar su mensaje al siguiente destinatario:
              pat@b.example
            Motivo: 552 5.2.2 El buzón está lleno
            """),
        .init("Portuguese", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: Sistema de correio <mailer-daemon@b.example>
            To: chris@a.example
            Subject: Falha na entrega da mensagem
            Content-Type: text/plain; charset=utf-8

            A sua mensagem não pôde ser entregue.
            Destinatário: pat@b.example
            Motivo: 550 5.1.1 usuário desconhecido
            """),
        .init("Italian", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: postmaster@b.example
            To: chris@a.example
            Subject: Mancata consegna
            Content-Type: text/plain; charset=iso-8859-1

            Il messaggio non \u{e8} stato recapitato al destinatario <pat@b.example>
            Errore: 550 5.1.1 utente sconosciuto
            """),
        .init("Russian", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: mailer-daemon@b.example
            To: chris@a.example
            Subject: Не удалось доставить сообщение
            Content-Type: text/plain; charset=utf-8

            Ваше сообщение не было доставлено.
            Получатель: pat@b.example
            Причина: 550 5.1.1 пользователь не найден
            """),
        .init("Japanese", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <MAILER-DAEMON@b.example>
            To: chris@a.example
            Subject: =?utf-8?B?44Oh44O844Or44KS6YCB5L+h44Gn44GN44G+44Gb44KT44Gn44GX44Gf?=
            Content-Type: text/plain; charset=utf-8

            お客様のメールは配信できませんでした。

            宛先：pat@b.example
            理由：550 5.1.1 User unknown
            """),
        .init("Chinese", .failure, ["pat@b.example failed"], .unknownRecipient, """
            From: <postmaster@b.example>
            To: chris@a.example
            Subject: 系统退信
            Content-Type: text/plain; charset=utf-8

            很抱歉，您的邮件被退回。
            收件人：pat@b.example
            退信原因：550 5.1.1 User not found
            """),
        .init("Korean", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: <postmaster@b.example>
            To: chris@a.example
            Subject: 메일이 반송되었습니다
            Content-Type: text/plain; charset=utf-8

            메일을 전송하지 못했습니다.
            받는사람: pat@b.example
            사유: 552 5.2.2 Mailbox full
            """),

        // MARK: Delays
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

        // MARK: What fails nobody
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
        .init("a filter's refusal by receipt", .failure, ["pat@b.example failed"], .mailboxFull, """
            From: Mail Sieve Subsystem <postmaster@b.example>
            To: chris@a.example
            Subject: Automatically rejected mail
            Auto-Submitted: auto-replied (rejected)
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            Your message to <pat@b.example> was automatically rejected:
            Quota exceeded
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: box; Dovecot Mail Delivery Agent
            Final-Recipient: rfc822; pat@b.example
            Disposition: automatic-action/MDN-sent-automatically; deleted

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

    @Test("a message is read as its mail system means it", arguments: samples)
    func isRead(sample: Sample) {
        for lineEnd in ["\n", "\r\n"] {
            let message = sample.message.replacing("\n", with: lineEnd)
            let it = explainer.explain(message: message.utf8)
            let recipients = Array(it.recipients)
            #expect(it.kind == sample.kind)
            #expect(recipients.map { "\($0.recipient ?? "-") \($0.action ?? "-")" } == sample.recipients)
            guard let first = recipients.first else { continue }
            if let category = sample.category {
                #expect(first.explanation.category == category, "\(first.diagnostic ?? "") \(first.explanation.trace)")
            }
            switch first.action {
            case "failed": #expect(first.explanation.disposition == .permanent)
            case "delayed": #expect(first.explanation.disposition == .transient)
            default: #expect(first.explanation.disposition == .success)
            }
            for recipient in recipients where recipient.action != "failed" {
                #expect(recipient.explanation.action != .suppress)
            }
        }
    }
}
