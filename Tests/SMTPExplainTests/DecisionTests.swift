import SMTPCatalog
import Testing

@testable import SMTPExplain

/// The order of evidence and what follows from it, shown with tables of the tests' own, so that no change to
/// the built-in ones alters what is tested.
struct DecisionTests {
    // swift-format-ignore
    private static let knowledge = Knowledge(
        phrases: [
            .init("not nice", .spamContent, .vague),
            .init("box full", .mailboxFull),
            .init("no such box", .unknownRecipient),
            .init("no such box on this host", .badDestinationDomain),
            .init("sender banned", .senderBlocked),
            .init("spf says no", .senderUnauthenticated),
            .init("slow down now", .rateLimited, .decisive),
            .init("kept it for days", .expired, .decisive),
        ],
        providers: [
            Provider("Acme", service: "Acmemail", signatures: [.text("acmemta"), .host("acme.example")], codes: [
                code("ACM01", .spamContent), code("ACM*", .policy), code("5.2.1", .rateLimited),
                code("5.7.900", .malware), code("5.7.606-649", .senderBlocked), code("5.7.1", saying: "red flag", .reverseDNS),
                code(nil, saying: "acme says goodbye", .systemUnavailable), code(nil, saying: "four words in row", .expired),
                code("521", .rateLimited), code(nil, saying: "the whole box full of hay", .systemFull),
            ]),
            Provider("Bcme", signatures: [.text("bcmemta"), .host("bcme")], codes: [code("5.2.1", .policy)]),
        ],
        blocklists: [
            Blocklist("Open List", "Op", .ip, "bl.open.example", lookup: "https://open.example/lookup"),
            Blocklist("Long Open List", "Op", .ip, "long-bl.open.example", lookup: "https://open.example/long"),
            Blocklist("Closed List", "Op", .ip, "bl.closed.example", lookup: nil),
            Blocklist("Domain List", "Op", .domain, "dbl.open.example", lookup: "https://open.example/domain"),
        ])

    private static func code(_ code: String?, saying wording: String? = nil, _ category: Category) -> ProviderCode {
        ProviderCode(
            code, saying: wording, [550], category, "Acme means \(category.rawValue).", "Do it for Acme.",
            "https://acme.example/")
    }

    private func explain(_ reply: String) -> Explanation {
        Wording(ReplyReader.read(reply), Self.knowledge).explanation
    }

    @Test(
        "words of success count only where nothing refuses",
        arguments: [
            ("Message accepted for delivery", Category.accepted), ("4F2AB queued for delivery", .accepted),
            ("Message accepted for delivery was later refused: user unknown", .unknownRecipient),
            ("550 5.1.1 Message accepted for delivery", .unknownRecipient),
            ("Your message was not queued as the mailbox is full", .mailboxFull),
        ])
    func success(reply: String, category: Category) {
        #expect(explainer.explain(reply).category == category)
    }

    // MARK: - The order of evidence

    @Test("who has given up is believed, whatever the last reply asked for")
    func givenUp() {
        for (reply, category) in [("452 4.2.2 Sorry", Category.expired), ("452 4.2.2 Box full", .mailboxFull)] {
            let it = explain("We kept it for days: host mx.b.example said: \(reply)")
            // A full mailbox is what has to change.
            #expect(it.category == category)
            #expect(it.disposition == .permanent)
            #expect(it.reply?.rawValue == 452)
        }
        #expect(explain("452 4.2.2 Box full").disposition == .transient)
    }

