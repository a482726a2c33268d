private let momentum = "https://github.com/SparkPost/momentum-documentation"
// swift-format-ignore
private let appleLocalPolicy = "https://www.suped.com/learn/email-deliverability/what-does-apples-message-rejected-due-to-local-policy-error-mean-and-how-can-it-be-resolved"
private let comcastCodes = "http://postmaster.comcast.net/mail-error-codes.html"
// swift-format-ignore
private let comcastThrottling = "https://www.suped.com/email-deliverability/answers/what-should-i-do-about-comcast-throttling-and-deferral-errors"
private let coxCodes = "http://postmaster.cox.net/confluence/display/postmaster/Error+Codes"
// swift-format-ignore
private let coxIssues = "https://www.suped.com/knowledge/email-deliverability/troubleshooting/how-to-resolve-email-deliverability-issues-with-coxnet"
// swift-format-ignore
private let spectrumContact = "https://www.suped.com/knowledge/email-deliverability/troubleshooting/how-to-contact-spectrumcharter-to-resolve-ip-blocked-issues-for-email-sending"
private let attBlocks = "http://rbl.att.net/block_enduser.html"
private let sisimaiApple = "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/Apple.pm"
private let kumoShaping = "https://github.com/KumoCorp/kumomta/blob/main/assets/community/shaping.toml"
private let spectrumCodes = "https://www.spectrumbusiness.net/support/internet/understanding-email-error-codes"

/// What Spectrum means by the numbers of its codes, which go in steps of ten.
// swift-format-ignore
private let spectrumNumbers: [(ClosedRange<Int>, [ReplyCode], Category, String, String, [Link])] = [
    (1000...1000, [554], .senderBlocked, "Spectrum blocks the IP for suspicious activity; the block expires.", "Stop the cause, then wait.", []),
    (1090...1090, [421, 451], .systemUnavailable, "Spectrum cannot handle the message just now.", "Let the queue retry.", []),
    (1100...1150, [554], .reverseDNS, "Spectrum found no reverse DNS of the IP that leads back to it.", "Give the IP a PTR record whose name resolves back to it.", []),
    (1160...1190, [554], .senderUnauthenticated, "The message goes against the policy that the sender's own domain publishes.", "Align SPF or DKIM with the From domain.", []),
    (1200...1210, [554], .senderBlocked, "Spectrum found the IP on Cloudmark CSI.", "Stop the cause, then ask Cloudmark to reset the IP.", [.cloudmark]),
    (1220...1250, [554], .senderBlocked, "Spectrum found the IP on a Spamhaus list.", "Stop the cause, then ask Spamhaus to remove the IP.", [.spamhaus]),
    (1260...1260, [554], .networkFailure, "Spectrum takes no mail over IPv6.", "Deliver over IPv4.", []),
    (1350...1360, [421, 554], .rateLimited, "The sender passed a limit of messages, recipients, spam or invalid recipients.", "Send more slowly, and clean the list.", []),
    (1380...1490, [421, 554], .rateLimited, "The sender passed a limit of messages, recipients, spam or invalid recipients.", "Send more slowly, and clean the list.", []),
    (1500...1500, [550], .badSenderAddress, "The account sends as an address that is not its own.", "Send as the address that logged in.", []),
    (1530...1530, [552], .messageTooLarge, "The message is larger than 20 MB.", "Make the message smaller.", []),
    (1540...1540, [421], .rateLimited, "One session carried too many messages.", "Open a new session, and send fewer messages over each.", []),
    (1550...1550, [452, 550], .tooManyRecipients, "The message names more recipients than Spectrum takes at once.", "Send to fewer at a time.", []),
    (1560...1560, [554], .senderBlocked, "Too many of the recipients do not exist.", "Clean the list before you send on.", []),
    (1580...1580, [421, 554], .rateLimited, "The sender named too many recipients in a short time.", "Wait a while, then send more slowly.", []),
]

