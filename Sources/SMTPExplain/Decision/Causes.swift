import SMTPCatalog

/// Which cause stands behind which, where a reply names both: `blocked because SPF failed` is about SPF.
enum Causes {
    /// Is `cause` the reason for `effect`?
    static func explains(_ cause: Category, _ effect: Category) -> Bool {
        table[effect.index] & 1 << UInt64(cause.index) != 0
    }

    /// The strongest of signals of one rank: none of the others is its cause; then the longer, then the first.
    static func best(_ signals: ArraySlice<Signal>) -> Int? {
        var best: Int?
        for i in signals.indices {
            guard !signals.contains(where: { explains($0.category, signals[i].category) }) else { continue }
            if let current = best, signals[current].length >= signals[i].length { continue }
            best = i
        }
        return best ?? signals.indices.first
    }

    /// By effect, a bit for each cause.
    private static let table: [UInt64] = {
        var table = [UInt64](repeating: 0, count: Category.allCases.count)
        for (effects, causes) in pairs {
            for effect in effects {
                for cause in causes where cause != effect { table[effect.index] |= 1 << UInt64(cause.index) }
            }
        }
        return table
    }()

    private static let ofSender: [Category] = [
        .senderUnauthenticated, .reverseDNS, .badSenderAddress, .relayDenied, .credentials, .encryptionRequired,
        .greylisted,
    ]
    private static let ofAddress: [Category] = [
        .unknownRecipient, .badRecipientAddress, .recipientMoved, .badDestinationDomain, .mailboxFull,
        .mailboxDisabled, .recipientRestricted,
    ]

    /// The effects, and what may be behind them.
    private static let pairs: [(effects: [Category], causes: [Category])] = [
        // A policy is whatever it says it is about, and so is what is unavailable or gave up.
        ([.policy], Category.allCases.filter { ![.policy, .undetermined, .accepted, .inProgress].contains($0) }),
        (
            [.systemUnavailable],
            Category.allCases.filter {
                ![.policy, .systemUnavailable, .undetermined, .accepted, .inProgress].contains($0)
            }
        ),
        (
            [.senderBlocked],
            ofSender + [
                .malware, .rateLimited, .tooManyRecipients, .routingFailure, .messageTooLarge, .mailboxFull,
                .suppressed,
            ]
        ),
        ([.spamContent], ofSender + ofAddress + [.senderBlocked, .malware, .rateLimited, .tooManyRecipients]),
        ([.contentRejected], ofSender + ofAddress + [.malware, .messageTooLarge, .senderBlocked, .rateLimited]),
        ([.rateLimited], ofSender + [.tooManyRecipients, .malware]),
        (
            [.unknownRecipient, .badRecipientAddress, .badDestinationDomain],
            ofSender + [
                .mailboxFull, .recipientMoved, .recipientRestricted, .senderBlocked, .rateLimited,
                .routingFailure, .messageTooLarge, .malware, .suppressed, .tooManyRecipients,
            ]
        ),
        // Who is not known is more than closed: `employee left, address removed`.
        ([.mailboxDisabled], [.unknownRecipient]),
        (
            [.mailboxDisabled, .recipientRestricted],
            ofSender + [
                .mailboxFull, .rateLimited, .recipientMoved, .routingFailure, .messageTooLarge, .malware, .suppressed,
            ]
        ),
        // What is full or wrong on the way.
        ([.dnsFailure], ofSender + ofAddress + [.routingFailure, .senderBlocked, .rateLimited]),
        (
            [.networkFailure, .protocolError],
            ofSender + ofAddress + [
                .dnsFailure, .routingFailure, .systemFull, .senderBlocked, .spamContent, .contentRejected, .rateLimited,
                .tooManyRecipients, .messageTooLarge, .malware, .unsupportedFeature,
            ]
        ),
        ([.systemFull], ofSender + [.mailboxFull, .messageTooLarge, .tooManyRecipients, .rateLimited, .malware]),
        ([.unsupportedFeature], [.credentials, .encryptionRequired, .messageTooLarge]),
        ([.badSenderAddress, .reverseDNS], [.senderUnauthenticated, .relayDenied, .greylisted]),
        ([.credentials], [.encryptionRequired, .greylisted]),
        // Who may not relay without a login has to log in.
        ([.relayDenied], [.credentials]),
        ([.relayDenied, .senderUnauthenticated, .malware, .mailboxFull, .messageTooLarge, .expired], [.greylisted]),
        ([.expired], [.mailboxFull]),
    ]
}
