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

    /// Where a part leads from a node, by what stands before it; to 0 where it leads nowhere.
    private struct Ways {
        var near: UInt32 = 0
        var gap: UInt32 = 0

        subscript(_ joint: Joint) -> UInt32 {
            get { joint == .near ? near : gap }
            set { if joint == .near { near = newValue } else { gap = newValue } }
        }
    }

    /// By a node and a part.
    private var steps: [UInt64: Ways] = [:]
    /// Of each node, a bit for each part that leads on from it; parts may share one. Nearly always it tells that there
    /// is none.
    private var stepBits: [UInt64] = [0]
    /// The patterns that are complete at a node; most have none or one.
    private var complete: [[UInt32]] = [[]]
    /// Of each part, and so of each pattern, a bit for the language, which may share it: parts of two languages follow
    /// on none another.
    private var languages: [UInt64] = [.max]
    /// The node that each part leads to from the beginning; 0 where no pattern begins with it.
    private var firstNodes: [UInt32] = [0]

    /// The part that any IP address is, whatever the language.
    static let address: UInt32 = 0
    /// Those parts for which an IP address may stand.
    private var namesOfAddresses: Set<UInt32> = []

    private static func key(_ node: UInt32, _ part: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(part) }

    private static func bit(_ part: UInt32) -> UInt64 { 1 << UInt64(part & 63) }

    /// Makes room for so many steps.
    mutating func reserve(_ count: Int) {
        steps.reserveCapacity(count)
        stepBits.reserveCapacity(count)
        complete.reserveCapacity(count)
    }

    /// Returns the number of the part.
    mutating func addPart(language: Int, isAddress: Bool) -> UInt32 {
        let number = UInt32(languages.count)
        languages.append(1 << UInt64(language & 63))
        firstNodes.append(0)
        if isAddress { namesOfAddresses.insert(number) }
        return number
    }

    /// A bit for the language of a part.
    func languages(of part: UInt32) -> UInt64 { languages[Int(part)] }

    mutating func add(_ parts: [(part: UInt32, joint: Joint)], pattern: UInt32) {
        var nodes: [UInt32] = [0]
        for (part, joint) in parts { nodes = nodes.flatMap { next(from: $0, part, joint) } }
        for node in nodes { complete[Int(node)].append(pattern) }
    }

    /// Where a part leads from a node, from now on if not before: by its words, and by an address where one may stand for
    /// it. They are two only where an address leads on already, from a part of another language.
    private mutating func next(from node: UInt32, _ part: UInt32, _ joint: Joint) -> [UInt32] {
        var next = way(from: node, part, joint)
        if next == 0 {
            next = UInt32(complete.count)
            stepBits.append(0)
            complete.append([])
            lead(from: node, part, joint, to: next)
        }
        guard namesOfAddresses.contains(part) else { return [next] }
        let byAddress = way(from: node, Self.address, joint)
        if byAddress == 0 { lead(from: node, Self.address, joint, to: next) }
        return byAddress == 0 || byAddress == next ? [next] : [next, byAddress]
    }

    /// 0 where there is no way.
    private func way(from node: UInt32, _ part: UInt32, _ joint: Joint) -> UInt32 {
        steps[Self.key(node, part)]?[joint] ?? 0
    }

    private mutating func lead(from node: UInt32, _ part: UInt32, _ joint: Joint, to next: UInt32) {
        steps[Self.key(node, part), default: Ways()][joint] = next
        stepBits[Int(node)] |= Self.bit(part)
        if node == 0, joint == .near { firstNodes[Int(part)] = next }
    }

    /// How far patterns have come in one text.
    struct Progress {
        private struct State {
            let node: UInt32
            /// A bit for each in which it may go on.
            let languages: UInt64
            /// A bit for each step from the node.
            let stepBits: UInt64
            let range: Range<Int>
            /// Where the first part ends.
            let firstEnd: Int
        }

        private var states: [State] = []
        /// Of each language, a bit for each part that some state has waited for. Languages may share a number; nearly
        /// always it tells that nothing waits for a part of another language than the text's.
        private var awaited = InlineArray<64, UInt64>(repeating: 0)

        /// Takes a part that was found, in the order in which they begin; gives each pattern that it completes, with
        /// the whole range and what lies between its first and its last part.
        ///
        /// Inlined, as a closure that is passed on counts references.
        @inline(__always)
        mutating func take(
            _ part: UInt32, _ range: Range<Int>, _ sequences: Sequences, _ text: FoldedText,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            // The oldest give way; this bounds the work on a text that is made of beginnings.
            if states.count > 64 { states.removeFirst(states.count - 32) }
            let languages = sequences.languages[Int(part)]
            let bit = Sequences.bit(part)
            // What is reached on the way is appended, and not gone on from: it ends with this part.
            let end = isAwaited(bit, languages) ? states.count : 0
            for i in 0..<end where states[i].stepBits & bit != 0 && states[i].languages & languages != 0 {
                let state = states[i]
                let distance = range.lowerBound - state.range.upperBound
                guard distance >= 0, distance <= 2 * Sequences.gap,
                    let ways = sequences.steps[Sequences.key(state.node, part)]
                else { continue }
                for joint in [Joint.near, .gap] where ways[joint] != 0 {
                    guard text.allows(joint, from: state.range.upperBound, to: range.lowerBound) else { continue }
                    let whole = state.range.lowerBound..<range.upperBound
                    reach(
                        ways[joint], whole, firstEnd: state.firstEnd, lastStart: range.lowerBound,
                        state.languages & languages, sequences, found)
                }
            }
            let node = sequences.firstNodes[Int(part)]
            if node > 0 {
                reach(node, range, firstEnd: range.upperBound, lastStart: range.upperBound, languages, sequences, found)
            }
        }

        @inline(__always)
        private mutating func reach(
            _ node: UInt32, _ range: Range<Int>, firstEnd: Int, lastStart: Int, _ languages: UInt64,
            _ sequences: Sequences,
            _ found: (UInt32, Range<Int>, Range<Int>) -> Void
        ) {
            for pattern in sequences.complete[Int(node)] { found(pattern, range, firstEnd..<max(firstEnd, lastStart)) }
            // What goes on nowhere has come to its end.
            let stepBits = sequences.stepBits[Int(node)]
            guard stepBits != 0 else { return }
            if states.isEmpty { states.reserveCapacity(24) }
            for language in Self.numbers(languages) { awaited[language] |= stepBits }
            states.append(
                State(node: node, languages: languages, stepBits: stepBits, range: range, firstEnd: firstEnd))
        }

        private func isAwaited(_ bit: UInt64, _ languages: UInt64) -> Bool {
            Self.numbers(languages).contains { awaited[$0] & bit != 0 }
        }

        /// The numbers of the bits that are set: one, but for an address.
        private static func numbers(_ languages: UInt64) -> some Sequence<Int> {
            sequence(state: languages) { rest in
                guard rest != 0 else { return nil }
                defer { rest &= rest - 1 }
                return rest.trailingZeroBitCount
            }
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