    @Test(
        "the stronger evidence decides",
        arguments: [
            // The subject digit over the class digit.
            ("550 5.7.0 Sorry", Category.policy), ("550 5.7.999 Sorry", .policy),
            ("550 5.3.0 Sorry", .systemUnavailable),
            // Vague words over the subject digit.
            ("550 5.7.0 That is not nice", .spamContent), ("550 5.7.1 That is not nice", .spamContent),
            ("550 That is not nice", .spamContent),
            // A specific reply code over vague words.
            ("556 That is not nice", .badDestinationDomain), ("535 That is not nice", .credentials),
            // A specific enhanced code over a specific reply code, and over vague words.
            ("556 5.2.2 Sorry", .mailboxFull), ("550 5.1.1 That is not nice", .unknownRecipient),
            // Specific words over a specific enhanced code and a specific reply code.
            ("550 5.1.1 Box full", .mailboxFull), ("556 Box full", .mailboxFull),
            ("550 5.7.26 No such box", .unknownRecipient),
            // Decisive words over specific ones.
            ("550 5.1.1 Box full, slow down now", .rateLimited), ("550 Slow down now: no such box", .rateLimited),
            // The provider's own use of a code over the standard's, but not over specific words.
            ("550 5.2.1 Sorry acmemta", .rateLimited), ("550 5.2.1 Box full acmemta", .mailboxFull),
            // The provider's own code, and its own code with a wording, over words; not over those about the mailbox.
            ("550 ACM01 Slow down now acmemta", .spamContent), ("550 5.1.1 Box full ACM01 acmemta", .mailboxFull),
            ("550 5.7.1 Box full, red flag acmemta", .reverseDNS), ("550 5.7.900 Box full acmemta", .malware),
            // That the sending side gave up, over all that it quotes.
            ("550 4.4.7 Kept it for days; last reply: 421 ACM01 acmemta", .expired),
            // The provider's own wording over specific words.
            ("550 Box full. Acme says goodbye. acmemta", .systemUnavailable),
            // A blocklist over specific words.
            ("554 No such box, bl.open.example", .senderBlocked),
        ])
    func order(reply: String, category: Category) {
        let it = explain(reply)
        #expect(it.category == category, "\(it.trace)")
    }

    @Test(
        "what decided is the first evidence",
        arguments: [
            ("550 5.1.1 BOX  Full", Evidence(kind: .text, found: "BOX Full", category: .mailboxFull)),
            (
                "550 Box <a@b.example> full",
                Evidence(kind: .text, found: "Box <a@b.example> full", category: .mailboxFull)
            ),
            ("550 5.1.1 Sorry", Evidence(kind: .enhancedCode, found: "5.1.1", category: .unknownRecipient)),
            ("556 Sorry", Evidence(kind: .replyCode, found: "556", category: .badDestinationDomain)),
            ("550 ACM01 Sorry", Evidence(kind: .providerCode, found: "ACM01", category: .spamContent)),
            ("554 See BL.Open.Example", Evidence(kind: .blocklist, found: "BL.Open.Example", category: .senderBlocked)),
            ("250 2.1.5 Ok, box full", Evidence(kind: .replyCode, found: "250", category: .accepted)),
        ])
    func firstEvidence(reply: String, evidence: Evidence) {
        let it = explain(reply)
        #expect(it.evidence.first == evidence)
        #expect(it.category == evidence.category)
    }

    @Test("all that was found is in the evidence, the strongest first, each once")
    func evidence() {
        let it = explain("556 5.1.1 Box full, not nice. Box full. Slow down now")
        #expect(it.evidence.map(\.found) == ["Slow down now", "Box full", "5.1.1", "556", "not nice"])
    }

    @Test("what stands both in the reply and around it is one piece of evidence")
    func repeatedEvidence() {
        let it = explain("Box full: host mx.b.example[192.0.2.1] said: 550 Box full")
        #expect(it.evidence.map(\.found) == ["Box full"])
    }

    @Test("a code that says nothing of its own is no evidence beside one that does")
    func genericCode() {
        #expect(explain("550 Box full").evidence.map(\.found) == ["Box full"])
        #expect(explain("554 5.0.0 Box full").evidence.map(\.found) == ["Box full"])
    }

    @Test("of two phrases that overlap, the longer one counts")
    func longerPhrase() {
        let it = explain("550 No such box on this host")
        #expect(it.category == .badDestinationDomain)
        #expect(it.evidence.map(\.found) == ["No such box on this host"])
    }

