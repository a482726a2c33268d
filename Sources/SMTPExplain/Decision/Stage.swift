import SMTPCatalog

/// What a cause means where the recipient had not been named yet: at MAIL FROM, `no such user` is about the sender.
enum Stage {
    static func reading(_ category: Category, after command: String?) -> Category {
        switch command {
        case "MAIL":
            switch category {
            case .unknownRecipient, .badRecipientAddress, .recipientMoved, .badDestinationDomain, .mailboxDisabled:
                .badSenderAddress
            case .recipientRestricted: .policy
            default: category
            }
        case "AUTH":
            switch category {
            case .unknownRecipient, .badRecipientAddress, .recipientMoved, .mailboxDisabled, .badSenderAddress,
                .recipientRestricted, .policy:
                .credentials
            default: category
            }
        case "EHLO", "HELO", "LHLO":
            switch category {
            case .unknownRecipient, .badRecipientAddress, .badDestinationDomain, .badSenderAddress: .reverseDNS
            case .recipientMoved, .mailboxDisabled, .recipientRestricted: .policy
            default: category
            }
        case "CONNECT":
            switch category {
            case .unknownRecipient, .badRecipientAddress, .badDestinationDomain, .recipientMoved, .mailboxDisabled,
                .recipientRestricted:
                .senderBlocked
            default: category
            }
        default: category
        }
    }
}

extension ReadReply {
    /// The command that was answered: 535 answers nothing but a login (RFC 4954, section 6).
    var stage: String? { command ?? (code?.rawValue == 535 ? "AUTH" : nil) }
}
