import SMTPCatalog
import StrictJSON

/// What JSON tells of several attempts to deliver one message: the last counts.
extension JSONEvent {
    /// What was refused for now counts no more where the end is told, and all is about one address; else all counts.
    mutating func leaveEarlierAttempts() {
        // A list may hold all attempts, or all but the last, which then is told beside it.
        guard !attempts.isEmpty || !earlier.isEmpty else { return }
        let isTold = tellsEnd
        let lists = attempts
        attempts = []
        for (name, listed) in lists {
            let items = Self.areNewestFirst(listed) ? listed.reversed() : listed
            let isOver = isTold && !items.contains { Self(past: (name, $0)).accepts }
            if let last = items.last, !isOver { read(member: last, named: name) }
            earlier += items.dropLast(isOver ? 0 : 1).map { (name, $0) }
        }
        takeLists()
        let past = earlier.map(Self.init(past:))
        let isOfOne = Self.areOfOneMessage(past + [self])
        if isTold || tellsEnd, isOfOne, past.allSatisfy(\.isForNowOnly) {
            isLastAttempt = !earlier.isEmpty
        } else {
            // It was refused for good, and accepted all the same.
            if isOfOne, accepts { claims.insert(.underway) }
            readEarlier()
        }
    }

    /// Does a list of attempts begin with the last one, by their times or numbers?
    private static func areNewestFirst(_ attempts: [JSONValue]) -> Bool {
        guard case .object(let first)? = attempts.first, case .object(let last)? = attempts.last else { return false }
        return first.contains { member in
            guard namesOfOrder.contains(normalized(member.name.utf8)),
                let other = last.first(where: { $0.name == member.name })?.value
            else { return false }
            return switch (member.value, other) {
            case (.number(let a?), .number(let b?)): a > b
            case (.string(let a), .string(let b)): a > b
            default: false
            }
        }
    }

    private static let namesOfOrder: Set = [
        "time", "timestamp", "at", "ts", "date", "datetime", "createdat", "created", "occurredat", "sentat", "n", "no",
        "number", "attempt", "attemptno", "attemptnumber", "index", "seq", "sequence", "try",
    ]

    /// Are they about one message to one recipient, as far as they tell?
    private static func areOfOneMessage(_ attempts: [Self]) -> Bool {
        let messages = attempts.reduce(into: Set<String>()) { $0.formUnion($1.messages) }
        let texts = attempts.flatMap { [Array($0.addresses.joined(separator: " ").utf8)] + $0.values }
        return messages.count <= 1 && !LastAttempt.hasTwoAddresses(Array(texts.joined(separator: " ".utf8)))
    }

    private init(past member: (name: String, value: JSONValue)) {
        earlier = [member]
        readEarlier()
    }

    /// Does it say that a server took the message?
    private var accepts: Bool {
        !claims.contains(.failure) && !claims.contains(.underway) && !claims.contains(.notFinal)
            && (disposition == .success || claims.contains(.taken) && isOfMessage
                || isOfMessage && values.contains { Self.accepts(ReplyReader.readText($0)) })
    }

    /// 250 to a sender or a recipient (`2.1.0`, `2.1.5`) is a step.
    private static func accepts(_ reply: ReadReply) -> Bool {
        reply.code == 250
            && reply.enhanced.map { $0.subject == 0 || $0.subject == 6 }
                ?? LastAttempt.tellsOfMessage(reply.text, reply.text.indices)
    }

    /// Takes them for members like the others.
    private mutating func readEarlier() {
        var next = 0
        while next < earlier.count {
            read(member: earlier[next].value, named: earlier[next].name)
            takeLists()
            next += 1
        }
    }

    /// Lists within others are as early as those.
    private mutating func takeLists() {
        for (name, items) in attempts { earlier += items.map { (name, $0) } }
        attempts = []
    }

    /// Was the message accepted, or refused by a reply?
    private var tellsEnd: Bool {
        accepts || failureCode != nil || values.contains { ReplyReader.readText($0).refuses }
    }

    /// Does it tell of no failure, or of one for now?
    private var isForNowOnly: Bool {
        if claims.contains(.final) || failureCode?.classDigit ?? 4 > 4 || enhanced?.classDigit ?? 4 > 4 { return false }
        let replies = values.map(ReplyReader.readText).filter(\.refuses)
        guard replies.allSatisfy({ $0.code?.classDigit ?? $0.enhanced?.classDigit == 4 }) else { return false }
        return !claims.contains(.failure) || claims.contains(.notFinal) || !replies.isEmpty
    }

    /// Is it what went before, or a list of attempts?
    mutating func takesEarlier(_ value: JSONValue, named name: String) -> Bool {
        let start = Self.startsOfEarlier.first(where: name.hasPrefix)
        if let start, Self.endsOfEarlier.contains(String(name.dropFirst(start.count))) || name.hasPrefix("previous"),
            !name.hasPrefix("lastattempt")
        {
            earlier.append((name, value))
            return true
        }
        guard case .array(let items) = value, Self.namesOfAttempts.contains(where: name.hasSuffix) else { return false }
        attempts.append((name, items))
        return true
    }

    private static let startsOfEarlier = ["previous", "prior", "earlier", "first", "initial", "last"]
    /// The last reply is no earlier one, but where all went well in the end, the last error is.
    private static let endsOfEarlier: Set = [
        "error", "errors", "failure", "failures", "deferral", "deferrals", "attempt", "attempts", "errormessage",
    ]
    private static let namesOfAttempts = ["attempts", "history", "retries", "tries", "events", "timeline"]
}
