private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let neteaseReasons = "https://biecuoliao.com/pa/MBRrwEM.html"
private let netease163Help = "http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html"
private let sisimaiTencent = "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/Tencent.pm"
private let kumoShaping = "https://github.com/KumoCorp/kumomta/blob/main/assets/community/shaping.toml"

extension Provider {
    /// Mailbox and access providers of Asia and Australia.
    // swift-format-ignore
    static let asian: [Provider] = [
        Provider("NetEase",
            signatures: [
                .host("netease.com"),  // MX of 163.com, 126.com and yeah.net
                .text("mail.163.com"),  // help link with the reason code
            ],
            links: [
                Link("NetEase: codes", .documentation, netease163Help),
            ],
            codes: [
                .init("HL:REP", [421], .senderBlocked, "NetEase refused the connection for now because the IP writes to many invalid recipients.", "Clean up the recipient list, and look for abuse.", neteaseReasons),
                .init("HL:ICC", [421], .rateLimited, "The IP opened too many parallel connections to NetEase.", "Use fewer connections.", neteaseReasons),
                .init("HL:IFC", [421], .rateLimited, "The IP sent NetEase a great deal within a short time.", "Send more slowly.", neteaseReasons),
                .init("HL:MEP", [421], .senderBlocked, "The IP sends under many forged sender domains.", "Send under real domains only.", neteaseReasons),
                .init("MI:CEL", [450], .protocolError, "The client gave NetEase too many wrong commands.", "Repair the mail software.", neteaseReasons),
                .init("MI:DMC", [450, 451], .rateLimited, "NetEase got too many messages in one connection.", "Put fewer messages into each connection.", neteaseReasons),
                .init("MI:CCL", [450], .protocolError, "The client gave NetEase more commands than is normal.", "Repair the mail software.", neteaseReasons),
                .init("RP:DRC", [450], .tooManyRecipients, "NetEase got too many recipients in one connection.", "Put fewer recipients into each connection.", neteaseReasons),
                .init("RP:CCL", [450], .protocolError, "The client gave NetEase more commands than is normal.", "Repair the mail software.", neteaseReasons),
                .init("RP:CEL", [451], .protocolError, "The client gave NetEase too many wrong commands.", "Repair the mail software.", neteaseReasons),
                .init("DT:RBL", [450], .senderBlocked, "NetEase found the IP on one or more blocklists.", "Ask the blocklist to remove the IP.", neteaseReasons),
                .init("WM:BLI", [450], .senderBlocked, "The IP is not on NetEase's list of those allowed.", "Ask NetEase to admit the IP.", neteaseReasons),
                .init("WM:BLU", [450], .senderBlocked, "The user is not on NetEase's list of those allowed.", "Ask NetEase to admit the user.", neteaseReasons),
                .init("DT:SPM", [451, 550, 554], .spamContent, "The content looks like spam to NetEase, or the sending setup is irregular.", "Retry after two minutes, and change the content.", neteaseReasons),
                .init("MI:SFQ", [451], .rateLimited, "The sender passed NetEase's message quota for 15 minutes.", "Send more slowly.", neteaseReasons),
                .init(saying: "too much fail authentication", [451], .credentials, "Too many logins at NetEase failed.", "Put the password right, and wait.", neteaseReasons),
                .init("MI:STC", [550, 554], .rateLimited, "The sender passed NetEase's daily limit of messages.", "Wait for a day.", momentum),
                .init("RP:TRC", [550], .rateLimited, "The sender passed NetEase's daily limit of recipients.", "Wait for a day.", momentum),
                .init("RP:RCL", [550], .tooManyRecipients, "The mail passed NetEase's limit of recipients.", "Address fewer recipients.", momentum, confirmed: false),
                .init("HL:IHU", [554], .senderBlocked, "NetEase suspended the IP because of spam or odd behaviour.", "Clean up your sending, and wait.", momentum),
                .init("DT:SUM", [550, 552, 554], .contentRejected, "The envelope sender and the From header do not agree.", "Make the two addresses match.", momentum),
                .init("RP:QRC", [451], .rateLimited, "The sender passed NetEase's quota of recipients within a short time.", "Send more slowly.", netease163Help, confirmed: false),
                .init("HL:IPB", [554], .senderBlocked, "The IP is not on NetEase's list of those allowed.", "Ask NetEase to admit the IP.", netease163Help, confirmed: false),
                .init("MI:SPB", [550, 554], .senderBlocked, "The user is not on NetEase's list of those allowed.", "Ask NetEase to admit the user.", netease163Help, confirmed: false),
                .init("RP:ORQ", [550], .rateLimited, "The sender passed NetEase's daily limit.", "Wait for a day.", kumoShaping, lasts: 86400),
                .init("HL:ITC", [554], .rateLimited, "The IP passed NetEase's daily limit.", "Wait for a day.", kumoShaping, lasts: 86400),
            ]),
        Provider("QQ",
            signatures: [
                .host("qq.com"),  // MX of QQ and Tencent Exmail
                .text("service.mail.qq.com"),  // help link
            ],
            links: [
                Link("QQ: appeal", .delisting, "https://openmail.qq.com/"),
            ],
            codes: [
                .init(saying: "Domain frequency limited", [550], .rateLimited, "The sending domain sends QQ too much mail.", "Send more slowly for an hour or longer.", momentum),
                .init(saying: "Sender frequency limited", [550], .rateLimited, "The sender sends QQ too much mail.", "Send more slowly.", momentum),
                .init(saying: "Ip frequency limited", [550], .rateLimited, "The IP sends QQ too much mail.", "Send more slowly.", momentum),
                .init(saying: "Connection frequency limited", [550], .rateLimited, "The IP connects to QQ too often.", "Reuse connections, and send more slowly.", momentum),
                .init(saying: "Connection denied", [550], .senderBlocked, "QQ refused the IP after aggressive delivery.", "Pause sending for hours.", momentum),
                .init(saying: "mail rejected by antispam server", [550], .spamContent, "QQ refused the content as spam.", "Change what the message contains.", momentum),
                .init(saying: "Mail is rejected by recipients", [550], .recipientRestricted, "The recipient has chosen to take no mail from this sender; the mailbox exists.", "Stop mailing this person, or ask them another way to allow you.", sisimaiTencent, confirmed: false),
                .init(saying: "suspected bounce attacks", [550], .senderBlocked, "The IP sent QQ too many bounces.", "Refuse bad mail in the session, rather than accept and bounce it.", sisimaiTencent, confirmed: false),
                .init(saying: "suspected spam ip", [550], .senderBlocked, "QQ takes the IP for a source of spam.", "Stop the cause, then appeal at openmail.qq.com.", sisimaiTencent, confirmed: false),
                .init(saying: "is a deactivated mailbox", [550], .mailboxDisabled, "The mailbox is out of use.", "Stop mailing the address.", sisimaiTencent, confirmed: false),
                .init(saying: "spam is embedded in the email", [550], .spamContent, "The message holds what QQ knows as spam.", "Change what the message contains.", sisimaiTencent, confirmed: false),
            ]),
        Provider("Sina",
            codes: [
                .init(saying: "#4.4.5 Too many connections", [421], .rateLimited, "The sender opened too many connections to Sina.", "Use fewer connections.", momentum),
            ]),
        Provider("Sohu",
            codes: [
                .init(saying: "SENDER REJECT", [553], .senderBlocked, "Sohu refused the sender.", "Stop the cause, then write to the postmaster of the recipient's domain.", momentum),
                .init(saying: "IP REJECT", [553], .senderBlocked, "Sohu refused the IP.", "Stop the cause, then write to the postmaster of the recipient's domain.", momentum),
            ]),
        Provider("BigPond",
            codes: [
                .init(saying: "Suspected spam message rejected", [552], .spamContent, "The content looks like spam to BigPond.", "Change what the message contains.", momentum),
                .init(saying: "Max messages per session", [452], .rateLimited, "BigPond got too many messages in one session.", "Put fewer messages into each session.", momentum),
            ]),
        Provider("Yahoo! JAPAN",
            signatures: [
                .host("yahoo.co.jp"),  // MX
            ],
            codes: [
                .init("VS98-IP0", [553], .senderBlocked, "Yahoo! JAPAN holds this IP off for a while, though the reply is final.", "Pause for an hour, then send more slowly.", kumoShaping, lasts: 3600, confirmed: false),
            ]),
        Provider("KDDI", service: "au",
            signatures: [
                .host("ezweb.ne.jp"),
                .host("au.com"),  // MX msmx
            ],
            codes: [
                .init(saying: "User unknown", [550], after: "DATA", .recipientRestricted, "The subscriber's own filter refused the sender; the address exists.", "Do not suppress the address; ask the person another way to allow your domain.", "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/KDDI.pm"),
            ]),
        Provider("NTT docomo",
            signatures: [
                .host("docomo.ne.jp"),  // MX mfsmax
            ],
            codes: [
                .init(saying: "Unknown user", [550], after: "DATA", .recipientRestricted, "The recipient's filter refused the sender; the address exists. Since March 2025 docomo takes such mail.", "Do not suppress the address; ask the person another way to allow your domain.", "https://github.com/sisimai/go-sisimai/issues/64"),
                .init(saying: "too much mail data", [552], .mailboxFull, "The mailbox has no room, or not enough for this message.", "Tell the person another way to make room.", "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/NTTDOCOMO.pm"),
            ]),
        Provider("Daum",
            signatures: [
                .host("hanmail.net"),
                .host("daum.net"),
            ],
            codes: [
                .init("DAS51", [554], .senderBlocked, "The anti-spam system of Daum has blocked the sender.", "Look for a stolen account, and stop the cause.", "https://auctionpro.co.kr/?p=2544"),
                .init("CCRT", [421], .senderBlocked, "Daum's spam centre took the IP for a source of spam and blocks it for a while, though the reply says that it is busy.", "Stop the cause, and retry later.", "https://oliveit.tistory.com/39", confirmed: false),
                .init("CHIC", [421], .systemUnavailable, "Daum's server cannot answer just now.", "Let the queue retry.", "https://oliveit.tistory.com/39", confirmed: false),
                .init("RUSR", [550], .unknownRecipient, "Daum has no such user.", "Check the spelling; if it is right, remove the address.", "https://oliveit.tistory.com/39", confirmed: false),
            ]),
        Provider("Naver",
            signatures: [
                .host("naver.com"),
            ],
            codes: [
                .init(saying: "realip.naver.com", [421], .senderBlocked, "Naver filtered IP addresses that were not registered with it; the reply is an old one.", "Give the IP a PTR record, and let SPF name it.", "https://puffinknight.tistory.com/102"),
            ]),
        Provider("Netvigator",
            signatures: [
                .host("netvigator.com"),
            ],
            codes: [
                .init(saying: "Too many messages for this session", [421, 452], .rateLimited, "One session carried more messages than Netvigator takes.", "Open a new session, with at most ten messages in each.", kumoShaping, confirmed: false),
            ]),
    ]
}
