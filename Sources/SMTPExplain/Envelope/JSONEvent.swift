import SMTPCatalog
import StrictJSON

/// What JSON about a message tells, of whatever program or service: the values that say why, the codes that stand in
/// members of their own, and what came of it. All else in it is names, subjects and tags, which say nothing of a cause.
///
/// The services whose events are known by their form are read by ``ServiceEvent``.
struct JSONEvent {
    /// The values that say why: those of members that are named for that, or else any text, which may be the message's,
    /// or else the names of what came of it.
    var values: [[UInt8]] {
        if hasWords { return reasons.isEmpty ? texts : reasons }
        return claims.contains(.failure) ? outcomes : []
    }
    /// Has it words that say why, and not only names?
    var hasWords: Bool { !reasons.isEmpty || !texts.isEmpty }
    /// Of a failure, or 250 of a success: whoever took the message said so with it (RFC 5321, section 4.3.2).
    var code: ReplyCode? { disposition == .success ? ReplyCode(rawValue: 250) : failureCode }
    private(set) var enhanced: EnhancedCode?
    private(set) var command: String?
    /// What it says, all in all, of what came of the message.
    var claims: Claims = []

    private var reasons: [[UInt8]] = []
    private var texts: [[UInt8]] = []
    private var outcomes: [[UInt8]] = []
    var failureCode: ReplyCode?
    /// What it says of earlier attempts, where that counts no more.
    var isLastAttempt = false
    var earlier: [(name: String, value: JSONValue)] = []
    var attempts: [(name: String, items: [JSONValue])] = []
    var addresses: Set<String> = []
    /// The identifiers of messages.
    var messages: Set<String> = []

    /// Does it say anything of a message, and not only hold some values?
    var tellsOfMessage: Bool { !claims.isEmpty || !reasons.isEmpty }

    /// What came of the message; a success only where something says so, and nothing the contrary.
    var disposition: Disposition? {
        if !claims.contains(.failure),
            claims.isSuperset(of: [.delivery, .confirmed])
                || claims.isSuperset(of: [.success, .taken]) && isOfMessage
                    && !values.contains(where: { Claims.tellOfFailure($0[...]) })
        {
            return .success
        }
        if claims.contains(.notFinal) { return .transient }
        return claims.isSuperset(of: [.failure, .final]) ? .permanent : nil
    }

    /// Was no command answered that goes before the message?
    var isOfMessage: Bool { command.map { $0 == "DATA" || $0 == "BDAT" } ?? true }

    /// What the name of a member says of its value; an item of a list has the name of the list. Names are compared without
    /// what stands between their words: `smtp_code`, `smtpCode`.
    private struct Roles: OptionSet {
        let rawValue: Int

        /// The name that a service gives to what came of the message, or any of its kind.
        static let event = Roles(rawValue: 1 << 0)
        static let outcome = Roles(rawValue: 1 << 1)
        /// Likewise, where what is no known success is a failure.
        static let closed = Roles(rawValue: 1 << 2)
        static let command = Roles(rawValue: 1 << 3)
        static let code = Roles(rawValue: 1 << 4)
        /// That it went wrong; that is a reason too.
        static let failure = Roles(rawValue: 1 << 5)
        /// Why, or why it went well.
        static let cause = Roles(rawValue: 1 << 6)
        static let reason = Roles(rawValue: 1 << 7)
        /// Perhaps the message's own.
        static let text = Roles(rawValue: 1 << 8)
        /// An address is no more than that.
        static let address = Roles(rawValue: 1 << 9)

        init(rawValue: Int) { self.rawValue = rawValue }

