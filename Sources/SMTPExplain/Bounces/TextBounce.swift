/// A bounce that is only text, as qmail, older Exim and Sendmail, Exchange and some big senders write them:
/// recipients, each with the words about it.
///
/// There may be very many, and somebody may take his time to fetch the answer. So no word is kept a second time:
/// an entry is a few numbers, and its words are put together when somebody asks for them.
struct TextBounce {
    /// Where something begins and ends.
    private struct Span {
        private let start: UInt32
        private let end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// Lines of the text that belong together.
    private struct Section {
        /// The number of the recipient they are about; ``preface`` for those before the first recipient.
        let recipient: UInt32
        /// In a transcript, the line that names the host that speaks here; else empty.
        let host: Span
        let lines: Span
    }

    /// Recipients of whom the bounce says the same: one reply may stand for several.
    private struct Entry {
        let recipients: Span
        let sections: Span
    }

    private static let preface = UInt32.max

    private let text: [UInt8]
    private let failedRecipients: [String]
    /// Where the text names each for the first time.
    private var recipients: [Span] = []
    /// In the order of the recipients.
    private var sections: [Section] = []
    private var entries: [Entry] = []

    /// The words for people, and the recipients that the header names. There are no entries where the text names no
    /// recipient and has nothing of a bounce.
    init(_ text: [UInt8], failedRecipients: [String]) {
        self.text = text
        self.failedRecipients = failedRecipients
        readSections()
        sections.sort { ($0.recipient, $0.lines.range.lowerBound) < ($1.recipient, $1.lines.range.lowerBound) }
        group()
    }

    // MARK: - What it says

    var count: Int { entries.count }

    /// The numbers of an entry's recipients.
    func recipients(of entry: Int) -> Range<Int> { entries[entry].recipients.range }

    /// Nil stands for one whom nothing names.
    func recipient(_ number: Int) -> String? {
        if !recipients.isEmpty { return text[recipients[number].range].string }
        return failedRecipients.isEmpty ? nil : failedRecipients[number]
    }

    /// What the bounce says about the recipients of an entry, its lines kept.
    func words(of entry: Int) -> ArraySlice<UInt8> {
        let words = words(in: entries[entry].sections.range)
        return Self.share(of: words[...], among: entries[entry].recipients.range.count)
    }

    /// What each of several gets of words that stand for all of them: so much that a megabyte holds the copies,
    /// but no less than a line of a reply (RFC 5321, section 4.5.3.1.5). Or many recipients and much text would
    /// take the product of the two.
    static func share(of words: ArraySlice<UInt8>, among count: Int) -> ArraySlice<UInt8> {
        count > 1 ? words.prefix(max(512, (1 << 20) / count)) : words
    }

    private func words(in range: Range<Int>) -> [UInt8] {
        var words: [UInt8] = []
        for section in sections[range] {
            if !section.host.range.isEmpty { words += text[section.host.range] + [0x0A] }
            var lines = Lines(text[section.lines.range])
            while let line = lines.next() {
                words += line.trimmed
                words.append(0x0A)
            }
        }
        return words
    }

    // MARK: - Reading

    private mutating func readSections() {
        var numbers: [String: Int] = [:]
        // Of the section that is being read.
        var recipient: Int?
        var (start, sectionHost) = (0, 0..<0)
        var host = 0..<0
        var lines = Lines(text[...])
        var end = 0

        func endSection(at end: Int) {
            guard start < end || !sectionHost.isEmpty else { return }
            sections.append(
                Section(
                    recipient: recipient.map { UInt32($0) } ?? Self.preface, host: Span(sectionHost),
                    lines: Span(start..<end)))
        }
        while case let begin = lines.position, let line = lines.next()?.trimmed, !startsOriginal(line) {
            if text.has("... while talking to", at: line.startIndex) {
                endSection(at: begin)
                host = line.prefix(320).indices
                (start, sectionHost) = (lines.position, 0..<0)
            } else if let (address, rest) = leadingAddress(line),
                recipient.map({ text[recipients[$0].range] != address }) ?? true
            {
                endSection(at: begin)
                let number = numbers[address.string] ?? recipients.count
                if number == recipients.count {
                    numbers[address.string] = number
                    recipients.append(Span(address.indices))
                }
                recipient = number
                (start, sectionHost) = (rest.startIndex, host)
            }
            end = lines.position
        }
        endSection(at: end)
    }

