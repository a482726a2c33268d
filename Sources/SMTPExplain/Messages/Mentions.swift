/// The addresses in the words of a message, and which of them are recipients.
struct Mentions {
    /// How sure it is that an address is a recipient.
    enum Certainty: UInt8, Comparable {
        /// Nothing tells.
        case none
        /// In a field of the message that was sent: `To: a@b.example`.
        case field
        /// In a sentence that speaks of a recipient.
        case sentence
        /// In a transcript.
        case transcript
        /// At the head of what is said about it, or behind a label.
        case head

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    struct Mention {
        let address: WrittenReport.Span
        var certainty: Certainty
        /// Where its line begins.
        let line: UInt32
        /// Where the words about it begin.
        var words: UInt32
        /// The address that was mailed, if it led to this one.
        var alias: WrittenReport.Span?
    }

    /// Where what is said turns to another subject.
    enum Turn {
        case mention(Mention)
        /// A transcript's line that names the server, and where the next line begins.
        case host(Range<Int>, next: Int)
        /// A line that is a heading or a rule, and where the next line begins.
        case heading(Int, next: Int)

        fileprivate var position: Int {
            switch self {
            case .mention(let mention): Int(mention.address.range.lowerBound)
            case .host(let line, _): line.lowerBound
            case .heading(let line, _): line
            }
        }
    }

    let marks: [MailWords.Mark]
    /// Where the words end and the message that was sent begins.
    let end: Int
    /// The recipients, those that are surest; one may stand there any number of times.
    private(set) var chosen: [Mention] = []
    private(set) var turns: [Turn] = []
    /// Those in a `To:` of the message that was sent.
    private(set) var inFields: [String] = []
    /// Is a message described whose sender got this one?
    private(set) var isToSender = false
    /// What the message says as a whole; nil where it speaks of no delivery.
    private(set) var outcome: WrittenReport.Outcome?
    private var outcomes: [(position: Int, outcome: WrittenReport.Outcome)] = []

    /// `own` are the addresses of the message's own sender and recipient, in lower case: it is not about them, unless a
    /// head says so.
    init(_ text: [UInt8], own: Set<String>) {
        let all = MailWords.find(in: text)
        end = OriginalStart.find(in: text, all)
        marks = Self.unquoted(all, in: text)
        readOutcomes()
        var reader = MentionReader(text, marks, end, own)
        reader.read()
        isToSender = reader.namesOwnAsSender || says(.byReader)
        if !reader.mentions.contains(where: { $0.certainty >= .sentence }) { reader.readNames() }
        chosen = reader.mentions.filter { $0.certainty >= .sentence }
        let best = chosen.lazy.map(\.certainty).max() ?? .none
        // What is less sure only tells where others begin.
        chosen.removeAll { $0.certainty < best }
        let headsOnly = best == .head
        turns =
            reader.mentions.filter { $0.certainty >= (headsOnly ? .transcript : .sentence) }.map { .mention($0) }
            + reader.turns
        turns.sort { $0.position < $1.position }
        inFields = reader.mentions.filter { $0.certainty == .field }.prefix(100).map { text[$0.address.range].string }
    }

    /// Does the message that was sent, or its header, stand below the words?
    func hasOriginal(in text: [UInt8]) -> Bool { end < text.count }

    /// Without those in lines that somebody quotes: who answers a bounce says nothing of his own by that.
    private static func unquoted(_ marks: [MailWords.Mark], in text: [UInt8]) -> [MailWords.Mark] {
        var rest = marks[...]
        var kept: [MailWords.Mark] = []
        var lines = Lines(text[...])
        while !rest.isEmpty, let line = lines.next() {
            let here = rest.prefix { $0.start < lines.position }
            if !MentionReader.isQuoted(line) { kept += here }
            rest = rest.dropFirst(here.count)
        }
        return kept
    }

    /// Keeps of the recipients those wanted, in lower case, if any of them is there.
    mutating func narrow(to wanted: Set<String>, in text: [UInt8]) {
        let known = chosen.filter { wanted.contains(text[$0.address.range].string.lowercased()) }
        if !known.isEmpty { chosen = known }
    }

    /// Do the words say that, before the message that was sent?
    func says(_ role: MailWords.Role) -> Bool { marks.contains { $0.role == role && $0.start < end } }

    private mutating func readOutcomes() {
        var (failed, gaveUp, delayed, delivered) = (false, false, false, false)
        for mark in marks where mark.start < end {
            switch mark.role {
            case .gaveUp:
                gaveUp = true
                outcomes.append((Int(mark.start), .failed))
            case .delayed:
                delayed = true
                outcomes.append((Int(mark.start), .delayed))
            case .delivered:
                delivered = true
                outcomes.append((Int(mark.start), .delivered))
            case .failed, .stopped: failed = true
            default: break
            }
        }
        outcome = gaveUp ? .failed : delayed ? .delayed : failed ? .failed : delivered ? .delivered : nil
    }

    /// What the words before that place say last, or the whole.
    func outcome(at position: Int) -> WrittenReport.Outcome {
        var (low, high) = (0, outcomes.count)
        while low < high {
            let middle = (low + high) / 2
            if outcomes[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? outcomes[low - 1].outcome : outcome ?? .failed
    }
}
