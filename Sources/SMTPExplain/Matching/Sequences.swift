/// Patterns of several parts: which part follows which. A trie whose steps are parts, so that patterns that begin alike
/// are followed as one.
struct Sequences: Sendable {
    /// What may stand between a part and the next.
    enum Joint {
        /// Small words, names and quotes.
        case near
        /// Up to ``Sequences/gap`` bytes of the same sentence.
        case gap
    }

    /// The most that ` ... ` in a pattern skips.
    static let gap = 60

    /// What one reads of a node, together.
    private struct Node {
        /// A bit for each part that leads on from it; parts may share one. Nearly always it tells that there is none.
        var stepBits: UInt64 = 0
        /// The first of the patterns that are complete here, in ``complete``; 0 where there is none.
        var firstComplete: UInt32 = 0
        var lastComplete: UInt32 = 0
    }

    /// What one reads of a part, together.
    private struct Part {
        /// A bit for the language of it, and so of its patterns; languages may share one: parts of two follow on none
        /// another.
        let languages: UInt64
        /// The node that it leads to from the beginning; 0 where no pattern begins with it.
        var firstNode: UInt32 = 0
        /// A bit for each node from which it leads on; nodes may share one.
        var nodeBits: UInt64 = 0
    }

    private var steps = StepTable()
    private var nodes = [Node()]
    private var parts = [Part(languages: .max)]
    /// Patterns that are complete at a node, and where the next of the same node stands.
    private var complete: [(pattern: UInt32, next: UInt32)] = [(0, 0)]

    /// The part that any IP address is, whatever the language.
    static let address: UInt32 = 0
    /// Those parts for which an IP address may stand.
    private var namesOfAddresses: Set<UInt32> = []

    private static func bit(_ number: UInt32) -> UInt64 { 1 << UInt64(number & 63) }

    /// Makes room for so many steps.
    mutating func reserve(_ count: Int) {
        nodes.reserveCapacity(count)
        complete.reserveCapacity(count)
    }

    /// Returns the number of the part.
    mutating func addPart(language: Int, isAddress: Bool) -> UInt32 {
        let number = UInt32(parts.count)
        parts.append(Part(languages: 1 << UInt64(language & 63)))
        if isAddress { namesOfAddresses.insert(number) }
        return number
    }

    /// A bit for the language of a part.
    func languages(of part: UInt32) -> UInt64 { parts[Int(part)].languages }

    mutating func add(_ parts: [(part: UInt32, joint: Joint)], pattern: UInt32) {
        var ends: [UInt32] = [0]
        for (part, joint) in parts { ends = ends.flatMap { next(from: $0, part, joint) } }
        for end in ends {
            let place = UInt32(complete.count)
            complete.append((pattern, 0))
            if nodes[Int(end)].firstComplete == 0 { nodes[Int(end)].firstComplete = place }
            // What follows on the place before all others, nobody reads.
            complete[Int(nodes[Int(end)].lastComplete)].next = place
            nodes[Int(end)].lastComplete = place
        }
    }

    /// Where a part leads from a node, from now on if not before: by its words, and by an address where one may stand for
    /// it. They are two only where an address leads on already, from a part of another language.
    private mutating func next(from node: UInt32, _ part: UInt32, _ joint: Joint) -> [UInt32] {
        var next = steps[node, part][joint]
        if next == 0 {
            next = UInt32(nodes.count)
            nodes.append(Node())
            lead(from: node, part, joint, to: next)
        }
        guard namesOfAddresses.contains(part) else { return [next] }
        let byAddress = steps[node, Self.address][joint]
        if byAddress == 0 { lead(from: node, Self.address, joint, to: next) }
        return byAddress == 0 || byAddress == next ? [next] : [next, byAddress]
    }

    private mutating func lead(from node: UInt32, _ part: UInt32, _ joint: Joint, to next: UInt32) {
        steps[node, part][joint] = next
        nodes[Int(node)].stepBits |= Self.bit(part)
        parts[Int(part)].nodeBits |= Self.bit(node)
        if node == 0, joint == .near { parts[Int(part)].firstNode = next }
    }

    /// How far patterns have come in one text.
    struct Progress {
        /// Small, as many are looked at for each part.
        private struct State {
            /// A bit for each step from the node.
            let stepBits: UInt64
            /// A bit for each in which it may go on.
            let languages: UInt64
            let node: UInt32
            /// Of what was found so far.
            let start: UInt32
            let end: UInt32
            /// Where the first part ends.
            let firstEnd: UInt32
        }

        private var states: [State] = []
        /// Of each language, a bit for each part that some state has waited for. Languages may share a number; nearly
        /// always it tells that nothing waits for a part of another language than the text's.
        private var awaited = InlineArray<64, UInt64>(repeating: 0)

