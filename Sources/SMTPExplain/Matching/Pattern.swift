/// What a phrase is made of: words and slots, and what may stand between them.
struct Pattern {
    enum Part: Hashable {
        /// Folded; a `*` at the end lets the last word go on.
        case words([UInt8], language: String)
        /// By its name, in the file of that language.
        case slot(String, language: String)

        var language: String {
            switch self {
            case .words(_, let language), .slot(_, let language): language
            }
        }
    }

    private(set) var steps: [(part: Part, joint: Sequences.Joint)] = []

    /// Is it nothing but words, with neither a slot nor a gap? Then it is one literal, and needs no ``Sequences``. Blanks at
    /// an end, as an operator's own rule may have them, are for ``init(_:language:)`` to take away.
    static func isPlain(_ words: String) -> Bool {
        let bytes = words.utf8
        var points = 0
        for byte in bytes {
            points = byte == .ascii(".") ? points + 1 : 0
            if points == 3 || byte == .ascii("{") { return false }
        }
        return bytes.first != .ascii(" ") && bytes.last != .ascii(" ")
    }

    /// Takes `no such {mailbox} ... here*` apart.
    init(_ words: String, language: String) {
        let bytes = Array(words.utf8)
        var start = 0
        var joint = Sequences.Joint.near
        func add(_ end: Int) {
            let words = bytes[start..<end].trimmed
            // Of a mail address alone, nothing is left.
            let folded = FoldedText.fold(words)
            if !folded.isEmpty { steps.append((.words(folded, language: language), joint)) }
        }
        var i = 0
        while i < bytes.count {
            if bytes[i] == .ascii(" "), bytes.has(" ... ", at: i) {
                add(i)
                (i, start, joint) = (i + 5, i + 5, .gap)
            } else if bytes[i] == .ascii("{"), let close = bytes[i...].firstIndex(of: .ascii("}")) {
                let before = steps.count
                add(i)
                if steps.count > before { joint = .near }
                steps.append((.slot(bytes[(i + 1)..<close].string, language: language), joint))
                (i, start, joint) = (close + 1, close + 1, .near)
            } else {
                i += 1
            }
        }
        add(bytes.count)
    }
}