    @Test(
        "the order of the words does not matter",
        arguments: [
            "550 Sender banned: SPF says no", "550 SPF says no, so sender banned",
        ])
    func causeBehindCause(reply: String) {
        let it = explain(reply)
        #expect(it.category == .senderUnauthenticated, "the block is because of SPF")
        #expect(it.evidence.map(\.category) == [.senderUnauthenticated, .senderBlocked])
    }

    @Test("words are whole words", arguments: ["550 Inbox full", "550 Box fully open", "550 Boxfull", "550 box-full"])
    func wholeWords(reply: String) {
        #expect(explain(reply).category != .mailboxFull)
    }

    @Test(
        "a success that says so is one, whatever else it says",
        arguments: ["250 2.1.5 Ok, box full", "250 Accepted: no such box", "220 Slow down now"])
    func success(reply: String) {
        let it = explain(reply)
        #expect(it.category == .accepted)
        #expect(it.disposition == .success)
        #expect(it.action == .none)
        #expect(it.warnings == [])
    }

    @Test("a request to go on is one", arguments: ["354 Go ahead, slow down now", "334 VXNlcm5hbWU6"])
    func intermediate(reply: String) {
        let it = explain(reply)
        #expect(it.category == .inProgress)
        #expect(it.disposition == .intermediate)
        #expect(it.action == .continue)
    }

    // MARK: - Providers

    @Test(
        "the provider is known by its mark, its host or its code",
        arguments: [
            ("550 Sorry acmemta", "Acme"), ("550 Sorry ACMEMTA-12", "Acme"), ("550 ACM01 Sorry", "Acme"),
            ("550 [ACM77] Sorry", "Acme"),
            ("host mx.acme.example[192.0.2.1] said: 550 Sorry", "Acme"),
            ("host acme.example[192.0.2.1] said: 550 Sorry", "Acme"),
            // A mark of a host without a dot stands anywhere in its name.
            ("host mx.bcme.example[192.0.2.1] said: 550 Sorry", "Bcme"),
            ("host mx1.bcme2.example[192.0.2.1] said: 550 Sorry", "Bcme"),
            // The mark in the reply, and the host that replied, over what merely stands around.
            ("acmemta: relay=mx.bcme.example[192.0.2.1], status=bounced (550 Sorry)", "Bcme"),
        ])
    func provider(reply: String, name: String) {
        #expect(explain(reply).provider?.name == name)
    }

    @Test(
        "a provider is not guessed",
        arguments: [
            "550 Sorry", "host mx.notacme.example[192.0.2.1] said: 550 Sorry", "550 5.2.1 Sorry", "550 acm Sorry",
            "host acme.example.net[192.0.2.1] said: 550 Sorry", "550 5.1.1 <bob@acme.example>: Sorry",
            "550 xacmemta Sorry",
        ])
    func noProvider(reply: String) {
        #expect(explain(reply).provider?.name == nil)
    }

    @Test(
        "a provider's code means what it says, where the reply is the provider's",
        arguments: [
            ("550 5.2.1 Sorry", Category.mailboxDisabled), ("550 5.2.1 Sorry acmemta", .rateLimited),
            ("550 5.2.1 Sorry bcmemta", .policy),
            // No standard has these, so the code alone tells.
            ("550 5.7.606 Sorry", .senderBlocked), ("550 5.7.649 Sorry", .senderBlocked),
            ("550 5.7.900 Sorry", .malware),
            ("550 5.7.605 Sorry", .policy), ("550 5.7.650 Sorry", .policy), ("550 5.6.606 Sorry", .contentRejected),
            // An exact code over a prefix; a prefix goes on in capitals and digits.
            ("550 ACM01 Sorry acmemta", .spamContent), ("550 ACM55 Sorry acmemta", .policy),
            ("550 5.1.1 ACM Sorry acmemta", .unknownRecipient), ("550 5.1.1 acmx Sorry acmemta", .unknownRecipient),
            // A wording beside a code must stand there.
            ("550 5.7.1 Sorry acmemta", .policy), ("550 5.7.2 red flag acmemta", .recipientRestricted),
            // Short words of one provider say nothing in the reply of another; long ones do.
            // A wording says more than the phrase in it, where the reply is the provider's; what is beyond doubt counts.
            ("550 The whole box full of hay acmemta", .systemFull), ("550 The whole box full of hay", .mailboxFull),
            ("550 Slow down now: the whole box full of hay acmemta", .rateLimited),
            // A provider may mean another thing by a reply code, but words are stronger.
            ("521 Sorry acmemta", .rateLimited), ("521 Sorry", .badDestinationDomain),
            ("521 No such box acmemta", .unknownRecipient),
            ("556 Acme says goodbye bcmemta", .badDestinationDomain), ("556 Four words in row bcmemta", .expired),
        ])
    func providerCode(reply: String, category: Category) {
        let it = explain(reply)
        #expect(it.category == category, "\(it.trace)")
    }

