import SMTPCatalog
import StrictJSON

/// What JSON about a message tells, of whatever program or service: the values that say why, and the codes that stand in
/// fields of their own. All else in it is names, subjects and tags, which say nothing of a cause.
///
/// The services whose events are known by their form are read by ``ServiceEvent``.
struct JSONEvent {
    /// The values that say why.
    private(set) var values: [[UInt8]] = []
    private(set) var code: ReplyCode?
    private(set) var enhanced: EnhancedCode?
    private(set) var outcome: Disposition?
    private var saysWhyFailed = false

    /// What the name of a member says of its value; an item of a list has the name of the list.
    private struct Name {
        let isOfOutcome: Bool
        let isOfCode: Bool
        let saysWhy: Bool
        let saysWhyFailed: Bool

        init(_ name: String) {
            let name = name.beginning(bytes: 64).lowercased()
            let bytes = Array(name.utf8)
            func contains(_ parts: [StaticString]) -> Bool {
                parts.contains { bytes.firstIndex(of: $0, in: bytes.indices) != nil }
            }
            isOfOutcome = JSONEvent.namesOfOutcomes.contains(name)
            isOfCode = contains(JSONEvent.namesOfCodes)
            saysWhy = !name.hasSuffix("id") && contains(JSONEvent.namesOfReasons)
            saysWhyFailed = saysWhy && contains(JSONEvent.namesOfFailures)
        }
    }

    /// More values than anybody gives for a message say nothing further.
    private static let mostValues = 64

    /// Nil for what is no object, nor a list that begins with one.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= ReplyReader.mostBytes, let first = bytes.first(where: { !$0.isSpace }),
            first == .ascii("{") || first == .ascii("["),
            var value = bytes.withUnsafeBytes({ try? JSONReader.read($0) })
        else { return nil }
        if case .array(let items) = value, let item = items.first { value = item }
        guard case .object = value else { return nil }
        read(value, Name(""))
        // Who says what went wrong has not delivered it.
        if outcome == .success, saysWhyFailed { outcome = nil }
        // Whoever took the message said so with this code (RFC 5321, section 4.3.2).
        if outcome == .success { code = code ?? ReplyCode(rawValue: 250) }
    }

    private mutating func read(_ value: JSONValue, _ name: Name) {
        switch value {
        case .object(let members):
            for member in members { read(member.value, Name(member.name)) }
            if name.isOfCode, let number = Self.enhanced(members) { enhanced = enhanced ?? number }
        case .array(let items):
            for item in items { read(item, name) }
        case .number(let number?) where name.isOfCode:
            code = code ?? ReplyCode(rawValue: number)
        case .string(let text) where !text.isEmpty:
            if name.isOfOutcome, let outcome = ServiceEvent.disposition(ofEvent: text) {
                // A failure is not taken for a success.
                if self.outcome == nil || outcome != .success { self.outcome = outcome }
            }
            if name.isOfCode, let number = ReplyCode(text) {
                code = code ?? number
            } else if name.isOfCode, let number = EnhancedCode(text) {
                enhanced = enhanced ?? number
            } else if name.saysWhy, values.count < Self.mostValues {
                values.append(Array((text.utf8.contains(0x20) ? text : ServiceEvent.separated(text)).utf8))
                saysWhyFailed = saysWhyFailed || name.saysWhyFailed
            }
        default: break
        }
    }

    /// `{"class":5,"subject":1,"detail":1}`
    private static func enhanced(_ members: [(name: String, value: JSONValue)]) -> EnhancedCode? {
        let digits = ["class", "subject", "detail"].compactMap { name -> Int? in
            guard case .number(let digit)? = members.first(where: { $0.name == name })?.value else { return nil }
            return digit
        }
        return digits.count == 3 ? EnhancedCode(classDigit: digits[0], subject: digits[1], detail: digits[2]) : nil
    }

    private static let namesOfOutcomes: Set = [
        "event", "type", "eventtype", "notificationtype", "recordtype", "status", "kind", "severity",
    ]
    private static let namesOfCodes: [StaticString] = ["code", "status", "smtp", "reply", "enhanced", "dsn"]
    private static let namesOfFailures: [StaticString] = ["error", "reason", "fail", "bounce", "exception", "diagnos"]
    /// What stands in the names of members that say why.
    private static let namesOfReasons: [StaticString] =
        namesOfFailures + [
            "response", "reply", "message", "err", "msg", "detail", "descri", "status", "cause", "text", "log",
            "content",
            "smtp", "info", "output", "expla", "result", "comment", "subtype", "delaytype", "original", "body", "line",
        ]
}
