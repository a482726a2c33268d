/// What happened to a message or command, in terms a mail operator acts on.
///
/// The raw value is the name clients see. What each one means, and what to do about it, stands in
/// ``Category/entry``.
public enum Category: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
    case accepted
    case inProgress = "in-progress"
    case unknownRecipient = "unknown-recipient"
    case badRecipientAddress = "bad-recipient-address"
    case recipientMoved = "recipient-moved"
    case badDestinationDomain = "bad-destination-domain"
    case mailboxFull = "mailbox-full"
    case mailboxDisabled = "mailbox-disabled"
    case recipientRestricted = "recipient-restricted"
    case messageTooLarge = "message-too-large"
    case tooManyRecipients = "too-many-recipients"
    case systemFull = "system-full"
    case systemUnavailable = "system-unavailable"
    case networkFailure = "network-failure"
    case dnsFailure = "dns-failure"
    case routingFailure = "routing-failure"
    case expired
    case rateLimited = "rate-limited"
    case greylisted
    case badSenderAddress = "bad-sender-address"
    case senderUnauthenticated = "sender-unauthenticated"
    case reverseDNS = "reverse-dns"
    case senderBlocked = "sender-blocked"
    case spamContent = "spam-content"
    case malware
    case contentRejected = "content-rejected"
    case policy
    case relayDenied = "relay-denied"
    case credentials
    case encryptionRequired = "encryption-required"
    case protocolError = "protocol-error"
    case unsupportedFeature = "unsupported-feature"
    case suppressed
    case undetermined

    /// Its place in ``allCases``: a case without values is kept as its number, in one byte.
    package var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}

/// Who has to act before mail flows again.
public enum Party: String, Sendable {
    case recipient, sender, message, receiver, network, unknown
}

/// What a client should do next.
public enum Action: String, Sendable {
    case none
    case `continue`
    case retry
    case slowDown = "slow-down"
    /// Stop mailing this address.
    case suppress
    case fixAddress = "fix-address"
    case fixMessage = "fix-message"
    /// Mend DNS, authentication, TLS, credentials or configuration on the sending side.
    case fixSender = "fix-sender"
    case requestDelisting = "request-delisting"
    case contactRecipient = "contact-recipient"
    case investigate
}

/// How final a reply is (RFC 5321, section 4.2.1; RFC 3463, section 2).
public enum Disposition: String, CaseIterable, Sendable, BitwiseCopyable {
    case success, intermediate, transient, permanent

    /// The disposition of replies whose first digit is `classDigit`; nil outside 2 to 5.
    public init?(classDigit: Int) {
        switch classDigit {
        case 2: self = .success
        case 3: self = .intermediate
        case 4: self = .transient
        case 5: self = .permanent
        default: return nil
        }
    }

    /// A sentence to follow what happened; empty where nothing was refused.
    package var inWords: String {
        switch self {
        case .transient: " The reply is for now: a later attempt may succeed."
        case .permanent: " The reply is final."
        case .success, .intermediate: ""
        }
    }
}
