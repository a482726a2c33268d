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
    public let action: Action
    /// One or two sentences on what happened.
    public let summary: String
    public let advice: String
    public let confidence: Confidence
    /// What was found, the strongest first; the first one decided.
    public let evidence: [Evidence]
    /// Where codes and words disagree, or a code is not what a standard says.
    public let warnings: [String]
    public let blocklists: [Blocklist]
    /// Who wrote the reply, where something tells.
    public let provider: Provider?
    /// How long to wait before the next attempt, in seconds, where the reply says so.
    public let retryAfterSeconds: Int?

    public var party: Party { category.entry.party }
}

/// How sure an explanation is.
public enum Confidence: String, Sendable {
    case low, medium, high
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