    @Test("a provider's meaning and advice are given where its code decides")
    func providerAdvice() {
        let it = explain("550 ACM01 Sorry acmemta")
        #expect(it.summary.hasPrefix("Acme means spam-content."))
        #expect(it.advice == "Do it for Acme.")
        #expect(it.provider?.service == "Acmemail")
        let other = explain("550 ACM01 Slow down now")
        #expect(other.advice == "Do it for Acme." || other.category == .rateLimited)
    }

    // MARK: - Blocklists

    @Test(
        "every blocklist that is named is given, with its page",
        arguments: [
            ("554 Blocked, bl.open.example", ["Open List"]), ("554 Blocked, long-bl.open.example", ["Long Open List"]),
            ("554 bl.open.example and dbl.open.example", ["Open List", "Domain List"]),
            ("554 BL.OPEN.EXAMPLE, bl.open.example", ["Open List"]),
            ("554 bl.open.example, long-bl.open.example", ["Open List", "Long Open List"]),
            ("554 see https://bl.open.example/?ip=192.0.2.1", ["Open List"]), ("554 xbl.open.example", []),
            ("554 open.example", []), ("250 Ok", []),
        ])
    func blocklists(reply: String, names: [String]) {
        #expect(explain(reply).blocklists.map(\.name) == names)
    }

    @Test("the advice on a block names the page to go to, or says that the list is closed")
    func blocklistAdvice() {
        let open = explain("554 Blocked, bl.open.example")
        #expect(open.category == .senderBlocked)
        #expect(open.action == .requestDelisting)
        #expect(open.advice.contains("https://open.example/lookup"))
        let closed = explain("554 Blocked, bl.closed.example")
        #expect(closed.advice.contains("Closed List"))
        #expect(!closed.advice.contains("http"))
    }

    // MARK: - Disposition

    @Test(
        "the first digit of the reply decides how final it is",
        arguments: [
            ("550 5.1.1 No such box", Disposition.permanent), ("450 4.1.1 No such box", .transient),
            ("550 4.1.1 No such box", .permanent), ("450 5.1.1 No such box", .transient),
            ("250 5.1.1 Ok", .success), ("599 Sorry", .permanent), ("499 Sorry", .transient),
            ("299 Sorry", .success), ("399 Sorry", .intermediate), ("550 Slow down now", .permanent),
            ("552 5.2.2 Box full", .permanent),
            // Without a reply code, the enhanced code; then what the log says; then what is usual.
            ("5.2.2 Box full", .permanent), ("4.2.2 Box full", .transient),
            ("dsn=5.2.2, status=bounced (Box full)", .permanent), ("dsn=4.2.2, status=deferred (Box full)", .transient),
            ("status=bounced (Box full)", .permanent), ("status=deferred (Box full)", .transient),
            ("No such box", .permanent), ("Slow down now", .transient), ("Box full", nil), ("Sorry", nil),
        ])
    func disposition(reply: String, disposition: Disposition?) {
        #expect(explain(reply).disposition == disposition)
    }

    @Test(
        "the disposition decides between waiting and giving up",
        arguments: [
            ("452 4.2.2 Box full", Action.retry), ("552 5.2.2 Box full", .contactRecipient),
            ("550 No such box", .suppress),
            ("450 No such box", .retry), ("550 5.1.1 Sorry", .suppress), ("450 4.1.1 Sorry", .retry),
            ("421 Slow down now", .slowDown), ("550 4.2.2 Sorry", .contactRecipient), ("450 5.1.1 Sorry", .retry),
        ])
    func action(reply: String, action: Action) {
        #expect(explain(reply).action == action)
    }

