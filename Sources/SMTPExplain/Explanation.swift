import SMTPCatalog

/// What a reply means, and why we say so.
public struct Explanation: Sendable {
    /// The code at the head of the reply, if there is one.
    public let reply: ReplyCode?
    public let enhanced: EnhancedCode?
    /// The reply's own words, in one line, without its codes.
    public let text: String
    /// The command that was answered, as `RCPT`, where the text names it.
    public let command: String?
    public let remoteHost: String?
    /// The recipient's address as the client sent it; personal data, not to be logged.
    public let recipient: String?

    public let category: Category
    /// Nil where nothing tells whether the reply is final.
    public let disposition: Disposition?
    /// What a program is to do.
    public let verdict: Verdict
    /// One or two sentences on what happened.
    public let summary: String
    public let advice: String
    public let confidence: Confidence
    /// What was found, the strongest first; the first one decided.
    public let evidence: [Evidence]
    /// Where codes and words disagree, or a code is not what a standard says.
    public let warnings: [String]
    /// What else is worth knowing, and makes the answer no less sure.
    public let notes: [String]
    /// Where to go on, the nearest to the cause first, with the blocked IP address where the reply names it.
    public let links: [Link]
    public let blocklists: [Blocklist]
    /// Who wrote the reply, where something tells.
    public let provider: Provider?
    /// How long to wait before the next attempt, in seconds, where the reply says so.
    public let retryAfterSeconds: Int?

    public var action: Action { verdict.action }
    public var bounce: Verdict.Bounce { verdict.bounce }
    /// Stop mailing the recipient's address?
    public var suppress: Bool { verdict.suppress }
    /// When to send the same message again; nil where that makes no sense.
    public var retry: Verdict.Retry? { verdict.retry }
    /// Who has to act before mail flows again; nil where nothing was refused.
    public var party: Party? { bounce == .none ? nil : category.entry.party }
}

/// How sure an explanation is.
public enum Confidence: String, Comparable, Sendable {
    case low, medium, high

    private var order: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
}

/// Something in a reply that tells what happened.
public struct Evidence: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case providerCode = "provider-code"
        case text
        case blocklist
        case enhancedCode = "enhanced-code"
        case replyCode = "reply-code"
    }

    public let kind: Kind
    /// As it stands in the reply.
    public let found: String
    public let category: Category
}
