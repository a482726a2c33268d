/// What the catalog says about one category.
public final class CategoryEntry: Sendable {
    public let category: Category
    public let title: String
    /// Nil where nobody has to act.
    public let party: Party?
    public let description: String
    /// What to do when the refusal is final, or nothing says whether it is.
    public let action: Action
    public let advice: String
    /// What to do when the reply says that the refusal is for now.
    public let transientAction: Action
    public let transientAdvice: String
    /// The standards that the advice names.
    public let references: [Reference]
    /// How final it is where no code says so; nil where that varies too much to say.
    public let usualDisposition: Disposition?
    private let transientSummary, finalSummary: String

    fileprivate init(
        _ category: Category, _ title: String, _ party: Party?, usually disposition: Disposition?,
        _ description: String, _ action: Action, _ advice: String,
        whileTransient transientAction: Action? = nil, _ transientAdvice: String? = nil,
        see references: [Reference] = []
    ) {
        self.category = category
        self.title = title
        self.party = party
        self.description = description
        self.action = action
        self.advice = advice
        self.transientAction = transientAction ?? action
        self.transientAdvice = transientAdvice ?? advice
        self.usualDisposition = disposition
        self.references = references
        transientSummary = description + Disposition.transient.inWords
        finalSummary = description + Disposition.permanent.inWords
    }

    /// The description, and how final it is.
    package func summary(_ disposition: Disposition?) -> String {
        switch disposition {
        case .transient: transientSummary
        case .permanent: finalSummary
        default: description
        }
    }

    public func action(_ disposition: Disposition?) -> Action {
        switch disposition {
        case .success: .none
        case .intermediate: .continue
        case .transient: transientAction
        case .permanent, nil: action
        }
    }

    public func advice(_ disposition: Disposition?) -> String {
        disposition == .transient ? transientAdvice : advice
    }
}

extension Category {
    public var entry: CategoryEntry { CategoryEntry.all[index] }
}

