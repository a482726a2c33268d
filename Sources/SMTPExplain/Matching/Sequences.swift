/// Patterns of several parts: which part follows which. A trie whose steps are parts, so that patterns that begin alike
/// are followed as one.
struct Sequences: Sendable {
    /// What may stand between a part and the next.
    enum Joint: UInt64 {
        /// Small words, names and quotes.
        case near
        /// Up to ``Sequences/gap`` bytes of the same sentence.
        case gap
    }

    /// The most that ` ... ` in a pattern skips.
    static let gap = 60

    /// From a node, by a part and a joint, to the next.
    private var steps: [UInt64: UInt32] = [:]
    /// Of each node, a bit for each step from it; steps may share one. Nearly always it tells that there is none.
    private var stepBits: [UInt64] = [0]
    /// The patterns that are complete at a node; most have none or one.
    private var complete: [[UInt32]] = [[]]
    /// Of each part, and so of each pattern, the language: parts of two languages follow on none another.
    private var languages: [UInt8] = []
    /// The node that each part leads to from the beginning; 0 where no pattern begins with it.
    private var firstNodes: [UInt32] = []

    private static func key(_ node: UInt32, _ part: UInt32, _ joint: Joint) -> UInt64 {
        UInt64(node) << 32 | UInt64(part) << 1 | joint.rawValue
    }

    private static func bit(_ part: UInt32, _ joint: Joint) -> UInt64 {
        1 << ((UInt64(part) << 1 | joint.rawValue) & 63)
    }

    /// Makes room for so many steps.
    mutating func reserve(_ count: Int) {
        steps.reserveCapacity(count)
        stepBits.reserveCapacity(count)
        complete.reserveCapacity(count)
    }

    mutating func addPart(language: UInt8) {
        languages.append(language)
        firstNodes.append(0)
    }

    mutating func add(_ parts: [(part: UInt32, joint: Joint)], pattern: UInt32) {
        var node: UInt32 = 0
        for (part, joint) in parts {
            if let next = step(from: node, part, joint) {
                node = next
            } else {
                let next = UInt32(complete.count)
                steps[Self.key(node, part, joint)] = next
                stepBits[Int(node)] |= Self.bit(part, joint)
                stepBits.append(0)
                complete.append([])
                if node == 0, joint == .near { firstNodes[Int(part)] = next }
                node = next
            }
        }
        complete[Int(node)].append(pattern)
    }

    private func step(from node: UInt32, _ part: UInt32, _ joint: Joint) -> UInt32? {
        guard stepBits[Int(node)] & Self.bit(part, joint) != 0 else { return nil }
        return steps[Self.key(node, part, joint)]
    }

    /// How far patterns have come in one text.
    struct Progress {
        private struct State {
            let node: UInt32
            let language: UInt8
            /// A bit for each step from the node.
            let stepBits: UInt64
            let range: Range<Int>
            /// Where the first part ends.
            let firstEnd: Int
        }

        private var states: [State] = []

        /// Takes a part that was found, in the order in which they begin; gives each pattern that it completes, with
        /// the whole range and what lies between its first and its last part.
        mutating func take(
            _ part: UInt32, _ range: Range<Int>, _ sequences: Sequences, _ text: FoldedText,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            // The oldest give way; this bounds the work on a text that is made of beginnings.
            if states.count > 64 { states.removeFirst(states.count - 32) }
            let language = sequences.languages[Int(part)]
            let bits = Sequences.bit(part, .near) | Sequences.bit(part, .gap)
            // What is reached on the way is appended, and not gone on from: it ends with this part.
            for i in states.indices {
                let state = states[i]
                let distance = range.lowerBound - state.range.upperBound
                guard state.stepBits & bits != 0, state.language == language, distance >= 0,
                    distance <= 2 * Sequences.gap
                else { continue }
                for joint in [Joint.near, .gap] {
                    guard let node = sequences.step(from: state.node, part, joint),
                        text.allows(joint, from: state.range.upperBound, to: range.lowerBound)
                    else { continue }
                    let whole = state.range.lowerBound..<range.upperBound
                    reach(
                        node, whole, firstEnd: state.firstEnd, lastStart: range.lowerBound, language, sequences, found)
                }
            }
            let node = sequences.firstNodes[Int(part)]
            if node > 0 {
                reach(node, range, firstEnd: range.upperBound, lastStart: range.upperBound, language, sequences, found)
            }
        }

        private mutating func reach(
            _ node: UInt32, _ range: Range<Int>, firstEnd: Int, lastStart: Int, _ language: UInt8,
            _ sequences: Sequences,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            for pattern in sequences.complete[Int(node)] { found(pattern, range, firstEnd..<max(firstEnd, lastStart)) }
            // What goes on nowhere has come to its end.
            let stepBits = sequences.stepBits[Int(node)]
            guard stepBits != 0 else { return }
            if states.isEmpty { states.reserveCapacity(16) }
            states.append(
                State(node: node, language: language, stepBits: stepBits, range: range, firstEnd: firstEnd))
        }
    }
}

extension FoldedText {
    /// May what stands between two parts of a pattern stand there?
    fileprivate func allows(_ joint: Sequences.Joint, from start: Int, to end: Int) -> Bool {
        switch joint {
        case .gap: end - start <= Sequences.gap && end > start && !tokens.hasClauseEnd(from: start, to: end)
        case .near: isFiller(start, end)
        }
    }

    /// Do only spaces, quotes, small words and things stand between?
    private func isFiller(_ start: Int, _ end: Int) -> Bool {
        var i = start
        while i < end {
            if let thing = tokens.end(ofThingAt: i) {
                i = thing
                continue
            }
            switch bytes[i] {
            case 0x20, .ascii("'"), .ascii("\""), .ascii("<"), .ascii(">"), .ascii("("), .ascii(")"), .ascii("["),
                .ascii("]"), .ascii(":"), .ascii("-"), .ascii(","), .ascii("`"), .ascii("*"), .ascii("="):
                i += 1
            case let byte where byte.isWordByte:
                var word: UInt64 = 0
                let first = i
                while i < bytes.count, bytes[i].isWordByte || bytes[i] == .ascii("-") && i > first {
                    guard i - first < 8 else { return false }
                    word = word << 8 | UInt64(bytes[i])
                    i += 1
                }
                guard i <= end, Self.smallWords.contains(word) else { return false }
            default: return false
            }
        }
        return true
    }

    private static let smallWords = Set(
        """
        the a an is was are be has have been had this that your our its his her their my of to for at on in email e-mail
        mail smtp local given such der die das den dem ist wurde hat le la les un une est a ete el los una es esta ha
        il lo e stato stata o os foi de do da het een werd jest was
        """.utf8.split { $0 == 0x20 || $0 == 0x0A }.map(Tokens.packed))
}
