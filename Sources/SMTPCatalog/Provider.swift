/// A receiver, filter or mail server whose own codes and wording we know.
public final class Provider: Sendable {
    /// Who runs or makes it; `(legacy)` marks servers that are gone, whose bounces still turn up.
    public let name: String
    /// The name its mail service goes by, where that differs: Google's is Gmail.
    public let service: String
    public let kind: Kind
    /// How its replies and hosts are recognised.
    public let signatures: [Signature]
    /// Its pages for senders, the best of each relation first.
    public let links: [Link]
    public let codes: [ProviderCode]

    package init(
        _ name: String, service: String? = nil, _ kind: Kind = .receiver, signatures: [Signature] = [],
        links: [Link] = [], codes: [ProviderCode] = []
    ) {
        self.name = name
        self.service = service ?? name
        self.kind = kind
        self.signatures = signatures
        self.links = links
        self.codes = codes
    }

    /// With the signatures and codes of another one in front.
    package func adding(_ other: Provider) -> Provider {
        Provider(
            name, service: service, kind, signatures: other.signatures + signatures, links: other.links + links,
            codes: other.codes + codes)
    }

    public enum Kind: String, Sendable {
        /// Keeps mailboxes.
        case receiver
        /// Filters or forwards mail for those who keep them.
        case gateway
        /// Sends mail for its customers, and tells them what came of it.
        case sender
        /// Software, run by many, which also reports the replies of others.
        case software
    }

    /// A mark by which a provider's replies are recognised, in any letter case.
    public enum Signature: Hashable, Sendable {
        /// Stands anywhere in the reply.
        case text(String)
        /// Ends a host name at a dot; one without a dot stands anywhere in a host name.
        case host(String)
    }
}

/// What one provider means by a code, a wording, or both together.
public final class ProviderCode: Sendable {
    /// `5.7.26`; a range over the last number, `5.7.606-649`; a reply code, `521`; a code of the provider's own,
    /// `TSS04`; or the beginning of such codes, `TS*`. Nil where only the wording tells.
    public let code: String?
    /// Words that must stand in the reply, beside the code if there is one.
    public let wording: String?
    /// The reply codes it is sent with; empty where unknown.
    public let replies: [ReplyCode]
    public let category: Category
    public let meaning: String
    public let advice: String
    /// The pages that the advice speaks of, where they are not the provider's own.
    public let links: [Link]
    /// It means this only in reply to this command, as `DATA`; nil where the command does not matter.
    public let command: String?
    /// How long the provider says it lasts, in seconds.
    public let retryAfterSeconds: Int?
    /// Where the provider, or somebody who met the code, says so.
    public let source: String
    /// False where no text that could be read confirms it.
    public let confirmed: Bool
    /// Is it a rule of the operator's own, and so stronger than all that is built in?
    package let isRule: Bool

    package init(
        _ code: String? = nil, saying wording: String? = nil, _ replies: [ReplyCode], after command: String? = nil,
        _ category: Category, _ meaning: String, _ advice: String, _ source: String, links: [Link] = [],
        lasts retryAfterSeconds: Int? = nil, confirmed: Bool = true, isRule: Bool = false
    ) {
        self.code = code
        self.wording = wording
        self.replies = replies
        self.category = category
        self.meaning = meaning
        self.advice = advice
        self.links = links
        self.command = command
        self.retryAfterSeconds = retryAfterSeconds
        self.source = source
        self.confirmed = confirmed
        self.isRule = isRule
    }
}
