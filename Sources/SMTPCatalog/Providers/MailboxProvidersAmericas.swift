private let yahooCodes = "https://senders.yahooinc.com/smtp-error-codes/"
private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let yahooContact = "https://senders.yahooinc.com/contact/"
private let aolPostmaster = "http://community.hostcheetah.com/topic/267/aol-postmaster/"
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
private let zohoCodes = "https://www.zoho.com/zeptomail/help/api/smtp-error-codes.html"
private let godaddyBounces = "https://www.godaddy.com/help/fix-rejected-email-with-a-bounce-error-40685"

extension Provider {
    /// Mailbox and access providers of the Americas.
    // swift-format-ignore
    static let american: [Provider] = [
        Provider("Yahoo",
            signatures: [
                .host("yahoodns.net"),  // MX of Yahoo, AOL, and many ISP brands
                .host("omega.yahoo.com"),  // servers of Yahoo, AOL, and many ISP brands, by their own names
                .text("[TS"),  // start of a bracketed deferral code
                .text("postmaster.yahooinc.com"),  // help link
                .text("senders.yahooinc.com"),  // help link
                .text("postmaster.yahoo.com"),  // old help link
                .text("help.yahoo.com"),  // old help link
            ],
            codes: [
                .init("TS*", [421], .rateLimited, "Yahoo deferred the mail because of complaints, odd traffic, doubtful content or a poor IP reputation.", "Retry later, and bring volume and complaints down.", yahooCodes),
                .init("PH*", [553, 554], .spamContent, "Yahoo refused the content because it holds malware or phishing, or links to them.", "Take harmful links out, and check whether your server is being abused.", yahooCodes),
                .init(saying: "Resources temporarily unavailable", [451], .systemUnavailable, "Yahoo's servers were busy at that moment.", "Try again later.", yahooCodes),
                .init(saying: "delivery error: dd", [554], .unknownRecipient, "Yahoo has no such account.", "Remove the address from your list.", yahooCodes),
                .init(saying: "Excessive unknown recipients", [451], .senderBlocked, "The server writes to many invalid addresses and may be an open relay.", "Clean up the recipient list, and lock the server down.", yahooCodes),
                .init(saying: "Unresolvable RFC.5321", [451, 554], .badSenderAddress, "Yahoo, which checks the SOA record, could not resolve the domain of the envelope sender.", "Give the envelope sender's domain working DNS.", yahooCodes),
                .init(saying: "Unresolvable RFC.5322", [451, 554], .badSenderAddress, "Yahoo, which checks the SOA record, could not resolve the domain in the From header.", "Give the From domain working DNS.", yahooCodes),
                .init(saying: "null MX", [550, 554], .badSenderAddress, "Yahoo's policy refused the mail because a domain publishes a null MX.", "Send from a domain that accepts mail.", yahooCodes, confirmed: false),
                .init(saying: "Header too big", [554], .contentRejected, "A header such as From, To or Subject is too long for Yahoo.", "Make the header shorter.", yahooCodes, confirmed: false),
                .init("TS03", [421], .senderBlocked, "Yahoo sees a high volume that looks like bulk spam, and retrying will not help.", "Stop sending, put the list and its consent in order, then ask Yahoo for a review.", "https://help.yahoo.com/kb/SLN3436.html"),
                .init("5.7.9", [554], .senderUnauthenticated, "The message failed Yahoo's DKIM, SPF or DMARC checks.", "Authenticate the mail, and align it with the From domain.", "https://help.yahoo.com/kb/SLN7253.html"),
                .init("TSS04", [421], .rateLimited, "Yahoo deferred the mail because of unexpected volume or user complaints.", "Retry later, with less volume and fewer complaints.", "https://secuserve.zammad.com/help/en-us/5-f-a-q/397-deferred-yahoo-said-421-4-7-0-tss04"),
                .init("TS01", [421], .rateLimited, "Yahoo deferred the mail because users complained.", "Retry slowly, and bring complaints down.", momentum),
                .init("TS02", [421], .rateLimited, "Yahoo deferred the mail because users complained or the traffic was unusual.", "Retry slowly, and bring complaints down.", momentum),
                .init("4.16.50", [421], .rateLimited, "Yahoo deferred the mail after substantial complaints from users.", "Retry slowly, and bring complaints down.", momentum),
                .init("4.16.55.1", [421], .rateLimited, "Yahoo deferred the mail because of unexpected volume or complaints.", "Retry slowly, and bring complaints down.", "https://secuserve.zammad.com/help/en-us/5-f-a-q/397-deferred-yahoo-said-421-4-7-0-tss04"),
                .init("BL21", [553], .senderBlocked, "Yahoo found the connecting IP on a Spamhaus list.", "Get the IP removed at Spamhaus.", momentum),
                .init("BL22", [553], .senderBlocked, "Yahoo found the connecting IP on a Spamhaus list.", "Get the IP removed at Spamhaus.", momentum),
                .init("BL23", [553], .senderBlocked, "Yahoo found the connecting IP on the Spamhaus XBL.", "Clean the machine, then get the IP removed at Spamhaus.", momentum),
                .init("VS*", [451], .senderBlocked, "Yahoo marks a refusal for too many unknown recipients this way.", "Clean up the recipient list, and lock the server down.", momentum),
                .init(saying: "DK Email not accepted for policy reasons", [554], .senderUnauthenticated, "Yahoo's check of the domain signature failed.", "Repair the DKIM signing.", momentum),
                .init("TSS05", [421], .rateLimited, "Yahoo deferred the mail under its TS family, with no exact trigger published.", "Retry later, and bring volume and complaints down.", yahooContact, confirmed: false),
                .init("TSS09", [421, 553], .senderBlocked, "Yahoo has long been putting off all mail from the IP, with no trigger published.", "Stop sending, fix the cause, then ask Yahoo for a review.", yahooContact, confirmed: false),
                .init("TSS11", [421, 553], .senderBlocked, "Yahoo has long been putting off all mail from the IP, with no trigger published.", "Stop sending, fix the cause, then ask Yahoo for a review.", yahooContact, confirmed: false),
                .init("GL01", [421], .greylisted, "Yahoo does not know the sender and told it to come back later.", "Leave the mail in the queue to be retried.", yahooContact, confirmed: false),
            ]),
        Provider("AOL (legacy)",
            signatures: [
                .text("postmaster.info.aol.com/errors"),  // old help link carrying the code
                .host("mx.aol.com"),  // old AOL MX
            ],
            codes: [
                .init("RTR:DU", [554], .senderBlocked, "Spamhaus lists the IP as dynamic or residential.", "Route the mail through your provider's relay.", "http://postmaster.aol.com/errors/"),
                .init("RLY:B1", [421, 554], .senderBlocked, "AOL set a dynamic block after complaints, which lifts within 24 hours when they fall.", "Check for abuse, and join the feedback loop.", "http://postmaster.aol.com/errors/"),
                .init("RTR:BB", [554], .senderBlocked, "Lists from internet providers show the IP as dynamic or residential.", "Give the IP a proper host name, and ask AOL for removal.", aolPostmaster),
                .init("RTR:CH", [554], .senderBlocked, "The network sends known spam and may be compromised.", "Secure the network, then ask AOL for removal.", aolPostmaster),
                .init("RTR:BG", [554], .senderBlocked, "The IP lies in address space that is not yet allocated.", "Take it up with your hosting provider.", aolPostmaster),
                .init("RTR:RD", [554], .reverseDNS, "The reverse DNS of the IP looks like a dynamic address.", "Give the IP a PTR record that looks like a server's.", aolPostmaster),
                .init("RTR:SC", [554], .senderBlocked, "AOL's IP checks refused the connection, and a review is needed.", "Ask the AOL postmaster for a review.", momentum),
                .init("RTR:BL", [554], .senderBlocked, "AOL blocked the IP, and a review is needed.", "Ask the AOL postmaster for a review.", momentum),
                .init("RTR:GE", [554], .senderBlocked, "AOL refused the IP when it connected.", "Ask the AOL postmaster for a review.", momentum, confirmed: false),
                .init("HVU:B1", [554], .spamContent, "The message links to a domain that draws complaints.", "Take the link out, or replace it.", momentum, confirmed: false),
                .init("HVU:B2", [421], .spamContent, "The message links to a domain that draws complaints.", "Take the link out, or replace it.", momentum, confirmed: false),
                .init("DNS:NR", [421], .reverseDNS, "AOL found no reverse DNS for the sending IP.", "Publish a PTR record for the IP.", momentum),
                .init("DNS:B1", [554], .reverseDNS, "AOL met an error in the reverse DNS.", "Put the PTR record right.", momentum),
                .init("DNS:B2", [554], .reverseDNS, "AOL met an error in the reverse DNS.", "Put the PTR record right.", momentum),
                .init("RLY:B2", [554], .senderBlocked, "AOL set a hard block that takes AOL's help to lift.", "Fix the cause, then ask AOL for removal.", momentum),
                .init("RLY:B3", [421], .rateLimited, "AOL limited the sender because of its poor reputation.", "Send more slowly, and improve your reputation.", momentum),
                .init("RLY:BD", [554], .senderBlocked, "AOL set a block that takes AOL's help to lift.", "Fix the cause, then ask AOL for removal.", momentum),
                .init("RLY:CH", [554], .senderBlocked, "AOL suspects that the network may be compromised.", "Make the network secure.", momentum),
                .init("RLY:CS4", [554], .senderBlocked, "AOL suspects that the server may be compromised.", "Make the server secure.", momentum),
                .init("DYN:T1", [421], .rateLimited, "AOL limited the sender for its volume or its lack of reputation.", "Send more slowly.", momentum),
                .init("CON:B1", [421, 554], .rateLimited, "The sender passed AOL's thresholds for connections or complaints.", "Back off, then try again later.", momentum),
                .init("RLY:SN", [421, 554], .badSenderAddress, "The sender is an aol.com address that the mail is not allowed to use.", "Send from a domain of your own.", "https://www.wordtothewise.com/2012/08/aol-bounces-and-false-positives"),
            ]),
        Provider("Apple iCloud",
            signatures: [
                .host("mail.icloud.com"),  // MX mx01 and mx02
                .text("support.apple.com/en-us/HT204137"),  // help link, now article 102322
            ],
            codes: [
                .init(saying: "support.apple.com/en-us/HT204137", [], .policy, "The reply links to Apple's postmaster page, and the text before the link gives the reason.", "Meet the requirements for bulk mail, and send the log line to icloudadmin@apple.com.", "https://support.apple.com/en-us/102322"),
                .init("CS01", [550, 554], .policy, "Apple refused the mail under a local policy tied to filtering by reputation or content.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("CS02", [550, 554], .policy, "Apple refused the mail under a local policy.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("HM07", [554], .policy, "Apple refused the mail under a local policy.", "Check authentication, links and reputation, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init("HM08", [554], .policy, "Apple refused the mail under a local policy, which is often reported for authentication or reputation.", "Check SPF, DKIM and DMARC, then write to icloudadmin@apple.com.", appleLocalPolicy),
                .init(saying: "deferred due to excessive volume", [421], .rateLimited, "Apple got too much mail for a recipient or from an IP within a short time.", "Slow down, then retry.", "https://bentonow.com/smtp-errors/apple"),
                .init(saying: "Inactive email address", [550], .mailboxDisabled, "The address exists, but its owner has deactivated it.", "Stop mailing the address once failures repeat.", "https://bentonow.com/smtp-errors/apple"),
                .init(saying: "5.7.0 Blocked", [550], .senderBlocked, "Proofpoint's reputation service, which stands in front of Apple, blocked the IP.", "Ask for a review at ipcheck.proofpoint.com.", momentum),
            ]),
        Provider("Comcast",
            signatures: [
                .host("comcast.net"),
                .text("postmaster.comcast.net"),  // help link carrying the code
            ],
            codes: [
                .init("ES000001", [550], .senderBlocked, "The mail came straight from Comcast's own residential address space.", "Send through smtp.comcast.net, or through business service.", comcastCodes),
                .init("ES000010", [550], .senderBlocked, "The mail came from dynamic or residential address space.", "Send through a provider's relay; give the server a PTR record that looks static.", comcastCodes),
                .init("BL000000", [554, 550, 452], .senderBlocked, "Comcast saw the IP send mail in patterns that are typical of spam.", "Remedy the cause, then ask Comcast for removal.", comcastCodes),
                .init("BL000001", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN.", "Ask Spamhaus to remove the IP.", comcastCodes),
                .init("BL000010", [554, 550, 452], .senderBlocked, "Comcast found the IP on Cloudmark CSI.", "Ask Cloudmark to reset the IP.", comcastCodes),
                .init("BL000011", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN and Cloudmark CSI.", "Ask Spamhaus and Cloudmark to remove the IP.", comcastCodes),
                .init("BL000100", [554, 550], .senderBlocked, "Comcast found the IP on the SenderScore blocklist.", "Check how the IP stands at SenderScore, and improve it.", comcastCodes),
                .init("BL000101", [554, 550], .senderBlocked, "Comcast found the IP on Spamhaus ZEN and SenderScore.", "Ask Spamhaus and SenderScore to remove the IP.", comcastCodes),
                .init("BL000110", [554, 550], .senderBlocked, "Comcast found the IP on SenderScore and Cloudmark CSI.", "Ask SenderScore and Cloudmark to remove the IP.", comcastCodes),
                .init("BL000111", [554, 550], .senderBlocked, "Comcast found the IP on SenderScore, Cloudmark CSI and Spamhaus ZEN.", "Ask SenderScore, Cloudmark and Spamhaus to remove the IP.", comcastCodes),
                .init(saying: "Too many sessions opened", [421], .rateLimited, "The IP held more connections at once than the 25 that Comcast allows.", "Open fewer connections at once.", comcastCodes),
                .init(saying: "Reverse DNS failure : Try again later", [421], .reverseDNS, "Comcast's reverse lookup failed for the moment.", "Check the PTR record and its name servers, then retry.", comcastCodes),
                .init("BL001000", [554, 550], .senderBlocked, "Comcast found the IP on the Trend Micro (MAPS) list.", "Ask Trend Micro to remove the IP.", momentum),
                .init("BL001001", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and Spamhaus ZEN.", "Ask Trend Micro and Spamhaus to remove the IP.", momentum),
                .init("BL001010", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and Cloudmark CSI.", "Ask Trend Micro and Cloudmark to remove the IP.", momentum),
                .init("BL001011", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, Cloudmark CSI and Spamhaus ZEN.", "Ask Trend Micro, Cloudmark and Spamhaus to remove the IP.", momentum),
                .init("BL001100", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro and SenderScore.", "Ask Trend Micro and SenderScore to remove the IP.", momentum),
                .init("BL001101", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore and Spamhaus ZEN.", "Ask Trend Micro, SenderScore and Spamhaus to remove the IP.", momentum),
                .init("BL001110", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore and Cloudmark CSI.", "Ask Trend Micro, SenderScore and Cloudmark to remove the IP.", momentum),
                .init("BL001111", [554, 550], .senderBlocked, "Comcast found the IP on Trend Micro, SenderScore, Cloudmark CSI and Spamhaus ZEN.", "Ask Trend Micro, SenderScore, Cloudmark and Spamhaus to remove the IP.", momentum),
                .init("RL000001", [421], .rateLimited, "The IP sends messages faster than Comcast lets it.", "Slow down, then retry.", momentum),
                .init(saying: "554 PTR record", [554], .reverseDNS, "Comcast found no usable PTR record for the sending IP.", "Publish a PTR record for the IP.", momentum),
                .init(saying: "Not our Customer", [550], .unknownRecipient, "Comcast has no such mailbox.", "Remove the address from your list.", momentum),
                .init("RL000003", [421], .rateLimited, "The sender reached a volume limit, which is no verdict on its reputation.", "Lower the rate, and retry soon.", comcastThrottling),
                .init("RL000002", [421], .rateLimited, "Comcast applied another rate limit of its RL family.", "Slow down, then retry.", comcastThrottling, confirmed: false),
                .init("RL000010", [421, 451], .rateLimited, "Comcast throttled the mail under a rate limit of its RL family.", "Slow down, then retry.", comcastThrottling, confirmed: false),
                .init("DM000001", [550], .senderUnauthenticated, "The DMARC policy of the From domain forbids this message.", "Make SPF or DKIM align with the From domain.", "https://postmaster.comcast.net/smtp-error-codes.php#DM000001"),
            ]),
        Provider("Cox",
            signatures: [
                .host("cox.net"),
                .text("AUP#CX"),  // Cox code prefix
            ],
            codes: [
                .init("CXBL", [554], .senderBlocked, "Cox blocked the IP because it behaved like a spammer.", "Ask Cox to review the IP.", coxCodes),
                .init("CDRBL", [554], .senderBlocked, "Cox blocked the IP for a while, at most 24 hours.", "Search your traffic for spam, then retry.", coxCodes),
                .init("IPBL0001", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN.", "Ask Spamhaus to remove the IP.", coxCodes),
                .init("IPBL0010", [554], .senderBlocked, "Cox found the IP on the Return Path (SenderScore) list.", "Ask Return Path (Validity) to remove the IP.", coxCodes),
                .init("IPBL0011", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN and Return Path.", "Ask Spamhaus and Return Path to remove the IP.", coxCodes),
                .init("IPBL0100", [554], .senderBlocked, "Cox found the IP on Invaluement ivmSIP.", "Ask Invaluement to remove the IP.", coxCodes),
                .init("IPBL0101", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN and ivmSIP.", "Ask Spamhaus and Invaluement to remove the IP.", coxCodes),
                .init("IPBL0110", [554], .senderBlocked, "Cox found the IP on Return Path and ivmSIP.", "Ask Return Path and Invaluement to remove the IP.", coxCodes),
                .init("IPBL0111", [554], .senderBlocked, "Cox found the IP on Spamhaus ZEN, Return Path and ivmSIP.", "Ask Spamhaus, Return Path and Invaluement to remove the IP.", coxCodes),
                .init("IPBL1000", [554], .senderBlocked, "Cox found the IP on Cloudmark CSI.", "Ask Cloudmark to reset the IP.", coxCodes),
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
            codes: [
                .init("AUP#In-1310", [550], .senderBlocked, "Spectrum refused the sender because of its reputation.", "Clean your lists, send more slowly, and write to unblock@charter.net.", spectrumContact),
                .init("AUP#In-1370", [421], .senderBlocked, "Spectrum blocked the IP because of its reputation.", "Clean your lists, send more slowly, and write to unblock@charter.net.", spectrumContact),
                .init("AUP#In-1340", [421], .rateLimited, "The sender held too many connections to Spectrum at once.", "Open fewer connections at once.", spectrumContact),
                .init("AUP#In-1020", [554], .senderBlocked, "Spectrum set an automatic block after suspicious activity, and the block expires.", "Wait, bring complaints down, and write to unblock@charter.net.", "https://community.spectrum.net/discussion/172891/i-manage-a-domain-stovebolt-com-that-is-having-emails-to-spectum-users-blocked"),
                .init("AUP#I-1300", [421, 554], .rateLimited, "Spectrum applied a rate limit tied to the sender's mail stream.", "Send less, and improve the quality of your list.", "https://www.suped.com/knowledge/email-deliverability/technical/how-to-interpret-aupi-1300-cloudmark-email-bounce-codes-from-charter", confirmed: false),
                .init("AUP#I-1010", [554], .senderBlocked, "Spectrum blocked the IP or domain under its acceptable use policy.", "Send the reply to unblock@charter.net.", "https://www.suped.com/knowledge/email-deliverability/technical/how-to-interpret-aupi-1300-cloudmark-email-bounce-codes-from-charter", confirmed: false),
            ]),
        Provider("AT&T",
            signatures: [
                .text("abuse_rbl@abuse-att.net"),  // removal address
                .text("DNSBL:ATTRBL"),  // AT&T list marker
                .text("[SUSPEND]"),  // AT&T marker of closed accounts
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
                .init("mail_blocks#directspam", [554], .senderBlocked, "RoadRunner blocked the IP because it sent spam directly.", "Fix the cause, then ask RoadRunner for removal.", momentum),
                .init("mail_blocks#highspam", [554], .senderBlocked, "RoadRunner blocked the IP because of many complaints.", "Bring complaints down, then ask RoadRunner for removal.", momentum),
                .init("mail_blocks#rollup", [554], .senderBlocked, "RoadRunner blocked the whole network because of complaints.", "Get your provider to act.", momentum),
                .init("mail_blocks#dynamic", [554], .senderBlocked, "The IP looks dynamic to RoadRunner.", "Route the mail through your provider's relay.", momentum),
                .init("mail_blocks#generic", [554], .reverseDNS, "The PTR record of the IP looks generic to RoadRunner.", "Give the IP a PTR record that looks like a server's.", momentum),
                .init(saying: "Cannot resolve PTR record", [421], .reverseDNS, "RoadRunner found no PTR record for the IP.", "Publish a PTR record for the IP.", momentum),
                .init(saying: "IP name lookup failed", [554], .reverseDNS, "RoadRunner's reverse DNS lookup of the IP failed.", "Publish a PTR record for the IP.", momentum),
            ]),
        Provider("Verizon (legacy)",
            codes: [
                .init(saying: "currently blocked by Verizon", [571], .senderBlocked, "The anti-spam system of Verizon Online blocked the mail.", "Request removal from the operator.", momentum),
            ]),
        Provider("EarthLink",
            codes: [
                .init(saying: "blocked by EarthLink", [550], .senderBlocked, "EarthLink blocked the sender.", "Request removal from EarthLink.", momentum),
            ]),
        Provider("Zoho",
            signatures: [
                .host("zoho.com"),  // MX mx.zoho.com and regional names
            ],
            codes: [
                .init(saying: "Must issue a STARTTLS command first", [530], .encryptionRequired, "The client tried to submit mail to Zoho without encryption.", "Turn STARTTLS on.", zohoCodes),
                .init(saying: "Authentication Failed", [535], .credentials, "Zoho was given a wrong user name or token.", "Check the credentials you log in with.", zohoCodes),
                .init(saying: "Relaying disallowed as", [553], .badSenderAddress, "The account is not allowed to use this From address.", "Send from an address or a domain of the account.", zohoCodes),
                .init(saying: "detected by Zoho Mail", [552], .malware, "Zoho found a virus in the message.", "Take the infected file out.", zohoCodes),
            ]),
        Provider("GoDaddy",
            signatures: [
                .host("secureserver.net"),  // MX of GoDaddy hosted mail
                .text("x.co/irbounce"),  // short help link
            ],
            codes: [
                .init("IB212", [552], .spamContent, "Reports from users made GoDaddy judge the content to be spam.", "Find the text or link that offends, and change it.", "https://support.tigertech.net/godaddy-ib212"),
                .init(saying: "Message rejected for spam or virus content", [552], .spamContent, "The content looks like spam or a virus to GoDaddy.", "Change the content or the attachment.", godaddyBounces),
                .init(saying: "This message is looping: it already has my Delivered-To line", [554], .routingFailure, "The recipient's forwarding runs in a loop.", "Have the recipient correct the forwarding.", godaddyBounces),
                .init(saying: "550 Recipient not found", [550], .unknownRecipient, "GoDaddy has no such recipient.", "Remove the address from your list.", godaddyBounces),
            ]),
        Provider("Facebook",
            codes: [
                .init("POL-P7", [554], .senderUnauthenticated, "Facebook could not authenticate the sender.", "Put SPF and DKIM right.", momentum),
            ]),
        Provider("Rackspace",
            signatures: [
                .host("emailsrvr.com"),  // MX of Rackspace Email
            ]),
    ]
}