        /// Of a name as ``JSONEvent/normalized(_:)`` has it.
        init(of name: String) {
            let bytes = Array(name.utf8)
            func has(_ parts: [StaticString]) -> Bool {
                parts.contains { bytes.firstIndex(of: $0, in: bytes.indices) != nil }
            }
            self = []
            if ["command", "smtpcommand", "stage", "step", "verb", "cmd", "phase"].contains(name) { insert(.command) }
            if name.hasSuffix("id") || name.hasSuffix("edat") || has(JSONEvent.namesOfOthers) { return }
            if ["eventtype", "notificationtype", "recordtype"].contains(name) { formUnion([.event, .outcome]) }
            if JSONEvent.isOutcome(name) { insert(.outcome) }
            if contains(.outcome), has(JSONEvent.namesOfClosedOutcomes) { insert(.closed) }
            if JSONEvent.endsOfCodes.contains(where: name.hasSuffix) { insert(.code) }
            if has(JSONEvent.namesOfFailures) { formUnion([.failure, .reason]) }
            if has(JSONEvent.namesOfCauses) { formUnion([.cause, .reason]) }
            if has(JSONEvent.namesOfReasons) { insert(.reason) }
            if has(JSONEvent.namesOfTexts) { insert(.text) }
            if JSONEvent.endsOfAddresses.contains(where: name.hasSuffix) { insert(.address) }
        }
    }