/// One row for each number, in the two forms that Spectrum writes.
private let spectrumRows = spectrumNumbers.flatMap { numbers, replies, category, meaning, advice, links in
    stride(from: numbers.lowerBound, through: numbers.upperBound, by: 10).flatMap { number in
        ["AUP#In-\(number)", "AUP#I-\(number)"].map {
            ProviderCode($0, replies, category, meaning, advice, spectrumCodes, links: links)
        }
    }
}

extension Provider {
    /// Mailbox and access providers of the Americas.
    // swift-format-ignore
    static let american: [Provider] = [
        Provider("Apple iCloud",
            signatures: [
                .host("mail.icloud.com"),  // MX mx01 and mx02
                .text("support.apple.com/en-us/HT204137"),  // help link, now article 102322
            ],
            links: [
                Link("Apple: iCloud Mail for postmasters", .documentation, "https://support.apple.com/en-us/102322"),
                Link("Apple: iCloud postmaster", .contact, "mailto:icloudadmin@apple.com"),
            ],
            codes: [
                .init(saying: "support.apple.com/en-us/HT204137", [], .policy, "The reply links to Apple's postmaster page, and the text before the link gives the reason.", "Meet the requirements for bulk mail, and send the log line to icloudadmin@apple.com.", "https://support.apple.com/en-us/102322"),
                .init("CS01", [550, 554], .policy, "Apple refused the mail under a local policy tied to filtering by reputation or content.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("CS02", [550, 554], .policy, "Apple refused the mail under a local policy.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("HM07", [554], .policy, "Apple refused the mail under a local policy.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("HM08", [554], .policy, "Apple refused the mail under a local policy, which is often reported for authentication or reputation.", "Check SPF, DKIM and DMARC, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init(saying: "deferred due to excessive volume", [421], .rateLimited, "Apple got too much mail for a recipient or from an IP within a short time.", "Slow down, then retry.", "https://bentonow.com/smtp-errors/apple"),
                .init(saying: "Inactive email address", [550], .mailboxDisabled, "The address exists, but its owner has deactivated it.", "Stop mailing the address once failures repeat.", "https://bentonow.com/smtp-errors/apple"),
                .init(saying: "5.7.0 Blocked", [550], .senderBlocked, "Proofpoint's reputation service, which stands in front of Apple, blocked the IP.", "Ask for a review at ipcheck.proofpoint.com.", momentum, links: [.proofpoint]),
                .init("HME1", [554], .senderUnauthenticated, "The message passed neither SPF nor DKIM.", "Repair SPF and DKIM of the sender's domain.", sisimaiApple),
                .init("BS01", [554], .policy, "Apple refused the mail by a rule of its own.", "Check authentication and reputation, then write to icloudadmin@apple.com.", "https://smtp.codes/icloud", confirmed: false),
                .init("BS02", [451], .rateLimited, "Apple put the sender off.", "Slow down, and pause for a quarter of an hour where it repeats.", kumoShaping, confirmed: false),
                .init("HCM1", [421], .rateLimited, "Apple put the mail of this IP off.", "Slow down, then retry.", kumoShaping, confirmed: false),
                .init(saying: "recipient no longer on server", [550], .mailboxDisabled, "The account has left iCloud.", "Remove the address from your list.", sisimaiApple),
                .init(saying: "unknown or illegal alias", [550], .unknownRecipient, "Apple has no such address or alias.", "Remove the address from your list.", sisimaiApple),
                .init(saying: "domain present in the Spamhaus DBL", [550], .senderBlocked, "A domain in the message is on the Spamhaus DBL.", "Leave its links out, or get the domain removed at Spamhaus.", "https://smtp.codes/icloud", links: [.spamhaus]),
                .init(saying: "not accepting connections", [554], .senderBlocked, "Apple refused the connection at the greeting.", "Check the PTR record of the IP, and whether a blocklist has it.", sisimaiApple, confirmed: false),
            ]),
        Provider("Comcast",
            signatures: [
                .host("comcast.net"),
                .text("postmaster.comcast.net"),  // help link carrying the code
            ],
            links: [
                Link("Comcast: request removal of a block", .delisting, "http://postmaster.comcast.net/block-removal-request.html"),
                Link("Comcast: error codes", .documentation, comcastCodes),
            ],
            codes: [
                .init("ES000001", [550], .senderBlocked, "The mail came straight from Comcast's own residential address space.", "Send through smtp.comcast.net, or through business service.", comcastCodes),
                .init("ES000010", [550], .senderBlocked, "The mail came from dynamic or residential address space.", "Send through a provider's relay; give the server a PTR record that looks static.", comcastCodes),
                .init("BL000000", [554, 550, 452], .senderBlocked, "Comcast saw the IP send mail in patterns that are typical of spam.", "Remedy the cause, then ask Comcast for removal.", comcastCodes),
                .init("BL000001", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN.", "Ask Spamhaus to remove the IP.", comcastCodes, links: [.spamhaus]),
                .init("BL000010", [554, 550, 452], .senderBlocked, "Comcast found the IP on Cloudmark CSI.", "Ask Cloudmark to reset the IP.", comcastCodes, links: [.cloudmark]),
                .init("BL000011", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN and Cloudmark CSI.", "Ask Spamhaus and Cloudmark to remove the IP.", comcastCodes, links: [.spamhaus, .cloudmark]),
                .init("BL000100", [554, 550], .senderBlocked, "Comcast found the IP on the SenderScore blocklist.", "Check how the IP stands at SenderScore, and improve it.", comcastCodes, links: [.senderScore]),
                .init("BL000101", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN and SenderScore.", "Ask Spamhaus and SenderScore to remove the IP.", comcastCodes, links: [.spamhaus, .senderScore]),
                .init("BL000110", [554, 550], .senderBlocked, "Comcast found the IP on SenderScore and Cloudmark CSI.", "Ask SenderScore and Cloudmark to remove the IP.", comcastCodes, links: [.cloudmark, .senderScore]),
                .init("BL000111", [554, 550], .senderBlocked, "Comcast found the IP on SenderScore, Cloudmark CSI and Spamhaus ZEN.", "Ask SenderScore, Cloudmark and Spamhaus to remove the IP.", comcastCodes, links: [.spamhaus, .cloudmark, .senderScore]),
                .init(saying: "Too many sessions opened", [421], .rateLimited, "The IP held more connections at once than the 25 that Comcast allows.", "Open fewer connections at once.", comcastCodes),
                .init(saying: "Reverse DNS failure : Try again later", [421], .reverseDNS, "Comcast's reverse lookup failed for the moment.", "Check the PTR record and its name servers, then retry.", comcastCodes),
                .init("BL001000", [554, 550], .senderBlocked, "Comcast found the IP on the Trend Micro (MAPS) list.", "Ask Trend Micro to remove the IP.", momentum, links: [.trendMicro]),
                .init("BL001001", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and Spamhaus ZEN.", "Ask Trend Micro and Spamhaus to remove the IP.", momentum, links: [.trendMicro, .spamhaus]),
                .init("BL001010", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and Cloudmark CSI.", "Ask Trend Micro and Cloudmark to remove the IP.", momentum, links: [.trendMicro, .cloudmark]),
                .init("BL001011", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, Cloudmark CSI and Spamhaus ZEN.", "Ask Trend Micro, Cloudmark and Spamhaus to remove the IP.", momentum, links: [.trendMicro, .spamhaus, .cloudmark]),
                .init("BL001100", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and SenderScore.", "Ask Trend Micro and SenderScore to remove the IP.", momentum, links: [.trendMicro, .senderScore]),
                .init("BL001101", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore and Spamhaus ZEN.", "Ask Trend Micro, SenderScore and Spamhaus to remove the IP.", momentum, links: [.trendMicro, .spamhaus, .senderScore]),
                .init("BL001110", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore and Cloudmark CSI.", "Ask Trend Micro, SenderScore and Cloudmark to remove the IP.", momentum, links: [.trendMicro, .cloudmark, .senderScore]),
                .init("BL001111", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore, Cloudmark CSI and Spamhaus ZEN.", "Ask Trend Micro, SenderScore, Cloudmark and Spamhaus to remove the IP.", momentum, links: [.trendMicro, .spamhaus, .cloudmark, .senderScore]),
                .init("RL000001", [421], .rateLimited, "The IP sends messages faster than Comcast lets it.", "Slow down, then retry.", momentum),
                .init(saying: "554 PTR record", [554], .reverseDNS, "Comcast found no usable PTR record for the sending IP.", "Publish a PTR record for the IP.", momentum),
                .init(saying: "Not our Customer", [550], .unknownRecipient, "Comcast has no such mailbox.", "Remove the address from your list.", momentum),
                .init("RL000003", [421], .rateLimited, "The sender reached a volume limit, which is no verdict on its reputation.", "Lower the rate, and retry soon.", comcastThrottling),
                .init("RL000002", [421], .rateLimited, "Comcast applied another rate limit of its RL family.", "Slow down, then retry.", comcastThrottling, confirmed: false),
                .init("RL000010", [421, 451], .rateLimited, "Comcast throttled the mail under a rate limit of its RL family.", "Slow down, then retry.", comcastThrottling, confirmed: false),
                .init("DM000001", [550], .senderUnauthenticated, "The DMARC policy of the From domain forbids this message.", "Make SPF or DKIM align with the From domain.", "https://postmaster.comcast.net/smtp-error-codes.php#DM000001"),
                .init(saying: "too many recent messages; Try again later", [452], .rateLimited, "The recipient is getting mail too fast; the address exists.", "Let the queue retry.", "https://smtp.codes/comcast"),
                .init("ODM00001", [552], .senderUnauthenticated, "The message fails DMARC, which Comcast enforces on its way out.", "Align SPF or DKIM with the From domain.", "https://github.com/sisimai/rb-sisimai"),
            ]),
        Provider("Cox",
            signatures: [
                .host("cox.net"),
                .text("AUP#CX"),  // Cox code prefix
            ],
            links: [
                Link("Cox: request removal of a block", .delisting, "mailto:unblock.request@cox.net"),
                Link("Cox: error codes", .documentation, coxCodes),
            ],
            codes: [
                .init("CXBL", [554], .senderBlocked, "Cox blocked the IP because it behaved like a spammer.", "Ask Cox to review the IP.", coxCodes),
                .init("CDRBL", [554], .senderBlocked, "Cox blocked the IP for a while, at most 24 hours.", "Search your traffic for spam, then retry.", coxCodes),
                .init("IPBL0001", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN.", "Ask Spamhaus to remove the IP.", coxCodes, links: [.spamhaus]),
                .init("IPBL0010", [554], .senderBlocked, "Cox found the IP on the Return Path (SenderScore) list.", "Ask Return Path (Validity) to remove the IP.", coxCodes, links: [.senderScore]),
                .init("IPBL0011", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN and Return Path.", "Ask Spamhaus and Return Path to remove the IP.", coxCodes, links: [.spamhaus, .senderScore]),
                .init("IPBL0100", [554], .senderBlocked, "Cox found the IP on Invaluement ivmSIP.", "Ask Invaluement to remove the IP.", coxCodes, links: [.invaluement]),
                .init("IPBL0101", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN and ivmSIP.", "Ask Spamhaus and Invaluement to remove the IP.", coxCodes, links: [.spamhaus, .invaluement]),
                .init("IPBL0110", [554], .senderBlocked, "Cox found the IP on Return Path and ivmSIP.", "Ask Return Path and Invaluement to remove the IP.", coxCodes, links: [.senderScore, .invaluement]),
                .init("IPBL0111", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN, Return Path and ivmSIP.", "Ask Spamhaus, Return Path and Invaluement to remove the IP.", coxCodes, links: [.spamhaus, .senderScore, .invaluement]),
                .init("IPBL1000", [554], .senderBlocked, "Cox found the IP on Cloudmark CSI.", "Ask Cloudmark to reset the IP.", coxCodes, links: [.cloudmark]),
                .init("IPBL1*", [554], .senderBlocked, "Cox found the IP on Cloudmark CSI and on the lists that the lower digits give.", "Ask each of the lists to remove the IP.", coxCodes, confirmed: false),
                .init("CXSNDR", [550], .badSenderAddress, "The sender's domain does not resolve or failed authentication.", "Publish an MX or A record, and repair SPF and DKIM.", "https://forums.cox.com/discussions/internet/aupcxsndr----error-trigger-depends-upon-message-content/109845"),
                .init("CXMJ", [550], .senderBlocked, "Cox blocked one of its accounts after suspicious activity.", "Reset the passwords, then contact Cox.", "https://forums.cox.com/discussions/internet/aupcxsndr----error-trigger-depends-upon-message-content/109845"),
                .init("CXMXRT", [421, 554], .rateLimited, "The sender passed the number of messages that Cox allows.", "Send more slowly.", coxIssues),
                .init("CXCNCT", [421], .senderBlocked, "Cox refused the connection for now under its acceptable use policy.", "Check the reputation of the IP, then retry.", coxIssues, confirmed: false),
                .init("CXDNS", [554], .reverseDNS, "Cox found no valid reverse DNS for the sending IP.", "Publish a PTR record for the IP.", coxIssues, confirmed: false),
                .init("CXTHRT", [421], .rateLimited, "Cox throttled the sending.", "Slow down, then retry.", coxIssues, confirmed: false),
            ]),
        Provider("Spectrum",
            signatures: [
                .host("charter.net"),  // MX
                .text("cmsmtp"),  // Charter banner word
                .text("AUP#In-"),  // Spectrum code prefix
            ],
            links: [
                Link("Spectrum: request removal of a block", .delisting, "mailto:unblock@charter.net"),
                Link("Spectrum: error codes", .documentation, spectrumCodes),
            ],
            codes: [
                .init("AUP#In-1310", [550], .senderBlocked, "Spectrum refused the sender because of its reputation.", "Clean your lists, send more slowly, and write to unblock@charter.net.", spectrumContact),
                .init("AUP#In-1370", [421], .senderBlocked, "Spectrum blocked the IP because of its reputation.", "Clean your lists, send more slowly, and write to unblock@charter.net.", spectrumContact),
                .init("AUP#In-1340", [421], .rateLimited, "The sender held too many connections to Spectrum at once.", "Open fewer connections at once.", spectrumContact),
                .init("AUP#In-1020", [554], .senderBlocked, "Spectrum set an automatic block after suspicious activity, and the block expires.", "Wait, bring complaints down, and write to unblock@charter.net.", "https://community.spectrum.net/discussion/172891/i-manage-a-domain-stovebolt-com-that-is-having-emails-to-spectum-users-blocked"),
                .init("AUP#I-1300", [421, 554], .rateLimited, "Spectrum applied a rate limit tied to the sender's mail stream.", "Send less, and improve the quality of your list.", "https://www.suped.com/knowledge/email-deliverability/technical/how-to-interpret-aupi-1300-cloudmark-email-bounce-codes-from-charter", confirmed: false),
                .init("AUP#I-1010", [554], .senderBlocked, "Spectrum blocked the IP or domain under its acceptable use policy.", "Send the reply to unblock@charter.net.", "https://www.suped.com/knowledge/email-deliverability/technical/how-to-interpret-aupi-1300-cloudmark-email-bounce-codes-from-charter", confirmed: false),
            ] + spectrumRows),
        Provider("AT&T",
            signatures: [
                .text("abuse_rbl@abuse-att.net"),  // removal address
                .text("DNSBL:ATTRBL"),  // AT&T list marker
                .text("[SUSPEND]"),  // AT&T marker of closed accounts
            ],
            links: [
                Link("AT&T: request removal of a block", .delisting, "mailto:abuse_rbl@abuse-att.net"),
                Link("AT&T: blocks", .documentation, attBlocks),
            ],
            codes: [
                .init(saying: "failure in DNS look-up", [421], .reverseDNS, "AT&T's reverse DNS lookup of the sending IP failed.", "Publish a PTR record for the IP.", attBlocks),
                .init(saying: "busy--Please try again later", [450], .systemUnavailable, "The sending system asked for more than AT&T had free at that moment.", "Try again later.", attBlocks),
                .init(saying: "521 DNSRBL", [521], .senderBlocked, "AT&T knows the IP as a source of spam.", "Ask AT&T to remove the IP.", attBlocks),
                .init(saying: "[suspend] Mailbox currently suspended", [550], .mailboxDisabled, "The account of the recipient is suspended.", "Reach the person some other way.", attBlocks),
                .init(saying: "requires valid sender domain", [550], .badSenderAddress, "AT&T could not verify the sender's domain in DNS.", "Correct the DNS of the sender's domain.", attBlocks),
                .init(saying: "unauthorized interface for", [550], .senderBlocked, "AT&T does not recognise the sending system as a source of mail.", "Route the mail through your provider's relay.", attBlocks),
                .init(saying: "blocked by ldap:ou=rblmx", [550], .senderBlocked, "AT&T blocked the IP because it behaved like a spammer.", "Remedy the cause, then ask AT&T for removal.", attBlocks),
                .init(saying: "Blocked for abuse", [521, 550], .senderBlocked, "AT&T blocked the IP because of abuse.", "Remedy the cause, then ask AT&T for removal.", momentum),
                .init(saying: "too frequent connects", [450], .rateLimited, "The sender connects to AT&T too often.", "Slow your sending down.", momentum),
            ]),
        Provider("RoadRunner (legacy)",
            signatures: [
                .text("rr.com/mail_blocks"),  // help link carrying the reason
            ],
            codes: [
                .init("mail_blocks#directspam", [554], .senderBlocked, "RoadRunner blocked the IP because it sent spam directly.", "Fix the cause: the servers that blocked the IP are gone.", momentum),
                .init("mail_blocks#highspam", [554], .senderBlocked, "RoadRunner blocked the IP because of many complaints.", "Bring complaints down: the servers that blocked the IP are gone.", momentum),
                .init("mail_blocks#rollup", [554], .senderBlocked, "RoadRunner blocked the whole network because of complaints.", "Get your provider to act.", momentum),
                .init("mail_blocks#dynamic", [554], .senderBlocked, "The IP looks dynamic to RoadRunner.", "Route the mail through your provider's relay.", momentum),
                .init("mail_blocks#generic", [554], .reverseDNS, "The PTR record of the IP looks generic to RoadRunner.", "Give the IP a PTR record that looks like a server's.", momentum),
                .init(saying: "Cannot resolve PTR record", [421], .reverseDNS, "RoadRunner found no PTR record for the IP.", "Publish a PTR record for the IP.", momentum),
                .init(saying: "IP name lookup failed", [554], .reverseDNS, "RoadRunner's reverse DNS lookup of the IP failed.", "Publish a PTR record for the IP.", momentum),
            ]),
        Provider("Verizon (legacy)",
            codes: [
                .init(saying: "currently blocked by Verizon", [571], .senderBlocked, "The anti-spam system of Verizon Online blocked the mail.", "Fix the cause: the servers that blocked the mail are gone.", momentum),
            ]),
        Provider("EarthLink",
            links: [
                Link("EarthLink: request removal of a block", .delisting, "mailto:blockedbyearthlink@abuse.earthlink.net"),
            ],
            codes: [
                .init(saying: "blocked by EarthLink", [550], .senderBlocked, "EarthLink blocked the sender.", "Request removal from EarthLink.", momentum),
            ]),
        Provider("Facebook",
            codes: [
                .init("POL-P7", [554], .senderUnauthenticated, "Facebook could not authenticate the sender.", "Put SPF and DKIM right.", momentum),
            ]),
        Provider("LatinMail",
            signatures: [
                .host("latinmail.com"),
            ],
            codes: [
                .init(saying: "desconocido o mailbox", [550], .unknownRecipient, "The recipient is unknown, or the mailbox is full; the server does not tell which.", "Stop mailing the address only if it fails again.", "https://github.com/sisimai/p5-sisimai/issues/66", confirmed: false),
            ]),
    ]
}
