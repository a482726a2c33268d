/// What a report claims came of a message. All that it says counts: who says of one message that it arrived, and that
/// it was refused, contradicts himself.
struct Claims: OptionSet {
    let rawValue: Int

    /// It was taken, or sent, or somebody has read it.
    static let success = Claims(rawValue: 1 << 0)
    /// It was handed over, if that went well.
    static let delivery = Claims(rawValue: 1 << 1)
    /// That went well.
    static let confirmed = Claims(rawValue: 1 << 2)
    /// It did not arrive.
    static let failure = Claims(rawValue: 1 << 3)
    /// Whatever happened, it is so for the time being.
    static let notFinal = Claims(rawValue: 1 << 4)
    /// The sending side has given up.
    static let final = Claims(rawValue: 1 << 5)
    /// A server answered 250, which services say of no request of their own.
    static let taken = Claims(rawValue: 1 << 6)
    /// It was taken for sending, and has not failed yet.
    static let underway = Claims(rawValue: 1 << 7)

    private static let delivered: Claims = [.success, .delivery, .confirmed]

    init(rawValue: Int) { self.rawValue = rawValue }

    /// Of a word for what came of the message, such as `soft_bounce`, `email.delivered`, `not sent`.
    /// - Parameters:
    ///   - isEvent: is it what a service calls its event? A `delivery` is no mere attempt then.
    ///   - isClosed: is what is no known success a failure? Failures have more names than anybody can list.
    init(ofOutcome text: String, isEvent: Bool = false, isClosed: Bool = false) {
        self = []
        let name = Array(ServiceEvent.separated(text.beginning(bytes: 64)).lowercased().utf8)
        if name.first?.isDigit != false { return }
        func has(_ stems: [StaticString]) -> Bool {
            stems.contains { name.firstIndex(of: $0, in: name.indices) != nil }
        }
        if has(Self.stemsOfFailure) { insert(.failure) }
        if has(Self.stemsOfDelay) || name == Array("soft".utf8) { insert(.notFinal) }
        switch ServiceEvent.disposition(ofEvent: text) {
        case .success?: formUnion(isEvent ? Self.delivered : .delivery)
        case .permanent?: insert(.final)
        default: break
        }
        guard !contains(.failure) else { return }
        let words = name.split { !$0.isWordByte }.map(\.string)
        let isKnown = words.allSatisfy {
            Self.successes.contains($0) || Self.neutral.contains($0) || $0.utf8.contains(where: \.isDigit)
        }
        if words.contains("processed") || words.contains("injected") { insert(.underway) }
        // The words of more than a name are read as all words are; here only how they begin counts.
        let isName = words.count <= 3
        let isDenied = words.contains(where: Self.negations.contains)
        let isSuccess =
            isKnown ? words.contains(where: Self.successes.contains) : !isName && Self.successes.contains(words[0])
        if isSuccess, !isDenied {
            formUnion(words.contains("delivered") ? Self.delivered : .success)
        } else if isClosed, !isKnown, isName || isDenied {
            insert(.failure)
        }
    }

    /// Of a member that is true or false, counts something, or lists addresses: its name says of what.
    init(ofFlag name: String, _ isTrue: Bool) {
        self = []
        var name = name[...]
        if let end = Self.endsOfFlags.first(where: name.hasSuffix) { name = name.dropLast(end.count) }
        for _ in 0..<3 {
            if let claims = Self.flags[String(name)] {
                formUnion(isTrue ? claims.yes : claims.no)
                return
            }
            guard let start = Self.startsOfFlags.first(where: name.hasPrefix) else { return }
            name = name.dropFirst(start.count)
        }
    }

    /// Of pairs such as `event=delivered`, which stand before a reply in the lines of some logs.
    init(pairsIn line: ArraySlice<UInt8>) {
        self = []
        func separates(_ byte: UInt8) -> Bool { byte.isSpace || byte == .ascii(",") || byte == .ascii(";") }
        var rest = line.prefix(1024)
        while let equals = rest.firstIndex(of: .ascii("=")) {
            let start = rest[..<equals].lastIndex(where: separates).map { $0 + 1 } ?? rest.startIndex
            let word = rest[start...].prefix { !separates($0) }
            rest = rest[word.endIndex...]
            guard start < equals else { continue }
            let name = JSONEvent.normalized(word[..<equals])
            let value = word[(equals + 1)...].filter { $0 != .ascii("\"") && $0 != .ascii("'") }
            let text = String(decoding: value, as: UTF8.self)
            if let isTrue = Self.truth(text) { formUnion(Claims(ofFlag: name, isTrue)) }
            if JSONEvent.isOutcome(name) { formUnion(Claims(ofOutcome: text)) }
        }
    }

