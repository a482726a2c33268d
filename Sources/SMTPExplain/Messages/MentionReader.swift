/// Goes through the words line by line and judges each address by what stands before and behind it.
struct MentionReader {
    private(set) var mentions: [Mentions.Mention] = []
    private(set) var turns: [Mentions.Turn] = []
    /// Is one of `own` the sender in a field of the message that was sent?
    private(set) var namesOwnAsSender = false

    private let text: [UInt8]
    private let marks: [MailWords.Mark]
    private let end: Int
    private let own: Set<String>
    /// The first mark that begins no earlier than what is read.
    private var nextMark = 0
    /// How far the last head was indented, until an empty line or a heading: what is further in is about it.
    private var headIndent: Int?
    /// Do the words before the address that is judged say what is wrong?
    private var wholeLine = false

    init(_ text: [UInt8], _ marks: [MailWords.Mark], _ end: Int, _ own: Set<String>) {
        self.text = text
        self.marks = marks
        self.end = end
        self.own = own
    }

    mutating func read() {
        var lines = Lines(text[..<end])
        while let line = lines.next() {
            let trimmed = line.trimmed
            if trimmed.isEmpty {
                headIndent = nil
                continue
            }
            skipMarks(before: trimmed.startIndex)
            if Self.isQuoted(trimmed) { continue }
            // Below it stands whoever wrote this.
            if line.elementsEqual("-- ".utf8) { return }
            if isMark(.host, at: trimmed.startIndex) {
                turns.append(.host(trimmed.startIndex..<trimmed.endIndex, next: lines.position))
            } else if line.contains(.ascii("@")) {
                readLine(line, trimmed, next: lines)
            } else if isHeading(trimmed) {
                headIndent = nil
                turns.append(.heading(line.startIndex, next: lines.position))
            }
        }
    }

    /// `> words`, but not the `>>> RCPT` of a transcript.
    static func isQuoted(_ line: ArraySlice<UInt8>) -> Bool {
        let line = line.drop(while: \.isBlank)
        return line.first == .ascii(">") && !line.starts(with: ">>>".utf8)
    }

    // MARK: - Names without a domain

    /// A system's own users, as it lists them: `<pat>`, or `pat (user not found)` behind words that announce a list.
    mutating func readNames() {
        var lines = Lines(text[..<end])
        var announced = false
        while let line = lines.next() {
            let trimmed = line.trimmed
            guard let first = trimmed.first else { continue }
            var name = trimmed.drop { $0 == .ascii("<") }.prefix { $0.isWordByte || "._-+".utf8.contains($0) }
            while name.last == .ascii(".") { name.removeLast() }
            let rest = text[name.endIndex..<trimmed.endIndex].drop { $0 == .ascii(">") || $0.isBlank }
            let isListed =
                first == .ascii("<")
                ? rest.isEmpty || rest.first == .ascii(":")
                : announced && rest.first == .ascii("(") && rest.last == .ascii(")")
            if isListed, (2...64).contains(name.count) {
                mentions.append(
                    Mentions.Mention(
                        address: .init(name.startIndex..<name.endIndex), certainty: .head,
                        line: UInt32(line.startIndex),
                        words: UInt32(rest.startIndex), alias: nil))
            } else {
                announced = trimmed.last == .ascii(":")
            }
        }
    }

