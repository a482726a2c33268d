private let momentum = "https://github.com/SparkPost/momentum-documentation"
private let orangeCodes = "https://www.postmastery.com/orange-postmaster-smtp-error-codes-ofr/"
private let sisimaiFrance = "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/FrancePTT.pm"

extension Provider {
    /// Mailbox and access providers of France.
    // swift-format-ignore
    static let french: [Provider] = [
        Provider("Orange",
            signatures: [
                .host("orange.fr"),
                .text("OFR_"),  // code prefix, older form
                .text("OFR00"),  // code prefix, newer form such as OFR004_104
                .text("OFR1"),  // the same, as OFR110
                .text("OFR2"),  // the same, as OFR204
            ],
            links: [
                Link("Orange: postmaster", .contact, "https://postmaster.orange.fr/"),
                Link("Orange: codes, as Postmastery lists them", .documentation, orangeCodes),
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
                .init("OFR006_102", [550], .senderBlocked, "Orange blocks the IP for spam, often because Cloudmark does.", "Stop the cause, then ask Cloudmark to reset the IP.", sisimaiFrance, links: [.cloudmark]),
                .init("OFR006_103", [550], .senderBlocked, "Orange refuses service to the IP.", "Stop for some hours, then send on slowly.", sisimaiFrance, confirmed: false),
                .init("OFR005_104", [421], .rateLimited, "The sender held too many connections to Orange.", "Use one connection at a time for an hour.", sisimaiFrance),
                .init("OFR_305", [550], .credentials, "The name or password of the login is wrong.", "Correct the login of the client.", sisimaiFrance),
                .init("OFR004_405", [501], .badSenderAddress, "The envelope sender is not valid.", "Use a sender whose domain has MX or address records.", sisimaiFrance),
                .init("OFR_415", [550], .badSenderAddress, "The envelope sender is not valid.", "Use a sender whose domain has MX or address records.", sisimaiFrance),
                .init("OFR005_505", [421], .systemUnavailable, "Orange could not take the message at its end.", "Let the queue retry.", sisimaiFrance, confirmed: false),
                .init(saying: "SPF/DNS de votre nom de domaine", [421], .senderUnauthenticated, "SPF or DNS of the sender's domain do not check out at Orange.", "Repair SPF and DNS of the sender's domain.", sisimaiFrance),
            ]),
        Provider("Free",
            signatures: [
                .text("postmaster.free.fr"),  // help link
            ],
            links: [
                Link("Free: postmaster", .documentation, "https://postmaster.free.fr/"),
            ],
            codes: [
                .init(saying: "Too many spams from your IP", [421, 550], .senderBlocked, "Free got too much spam from the IP.", "Remedy the cause, and see postmaster.free.fr.", momentum),
                .init(saying: "too many errors from your IP", [451], .senderBlocked, "The IP caused too many failed commands or recipients at Free.", "Clean up the recipient list, and check your configuration.", momentum),
                .init(saying: "Server busy", [421], .rateLimited, "The sender opened too many connections to Free.", "Use fewer connections.", momentum),
                .init(saying: "This mailbox has been blocked due to inactivity", [550], .mailboxDisabled, "Free closed the mailbox, which nobody used.", "Stop mailing the address.", "https://smtp.codes/free"),
            ]),
        Provider("La Poste",
            signatures: [
                .host("laposte.net"),  // MX of laposte.net; codes start with LPN
            ],
            links: [
                Link("La Poste: postmaster", .contact, "https://postmaster.laposte.net/"),
            ],
            codes: [
                .init("LPNAAA_101", [550], .senderBlocked, "La Poste found the IP on a Spamhaus list.", "Stop the cause, then get the IP removed at Spamhaus.", sisimaiFrance, links: [.spamhaus]),
                .init("LPN007_102", [521, 550], .senderBlocked, "La Poste blocks the IP for its poor score at SenderScore.", "Look the IP up at SenderScore, and mend what lowers it.", sisimaiFrance, links: [.senderScore]),
                .init("LPN105_104", [421], .rateLimited, "The sender held too many connections to La Poste.", "Use fewer connections.", sisimaiFrance),
                .init("LPN004_401", [550], .senderUnauthenticated, "SPF does not let this server send for the domain in MAIL FROM.", "Add the server to the SPF record.", sisimaiFrance),
                .init("LPN105_402", [550], .credentials, "La Poste wants a login.", "Log in, or send through your own provider.", sisimaiFrance),
                .init("LPN007_402", [550], .senderUnauthenticated, "The message has no DKIM signature that is aligned with the From domain.", "Sign with DKIM for the From domain.", "https://postmaster.laposte.net/contents/mails-rejetes-pour-absence-de-signature-dkim-valide"),
                .init("LPN105_405", [550], .badSenderAddress, "The envelope sender is not valid.", "Use a sender whose domain has MX or address records.", sisimaiFrance),
                .init("LPN416", [550], .unknownRecipient, "La Poste has no such mailbox.", "Remove the address from your list.", sisimaiFrance),
                .init("LPN007_420", [550], .mailboxDisabled, "La Poste has archived the mailbox, which nobody used.", "Stop mailing the address.", sisimaiFrance),
                .init("LPN105_421", [550], .badSenderAddress, "The account may not send as this address.", "Send as an address of the account.", sisimaiFrance),
                .init("LPN007_426", [550], .mailboxDisabled, "The recipient's account is blocked; the sender is not.", "Stop mailing the address.", sisimaiFrance),
                .init("LPN007_505", [421], .systemUnavailable, "La Poste could not take the message at its end.", "Let the queue retry.", sisimaiFrance, confirmed: false),
                .init("LPN007_510", [550], .spamContent, "La Poste takes the message for unsolicited.", "Look over consent and content, then write to La Poste's postmaster.", "https://smtp.codes/laposte"),
                .init("LPN007_517", [571], .senderUnauthenticated, "The message fails DMARC.", "Align SPF or DKIM with the From domain.", sisimaiFrance),
                .init("LPN000_630", [554], .senderBlocked, "La Poste refuses the connecting host.", "Check whether a blocklist has the IP, then write to La Poste's postmaster.", sisimaiFrance),
            ]),
    ]
}
