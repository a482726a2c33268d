import SMTPCatalog

/// What a program needs to know of a refusal: whose fault it is for the address that was mailed, whether to stop
/// mailing that address, and when to try again.
///
/// A pure function of category, disposition, stage and confidence; its table is ``Row``. An address that is
/// suppressed although it is alive is lost for good, while one more attempt costs little: whatever is in doubt
/// does not suppress.
public struct Verdict: Hashable, Sendable {
    /// Whether mail to this address can work.
    public enum Bounce: String, CaseIterable, Sendable {
        /// Never, because of the address.
        case hard
        /// Later, without anybody at the sender's changing anything.
        case soft
        /// After the sender, the message or their set-up has changed. The address is not to blame.
        case block
        /// Nothing was refused.
        case none
        case unknown
    }

    /// When to send the same message again.
    public struct Retry: Hashable, Sendable {
        /// Who says how long to wait.
        public enum Basis: String, Sendable {
            /// The reply itself.
            case reply
            /// A fact of the catalog about whoever wrote it.
            case provider
            /// RFC 5321, section 4.5.4.1; for greylisting RFC 6647.
            case usual
        }

        public let afterSeconds: Int
        public let basis: Basis
        /// Counted from the first attempt.
        public let giveUpAfterSeconds: Int
    }

    public let bounce: Bounce
    public let action: Action
    /// Nil where sending the same message again makes no sense.
    public let retry: Retry?
    /// Why the category is not believed; nil where nothing speaks against it.
    let doubt: Doubt?

    /// Stop mailing this address?
    public var suppress: Bool { action == .suppress || action == .fixAddress && bounce == .hard }

    /// - Parameters:
    ///   - action: what the catalog has for the category or the code.
    ///   - doubt: what speaks against blaming the address.
    ///   - saidSeconds: how long the reply asks to wait.
    ///   - providerSeconds: how long its provider is known to make one wait.
    init(
        _ category: Category, _ disposition: Disposition?, action: Action, doubt: Doubt? = nil,
        saidSeconds: Int? = nil, providerSeconds: Int? = nil
    ) {
        let row = Row(category)
        var bounce = row.bounce(disposition)
        self.doubt = bounce == .hard || doubt == .contradiction && bounce != .none ? doubt : nil
        switch self.doubt {
        case .beforeRecipient: bounce = .block
        case .forNow: bounce = .soft
        case .lowConfidence, .otherBlame, .unreadWords, .afterRecipient, .contradiction: bounce = .unknown
        case nil: break
        }
        var action = self.doubt == .contradiction ? .investigate : action
        if bounce != .hard, action == .suppress || action == .fixAddress && self.doubt != nil {
            action = self.doubt == .forNow ? .retry : .investigate
        }
        self.bounce = bounce
        self.action = action
        // What may have arrived is not sent again.
        retry =
            self.doubt == .contradiction
            ? nil : Self.retry(row, bounce, disposition, action, saidSeconds, providerSeconds)
    }

    /// What is said for now is tried again, and of what is final only what asks for it.
    private static func retry(
        _ row: Row, _ bounce: Bounce, _ disposition: Disposition?, _ action: Action, _ said: Int?, _ provider: Int?
    ) -> Retry? {
        guard bounce != .hard, bounce != .none, let usual = row.retryMinutes else { return nil }
        let isWorthIt =
            switch disposition {
            case .transient: true
            case .permanent: said != nil || action == .retry || action == .slowDown
            default: said != nil || bounce == .soft
            }
        guard isWorthIt else { return nil }
        let (seconds, basis): (Int, Retry.Basis) =
            if let said { (said, .reply) } else if let provider { (provider, .provider) } else { (usual * 60, .usual) }
        return Retry(afterSeconds: seconds, basis: basis, giveUpAfterSeconds: max(seconds, queueLife))
    }

    /// RFC 5321, section 4.5.4.1: the give-up time is at least four to five days.
    private static let queueLife = 5 * 24 * 3600
}

extension Verdict {
    /// What a category means where the reply is certain and says nothing of its own.
    package static func usual(_ category: Category, _ disposition: Disposition?) -> Verdict {
        Verdict(category, disposition, action: category.entry.action(disposition))
    }

    /// What a category means for the address.
    struct Row {
        /// Where the refusal is final, or nothing says whether it is.
        let final: Bounce
        /// Where it is for now.
        let forNow: Bounce
        /// The usual pause before the next attempt: 30 minutes (RFC 5321, section 4.5.4.1). Greylisting ends sooner:
        /// its default begins at one minute (RFC 6647, section 5), and servers commonly ask for five. Nil where the
        /// same message is not to be sent again.
        let retryMinutes: Int?

