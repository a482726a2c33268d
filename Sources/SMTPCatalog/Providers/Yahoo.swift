private let yahooCodes = "https://senders.yahooinc.com/smtp-error-codes/"
private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let yahooContact = "https://senders.yahooinc.com/contact/"
private let aolPostmaster = "http://community.hostcheetah.com/topic/267/aol-postmaster/"
private let zoneMTA = "https://github.com/zone-eu/zone-mta/blob/master/config/bounces.txt"
private let sisimaiYahoo = "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/YahooInc.pm"

extension Provider {
    /// Yahoo, whose servers also take the mail of AOL and of many access providers.
    // swift-format-ignore
    static let yahoo: [Provider] = [
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
            links: [
                Link("Yahoo: SMTP error codes", .documentation, yahooCodes),
                Link("Yahoo: contact for senders", .contact, yahooContact),
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
                .init("BL21", [553], .senderBlocked, "Yahoo found the connecting IP on a Spamhaus list.", "Get the IP removed at Spamhaus.", momentum, links: [.spamhaus]),
                .init("BL22", [553], .senderBlocked, "Yahoo found the connecting IP on a Spamhaus list.", "Get the IP removed at Spamhaus.", momentum, links: [.spamhaus]),
                .init("BL23", [553], .senderBlocked, "Yahoo found the connecting IP on the Spamhaus XBL.", "Clean the machine, then get the IP removed at Spamhaus.", momentum, links: [.spamhaus]),
                .init("VS*", [451], .senderBlocked, "Yahoo marks a refusal for too many unknown recipients this way.", "Clean up the recipient list, and lock the server down.", momentum),
                .init(saying: "DK Email not accepted for policy reasons", [554], .senderUnauthenticated, "Yahoo's check of the domain signature failed.", "Repair the DKIM signing.", momentum),
                .init("TSS05", [421], .rateLimited, "Yahoo deferred the mail under its TS family, with no exact trigger published.", "Retry later, and bring volume and complaints down.", yahooContact, confirmed: false),
                .init("TSS09", [421, 553], .senderBlocked, "Yahoo has long been putting off all mail from the IP, with no trigger published.", "Stop sending, fix the cause, then ask Yahoo for a review.", yahooContact, confirmed: false),
                .init("TSS11", [421, 553], .senderBlocked, "Yahoo has long been putting off all mail from the IP, with no trigger published.", "Stop sending, fix the cause, then ask Yahoo for a review.", yahooContact, confirmed: false),
                .init("GL01", [421], .greylisted, "Yahoo does not know the sender and told it to come back later.", "Leave the mail in the queue to be retried.", yahooContact, confirmed: false),
                .init("TSS06", [421], .senderBlocked, "Yahoo puts off all mail from the IP until its cause is settled.", "Stop sending, fix the cause, then ask Yahoo for a review.", yahooCodes),
                .init("5.7.9", saying: "policy reasons", [554], .policy, "Yahoo refused the message by a rule of its own.", "Check SPF, DKIM and DMARC, and look over content and complaints.", "https://help.yahoo.com/kb/SLN7253.html"),
                .init("IPTS04", [421], .rateLimited, "Yahoo deferred the mail of the IP because of complaints or unusual volume.", "Pause for two hours, then send more slowly.", zoneMTA, lasts: 7200),
                .init("TSS07", [553], .senderBlocked, "Yahoo found the connecting IP on a Spamhaus list.", "Get the IP removed at Spamhaus.", zoneMTA, links: [.spamhaus]),
                .init("AU01", [554], .senderUnauthenticated, "The DKIM signature is not valid.", "Repair the DKIM signing.", zoneMTA, confirmed: false),
                .init(saying: "requires all senders to authenticate with either SPF or DKIM", [550], .senderUnauthenticated, "The message passed neither SPF nor DKIM.", "Authorise the server in SPF, and sign with DKIM.", sisimaiYahoo),
                .init(saying: "Max message per connection reached", [421], .rateLimited, "The connection carried as many messages as Yahoo allows.", "Open a new connection, and send fewer messages over each.", sisimaiYahoo),
                .init(saying: "User is receiving mail too quickly", [450], .rateLimited, "The recipient is getting mail too fast.", "Let the queue retry.", sisimaiYahoo),
                .init(saying: "Headers are not RFC compliant [291]", [554], .contentRejected, "The headers break RFC 5322.", "Correct the headers.", "https://smtp.codes/yahoo"),
                .init(saying: "Message not allowed - [299]", [554], .policy, "Yahoo refused the message by a rule of its own.", "Look over authentication and content, then write to Yahoo.", "https://smtp.codes/yahoo", confirmed: false),
                .init(saying: "is no longer valid. [-20]", [554], .mailboxDisabled, "The account has been closed.", "Remove the address from your list.", "https://smtp.codes/yahoo"),
                .init(saying: "temporary domain failure", [452], .systemUnavailable, "Yahoo could not look up its own data about the address; nothing is full.", "Let the queue retry.", "https://smtp.codes/yahoo", confirmed: false),
            ]),
        Provider("AOL (legacy)",
            signatures: [
                .text("postmaster.info.aol.com/errors"),  // old help link carrying the code
                .host("mx.aol.com"),  // old AOL MX
            ],
            links: [
                Link("Yahoo, which runs AOL: contact for senders", .contact, yahooContact),
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
    ]
}
