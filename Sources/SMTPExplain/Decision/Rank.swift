/// Who or what gives a piece of evidence.
enum Source {
    /// An operator's own rule.
    case rule
    /// The sending side says that it gave up; the rest is what it quotes.
    case givenUp
    /// A code of the provider's own, as `TSS04`.
    case providerCode
    case decisiveWords
    /// The provider's own wording, or a code together with its wording.
    case providerWords
    /// An enhanced code that only providers define, as 5.7.606.
    case unregisteredCode
    case blocklist
    /// Words that mean this beside this code.
    case wordsWithCode
    case words
    /// A provider's wording in the reply of somebody else.
    case othersWords
    /// What a provider means by a standard's code; also what is unconfirmed, or names no cause.
    case providerHint
    case enhancedCode
    /// A list of domains; they stand in replies for other reasons too.
    case domainBlocklist
    case replyCode
    case vagueWords
    /// Of an enhanced code that says no more, the subject; of a reply code, the class.
    case subject, replyClass
}

/// Where a piece of evidence stands.
enum Scope {
    /// In the reply's own words and codes.
    case reply
    /// Around the reply, or in a reply that it quotes.
    case around
}

/// How much a piece of evidence weighs: words are stronger than a code that covers many causes, and a specific code
/// is stronger than vague words.
enum Rank {
    /// The rank in the reply, and around it; zero counts for nothing.
    // swift-format-ignore
    static func of(_ source: Source, _ scope: Scope) -> Int {
        let (reply, around) = switch source {
        case .rule:             (17, 3)
        case .givenUp:          (16, 16)
        case .providerCode:     (15, 3)
        case .decisiveWords:    (14, 3)
        case .providerWords:    (13, 3)
        case .unregisteredCode: (12, 3)
        case .blocklist:        (11, 3)
        case .wordsWithCode:    (10, 3)
        case .words:            (9, 3)
        case .othersWords:      (8, 3)
        case .providerHint:     (7, 3)
        case .enhancedCode:     (6, 3)
        case .domainBlocklist:  (5, 0)
        case .replyCode:        (4, 0)
        case .vagueWords:       (2, 0)
        case .subject:          (1, 0)
        case .replyClass:       (0, 0)
        }
        return scope == .reply ? reply : around
    }

    /// What stands around a reply, at most.
    static let around = 3
    static let vague = 2
    static let subject = 1
}