    @Test("the advice fits the disposition")
    func advice() {
        let transient = explain("452 4.2.2 Box full")
        let permanent = explain("552 5.2.2 Box full")
        #expect(transient.advice != permanent.advice)
        #expect(transient.advice.lowercased().contains("retry"))
        #expect(!permanent.advice.lowercased().contains("let the queue retry"))
        // The enhanced code's advice is for another class.
        let mixed = explain("550 4.1.1 Sorry")
        #expect(!mixed.advice.lowercased().contains("let the queue retry"))
    }

    // MARK: - Warnings

    @Test(
        "a reply that agrees with itself and the standards has no warning",
        arguments: [
            "550 5.1.1 No such box", "552 5.2.2 Box full", "550 Box full", "250 2.1.5 Ok", "250 Ok", "354 Go on",
            "421 4.4.2 Sorry", "No such box", "5.1.1 No such box", "550 5.7.1 Sorry",
            "550-5.1.1 No\n550-5.1.1 such\n550 5.1.1 box",
            // IANA registers these with further reply codes than it lists, or with none of the reply's class.
            "451 4.7.15 Sorry", "554 5.7.16 Sorry", "452 4.2.2 Box full",
        ])
    func noWarning(reply: String) {
        #expect(explain(reply).warnings == [])
    }

    @Test(
        "each disagreement has its warning",
        arguments: [
            ("550 4.1.1 No such box", ["550", "4.1.1", "class"]), ("450 5.1.1 No such box", ["450", "5.1.1", "class"]),
            ("550-No such box\n451 Or so", ["550", "451", "lines"]),
            ("550 5.1.1 Box full", ["Box full", "mailbox-full", "5.1.1", "unknown-recipient"]),
        ])
    func warning(reply: String, words: [String]) {
        let warnings = explain(reply).warnings
        #expect(warnings.contains { warning in words.allSatisfy { warning.contains($0) } }, "\(warnings)")
    }

    @Test(
        "what is odd but changes nothing is a note",
        arguments: [
            ("599 Sorry", ["599", "No standard"]), ("550 5.1.99 Sorry", ["5.1.99", "No standard"]),
            ("550 5.2.2 Box full", ["5.2.2", "550", "not registered"]),
        ])
    func note(reply: String, words: [String]) {
        let it = explain(reply)
        #expect(it.notes.contains { note in words.allSatisfy { note.contains($0) } }, "\(it.notes)")
        #expect(it.warnings == [])
    }