    /// A rule, or words between two: `---- Transcript of session follows ----`.
    private func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= 3, let first = line.first, "-=*_#|~+".utf8.contains(first) else { return false }
        return line.prefix(3).allSatisfy { $0 == first }
    }

    private mutating func skipMarks(before index: Int) {
        while nextMark < marks.count, marks[nextMark].start < index { nextMark += 1 }
    }

    private func isMark(_ role: MailWords.Role, at index: Int) -> Bool {
        marks[nextMark...].prefix { $0.start == index }.contains { $0.role == role }
    }

    // MARK: - A line with addresses

    private mutating func readLine(_ line: ArraySlice<UInt8>, _ trimmed: ArraySlice<UInt8>, next: Lines) {
        let isField = Self.isField(trimmed, in: text)
        var from = line.startIndex
        var isFirst = true
        while let at = text[from..<line.endIndex].firstIndex(of: .ascii("@")) {
            guard let address = Address.range(in: text, around: at, from: from), address.upperBound <= line.endIndex
            else {
                from = at + 1
                continue
            }
            skipMarks(before: address.lowerBound)
            wholeLine = false
            if isField == false, own.contains(text[address].string.lowercased()) { namesOwnAsSender = true }
            let certainty = isField.map { $0 ? .field : nil } ?? judge(address, in: line, isFirst: isFirst, next: next)
            if let certainty {
                append(address, certainty, in: line, isFirst: isFirst)
            }
            isFirst = false
            from = address.upperBound
        }
    }

    private mutating func append(
        _ address: Range<Int>, _ certainty: Mentions.Certainty, in line: ArraySlice<UInt8>, isFirst: Bool
    ) {
        var certainty = certainty
        let name = text[address].string.lowercased()
        if certainty < .head, own.contains(name) || certainty != .transcript && Self.isService(name) {
            if certainty != .field { return }
            certainty = .field
        }
        if certainty == .head, isFirst {
            headIndent = line.prefix { !($0.isWordByte || $0 == .ascii("<")) }.count
        }
        // A sentence is kept whole, as is the line of a transcript; behind a head stands what is said about it.
        var words = line.startIndex
        if certainty == .head, !wholeLine {
            words = address.upperBound
            while words < line.endIndex, ">\"'`):,; ]".utf8.contains(text[words]) { words += 1 }
        }
        mentions.append(
            Mentions.Mention(
                address: .init(address), certainty: certainty, line: UInt32(line.startIndex), words: UInt32(words),
                alias: nil))
    }

    /// Those who run a mail system are written to more often than they fail.
    private static func isService(_ name: String) -> Bool {
        ["postmaster@", "mailer-daemon@", "abuse@", "mailerdaemon@", "hostmaster@"].contains { name.hasPrefix($0) }
    }

    /// Is the line a field of the message that was sent: true for its recipients, false for others?
    private static func isField(_ line: ArraySlice<UInt8>, in text: [UInt8]) -> Bool? {
        if toFields.contains(where: { text.has($0, at: line.startIndex) }) { return true }
        return otherFields.contains(where: { text.has($0, at: line.startIndex) }) ? false : nil
    }

    private static let toFields: [StaticString] = [
        "to:", "an:", "à :", "à:", "para:", "aan:", "till:", "til:", "do:", "komu:", "кому:", "a:",
    ]
    private static let otherFields: [StaticString] = [
        "from:", "cc:", "bcc:", "subject:", "date:", "sent:", "reply-to:", "sender:", "message-id:", "message id:",
        "mail from:", "x-", "references:",
        "in-reply-to:", "betreff:", "von:", "objet :", "objet:", "de :", "de:", "asunto:", "assunto:", "oggetto:",
        "da:", "onderwerp:", "van:", "ämne:",
        "från:", "emne:", "fra:", "temat:", "тема:", "от:", "件名:", "件名：", "主题:", "主题：", "主旨:", "제목:", "return-path:",
        "envelope-sender:", "errors-to:", "list-", "original message-id:", "orginal message id:",
    ]

    /// Nil where the address is somebody else's.
    private mutating func judge(
        _ address: Range<Int>, in line: ArraySlice<UInt8>, isFirst: Bool, next: Lines
    ) -> Mentions.Certainty? {
        let bracketed = isBracketed(address)
        let atHead = isFirst && isDecoration(line.startIndex..<address.lowerBound)
        // Further in than the head above: a reply that goes on there.
        if atHead, let headIndent, line.prefix(while: { !($0.isWordByte || $0 == .ascii("<")) }).count > headIndent {
            return nil
        }
        if let previous = mentions.last, previous.certainty >= .sentence,
            continues(from: previous.address.range.upperBound, to: address.lowerBound)
        {
            return previous.certainty
        }
        let isCode = isFirst && isReplyCode(line.startIndex..<address.lowerBound)
        switch before(address, bracketed) {
        case .stranger: return nil
        case .alias:
            guard let last = mentions.indices.last, mentions[last].certainty >= .sentence, mentions[last].alias == nil
            else { return .head }
            mentions[last].alias = .init(address)
            return nil
        case .label: return .head
        case .cause:
            wholeLine = true
            return .head
        case .transcript: return isAccepted(next) ? nil : .transcript
        case .before: return atHead && isHead(after: address, in: line, bracketed) ? .head : .sentence
        default: break
        }
        if isCode { return .transcript }
        if atHead, isHead(after: address, in: line, bracketed) { return .head }
        return isAfter(address) ? .sentence : Mentions.Certainty.none
    }

    private func isBracketed(_ address: Range<Int>) -> Bool {
        address.lowerBound > 0 && text[address.lowerBound - 1] == .ascii("<") && address.upperBound < end
            && text[address.upperBound] == .ascii(">")
    }

    private func isDecoration(_ range: Range<Int>) -> Bool {
        let bytes = text[range]
        return bytes.count <= 60
            && (bytes.allSatisfy { $0.isSpace || "<\"'`(*->|[#".utf8.contains($0) } || isName(bytes.trimmed))
    }

    /// `"Some Body" <`, and the `smtp:` and `rfc822;` of gateways.
    private func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.first == .ascii("\""), bytes.last == .ascii("<"), bytes.count(where: { $0 == .ascii("\"") }) == 2 {
            return true
        }
        let types: [StaticString] = [
            "smtp:", "[smtp:", "rfc822;", "rfc822:", "smtp <", "mailto:", "• ", "· ", "・", "to: <",
        ]
        return types.contains { text.has($0, at: bytes.startIndex) && bytes.count <= $0.utf8CodeUnitCount + 2 }
    }

    /// `550 5.1.1 <`
    private func isReplyCode(_ range: Range<Int>) -> Bool {
        let bytes = text[range].trimmed
        guard bytes.count >= 3, bytes.count <= 24, let first = bytes.first, first == .ascii("4") || first == .ascii("5")
        else { return false }
        return bytes.prefix(3).allSatisfy(\.isDigit) && bytes.allSatisfy { $0.isDigit || " .-<\"'#(".utf8.contains($0) }
    }

    /// What stands behind an address at the beginning of a line, where it is the head of what is said about it.
    private func isHead(after address: Range<Int>, in line: ArraySlice<UInt8>, _ bracketed: Bool) -> Bool {
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

    /// Do only separators of a list stand between two addresses?
    private func continues(from start: Int, to end: Int) -> Bool {
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
    private func before(_ address: Range<Int>, _ bracketed: Bool) -> MailWords.Role? {
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

    private func beginsLine(_ index: Int) -> Bool {
        var i = index
        while i > 0, index - i < 40, !text[i - 1].isWordByte, !text[i - 1].isLineBreak, text[i - 1] < 0x80 { i -= 1 }
        return i == 0 || text[i - 1].isLineBreak
    }

    /// Does nothing that matters stand between the words and the address: signs, a name, the end of a line?
    private func leads(_ start: Int, to end: Int, _ bracketed: Bool, _ role: MailWords.Role) -> Bool {
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

    private func isAfter(_ address: Range<Int>) -> Bool {
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
    private func isAccepted(_ next: Lines) -> Bool {
        var lines = next
        guard let reply = lines.next()?.trimmed else { return false }
        let marks: [StaticString] = ["<<< 2", "received >>> 2"]
        return marks.contains { text.has($0, at: reply.startIndex) }
    }
}
