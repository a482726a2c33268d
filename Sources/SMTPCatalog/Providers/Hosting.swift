private let zohoCodes = "https://www.zoho.com/zeptomail/help/api/smtp-error-codes.html"
private let godaddyBounces = "https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685"
private let ionosErrors = "https://www.ionos.de/hilfe/e-mail/postmaster/smtp-fehlermeldungen-der-11-ionos-mailserver"
private let stratoErrors = "https://www.strato.de/faq/mail/fehlermeldungen-bei-e-mails"
private let rackspaceCodes = "https://postmaster.emailsrvr.com/system-info/response-codes"
// swift-format-ignore
private let titanCodes = "https://support.titan.email/hc/en-us/articles/35175377981977-Understanding-Incoming-Email-Reject-Codes"
private let improvMXCodes = "https://improvmx.com/guides/improvmx-error-codes/"
private let mxrouteBlocks = "https://docs.mxroute.com/docs/troubleshooting/smtp-blocks.html"

extension Provider {
    /// Those who keep or forward the mail of other people's domains.
    // swift-format-ignore
    static let hosting: [Provider] = [
        Provider("Zoho",
            signatures: [
                .host("zoho.com"),  // MX mx.zoho.com and regional names
            ],
            links: [
                Link("Zoho: SMTP error codes", .documentation, zohoCodes),
            ],
            codes: [
                .init(saying: "Must issue a STARTTLS command first", [530], .encryptionRequired, "The client tried to submit mail to Zoho without encryption.", "Turn STARTTLS on.", zohoCodes),
                .init(saying: "Authentication Failed", [535], .credentials, "Zoho was given a wrong user name or token.", "Check the credentials you log in with.", zohoCodes),
                .init(saying: "Relaying disallowed as", [553], .badSenderAddress, "The account is not allowed to use this From address.", "Send from an address or a domain of the account.", zohoCodes),
                .init(saying: "detected by Zoho Mail", [552], .malware, "Zoho found a virus in the message.", "Take the infected file out.", zohoCodes),
                .init(saying: "Mail rejected by destination domain", [541], .policy, "The recipient's domain refuses the message; its host did answer.", "Ask the recipient another way what their administrator forbids.", "https://smtp.codes/zoho", confirmed: false),
                .init(saying: "Mailbox delivery failure policy error", [552], .policy, "A rule of the recipient's organisation stopped the message; the mailbox exists and has room.", "Ask the recipient another way what their administrator forbids.", "https://smtp.codes/zoho", confirmed: false),
            ]),
        Provider("GoDaddy",
            signatures: [
                .host("secureserver.net"),  // MX of GoDaddy hosted mail
                .text("x.co/irbounce"),  // short help link
            ],
            links: [
                Link("GoDaddy: request removal of an IP address", .delisting, "https://unblock.secureserver.net/"),
                Link("GoDaddy: bounces", .documentation, godaddyBounces),
            ],
            codes: [
                .init("IB212", [552], .spamContent, "Reports from users made GoDaddy judge the content to be spam.", "Find the text or link that offends, and change it.", "https://support.tigertech.net/godaddy-ib212"),
                .init(saying: "Message rejected for spam or virus content", [552], .spamContent, "The content looks like spam or a virus to GoDaddy.", "Change the content or the attachment.", godaddyBounces),
                .init(saying: "This message is looping: it already has my Delivered-To line", [554], .routingFailure, "The recipient's forwarding runs in a loop.", "Have the recipient correct the forwarding.", godaddyBounces),
                .init(saying: "550 Recipient not found", [550], .unknownRecipient, "GoDaddy has no such recipient.", "Remove the address from your list.", godaddyBounces),
                .init("IB007", [421], .rateLimited, "Too many sessions from the IP are open at GoDaddy.", "Open fewer connections at once, and retry.", godaddyBounces),
                .init("IB101", [421], .systemUnavailable, "GoDaddy's queue is fuller than usual.", "Leave the message in the queue.", godaddyBounces),
                .init("IB103", [554], .senderBlocked, "GoDaddy found the IP on Cloudmark CSI.", "Stop what got it there, then ask Cloudmark to reset the IP.", godaddyBounces, links: [.cloudmark]),
                .init("IB104", [554], .senderBlocked, "GoDaddy found the IP on the Spamhaus SBL.", "Stop what got it there, then get the IP removed at Spamhaus.", godaddyBounces, links: [.spamhaus]),
                .init("IB105", [554], .senderBlocked, "GoDaddy found the IP on the Spamhaus XBL, so the machine is probably infected.", "Clean the machine, then get the IP removed at Spamhaus.", godaddyBounces, links: [.spamhaus]),
                .init("IB106", [554], .senderBlocked, "GoDaddy found the IP on the Spamhaus PBL: it is not meant to send mail directly.", "Send through your provider's relay, or have the IP taken off the list at Spamhaus.", godaddyBounces, links: [.spamhaus]),
                .init("IB108", [421], .reverseDNS, "GoDaddy could not look up the name of the sending IP.", "Give the IP a PTR record whose name resolves back to it.", godaddyBounces),
                .init("IB110", [554], .senderBlocked, "The IP sent GoDaddy too much that looked like spam, and is blocked for an hour.", "Find and stop the source, then wait an hour.", godaddyBounces, lasts: 3600),
                .init("IB111", [554], .senderBlocked, "The IP sent GoDaddy too much that looked like spam, and is blocked until the day ends.", "Find and stop the source, and send again tomorrow.", godaddyBounces, lasts: 86400),
                .init("IB112", [554], .senderBlocked, "The IP wrote to too many addresses that GoDaddy does not know, and is blocked for an hour.", "Clean the list before you send on, then wait an hour.", godaddyBounces, lasts: 3600),
                .init("IB113", [554], .senderBlocked, "The IP wrote to too many addresses that GoDaddy does not know, and is blocked until the day ends.", "Clean the list, and send again tomorrow.", godaddyBounces, lasts: 86400),
                .init("IB401", [535], .credentials, "The client tried to log in at a GoDaddy server that only takes incoming mail.", "Set the client to smtpout.secureserver.net.", godaddyBounces),
                .init("IB501", [550], .contentRejected, "The From header is empty.", "Put a valid From address on the message.", godaddyBounces),
                .init("IB502", [550], .contentRejected, "The From header has an IP address in place of a domain.", "Use a From address with a domain name.", godaddyBounces),
                .init("IB504", [550], .rateLimited, "The IP has used up the number of messages that GoDaddy takes in an hour.", "Wait for the next hour, and spread the mail more evenly.", godaddyBounces, lasts: 3600),
                .init("IB506", [550], .badSenderAddress, "The From domain has no MX or address record, or GoDaddy could not look it up.", "Repair the DNS of the From domain.", godaddyBounces),
                .init("IB508", [550], .senderUnauthenticated, "The SPF record of the sender's domain does not name this server.", "Add the server to the SPF record.", godaddyBounces),
                .init("IB510", [550], .rateLimited, "The session carried as many messages as GoDaddy allows.", "Open a new session for the rest.", godaddyBounces),
                .init("IB605", [452], .tooManyRecipients, "The message names more recipients than GoDaddy takes at once.", "Send to fewer at a time.", godaddyBounces),
                .init("IB607", [550], .rateLimited, "The IP has used up the number of recipients that GoDaddy takes in an hour.", "Wait for the next hour.", godaddyBounces, lasts: 3600),
                .init("IB705", [552], .malware, "A link, an attachment or a pattern in the message counts as a virus at GoDaddy.", "Scan the message and the machine before you send again.", godaddyBounces),
                .init(saying: "RBL Reject", [554], .senderBlocked, "The IP is on GoDaddy's own blocklist.", "Stop the cause, then ask for removal at unblock.secureserver.net.", godaddyBounces),
            ]),
        Provider("Rackspace",
            signatures: [
                .host("emailsrvr.com"),  // MX of Rackspace Email
            ],
            links: [
                Link("Rackspace: response codes", .documentation, rackspaceCodes),
                Link("Rackspace: postmaster", .contact, "mailto:postmaster@emailsrvr.com"),
            ],
            codes: [
                .init(saying: "(G2)", [421], .rateLimited, "Too many connections from the IP are open at Rackspace.", "Open fewer connections.", rackspaceCodes),
                .init(saying: "(G3)", [550], .malware, "Rackspace found a virus in the message.", "Scan the message and the machine that sent it.", rackspaceCodes),
                .init(saying: "(G4)", [550], .malware, "Rackspace found a virus in the message.", "Scan the message and the machine that sent it.", rackspaceCodes),
                .init(saying: "(G5)", [550], .malware, "Rackspace found a virus in the message.", "Scan the message and the machine that sent it.", rackspaceCodes),
                .init(saying: "(G6)", [450], .systemUnavailable, "Rackspace could not check the recipient with the server behind it.", "Let the queue retry.", rackspaceCodes),
                .init(saying: "(G7)", [550], .policy, "The server behind Rackspace refused the message and gave no reason.", "Reach the recipient another way, or write to postmaster@emailsrvr.com.", rackspaceCodes),
                .init(saying: "(G8)", [550], .unknownRecipient, "Rackspace has no such mailbox.", "Check the spelling; if it is right, remove the address.", rackspaceCodes),
                .init(saying: "(G9)", [550], .unknownRecipient, "Rackspace has no such mailbox.", "Check the spelling; if it is right, remove the address.", rackspaceCodes),
                .init(saying: "(G14)", [550], .senderBlocked, "The MX of the sender's domain belongs to somebody whom Rackspace blocks.", "Move the MX of your domain, or write to postmaster@emailsrvr.com.", rackspaceCodes),
                .init(saying: "(G15)", [550], .senderUnauthenticated, "The message fails the DMARC policy of the From domain.", "Align SPF or DKIM with the From domain.", rackspaceCodes),
                .init(saying: "(G16)", [450], .routingFailure, "The message goes round in a loop.", "Find the forwarding that sends it back.", rackspaceCodes),
                .init(saying: "(G18)", [550], .malware, "The Content-Type header matches a virus that Rackspace knows.", "Scan the machine that sent the message.", rackspaceCodes),
                .init(saying: "(G19)", [550], .contentRejected, "The message is one part of several (message/partial), which Rackspace does not take.", "Send the message whole.", rackspaceCodes),
                .init(saying: "(G1A)", [550], .contentRejected, "An archive in the message holds a program.", "Take the program out, or share it by link.", rackspaceCodes),
                .init(saying: "(G1B)", [550], .contentRejected, "The attachment is of a type that attacks Windows programs.", "Take the attachment out.", rackspaceCodes),
                .init(saying: "(G1E)", [450], .dnsFailure, "Rackspace could not look up the DMARC record of the From domain.", "Let the queue retry; if it lasts, check the domain's name servers.", rackspaceCodes),
                .init(saying: "(G1F)", [450], .reverseDNS, "The sending IP has no PTR record.", "Have the provider of the IP set one.", rackspaceCodes),
                .init(saying: "(G28)", [451], .rateLimited, "Rackspace does not know the IP yet, and it sent too much.", "Send little at first, and more week by week.", rackspaceCodes),
                .init(saying: "(G30)", [450], .rateLimited, "The mailbox is getting mail too fast, as under a list bomb.", "Let the queue retry after some minutes.", rackspaceCodes),
                .init(saying: "(G31)", [554], .senderBlocked, "The IP is on the blocklist that the reply names.", "Stop the cause, then get the IP removed there.", rackspaceCodes),
                .init(saying: "(GE)", [554], .senderBlocked, "The recipient has blocked this sender by hand.", "Reach the recipient another way.", rackspaceCodes),
            ]),
        Provider("IONOS",
            signatures: [
                .host("kundenserver.de"),  // MX of IONOS
                .host("perfora.net"),  // MX of IONOS in North America
            ],
            links: [
                Link("IONOS: SMTP errors", .documentation, ionosErrors),
            ],
            codes: [
                .init(saying: "Reject due to policy violations", [421, 450], .senderBlocked, "The IP wrote to many invalid addresses, drew spam reports, or keeps changing its HELO name.", "Clean up the list, keep the HELO name stable, and try again later.", ionosErrors),
                .init(saying: "Rate limit reached. Please try again later", [421], .rateLimited, "IONOS got too many messages within a short time.", "Lower the rate, and try again later.", ionosErrors),
                .init(saying: "Requested action aborted: local error in processing", [451], .systemUnavailable, "IONOS was out of reach for a short while.", "Try again later.", ionosErrors),
            ]),
        Provider("Strato",
            signatures: [
                .host("rzone.de"),  // MX of Strato
            ],
            links: [
                Link("Strato: errors in e-mail", .documentation, stratoErrors),
            ],
            codes: [
                .init("B-URL", [550], .spamContent, "Strato found a suspicious link in the message.", "Take the link out.", stratoErrors),
                .init("B-TEXT", [550], .spamContent, "Strato found suspicious text in the message.", "Rewrite the text.", stratoErrors),
                .init("B-SCORE", [550], .spamContent, "The score of the content made it suspicious to Strato.", "Change what the message contains.", stratoErrors),
                .init("B-EX", [550], .spamContent, "Strato found the content suspicious.", "Change what the message contains.", stratoErrors),
                .init("B-ATTACH", [550], .contentRejected, "Strato does not allow attachments of this type.", "Take the attachment out.", stratoErrors),
            ]),
        Provider("OVH",
            signatures: [
                .host("mail.ovh.net"),
            ]),
        Provider("Titan",
            signatures: [
                .host("titan.email"),  // MX mx1 and mx2
            ],
            links: [
                Link("Titan: reject codes", .documentation, titanCodes),
            ],
            codes: [
                .init(saying: "sending IP has insufficient reputation", [421], .rateLimited, "Titan does not know the sending IP yet.", "Let the queue retry, and begin with little mail.", titanCodes),
                .init(saying: "greylisted: please retry after sometime", [450], .greylisted, "Titan puts off the first attempt of an IP that it doubts, often for want of reverse DNS.", "Let the queue retry, and check the PTR record.", titanCodes),
                .init(saying: "Recipients Domain Hourly Quota Exceeded", [550], .rateLimited, "The recipient's domain has taken as much mail as it may in an hour; the message has not expired, though the code says so.", "Send again after an hour.", titanCodes, lasts: 3600),
                .init(saying: "Recipients Domain Daily Quota Exceeded", [550], .rateLimited, "The recipient's domain has taken as much mail as it may in a day.", "Send again tomorrow.", titanCodes, lasts: 86400),
                .init(saying: "Recipient Quota Exceeded", [550], .rateLimited, "The recipient has taken as many messages as is allowed; the mailbox is not full and nothing loops, though the code says so.", "Send again later.", titanCodes),
                .init(saying: "Incoming suspended due to abuse", [550], .mailboxDisabled, "Titan has suspended the recipient's domain for abuse.", "Stop mailing the address until the domain is back.", titanCodes),
                .init(saying: "temporarily suspended due to partner migration", [550], .systemUnavailable, "The recipient's domain is being moved and takes no mail meanwhile, though the reply is final.", "Send again in a day, and do not suppress the address.", titanCodes, lasts: 86400),
                .init(saying: "Sender IP rejected: spam rate exceeded", [550], .senderBlocked, "Too much of what the IP sends is spam.", "Find and stop the source, then send on slowly.", titanCodes),
                .init("5.7.1", saying: "command rejected", [554], .senderBlocked, "Titan takes the sending IP for suspicious.", "Check the PTR record of the IP, and whether a blocklist has it.", titanCodes),
            ]),
        Provider("ImprovMX", .gateway,
            signatures: [
                .host("improvmx.com"),  // MX mx1 and mx2
            ],
            links: [
                Link("ImprovMX: error codes", .documentation, improvMXCodes),
            ],
            codes: [
                .init("id-5.9.0", [551], .routingFailure, "The recipient's address forwards back to ImprovMX.", "Tell the recipient that the forwarding loops.", improvMXCodes),
                .init("id-5.9.2", [550, 551], .badDestinationDomain, "The recipient's domain is not set up at ImprovMX, though its MX points there.", "Tell the owner of the domain; else stop mailing its addresses.", improvMXCodes),
                .init("id-5.9.3", [551], .systemUnavailable, "The forwarding of the recipient's domain is broken.", "Tell the owner of the domain.", improvMXCodes, confirmed: false),
                .init("id-5.9.4", [450], .greylisted, "ImprovMX could not finish its spam check and asks for another attempt.", "Let the queue retry; the mailbox is not disabled.", improvMXCodes),
                .init("id-5.9.5", [551], .routingFailure, "The address that the mail is to be forwarded to makes no sense.", "Tell the owner of the domain.", improvMXCodes, confirmed: false),
                .init(saying: "message has been blocked (Code 2)", [551], .senderBlocked, "ImprovMX found the sender's domain on a domain blocklist, such as the Spamhaus DBL.", "Get the domain removed at Spamhaus, or at the list that has it.", improvMXCodes, links: [.spamhaus]),
            ]),
        Provider("MXroute",
            signatures: [
                .host("mxrouting.net"),  // MX
                .text("esf.mxroute.com"),  // page to ask for a review
            ],
            links: [
                Link("MXroute: ask for a review", .delisting, "https://esf.mxroute.com/"),
                Link("MXroute: SMTP blocks", .documentation, mxrouteBlocks),
            ],
            codes: [
                .init(saying: "sending excessive rejected recipients", [554], .senderBlocked, "The IP wrote to many recipients that do not exist.", "Clean the list, and look for a stolen account.", mxrouteBlocks),
                .init(saying: "excessive authentication failures", [554], .senderBlocked, "Too many logins from the IP failed; the block ends after a day.", "Correct the passwords in every client, then wait a day.", mxrouteBlocks, lasts: 86400),
                .init(saying: "flooding our SMTP server with abusive requests", [554], .senderBlocked, "The IP had too many messages refused; the block ends after a day.", "Find the source, then wait a day.", mxrouteBlocks, lasts: 86400),
                .init(saying: "Unauthenticated mail not allowed from this range", [550], .senderBlocked, "From the network of this IP, MXroute takes only mail of those who log in.", "Log in before sending, or ask for a review at esf.mxroute.com.", "https://docs.mxroute.com/docs/troubleshooting/550auth.html"),
            ]),
        Provider("Hostpoint",
            signatures: [
                .host("hostpoint.ch"),
            ],
            codes: [
                .init(saying: "no such address here (MX do not point to us)", [550], .badDestinationDomain, "The MX record of the domain does not point to Hostpoint, which takes no mail for it.", "Check the MX record of the domain.", "https://smtp.codes/hostpoint"),
            ]),
        Provider("Forward Email", .gateway,
            signatures: [
                .host("forwardemail.net"),  // MX mx1 and mx2
            ],
            codes: [
                .init(saying: "requires an upgrade to Enhanced Protection", [550], .mailboxDisabled, "The owner of the recipient's domain has not paid for what the domain needs.", "Tell the owner; else stop mailing the address.", "https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml", confirmed: false),
            ]),
    ]
}
