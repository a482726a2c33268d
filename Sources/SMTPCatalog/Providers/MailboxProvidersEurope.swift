private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let gmxErrors = "https://postmaster.gmx.com/en/error-messages"
private let yandexBounces = "https://yandex.com/support/mail/bounces/yandex.html"
private let ruCenter = "https://nic.ru/help/mail-diagnostics-and-troubleshooting_14426.html"
private let sisimaiIUA = "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/IUA.pm"

extension Provider {
    /// Mailbox and access providers of Europe, but for France.
    // swift-format-ignore
    static let european: [Provider] = [
        Provider("T-Online",
            signatures: [
                .host("t-online.de"),
                .text("rx.t-online.de"),  // contact address in refusals
            ],
            links: [
                Link("Telekom: postmaster", .documentation, "https://postmaster.t-online.de/"),
                Link("Telekom: admission and resets", .contact, "mailto:tosa@rx.t-online.de"),
                Link("Telekom: false alarms of the spam filter", .contact, "mailto:fpr@rx.t-online.de"),
            ],
            codes: [
                .init(saying: "None/bad reputation", [554], .senderBlocked, "The IP has no reputation with Telekom, or a bad one.", "Set up a proper PTR record and imprint, then write to the address given in the reply.", "https://timmehosting.de/leitfaden-wenn-t-online-e-mails-blockiert-ursachen-und-loesungen"),
                .init("NOWL", [554], .senderBlocked, "Telekom does not know the server and has not yet admitted its IP.", "Ask for admission at the address named in the reply.", "https://timmehosting.de/leitfaden-wenn-t-online-e-mails-blockiert-ursachen-und-loesungen"),
                .init(saying: "(BL)", [554], .senderBlocked, "The IP is blocked by Telekom or unknown to it.", "Ask for a reset at the address given in the reply.", "https://www.spamresource.com/2020/06/whoops-t-onlinede-not-accepting-mail.html"),
                .init(saying: "Message considered as spam or virus", [550], .spamContent, "Telekom classed the content as spam or a virus, which short links commonly trigger.", "Take short links out, and report the codes to FPR@RX.T-ONLINE.DE.", "https://it-kosmopolit.de/deutsche-telekom-stuft-bit-ly-links-in-newslettern-als-spam-ein/"),
            ]),
        Provider("GMX/WEB.DE",
            signatures: [
                .host("gmx.net"),
                .host("web.de"),
                .text("Nemesis ESMTP"),  // server banner of United Internet brands
                .text("postmaster.gmx"),  // help link carrying a case code
            ],
            links: [
                Link("GMX: error messages", .documentation, gmxErrors),
            ],
            codes: [
                .init(saying: "Nemesis ESMTP Service not available", [554], .senderBlocked, "GMX or WEB.DE refused the connection at the greeting and gives the reason in the next line.", "Open the case page linked in the reply, and do what it says.", gmxErrors),
                .init(saying: "IP address is block listed", [554], .senderBlocked, "GMX or WEB.DE found the sending IP on a blocklist.", "Open the case page linked in the reply, and request removal.", gmxErrors),
                .init("r0201", [554], .senderBlocked, "GMX or WEB.DE gives this case code to an IP that is on a blocklist.", "Open the case page linked in the reply, and request removal.", gmxErrors),
                .init(saying: "Bad DNS PTR resource record", [554], .reverseDNS, "The PTR record of the IP is missing or looks dynamic.", "Give the IP a proper PTR record.", "https://postmaster.gmx.net/en/error-messages", confirmed: false),
                .init(saying: "Reject due to SPF policy", [550], .senderUnauthenticated, "The SPF record of the sender's domain does not allow this server.", "Put the SPF record right, and use SRS when you forward mail.", "https://postmaster.web.de/de/fehlermeldungen", confirmed: false),
                .init(saying: "Rate limit reached", [421], .rateLimited, "GMX or WEB.DE got too many messages within a short time.", "Wait a few hours, then retry at a lower rate.", "https://postmaster.web.de/de/fehlermeldungen"),
                .init(saying: "Requested action not taken: mailbox unavailable", [550], .unknownRecipient, "GMX or WEB.DE has no such mailbox.", "Remove the address from your list.", "https://www.ionos.de/hilfe/e-mail/problemloesungen-mail-basicmail-business/fehlermeldungen-bei-unzustellbarer-e-mail/"),
            ]),
        Provider("Mail.ru",
            signatures: [
                .host("mail.ru"),  // MX mxs.mail.ru
                .text("help.mail.ru"),  // help link
            ],
            links: [
                Link("Mail.ru: postmaster", .contact, "https://postmaster.mail.ru/"),
            ],
            codes: [
                .init(saying: "spam message discarded", [550], .spamContent, "Mail.ru took the message for spam.", "Look over the content, and write to Mail.ru support through the link.", momentum),
                .init(saying: "Temporarily rejected", [421], .senderBlocked, "Mail.ru refuses the IP for now.", "Try again later, and contact Mail.ru.", momentum),
                .init(saying: "spam message rejected", [550], .spamContent, "Mail.ru took the message for spam and sent a link that carries a case id.", "Fill in the form behind the link.", "https://errorsmaster.ru/oshibka-550-spam-message-rejected"),
                .init(saying: "message sending for this account is disabled", [550], .senderBlocked, "Mail.ru locked the sending account, as often happens after a compromise.", "Change the password, and confirm that the account is yours.", "https://mailout.ru/2015/09"),
            ]),
        Provider("Yandex",
            signatures: [
                .host("yandex"),  // MX mx.yandex.ru and mx.yandex.net
                .text("ya.cc/"),  // short help links
            ],
            links: [
                Link("Yandex: bounces", .documentation, yandexBounces),
            ],
            codes: [
                .init(saying: "Message rejected under suspicion of SPAM", [554], .spamContent, "The content looks like spam to Yandex.", "Change the content, because repeated spam brings a block of 24 hours.", yandexBounces),
                .init(saying: "Blocked by spam statistics", [554], .senderBlocked, "Yandex blocked the sender for 24 hours after it sent nothing but spam.", "Stop sending, wait a day, and fix the cause.", yandexBounces),
                .init(saying: "Policy rejection on the target address", [550], .mailboxDisabled, "Yandex blocked the recipient's account for breaking its rules.", "Reach the person some other way.", yandexBounces),
                .init(saying: "No such user", [550], .unknownRecipient, "Yandex has no such recipient.", "Remove the address from your list.", yandexBounces),
                .init(saying: "Mailbox size limit exceeded", [552], .mailboxFull, "The recipient's mailbox at Yandex is full.", "Ask the recipient to log in and make room.", yandexBounces),
                .init(saying: "service is currently unavailable. Please come back later", [451], .greylisted, "Yandex does not know the sender and put it off.", "Let the queue retry.", "https://smtp.codes/yandex", confirmed: false),
                .init("5.3.0", saying: "Unknown error", [551], .systemUnavailable, "Yandex met a fault of its own; nobody has moved.", "Send again later.", "https://smtp.codes/yandex", confirmed: false),
            ]),
        Provider("WP.pl",
            codes: [
                .init(saying: "you sent too many e-mails", [470], .rateLimited, "The sender sent WP.pl too many messages.", "Send more slowly.", momentum),
            ]),
        Provider("Rambler",
            signatures: [
                .host("rambler.ru"),  // MX inmx
            ],
            codes: [
                .init(saying: "rejected: Inactive", [540], .mailboxDisabled, "The mailbox is out of use, which Rambler says with 540.", "Stop mailing the address.", "https://smtp.codes/rambler", confirmed: false),
                .init(saying: "rejected: Blocked", [540], .mailboxDisabled, "Rambler has blocked the mailbox.", "Stop mailing the address.", "https://smtp.codes/rambler", confirmed: false),
                .init("4.5.3", saying: "rate limit exceeded", [452], .rateLimited, "The mailbox is getting mail too fast; the number of recipients is not at fault, though the code says so.", "Let the queue retry.", "https://smtp.codes/rambler"),
            ]),
        Provider("Proton Mail",
            signatures: [
                .host("protonmail.ch"),  // MX mail and mailsec
            ],
            codes: [
                .init(saying: "We do not accept viral traffic", [554], .malware, "A file in the message is malware that Proton knows.", "Scan the message and the machine.", "https://smtp.codes/protonmail"),
            ]),
        Provider("RU-CENTER",
            signatures: [
                .host("nic.ru"),
            ],
            links: [
                Link("RU-CENTER: mail diagnostics", .documentation, ruCenter),
            ],
            codes: [
                .init(saying: "prohibited. Disk quota exceeded", [451], .mailboxFull, "The mailboxes of the recipient's whole domain have no room left.", "Let the queue retry, and tell the recipient another way.", ruCenter),
                .init(saying: "try another server", [451], .greylisted, "The first mail server of RU-CENTER puts strangers off on purpose; the others take the mail.", "Let your server try every MX host, and give the IP a PTR record that looks like a server's.", ruCenter),
            ]),
        Provider("i.ua",
            signatures: [
                .host("i.ua"),
            ],
            codes: [
                .init(saying: "mail.i.ua/err/1", [550], .relayDenied, "The server does not relay.", "Send through your own provider.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/2", [550], .unknownRecipient, "i.ua has no such user.", "Remove the address from your list.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/3", [550], .mailboxDisabled, "Nobody has used the mailbox for three months.", "Stop mailing the address.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/4", [550], .mailboxFull, "The mailbox is full.", "Pause mail to the address, and tell the recipient another way.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/5", [550], .rateLimited, "The sender passed a limit of i.ua.", "Send more slowly.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/7", [550], .reverseDNS, "The name given in HELO is wrong.", "Give the full host name in EHLO.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/8", [550], .badSenderAddress, "i.ua could not check the sender address.", "Use a sender address that takes mail.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/9", [550], .senderBlocked, "The sending IP is on a blocklist.", "Find the list that has it, stop the cause, and get the IP removed.", sisimaiIUA),
                .init(saying: "mail.i.ua/err/10", [550], .recipientRestricted, "The recipient takes mail only from those on a list.", "Ask the recipient another way to be put on it.", sisimaiIUA),
            ]),
        Provider("konto.pl",
            signatures: [
                .host("konto.pl"),
            ],
            codes: [
                .init("5.1.0", saying: "policy violation", [550], .rateLimited, "The account or IP passed a limit of messages, or of undeliverable ones.", "Send more slowly, and clean the list.", "https://support.konto.pl/kb/a2164/blad-5_1_0.aspx"),
            ]),
    ]
}
