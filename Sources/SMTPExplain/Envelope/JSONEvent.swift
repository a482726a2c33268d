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
    /// What it calls that which came of the message, in the item of a list that is being read.
    private var claims: Set<Claim> = []
    private var listsFailure = false

    /// Does it say anything of a message, and not only hold some values?
    var tellsOfMessage: Bool { outcome != nil || saysItFailed || saysItSucceeded || !reasons.isEmpty }

    /// What came of the message; a success only where something says so, and nothing the contrary.
    var disposition: Disposition? {
        outcome == .success && (saysItFailed || !saysItSucceeded) ? nil : outcome
    }

    /// Does it call what came of the message a success? Not where it lists one that is called a failure.
    var isCalledSuccess: Bool { claims.contains(.success) && !listsFailure }

    private enum Claim { case success, failure }

    /// What the name of a member says of its value; an item of a list has the name of the list. Names are compared without
    /// what stands between their words: `smtp_code`, `smtpCode`.
    private struct Roles: OptionSet {
        let rawValue: Int

        /// The name that a service gives to what came of the message, or any of its kind.
        static let event = Roles(rawValue: 1 << 0)
        static let outcome = Roles(rawValue: 1 << 1)
        static let command = Roles(rawValue: 1 << 2)
        static let code = Roles(rawValue: 1 << 3)
        /// Why it went wrong; that is a reason too.
        static let failure = Roles(rawValue: 1 << 4)
        static let reason = Roles(rawValue: 1 << 5)
        /// Perhaps the message's own.
        static let text = Roles(rawValue: 1 << 6)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(of name: String) {
            let bytes = name.utf8.prefix(64).filter(\.isWordByte).map(\.lowercased)
            let name = String(decoding: bytes, as: UTF8.self)
            func contains(_ parts: [StaticString]) -> Bool {
                parts.contains { bytes.firstIndex(of: $0, in: bytes.indices) != nil }
            }
            self = []
            if ["eventtype", "notificationtype", "recordtype"].contains(name) { formUnion([.event, .outcome]) }
            let part = JSONEvent.startsOfOutcomes.first(where: name.hasPrefix).map { name.dropFirst($0.count) }
            if JSONEvent.namesOfOutcomes.contains(String(part ?? name[...])) { insert(.outcome) }
            if ["command", "smtpcommand", "stage", "verb"].contains(name) { insert(.command) }
            if name.hasSuffix("id") || name.hasSuffix("edat") || contains(JSONEvent.namesOfOthers) { return }
            if JSONEvent.endsOfCodes.contains(where: name.hasSuffix) { insert(.code) }
            if contains(JSONEvent.namesOfFailures) { formUnion([.failure, .reason]) }
            if contains(JSONEvent.namesOfReasons) { insert(.reason) }
            if contains(JSONEvent.namesOfTexts) { insert(.text) }
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
        read(value, Roles(of: ""))
    }

    private mutating func read(_ value: JSONValue, _ roles: Roles) {
        switch value {
        case .object(let members):
            for member in members { read(member.value, Roles(of: member.name)) }
            if roles.contains(.code), let number = Self.enhanced(members) { take(number) }
        case .array(let items):
            for item in items {
                let outer = claims
                claims = []
                read(item, roles)
                if claims == [.failure] { listsFailure = true }
                claims.formUnion(outer)
            }
        case .number(let number?):
            guard let code = ReplyCode(rawValue: number) else { return }
            // `{"error":550}`
            if roles.contains(.code) || roles.contains(.failure) && code.classDigit >= 4 { take(code) }
        case .string(let text) where !text.isEmpty: read(text, roles)
        default: break
        }
    }

    private mutating func read(_ text: String, _ roles: Roles) {
        let isOutcome = roles.contains(.outcome) && takeOutcome(text, roles)
        if roles.contains(.command), command == nil { command = MarkedLine.command(in: Array(text.utf8), at: 0) }
        if roles.contains(.code), let number = ReplyCode(text) {
            take(number)
        } else if roles.contains(.code), let number = EnhancedCode(text) {
            take(number)
        } else if !roles.isDisjoint(with: [.reason, .text]), !isOutcome, !Self.saysNothing(text) {
            // `{"reason":"250 OK"}`
            if roles.contains(.failure), ReplyCode(text.beginning(bytes: 3))?.classDigit != 2 { saysItFailed = true }
            take(Array((text.utf8.contains(0x20) ? text : ServiceEvent.separated(text)).utf8), roles)
        }
    }

    /// Is it a word for nothing, as in `{"error":"none"}`, or an address, as in `{"bounce_address":"..."}`?
    private static func saysNothing(_ text: String) -> Bool {
        nothing.contains(text.beginning(bytes: 16).lowercased())
            || text.utf8.contains(.ascii("@")) && !text.utf8.contains(0x20)
    }

    private mutating func take(_ text: [UInt8], _ roles: Roles) {
        if roles.contains(.reason) {
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

    /// Is the text nothing but a word for what came of the message? A failure is not taken for a success, in whatever
    /// order they come.
    private mutating func takeOutcome(_ text: String, _ roles: Roles) -> Bool {
        let event = Array(text.beginning(bytes: 64).lowercased().utf8)
        if Self.failures.contains(where: { event.firstIndex(of: $0, in: event.indices) != nil }) {
            saysItFailed = true
            claims.insert(.failure)
        }
        if Self.successes.contains(where: { event.has($0, before: event.count) }) { claims.insert(.success) }
        guard let outcome = ServiceEvent.disposition(ofEvent: text) else { return false }
        // A `delivery` may be an attempt, but for those who call their events so.
        if outcome == .success, roles.contains(.event) || event.has("delivered", before: event.count) {
            saysItSucceeded = true
            claims.insert(.success)
        }
        if self.outcome == nil || self.outcome == .success { self.outcome = outcome }
        return outcome == .success
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
    /// What may go before those: `delivery_state`.
    private static let startsOfOutcomes = ["delivery", "message", "email", "mail", "final", "send"]
    /// What stands in the names of events that went wrong.
    private static let failures: [StaticString] = [
        "fail", "bounce", "reject", "undeliver", "error", "complain", "drop", "expir", "defer", "delay", "fatal",
    ]
    /// Words for an event that went well, at its end. Some services mean no more by them than that they tried.
    private static let successes: [StaticString] = ["delivered", "sent", "success", "succeeded", "accepted"]
    /// What a member has in place of a reason where there is none.
    private static let nothing: Set = [
        "-", "0", "false", "n/a", "na", "nil", "no", "no error", "none", "null", "ok", "success", "undefined",
    ]
    private static let endsOfCodes = ["code", "status", "smtp", "reply", "enhanced", "dsn"]
    /// What stands in the names of members that hold something else, though they sound like the others.
    private static let namesOfOthers: [StaticString] = [
        "http", "subject", "replyto", "headline", "context", "login", "title",
    ]
    private static let namesOfFailures: [StaticString] = [
        "error", "reason", "fail", "bounce", "exception", "diag", "reject", "cause",
    ]
    private static let namesOfReasons: [StaticString] = [
        "response", "reply", "smtp", "message", "err", "msg", "detail", "descri", "status", "content", "info", "expla",
        "result", "comment", "subtype", "delaytype", "log", "output", "note", "remark", "hint", "why",
    ]
    private static let namesOfTexts: [StaticString] = ["text", "original", "body", "line"]
}