    /// One reply may stand for several recipients that are listed before it, or after it.
    private mutating func group() {
        var listed = 0..<0
        var next = 0
        for number in recipients.indices {
            let first = next
            while next < sections.count, sections[next].recipient == number { next += 1 }
            listed = listed.lowerBound..<number + 1
            guard sections[first..<next].contains(where: saysSomething) else { continue }
            entries.append(Entry(recipients: Span(listed), sections: Span(first..<next)))
            listed = number + 1..<number + 1
        }
        let preface = Span(next..<sections.count)
        if !listed.isEmpty { entries.append(Entry(recipients: Span(listed), sections: preface)) }
        guard recipients.isEmpty, !failedRecipients.isEmpty || !sections.isEmpty else { return }
        entries.append(Entry(recipients: Span(0..<max(1, failedRecipients.count)), sections: preface))
    }

    private func saysSomething(_ section: Section) -> Bool {
        !section.host.range.isEmpty || text[section.lines.range].contains { !$0.isSpace }
    }

    /// Does the copy of the original message begin here?
    private func startsOriginal(_ line: ArraySlice<UInt8>) -> Bool {
        guard !line.isEmpty else { return false }
        let headers: [StaticString] = ["return-path:", "received: ", "message-id:", "mime-version:", "dkim-signature:"]
        if headers.contains(where: { text.has($0, at: line.startIndex) }) { return true }
        guard line.first == .ascii("-") else { return false }
        let marks: [StaticString] = [
            "below this line is a copy", "this is a copy of", "original message", "unsent message below",
            "returned message", "message header", "header of the original", "message follows", "message text follows",
            "ursprüngliche nachricht", "ursprünglichen nachricht", "message d'origine",
        ]
        return marks.contains { text.firstIndex(of: $0, in: line.indices) != nil }
    }

    /// What may stand before the address of a recipient; the last is from the transcript of a session.
    private static let labels: [StaticString] = [
        "recipient:", "recipients:", "recipient address:", "failed recipient:", "empfänger:", "empfaenger:",
        "destinataire:", "destinatario:", "destinatário:", "ontvanger:",
        ">>> rcpt to:",
    ]

    /// The address that a line begins with, and the rest of the line: `<a@b.example>: reason`,
    /// `'a@b.example' on ...`, `Recipient: a@b.example`, or the address alone.
    private func leadingAddress(_ line: ArraySlice<UInt8>) -> (address: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard !line.isEmpty else { return nil }
        let label = Self.labels.first { text.has($0, at: line.startIndex) }
        var start = line.startIndex + (label?.utf8CodeUnitCount ?? 0)
        while start < line.endIndex,
            [.ascii("<"), .ascii("'"), .ascii("\""), .ascii("("), .ascii("*"), .ascii("-"), 0x20].contains(line[start])
        {
            start += 1
        }
        var end = start
        while end < line.endIndex, !line[end].isSpace,
            ![.ascii(">"), .ascii("'"), .ascii("\""), .ascii(","), .ascii("<"), .ascii("(")].contains(line[end])
        {
            end += 1
        }
        var last = end
        while last > start, [.ascii(":"), .ascii("."), .ascii(")"), .ascii(";")].contains(line[last - 1]) { last -= 1 }
        let address = line[start..<last]
        guard let at = address.lastIndex(of: .ascii("@")), at > address.startIndex,
            address[(at + 1)...].contains(.ascii(".")), address.count <= 320, !address.contains(.ascii("/")),
            !address.contains(.ascii("="))
        else { return nil }
        var rest = line[end...]
        while let first = rest.first,
            [.ascii(">"), .ascii("'"), .ascii("\""), .ascii(":"), .ascii(","), 0x20].contains(first)
        {
            rest = rest.dropFirst()
        }
        return (address, rest)
    }
}
