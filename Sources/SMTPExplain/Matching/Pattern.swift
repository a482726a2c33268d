/// What a phrase is made of: words and slots, and what may stand between them.
struct Pattern {
    enum Part: Hashable {
        /// Folded; open, if the last word may go on.
        case words([UInt8], isOpen: Bool, language: String)
        /// By its name, in the file of that language.
        case slot(String, language: String)

        var language: String {
            switch self {
            case .words(_, _, let language), .slot(_, let language): language
            }
        }
    }

    private(set) var steps: [(part: Part, joint: Sequences.Joint)] = []

    /// Takes `no such {mailbox} ... here*` apart.
    init(_ words: String, language: String) {
        var bytes = Array(words.utf8)
        let isOpen = bytes.last == .ascii("*")
        if isOpen { bytes.removeLast() }
        var start = 0
        var joint = Sequences.Joint.near
        func add(_ end: Int, isLast: Bool) {
            let literal = FoldedText.fold(bytes[start..<end].trimmed)
            if !literal.isEmpty { steps.append((.words(literal, isOpen: isOpen && isLast, language: language), joint)) }
        }
        var i = 0
        while i < bytes.count {
            if bytes[i] == .ascii(" "), bytes.has(" ... ", at: i) {
                add(i, isLast: false)
                (i, start, joint) = (i + 5, i + 5, .gap)
            } else if bytes[i] == .ascii("{"), let close = bytes[i...].firstIndex(of: .ascii("}")) {
                let before = steps.count
                add(i, isLast: false)
                if steps.count > before { joint = .near }
                steps.append((.slot(bytes[(i + 1)..<close].string, language: language), joint))
                (i, start, joint) = (close + 1, close + 1, .near)
            } else {
                i += 1
            }
        }
        add(bytes.count, isLast: true)
    }
}
