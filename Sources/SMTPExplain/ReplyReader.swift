import SMTPCatalog

/// Reads one reply out of a bare reply, a log line, a diagnostic or plain words. Nobody copies it, which would count a
/// reference to each of its arrays.
struct ReplyReader: ~Copyable {
    /// Of blanks between two codes that belong together. Without a limit, each code of a text could look back over
    /// the same blanks.
    private static let mostBlanks = 16

    private let bytes: [UInt8]
    private let scanner: CodeScanner
    private let line: MarkedLine
    private var codes: [CodeMark] = []
    private var enhancedCodes: [EnhancedMark] = []

    /// Of a text that is one reply; more is no reply, and says nothing.
    static let mostBytes = 64 << 10

    /// What is no JSON, or taken for none.
    static func readText(_ bytes: [UInt8]) -> ReadReply {
        var reader = ReplyReader(unescaped(bytes.count > mostBytes ? Array(bytes[..<mostBytes]) : bytes))
        reader.scan()
        guard let last = reader.lastAttempt else { return reader.reply() }
        if last.isContradicted {
            let reply = reader.reply()
            reply.isCalledSuccess = true
            return reply
        }
        if last.hasHead {
            reader.codes.removeAll { $0.range.lowerBound < last.place.lowerBound }
        } else {
            reader = ReplyReader(Array(reader.bytes[last.place]))
            reader.scan()
        }
        let reply = reader.reply()
        reply.isLastAttempt = true
        reply.command = reply.command ?? last.command
        reply.recipient = reply.recipient ?? last.recipient
        return reply
    }

    /// Does a text tell of several attempts, of which the last one counts?
    static func tellsOfAttempts(_ bytes: [UInt8]) -> Bool {
        var reader = ReplyReader(unescaped(bytes))
        reader.scan()
        return reader.lastAttempt.map { !$0.isContradicted } ?? false
    }

    private var lastAttempt: LastAttempt? {
        LastAttempt(in: bytes, codes: codes, replies: codes.filter { score($0) >= Self.leastScore })
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        scanner = CodeScanner(bytes: bytes)
        line = MarkedLine(bytes)
    }

