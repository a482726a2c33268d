/// Finds every one of many literals in a text, however many there are.
///
/// A literal counts only where it does not begin inside a word, so it is enough to go down a trie from the
/// beginning of each word, and most words leave it at their first letters. Literals are in lower case with plain
/// spaces; in the text, letter case and kinds of white space do not matter.
///
/// What follows a node without a choice is part of it. So the trie is small enough to stay in the processor's
/// cache, and a literal that nothing else resembles is compared like a string.
struct Matcher: Sendable {
    private struct Node {
        /// A bit for each label on the way to a child.
        var children: UInt64 = 0
        /// Children stand in a row, by their labels; the last one is before the next node's first child.
        var firstChild: UInt32 = 0
        /// What stands between the label on the way in and the choice of a child, in ``tails``.
        var tail: UInt32 = 0
        var tailLength: UInt32 = 0
        /// The literal that ends behind the tail, or -1.
        var literal: Int32 = -1
    }

    /// The root comes first; behind the last node is one more, which no way leads to.
    private var nodes: [Node] = []
    /// The label on the way into each node.
    private var labels: [UInt8] = [0]
    private var tails: [UInt8] = []
    /// The bit of each label, in their order; 0 for a byte that is none. Beyond 63 labels, the rest share the last bit.
    private var bits = [UInt64](repeating: 0, count: 256)
    /// Children of the root by label, 0 where there is none.
    private var fromRoot = [UInt32](repeating: 0, count: 256)
    /// A bit for each beginning of a literal, three bytes by their lower five bits: few words of a text are as
    /// lucky as to begin so, and none of the others needs to be looked for.
    private var beginnings = [UInt64](repeating: 0, count: 1 << 15 / 64)

    /// The literals, without repetition; a match names them by their index.
    init(_ literals: [[UInt8]]) {
        // Most pairs differ in their first bytes, which compare faster as a number.
        let heads = literals.map { literal in
            (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < literal.count ? UInt64(literal[$1]) : 0) }
        }
        let order = literals.indices.sorted { a, b in
            heads[a] != heads[b] ? heads[a] < heads[b] : literals[a].lexicographicallyPrecedes(literals[b])
        }
        assignBits(literals)
        for literal in literals { noteBeginning(literal[...], at: 0, of: 0) }
        grow(literals, order)
    }

    /// Where a literal is shorter than three bytes, anything may follow.
    private mutating func noteBeginning(_ literal: ArraySlice<UInt8>, at depth: Int, of beginning: Int) {
        guard depth < 3 else {
            beginnings[beginning >> 6] |= 1 << UInt64(beginning & 63)
            return
        }
        let labels = literal.first.map { $0...$0 } ?? 0...31
        for label in labels {
            noteBeginning(literal.dropFirst(), at: depth + 1, of: beginning << 5 | Int(label & 31))
        }
    }

    private mutating func assignBits(_ literals: [[UInt8]]) {
        var isUsed = [Bool](repeating: false, count: 256)
        for literal in literals { for label in literal { isUsed[Int(label)] = true } }
        var rank = 0
        for label in bits.indices where isUsed[label] {
            bits[label] = 1 << min(rank, 63)
            rank += 1
        }
    }

    private mutating func grow(_ literals: [[UInt8]], _ order: [Int]) {
        // Each node is a range of the sorted literals, which share their first `depth` bytes.
        var waiting: [(literals: Range<Int>, depth: Int)] = [(0..<order.count, 0)]
        while nodes.count < waiting.count {
            let number = nodes.count
            var (rest, depth) = waiting[number]
            var node = Node(firstChild: UInt32(labels.count), tail: UInt32(tails.count))
            if number > 0 {
                let (first, last) = (literals[order[rest.lowerBound]], literals[order[rest.upperBound - 1]])
                let end = (depth..<min(first.count, last.count)).first { first[$0] != last[$0] }
                tails += first[depth..<(end ?? min(first.count, last.count))]
                node.tailLength = UInt32(tails.count) - node.tail
                depth += Int(node.tailLength)
            }
            if let first = rest.first, literals[order[first]].count == depth {
                if number > 0 { node.literal = Int32(order[first]) }
                rest = rest.dropFirst()
            }
            while let first = rest.first {
                let label = literals[order[first]][depth]
                let end = rest.first { literals[order[$0]][depth] != label } ?? rest.upperBound
                if number == 0 { fromRoot[Int(label)] = UInt32(labels.count) }
                node.children |= bits[Int(label)]
                labels.append(label)
                waiting.append((first..<end, depth + 1))
                rest = end..<rest.upperBound
            }
            nodes.append(node)
        }
        nodes.append(Node(firstChild: UInt32(labels.count)))
    }

    /// Lower case, and every white space a space.
    private static let folded = (0...255).map { (byte: UInt8) in byte.isSpace ? 0x20 : byte.lowercased }

    /// Calls `found` with the index and range of each literal in `text`, in the order in which they begin, the
    /// shorter before the longer.
    func scan(_ text: [UInt8], _ found: (Int, Range<Int>) -> Void) {
        text.withUnsafeBufferPointer { text in
            Self.folded.withUnsafeBufferPointer { folded in
                var isInWord = false
                for start in text.indices {
                    let byte = folded[Int(text[start])]
                    let wasInWord = isInWord
                    isInWord = byte.isWordByte
                    if wasInWord && isInWord { continue }
                    if start + 2 < text.count {
                        let (second, third) = (folded[Int(text[start + 1])], folded[Int(text[start + 2])])
                        let beginning = Int(byte & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
                        if beginnings[beginning >> 6] & 1 << UInt64(beginning & 63) == 0 { continue }
                    }
                    let node = Int(fromRoot[Int(byte)])
                    if node != 0 { walk(from: node, text, start, folded, found) }
                }
            }
        }
    }

    /// Goes down from a child of the root, the way into which is the byte at `start`.
    private func walk(
        from child: Int, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ folded: UnsafeBufferPointer<UInt8>,
        _ found: (Int, Range<Int>) -> Void
    ) {
        nodes.withUnsafeBufferPointer { nodes in
            tails.withUnsafeBufferPointer { tails in
                var node = child
                var end = start + 1
                while node != 0 {
                    let it = nodes[node]
                    let (tail, length) = (Int(it.tail), Int(it.tailLength))
                    guard length <= text.count - end else { return }
                    for i in 0..<length where folded[Int(text[end + i])] != tails[tail + i] { return }
                    end += length
                    if it.literal >= 0 { found(Int(it.literal), start..<end) }
                    guard end < text.count else { return }
                    node = self.child(of: node, nodes, folded[Int(text[end])])
                    end += 1
                }
            }
        }
    }

    /// The child that a byte leads to; 0 where there is none.
    private func child(of node: Int, _ nodes: UnsafeBufferPointer<Node>, _ byte: UInt8) -> Int {
        let (bit, children) = (bits[Int(byte)], nodes[node].children)
        guard children & bit != 0 else { return 0 }
        let first = Int(nodes[node].firstChild) + (children & (bit - 1)).nonzeroBitCount
        guard bit == 1 << 63 else { return first }
        return labels[first..<Int(nodes[node + 1].firstChild)].firstIndex(of: byte) ?? 0
    }
}