    /// Names are compared without what stands between their words: `smtp_code`, `smtpCode`.
    static func normalized(_ name: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        for byte in name.prefix(64) where byte.isWordByte { bytes.append(byte.lowercased) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Is it the name of a member that says what came of the message?
    static func isOutcome(_ name: String) -> Bool { namesOfOutcomes.contains(name) }

    /// More values of either kind than anybody gives for a message say nothing further.
    private static let mostValues = 64

    /// Nil for what is no object, nor a list that begins with one.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= ReplyReader.mostBytes, let first = bytes.first(where: { !$0.isSpace }),
            first == .ascii("{") || first == .ascii("["),
            let value = bytes.withUnsafeBytes({ try? JSONReader.read($0) })
        else { return nil }
        self.init(value)
    }

    /// Likewise.
    init?(_ value: JSONValue) {
        var first = value
        while case .array(let items) = first, let item = items.first { first = item }
        guard case .object = first else { return nil }
        read(value, [])
        leaveEarlierAttempts()
    }

    private mutating func read(_ value: JSONValue, _ roles: Roles) {
        switch value {
        case .object(let members):
            for member in members { read(member.value, named: member.name) }
            if roles.contains(.code), let number = Self.enhanced(members) { take(number) }
        case .array(let items):
            for item in items { read(item, roles) }
        case .number(let number?):
            guard let code = ReplyCode(rawValue: number) else { return }
            // `{"error":550}`
            let isFailure = !roles.isDisjoint(with: [.failure, .cause]) && code.classDigit >= 4
            if roles.contains(.code) || isFailure { take(code) }
        case .string(let text) where !text.isEmpty: read(text, roles)
        default: break
        }
    }

    private mutating func read(_ value: JSONValue, named name: String) {
        // `{"ann@b.example":[550,"no such user"]}`
        if name.utf8.contains(.ascii("@")) {
            addresses.insert(name.lowercased())
            return read(value, [.code, .reason])
        }
        let name = Self.normalized(name.utf8)
        guard !Self.namesOfSenders.contains(name) else { return }
        if !takesEarlier(value, named: name) { read(member: value, named: name) }
    }

    /// Of a member of the message's own end, its name normalized.
    mutating func read(member value: JSONValue, named name: String) {
        takeIdentity(value, named: name)
        // `{"next_attempt":"2026-11-28T11:00:00Z"}`
        if name.hasPrefix("nextattempt") || name.hasPrefix("nextretry"), Self.isGiven(value) {
            claims.insert(.notFinal)
        }
        if let isTrue = Self.truth(value) { claims.formUnion(Claims(ofFlag: name, isTrue)) }
        read(value, Roles(of: name))
    }

    /// Whom it is about, and which message.
    private mutating func takeIdentity(_ value: JSONValue, named name: String) {
        switch value {
        case .array(let items): for item in items { takeIdentity(item, named: name) }
        case .string(let text) where Self.namesOfMessages.contains(where: name.hasSuffix): messages.insert(text)
        case .string(let text) where Self.namesOfRecipients.contains(where: name.hasSuffix):
            // `Ann <ann@b.example>`
            let words = text.utf8.split { $0 == 0x20 || $0 == .ascii("<") || $0 == .ascii(">") }
            if let address = words.last(where: { $0.contains(.ascii("@")) }) {
                addresses.insert(String(decoding: address, as: UTF8.self).lowercased())
            }
        default: break
        }
    }

    private static func isGiven(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): !saysNothing(text)
        case .number(let number): number ?? 0 > 0
        default: false
        }
    }

    /// The words before it say why, where it does not itself.
    mutating func take(head: ArraySlice<UInt8>) { reasons.append(Array(head)) }

    /// Nil for what neither affirms nor denies, as most text does; a list that has something in it affirms its name.
    private static func truth(_ value: JSONValue) -> Bool? {
        switch value {
        case .word(let flag): flag
        // More is a time, or the number of a thing.
        case .number(let count?): count < 1_000_000 ? count > 0 : nil
        case .string(let text): Claims.truth(text)
        case .array(let items):
            items.contains { item in
                switch item {
                case .string(let text): !saysNothing(text)
                case .object(let members): !members.isEmpty
                default: false
                }
            } ? true : nil
        case .object, .number: nil
        }
    }

    private mutating func read(_ text: String, _ roles: Roles) {
        if let value = Self.json(in: text) { return read(value, roles) }
        var isSuccess = false
        if roles.contains(.outcome) {
            let said = Claims(ofOutcome: text, isEvent: roles.contains(.event), isClosed: roles.contains(.closed))
            claims.formUnion(said)
            isSuccess = !said.isDisjoint(with: [.success, .delivery])
            if !isSuccess, !said.contains(.notFinal) { take(outcome: text) }
        }
        if roles.contains(.command), command == nil { command = MarkedLine.command(in: Array(text.utf8), at: 0) }
        if roles.contains(.code), let number = ReplyCode(text) {
            take(number)
        } else if roles.contains(.code), let number = EnhancedCode(text) {
            take(number)
        } else if text.utf8.contains(.ascii("@")), !text.utf8.contains(0x20) {
            // `{"rejected":["ann@b.example"]}`, but not `{"bounce_address":"..."}`
            if roles.contains(.failure), !roles.contains(.address) { claims.insert(.failure) }
        } else if !roles.isDisjoint(with: [.reason, .text]), !isSuccess, !Self.saysNothing(text) {
            // `{"reason":"250 OK"}`, `{"diagnosticCode":"smtp; 250 OK"}`
            if roles.contains(.failure) || roles.contains(.cause) && !Self.beginsWithSuccess(text) {
                claims.insert(.failure)
            }
            take(Self.words(of: text), roles)
        }
    }

    /// An event that is carried as the text of another, as by SNS and by collectors of logs; before it may stand a time.
    private static func json(in text: String) -> JSONValue? {
        guard text.utf8.contains(.ascii("{")) else { return nil }
        let bytes = Array(text.utf8)
        guard let end = bytes.lastIndex(where: { !$0.isSpace }), bytes[end] == .ascii("}"),
            let start = bytes.prefix(256).firstIndex(of: .ascii("{")),
            bytes[..<start].allSatisfy({ $0 != .ascii("\n") && $0 < 0x80 })
        else { return nil }
        guard case .object(let members)? = Array(bytes[start...end]).withUnsafeBytes({ try? JSONReader.read($0) }),
            !members.isEmpty
        else { return nil }
        return .object(members)
    }

    private static func beginsWithSuccess(_ text: String) -> Bool {
        let beginning = Array(text.utf8.prefix(16))
        let start = beginning.has("smtp;", at: 0) ? beginning.dropFirst(5).drop { $0 == 0x20 } : beginning[...]
        return ReplyCode(start.prefix(3).string)?.classDigit == 2
    }

    /// Is it a word for nothing, as in `{"error":"none"}`?
    private static func saysNothing(_ text: String) -> Bool {
        text.isEmpty || nothing.contains(text.beginning(bytes: 16).lowercased())
    }

    /// The words of a text, also of one that is a name: `MailboxFull`, `mailbox_full`.
    private static func words(of text: String) -> [UInt8] {
        guard !text.utf8.contains(0x20) else { return Array(text.utf8) }
        let name = Array(ServiceEvent.separated(text).utf8)
        guard name.allSatisfy({ $0.isLetter || $0 == .ascii("_") || $0 == 0x20 }) else { return name }
        return name.map { $0 == .ascii("_") ? 0x20 : $0 }
    }

    /// A name of several words may say why: `VirusNotification`, `email.suppressed`; but nobody refused what is complained
    /// of.
    private mutating func take(outcome text: String) {
        let words = Self.words(of: text.beginning(bytes: 64)).map { $0 == .ascii(".") ? 0x20 : $0 }
        guard words.contains(0x20), outcomes.count < Self.mostValues,
            words.map(\.lowercased).firstIndex(of: "complain", in: words.indices) == nil
        else { return }
        outcomes.append(words)
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
        if number == 250 { claims.insert(.taken) }
        if number.classDigit >= 4 { failureCode = failureCode ?? number }
    }

    private mutating func take(_ number: EnhancedCode) {
        take(classDigit: number.classDigit ?? 0)
        if number.classDigit ?? 0 >= 4 { enhanced = enhanced ?? number }
    }

    private mutating func take(classDigit: Int) {
        switch classDigit {
        case 2: claims.insert(.confirmed)
        case 4: claims.formUnion([.failure, .notFinal])
        case 5...: claims.insert(.failure)
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

    private static let namesOfOutcomes: Set = {
        let names = [
            "event", "type", "status", "state", "kind", "severity", "outcome", "level", "result", "action", "class",
            "classification", "disposition", "delivery",
        ]
        return Set(names + startsOfOutcomes.flatMap { start in names.map { start + $0 } })
    }()
    private static let namesOfClosedOutcomes: [StaticString] = ["event", "status", "state", "outcome", "result"]
    /// What may go before those: `delivery_state`.
    private static let startsOfOutcomes = [
        "delivery", "message", "email", "mail", "final", "send", "bounce", "smtp", "recipient", "event", "last",
        "failure", "error", "delay",
    ]
    /// Members in which the sender of a message keeps what he likes.
    private static let namesOfSenders: Set = [
        "headers", "commonheaders", "metadata", "meta", "rcptmeta", "tags", "tag", "variables", "uservariables",
        "campaign", "campaigns", "template", "custom", "customargs", "uniqueargs", "customvariables", "labels",
        "substitutiondata", "mergevars",
    ]
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
        "error", "fail", "bounce", "exception", "reject", "refus", "undeliver",
    ]
    private static let namesOfCauses: [StaticString] = ["reason", "diag", "cause"]
    private static let namesOfMessages = ["messageid", "msgid", "mailid", "queueid", "qid"]
    private static let namesOfRecipients = [
        "to", "recipient", "recipients", "email", "emails", "address", "addresses", "rcpt", "rcpts", "mailbox", "user",
        "destination", "destinations",
    ]
    private static let endsOfAddresses = ["address", "email", "to", "from", "path", "sender"]
    private static let namesOfReasons: [StaticString] = [
        "response", "reply", "smtp", "message", "err", "msg", "detail", "descri", "status", "content", "info", "expla",
        "result", "comment", "subtype", "delaytype", "log", "output", "note", "remark", "hint", "why",
    ]
    private static let namesOfTexts: [StaticString] = ["text", "original", "body", "line"]
}
