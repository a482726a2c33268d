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
    /// The command that was answered: 535 answers nothing but a login (RFC 4954, section 6). 5.1.7 and 5.1.8 speak of the
    /// sender (RFC 3463, section 3.2), also where it is refused only at RCPT.
    var stage: String? {
        if let enhanced, enhanced.subject == 1, enhanced.detail == 7 || enhanced.detail == 8 { return "MAIL" }
        return command ?? (code?.rawValue == 535 ? "AUTH" : nil)
    }
}