    /// Undoes the escapes of a JSON string, of a log that escapes like one, and of qmail's log, which writes
    /// a space as `_`.
    static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.has(.ascii("_")), bytes.firstIndex(of: "_said:_", in: bytes.indices) != nil {
            return bytes.map { $0 == .ascii("_") ? 0x20 : $0 }
        }
        guard bytes.has(.ascii("\\")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            guard bytes[i] == .ascii("\\"), i + 1 < bytes.count else {
                result.append(bytes[i])
                i += 1
                continue
            }
            switch bytes[i + 1] {
            case .ascii("n"), .ascii("r"): result.append(.ascii("\n"))
            case .ascii("t"): result.append(.ascii(" "))
            case .ascii("\""), .ascii("\\"), .ascii("/"), .ascii("'"): result.append(bytes[i + 1])
            default: result += [bytes[i], bytes[i + 1]]
            }
            i += 2
        }
        return result
    }

    /// Finds all that may be codes, in one pass.
    private mutating func scan() {
        var i = bytes.firstDigit(from: 0)
        while i < bytes.count {
            if var mark = scanner.code(at: i) {
                let last = enhancedCodes.last?.range.upperBound ?? i
                mark.followsEnhanced =
                    last < i && i - last <= Self.mostBlanks && bytes[last..<i].allSatisfy(\.isBlank)
                if codes.isEmpty { codes.reserveCapacity(4) }
                codes.append(mark)
            } else if let mark = scanner.enhanced(at: i) {
                enhancedCodes.append(mark)
            }
            // The rest of this number, dots included, starts no other.
            i += 1
            while i < bytes.count,
                bytes[i].isDigit || bytes[i] == .ascii(".") && i + 1 < bytes.count && bytes[i + 1].isDigit
            {
                i += 1
            }
            i = bytes.firstDigit(from: i)
        }
    }

    private func reply() -> ReadReply {
        let reply = ReadReply()
        let envelope = Envelope(line)
        let chosen = envelope.code == nil ? chooseCode() : nil
        var start = 0
        if let code = envelope.code, let words = envelope.words {
            reply.code = code
            start = words.lowerBound
            while start < words.upperBound, bytes[start] == .ascii("\"") || bytes[start] == .ascii("'") { start += 1 }
            let own = scanner.enhanced(at: start)
            reply.enhanced = envelope.enhanced ?? own?.code
            start = own?.range.upperBound ?? start
        } else if let chosen {
            reply.code = chosen.code
            reply.enhanced = chosen.enhanced
            start = chosen.range.upperBound
        } else if let words = envelope.words {
            start = words.lowerBound
            while start < bytes.count, bytes[start].isBlank { start += 1 }
            if let own = scanner.enhanced(at: start) {
                reply.enhanced = own.code
                start = own.range.upperBound
            }
        } else if let mark = enhancedCodes.first, bytes[..<mark.range.lowerBound].allSatisfy({ !$0.isWordByte }) {
            reply.enhanced = mark.code
            start = mark.range.upperBound
            while start < bytes.count, !bytes[start].isWordByte, bytes[start] < 0x80, bytes[start] != .ascii("<") {
                start += 1
            }
        }
        let end =
            envelope.code != nil
            ? envelope.words?.upperBound ?? bytes.count
            : line.end(ofReplyFrom: start, markAt: start)
        assemble(start..<end, chosen, into: reply)
        let head = bytes[..<(chosen?.range.lowerBound ?? start)]
        if !head.isEmpty || end < bytes.count { reply.context = head + [0x20] + bytes[end...] }
        if reply.enhanced == nil { reply.enhanced = looseEnhanced(near: start..<end, reply.code) }
        reply.otherEnhanced = quotedEnhanced(in: start..<end, besides: reply.enhanced)
        reply.quotesForNow = quotesForNow(in: start..<end)
        reply.command = envelope.command
        reply.remoteHost = envelope.host
        reply.recipient = envelope.recipient
        reply.sender = envelope.sender
        reply.disposition = envelope.disposition
        take(claimsBefore: chosen?.range.lowerBound ?? start, into: reply)
        return reply
    }

    /// What the line says of the outcome before the reply itself.
    private func take(claimsBefore start: Int, into reply: ReadReply) {
        let claims = Claims(pairsIn: bytes[..<start])
        reply.isCalledSuccess = claims.contains(.success)
        if claims.contains(.notFinal) { reply.disposition = reply.disposition ?? .transient }
        guard reply.code.map({ $0.classDigit < 4 }) ?? false || reply.enhanced?.classDigit == 2 else { return }
        let failed =
            claims.contains(.failure) || Claims(lastWordsOf: bytes[..<start]).contains(.failure) || isReportOfFailure
            || reply.disposition == .permanent || reply.disposition == .transient || endsInFailure
        // Where something failed, a code of success is of another step.
        guard failed else { return }
        if let code = reply.code, code.classDigit < 4 { reply.code = nil }
        if reply.enhanced?.classDigit == 2 { reply.enhanced = nil }
    }

    /// Does what stands behind the last reply of a session tell of a failure, as where the connection broke? That it ends
    /// once a message was taken is none.
    private var endsInFailure: Bool {
        guard let last = codes.last(where: { score($0) >= Self.leastScore }), last.code != 221 else { return false }
        let rest = bytes[last.range.upperBound...]
        let end = rest.firstIndex(of: .ascii("\n")) ?? rest.endIndex
        let isTaken = Self.wordsOfTaken.contains { bytes.firstIndex(of: $0, in: rest.startIndex..<end) != nil }
        if isTaken { return false }
        return Claims.tellOfFailure(rest[end...]) || Claims.tellOfBreak(rest)
    }

    private static let wordsOfTaken: [StaticString] = ["queue", "deliver", "message accepted", "ok id="]

    /// RFC 3464, section 2.3.3.
    private var isReportOfFailure: Bool {
        bytes.firstIndex(of: "action: failed", in: bytes.indices) != nil
            || bytes.firstIndex(of: "action: delayed", in: bytes.indices) != nil
    }

    // MARK: - Which code

    /// Of what is a reply code, ``score(_:)``.
    private static let leastScore = 5

    /// The reply code of the whole: the one that stands where a reply code stands.
    private func chooseCode() -> CodeMark? {
        var best: (mark: CodeMark, score: Int)?
        for mark in codes {
            let score = score(mark)
            guard score >= Self.leastScore else { continue }
            guard let current = best else {
                best = (mark, score)
                continue
            }
            // Another line of the same reply adds nothing to its first.
            if mark.code == current.mark.code && mark.startsLine && current.mark.startsLine { continue }
            // In a transcript the refusal counts, not the replies that led to it.
            let refuses = mark.code.classDigit >= 4 && current.mark.code.classDigit < 4
            let relents = mark.code.classDigit < 4 && current.mark.code.classDigit >= 4
            // Behind 354 or 334 the server waits, unless it has answered what came then.
            let waits = mark.code.classDigit == 3 && current.mark.code.classDigit == 2
            let answers = mark.code.classDigit == 2 && current.mark.code.classDigit == 3
            if (refuses || waits || answers) && score >= 6 || score > current.score && !relents { best = (mark, score) }
        }
        return best?.mark
    }

    private func score(_ mark: CodeMark) -> Int {
        let known = Catalog.entry(mark.code) != nil
        var score = known ? 2 : 0
        if mark.enhanced != nil { score += 5 }
        if mark.startsLine { score += 4 }
        let start = mark.range.lowerBound
        let introduction = mark.followsEnhanced ? 5 : introduction(before: start)
        score += introduction
        if !known && introduction < 5 && score < 6 && mark.enhanced == nil && !(mark.startsLine && mark.continues)
            && start > 0
        {
            return 0
        }
        // At the very start, any three digits that can be a code are one, but for a date or a size.
        if start == 0 { score += 2 }
        return score
    }

    /// How much the words before a number say that a reply follows.
    private func introduction(before start: Int) -> Int {
        var i = start
        while i > 0,
            bytes[i - 1].isSpace || bytes[i - 1] == .ascii("\"") || bytes[i - 1] == .ascii("'")
                || bytes[i - 1] == .ascii("#") || bytes[i - 1] == .ascii("(") || bytes[i - 1] == .ascii("<")
                || bytes[i - 1] == .ascii("[")
        {
            i -= 1
            // Python's `b'250 Ok'`
            if i > 1, bytes[i] == .ascii("'"), bytes[i - 1] == .ascii("b"), bytes[i - 2].isBlank { i -= 1 }
        }
        if line.has(.expected, endingAt: i) { return -9 }
        if line.has(.reply, endingAt: i) { return 5 }
        if line.has(.perhapsReply, endingAt: i) { return 3 }
        // `Transport.php:459` is a place in a program.
        if i == start, isInFileName(before: start) { return -9 }
        if i > 0, i < start || bytes[i - 1] == .ascii(":"),
            bytes[i - 1] == .ascii(":") || bytes[i - 1] == .ascii("]") || bytes[i - 1] == .ascii(">")
        {
            return 4
        }
        // `mx.example (450 No MX server)`
        let isInBracket = i < start && bytes[start - 1] == .ascii("(") && start + 4 < bytes.count
        return isInBracket && bytes[start + 3] == 0x20 && bytes[start + 4].isLetter ? 3 : 0
    }

    private func isInFileName(before start: Int) -> Bool {
        guard start > 1, bytes[start - 1] == .ascii(":"), bytes[start - 2].isLetter else { return false }
        let name = bytes[..<(start - 1)].suffix(64).reversed().prefix { $0.isWordByte || $0 == .ascii(".") }
        return name.prefix(6).contains(.ascii(".")) && name.first != .ascii(".")
    }

    /// An enhanced code that is not attached to the reply code: `(#5.1.1)`, `dsn=5.1.1`, or in the words.
    private func looseEnhanced(near text: Range<Int>, _ code: ReplyCode?) -> EnhancedCode? {
        var field: EnhancedCode?
        for mark in enhancedCodes {
            let start = mark.range.lowerBound
            if isVersion(start) { continue }
            if text.contains(start) { return mark.code }
            let before = start > 0 ? bytes[start - 1] : 0x20
            if before == .ascii("=") || before == .ascii(",") || before == .ascii("#") || before.isSpace
                || before == .ascii("(")
                || before == .ascii(":") || before == .ascii(";")
            {
                field = field ?? mark.code
            }
        }
        return field
    }

    /// The enhanced codes of replies that are quoted among the words.
    private func quotedEnhanced(in text: Range<Int>, besides own: EnhancedCode?) -> [EnhancedCode] {
        var others: [EnhancedCode] = []
        for code in codes.lazy.filter({ text.contains($0.range.lowerBound) }).compactMap(\.enhanced)
        where code != own && !others.contains(code) && others.count < 4 {
            others.append(code)
        }
        return others
    }

    /// The lines of the reply itself begin with its own code.
    private func quotesForNow(in text: Range<Int>) -> Bool {
        codes.contains { mark in
            mark.code.classDigit == 4 && !mark.startsLine && text.contains(mark.range.lowerBound)
                && (mark.enhanced != nil || score(mark) > 5)
        }
    }

    /// Does a word before the number call it a version, or a section of an RFC?
    private func isVersion(_ start: Int) -> Bool {
        var i = start
        while i > 0, bytes[i - 1].isBlank { i -= 1 }
        let words: [StaticString] = [
            "version", "ver.", "ver", "release", "build", "postfix", "exim", "sendmail", "exchange", "greylist",
            "milter", "section", "sec.", "paragraph", "amavisd", "amavisd-new", "spamassassin", "rspamd", "clamav",
            "mailscanner", "server", "mta",
        ]
        guard i < start else { return false }
        if words.contains(where: { bytes.has($0, before: i) }) { return true }
        while i > 0, bytes[i - 1].isDigit { i -= 1 }
        while i > 0, bytes[i - 1].isBlank { i -= 1 }
        return bytes.has("rfc", before: i)
    }

    // MARK: - The words

    /// Joins the lines of the reply, without the codes that begin them.
    private func assemble(_ range: Range<Int>, _ chosen: CodeMark?, into reply: ReadReply) {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var next = 0
        var i = range.lowerBound
        while i < range.upperBound {
            while next < codes.count, codes[next].range.lowerBound < i { next += 1 }
            if next < codes.count, codes[next].range.lowerBound == i, let chosen, repeats(codes[next], chosen) {
                let mark = codes[next]
                if mark.code != chosen.code, !reply.otherCodes.contains(mark.code) {
                    reply.otherCodes.append(mark.code)
                }
                if reply.enhanced == nil { reply.enhanced = mark.enhanced }
                i = max(i + 3, mark.range.upperBound)
                continue
            }
            let following = codes[next...].first { $0.range.lowerBound > i }
            let end = min(following?.range.lowerBound ?? range.upperBound, range.upperBound)
            append(i..<end, to: &text)
            i = end
        }
        if text.last == 0x20 { text.removeLast() }
        reply.text = text
    }

    /// Appends words with single spaces between.
    private func append(_ range: Range<Int>, to text: inout [UInt8]) {
        var i = range.lowerBound
        while i < range.upperBound {
            let start = i
            while i < range.upperBound, bytes[i].isText || bytes[i] == 0x20 && i > start && bytes[i - 1] != 0x20 {
                i += 1
            }
            text += bytes[start..<i]
            guard i < range.upperBound else { return }
            // Control characters say nothing.
            if let last = text.last, last != 0x20 { text.append(0x20) }
            i += 1
        }
    }

    /// Does the mark begin another line of the chosen reply, though lines may have been joined?
    private func repeats(_ mark: CodeMark, _ chosen: CodeMark) -> Bool {
        if mark.code == chosen.code {
            return mark.startsLine || mark.continues || chosen.continues
                || mark.enhanced != nil && mark.enhanced == chosen.enhanced
        }
        return mark.startsLine && mark.range.lowerBound > chosen.range.lowerBound
    }
}

extension UInt8 {
    /// Neither white space nor a control character.
    fileprivate var isText: Bool { self > 0x20 && self != 0x7F }
}