    @Test(
        "warnings and notes are sentences",
        arguments: ["599 4.9.99 Box full\n550 No such box. Slow down now. bl.open.example"])
    func warningSentences(reply: String) {
        let it = explain(reply)
        let warnings = it.warnings + it.notes
        #expect(warnings.count >= 3, "\(warnings)")
        for warning in warnings { #expect(warning.hasSuffix(".") && !warning.contains("  "), "\(warning)") }
    }

    // MARK: - Confidence

    @Test(
        "confidence says how sure it is",
        arguments: [
            // Words and codes agree.
            ("550 5.1.1 No such box", Confidence.high), ("552 5.2.2 Box full", .high), ("250 2.1.5 Ok", .high),
            ("550 ACM01 Sorry acmemta", .high), ("550 No such box", .high),
            // A specific code alone, or what others contradict.
            ("550 5.1.10 Sorry", .medium), ("556 Sorry", .medium), ("550 5.1.1 Box full", .medium),
            ("550 Sender banned, no such box", .medium),
            // Little or nothing.
            ("554 Sorry", .low), ("554 5.7.0 Sorry", .low), ("Sorry", .low), ("599 Sorry", .low), ("", .low),
            ("550 That is not nice", .low),
        ])
    func confidence(reply: String, confidence: Confidence) {
        let it = explain(reply)
        #expect(it.confidence == confidence, "\(it.trace)")
    }

    // MARK: - Parts and oddities

    @Test("a reply in parts is explained like a whole one")
    func parts() {
        let explainer = SMTPExplainTests.explainer
        let whole = explainer.explain("550 5.1.1 User unknown")
        let parts = explainer.explain(code: 550, enhanced: EnhancedCode("5.1.1"), text: "User unknown")
        #expect(parts.reply == 550)
        #expect(parts.enhanced == whole.enhanced)
        #expect(parts.category == whole.category)
        #expect(parts.evidence == whole.evidence)
        #expect(parts.text == whole.text)
    }

    @Test("a part outweighs what the text says of it")
    func partsOutweighText() {
        let it = explainer.explain(code: 450, enhanced: EnhancedCode("4.2.0"), text: "550 5.1.1 User unknown")
        #expect(it.reply == 450)
        #expect(it.enhanced?.description == "4.2.0")
        #expect(it.disposition == .transient)
        #expect(explainer.explain(code: nil, enhanced: nil, text: "550 5.1.1 User unknown").reply == 550)
        #expect(explainer.explain(code: 550, enhanced: nil, text: nil).reply == 550)
        #expect(explainer.explain(code: nil, enhanced: nil, text: nil).category == .undetermined)
    }

    @Test("what the sending side knows is evidence")
    func circumstances() {
        let explainer = SMTPExplainTests.explainer
        let reply = "550 5.1.1 No such user"
        #expect(explainer.explain(reply, known: Circumstances(command: "MAIL")).suppress == false)
        #expect(explainer.explain(reply, known: Circumstances(command: "RCPT")).suppress)
        let it = explainer.explain(
            "421 4.7.28 Sorry", known: Circumstances(host: "aspmx.l.google.com", recipient: "ann@b.example"))
        #expect(it.provider?.name == "Google")
        #expect(it.remoteHost == "aspmx.l.google.com")
        #expect(it.recipient == "ann@b.example")
        let parts = explainer.explain(code: 550, enhanced: nil, text: nil, known: Circumstances(command: "AUTH"))
        #expect(parts.command == "AUTH")
    }

    @Test(
        "nonsense is undetermined",
        arguments: ["", " ", "\r\n", "Sorry", "550.1", "asdf qwer", "\u{0}\u{0}", "🙂", "{}", "<>"])
    func nonsense(reply: String) {
        let it = explainer.explain(reply)
        #expect(it.category == .undetermined)
        #expect(it.confidence == .low)
        #expect(it.reply == nil)
        #expect(it.enhanced == nil)
        #expect(it.warnings == [])
        #expect(it.action == .investigate)
    }

    @Test("whatever the reply, the explanation is whole and agrees with itself")
    func anything() {
        var random = SeededGenerator(seed: 11)
        let pieces = [
            "550", "550-", "452 ", "5.1.1", "4.2.2 ", " ", "\r\n", "User unknown", "mailbox full", "too many",
            "blocked using ",
            "zen.spamhaus.org", "[TSS04]", " - gsmtp", "host mx.google.com[192.0.2.1] said: ",
            "(in reply to DATA command)",
            "try again in ", "99999999", " minutes", "<a@b.example>", "spam", "599", "5.999.999", "\u{0}", "é", "\\",
            "250 ",
        ]
        for _ in 0..<2000 {
            let reply = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let it = explainer.explain(reply)
            #expect(it.evidence.first.map { $0.category == it.category } ?? (it.category == .undetermined), "\(reply)")
            #expect(!it.summary.isEmpty && !it.advice.isEmpty, "\(reply)")
            #expect(it.party == (it.bounce == .none ? nil : it.category.entry.party))
            #expect(Set(it.evidence).count == it.evidence.count, "\(reply) \(it.trace)")
            #expect(it.disposition != .transient || it.action != .suppress, "\(reply)")
            #expect(it.retryAfterSeconds.map { (1...604_800).contains($0) } ?? true, "\(reply)")
            if it.confidence == .high { #expect(it.category != .undetermined, "\(reply)") }
        }
    }
}
