private let neteaseReasons = "https://biecuoliao.com/pa/MBRrwEM.html"
private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let netease163Help = "http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html"

extension Provider {
    /// Mailbox and access providers of Asia and Australia.
    // swift-format-ignore
    static let asian: [Provider] = [
        Provider("NetEase",
            signatures: [
                .host("netease.com"),  // MX of 163.com, 126.com and yeah.net
                .text("mail.163.com"),  // help link with the reason code
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
            ]),
        Provider("QQ",
            signatures: [
                .host("qq.com"),  // MX of QQ and Tencent Exmail
                .text("service.mail.qq.com"),  // help link
            ],
            codes: [
                .init(saying: "Domain frequency limited", [550], .rateLimited, "The sending domain sends QQ too much mail.", "Send more slowly for an hour or longer.", momentum),
                .init(saying: "Sender frequency limited", [550], .rateLimited, "The sender sends QQ too much mail.", "Send more slowly.", momentum),
                .init(saying: "Ip frequency limited", [550], .rateLimited, "The IP sends QQ too much mail.", "Send more slowly.", momentum),
                .init(saying: "Connection frequency limited", [550], .rateLimited, "The IP connects to QQ too often.", "Reuse connections, and send more slowly.", momentum),
                .init(saying: "Connection denied", [550], .senderBlocked, "QQ refused the IP after aggressive delivery.", "Pause sending for hours.", momentum),
                .init(saying: "mail rejected by antispam server", [550], .spamContent, "QQ refused the content as spam.", "Change what the message contains.", momentum),
            ]),
        Provider("Sina",
            codes: [
                .init(saying: "#4.4.5 Too many connections", [421], .rateLimited, "The sender opened too many connections to Sina.", "Use fewer connections.", momentum),
            ]),
        Provider("Sohu",
            codes: [
                .init(saying: "SENDER REJECT", [553], .senderBlocked, "Sohu refused the sender.", "Take it up with Sohu.", momentum),
                .init(saying: "IP REJECT", [553], .senderBlocked, "Sohu refused the IP.", "Take it up with Sohu.", momentum),
            ]),
        Provider("BigPond",
            codes: [
                .init(saying: "Suspected spam message rejected", [552], .spamContent, "The content looks like spam to BigPond.", "Change what the message contains.", momentum),
                .init(saying: "Max messages per session", [452], .rateLimited, "BigPond got too many messages in one session.", "Put fewer messages into each session.", momentum),
            ]),
    ]
}
