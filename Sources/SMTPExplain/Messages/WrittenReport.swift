/// What the words of a message say about recipients: of a bounce that is only text, as qmail, older Exim and Sendmail,
/// Exchange and many others write them, or of the part for people in a report.
///
/// There may be very many recipients, and somebody may take his time to fetch the answer. So no word is kept a second
/// time: an entry is a few numbers, and its words are put together when somebody asks for them.
struct WrittenReport {
    /// What became of the message for one recipient.
    enum Outcome: UInt8 {
        case failed, delayed, delivered
    }

    /// Lines of the text that belong together.
    private struct Section {
        /// The number of the recipient they are about; ``preface`` for those that are about all.
        let recipient: UInt32
        /// In a transcript, the line that names the host that speaks here; else empty.
        let host: Span
        let lines: Span
    }

    /// Recipients of whom the words say the same: one reply may stand for several.
    private struct Entry {
        let recipients: Span
        let sections: Span
    }

    struct Span {
        private let start: UInt32
        private let end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    private static let preface = UInt32.max

    private let text: [UInt8]
    private let marks: [MailWords.Mark]
    /// Where the text names each recipient for the first time, and what became of the message for it.
    private var recipients: [(mention: Mentions.Mention, outcome: Outcome)] = []
    /// In the order of the recipients, those of the preface last.
    private var sections: [Section] = []
    private var entries: [Entry] = []

    init(_ text: [UInt8], mentions: Mentions) {
        self.text = text
        marks = mentions.marks
        readSections(mentions)
        sections.sort { ($0.recipient, $0.lines.range.lowerBound) < ($1.recipient, $1.lines.range.lowerBound) }
        group()
    }

    // MARK: - What it says

    var count: Int { entries.count }
    var recipientCount: Int { recipients.count }

    /// The numbers of an entry's recipients.
    func recipients(of entry: Int) -> Range<Int> { entries[entry].recipients.range }

    func recipient(_ number: Int) -> String { text[recipients[number].mention.address.range].string }

    /// The address that was mailed, where the words name another one for that recipient.
    func alias(of number: Int) -> String? {
        recipients[number].mention.alias.map { text[$0.range].string }
    }

    func outcome(of number: Int) -> Outcome { recipients[number].outcome }

    /// What the words say about the recipients of an entry, first themselves and then the text as a whole.
    func words(of entry: Int) -> [UInt8] {
        let chosen = Array(sections[entries[entry].sections.range])
        let words = Words.about(chosen.map { ($0.host.range, $0.lines.range) }, in: text, marks)
        return Array(Self.share(of: words[...], among: entries[entry].recipients.range.count))
    }

    /// What the text says that is about no recipient in particular.
    var prefaceWords: [UInt8] {
        let first = sections.firstIndex { $0.recipient == Self.preface } ?? sections.count
        return Words.about(sections[first...].map { ($0.host.range, $0.lines.range) }, in: text, marks)
    }

    /// What each of several gets of words that stand for all of them: so much that a megabyte holds the copies,
    /// but no less than a line of a reply (RFC 5321, section 4.5.3.1.5). Or many recipients and much text would
    /// take the product of the two.
    static func share(of words: ArraySlice<UInt8>, among count: Int) -> ArraySlice<UInt8> {
        count > 1 ? words.prefix(max(512, (1 << 20) / count)) : words
    }

    // MARK: - Reading

    private mutating func readSections(_ mentions: Mentions) {
        var numbers: [String: Int] = [:]
        for mention in mentions.chosen {
            let name = text[mention.address.range].string.lowercased()
            guard numbers[name] == nil else { continue }
            numbers[name] = recipients.count
            recipients.append((mention, mentions.outcome(at: mention.address.range.lowerBound)))
        }
        // Of the section that is being read.
        var recipient = Self.preface
        var (start, sectionHost) = (0, 0..<0)
        var host = 0..<0

        func endSection(at end: Int) {
            guard start < end || !sectionHost.isEmpty else { return }
            sections.append(
                Section(recipient: recipient, host: Span(sectionHost), lines: Span(start..<max(start, end))))
        }
        for turn in mentions.turns {
            switch turn {
            case .host(let line, let next):
                endSection(at: line.lowerBound)
                host = line.lowerBound..<min(line.upperBound, line.lowerBound + 320)
                (start, sectionHost) = (next, host)
            case .heading(let line, let next):
                endSection(at: line)
                recipient = Self.preface
                (start, sectionHost) = (next, 0..<0)
            case .mention(let mention):
                let name = text[mention.address.range].string.lowercased()
                guard let number = numbers[name], number != recipient else { continue }
                endSection(at: Int(mention.line))
                recipient = UInt32(number)
                (start, sectionHost) = (Int(mention.words), host)
            }
        }
        endSection(at: mentions.end)
    }

    /// One reply may stand for several recipients that are listed before it, or for all.
    private mutating func group() {
        var listed = 0..<0
        var next = 0
        let prefaceStart = sections.firstIndex { $0.recipient == Self.preface } ?? sections.count
        for number in recipients.indices {
            let first = next
            while next < prefaceStart, sections[next].recipient == number { next += 1 }
            listed = listed.lowerBound..<number + 1
            guard sections[first..<next].contains(where: saysSomething), !announces(sections[first..<next].last) else {
                continue
            }
            entries.append(Entry(recipients: Span(listed), sections: Span(first..<next)))
            listed = number + 1..<number + 1
        }
        if !listed.isEmpty {
            entries.append(Entry(recipients: Span(listed), sections: Span(prefaceStart..<sections.count)))
        }
    }

    /// `Your message to <a@b.example> was returned for the following reason:`, and the reason stands with the next one.
    private func announces(_ section: Section?) -> Bool {
        guard let lines = section?.lines.range, let end = text[lines].lastIndex(where: { !$0.isSpace }) else {
            return false
        }
        guard text[end] == .ascii(":") else { return false }
        return marks[marks.firstIndex(from: end - 80)...].prefix { $0.start <= end }
            .contains { $0.role == .reason && $0.end == end + 1 }
    }

    /// Is there more than what frames the recipients?
    private func saysSomething(_ section: Section) -> Bool {
        !section.host.range.isEmpty || !Words.about([(0..<0, section.lines.range)], in: text, marks).isEmpty
    }
}
