private let postfixSource = "https://github.com/vdukhovni/postfix"
private let eximSource = "https://github.com/Exim/exim"
private let sendmailSource = "https://github.com/Distrotech/sendmail"
private let qmailSource = "https://github.com/notqmail/notqmail"

extension Provider {
    /// Mail server and filter software that anybody may run.
    // swift-format-ignore
    static let mailServers: [Provider] = [
        Provider("Postfix", .software,
            signatures: [
                .text("in reply to RCPT TO command"),  // a Postfix sender reporting another server's reply
                .text("This is the mail system at host"),  // first line of a bounce
            ],
            codes: [
                .init(saying: "Recipient address rejected: User unknown in", [550], .unknownRecipient, "The recipient is not in the server's local, relay or virtual table.", "Check the recipient's address.", postfixSource),
                .init(saying: "Relay access denied", [454, 554], .relayDenied, "The server is not responsible for that domain, and the client is not allowed to relay.", "Log in first, or put the MX record right.", postfixSource),
                .init(saying: "Sender address rejected: Domain not found", [450, 550], .badSenderAddress, "The sender's domain has no data in DNS.", "Correct the sender's domain.", postfixSource),
                .init(saying: "Recipient address rejected: Domain not found", [450, 550], .badDestinationDomain, "The recipient's domain has no data in DNS.", "Correct the recipient's domain.", postfixSource),
                .init(saying: "cannot find your reverse hostname", [450, 550], .reverseDNS, "The client's IP address has no PTR record.", "Publish a PTR record for the address.", postfixSource),
                .init(saying: "cannot find your hostname", [450, 550], .reverseDNS, "The client's PTR record is missing, or no forward lookup confirms it.", "Publish PTR and A/AAAA records that match.", postfixSource),
                .init(saying: "Helo command rejected: Host not found", [450, 550], .reverseDNS, "The name given in HELO has no record in DNS.", "Use a HELO name that resolves.", postfixSource),
                .init(saying: "Helo command rejected: need fully-qualified hostname", [504], .reverseDNS, "The name given in HELO is not fully qualified.", "Give a full host name in HELO.", postfixSource),
                .init(saying: "rejected: need fully-qualified address", [504], .badRecipientAddress, "The address has no full domain.", "Write the address in full.", postfixSource),
                .init(saying: "Sender address rejected: not owned by user", [553], .badSenderAddress, "The user who logged in may not send from this address.", "Use your own address, or log in as the owner of this one.", postfixSource),
                .init(saying: "Sender address rejected: not logged in", [553], .credentials, "This sender address may be used only after a login.", "Turn on SMTP authentication.", postfixSource),
                .init(saying: "rejected: undeliverable address", [450, 550], .unknownRecipient, "A probe of the address found that it cannot be delivered to.", "Check the address.", postfixSource),
                .init(saying: "rejected: unverified address", [450], .systemUnavailable, "A probe of the address has had no answer yet.", "Let your queue retry.", postfixSource),
                .init(saying: "blocked using", [450, 550, 554], .senderBlocked, "The client or the sender is on the DNS blocklist that the reply names next.", "Ask that list to remove the entry.", postfixSource),
                .init(saying: "does not accept mail (nullMX)", [550, 556], .badDestinationDomain, "The domain takes no mail, as its null MX says.", "Correct the domain.", postfixSource),
                .init(saying: "Message size exceeds fixed limit", [552], .messageTooLarge, "The message is larger than the server allows.", "Make the message smaller.", postfixSource),
                .init(saying: "Insufficient system storage", [452], .systemFull, "The disk that holds the server's queue is too full.", "Retry later.", postfixSource),
                .init(saying: "Session encryption is required", [530], .encryptionRequired, "The server requires TLS from the client.", "Turn on STARTTLS.", postfixSource),
                .init(saying: "Error: too many errors", [421], .protocolError, "Too many commands failed in this session.", "Fix what caused the earlier errors.", postfixSource),
                .init(saying: "Error: too many connections from", [421], .rateLimited, "The client has too many connections open at once.", "Open fewer connections.", postfixSource),
                .init(saying: "Error: too much mail from", [450], .rateLimited, "Messages from this client come too fast.", "Send more slowly.", postfixSource),
                .init(saying: "Error: too many recipients from", [450], .rateLimited, "Recipients from this client come too fast.", "Send more slowly.", postfixSource),
                .init(saying: "Error: too many recipients", [452], .tooManyRecipients, "One transaction named too many recipients.", "Split the list of recipients.", postfixSource),
                .init(saying: "Error: timeout exceeded", [421], .networkFailure, "The client stayed silent for too long.", "Retry the delivery.", postfixSource),
                .init(saying: "Error: bare <LF> received", [521], .protocolError, "A line ended with a bare line feed.", "Fix the line endings.", postfixSource),
                .init(saying: "Improper use of SMTP command pipelining", [503, 554], .protocolError, "The client pipelined commands without permission.", "Make the client wait for replies.", postfixSource),
                .init(saying: "Must declare SMTPUTF8", [553], .unsupportedFeature, "The client used a Unicode address without declaring SMTPUTF8.", "Send with a client that declares it.", postfixSource),
                .init(saying: "Unsupported option", [555], .unsupportedFeature, "The server does not know a parameter of the command.", "Leave that parameter out.", postfixSource),
                .init(saying: "Temporary lookup failure", [451], .systemUnavailable, "A lookup in one of the server's tables failed.", "Retry later.", postfixSource),
                .init(saying: "Server configuration error", [451], .systemUnavailable, "The receiving server is wrongly configured.", "Retry later, and tell the server's administrator.", postfixSource),
                .init(saying: "Recipient address rejected: Access denied", [554], .policy, "The server has a local access rule against the recipient.", "Ask the server's administrator about it.", postfixSource),
                .init(saying: "Client host rejected: Access denied", [554], .senderBlocked, "The server has a local access rule against the client.", "Ask the server's administrator about it.", postfixSource),
                .init(saying: "loops back to myself", [], .routingFailure, "The domain's best MX is this server, which is not configured for the domain.", "Correct the MX record or the server's configuration.", postfixSource),
                .init(saying: "Name service error for name=", [], .dnsFailure, "The DNS lookup of the destination failed.", "Check the DNS of the domain.", postfixSource),
                .init(saying: "lost connection with", [], .networkFailure, "The remote server closed the connection early.", "Retry the delivery.", postfixSource),
                .init(saying: "timed out while", [], .networkFailure, "The remote server stopped answering.", "Retry the delivery.", postfixSource),
                .init(saying: "Connection refused", [], .networkFailure, "The remote server's port refused the connection.", "Retry, and check the remote server.", postfixSource),
                .init(saying: "Connection timed out", [], .networkFailure, "The remote server did not answer.", "Retry, and check the firewall and the address.", postfixSource),
                .init(saying: "Server certificate not verified", [], .encryptionRequired, "The remote server's certificate failed the required check.", "Have the remote side fix its certificate.", postfixSource),
                .init(saying: "TLS is required, but was not offered", [], .encryptionRequired, "The policy requires TLS, which the remote server lacks.", "Have the remote side turn on STARTTLS.", postfixSource),
                .init(saying: "message requires SMTPUTF8", [], .unsupportedFeature, "No remote server supports SMTPUTF8, which the message needs.", "Use an address in plain ASCII.", postfixSource),
                .init(saying: "SMTPUTF8 is required, but was not offered", [], .unsupportedFeature, "The remote server lacks SMTPUTF8, which the message needs (older wording).", "Use an address in plain ASCII.", postfixSource, confirmed: false),
            ]),
        Provider("Exim", .software,
            signatures: [
                .text("This message was created automatically by mail delivery software"),  // first line of a bounce
                .text("SMTP error from remote mail server after"),  // an Exim sender reporting another server's reply
            ],
            codes: [
                .init(saying: "Unrouteable address", [550], .unknownRecipient, "No router accepts the address because the user or the domain is unknown.", "Check the address.", eximSource),
                .init(saying: "Unknown user", [550], .unknownRecipient, "The recipient does not exist (text of the default configuration).", "Check the recipient's address.", eximSource),
                .init(saying: "relay not permitted", [550], .relayDenied, "The server does not let the client relay.", "Log in first, or put the MX record right.", eximSource),
                .init(saying: "retry timeout exceeded", [], .expired, "The host kept failing for longer than the retry rules allow.", "Check the remote server, and send the message again.", eximSource),
                .init(saying: "lowest numbered MX record points to local host", [], .routingFailure, "The MX record points to this server, but the domain is not local here.", "Correct the MX record or the configuration.", eximSource),
                .init(saying: "all relevant MX records point to non-existent hosts", [550], .badDestinationDomain, "The hosts in the domain's MX records do not exist.", "Correct the domain's MX records.", eximSource),
                .init(saying: "an MX or SRV record indicated no SMTP service", [550], .badDestinationDomain, "The domain says of itself that it takes no mail.", "Correct the domain.", eximSource),
                .init(saying: "host lookup did not complete", [451], .dnsFailure, "The DNS lookup failed again and again.", "Check DNS, and retry.", eximSource),
                .init(saying: "Sender verify failed", [550], .badSenderAddress, "The receiver could not verify the sender's address.", "Send from an address that accepts bounces.", eximSource),
                .init(saying: "Too many concurrent SMTP connections", [421], .rateLimited, "The limit of connections has been reached.", "Open fewer connections, and retry.", eximSource),
                .init(saying: "Too much load", [421], .systemUnavailable, "The server is overloaded.", "Retry later.", eximSource),
                .init(saying: "Space shortage, please try later", [452], .systemFull, "The server's disk is nearly full.", "Retry later.", eximSource),
                .init(saying: "Message size exceeds maximum permitted", [552], .messageTooLarge, "The message is larger than the server allows.", "Make the message smaller.", eximSource),
                .init(saying: "maximum allowed line length is 998 octets", [550], .contentRejected, "A line of the message is longer than the standard allows.", "Wrap or encode the long lines.", eximSource),
                .init(saying: "SMTP synchronization error", [554], .protocolError, "The client sent data before it was its turn.", "Make the client wait for the greeting and the replies.", eximSource),
                .init(saying: "Incorrect authentication data", [535], .credentials, "The login failed.", "Check the user name and the password.", eximSource),
                .init(saying: "Restricted characters in address", [550], .badRecipientAddress, "The address contains forbidden characters.", "Correct the address.", eximSource),
                .init(saying: "This message contains a virus", [550], .malware, "The scanner found a virus in the message.", "Take the infected file out of the message.", eximSource),
                .init(saying: "Rejected for too many bad recipients", [550], .senderBlocked, "The session named too many invalid recipients.", "Clean your list of recipients.", eximSource),
                .init(saying: "is in a black list at", [550], .senderBlocked, "The client is on the DNS blocklist that the reply names next.", "Ask that list to remove the entry.", eximSource),
            ]),
        Provider("Sendmail", .software,
            signatures: [
                .text("Transcript of session follows"),  // section of a bounce
            ],
            codes: [
                .init(saying: "Relaying denied", [550], .relayDenied, "The server does not let the client relay.", "Log in first, or put the MX record right.", sendmailSource),
                .init(saying: "Domain of sender address", [451, 553], .badSenderAddress, "The domain of the sender does not exist or does not resolve.", "Correct the sender's domain.", sendmailSource),
                .init(saying: "Domain name required for sender address", [553], .badSenderAddress, "The sender address has no domain.", "Give the sender address in full.", sendmailSource),
                .init(saying: "mail loops back to me", [553], .routingFailure, "The MX record points to this server, but the domain is not local here.", "Correct the MX record or the configuration.", sendmailSource),
                .init(saying: "Too many hops", [554], .routingFailure, "The message passed the hop limit, probably in a loop.", "Find the loop.", sendmailSource),
                .init(saying: "Host unknown", [550], .badDestinationDomain, "The destination host is not in DNS.", "Correct the domain.", sendmailSource),
                .init(saying: "Connection rate limit exceeded", [421, 452], .rateLimited, "The client connects too often.", "Slow down.", sendmailSource),
                .init(saying: "Too many open connections", [421], .rateLimited, "Too many connections are open at once.", "Open fewer connections.", sendmailSource),
                .init(saying: "Insufficient disk space; try again later", [452], .systemFull, "The server's disk is nearly full.", "Retry later.", sendmailSource),
                .init(saying: "Message size exceeds fixed maximum message size", [552], .messageTooLarge, "The message is larger than the server allows.", "Make the message smaller.", sendmailSource),
                .init(saying: "Fix reverse DNS for", [451, 550], .reverseDNS, "The check of reverse DNS failed.", "Publish PTR and A/AAAA records that match.", sendmailSource),
            ]),
        Provider("qmail", .software,
            signatures: [
                .text("Hi. This is the qmail-send program"),  // first line of a bounce
            ],
            codes: [
                .init(saying: "Sorry, no mailbox here by that name", [550, 511], .unknownRecipient, "The server has no local mailbox of that name.", "Check the recipient's address.", qmailSource),
                .init(saying: "that domain isn't in my list of allowed rcpthosts", [553], .relayDenied, "That domain is not one the server is responsible for.", "Put the MX record right, or log in first.", qmailSource),
                .init(saying: "Sorry, I couldn't find any host named", [], .badDestinationDomain, "The destination host is not in DNS.", "Correct the domain.", qmailSource),
                .init(saying: "I wasn't able to establish an SMTP connection", [], .networkFailure, "None of the remote servers could be reached.", "Retry, and check the remote server.", qmailSource),
                .init(saying: "it already has my Delivered-To line", [], .routingFailure, "The message is in a loop of local forwarding.", "Correct the forwarding.", qmailSource),
                .init(saying: "CNAME lookup failed temporarily", [], .dnsFailure, "The DNS lookup failed for the moment.", "Retry later.", qmailSource),
                .init(saying: "this message has been in the queue too long", [], .expired, "The message outlived the lifetime of the queue.", "Check the remote server, and send the message again.", qmailSource),
                .init(saying: "message size exceeds my databytes limit", [552], .messageTooLarge, "The message is larger than the server allows.", "Make the message smaller.", qmailSource),
                .init(saying: "your envelope sender is in my badmailfrom list", [553], .senderBlocked, "A local list of the server refuses the sender's address.", "Ask the server's administrator about it.", qmailSource),
                .init(saying: "smtplf.html", [451], .protocolError, "The message contains bare line feeds.", "Fix the line endings.", qmailSource),
                .init(saying: "qq trouble", [451], .systemUnavailable, "The receiver has trouble with its local queue.", "Retry later.", qmailSource),
            ]),
        Provider("OpenSMTPD", .software,
            codes: [
                .init(saying: "i/o error", [442], .networkFailure, "The connection to the next server broke.", "Let the queue retry; if it lasts, look for a firewall or a limit that ends the connection.", "https://github.com/OpenSMTPD/OpenSMTPD"),
            ]),
        Provider("Dovecot", .software,
            codes: [
                .init(saying: "Quota exceeded (mailbox for user is full)", [552], .mailboxFull, "The recipient's mailbox is over its quota.", "Ask the recipient to free some space.", "https://github.com/dovecot/core"),
                .init(saying: "User doesn't exist", [550], .unknownRecipient, "There is no such mailbox.", "Check the recipient's address.", "https://github.com/dovecot/core"),
            ]),
        Provider("Postgrey", .software,
            codes: [
                .init(saying: "Greylisted", [450], .greylisted, "The first attempt was put off to test whether a real queue stands behind it.", "Let your queue retry after some minutes.", "https://github.com/schweikert/postgrey"),
            ]),
        Provider("policyd-spf", .software,
            codes: [
                .init("5.7.23", [550], .senderUnauthenticated, "The message failed the SPF check.", "Correct your SPF record, and use SRS when forwarding.", "https://launchpad.net/spf-engine", confirmed: false),
            ]),
        Provider("Amavis", .software,
            signatures: [
                .text("amavisd"),
            ],
            codes: [
                .init(saying: "INFECTED", [554], .malware, "The scanner found a virus in the message.", "Take the infected file out of the message.", "https://www.ijs.si/software/amavisd/", confirmed: false),
                .init(saying: "BANNED", [554], .contentRejected, "The name or the type of an attachment is forbidden.", "Remove the attachment.", "https://www.ijs.si/software/amavisd/", confirmed: false),
            ]),
        Provider("Rspamd", .software,
            signatures: [
                .text("Spam message rejected"),
            ],
            codes: [
                .init(saying: "Spam message rejected", [554], .spamContent, "The message's spam score is above the limit for rejection.", "Review the content and your reputation.", "https://github.com/rspamd/rspamd"),
                .init(saying: "Try again later", [451], .greylisted, "The receiver put the message off by a soft refusal or greylisting.", "Let your queue retry.", "https://github.com/rspamd/rspamd"),
            ]),
        Provider("OpenDMARC", .software,
            codes: [
                .init(saying: "rejected by DMARC policy for", [550], .senderUnauthenticated, "The message failed DMARC, and the From domain's policy is to reject such mail.", "Make SPF or DKIM align with the From domain.", "https://github.com/trusteddomainproject/OpenDMARC"),
            ]),
    ]
}
