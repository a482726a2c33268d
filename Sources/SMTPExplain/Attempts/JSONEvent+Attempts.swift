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
        for (name, items) in lists {
            let isOver = isTold && !items.contains { Self(past: (name, $0)).accepts }
            if let last = items.last, !isOver { read(member: last, named: name) }
            earlier += items.dropLast(isOver ? 0 : 1).map { (name, $0) }
        }
        takeLists()
        let past = earlier.map(Self.init(past:))
        let all = past.reduce(into: addresses) { $0.formUnion($1.addresses) }
        if isTold || tellsEnd, all.count <= 1, past.allSatisfy(\.isForNowOnly) {
            isLastAttempt = !earlier.isEmpty
        } else {
            readEarlier()
        }
    }

    private init(past member: (name: String, value: JSONValue)) {
        earlier = [member]
        readEarlier()
    }

    /// Does it say that a server took the message?
    private var accepts: Bool {
        !claims.contains(.failure)
            && (disposition == .success || claims.contains(.taken)
                || values.contains { ReplyReader.readText($0).code?.classDigit == 2 })
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
        if let start, Self.endsOfEarlier.contains(String(name.dropFirst(start.count))) || name.hasPrefix("previous") {
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
