import SMTPCatalog
import StrictJSON

/// What JSON about a message tells, of whatever program or service: the values that say why, the codes that stand in
/// members of their own, and what came of it. All else in it is names, subjects and tags, which say nothing of a cause.
///
/// The services whose events are known by their form are read by ``ServiceEvent``.
struct JSONEvent {
    /// The values that say why: those of members that are named for that, or else any text, which may be the message's.
    var values: [[UInt8]] { reasons.isEmpty ? texts : reasons }
    /// Of a failure, or 250 of a success: whoever took the message said so with it (RFC 5321, section 4.3.2).
    var code: ReplyCode? { disposition == .success ? ReplyCode(rawValue: 250) : failureCode }
    private(set) var enhanced: EnhancedCode?
    private(set) var command: String?
    /// Does anything in it say that something went wrong?
    private(set) var saysItFailed = false

    private var reasons: [[UInt8]] = []
    private var texts: [[UInt8]] = []
    private var failureCode: ReplyCode?
    private var outcome: Disposition?
    private var saysItSucceeded = false

    /// What came of the message; a success only where something says so, and nothing the contrary.
    var disposition: Disposition? {
        outcome == .success && (saysItFailed || !saysItSucceeded) ? nil : outcome
    }

    /// What the name of a member says of its value; an item of a list has the name of the list. Names are compared without
    /// what stands between their words: `smtp_code`, `smtpCode`.
    private struct Name {
        let isOfEvent: Bool
        let isOfOutcome: Bool
        let isOfCommand: Bool
        let isOfCode: Bool
        let isOfFailure: Bool
        let isOfReason: Bool
        let isOfText: Bool

        init(_ name: String) {
            let bytes = name.utf8.prefix(64).filter(\.isWordByte).map(\.lowercased)
            let name = String(decoding: bytes, as: UTF8.self)
            func contains(_ parts: [StaticString]) -> Bool {
                parts.contains { bytes.firstIndex(of: $0, in: bytes.indices) != nil }
            }
            let isOther = name.hasSuffix("id") || name.hasSuffix("edat") || contains(JSONEvent.namesOfOthers)
            isOfEvent = ["eventtype", "notificationtype", "recordtype"].contains(name)
            isOfOutcome = isOfEvent || JSONEvent.namesOfOutcomes.contains(name)
            isOfCommand = ["command", "smtpcommand", "stage", "verb"].contains(name)
            isOfCode = !isOther && JSONEvent.endsOfCodes.contains { name.hasSuffix($0) }
            isOfFailure = contains(JSONEvent.namesOfFailures)
            isOfReason = !isOther && (isOfFailure || contains(JSONEvent.namesOfReasons))
            isOfText = !isOther && contains(JSONEvent.namesOfTexts)
        }
    }

    /// More values of either kind than anybody gives for a message say nothing further.
    private static let mostValues = 64

    /// Nil for what is no object, nor a list that begins with one.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= ReplyReader.mostBytes, let first = bytes.first(where: { !$0.isSpace }),
            first == .ascii("{") || first == .ascii("["),
            let value = bytes.withUnsafeBytes({ try? JSONReader.read($0) })
        else { return nil }
        switch value {
        case .object: break
        case .array(let items): guard case .object? = items.first else { return nil }
        default: return nil
        }
        read(value, Name(""))
    }

    private mutating func read(_ value: JSONValue, _ name: Name) {
        switch value {
        case .object(let members):
            for member in members { read(member.value, Name(member.name)) }
            if name.isOfCode, let number = Self.enhanced(members) { take(number) }
        case .array(let items):
            for item in items { read(item, name) }
        case .number(let number?) where name.isOfCode:
            if let number = ReplyCode(rawValue: number) { take(number) }
        case .string(let text) where !text.isEmpty:
            if name.isOfOutcome { takeOutcome(text, name) }
            if name.isOfCommand, command == nil { command = MarkedLine.command(in: Array(text.utf8), at: 0) }
            if name.isOfCode, let number = ReplyCode(text) {
                take(number)
            } else if name.isOfCode, let number = EnhancedCode(text) {
                take(number)
            } else if name.isOfReason || name.isOfText {
                saysItFailed = saysItFailed || name.isOfFailure
                take(Array((text.utf8.contains(0x20) ? text : ServiceEvent.separated(text)).utf8), name)
            }
        default: break
        }
    }

    private mutating func take(_ text: [UInt8], _ name: Name) {
        if name.isOfReason {
            if reasons.count < Self.mostValues { reasons.append(text) }
        } else if texts.count < Self.mostValues {
            texts.append(text)
        }
    }

    private mutating func take(_ number: ReplyCode) {
        take(classDigit: number.classDigit)
        if number.classDigit >= 4 { failureCode = failureCode ?? number }
    }

    private mutating func take(_ number: EnhancedCode) {
        take(classDigit: number.classDigit ?? 0)
        if number.classDigit ?? 0 >= 4 { enhanced = enhanced ?? number }
    }

    private mutating func take(classDigit: Int) {
        if classDigit >= 4 { saysItFailed = true } else if classDigit == 2 { saysItSucceeded = true }
    }

    /// A failure is not taken for a success, in whatever order they come.
    private mutating func takeOutcome(_ text: String, _ name: Name) {
        let event = Array(text.beginning(bytes: 64).lowercased().utf8)
        if Self.failures.contains(where: { event.firstIndex(of: $0, in: event.indices) != nil }) { saysItFailed = true }
        guard let outcome = ServiceEvent.disposition(ofEvent: text) else { return }
        // A `delivery` may be an attempt, but for those who call their events so.
        if outcome == .success, name.isOfEvent || event.has("delivered", before: event.count) { saysItSucceeded = true }
        if self.outcome == nil || self.outcome == .success { self.outcome = outcome }
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
        "event", "type", "status", "state", "kind", "severity", "outcome", "level",
    ]
    /// What stands in the names of events that went wrong.
    private static let failures: [StaticString] = [
        "fail", "bounce", "reject", "undeliver", "error", "complain", "drop", "expir", "defer", "delay", "fatal",
    ]
    private static let endsOfCodes = ["code", "status", "smtp", "reply", "enhanced", "dsn"]
    /// What stands in the names of members that hold something else, though they sound like the others.
    private static let namesOfOthers: [StaticString] = [
        "http", "subject", "replyto", "headline", "context", "login", "title",
    ]
    private static let namesOfFailures: [StaticString] = [
        "error", "reason", "fail", "bounce", "exception", "diagnos", "reject", "cause",
    ]
    private static let namesOfReasons: [StaticString] = [
        "response", "reply", "smtp", "message", "err", "msg", "detail", "descri", "status", "content", "info", "expla",
        "result", "comment", "subtype", "delaytype", "log", "output",
    ]
    private static let namesOfTexts: [StaticString] = ["text", "original", "body", "line"]
}
