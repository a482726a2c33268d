import SMTPCatalog

/// A line, and where the words stand in it by which the formats introduce its parts.
struct MarkedLine {
    let bytes: [UInt8]
    /// Where marks stand, in the order of their numbers; the first few hundred, as a log line has no more.
    private var places: [(mark: NumberedMark, range: Range<Int>)] = []

    /// A mark without its words.
    private struct NumberedMark: BitwiseCopyable {
        let number: Int
        let part: Mark.Part
    }

    private static let matcher = Matcher(
        EnvelopeFormats.marks.enumerated().map { (number, mark) in
            let words = UnsafeBufferPointer(start: mark.words.utf8Start, count: mark.words.utf8CodeUnitCount)
            return (Array(words), NumberedMark(number: number, part: mark.part))
        })

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        Self.matcher.scan(bytes) { mark, range in
            if places.isEmpty { places.reserveCapacity(16) }
            if places.count < 256 { places.append((mark, range)) }
        }
        // Equals keep their order: the sort is stable.
        if places.count > 1 { places.sort { $0.mark.number < $1.mark.number } }
    }

    /// The marks of a part: those of the first format first, and of one mark the first in the line.
    private func marks(of part: Mark.Part) -> some Collection<Range<Int>> {
        places.lazy.filter { $0.mark.part == part }.map(\.range)
    }

    /// Does a mark of the part end at `index`?
    func has(_ part: Mark.Part, endingAt index: Int) -> Bool {
        places.contains { $0.range.upperBound == index && $0.mark.part == part }
    }

    /// Does this very mark stand in the line? Where it first does.
    func first(_ words: StaticString) -> Range<Int>? {
        places.first { place in
            place.range.count == words.utf8CodeUnitCount && bytes.has(words, at: place.range.lowerBound)
        }?.range
    }

    // MARK: - The reply

    /// The reason in a line that has no reply code.
    var reason: Range<Int>? {
        for place in marks(of: .reasonInBracket) {
            if let open = bytes[place.upperBound...].firstIndex(of: .ascii("(")) { return open + 1..<bytes.count }
        }
        return marks(of: .reason).first.map { $0.upperBound..<bytes.count }
    }

    /// Where the reply ends that begins at `start`, its code at `mark`: before the remarks of the server
    /// that reports it, and before what closes a bracket or quote that was opened before the reply.
    func end(ofReplyFrom start: Int, markAt mark: Int) -> Int {
        var end = bytes.count
        for place in marks(of: .end) where place.lowerBound > start { end = min(end, place.lowerBound) }
        for place in marks(of: .endBeforeAddress) where place.lowerBound >= start {
            if place.upperBound < bytes.count, bytes[place.upperBound].isDigit { end = min(end, place.lowerBound) }
        }
        if end > start, end < bytes.count, bytes[end - 1] == .ascii("(") { end -= 1 }
        // More than a few are no wrapping.
        for _ in 0..<4 {
            while end > start, bytes[end - 1].isSpace { end -= 1 }
            guard end > start, mark > 0, closesWrapping(bytes[end - 1], start..<end, mark) else { break }
            end -= 1
        }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return end
    }

    /// Does `last`, at the end of the reply, close what was opened before `mark`?
    private func closesWrapping(_ last: UInt8, _ reply: Range<Int>, _ mark: Int) -> Bool {
        let opened: UInt8
        switch last {
        case .ascii(")"): opened = .ascii("(")
        case .ascii("]"): opened = .ascii("[")
        case .ascii(">"): opened = .ascii("<")
        case .ascii("'"), .ascii("\""), .ascii("#"): opened = last
        default: return false
        }
        guard bytes[..<mark].contains(opened) else { return false }
        let count = bytes[reply].count { $0 == opened }
        if opened == .ascii("#") { return true }
        return opened == last ? count % 2 == 1 : count < bytes[reply].count { $0 == last }
    }

    /// The number at `start`, of up to three digits.
    func number(at start: Int) -> Int? {
        var i = start
        while i < bytes.count, bytes[i].isBlank { i += 1 }
        let digits = bytes[i...].prefix(4).prefix { $0.isDigit }
        return digits.isEmpty || digits.count > 3 ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// What stands in the quotes that open at `start`: up to a quote after which a field or the line ends.
    func quoted(at start: Int) -> Range<Int> {
        var open = start
        while open < bytes.count, bytes[open].isBlank { open += 1 }
        guard open < bytes.count, bytes[open] == .ascii("\"") else { return open..<bytes.count }
        let first = open + 1
        for i in first..<bytes.count where bytes[i] == .ascii("\"") {
            if i + 1 == bytes.count || [.ascii(","), .ascii("}"), .ascii(")")].contains(bytes[i + 1]) {
                return first..<i
            }
        }
        return first..<bytes.count
    }

    // MARK: - Its circumstances

    /// The command that was answered, where the text names it.
    var command: String? {
        for place in marks(of: .command) {
            if let name = Self.command(in: bytes, at: place.upperBound) { return name }
        }
        var first: (command: Mark.Command, start: Int)?
        for place in places {
            guard case .stage(let command) = place.mark.part else { continue }
            if place.range.lowerBound < first?.start ?? .max { first = (command, place.range.lowerBound) }
        }
        return first?.command.rawValue
    }

    /// The SMTP command whose name begins at `start`, as clients see it.
    static func command(in bytes: [UInt8], at start: Int) -> String? {
        var at = start
        while at < bytes.count, bytes[at].isSpace { at += 1 }
        while let skipped = fillers.first(where: { bytes.has($0, at: at) }) { at += skipped.utf8CodeUnitCount }
        return commands.first { bytes.has($0.0, at: at) }?.1
    }

    private static let fillers: [StaticString] = ["pipelined ", "sending ", "the ", "end of "]

    private static let commands: [(StaticString, String)] = [
        ("rcpt", "RCPT"), ("mail", "MAIL"), ("data", "DATA"), ("ehlo", "EHLO"), ("helo", "HELO"), ("lhlo", "LHLO"),
        ("bdat", "BDAT"), ("auth", "AUTH"), ("starttls", "STARTTLS"), ("rset", "RSET"), ("quit", "QUIT"),
        ("vrfy", "VRFY"), ("noop", "NOOP"), ("message body", "DATA"), (".", "DATA"),
    ]

    /// The host that replied, where the text names it.
    var host: String? {
        for place in marks(of: .host) {
            let start = place.lowerBound
            if start > 0, bytes[start - 1].isWordByte || bytes[start - 1] == .ascii("-") { continue }
            if !isSendingHost(before: start), let host = hostName(at: place.upperBound) { return host }
        }
        guard let refusal = marks(of: .afterHost).first else { return nil }
        let start = bytes[..<refusal.lowerBound].lastIndex(where: \.isSpace)
        return hostName(at: start.map { $0 + 1 } ?? 0)
    }

    /// Do the words before `start` speak of the host that sends?
    func isSendingHost(before start: Int) -> Bool {
        ["client ", "client host ", "your ", "your host ", "reject: rcpt from "].contains { (words: StaticString) in
            bytes.has(words, before: start)
        }
    }

    func hostName(at start: Int) -> String? {
        var i = start
        while i < bytes.count, bytes[i].isBlank { i += 1 }
        let first = i
        while i < bytes.count,
            bytes[i].isWordByte || bytes[i] == .ascii("-") || bytes[i] == .ascii(".") || bytes[i] == .ascii("_")
        {
            i += 1
        }
        while i > first, bytes[i - 1] == .ascii(".") { i -= 1 }
        guard bytes[first..<i].contains(.ascii(".")), i - first <= 253 else { return nil }
        return bytes[first..<i].string.lowercased()
    }

    var recipient: String? { addressBehind(.recipient) }

    var sender: String? { addressBehind(.sender) }

    private func addressBehind(_ part: Mark.Part) -> String? {
        for place in marks(of: part) {
            if let address = address(at: place.upperBound) { return address }
        }
        return nil
    }

    func address(at start: Int) -> String? {
        var i = start
        while i < bytes.count, bytes[i].isBlank || bytes[i] == .ascii("<") { i += 1 }
        let first = i
        while i < bytes.count, !bytes[i].isSpace, bytes[i] != .ascii(">"), bytes[i] != .ascii(","),
            bytes[i] != .ascii(";"), i - first <= 320
        {
            i += 1
        }
        while i > first, bytes[i - 1] == .ascii(":") || bytes[i - 1] == .ascii(")") { i -= 1 }
        guard let at = bytes[first..<i].lastIndex(of: .ascii("@")), at > first, at + 1 < i else { return nil }
        return bytes[first..<i].string
    }

    /// What the log line says became of the message, or the words of a bounce say of the refusal.
    var disposition: Disposition? {
        func has(_ part: Mark.Part) -> Bool { places.contains { $0.mark.part == part } }
        let all: [Disposition] = [.permanent, .transient, .success]
        if let outcome = all.first(where: { has(.outcome($0)) }) { return outcome }
        let inWords = all.filter { has(.outcomeInWords($0)) }
        return inWords.count == 1 ? inWords.first : nil
    }
}
