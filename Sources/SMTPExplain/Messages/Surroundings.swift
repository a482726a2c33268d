/// What stands around an address on its line, and right before it.
struct Surroundings {
    let text: [UInt8]
    let marks: [MailWords.Mark]
    /// Where the words end and the message that was sent begins.
    let end: Int
    /// The first mark that begins no earlier than what is read.
    private(set) var nextMark = 0

    init(_ text: [UInt8], _ marks: [MailWords.Mark], _ end: Int) {
        self.text = text
        self.marks = marks
        self.end = end
    }

    mutating func advance(to index: Int) {
        while nextMark < marks.count, marks[nextMark].start < index { nextMark += 1 }
    }

    /// Does a mark of that role begin there, where the reading is?
    func mark(_ role: MailWords.Role, at index: Int) -> MailWords.Mark? {
        marks[nextMark...].prefix { $0.start == index }.first { $0.role == role }
    }

    /// Does a letter end on that line, on which the reading is?
    func closes(_ line: ArraySlice<UInt8>) -> Bool {
        marks[nextMark...].prefix { $0.start < line.endIndex }.contains { $0.closes(line) }
    }

    func speaksOfDelivery(_ line: ArraySlice<UInt8>) -> Bool {
        marks[..<nextMark].suffix(20).contains { $0.start >= line.startIndex && Self.ofDelivery.contains($0.role) }
            || marks[nextMark...].prefix { $0.start < line.endIndex }.contains { Self.ofDelivery.contains($0.role) }
    }

    private static let ofDelivery: Set<MailWords.Role> = [
        .label, .cause, .before, .after, .gaveUp, .failed, .delayed, .delivered, .stopped,
    ]

    func isBracketed(_ address: Range<Int>) -> Bool {
        address.lowerBound > 0 && text[address.lowerBound - 1] == .ascii("<") && address.upperBound < end
            && text[address.upperBound] == .ascii(">")
    }

    func isDecoration(_ range: Range<Int>) -> Bool {
        let bytes = text[range]
        return bytes.count <= 60
            && (bytes.allSatisfy { $0.isSpace || "<\"'`(*->|[#".utf8.contains($0) } || isName(bytes.trimmed))
    }

