import SMTPCatalog
import Testing

/// What has to be read out of an input. What a row does not name must not be found.
struct Reading: Sendable, CustomTestStringConvertible {
    let input: String
    let code: ReplyCode?
    let enhanced: String?
    let text: String
    let command: String?
    let remoteHost: String?
    let recipient: String?

    init(
        _ input: String, _ code: ReplyCode?, _ enhanced: String?, _ text: String, command: String? = nil,
        host remoteHost: String? = nil, to recipient: String? = nil
    ) {
        self.input = input
        self.code = code
        self.enhanced = enhanced
        self.text = text
        self.command = command
        self.remoteHost = remoteHost
        self.recipient = recipient
    }

    init(
        _ input: String, _ code: ReplyCode?, _ text: String, command: String? = nil, host: String? = nil,
        to recipient: String? = nil
    ) {
        self.init(input, code, nil, text, command: command, host: host, to: recipient)
    }

    var testDescription: String { input.debugDescription }
}

// Hosts and addresses are of domains and networks reserved for examples (RFC 2606, RFC 5737, RFC 3849).

extension Reading {
    // swift-format-ignore
    static let bare: [Reading] = [
        .init("550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("550 No such user", 550, "No such user"),
        .init("250 2.1.5 Ok", 250, "2.1.5", "Ok"),
        .init("354 End data with <CR><LF>.<CR><LF>", 354, "End data with <CR><LF>.<CR><LF>"),
        .init("421", 421, ""),
        .init("550 ", 550, ""),
        .init("550 5.1.1", 550, "5.1.1", ""),
        .init("  550 5.1.1 No such user  \r\n", 550, "5.1.1", "No such user"),
        .init("550  5.1.1\tNo  such\tuser", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 <bob@corp.example>: User unknown", 550, "5.1.1", "<bob@corp.example>: User unknown", to: "bob@corp.example"),
        .init("550: No such user", 550, "No such user"),
        .init("550 5.1.1: No such user", 550, "5.1.1", "No such user"),
        .init("550 #5.1.0 Address rejected.", 550, "5.1.0", "Address rejected."),
        .init("550 (#5.1.1) No such user", 550, "5.1.1", "No such user"),
        .init("550 [5.1.1] No such user", 550, "5.1.1", "No such user"),
        .init("571 Go away", 571, "Go away"),
        .init("599 5.99.99 Odd", 599, "5.99.99", "Odd"),
        .init("\"550 5.1.1 No such user\"", 550, "5.1.1", "No such user"),
        .init("'550 5.1.1 No such user'", 550, "5.1.1", "No such user"),
        .init("\u{FEFF}550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 No such\u{0}user", 550, "5.1.1", "No such user"),
        .init("550 5.1.1 Empfänger gibt es nicht – 收件人不存在", 550, "5.1.1", "Empfänger gibt es nicht – 收件人不存在"),
        .init("No such user", nil, "No such user"),
        .init("<bob@corp.example>: mailbox is full", nil, "<bob@corp.example>: mailbox is full", to: "bob@corp.example"),
        .init("", nil, ""),
        .init(" \r\n\t ", nil, ""),
    ]

    // swift-format-ignore
    static let multiline: [Reading] = [
        .init("550-5.1.1 No such user here.\r\n550 5.1.1 Check the address.\r\n", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\r550 5.1.1 Check the address.\r", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\r\n\r\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-No such user here.\n550-\n550 Check the address.", 550, "No such user here. Check the address."),
        .init("550-No such user here.\n550", 550, "No such user here."),
        .init("550-No such user here.\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-5.1.1 No such user here.\n550 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("250-mx.corp.example\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 SMTPUTF8", 250, "mx.corp.example SIZE 52428800 8BITMIME SMTPUTF8"),
        .init("550-5.1.1 The account that you tried to reach\r\n    does not exist.", 550, "5.1.1", "The account that you tried to reach does not exist."),
        .init("550 5.1.1 The account that you tried to reach\n does not\n\texist.", 550, "5.1.1", "The account that you tried to reach does not exist."),
        // Joined by the log of the sending server.
        .init("550-5.1.1 No such user here. 550-5.1.1 Check the address 550 5.1.1 or ask. ", 550, "5.1.1", "No such user here. Check the address or ask."),
        .init("550-Blocked here. 550-See https://bl.example/ 550 and write to us.", 550, "Blocked here. See https://bl.example/ and write to us."),
        .init("550-5.1.1 No such user here.\\r\\n550 5.1.1 Check the address.", 550, "5.1.1", "No such user here. Check the address."),
        .init("550-No such user here.\\n550 Check the address.", 550, "No such user here. Check the address."),
        .init("\"550-5.1.1 No such \\\"user\\\" here.\\r\\n550 5.1.1 See https:\\/\\/help.example\\/a\"", 550, "5.1.1", "No such \"user\" here. See https://help.example/a"),
    ]

    // swift-format-ignore
    static let diagnostics: [Reading] = [
        .init("smtp;550 5.1.1 No such user", 550, "5.1.1", "No such user"),
        .init("smtp; 550-5.1.1 No such user\n 550 5.1.1 here", 550, "5.1.1", "No such user here"),
        .init("SMTP; 550 No such user", 550, "No such user"),
        .init("Diagnostic-Code: smtp; 550 5.1.1 <bob@corp.example>... User unknown", 550, "5.1.1", "<bob@corp.example>... User unknown", to: "bob@corp.example"),
        .init("Diagnostic-Code: smtp;452 4.2.2 Over quota", 452, "4.2.2", "Over quota"),
        .init("\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"", 550, "5.1.1", "user unknown"),
        .init("Final-Recipient: rfc822; bob@corp.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.corp.example\nDiagnostic-Code: smtp; 550 5.1.1 No such user", 550, "5.1.1", "No such user", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Diagnostic-Code: smtp; 550 5.1.1 No such\n  user", 550, "5.1.1", "No such user"),
    ]

    // swift-format-ignore
    static let postfix: [Reading] = [
        .init("host mx.corp.example[192.0.2.25] said: 550 5.1.1 <bob@corp.example>: User unknown (in reply to RCPT TO command)", 550, "5.1.1", "<bob@corp.example>: User unknown", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 554 5.7.1 Message rejected (in reply to end of DATA command)", 554, "5.7.1", "Message rejected", command: "DATA", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 553 5.1.8 Bad domain (in reply to MAIL FROM command)", 553, "5.1.8", "Bad domain", command: "MAIL", host: "mx.corp.example"),
        .init("host mx.corp.example[2001:db8::25] said: 501 Bad name (in reply to EHLO command)", 501, "Bad name", command: "EHLO", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 454 4.7.0 No TLS (in reply to STARTTLS command)", 454, "4.7.0", "No TLS", command: "STARTTLS", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] said: 550-5.1.1 No such user 550 5.1.1 here (state 14) (in reply to RCPT TO command)", 550, "5.1.1", "No such user here (state 14)", command: "RCPT", host: "mx.corp.example"),
        .init("host mx.corp.example[192.0.2.25] refused to talk to me: 421 4.7.0 Too many connections", 421, "4.7.0", "Too many connections", host: "mx.corp.example"),
        .init("<bob@corp.example>: host mx.corp.example[192.0.2.25] said: 450 4.2.0\n    <bob@corp.example>: Recipient address rejected: Greylisted (in reply to\n    RCPT TO command)", 450, "4.2.0", "<bob@corp.example>: Recipient address rejected: Greylisted", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[4521]: 4F1A2B3C4D: to=<bob@corp.example>, relay=mx.corp.example[192.0.2.25]:25, delay=450, delays=0.1/0/0.9/0.2, dsn=5.1.1, status=bounced (host mx.corp.example[192.0.2.25] said: 550 5.1.1 No such user (in reply to RCPT TO command))", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[452]: 4F1A2B3C4D: to=<bob@corp.example>, orig_to=<info@corp.example>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.corp.example[192.0.2.25]:25: Connection timed out)", nil, "4.4.1", "connect to mx.corp.example[192.0.2.25]:25: Connection timed out", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtp[4521]: 4F1A2B3C4D: to=<bob@corp.example>, relay=mx.corp.example[192.0.2.25]:25, delay=1.2, delays=0.1/0/0.9/0.2, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 550F1A2B)", 250, "2.0.0", "Ok: queued as 550F1A2B", host: "mx.corp.example", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/smtpd[451]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 554 5.7.1 <bob@corp.example>: Relay access denied; from=<ann@sender.example> to=<bob@corp.example> proto=ESMTP helo=<pc.sender.example>", 554, "5.7.1", "<bob@corp.example>: Relay access denied", command: "RCPT", to: "bob@corp.example"),
        .init("Nov 23 10:11:12 mail postfix/local[777]: 4F1A2B3C4D: to=<bob@corp.example>, relay=local, delay=0.1, delays=0.1/0/0/0, dsn=5.1.1, status=bounced (unknown user: \"bob\")", nil, "5.1.1", "unknown user: \"bob\"", to: "bob@corp.example"),
    ]

    // swift-format-ignore
    static let exim: [Reading] = [
        .init("SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", to: "bob@corp.example"),
        .init("SMTP error from remote mail server after MAIL FROM:<ann@sender.example> SIZE=4521: 552 5.3.4 Too big", 552, "5.3.4", "Too big", command: "MAIL"),
        .init("SMTP error from remote mail server after pipelined end of data: 550 5.7.1 Spam", 550, "5.7.1", "Spam", command: "DATA"),
        .init("SMTP error from remote mail server after end of data: 550-5.7.1 Spam\\n550 5.7.1 Go away", 550, "5.7.1", "Spam Go away", command: "DATA"),
        .init("SMTP error from remote mail server after initial connection: 554 5.7.1 Blocked", 554, "5.7.1", "Blocked"),
        .init("2026-11-23 10:11:12 1tEabc-0001Xy-2Z ** bob@corp.example R=dnslookup T=remote_smtp H=mx.corp.example [192.0.2.25] X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes DN=\"CN=mx.corp.example\": SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("2026-11-23 10:11:12 1tEabc-0001Xy-2Z == bob@corp.example R=dnslookup T=remote_smtp defer (-44) H=mx.corp.example [192.0.2.25]: SMTP error from remote mail server after RCPT TO:<bob@corp.example>: 451 4.7.1 Greylisted", 451, "4.7.1", "Greylisted", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
        .init("  bob@corp.example\n    host mx.corp.example [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<bob@corp.example>:\n    550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
    ]

    // swift-format-ignore
    static let sendmail: [Reading] = [
        .init("sendmail[12345]: 4AN1BCDE012345: to=<bob@corp.example>, delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=120345, relay=mx.corp.example. [192.0.2.25], dsn=5.1.1, stat=User unknown", nil, "5.1.1", "User unknown", host: "mx.corp.example", to: "bob@corp.example"),
        .init("sendmail[450]: 4AN1BCDE012345: to=<bob@corp.example>, delay=00:00:02, mailer=esmtp, pri=450, relay=mx.corp.example. [192.0.2.25], dsn=4.0.0, stat=Deferred: Connection timed out with mx.corp.example.", nil, "4.0.0", "Deferred: Connection timed out with mx.corp.example.", host: "mx.corp.example", to: "bob@corp.example"),
        .init("sendmail[12345]: 4AN1BCDE012345: to=<bob@corp.example>, mailer=esmtp, relay=mx.corp.example. [192.0.2.25], dsn=4.2.0, stat=Deferred: 450 4.2.0 Greylisted", 450, "4.2.0", "Greylisted", host: "mx.corp.example", to: "bob@corp.example"),
        .init("... while talking to mx.corp.example.:\n>>> RCPT To:<bob@corp.example>\n<<< 550 5.1.1 No such user", 550, "5.1.1", "No such user", command: "RCPT", host: "mx.corp.example", to: "bob@corp.example"),
    ]

    // swift-format-ignore
    static let qmail: [Reading] = [
        .init("<bob@corp.example>:\n192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.25.", 550, "5.1.1", "No such user", host: "192.0.2.25", to: "bob@corp.example"),
        .init("<bob@corp.example>:\n192.0.2.25 failed after I sent the message.\nRemote host said: 554 Spam\nGiving up on 192.0.2.25.", 554, "Spam", host: "192.0.2.25", to: "bob@corp.example"),
    ]

    // swift-format-ignore
    static let exchange: [Reading] = [
        .init("#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##", 550, "5.1.1", "RESOLVER.ADR.RecipNotFound; not found"),
        .init("<mx.corp.example #5.1.1 smtp;550 5.1.1 No such user>", 550, "5.1.1", "No such user", host: "mx.corp.example"),
        .init("#< #5.7.1 smtp;550 5.7.1 Unable to relay> #SMTP#", 550, "5.7.1", "Unable to relay"),
        .init("Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'", 550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; not found"),
        .init("Remote Server returned '< #5.1.1 smtp;550 5.1.1 No such user>'", 550, "5.1.1", "No such user"),
    ]
}

// MARK: - Codes in other surroundings

extension Reading {
    // swift-format-ignore
    static let surroundings: [(input: String, code: ReplyCode?, enhanced: String?)] = [
        ("550 Sorry, no mailbox here by that name. (#5.1.1)", 550, "5.1.1"),
        ("550 Sorry, no mailbox here by that name (5.1.1)", 550, "5.1.1"),
        ("<bob@corp.example>:\nSorry, no mailbox here by that name. (#5.1.1)", nil, "5.1.1"),
        ("#5.1.1", nil, "5.1.1"),
        ("(#5.1.1)", nil, "5.1.1"),
        ("5.1.1 No such user", nil, "5.1.1"),
        ("No such user #5.1.1", nil, "5.1.1"),
        ("SMTP error 550: no such user", 550, nil),
        ("The server responded: 550 5.1.1 No such user", 550, "5.1.1"),
        ("The remote server returned 452 4.2.2 Over quota", 452, "4.2.2"),
        ("Error code 550 5.1.1", 550, "5.1.1"),
        ("status code: 421", 421, nil),
        ("<- 250 Ok\n-> RCPT TO:<bob@corp.example>\n<- 550 5.1.1 No such user", 550, "5.1.1"),
        ("<** 550 5.1.1 No such user", 550, "5.1.1"),
        ("[{LED=450 4.4.317 Cannot connect to remote server};{FQDN=corp-example.mail.example};{IP=192.0.2.25}]", 450, "4.4.317"),
        // Exchange's 400 4.4.7.
        ("Remote Server at corp.example (192.0.2.25) returned '400 4.4.7 Message delayed'", 400, "4.4.7"),
        // IronPort.
        ("Bounced: DCID 0 MID 450 to RID 0 - Bounced by destination server with response: 5.1.0 - Unknown address error ('550', ['5.1.1 <bob@corp.example>: User unknown'])", 550, "5.1.1"),
        ("5.3.0 - Other mail system problem 554-'5.7.1 <bob@corp.example>: Relay access denied' (delivery attempts: 0)", 554, "5.7.1"),
        ("5.1.0 - Unknown address error 550-'No such user' (delivery attempts: 0)", 550, "5.1.0"),
        // PowerMTA.
        ("b,2026-11-23 10:11:12+0000,2026-11-23 10:11:11+0000,news@sender.example,bob@corp.example,,failed,5.1.1 (bad destination mailbox address),\"smtp;550 5.1.1 No such user\",mx.corp.example (192.0.2.25),bad-mailbox,smtp,450,421", 550, "5.1.1"),
        // Momentum.
        ("1763892672@D4/12-04521-00FA1E29@D4/12-04521-00FA1E29@B@corp.example@bob@news@sender.example@default@10@550 5.1.1 No such user@192.0.2.25", 550, "5.1.1"),
        ("{\"type\":\"bounce\",\"rcpt_to\":\"bob@corp.example\",\"raw_reason\":\"550 5.1.1 No such user\",\"error_code\":\"550\",\"bounce_class\":\"10\"}", 550, "5.1.1"),
        // The log of qmail-send.
        ("delivery 452: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/Giving_up_on_192.0.2.25./", 550, "5.1.1"),
        ("delivery 452: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/", nil, "5.1.1"),
        // One of several numbers is the code.
        ("450 4.2.2 Mailbox of 550 MB is full", 450, "4.2.2"),
        ("452 4.5.3 Limit is 250 recipients", 452, "4.5.3"),
        ("550 5.7.1 Blocked, call +1 202 555 0143", 550, "5.7.1"),
        ("421 4.7.0 mx.corp.example:587 closed after 300 seconds", 421, "4.7.0"),
        ("550 5.7.1 See https://help.example/421", 550, "5.7.1"),
        ("connect to mx.corp.example[192.0.2.25]:587: 421 4.3.2 Closing", 421, "4.3.2"),
        ("550 5.1.1 said 192.0.2.250 on port 465", 550, "5.1.1"),
    ]

    /// Three digits that are no reply code.
    // swift-format-ignore
    static let withoutReplyCode: [String] = [
        // Ports.
        "connect to mx.corp.example[192.0.2.25]:587: Connection refused", "connect to mx.corp.example:465 timed out",
        "Connection to mx.corp.example port 554 refused", "connect to [2001:db8::25]:250: Connection refused",
        // Sizes and counts.
        "Message of 552 bytes refused", "size=550, nrcpt=1, delay=250", "Mailbox has a 250 MB quota and is full",
        "Message with 250 recipients refused", "You sent 450 of 500", "Rate limit: 250 messages per hour",
        "Maximum size: 552 KB", "Spam score 5.50 is over 5.00", "12 of 250 tokens left", "Quota of 500MB exceeded",
        "550th attempt failed", "Error rate is 25.250 %", "max. 300 a day",
        // Times and dates.
        "Connection timed out after 300 seconds", "took 421 ms", "delay=421", "closed at 5:50 by 10:11:250",
        "2026-11-23 10:11:12.450 Connection reset", "Mon, 23 Nov 2026 10:11:12 +0200", "in 450s", "day 250/365",
        // Addresses.
        "Connection to 192.0.2.250 failed", "203.0.113.250: no route", "250.1.2.3 is blocked", "192.0.2.0/250",
        "2001:db8::250 is blocked", "host-550.corp.example lost", "a550@corp.example is gone", "550@corp.example is gone",
        // Phone numbers.
        "Call +1 202 555 0143", "Call 555-0143", "Tel. +49 30 250 4711", "(202) 555-0143 or 1-800-555-0199",
        // Ids.
        "postfix/smtp[452]: lost connection", "smtp[452]: lost connection", "smtpd[550] died", "id 1tE550-000450-2Z",
        "<550.421@mx.corp.example> is a loop", "queued as 550F1A2B", "Message-ID 20261123.550", "ticket #450123",
        "ref 550-0099-12", "trace 4f1a-550-9c", "https://help.example/550 tells more", "https://help.example/?id=550",
        // Versions.
        "MailServer 4.5.250 lost connection", "MailServer/550 lost connection", "v550 lost connection",
        // Not three digits from 200 to 599.
        "000 nothing", "199 nothing", "600 nothing", "5500 nothing", "55 nothing", "55o nothing", "５５０ nothing",
        "550abc nothing", "+550 nothing", "-550 nothing", "$550 nothing", "550% nothing",
    ]
}
