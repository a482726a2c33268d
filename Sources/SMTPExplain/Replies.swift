import SMTPCatalog

/// What a text is made of where it may hold several replies: a list, a log, a transcript, the message of an exception
/// that has a reply for each recipient.
///
/// A piece is a line, all lines of a reply that goes on (`550-`, RFC 5321, section 4.2), or an entry of an exception.
public struct Replies: Sequence, IteratorProtocol {
    public struct Piece: Sendable {
        public let bytes: ArraySlice<UInt8>
        /// Of its first line, from 1.
        public let line: Int
        /// `550` at its head, behind blanks and the mark of a transcript.
        fileprivate var code: Int?
        fileprivate var isEntry = false
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 0
    /// Pieces of the last line that are still to be given, the next one last.
    private var entries: [Piece] = []
    /// The reply of an error about all recipients, which is one of theirs: given only where theirs do not follow.
    private var common: Piece?

    public init(_ text: [UInt8]) { bytes = text }

    public mutating func next() -> Piece? {
        while entries.isEmpty, position < bytes.count { readLine() }
        if let piece = entries.popLast() { return piece }
        defer { common = nil }
        return common
    }

    private mutating func readLine() {
        var range = nextLine()
        let first = line
        if StackFrame.stands(in: bytes[range]) || isNodeError() { return }
        let head = Self.head(bytes[range])
        if let code = head.map({ $0.continues ? $0.code : nil }) ?? Self.openReply(bytes[range]) {
            takeLines(of: code, into: &range)
        } else if bytes[range].trimmed.last == .ascii(":"), Piece(bytes: bytes[range], line: first).hasTime {
            takeLines(of: nil, into: &range)
        }
        guard bytes[range].contains(where: { !$0.isSpace }) else { return }
        if Self.isNodeReply(bytes[range]) {
            let isOfOne = takeNodeMembers(&range)
            let piece = Piece(bytes: bytes[range], line: first, isEntry: true)
            if isOfOne { entries = [piece] }
            common = isOfOne ? nil : piece
            return
        }
        let starts = head == nil ? entryStarts(in: range) : []
        guard starts.count > 1 else {
            entries = [Piece(bytes: bytes[range], line: first, code: head?.code)]
            return
        }
        let ends = starts.dropFirst() + [range.upperBound]
        entries = zip(starts, ends).reversed().map { Piece(bytes: bytes[$0..<$1], line: first, isEntry: true) }
    }

    /// Takes the lines that go on with a reply; a long one may have been wrapped, and one of a log begin with the next line.
    private mutating func takeLines(of code: Int?, into range: inout Range<Int>) {
        while position < bytes.count {
            let (before, number) = (position, line)
            var following = Self.head(bytes[nextLine()])
            if following == nil, code != nil, position < bytes.count { following = Self.head(bytes[nextLine()]) }
            guard let following, code == nil || following.code == code else {
                (position, line) = (before, number)
                return
            }
            range = range.lowerBound..<position - 1
            if !following.continues { return }
        }
    }

    /// The code of a reply that begins within a line and goes on in the next: `after RCPT TO:<a@b.example>: 550-5.1.1 No`.
    private static func openReply(_ line: ArraySlice<UInt8>) -> Int? {
        let start = line.indices.dropLast(6).last { i in
            line[i] == .ascii(":") && line[i + 1].isBlank && line[(i + 2)...(i + 4)].allSatisfy(\.isDigit)
                && line[i + 5] == .ascii("-")
        }
        return start.flatMap { head(line[($0 + 1)...]) }.flatMap { $0.continues ? $0.code : nil }
    }

    /// The next line, without its end; moves `position` and `line` behind it.
    private mutating func nextLine() -> Range<Int> {
        let start = position
        let end = bytes[start...].firstIndex(of: .ascii("\n")) ?? bytes.count
        position = end + 1
        line += 1
        return start..<end
    }

    /// The code at the head of a line, as in `550 No`, `550-No` and `<<< 550 No`.
    private static func head(_ line: ArraySlice<UInt8>) -> (code: Int, continues: Bool)? {
        var rest = line
        // Some transcripts mark what the server said.
        while let first = rest.first, first.isBlank || first == .ascii("<") { rest.removeFirst() }
        let digits = rest.prefix(3)
        guard digits.count == 3, digits.allSatisfy(\.isDigit), (.ascii("2")...(.ascii("5"))).contains(digits.first!)
        else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard let after = rest.dropFirst(3).first, !after.isSpace else { return (code, false) }
        return after == .ascii("-") ? (code, true) : nil
    }

