import SMTPCatalog

/// One piece of evidence, and how much it weighs. Numbers only: its words are made where they are shown.
struct Finding {
    /// How strong a piece of evidence is. Words are stronger than a code that covers many causes, and a
    /// specific code is stronger than vague words.
    enum Weight: Int, Comparable {
        case classDigit, subjectDigit, vagueWords, context, replyCode, domainBlocklist, enhancedCode
        case providerHint, providerWording, specificWords, blocklist, unregisteredCode, providerWords, decisiveWords
        case providerCode
        /// The sending side says that it gave up; the rest is what it quotes.
        case givenUp
        case rule

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// Where it stands.
    enum Place: Equatable {
        /// In the folded text of the reply, or of what stands around it.
        case text(Range<Int>)
        case context(Range<Int>)
        case enhancedCode(EnhancedCode)
        case replyCode(ReplyCode)
        case whole

        /// Does one of the two say no more than the other?
        func overlaps(_ other: Place) -> Bool {
            switch (self, other) {
            case (.text(let a), .text(let b)), (.context(let a), .context(let b)):
                a.clamped(to: b) == a || b.clamped(to: a) == b
            default: self == other
            }
        }
    }

    var weight: Weight
    let category: Category
    let kind: Evidence.Kind
    let place: Place
    /// The row of a provider's table that says so, if one does.
    var row: Knowledge.ProviderRow? = nil

    /// Length of the match; the longer of two equals says more.
    private var length: Int {
        switch place {
        case .text(let range), .context(let range): range.count
        default: 0
        }
    }

    /// Stronger first. Between equals, the category that says more about the cause, then the longer match.
    static func isStronger(_ a: Finding, _ b: Finding) -> Bool {
        if a.weight != b.weight { return a.weight > b.weight }
        if a.category.specificity != b.category.specificity { return a.category.specificity > b.category.specificity }
        return a.length > b.length
    }
}

extension Category {
    /// Which of two causes in one reply is the one behind the other: a block because of SPF is about SPF.
    fileprivate var specificity: Int {
        switch self {
        case .greylisted: 10
        case .senderUnauthenticated, .relayDenied, .malware: 9
        case .reverseDNS, .credentials, .encryptionRequired, .routingFailure, .badSenderAddress: 8
        case .tooManyRecipients: 8
        case .rateLimited, .mailboxFull, .messageTooLarge, .expired, .recipientMoved: 7
        case .senderBlocked, .mailboxDisabled, .recipientRestricted: 6
        case .unknownRecipient, .badRecipientAddress, .badDestinationDomain, .unsupportedFeature: 5
        case .contentRejected, .spamContent, .systemFull, .dnsFailure: 4
        case .networkFailure, .protocolError: 3
        case .systemUnavailable: 2
        case .policy: 1
        case .accepted, .inProgress, .undetermined: 0
        case .suppressed: 7
        }
    }
}

extension ReplyCode {
    /// Says little beyond its class; so does one that nobody defines.
    var isGeneric: Bool { Catalog.entry(self)?.isGeneric ?? true }
}

extension EnhancedCode {
    /// Says little beyond its subject; so does one that nobody registers.
    var isGeneric: Bool { Catalog.entry(self)?.isGeneric ?? true }
}