        /// Before a part is taken: of many states, the oldest give way, which bounds the work on a text that is made of
        /// beginnings.
        @inline(__always)
        mutating func makeRoom() {
            if states.count > 64 { states.removeFirst(states.count - 32) }
        }

        /// Does any state wait for this part? Mutating, as otherwise it would work on a copy of all the bits.
        @inline(__always)
        mutating func awaits(_ part: UInt32, _ sequences: Sequences) -> Bool {
            let bit = Sequences.bit(part)
            // One, but for an address.
            var languages = sequences.parts[Int(part)].languages
            while languages != 0 {
                if awaited[languages.trailingZeroBitCount] & bit != 0 { return true }
                languages &= languages - 1
            }
            return false
        }

        /// Goes on by a part that was found, in the order in which they begin; gives each pattern that it completes, with
        /// the whole range and what lies between its first and its last part.
        ///
        /// Inlined, as a closure that is passed on counts references.
        @inline(__always)
        mutating func goOn(
            by part: UInt32, _ range: Range<Int>, _ sequences: Sequences, _ text: FoldedText,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            let (languages, nodeBits) = (sequences.parts[Int(part)].languages, sequences.parts[Int(part)].nodeBits)
            let bit = Sequences.bit(part)
            // What is reached on the way is appended, and not gone on from: it ends with this part.
            let count = states.count
            for i in 0..<count where states[i].stepBits & bit != 0 && states[i].languages & languages != 0 {
                let state = states[i]
                let (start, end) = (Int(state.start), Int(state.end))
                let distance = range.lowerBound - end
                guard distance >= 0, distance <= 2 * Sequences.gap, nodeBits & Sequences.bit(state.node) != 0 else {
                    continue
                }
                let ways = sequences.steps[state.node, part]
                for joint in [Joint.near, .gap] where ways[joint] != 0 {
                    guard text.allows(joint, from: end, to: range.lowerBound) else { continue }
                    reach(
                        ways[joint], start..<range.upperBound, firstEnd: Int(state.firstEnd),
                        lastStart: range.lowerBound,
                        state.languages & languages, sequences, found)
                }
            }
        }

        /// Begins with a part that was found, behind ``goOn(by:_:_:_:_:)``; gives the same.
        @inline(__always)
        mutating func begin(
            with part: UInt32, _ range: Range<Int>, _ sequences: Sequences,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            let (node, languages) = (sequences.parts[Int(part)].firstNode, sequences.parts[Int(part)].languages)
            guard node > 0 else { return }
            reach(node, range, firstEnd: range.upperBound, lastStart: range.upperBound, languages, sequences, found)
        }

        @inline(__always)
        private mutating func reach(
            _ node: UInt32, _ range: Range<Int>, firstEnd: Int, lastStart: Int, _ languages: UInt64,
            _ sequences: Sequences,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            let stepBits = sequences.nodes[Int(node)].stepBits
            var place = sequences.nodes[Int(node)].firstComplete
            while place != 0 {
                let (pattern, next) = sequences.complete[Int(place)]
                found(pattern, range, firstEnd..<max(firstEnd, lastStart))
                place = next
            }
            // What goes on nowhere has come to its end.
            guard stepBits != 0 else { return }
            // Memory that malloc keeps at hand.
            if states.isEmpty { states.reserveCapacity(24) }
            // One, but for an address.
            var rest = languages
            while rest != 0 {
                awaited[rest.trailingZeroBitCount] |= stepBits
                rest &= rest - 1
            }
            states.append(
                State(
                    stepBits: stepBits, languages: languages, node: node, start: UInt32(range.lowerBound),
                    end: UInt32(range.upperBound), firstEnd: UInt32(firstEnd)))
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
            case let byte where byte >= 0x80:
                let first = i
                if UInt8.isWordLead(byte, i + 1 < bytes.count ? bytes[i + 1] : 0) {
                    while i < end, bytes[i] >= 0x80 { i += 1 }
                } else {
                    // A character of a script that sets no spaces between words.
                    i += 3
                }
                guard i <= end, i - first <= 8, Self.smallWords.contains(packed(first..<i)) else { return false }
            default: return false
            }
        }
        return true
    }

    private static let smallWords = WordSet(
        """
        the a an is was are be has have been had this that your our its his her their my of to for at on in email e-mail
        mail smtp local given such der die das den dem ist wurde hat le la les un une est a ete el los una es esta ha
        il lo e stato stata o os foi de do da het een werd jest was ini itu telah sudah nay bu
        का की के को यह में هذا هذه قد این הזה הזאת של את
        的 已 经 經 被 尚 并 並 也 均 都 是 为 為 目 前 现 現 在 当 當 该 該 此 这 這 个 個
        は が も を に の 가 이 은 는 을 를 의 에 도
        """)
}