    /// Node prints the members of an error one a line, the recipient behind the reply: `response: '550 ...'`.
    private static func isNodeReply(_ line: ArraySlice<UInt8>) -> Bool {
        line.drop { $0.isBlank }.starts(with: "response: '".utf8)
    }

    /// Did the line begin an error of Node that has its reply as a member as well? Takes what stands before that.
    private mutating func isNodeError() -> Bool {
        let place = (position, line)
        var hasTrace = false
        while position < bytes.count {
            let before = (position, line)
            let next = bytes[nextLine()]
            if StackFrame.stands(in: next) {
                hasTrace = true
            } else if hasTrace, Self.isNodeReply(next) {
                (position, line) = before
                return true
            } else if !hasTrace || !Self.isNodeMember(next) {
                break
            }
        }
        (position, line) = place
        return false
    }

    /// `recipient: 'ann@b.example'`
    private static func isNodeMember(_ line: ArraySlice<UInt8>) -> Bool {
        let member = line.drop { $0.isBlank }
        let value = member.drop { $0.isLetter }
        return value.startIndex > member.startIndex && value.starts(with: ": ".utf8) && !value.contains(.ascii("["))
    }

    /// Takes the members that follow `response`. False where the error is that of all recipients.
    private mutating func takeNodeMembers(_ range: inout Range<Int>) -> Bool {
        while position < bytes.count {
            let before = (position, line)
            let next = nextLine()
            guard Self.isNodeMember(bytes[next]), !Self.isNodeReply(bytes[next]) else {
                (position, line) = before
                return !bytes[next].drop { $0.isBlank }.starts(with: "rejected".utf8)
            }
            range = range.lowerBound..<next.upperBound
        }
        return true
    }

    /// What begins the entries of an exception: Python's `{'ann@b.example': (550, b'5.1.1 ...'), ...}`, and
    /// `response: '550 ...'` of Node, also as JSON.
    private func entryStarts(in range: Range<Int>) -> [Int] {
        var starts: [Int] = []
        for i in range where bytes[i] == .ascii("(") || bytes[i] == .ascii("r") {
            if let start = pythonEntry(at: i, in: range) { starts.append(start) }
            if bytes.has("response\":\"", at: i) || bytes.has("response: '", at: i) { starts.append(i) }
        }
        return starts
    }

    /// Where the entry begins whose code stands in the bracket at `index`.
    private func pythonEntry(at index: Int, in range: Range<Int>) -> Int? {
        guard index + 4 < range.upperBound, bytes[index + 4] == .ascii(","),
            bytes[(index + 1)..<(index + 4)].allSatisfy(\.isDigit), bytes.has(": ", before: index)
        else { return nil }
        let close = index - 3
        guard close > range.lowerBound, bytes[close] == .ascii("'") || bytes[close] == .ascii("\"") else { return nil }
        // An address is no longer (RFC 5321, section 4.5.3.1).
        return bytes[Swift.max(range.lowerBound, close - 320)..<close].lastIndex(of: bytes[close])
    }
}

extension Replies {
    /// How many refusals a text holds, of which a client hears but one where it takes the text for one reply.
    public struct Refusals: Sendable {
        public fileprivate(set) var count = 0
        /// Nothing stands behind what was counted.
        public fileprivate(set) var areAll = true
        /// The text up to the end of the first one, or the line of a log that it stands in.
        public fileprivate(set) var first: ArraySlice<UInt8>
    }

    /// Is a text more than one reply: several refusals, or the lines of a log?
    public static func areSeveral(in text: [UInt8]) -> Bool {
        if refusals(in: text) != nil { return true }
        var pieces = Replies(Array(text.prefix(ReplyReader.mostBytes)))
        guard let first = pieces.next(), let second = pieces.next() else { return false }
        return first.hasTime && second.hasTime
    }

