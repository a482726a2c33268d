import SMTPCatalog

/// The attempt that counts where a text tells of several: the last one, where all are about the same recipient.
///
/// A client does without what it need not have (EHLO, STARTTLS), tries again what was refused for now (RFC 5321,
/// section 4.5.4.1), and tells of each step. What was refused and what was accepted may be about two recipients, and then
/// the refusal counts: only a session shows which, and a log; a sentence about attempts must not have two addresses.
struct LastAttempt {
    /// Where the text tells of it.
    var place: Range<Int>
    /// What was answered, where that stands elsewhere.
    var command: String?
    var recipient: String?
    /// Does what stands before all attempts tell of it too?
    var hasHead = false
    /// Was the message accepted after it had been refused for good? Then the refusal counts, but the address lives.
    var isContradicted = false

    init(place: Range<Int>, command: String? = nil, recipient: String? = nil) {
        self.place = place
        self.command = command
        self.recipient = recipient
    }

    /// - Parameters:
    ///   - codes: all that may be reply codes, in order.
    ///   - replies: those of them that are.
    init?(in bytes: [UInt8], codes: [CodeMark], replies: @autoclosure () -> [CodeMark]) {
        var last: LastAttempt?
        if bytes.has(.ascii("\n")) {
            last = Dialogue(bytes, codes)?.last
            // Where the text begins with a code, its lines are those of a reply.
            if last == nil, codes.first?.range.lowerBound != 0 { last = Self(inLog: bytes, codes) }
        }
        if last == nil, codes.count > 1, codes.contains(where: { $0.code.classDigit >= 4 }) {
            last = Self(inWords: bytes, replies())
        }
        guard let last else { return nil }
        self = last
    }

    // MARK: - In a log

    /// Lines about one message and one recipient: it was deferred each time but the last.
    private init?(inLog bytes: [UInt8], _ codes: [CodeMark]) {
        var reader = LogReader(now: LogTime(seconds: 0), joinsSenders: false, table: nil)
        var attempts = 0
        var known: Delivery?
        var place = 0..<0
        /// Of lines that tell of no delivery: Exim's has one about the reply, and one about what comes of it.
        var refusals: [ArraySlice<UInt8>] = []
        var codes = codes[...]
        for line in bytes.split(separator: .ascii("\n")) {
            let own = codes.prefix { $0.range.lowerBound < line.endIndex }
            codes = codes[own.endIndex...]
            var events: [LogEvent] = []
            reader.read(Array(line).span, into: &events)
            let deliveries = events.compactMap { event -> Delivery? in
                if case .delivery(let delivery) = event, delivery.outcome != .unknown { delivery } else { nil }
            }
            if deliveries.isEmpty, own.contains(where: { $0.code.classDigit >= 4 }) { refusals.append(line) }
            for delivery in deliveries {
                guard delivery.queueID != nil, delivery.recipient != nil else { return nil }
                if let known {
                    guard known.outcome == .deferred, known.queueID == delivery.queueID,
                        known.recipient == delivery.recipient
                    else { return nil }
                }
                known = delivery
                attempts += 1
                place = line.indices
            }
        }
        guard attempts > 1, let known, let id = known.queueID, let recipient = known.recipient,
            refusals.allSatisfy({ $0.contains(Array(id.utf8)) && $0.contains(Array(recipient.utf8)) })
        else { return nil }
        self.init(place: place)
    }

    // MARK: - In words

    /// `Attempt 1: 451 Greylisted. Attempt 2: 250 OK`, `421 busy, trying mx2.b.example` and in the next line
    /// `mx2.b.example: 250 queued`.
    private init?(inWords bytes: [UInt8], _ replies: [CodeMark]) {
        guard let last = replies.last, replies.count > 1, last.code.classDigit != 3 else { return nil }
        let earlier = replies.dropLast()
        let isAccepted = last.code.classDigit == 2
        // What was refused for good is not tried again; what follows it is another matter, unless that was accepted.
        guard earlier.contains(where: { $0.code.classDigit >= 4 }),
            earlier.allSatisfy({ isAccepted ? $0.code.classDigit >= 4 : [2, 4].contains($0.code.classDigit) }),
            isAccepted || earlier.contains(where: { $0.code.classDigit == 4 }), !Self.hasTwoAddresses(bytes)
        else { return nil }
        let before = replies[replies.count - 2].range.upperBound
        let words = Self.introduction(of: last.range.lowerBound, in: bytes, after: before)
        guard
            Self.tellsOfAttempt(bytes, words) && (!isAccepted || Self.tellsOfNothingElse(bytes, words))
                || Self.isNextHost(bytes, words, after: before)
        else { return nil }
        self.init(place: words.lowerBound..<bytes.count)
        hasHead = true
        guard isAccepted else { return }
        // A mere step, or not the end.
        guard last.code == 250, last.enhanced.map({ $0.subject == 0 || $0.subject == 6 }) ?? true,
            MarkedLine(Array(bytes[place])).command.map({ $0 == "DATA" }) ?? true, !Claims.tellOfFailure(bytes[place]),
            !last.continues, last.enhanced != nil || Self.tellsOfMessage(bytes, last.range.upperBound..<bytes.count),
            !Self.wordsOfSteps.contains(where: { bytes.firstIndex(of: $0, in: place) != nil }),
            bytes.firstIndex(of: "recipients", in: bytes.indices) == nil,
            !bytes[last.range.upperBound...].trimmed.contains(.ascii("\n"))
        else { return nil }
        hasHead = false
        isContradicted = earlier.contains { $0.code.classDigit == 5 }
    }

