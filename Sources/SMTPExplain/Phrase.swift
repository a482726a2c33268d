import SMTPCatalog

/// Words that receivers use, and what they mean by them.
///
/// The words are matched against the reply in lower case, with runs of space folded into one, typographic
/// quotes made plain, Latin letters without their marks (`plné` is `plne`), and mail addresses left out
/// (`User <a@b.example> unknown` reads `user unknown`). They match whole words; a `*` at the end lets the last
/// word go on (`blacklist*`), and ` ... ` skips up to 60 bytes (`mailbox ... is full`). A phrase inside a longer
/// one does not count, unless it is stronger or stands in its gap.
public struct Phrase: Sendable {
    /// How much the words say.
    public enum Strength: Int, Comparable, Sendable {
        /// They go with several causes; a specific code is better evidence.
        case vague
        /// They name the cause.
        case specific
        /// They name the cause beyond doubt, whatever else the reply says.
        case decisive
        /// The operator's own words.
        case rule

        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    public let words: String
    public let category: Category
    public let strength: Strength
    /// A reply of our own writing in which the words stand and decide; the tests replay it.
    public let sample: String

    init(_ words: String, _ category: Category, _ sample: String) {
        self.init(words: words, category: category, strength: .specific, sample: sample)
    }

    init(vague words: String, _ category: Category, _ sample: String) {
        self.init(words: words, category: category, strength: .vague, sample: sample)
    }

    init(decisive words: String, _ category: Category, _ sample: String) {
        self.init(words: words, category: category, strength: .decisive, sample: sample)
    }

    init(rule words: String, _ category: Category) {
        self.init(words: words.lowercased(), category: category, strength: .rule, sample: "")
    }

    private init(words: String, category: Category, strength: Strength, sample: String) {
        self.words = words
        self.category = category
        self.strength = strength
        self.sample = sample
    }

    /// All of them; the order carries no meaning. The phrases of a category stand in a file of its name.
    public static let all = Category.allCases.flatMap(phrases)

    static func phrases(of category: Category) -> [Phrase] {
        switch category {
        case .accepted: accepted
        case .suppressed: []
        case .unknownRecipient: unknownRecipient
        case .badRecipientAddress: badRecipientAddress
        case .recipientMoved: recipientMoved
        case .badDestinationDomain: badDestinationDomain
        case .mailboxFull: mailboxFull
        case .mailboxDisabled: mailboxDisabled
        case .recipientRestricted: recipientRestricted
        case .senderBlocked: senderBlocked
        case .reverseDNS: reverseDNS
        case .senderUnauthenticated: senderUnauthenticated
        case .badSenderAddress: badSenderAddress
        case .relayDenied: relayDenied
        case .credentials: credentials
        case .spamContent: spamContent
        case .malware: malware
        case .contentRejected: contentRejected
        case .messageTooLarge: messageTooLarge
        case .policy: policy
        case .protocolError: protocolError
        case .unsupportedFeature: unsupportedFeature
        case .encryptionRequired: encryptionRequired
        case .greylisted: greylisted
        case .rateLimited: rateLimited
        case .tooManyRecipients: tooManyRecipients
        case .systemFull: systemFull
        case .systemUnavailable: systemUnavailable
        case .networkFailure: networkFailure
        case .dnsFailure: dnsFailure
        case .routingFailure: routingFailure
        case .expired: expired
        case .inProgress, .undetermined: []
        }
    }
}
