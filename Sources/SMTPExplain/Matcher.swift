/// Finds every one of many literals in a text, in one pass however many there are (Aho and Corasick, 1975).
/// A literal counts only where it does not begin inside a word, so most words are left at their first letters.
/// Literals are in lower case with plain spaces; in the text, letter case and kinds of white space do not matter.
///
/// The nodes of the trie are numbered breadth first, so the children of a node stand in a row and a node
/// needs no more than the number of its first child.
struct Matcher: Sendable {
    private struct Node {
        /// A bit for each label on the way to a child.
        var children: UInt64 = 0
        /// Its last child is before the next node's first child.
        var firstChild: UInt32 = 0
        /// Where to go on when no child fits: the longest proper suffix that is a node and begins no word's middle.
        var failure: UInt32 = 0
        /// The next node along the failures, this one first, at which a literal ends; 0 where there is none.
        var output: UInt32 = 0
        /// The literal that ends here, or -1.
        var literal: Int32 = -1
        var depth: UInt32
    }

    private var nodes = [Node(depth: 0)]
    /// The label on the way into each node.
    private var labels: [UInt8] = [0]
    /// The bit of each label, in their order; 0 for a byte that is none. Beyond 63 labels, the rest share the last bit.
    private var bits = [UInt64](repeating: 0, count: 256)
    /// Children of the root by label, 0 where there is none.
    private var fromRoot = [UInt32](repeating: 0, count: 256)

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
        grow(literals, order)
        linkFailures()
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
        // Each node is the range of the sorted literals that share its prefix.
        var ranges: [Range<Int>] = [0..<order.count]
        var node = 0
        while node < ranges.count {
            var (low, high, level) = (ranges[node].lowerBound, ranges[node].upperBound, Int(nodes[node].depth))
            if low < high, literals[order[low]].count == level {
                nodes[node].literal = Int32(order[low])
                low += 1
            }
            nodes[node].firstChild = UInt32(labels.count)
            while low < high {
                let label = literals[order[low]][level]
                var end = low + 1
                while end < high, literals[order[end]][level] == label { end += 1 }
                if node == 0 { fromRoot[Int(label)] = UInt32(labels.count) }
                nodes[node].children |= bits[Int(label)]
                labels.append(label)
                nodes.append(Node(depth: UInt32(level + 1)))
                ranges.append(low..<end)
                low = end
            }
            node += 1
        }
        nodes.append(Node(firstChild: UInt32(labels.count), depth: 0))
    }

    private mutating func linkFailures() {
        for node in labels.indices {
            for child in Int(nodes[node].firstChild)..<Int(nodes[node + 1].firstChild) {
                if node != 0 {
                    let startsWord = !(labels[node].isWordByte && labels[child].isWordByte)
                    nodes[child].failure = UInt32(
                        next(from: Int(nodes[node].failure), labels[child], startsWord: startsWord))
                }
                nodes[child].output =
                    nodes[child].literal >= 0 ? UInt32(child) : nodes[Int(nodes[child].failure)].output
            }
        }
    }

    private func next(from start: Int, _ byte: UInt8, startsWord: Bool) -> Int {
        let bit = bits[Int(byte)]
        guard bit != 0 else { return 0 }
        var node = start
        while node != 0 {
            let children = nodes[node].children
            if children & bit != 0 {
                let first = Int(nodes[node].firstChild) + (children & (bit - 1)).nonzeroBitCount
                if bit != 1 << 63 { return first }
                if let child = labels[first..<Int(nodes[node + 1].firstChild)].firstIndex(of: byte) { return child }
            }
            node = Int(nodes[node].failure)
        }
        return startsWord ? Int(fromRoot[Int(byte)]) : 0
    }

    /// Lower case, and every white space a space.
    private static let folded = (0...255).map { (byte: UInt8) in byte.isSpace ? 0x20 : byte.lowercased }

    /// Calls `found` with the index and range of each literal in `text`, in the order in which they end.
    func scan(_ text: [UInt8], _ found: (Int, Range<Int>) -> Void) {
        var node = 0
        var isInWord = false
        let folded = Self.folded
        for i in text.indices {
            let byte = folded[Int(text[i])]
            let isWord = byte.isWordByte
            let startsWord = !(isInWord && isWord)
            isInWord = isWord
            if node == 0, !startsWord { continue }
            node = next(from: node, byte, startsWord: startsWord)
            var output = Int(nodes[node].output)
            while output != 0 {
                let end = nodes[output]
                found(Int(end.literal), i + 1 - Int(end.depth)..<i + 1)
                output = Int(nodes[Int(end.failure)].output)
            }
        }
    }
}
