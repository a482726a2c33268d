/// Finds every one of many literals in a text, in one pass however many there are (Aho and Corasick, 1975).
///
/// The nodes of the trie are numbered breadth first, so the children of a node stand in a row and a node
/// needs no more than the number of its first child.
struct Matcher: Sendable {
    /// The label on the way into each node.
    private var labels: [UInt8] = [0]
    /// For each node, its first child; its last is before the next node's first child.
    private var firstChild: [UInt32] = []
    /// Where to go on when no child fits: the longest proper suffix that is a node.
    private var failure: [UInt32] = [0]
    /// The literal that ends here, or -1.
    private var literal: [Int32] = []
    /// The next node along the failures at which a literal ends, or 0.
    private var nextOutput: [UInt32] = [0]
    private var depth: [UInt16] = [0]
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
        grow(literals, order)
        linkFailures()
    }

    private mutating func grow(_ literals: [[UInt8]], _ order: [Int]) {
        // Each node is the range of the sorted literals that share its prefix.
        var ranges: [Range<Int>] = [0..<order.count]
        var node = 0
        while node < ranges.count {
            var (low, high, level) = (ranges[node].lowerBound, ranges[node].upperBound, Int(depth[node]))
            literal.append(-1)
            if low < high, literals[order[low]].count == level {
                literal[node] = Int32(order[low])
                low += 1
            }
            firstChild.append(UInt32(labels.count))
            while low < high {
                let label = literals[order[low]][level]
                var end = low + 1
                while end < high, literals[order[end]][level] == label { end += 1 }
                if node == 0 { fromRoot[Int(label)] = UInt32(labels.count) }
                labels.append(label)
                depth.append(UInt16(level + 1))
                failure.append(0)
                nextOutput.append(0)
                ranges.append(low..<end)
                low = end
            }
            node += 1
        }
        firstChild.append(UInt32(labels.count))
    }

    private mutating func linkFailures() {
        for node in labels.indices {
            for child in Int(firstChild[node])..<Int(firstChild[node + 1]) where node != 0 {
                let target = next(from: Int(failure[node]), labels[child])
                failure[child] = UInt32(target)
                nextOutput[child] = literal[target] >= 0 ? UInt32(target) : nextOutput[target]
            }
        }
    }

    private func child(of node: Int, _ label: UInt8) -> Int? {
        if node == 0 {
            let child = Int(fromRoot[Int(label)])
            return child == 0 ? nil : child
        }
        var i = Int(firstChild[node])
        let end = Int(firstChild[node + 1])
        while i < end {
            if labels[i] == label { return i }
            i += 1
        }
        return nil
    }

    private func next(from start: Int, _ byte: UInt8) -> Int {
        var node = start
        while true {
            if let child = child(of: node, byte) { return child }
            if node == 0 { return 0 }
            node = Int(failure[node])
        }
    }

    /// Calls `found` with the index and range of each literal in `text`, in the order in which they end.
    func scan(_ text: [UInt8], _ found: (Int, Range<Int>) -> Void) {
        var node = 0
        for i in text.indices {
            node = next(from: node, text[i])
            var output = literal[node] >= 0 ? node : Int(nextOutput[node])
            while output != 0 {
                found(Int(literal[output]), i + 1 - Int(depth[output])..<i + 1)
                output = Int(nextOutput[output])
            }
        }
    }
}
