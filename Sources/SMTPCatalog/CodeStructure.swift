/// What one digit of a code stands for: a class, a group or a subject, by its RFC name.
public struct DigitMeaning: Sendable {
    public let digit: Int
    public let name: String
    public let meaning: String

    fileprivate init(_ digit: Int, _ name: String, _ meaning: String) {
        self.digit = digit
        self.name = name
        self.meaning = meaning
    }
}

extension ReplyCode {
    /// The first digit: how it went (RFC 5321, section 4.2.1).
    public static let classes: [DigitMeaning] = [
        .init(2, "Positive Completion", "The command was carried out."),
        .init(3, "Positive Intermediate", "The command was accepted, and the server waits for more."),
        .init(
            4, "Transient Negative Completion",
            "The command was refused for now; the same command may succeed later."),
        .init(
            5, "Permanent Negative Completion",
            "The command was refused, and will be refused again in the same form."),
    ]

    /// The second digit: what the reply is about (RFC 5321, section 4.2.1).
    public static let groups: [DigitMeaning] = [
        .init(0, "Syntax", "Syntax errors, and commands that are unknown or do not fit."),
        .init(1, "Information", "Answers to requests for information, such as status or help."),
        .init(2, "Connections", "About the transmission channel."),
        .init(3, "Unspecified", "Not given a meaning; SMTP AUTH uses it for logins."),
        .init(4, "Unspecified", "Not given a meaning."),
        .init(5, "Mail system", "The state of the receiving mail system towards the mail action."),
    ]

    public var `class`: DigitMeaning { Self.classes[classDigit - 2] }

    /// Nil for the digits 6 to 9, which RFC 5321 does not define.
    public var group: DigitMeaning? { Self.groups.first { $0.digit == groupDigit } }
}

extension EnhancedCode {
    /// The first part: how it went (RFC 3463, section 2).
    public static let classes: [DigitMeaning] = [
        .init(2, "Success", "The mail action was successful; the rest of the code says more about it."),
        .init(
            4, "Persistent Transient Failure",
            "The message is fine, but something for now prevents its delivery; a later attempt may succeed."),
        .init(
            5, "Permanent Failure",
            "The message cannot be delivered as it is; something about it or its destination must change."),
    ]

    /// The second part: what the code is about (RFC 3463, section 2).
    public static let subjects: [DigitMeaning] = [
        .init(0, "Other or Undefined Status", "Nothing more is known than the class."),
        .init(1, "Addressing Status", "About the sender's or the recipient's address."),
        .init(2, "Mailbox Status", "About the recipient's mailbox."),
        .init(3, "Mail System Status", "About the destination's mail system."),
        .init(4, "Network and Routing Status", "About the network or the way to the destination."),
        .init(5, "Mail Delivery Protocol Status", "About the SMTP conversation."),
        .init(6, "Message Content or Media Status", "About the message itself, its form or conversion."),
        .init(7, "Security or Policy Status", "About authentication, encryption or the receiver's policy."),
    ]

    /// Nil for the form `x.1.1`.
    public var `class`: DigitMeaning? { Self.classes.first { $0.digit == classDigit } }

    /// Nil for subjects that nobody has registered.
    public var subjectMeaning: DigitMeaning? { Self.subjects.first { $0.digit == subject } }
}