extension CategoryEntry {
    /// Every category, in the order of its cases, in which clients see them.
    // swift-format-ignore
    public static let all: [CategoryEntry] = [
        .init(.accepted, "Accepted", nil, usually: .success,
              "The server took the command or the message.",
              .none, "Nothing to do. After the end of DATA, the receiver is now responsible for the message."),
        .init(.inProgress, "In progress", .receiver, usually: .intermediate,
              "The server waits for the next part: the message, or the next step of a login.",
              .continue, "Go on with the transaction. If this was the last reply you saw, the connection broke in the middle."),
        .init(.unknownRecipient, "Unknown recipient", .recipient, usually: .permanent,
              "The receiver knows no mailbox by this address.",
              .suppress, "Stop mailing this address, and check it for typing errors. Repeated mail to unknown addresses harms your reputation.",
              whileTransient: .retry, "The receiver could not find or check the mailbox just now. Let the queue retry; suppress the address if it fails for days."),
        .init(.badRecipientAddress, "Bad recipient address", .sender, usually: .permanent,
              "The recipient's address is not a valid address, or not in a form this server takes.",
              .fixAddress, "Correct the address (RFC 5321, section 4.1.2): a typing error, a missing domain, or stray characters such as quotes and spaces.",
              whileTransient: .fixAddress, "Check the address for typing errors. The receiver says that it may still accept it later.",
              see: [.rfc(5321, "4.1.2")]),
        .init(.recipientMoved, "Recipient moved", .recipient, usually: .permanent,
              "The mailbox has moved, and mail is not forwarded.",
              .fixAddress, "Use the new address if the reply names one; else ask the recipient by other means and stop mailing the old one."),
        .init(.badDestinationDomain, "Bad destination domain", .recipient, usually: .permanent,
              "The recipient's domain does not exist, or does not take mail.",
              .suppress, "Check the domain for typing errors. If it is spelled right, it takes no mail: stop mailing its addresses.",
              whileTransient: .retry, "The recipient's domain could not be used just now. Let the queue retry, and check the spelling of the domain and its MX records."),
        .init(.mailboxFull, "Mailbox full", .recipient, usually: nil,
              "The recipient's mailbox has no room left.",
              .contactRecipient, "The receiver has given up on this message. Tell the recipient by other means, and pause mail to this address; a mailbox that stays full is often abandoned.",
              whileTransient: .retry, "Let the queue retry: the recipient may make room. If it lasts for days, treat the address as abandoned."),
        .init(.mailboxDisabled, "Mailbox disabled", .recipient, usually: .permanent,
              "The mailbox exists, but is closed, suspended or inactive.",
              .suppress, "Stop mailing this address, and reach the person another way.",
              whileTransient: .retry, "Let the queue retry: the mailbox may be opened again. Suppress the address if it stays closed for days."),
        .init(.recipientRestricted, "Recipient restricted", .recipient, usually: .permanent,
              "The recipient, list or group takes mail from some senders only.",
              .contactRecipient, "Ask the recipient, or the owner of the list or group, to allow your address.",
              whileTransient: .retry, "Let the queue retry. If it goes on, ask the recipient's administrator to allow your address."),
        .init(.messageTooLarge, "Message too large", .message, usually: .permanent,
              "The message is larger than the receiver, or this mailbox, takes.",
              .fixMessage, "Make the message smaller, or send a link in place of the attachment. Encoding adds a third to every attachment.",
              whileTransient: .retry, "The receiver may take the message later. If it does not, make it smaller."),
        .init(.tooManyRecipients, "Too many recipients", .sender, usually: nil,
              "One message or session named more recipients than the receiver takes at a time.",
              .fixSender, "Send to fewer recipients at a time; RFC 5321, section 4.5.3.1.8 has every server take at least 100.",
              whileTransient: .slowDown, "Send the rest in another transaction (RFC 5321, section 4.5.3.1.10), with fewer recipients each.",
              see: [.rfc(5321, "4.5.3.1.8"), .rfc(5321, "4.5.3.1.10")]),
        .init(.systemFull, "System full", .receiver, usually: .transient,
              "The receiving server is out of disk space or memory.",
              .retry, "Send again later. Only the receiver's administrator can make room; tell them if it lasts.",
              whileTransient: .retry, "Let the queue retry. Only the receiver's administrator can make room; tell them if it lasts."),
        .init(.systemUnavailable, "System unavailable", .receiver, usually: .transient,
              "The receiving system is down, overloaded, misconfigured or failing inside.",
              .investigate, "The fault is at the receiver, and it will not try again. Ask its postmaster, then send again.",
              whileTransient: .retry, "Let the queue retry: the fault is at the receiver and usually passes.",
              see: [.rfc(5321, "4.5.1")]),
        .init(.networkFailure, "Network failure", .network, usually: .transient,
              "The connection to the receiving server could not be made, broke, or went silent.",
              .investigate, "Check that the host and port can be reached from your server, and that no firewall is between, then send again.",
              whileTransient: .retry, "Let the queue retry. If it goes on, check routes, firewalls and whether the host answers on port 25."),
        .init(.dnsFailure, "DNS failure", .network, usually: .transient,
              "A DNS lookup failed, so nobody could tell where the mail should go or come from.",
              .investigate, "Look the domain up with dig: missing or broken records, DNSSEC errors, or name servers that do not answer.",
              whileTransient: .retry, "Let the queue retry. If it goes on, look the domain up with dig, and check your own resolver."),
        .init(.routingFailure, "Routing failure", .receiver, usually: .permanent,
              "The mail has no way to its destination, or goes round in a loop.",
              .investigate, "Read the Received headers from bottom to top to find the loop, and check MX records, forwarding rules and transport maps.",
              whileTransient: .retry, "Let the queue retry. If it goes on, check MX records, forwarding rules and transport maps for a loop."),
        .init(.expired, "Expired", .network, usually: .permanent,
              "The message was in the queue for too long and was given up.",
              .investigate, "Find the temporary error that kept it waiting, in the log or further up in the bounce; solve that and send again.",
              whileTransient: .retry, "The message has waited for long. Find the temporary error that keeps it in the queue."),
        .init(.rateLimited, "Rate limited", .sender, usually: .transient,
              "Too many messages, recipients or connections in too short a time.",
              .slowDown, "Send less to this receiver, over fewer connections, and resend this message later: the reply itself was final.",
              whileTransient: .slowDown, "Send less to this receiver, over fewer connections, and let the queue retry with growing pauses."),
        .init(.greylisted, "Greylisted", .receiver, usually: .transient,
              "The receiver puts off mail from senders that it does not know yet (RFC 6647).",
              .retry, "Send again after some minutes, from the same address and host.",
              whileTransient: .retry, "Let the queue retry after some minutes, from the same address and host: the next attempt usually gets through."),
        .init(.badSenderAddress, "Bad sender address", .sender, usually: .permanent,
              "The sender's address is malformed, does not exist, or may not be used here.",
              .fixSender, "Use an envelope sender whose domain has MX or address records (RFC 5321, section 5.1) and that accepts bounces, and that this account may use.",
              whileTransient: .fixSender, "Check that the sender's domain resolves and that its mailbox accepts mail; retrying alone seldom helps.",
              see: [.rfc(5321, "5.1")]),
        .init(.senderUnauthenticated, "Sender not authenticated", .sender, usually: .permanent,
              "SPF, DKIM, DMARC or ARC did not vouch for the sender.",
              .fixSender, "Check SPF (RFC 7208), DKIM (RFC 6376) and their alignment with the From domain for DMARC (RFC 9989), for the server that sent this message.",
              whileTransient: .fixSender, "Mend SPF, DKIM and DMARC for the server that sent this message: the receiver holds off what fails them. Your DMARC reports (RFC 9990, RFC 9991) show what fails elsewhere.",
              see: [.rfc(7208), .rfc(6376), .rfc(9989), .rfc(9990), .rfc(9991)]),
        .init(.reverseDNS, "Reverse DNS or HELO name", .sender, usually: .permanent,
              "The sending host's PTR record or its HELO name is missing, wrong or looks generic.",
              .fixSender, "Give the sending IP a PTR record whose name resolves back to it, and use that name in EHLO (RFC 5321, section 4.1.4).",
              whileTransient: .fixSender, "Check that the sending IP's PTR record and EHLO name resolve to each other, then let the queue retry.",
              see: [.rfc(5321, "4.1.4")]),
        .init(.senderBlocked, "Sender blocked", .sender, usually: nil,
              "The receiver refuses the sending IP address, domain or account, by a blocklist or by reputation.",
              .requestDelisting, "Find what got the sender listed (a compromised account, complaints, old lists) and stop it; then ask for removal where the reply points.",
              whileTransient: .requestDelisting, "Slow down, find what harms the sender's reputation, and ask for removal where the reply points. Retrying as before makes it worse."),
        .init(.spamContent, "Taken for spam", .message, usually: .permanent,
              "The receiver took the message itself for spam.",
              .fixMessage, "Look at links, wording, attachments and how recipients signed up; check the sender's authentication and reputation as well.",
              whileTransient: .fixMessage, "The message looks like spam to the receiver. Look at links and wording before the queue tries again."),
        .init(.malware, "Malware", .message, usually: .permanent,
              "A scanner found a virus or another threat in the message.",
              .fixMessage, "Do not resend. Scan the attachment and the machine or account that sent it; if it is clean, ask the receiver about a false alarm."),
        .init(.contentRejected, "Content rejected", .message, usually: .permanent,
              "An attachment, a header, or the form of the message is not accepted.",
              .fixMessage, "Correct what the reply names: forbidden attachment types, missing or repeated headers, or a form that breaks RFC 5322.",
              whileTransient: .fixMessage, "Correct what the reply names before the queue tries again.",
              see: [.rfc(5322)]),
        .init(.policy, "Policy", .receiver, usually: .permanent,
              "A rule of the receiver forbids the message, and the reply does not say which.",
              .investigate, "Ask the receiver's postmaster which rule it was, quoting the whole reply; check your authentication and reputation meanwhile.",
              whileTransient: .retry, "Let the queue retry. If it goes on, ask the receiver's postmaster which rule it is, quoting the whole reply.",
              see: [.rfc(5321, "4.5.1")]),
        .init(.relayDenied, "Relay denied", .sender, usually: .permanent,
              "The server does not take mail for that domain from this client.",
              .fixSender, "Your own server: log in (SMTP AUTH, RFC 4954) before sending. Somebody else's: the MX record of the recipient's domain points to a server that does not serve it.",
              whileTransient: .fixSender, "Log in before sending, or check that the MX record of the recipient's domain points to the right server.",
              see: [.rfc(4954)]),
        .init(.credentials, "Credentials", .sender, usually: .permanent,
              "The login (SMTP AUTH) failed, is missing, or is not allowed this way.",
              .fixSender, "Check user name, password and login method (RFC 4954); many providers want an app password or OAuth 2.0.",
              whileTransient: .retry, "The login could not be checked just now. Try again later; check the password if it goes on.",
              see: [.rfc(4954)]),
        .init(.encryptionRequired, "Encryption required", .sender, usually: .permanent,
              "The session must be encrypted, or its TLS does not satisfy what one side requires.",
              .fixSender, "Enable STARTTLS (RFC 3207) on the side that lacks it; check certificates, names and TLS versions.",
              whileTransient: .fixSender, "Enable or mend STARTTLS (RFC 3207) on the side that lacks it; the queue may retry meanwhile.",
              see: [.rfc(3207)]),
        .init(.protocolError, "Protocol error", .sender, usually: .permanent,
              "A command was malformed, unknown or out of order.",
              .fixSender, "Check the sending software, and proxies or firewalls that rewrite SMTP, against RFC 5321.",
              whileTransient: .retry, "Let the queue retry. If it goes on, check the sending software, and proxies that rewrite SMTP, against RFC 5321.",
              see: [.rfc(5321)]),
        .init(.unsupportedFeature, "Unsupported feature", .receiver, usually: .permanent,
              "The message or session needs something that the server does not offer.",
              .fixSender, "Send without the feature that the reply names: an SMTP parameter, a Unicode address (RFC 6531), or an encoding.",
              see: [.rfc(6531)]),
        .init(.suppressed, "Suppressed", .sender, usually: .permanent,
              "Your own sending service did not send: the address is on its suppression list.",
              .investigate, "Look up there why the address was put on the list. Take it off only if you know that it works again; else stop mailing it."),
        .init(.undetermined, "Undetermined", .unknown, usually: nil,
              "The reply does not say what happened.",
              .investigate, "Read the log around this reply, and ask the receiver's postmaster, quoting all of it.",
              whileTransient: .retry, "Let the queue retry. If it goes on, ask the receiver's postmaster, quoting the whole reply.",
              see: [.rfc(5321, "4.5.1")]),
    ]
}