    /// Counts the refusals in a text of several lines or entries, as far as one reply is read (64 KiB); nil where there
    /// are not several, but for a log, in which there may be one.
    ///
    /// Attempts to deliver one message are one, of which the last counts. A transcript's 503 only follows from another
    /// refusal, and a local summary repeats one: neither counts.
    public static func refusals(in text: [UInt8]) -> Refusals? {
        // Nearly all that comes is a line: it costs two looks.
        let isLine = !text.dropLast().contains(.ascii("\n"))
        guard !isLine || text.contains(.ascii("{")) else { return nil }
        let bytes = Array(text.prefix(ReplyReader.mostBytes))
        guard isLine || !ReplyReader.tellsOfAttempts(bytes) else { return nil }
        let isTranscript = bytes.starts(with: Array("<<< ".utf8)) || bytes.contains(Array("\n<<< ".utf8))
        var refusals = Refusals(areAll: bytes.count == text.count, first: bytes[...])
        var seen: Set<[UInt8]> = []
        var timed = 0
        for piece in Replies(bytes) {
            if piece.hasTime { timed += 1 }
            guard let mark = piece.mark(inTranscript: isTranscript), seen.insert(mark).inserted else { continue }
            refusals.count += 1
            if refusals.count == 1 {
                refusals.first = piece.standsAlone ? piece.bytes : bytes[..<piece.bytes.endIndex]
            }
        }
        // In a log, the one refusal has nothing to do with the other lines.
        guard refusals.count > (timed > 1 ? 0 : 1) else { return nil }
        return isLine && JSONEvent(bytes)?.isLastAttempt ?? false ? nil : refusals
    }
}

extension Replies.Piece {
    /// Lines of a log, and entries of an exception, say all that there is to say.
    fileprivate var standsAlone: Bool { code == nil }

    /// Does the line begin as those of logs do, with a time?
    fileprivate var hasTime: Bool {
        let head = Array(bytes.prefix(64))
        return head.indices.dropLast(7).contains { i in
            [0, 1, 3, 4, 6, 7].allSatisfy { head[i + $0].isDigit } && head[i + 2] == .ascii(":")
                && head[i + 5] == .ascii(":")
        }
    }

    /// Has it but a name behind the code, as `554 mx1.b.example`? The next line says why.
    private var isBareHost: Bool {
        let words = bytes.trimmed.split(whereSeparator: \.isSpace)
        return words.count == 2 && words[1].contains(.ascii("."))
            && words[1].allSatisfy { $0.isWordByte || $0 == .ascii("-") || $0 == .ascii(".") }
            && words[1].contains(where: \.isLetter)
    }

    /// What tells the refusal in this piece from others; nil where there is none.
    fileprivate func mark(inTranscript isTranscript: Bool) -> [UInt8]? {
        if let code {
            guard code >= 400, code != 503, !isBareHost, !isTranscript || bytes.trimmed.starts(with: Array("<<< ".utf8))
            else {
                return nil
            }
            return Array(bytes.trimmed.drop { $0 == .ascii("<") || $0.isBlank })
        }
        guard !isTranscript else { return nil }
        let reply = ReplyReader.read(bytes)
        let refuses =
            reply.code.map { $0.classDigit >= 4 }
            ?? (reply.disposition == .permanent || reply.disposition == .transient)
        guard refuses else { return nil }
        if hasTime { return Array(bytes) }
        // The error as a whole may repeat the reply of one recipient.
        if let code = reply.code, let recipient = reply.recipient { return Array("\(code) \(recipient)".utf8) }
        return isEntry ? Array(bytes.prefix(80)) : nil
    }

}

extension Explainer {
    /// Explains a text that is taken for one reply: the first, where it holds several refusals.
    public func explain(firstIn text: String, known: Circumstances = Circumstances()) -> Explanation {
        let text = Array(text.utf8)
        return explain(firstOf: Replies.refusals(in: text), in: text, known: known)
    }

    /// The same where the refusals in the text are known.
    public func explain(firstOf refusals: Replies.Refusals?, in text: [UInt8], known: Circumstances) -> Explanation {
        explain(ReplyReader.read(refusals?.first ?? text[...]), known: known)
    }

    /// Explains one piece of a text; nil where it carries no reply, as most lines of a log.
    public func explain(_ piece: Replies.Piece) -> Explanation? {
        let reply = ReplyReader.read(Charset.text(piece.bytes).utf8)
        if reply.code != nil || reply.disposition != nil { return explain(reply) }
        if piece.hasTime { return nil }
        let explanation = explain(reply)
        return explanation.category == .undetermined ? nil : explanation
    }
}