        // swift-format-ignore
        init(_ category: Category) {
            (final, forNow, retryMinutes) = switch category {
            //                            final     for now  minutes
            case .accepted:              (.none,    .none,   nil)
            case .inProgress:            (.none,    .none,   nil)
            case .unknownRecipient:      (.hard,    .soft,   30)
            case .badRecipientAddress:   (.hard,    .soft,   30)
            case .recipientMoved:        (.hard,    .soft,   30)
            case .badDestinationDomain:  (.hard,    .soft,   30)
            case .mailboxFull:           (.soft,    .soft,   30)
            case .mailboxDisabled:       (.hard,    .soft,   30)
            case .recipientRestricted:   (.block,   .soft,   30)
            case .messageTooLarge:       (.block,   .soft,   30)
            case .tooManyRecipients:     (.block,   .soft,   30)
            case .systemFull:            (.soft,    .soft,   30)
            case .systemUnavailable:     (.soft,    .soft,   30)
            case .networkFailure:        (.soft,    .soft,   30)
            case .dnsFailure:            (.soft,    .soft,   30)
            case .routingFailure:        (.soft,    .soft,   30)
            case .expired:               (.soft,    .soft,   30)
            case .rateLimited:           (.soft,    .soft,   30)
            case .greylisted:            (.soft,    .soft,   5)
            case .badSenderAddress:      (.block,   .block,  30)
            case .senderUnauthenticated: (.block,   .block,  30)
            case .reverseDNS:            (.block,   .block,  30)
            case .senderBlocked:         (.block,   .block,  30)
            case .spamContent:           (.block,   .block,  30)
            case .malware:               (.block,   .block,  nil)
            case .contentRejected:       (.block,   .block,  30)
            case .policy:                (.block,   .soft,   30)
            case .relayDenied:           (.block,   .block,  30)
            case .credentials:           (.block,   .soft,   30)
            case .encryptionRequired:    (.block,   .block,  30)
            case .protocolError:         (.block,   .soft,   30)
            case .unsupportedFeature:    (.block,   .block,  30)
            case .suppressed:            (.block,   .block,  nil)
            case .undetermined:          (.unknown, .soft,   30)
            }
        }

        func bounce(_ disposition: Disposition?) -> Bounce {
            switch disposition {
            case .success, .intermediate: .none
            case .transient: forNow
            case .permanent, nil: final
            }
        }
    }

    /// Why an address is not blamed although the category blames it, or a failure not believed.
    enum Doubt: Hashable, CaseIterable, Sendable {
        /// What was refused comes before the recipient: the connection, EHLO, AUTH, MAIL FROM.
        case beforeRecipient
        case lowConfidence
        /// The words also blame the sender, the message, a policy or the time, or they mean a host, or a thing that the
        /// recipient has.
        case otherBlame
        /// Only a code blames the address, and the words beside it say something that is not known here.
        case unreadWords
        /// The recipient had been accepted before the message was refused.
        case afterRecipient
        /// The words say that it is so for the time being.
        case forNow
        /// Whoever reports the refusal also says that the message was delivered, or is on its way.
        case contradiction

        /// Whether the command came before the recipient was named.
        init?(command: String?) {
            switch command {
            case nil, "RCPT", "DATA", "BDAT", "VRFY", "EXPN": return nil
            default: self = .beforeRecipient
            }
        }

        /// What to do in place of the advice to stop mailing the address.
        var advice: String {
            switch self {
            case .beforeRecipient:
                "The server refused before it had heard the recipient, so the address is not to blame. Check the "
                    + "sender's address, login and host name."
            case .lowConfidence:
                "Read the words before suppressing the address. Suppress it only if they say that it does not exist "
                    + "or is closed."
            case .otherBlame:
                "The words blame something else than the address, or something else besides. Keep the address, settle "
                    + "that, and send again."
            case .unreadWords:
                "Only the code blames the address; read the words beside it. Suppress the address only if they say that "
                    + "it does not exist or is closed."
            case .afterRecipient:
                "The server had accepted the address before it refused the message, as filters do. Keep the address; "
                    + "if other messages are refused like this, ask the recipient by another way."
            case .contradiction:
                "The report calls the message delivered or on its way, and refused. Keep the address, and ask whoever "
                    + "made the report, or the recipient, whether the message arrived."
            case .forNow:
                "The words say that this is so for the time being. Keep the address, and try again tomorrow."
            }
        }
    }
}

extension Category {
    /// Does a final refusal of this kind blame the sender, the message, a policy or the time?
    var blamesOthers: Bool {
        switch Verdict.Row(self).final {
        case .soft, .block: true
        case .hard, .none, .unknown: false
        }
    }
}
