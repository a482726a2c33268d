/// An enhanced status code, `class.subject.detail` (RFC 3463, section 2), registered or not.
public struct EnhancedCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Subject, detail and class in one number, in the order in which codes are listed.
    private let number: UInt32

    /// 2, 4 or 5; nil for the form `x.1.1`, which stands for any class.
    public var classDigit: Int? { number % 10 == 0 ? nil : Int(number % 10) }
    /// What the code is about: 0 to 7 are registered.
    public var subject: Int { Int(number / 10000) }
    public var detail: Int { Int(number / 10 % 1000) }

    /// Nil where RFC 3463 has no such code: a class other than 2, 4 or 5, or more than three digits.
    public init?(classDigit: Int?, subject: Int, detail: Int) {
        guard classDigit == nil || classDigit == 2 || classDigit == 4 || classDigit == 5,
            (0...999).contains(subject), (0...999).contains(detail)
        else { return nil }
        number = UInt32(subject * 10000 + detail * 10 + (classDigit ?? 0))
    }

    /// Reads `5.1.1` or `x.1.1`; leading zeros are not allowed (RFC 3463, section 2).
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let subject = Self.number(parts[1]), let detail = Self.number(parts[2])
        else { return nil }
        if parts[0] == "x" || parts[0] == "X" {
            self.init(classDigit: nil, subject: subject, detail: detail)
        } else if let digit = Self.number(parts[0]) {
            self.init(classDigit: digit, subject: subject, detail: detail)
        } else {
            return nil
        }
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.count == 1 || digits.first != 0x30
        else { return nil }
        return Int(text)
    }

    /// The code without its class: `x.1.1`.
    public var pattern: EnhancedCode { EnhancedCode(number: number - number % 10) }

    private init(number: UInt32) { self.number = number }

    /// This code in another class; nil where that class does not exist.
    public func inClass(_ digit: Int) -> EnhancedCode? {
        EnhancedCode(classDigit: digit, subject: subject, detail: detail)
    }

    public var description: String {
        // So short a string is no object of its own.
        String(unsafeUninitializedCapacity: 9) { room in
            room[0] = classDigit.map { UInt8($0) + 0x30 } ?? UInt8(ascii: "x")
            var count = 1
            for number in [subject, detail] {
                room[count] = UInt8(ascii: ".")
                count += 1
                for place in [100, 10, 1] where place == 1 || number >= place {
                    room[count] = UInt8(number / place % 10) + 0x30
                    count += 1
                }
            }
            return count
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// The reply codes an enhanced code is registered with.
public enum AssociatedReplies: Sendable, ExpressibleByArrayLiteral {
    case codes([ReplyCode])
    /// These, and others as well.
    case codesAndOthers([ReplyCode])
    /// Every reply code that begins with this digit.
    case anyOfClass(Int)
    /// Every reply code.
    case any

    public init(arrayLiteral codes: ReplyCode...) { self = .codes(codes) }
}

/// What the catalog says about one registered enhanced code, in whatever class.
public final class EnhancedCodeEntry: Sendable {
    public let subject: Int
    public let detail: Int
    /// The short wording under which the code is commonly listed.
    public let meaning: String
    /// The name in IANA's registry.
    public let text: String
    public let replies: AssociatedReplies
    /// The classes the code makes sense with: of 2, 4 and 5.
    public let usefulClasses: [Int]
    /// Says little beyond its subject, as servers send it for any cause.
    public let isGeneric: Bool
    public let references: [Reference]
    public let description: String

    let category: Category
    let transientCategory: Category
    let action: Action?
    let advice: String
    let transientAdvice: String?

    init(
        _ subject: Int, _ detail: Int, _ meaning: String, text: String? = nil, replies: AssociatedReplies = [],
        classes: [Int] = [2, 4, 5], isGeneric: Bool = false, _ category: Category, ifTransient: Category? = nil,
        action: Action? = nil,
        _ references: [Reference], _ description: String, advice: String, whileTransient: String? = nil
    ) {
        self.subject = subject
        self.detail = detail
        self.meaning = meaning
        self.text = text ?? meaning
        self.replies = replies
        self.usefulClasses = classes
        self.category = category
        self.transientCategory = ifTransient ?? category
        self.action = action
        self.isGeneric = isGeneric
        self.references = references
        self.description = description
        self.advice = advice
        self.transientAdvice = whileTransient
    }

    public var pattern: EnhancedCode { EnhancedCode(classDigit: nil, subject: subject, detail: detail)! }
}
