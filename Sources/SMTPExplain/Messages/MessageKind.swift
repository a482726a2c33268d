/// What a message in a bounce mailbox is.
public enum MessageKind: String, Sendable, CaseIterable {
    /// It could not be delivered, to some recipient at least, and nobody tries any more (RFC 3464, action `failed`).
    case failure
    /// It was not delivered yet; the sending server goes on trying.
    case delay
    /// It was delivered, relayed or expanded.
    case success
    /// Feedback of somebody who received the message, or of his provider (RFC 5965).
    case complaint
    /// A reader's server answers in his absence (RFC 3834).
    case autoReply = "auto-reply"
    /// The sender shall prove that he is no machine before his message is delivered.
    case challenge
    /// The message was displayed, or deleted unread (RFC 8098).
    case receipt
    /// About many messages: DMARC, TLS-RPT, tracking.
    case report
    /// Nothing of the kind.
    case other
}
