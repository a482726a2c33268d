import SMTPCatalog
import Testing

@testable import SMTPExplain

/// What the built-in tables must make of replies that mail engineers meet every day.
struct ExamplesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let reply: String
        let categories: Set<Category>
        let disposition: Disposition?
        let action: Action?
        let provider: String?
        let blocklists: [String]

        init(
            _ reply: String, _ categories: Category..., disposition: Disposition, action: Action? = nil,
            provider: String? = nil, blocklists: [String] = []
        ) {
            self.reply = reply
            self.categories = Set(categories)
            self.disposition = disposition
            self.action = action
            self.provider = provider
            self.blocklists = blocklists
        }

        var testDescription: String { reply.debugDescription }
    }

    // swift-format-ignore
    private static let examples: [Example] = [
        .init("550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's\r\n550-5.7.26 DMARC policy. Please contact the administrator of example.com domain.\r\n550 5.7.26 a1b2c3 - gsmtp", .senderUnauthenticated, disposition: .permanent, action: .fixSender, provider: "Gmail"),
        .init("452 4.2.2 The email account that you tried to reach is over quota", .mailboxFull, disposition: .transient, action: .retry),
        .init("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints", .rateLimited, .senderBlocked, disposition: .transient, provider: "Yahoo"),
        .init("550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org", .senderBlocked, disposition: .permanent, action: .requestDelisting, blocklists: ["Spamhaus ZEN"]),
        .init("554 5.7.1 <a@b.example>: Relay access denied", .relayDenied, disposition: .permanent, action: .fixSender),
        .init("550 5.1.1 No such user", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("550 5.1.1 <a@b.example>: User unknown", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("421 Service not available, closing transmission channel", .systemUnavailable, disposition: .transient, action: .retry),
        .init("451 4.7.1 Greylisted, please try again in 300 seconds", .greylisted, disposition: .transient, action: .retry),
        .init("552 5.3.4 Message size exceeds fixed limit", .messageTooLarge, disposition: .permanent, action: .fixMessage),
        .init("535 5.7.8 Authentication credentials invalid", .credentials, disposition: .permanent, action: .fixSender),
        .init("530 5.7.0 Must issue a STARTTLS command first", .encryptionRequired, disposition: .permanent, action: .fixSender),
        .init("503 5.5.1 Bad sequence of commands", .protocolError, disposition: .permanent),
        .init("556 5.1.10 Recipient address has null MX", .badDestinationDomain, disposition: .permanent, action: .suppress),
        .init("250 2.0.0 Ok: queued as 4F1A2B3C4D", .accepted, disposition: .success, action: Action.none),
        .init("354 End data with <CR><LF>.<CR><LF>", .inProgress, disposition: .intermediate, action: .continue),
    ]

    @Test("a common reply is explained as a mail engineer would", arguments: examples)
    func common(example: Example) {
        let it = explainer.explain(example.reply)
        #expect(example.categories.contains(it.category), "\(it.trace)")
        #expect(it.disposition == example.disposition)
        if let action = example.action { #expect(it.action == action) }
        if let provider = example.provider { #expect(it.provider?.service == provider) }
        #expect(it.blocklists.map(\.name) == example.blocklists)
    }

    @Test("the block by Spamhaus ZEN leads to the page where to look it up")
    func spamhausLookup() {
        let it = explainer.explain(
            "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org")
        #expect(it.blocklists.first?.lookup == "https://check.spamhaus.org/")
        #expect(it.advice.contains("https://check.spamhaus.org/"))
    }

    // MARK: - Conflicts

    // swift-format-ignore
    private static let conflicts: [Example] = [
        .init("550 5.1.1 Too many recipients this hour", .rateLimited, disposition: .permanent, action: .slowDown),
        .init("450 4.1.1 Too many recipients this hour", .rateLimited, disposition: .transient, action: .slowDown),
        .init("550 5.7.1 User unknown", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("550 5.7.1 <a@b.example>: User unknown", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("552 Mailbox not found", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("552 5.2.2 Mailbox not found", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("550 4.2.2 Mailbox full", .mailboxFull, disposition: .permanent, action: .contactRecipient),
        .init("550 4.1.1 User unknown", .unknownRecipient, disposition: .permanent, action: .suppress),
        .init("450 5.1.1 User unknown", .unknownRecipient, disposition: .transient, action: .retry),
        .init("550 5.7.1 Blocked because of the sender's reputation", .senderBlocked, disposition: .permanent, action: .requestDelisting),
        .init("550 5.7.1 Rejected by policy: mailbox full", .mailboxFull, disposition: .permanent, action: .contactRecipient),
        .init("550 5.1.1 Mailbox full", .mailboxFull, disposition: .permanent),
        .init("550 5.7.1 Message rejected as spam because SPF check failed", .senderUnauthenticated, disposition: .permanent),
        // RFC 5321, section 4.5.3.1.10.
        .init("552 Too many recipients", .tooManyRecipients, disposition: .transient, action: .slowDown),
        .init("552 5.5.3 Too many recipients", .tooManyRecipients, disposition: .transient, action: .slowDown),
        .init("452 4.5.3 Too many recipients", .tooManyRecipients, disposition: .transient, action: .slowDown),
        .init("550 5.5.3 Too many recipients", .tooManyRecipients, disposition: .permanent, action: .fixSender),
        .init("552 5.2.2 Mailbox full", .mailboxFull, disposition: .permanent, action: .contactRecipient),
        .init("552 5.3.4 Message too big", .messageTooLarge, disposition: .permanent, action: .fixMessage),
    ]

    @Test("a conflict is solved for what says more", arguments: conflicts)
    func conflict(example: Example) { common(example: example) }

    @Test(
        "the side that lost is in the evidence, and the disagreement in the warnings",
        arguments: [
            ("550 5.1.1 Too many recipients this hour", "5.1.1", Category.unknownRecipient),
            ("550 5.1.1 Mailbox full", "5.1.1", .unknownRecipient),
        ])
    func lostSide(reply: String, found: String, category: Category) {
        let it = explainer.explain(reply)
        #expect(it.evidence.contains { $0.found.contains(found) && $0.category == category }, "\(it.trace)")
        #expect(it.evidence.first?.category != category)
        #expect(it.warnings.contains { $0.contains(category.rawValue) }, "\(it.warnings)")
    }

    @Test(
        "a conflict between words and a specific code lowers the confidence",
        arguments: ["550 5.1.1 Too many recipients this hour", "550 5.1.1 Mailbox full", "550 5.7.26 Mailbox full"])
    func lessSure(reply: String) {
        #expect(explainer.explain(reply).confidence != .high)
    }

    @Test("552 for too many recipients is said to be treated as 452")
    func tooManyRecipients() {
        let it = explainer.explain("552 Too many recipients")
        #expect(it.notes.contains { $0.contains("452") && $0.contains("4.5.3.1.10") }, "\(it.notes)")
        #expect(!explainer.explain("552 5.2.2 Mailbox full").notes.contains { $0.contains("452") })
    }

    // MARK: - Blocklists and providers, row by row

    @Test("every blocklist is told by what stands in a reply that names it", arguments: Catalog.blocklists)
    func blocklist(list: Blocklist) {
        let it = explainer.explain("554 5.7.1 Client host [192.0.2.1] blocked using \(list.signature)")
        #expect(it.blocklists.map(\.name) == [list.name])
        #expect(it.category == .senderBlocked)
        if let lookup = list.lookup { #expect(it.advice.contains(lookup)) }
    }

    @Test("of several blocklists each is given")
    func severalBlocklists() {
        let it = explainer.explain("554 5.7.1 192.0.2.1 listed at zen.spamhaus.org; listed at bl.spamcop.net")
        #expect(it.blocklists.map(\.name) == ["Spamhaus ZEN", "SpamCop SCBL"])
        #expect(it.category == .senderBlocked)
    }

    @Test("a lookup link beside the name of a list is no second list")
    func lookupLink() {
        let it = explainer.explain(
            "554 5.7.1 192.0.2.1 blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1")
        #expect(it.blocklists.map(\.name) == ["Spamhaus ZEN"])
    }

    struct Mark: Sendable, CustomTestStringConvertible {
        let provider: String
        let reply: String

        var testDescription: String { "\(provider): \(reply)" }

        /// A sender that runs Postfix writes this around the reply of another server.
        private static let wrapping = Provider.Signature.text("in reply to RCPT TO command")

        static let all = Catalog.providers.flatMap { provider in
            provider.signatures.filter { $0 != wrapping }.map { signature in
                switch signature {
                case .text(let text): Mark(provider: provider.name, reply: "550 5.1.1 User unknown \(text)")
                case .host(let host):
                    Mark(
                        provider: provider.name,
                        reply:
                            "host mx1.\(host)\(host.contains(".") ? "" : ".example")[192.0.2.1] said: 550 5.1.1 User unknown"
                    )
                }
            }
        }
    }

    @Test("every provider is told by each of its marks", arguments: Mark.all)
    func mark(mark: Mark) {
        #expect(explainer.explain(mark.reply).provider?.name == mark.provider)
    }

    @Test(
        "the server that reports a reply is not taken for its author",
        arguments: [
            "host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
            "postfix/smtp[99]: to=<a@b.example>, status=bounced (host mx.b.example[192.0.2.1] said: 550 User unknown)",
            "SMTP error from remote mail server after RCPT TO:<a@b.example>: 550 5.1.1 User unknown",
        ])
    func reporter(reply: String) {
        #expect(explainer.explain(reply).provider?.name == nil)
    }

    struct Wording: Sendable, CustomTestStringConvertible {
        let provider: Provider
        let row: ProviderCode

        var testDescription: String { "\(provider.name) \(row.code ?? ""): \(row.wording ?? "")" }

        static let all = Catalog.providers.flatMap { provider in
            provider.codes.filter { $0.wording != nil }.map { Wording(provider: provider, row: $0) }
        }
    }

    @Test("every provider's wording is found in a reply that begins with it", arguments: Wording.all)
    func wording(wording: Wording) throws {
        let words = try #require(wording.row.wording)
        // The codes that a wording begins with are those of the reply.
        let hasCode = words.prefix(3).allSatisfy(\.isNumber)
        let enhanced = wording.row.enhancedCodes?.lowerBound.description ?? ""
        let reply = ReplyReader.read((hasCode ? "" : "550 \(enhanced) ") + words + ", sorry.")
        let alone = ProviderCode(nil, saying: words, [], .policy, "", "", "")
        let knowledge = Knowledge(phrases: [], providers: [Provider("Acme", codes: [alone])], blocklists: [])
        let found = !knowledge.findings(
            in: FoldedText(reply.text), code: reply.code, enhanced: reply.enhanced
        ).matches.isEmpty
        #expect(found, "\(reply.words)")
    }

    // MARK: - Time to wait

    @Test(
        "the time to wait is given where the reply says it",
        arguments: [
            ("450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, try again in 300 seconds", 300),
            ("451 4.7.1 Greylisted, please try again in 5 minutes", 300), ("450 Please come back in 00:05:00", 300),
            ("421 4.7.0 Too many connections, retry after 300s", 300), ("451 4.7.1 Try again in 1 hour", 3600),
            ("421 4.7.0 Try again later", nil), ("450 4.7.1 Limit of 100 messages per 1 hour exceeded", nil),
            ("550 5.1.1 User unknown", nil), ("451 Try again in 99999999 seconds", nil),
        ])
    func retryTime(reply: String, seconds: Int?) {
        #expect(explainer.explain(reply).retryAfterSeconds == seconds)
    }
}
