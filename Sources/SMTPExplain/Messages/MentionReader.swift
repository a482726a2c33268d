/// Goes through the words line by line and judges each address by what stands before and behind it.
struct MentionReader {
    private(set) var mentions: [Mentions.Mention] = []
    private(set) var turns: [Mentions.Turn] = []
    /// Is one of `own` the sender in a field of the message that was sent?
    private(set) var namesOwnAsSender = false

    private var surroundings: Surroundings
    private let own: Set<String>
    /// How far the last head was indented, until an empty line or a heading: what is further in is about it.
    private var headIndent: Int?
    /// Does the last line announce recipients, or list them?
    private var announces = true
    /// Has somebody closed his letter, and named nobody since? What follows is his name and address.
    private var isSignature = false
    /// Do the words before the address that is judged say what is wrong?
    private var wholeLine = false

    init(_ text: [UInt8], _ marks: [MailWords.Mark], _ end: Int, _ own: Set<String>) {
        surroundings = Surroundings(text, marks, end)
        self.own = own
    }

    private var text: [UInt8] { surroundings.text }

    mutating func read() {
        var lines = Lines(text[..<surroundings.end])
        while let line = lines.next() {
            let trimmed = line.trimmed
            if trimmed.isEmpty {
                headIndent = nil
                continue
            }
            surroundings.advance(to: trimmed.startIndex)
            let count = mentions.count
            defer { announces = announces(trimmed, named: mentions[count...]) }
            if Self.isQuoted(trimmed) { continue }
            if trimmed.last == .ascii(":"), surroundings.speaksOfDelivery(trimmed) { isSignature = false }
            // Below it stands whoever wrote this.
            if line.elementsEqual("-- ".utf8) { return }
            if surroundings.closes(trimmed) {
                isSignature = true
            } else if surroundings.mark(.host, at: trimmed.startIndex) != nil {
                isSignature = false
                turns.append(.host(trimmed.startIndex..<trimmed.endIndex, next: lines.position))
            } else if line.contains(.ascii("@")) {
                readLine(line, trimmed, next: lines)
            } else if isHeading(trimmed) {
                headIndent = nil
                isSignature = false
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
        var lines = Lines(text[..<surroundings.end])
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

    /// Lists go on, and who speaks of a recipient without a colon has named him.
    private func announces(_ line: ArraySlice<UInt8>, named: ArraySlice<Mentions.Mention>) -> Bool {
        if line.last == .ascii(":") || line.suffix(3).elementsEqual("：".utf8) || isHeading(line) { return true }
        if let last = named.last { return last.certainty >= .transcript }
        return surroundings.speaksOfDelivery(line)
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
            surroundings.advance(to: address.lowerBound)
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

    /// Is it the address of whoever wrote this? It stands below his closing, or ends words that announce nobody.
    private func isSigned(_ address: Range<Int>, in line: ArraySlice<UInt8>, _ next: Lines) -> Bool {
        guard isSignature || !announces, surroundings.isAlone(address, in: line, next) else { return false }
        if isSignature { return true }
        var lines = next
        let below = lines.next()?.trimmed ?? []
        return !below.contains(where: \.isBlank)
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
        if certainty >= .sentence { isSignature = false }
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
        let bracketed = surroundings.isBracketed(address)
        let atHead = isFirst && surroundings.isDecoration(line.startIndex..<address.lowerBound)
        // Further in than the head above: a reply that goes on there.
        if atHead, let headIndent, line.prefix(while: { !($0.isWordByte || $0 == .ascii("<")) }).count > headIndent {
            return nil
        }
        if let previous = mentions.last, previous.certainty >= .sentence,
            surroundings.continues(from: previous.address.range.upperBound, to: address.lowerBound)
        {
            return previous.certainty
        }
        let isCode = isFirst && surroundings.isReplyCode(line.startIndex..<address.lowerBound)
        switch surroundings.before(address, bracketed) {
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
        case .transcript: return surroundings.isAccepted(next) ? nil : .transcript
        case .before: return atHead && surroundings.isHead(after: address, in: line, bracketed) ? .head : .sentence
        default: break
        }
        if isCode { return .transcript }
        if atHead, surroundings.isHead(after: address, in: line, bracketed) {
            return isSigned(address, in: line, next) ? Mentions.Certainty.none : .head
        }
        return surroundings.isAfter(address) ? .sentence : Mentions.Certainty.none
    }
}
