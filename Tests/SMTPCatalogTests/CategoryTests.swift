import Testing

@testable import SMTPCatalog

struct CategoryTests {
    @Test("every category has one entry, in the order of the cases")
    func entries() {
        #expect(CategoryEntry.all.map(\.category) == Category.allCases)
        for category in Category.allCases { #expect(category.entry.category == category) }
    }

    @Test(
        "every category is known to clients by the name that the design gives it",
        arguments: zip(
            Category.allCases,
            [
                "accepted", "in-progress", "unknown-recipient", "bad-recipient-address", "recipient-moved",
                "bad-destination-domain", "mailbox-full", "mailbox-disabled", "recipient-restricted",
                "message-too-large", "too-many-recipients", "system-full", "system-unavailable", "network-failure",
                "dns-failure", "routing-failure", "expired", "rate-limited", "greylisted", "bad-sender-address",
                "sender-unauthenticated", "reverse-dns", "sender-blocked", "spam-content", "malware",
                "content-rejected", "policy", "relay-denied", "credentials", "encryption-required",
                "protocol-error", "unsupported-feature", "suppressed", "undetermined",
            ]))
    func names(category: Category, name: String) {
        #expect(category.rawValue == name)
        #expect(Category.allCases.count == 34)
    }

    @Test("each category finds its own entry", arguments: Category.allCases)
    func ownEntry(category: Category) {
        #expect(category.entry.category == category)
    }

    @Test("nobody has to act on what was accepted, and nobody knows who on what says nothing")
    func parties() {
        #expect(Category.allCases.filter { $0.entry.party == nil } == [.accepted])
        #expect(Category.allCases.filter { $0.entry.party == .unknown } == [.undetermined])
    }

    @Test("no two categories have a title in common")
    func titles() {
        #expect(CategoryEntry.all.map(\.title).repeated == [])
    }

    @Test("every category is worded soundly", arguments: Category.allCases)
    func words(category: Category) {
        let entry = category.entry
        #expect(faults(inTitle: entry.title) == [])
        #expect(faults(inProse: entry.description) == [])
        #expect(faults(inProse: entry.advice) == [])
        #expect(faults(inProse: entry.transientAdvice) == [])
    }

    @Test(
        "the disposition decides the action",
        arguments: [
            (Category.mailboxFull, Action.retry, Action.contactRecipient),
            (.unknownRecipient, .retry, .suppress), (.mailboxDisabled, .retry, .suppress),
            (.rateLimited, .slowDown, .slowDown), (.systemUnavailable, .retry, .investigate),
            (.policy, .retry, .investigate), (.credentials, .retry, .fixSender),
            (.tooManyRecipients, .slowDown, .fixSender), (.relayDenied, .fixSender, .fixSender),
        ])
    func action(category: Category, transient: Action, permanent: Action) {
        let entry = category.entry
        #expect(entry.action(.transient) == transient)
        #expect(entry.action(.permanent) == permanent)
        #expect(entry.action(nil) == permanent)
        #expect(entry.action(.success) == .none)
        #expect(entry.action(.intermediate) == .continue)
    }

    @Test("the advice for now is given for now only", arguments: Category.allCases)
    func advice(category: Category) {
        let entry = category.entry
        #expect(entry.advice(.transient) == entry.transientAdvice)
        #expect(entry.advice(.permanent) == entry.advice)
        #expect(entry.advice(nil) == entry.advice)
    }

    @Test(
        "advice to mend the sending side names the RFC to check against",
        arguments: CategoryEntry.all.filter { $0.action == .fixSender })
    func namesRFC(entry: CategoryEntry) {
        #expect(entry.advice.contains("RFC "), "\(entry.advice)")
    }

    @Test("an action that waits goes with advice that says so, and a final one does not", arguments: CategoryEntry.all)
    func adviceFitsAction(entry: CategoryEntry) {
        if entry.action != entry.transientAction { #expect(entry.advice != entry.transientAdvice) }
        if entry.transientAction == .suppress { Issue.record("a refusal for now is no reason to suppress an address") }
    }
}

extension CategoryEntry: CustomTestStringConvertible {
    public var testDescription: String { category.rawValue }
}