    /// `"Some Body" <`, and the `smtp:` and `rfc822;` of gateways.
    func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.first == .ascii("\""), bytes.last == .ascii("<"), bytes.count(where: { $0 == .ascii("\"") }) == 2 {
            return true
        }
        let types: [StaticString] = [
            "smtp:", "[smtp:", "rfc822;", "rfc822:", "smtp <", "mailto:", "• ", "· ", "・", "to: <",
        ]
        return types.contains { text.has($0, at: bytes.startIndex) && bytes.count <= $0.utf8CodeUnitCount + 2 }
    }

    /// `550 5.1.1 <`
    func isReplyCode(_ range: Range<Int>) -> Bool {
        let bytes = text[range].trimmed
        guard bytes.count >= 3, bytes.count <= 24, let first = bytes.first, first == .ascii("4") || first == .ascii("5")
        else { return false }
        return bytes.prefix(3).allSatisfy(\.isDigit) && bytes.allSatisfy { $0.isDigit || " .-<\"'#(".utf8.contains($0) }
    }

    /// What stands behind an address at the beginning of a line, where it is the head of what is said about it.
    func isHead(after address: Range<Int>, in line: ArraySlice<UInt8>, _ bracketed: Bool) -> Bool {
        var i = address.upperBound
        while i < line.endIndex, ">\"'`)]".utf8.contains(text[i]) { i += 1 }
        let rest = text[i..<line.endIndex]
        let words = rest.drop(while: \.isBlank)
        guard let first = words.first else { return true }
        if bracketed || ":;,([<.=-".utf8.contains(first) && !words.elementsEqual(".".utf8) { return true }
        // Columns, a reply, or the time of an attempt.
        if words.startIndex - rest.startIndex > 1 || rest.first == 0x09 { return true }
        if words.prefix(3).allSatisfy(\.isDigit), words.count > 3, !words[words.startIndex + 3].isWordByte {
            return true
        }
        let times: [StaticString] = ["on ", "am ", "le ", "el ", "il ", "em ", "op "]
        return times.contains { text.has($0, at: words.startIndex) } || isAfter(address)
    }

    /// Does nothing stand behind the address at the head of a line, nor below it what a server said of it?
    func isAlone(_ address: Range<Int>, in line: ArraySlice<UInt8>, _ next: Lines) -> Bool {
        guard !text[address.upperBound..<line.endIndex].contains(where: { $0.isWordByte || $0 == .ascii(":") }) else {
            return false
        }
        var lines = next
        guard let below = lines.next(), let start = below.firstIndex(where: { !$0.isSpace }) else { return true }
        return start - below.startIndex <= address.lowerBound - line.startIndex
            && !isReplyCode(start..<min(start + 3, below.endIndex))
    }

    /// Do only separators of a list stand between two addresses?
    func continues(from start: Int, to end: Int) -> Bool {
        guard end - start <= 40, end > start else { return false }
        let between = text[start..<end]
        if Self.conjunctions.contains(between.filter { !"<>\"',".utf8.contains($0) }[...].trimmed.string) {
            return true
        }
        return between.contains(where: { $0 == .ascii(",") || $0 == .ascii(";") })
            && between.allSatisfy { $0.isSpace || "<>,;\"'".utf8.contains($0) }
    }

    private static let conjunctions: Set = [
        "and", "or", "&", "und", "et", "y", "e", "en", "och", "og", "ja", "и", "と", "和",
    ]

    /// The role of the words that stand right before the address.
    func before(_ address: Range<Int>, _ bracketed: Bool) -> MailWords.Role? {
        var best: MailWords.Mark?
        for mark in marks[..<nextMark].reversed() {
            guard address.lowerBound - Int(mark.start) <= 100 else { break }
            guard [.label, .cause, .transcript, .before, .stranger, .alias].contains(mark.role),
                mark.end <= address.lowerBound
            else { continue }
            // Of those that end last, the longest says most.
            if let current = best, mark.end < current.end || mark.end == current.end && mark.start >= current.start {
                continue
            }
            if (mark.role == .label || mark.role == .cause || mark.role == .transcript) && !beginsLine(Int(mark.start))
            {
                continue
            }
            if leads(Int(mark.end), to: address.lowerBound, bracketed, mark.role) { best = mark }
        }
        return best?.role
    }

    func beginsLine(_ index: Int) -> Bool {
        var i = index
        while i > 0, index - i < 40, !text[i - 1].isWordByte, !text[i - 1].isLineBreak, text[i - 1] < 0x80 { i -= 1 }
        return i == 0 || text[i - 1].isLineBreak
    }

    /// Does nothing that matters stand between the words and the address: signs, a name, the end of a line?
    func leads(_ start: Int, to end: Int, _ bracketed: Bool, _ role: MailWords.Role) -> Bool {
        let between = text[start..<end]
        var lineBreaks = 0
        var lines = Lines(between)
        while lines.next() != nil { lineBreaks += 1 }
        lineBreaks -= between.last.map { $0.isLineBreak } == true || between.isEmpty ? 0 : 1
        // An empty line ends a sentence, but not what a colon announces.
        let announces = between.first == .ascii(":") || start > 0 && text[start - 1] == .ascii(":")
        guard lineBreaks <= (announces ? 3 : 1) else { return false }
        if between.allSatisfy({ !$0.isWordByte && $0 < 0x80 && $0 != .ascii(".") && $0 != .ascii("@") }) { return true }
        if between.count <= 12, between.allSatisfy({ $0 >= 0x80 || !$0.isWordByte && $0 != .ascii(".") }) {
            return true
        }
        let isName = between.count <= 64 && lineBreaks == 0 && !between.contains { "@;.,:".utf8.contains($0) }
        return bracketed && isName
    }

    func isAfter(_ address: Range<Int>) -> Bool {
        let limit = address.upperBound + 6
        for mark in marks[nextMark...] {
            guard mark.start <= limit else { break }
            guard mark.role == .after, mark.start >= address.upperBound else { continue }
            if text[address.upperBound..<Int(mark.start)].allSatisfy({ !$0.isWordByte && !(0x0A...0x0A).contains($0) })
            {
                return true
            }
        }
        return false
    }

    /// In a transcript, does the server take the recipient?
    func isAccepted(_ next: Lines) -> Bool {
        var lines = next
        guard let reply = lines.next()?.trimmed else { return false }
        let marks: [StaticString] = ["<<< 2", "received >>> 2"]
        return marks.contains { text.has($0, at: reply.startIndex) }
    }
}
