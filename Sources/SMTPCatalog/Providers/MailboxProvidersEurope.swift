private let gmxErrors = "https://postmaster.gmx.com/en/error-messages"
private let ionosErrors = "https://www.ionos.de/hilfe/e-mail/postmaster/smtp-fehlermeldungen-der-11-ionos-mailserver"
private let stratoErrors = "https://www.strato.de/faq/mail/fehlermeldungen-bei-e-mails"
private let orangeCodes = "https://www.postmastery.com/orange-postmaster-smtp-error-codes-ofr/"
private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let yandexBounces = "https://yandex.com/support/mail/bounces/yandex.html"

extension Provider {
    /// Mailbox and access providers of Europe, Russia included.
    // swift-format-ignore
    static let european: [Provider] = [
        Provider("T-Online",
            signatures: [
                .host("t-online.de"),
                .text("rx.t-online.de"),  // contact address in refusals
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
            codes: [
                .init(saying: "Nemesis ESMTP Service not available", [554], .senderBlocked, "GMX or WEB.DE refused the connection at the greeting and gives the reason in the next line.", "Open the case page linked in the reply, and do what it says.", gmxErrors),
                .init(saying: "IP address is block listed", [554], .senderBlocked, "GMX or WEB.DE found the sending IP on a blocklist.", "Open the case page linked in the reply, and request removal.", gmxErrors),
                .init("r0201", [554], .senderBlocked, "GMX or WEB.DE gives this case code to an IP that is on a blocklist.", "Open the case page linked in the reply, and request removal.", gmxErrors),
                .init(saying: "Bad DNS PTR resource record", [554], .reverseDNS, "The PTR record of the IP is missing or looks dynamic.", "Give the IP a proper PTR record.", "https://postmaster.gmx.net/en/error-messages", confirmed: false),
                .init(saying: "Reject due to SPF policy", [550], .senderUnauthenticated, "The SPF record of the sender's domain does not allow this server.", "Put the SPF record right, and use SRS when you forward mail.", "https://postmaster.web.de/de/fehlermeldungen", confirmed: false),
                .init(saying: "Rate limit reached", [421], .rateLimited, "GMX or WEB.DE got too many messages within a short time.", "Wait a few hours, then retry at a lower rate.", "https://postmaster.web.de/de/fehlermeldungen"),
                .init(saying: "Requested action not taken: mailbox unavailable", [550], .unknownRecipient, "GMX or WEB.DE has no such mailbox.", "Remove the address from your list.", "https://www.ionos.de/hilfe/e-mail/problemloesungen-mail-basicmail-business/fehlermeldungen-bei-unzustellbarer-e-mail/"),
            ]),
        Provider("IONOS",
            signatures: [
                .host("kundenserver.de"),  // MX of IONOS
                .host("perfora.net"),  // MX of IONOS in North America
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
            codes: [
                .init("B-URL", [550], .spamContent, "Strato found a suspicious link in the message.", "Take the link out.", stratoErrors),
                .init("B-TEXT", [550], .spamContent, "Strato found suspicious text in the message.", "Rewrite the text.", stratoErrors),
                .init("B-SCORE", [550], .spamContent, "The score of the content made it suspicious to Strato.", "Change what the message contains.", stratoErrors),
                .init("B-EX", [550], .spamContent, "Strato found the content suspicious.", "Change what the message contains.", stratoErrors),
                .init("B-ATTACH", [550], .contentRejected, "Strato does not allow attachments of this type.", "Take the attachment out.", stratoErrors),
            ]),
        Provider("Orange",
            signatures: [
                .host("orange.fr"),
                .text("OFR_"),  // code prefix, older form
                .text("OFR00"),  // code prefix, newer form such as OFR004_104
                .text("OFR1"),  // the same, as OFR110
                .text("OFR2"),  // the same, as OFR204
            ],
            codes: [
                .init("OFR_999", [421], .rateLimited, "Orange refuses service for now and limits the IP for about two hours.", "Pause, then retry over few connections.", "https://www.suped.com/knowledge/email-deliverability/technical/what-causes-email-delays-and-ofr_999-errors-when-sending-to-orangefr"),
                .init("OFR004_104", [421], .rateLimited, "The sender held too many connections to Orange at once.", "Keep to a few connections per IP at most.", "https://bentonow.com/smtp-errors/orange"),
                .init("OFR004_105", [421], .rateLimited, "Orange refuses service for now because of rate or reputation.", "Pause, then try again later.", "https://bentonow.com/smtp-errors/orange"),
                .init("OFR_506", [550], .spamContent, "Orange refused the message as spam.", "Look over the content and your reputation.", orangeCodes, confirmed: false),
                .init("OFR_416", [550], .unknownRecipient, "Orange has no such recipient.", "Remove the address from your list.", orangeCodes, confirmed: false),
                .init("OFR_417", [552], .mailboxFull, "The recipient has used up the quota at Orange.", "Try again later.", orangeCodes, confirmed: false),
                .init(saying: "Veuillez essayer plus tard", [421], .systemUnavailable, "Orange refused service and asked the sender to come back later.", "Try again later.", momentum),
                .init(saying: "Trop de connexions", [421], .rateLimited, "The sender opened too many connections to Orange.", "Use fewer connections.", momentum),
                .init(saying: "Mail rejete", [550], .spamContent, "Orange refused the message.", "Look over the content and your reputation, and contact Orange.", momentum),
            ]),
        Provider("Free",
            signatures: [
                .text("postmaster.free.fr"),  // help link
            ],
            codes: [
                .init(saying: "Too many spams from your IP", [421, 550], .senderBlocked, "Free got too much spam from the IP.", "Remedy the cause, and see postmaster.free.fr.", momentum),
                .init(saying: "too many errors from your IP", [451], .senderBlocked, "The IP caused too many failed commands or recipients at Free.", "Clean up the recipient list, and check your configuration.", momentum),
                .init(saying: "Server busy", [421], .rateLimited, "The sender opened too many connections to Free.", "Use fewer connections.", momentum),
            ]),
        Provider("La Poste",
            signatures: [
                .host("laposte.net"),  // MX of laposte.net; codes start with LPN
            ]),
        Provider("OVH",
            signatures: [
                .host("mail.ovh.net"),
            ]),
        Provider("Mail.ru",
            signatures: [
                .host("mail.ru"),  // MX mxs.mail.ru
                .text("help.mail.ru"),  // help link
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
            codes: [
                .init(saying: "Message rejected under suspicion of SPAM", [554], .spamContent, "The content looks like spam to Yandex.", "Change the content, because repeated spam brings a block of 24 hours.", yandexBounces),
                .init(saying: "Blocked by spam statistics", [554], .senderBlocked, "Yandex blocked the sender for 24 hours after it sent nothing but spam.", "Stop sending, wait a day, and fix the cause.", yandexBounces),
                .init(saying: "Policy rejection on the target address", [550], .mailboxDisabled, "Yandex blocked the recipient's account for breaking its rules.", "Reach the person some other way.", yandexBounces),
                .init(saying: "No such user", [550], .unknownRecipient, "Yandex has no such recipient.", "Remove the address from your list.", yandexBounces),
                .init(saying: "Mailbox size limit exceeded", [552], .mailboxFull, "The recipient's mailbox at Yandex is full.", "Ask the recipient to log in and make room.", yandexBounces),
            ]),
        Provider("WP.pl",
            codes: [
                .init(saying: "you sent too many e-mails", [470], .rateLimited, "The sender sent WP.pl too many messages.", "Send more slowly.", momentum),
            ]),
    ]
}
