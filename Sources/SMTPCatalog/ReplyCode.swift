/// A reply code as it came over the wire, whether or not the catalog knows it (RFC 5321, section 4.2).
public struct ReplyCode: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: Int

    /// Nil outside 200 to 599: SMTP has no other first digits.
    public init?(rawValue: Int) {
        guard (200...599).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Reads exactly three ASCII digits, the first 2 to 5.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        else { return nil }
        self.init(rawValue: number)
    }

    /// 2 to 5: how final the reply is.
    public var classDigit: Int { rawValue / 100 }

    /// 0 to 9: what the reply is about.
    public var groupDigit: Int { rawValue / 10 % 10 }

    public var description: String { String(rawValue) }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension ReplyCode: ExpressibleByIntegerLiteral {
    /// For the catalog's own rows; a number outside 200 to 599 is a mistake in the source and traps.
    public init(integerLiteral value: Int) { self.init(rawValue: value)! }
}

/// What the catalog says about one reply code.
public final class ReplyCodeEntry: Sendable {
    public let code: ReplyCode
    /// The short wording under which the code is commonly listed.
    public let meaning: String
    /// The wording of the RFC that defines the code.
    public let text: String
    /// What the code usually tells, where nothing more specific is known.
    public let category: Category
    public let action: Action
    /// Servers send it for any cause, so it says little beyond its class.
    public let isGeneric: Bool
    /// Does a standard or IANA's registry define it, or only those who send it?
    public let isRegistered: Bool
    /// The commands after which the code is sent.
    public let issuedFor: [String]
    public let references: [Reference]
    public let description: String
    public let advice: String

    init(
        _ code: ReplyCode, _ meaning: String, text: String? = nil, _ category: Category, _ action: Action,
        isGeneric: Bool = false, isRegistered: Bool = true, issuedFor: [String], _ references: [Reference],
        _ description: String, advice: String
    ) {
        self.code = code
        self.meaning = meaning
        self.text = text ?? meaning
        self.category = category
        self.action = action
        self.isGeneric = isGeneric
        self.isRegistered = isRegistered
        self.issuedFor = issuedFor
        self.references = references
        self.description = description
        self.advice = advice
    }

    public var disposition: Disposition { Disposition(classDigit: code.classDigit)! }
}