    /// Of the words right before a reply or JSON: `delivered {...}`, `not sent: 250 ok`.
    init(lastWordsOf line: ArraySlice<UInt8>) {
        self = []
        let words = line.suffix(64).split { !$0.isWordByte }.suffix(3).map { $0.string.lowercased() }
        // `Hard bounce: 250 OK`, `failed 250`
        if let word = words.last, Self.failures.contains(word) { insert(.failure) }
        guard let word = words.last, Self.successes.contains(word) else { return }
        insert(words.contains(where: Self.negations.contains) ? .failure : .success)
    }

    /// Has a text a word for what went wrong?
    static func tellOfFailure(_ text: ArraySlice<UInt8>) -> Bool {
        let text = Array(text)
        return stemsOfFailure.contains { text.firstIndex(of: $0, in: text.indices) != nil }
    }

    /// Has it one for a connection that broke?
    static func tellOfBreak(_ text: ArraySlice<UInt8>) -> Bool {
        let text = Array(text)
        return stemsOfBreaks.contains { text.firstIndex(of: $0, in: text.indices) != nil }
    }

    private static let stemsOfBreaks: [StaticString] = [
        "lost connection", "connection lost", "connection reset", "reset by", "broken pipe", "disconnected",
        "connection closed", "closed by", "unexpectedly", "unexpected eof", "hang up", "epipe", "abgebrochen",
        "giving up", "gave up",
    ]

    /// `true`, `"no"`, `1`; nil for what is no such word.
    static func truth(_ text: String) -> Bool? {
        guard text.utf8.count <= 5 else { return nil }
        return switch text.lowercased() {
        case "true", "yes", "1": true
        case "false", "no", "0": false
        default: nil
        }
    }

    /// What stands in the names of events that went wrong.
    private static let stemsOfFailure: [StaticString] = [
        "fail", "bounce", "reject", "undeliver", "error", "complain", "drop", "expir", "defer", "delay", "fatal",
        "refus", "denied", "block", "suppress", "quarantin", "discard", "cancel", "timeout", "timed out", "unsent",
        "unsuccess", "invalid", "transient", "temporar",
    ]
    /// What stands in the names of events that are not the end; it outweighs the others.
    private static let stemsOfDelay: [StaticString] = [
        "soft bounce", "soft_bounce", "soft-bounce", "softbounce", "transient", "temporar", "defer", "delay", "retry",
        "retri", "queue", "pending", "schedul",
    ]
    /// Words for an event that went well. Some services mean no more by them than that they tried.
    private static let successes: Set = [
        "delivered", "sent", "success", "successful", "successfully", "succeeded", "accepted", "ok", "okay", "relayed",
        "open", "opened", "click", "clicked",
    ]
    /// Words that say nothing of whether it did.
    private static let neutral: Set = [
        "a", "all", "and", "as", "attempt", "been", "by", "complete", "completed", "data", "deliver", "delivery",
        "done", "email", "end", "event", "final", "finished", "for", "has", "in", "info", "inbox", "injected", "is",
        "log", "mail",
        "mailbox", "message", "mta", "now", "out", "processed", "processing", "queued", "received", "recipient",
        "relay", "remote", "reply", "request", "response", "result", "send", "sending", "server", "smtp", "status",
        "stored", "the", "to", "transaction", "was", "with",
    ]
    private static let failures: Set = [
        "bounce", "bounced", "undelivered", "undeliverable", "failed", "failure", "rejected", "refused",
    ]
    private static let negations: Set = ["not", "never", "no", "nothing", "cannot", "unable", "t"]

    private typealias Flag = (yes: Claims, no: Claims)

    /// By names without what stands between their words, and without the words below.
    private static let flags: [String: Flag] = {
        let rows: [([String], Flag)] = [
            (["delivered"], (delivered, .failure)),
            (["success", "successful", "succeeded", "ok", "sent", "accepted", "relayed"], (.success, .failure)),
            (["opened", "clicked"], (.success, [])),
            (
                [
                    "failed", "failure", "error", "errors", "bounced", "bounce", "rejected", "refused", "blocked",
                    "undelivered", "undeliverable", "unsent", "dropped", "denied", "expired", "cancelled", "discarded",
                    "quarantined", "suppressed",
                ], (.failure, [])
            ),
            (["hardbounce", "permanentfailure"], (.failure, .notFinal)),
            (["permanent", "hard", "final", "fatal"], ([], .notFinal)),
            (["deferred", "delayed", "softbounce", "temporaryfailure"], ([.failure, .notFinal], [])),
            (["temporary", "transient", "soft", "retry", "retryable", "retrying", "queued"], (.notFinal, [])),
        ]
        return Dictionary(uniqueKeysWithValues: rows.flatMap { names, flag in names.map { ($0, flag) } })
    }()
    private static let startsOfFlags = [
        "is", "was", "has", "will", "be", "message", "email", "mail", "delivery", "smtp", "recipients",
    ]
    private static let endsOfFlags = ["recipients", "addresses", "emails"]
}