    /// The words right before a code, up to where a sentence or a line ends.
    private static func introduction(of start: Int, in bytes: [UInt8], after before: Int) -> Range<Int> {
        var end = start
        while end > before, !bytes[end - 1].isWordByte, bytes[end - 1] < 0x80, !bytes[end - 1].isLineBreak { end -= 1 }
        var first = end
        while first > before, start - first < 96, !endsClause(bytes, first - 1) { first -= 1 }
        // The rest of the last reply introduces nothing.
        return first > before ? first..<start : start..<start
    }

    private static func endsClause(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case .ascii(","), .ascii(";"), .ascii(")"), .ascii("|"), .ascii(">"), .ascii("\n"): true
        case .ascii("."), .ascii("!"): index + 1 < bytes.count && bytes[index + 1].isSpace
        // `。`
        case 0x82: index > 1 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE3
        default: false
        }
    }

    /// Has it a word for an attempt, or for the end of several?
    private static func tellsOfAttempt(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        range.contains { i in
            (i == 0 || !bytes[i - 1].isLetter && bytes[i - 1] < 0x80 || bytes[i] >= 0xE0)
                && wordsOfAttempts.contains { bytes.has($0, at: i) }
        }
    }

    /// Are the words before a success about no other recipient, message or command, nor about one long ago? `last success`,
    /// `message 2 delivered`, `delivered to ann`, `retried RSET`. What has a digit or a dot is a number, a time or a host.
    private static func tellsOfNothingElse(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        bytes[range].split(whereSeparator: \.isSpace).allSatisfy { word in
            let word = word.drop { !$0.isWordByte && $0 < 0x80 }
            guard let first = word.first else { return true }
            let letters = word.prefix { $0.isLetter || $0 >= 0x80 }
            return first.isDigit || word.contains { $0.isDigit || $0 == .ascii("@") } && first < 0x80
                || word.dropLast().contains(.ascii("."))
                || wordsBesideAttempts.contains(letters.string.lowercased()) && letters.endIndex >= word.endIndex - 1
                || wordsOfAttempts.contains { bytes.has($0, at: word.startIndex) }
        }
    }

    /// Does the text of a 250 say no more than OK, or that a message was taken? That of EHLO or RSET has other words.
    static func tellsOfMessage(_ bytes: [UInt8], _ text: Range<Int>) -> Bool {
        let words = bytes[text].split { !$0.isLetter && $0 < 0x80 }.map { $0.string.lowercased() }
        return words.isEmpty || words == ["ok"]
            || wordsOfMessages.contains { bytes.firstIndex(of: $0, in: text) != nil }
    }

    private static let wordsOfMessages: [StaticString] = [
        "queue", "accepted", "deliver", "received", "gsmtp", "id=", "sent",
    ]

    /// Of a reply to what goes before a message.
    private static let wordsOfSteps: [StaticString] = ["sender", "recipient", "rcpt", "hello", "pending", "still"]

    private static let wordsBesideAttempts = Set(
        """
        a after again and at code delivery finally first fifth fourth from got host in it minutes min mx now of ok on one reply
        response result s sec second seconds sixth smtp status succeeded the then third time to two three was with
        nach beim zweiter zweiten zweite zweites dritter dritten dritte
        deuxième seconde troisième au la segundo segunda tercer tercero secondo seconda terzo terza tweede derde andra tredje
        anden druga trzecia druhý toinen ikinci kedua ketiga doua вторая третья друга третя
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// How the words begin.
    private static let wordsOfAttempts: [StaticString] = [
        "attempt", "retr", "tried", "try", "tries", "final", "last", "eventually", "delivered",
        "versuch", "schließlich", "zugestellt", "tentativ", "essai", "intento", "reintento", "entregado", "entregue",
        "consegnat", "poging", "forsøg", "försök", "forsök", "yritys", "próba", "prob", "pokus", "попытк", "Попытк",
        "спроб", "Спроб",
        "опит", "Опит",
        "pokušaj", "deneme", "kísérlet", "încercare", "percobaan", "lần", "προσπάθεια", "Προσπάθεια", "試行", "回目", "再送",
        "再試行",
        "尝试", "嘗試", "重试", "重試", "第", "시도", "재시도",
    ]

    /// Is the host the next one that was to be tried, as said in the words about the last?
    private static func isNextHost(_ bytes: [UInt8], _ words: Range<Int>, after before: Int) -> Bool {
        let host = bytes[words].prefix { $0.isWordByte || $0 == .ascii("-") || $0 == .ascii(".") }
        guard before <= words.lowerBound, host.contains(.ascii(".")),
            bytes[host.endIndex] == .ascii(":") || bytes[host.endIndex] == .ascii("[")
        else {
            return false
        }
        let told = bytes[before..<words.lowerBound]
        return told.indices.contains { told[$0] == host.first && told[$0...].starts(with: host) }
    }

    /// Are there two addresses in it, or more than anybody looks at?
    static func hasTwoAddresses(_ bytes: [UInt8]) -> Bool {
        var first: ArraySlice<UInt8>?
        var count = 0
        for i in bytes.indices where bytes[i] == .ascii("@") {
            func belongs(_ byte: UInt8) -> Bool {
                byte.isWordByte || byte >= 0x80 || [0x2B, 0x2D, 0x2E, 0x5F].contains(byte)
            }
            let start = bytes[..<i].suffix(64).lastIndex { !belongs($0) }.map { $0 + 1 } ?? max(0, i - 64)
            let end = bytes[(i + 1)...].prefix(255).firstIndex { !belongs($0) } ?? min(bytes.count, i + 256)
            let address = bytes[start..<end]
            count += 1
            if count > 64 || first.map({ !$0.elementsEqual(address) { $0.lowercased == $1.lowercased } }) ?? false {
                return true
            }
            first = first ?? address
        }
        return false
    }
}
