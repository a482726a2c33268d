/// Finds every one of many literals in a text, however many there are.
///
/// A literal counts only where it does not begin inside a word, so it is enough to go down a trie from the
/// beginning of each word, and most words begin as no literal does. Literals are in lower case with plain
/// spaces; in the text, letter case and kinds of white space do not matter.
///
/// What costs here is memory that no cache holds: between two replies, other work has pushed the tables out. So
/// literals with the same beginning have a trie of their own, in one piece, and what follows a node without a
/// choice is part of it: a word that stands in some literals touches few lines.
struct Matcher: Sendable {
    /// Beginnings of literals that share all but their last bits: the first three bytes, by their lower five bits.
    private struct Beginnings {
        /// A bit for each of 64.
        var present: UInt64 = 0
        /// How many there are before these.
        var before: UInt32 = 0
    }

    /// What a node begins with. Behind it are its tail; the labels of its children, a byte each; and where they
    /// stand in ``nodes``, four bytes each.
    private struct Node {
        /// The literals that end behind the tail: the first of them, and how many.
        let first: UInt32
        let count: UInt32
        /// The bytes between the label on the way in and the choice of a child.
        let tailLength: UInt16
        let children: UInt16
    }

    /// Of all beginnings, in their order.
    private var beginnings = [Beginnings](repeating: Beginnings(), count: 1 << 15 / 64)
    /// For each beginning that is present, where its trie stands in ``nodes``.
    private var tries: [UInt32] = []
    private var nodes: [UInt8] = []

    /// The literals in the order of their bytes; a match names them by their index. An empty one is never found.
    init(sorted literals: [[UInt8]]) {
        var byBeginning: [(beginning: Int, literal: Int)] = []
        byBeginning.reserveCapacity(literals.count)
        for (index, literal) in literals.enumerated() where !literal.isEmpty {
            for beginning in Self.beginnings(of: literal) { byBeginning.append((beginning, index)) }
        }
        byBeginning.sort { $0 < $1 }
        var rest = byBeginning[...]
        while let beginning = rest.first?.beginning {
            let same = rest.prefix { $0.beginning == beginning }
            beginnings[beginning >> 6].present |= 1 << UInt64(beginning & 63)
            tries.append(UInt32(nodes.count))
            append(same.map(\.literal)[...], of: literals, at: 0)
            rest = rest.dropFirst(same.count)
        }
        for i in beginnings.indices.dropFirst() {
            beginnings[i].before = beginnings[i - 1].before + UInt32(beginnings[i - 1].present.nonzeroBitCount)
        }
    }

    /// Where a literal is shorter than three bytes, anything may follow.
    private static func beginnings(of literal: [UInt8]) -> Range<Int> {
        let bits = literal.prefix(3).reduce(0) { $0 << 5 | Int($1 & 31) }
        let open = 5 * max(0, 3 - literal.count)
        return bits << open..<(bits + 1) << open
    }

    /// Appends the node of literals that share their first `depth` bytes, given by their indices, and all below it.
    private mutating func append(_ indices: ArraySlice<Int>, of literals: [[UInt8]], at depth: Int) {
        let (first, last) = (literals[indices.first!], literals[indices.last!])
        let shared = (depth..<min(first.count, last.count)).first { first[$0] != last[$0] }
        let end = min(shared ?? min(first.count, last.count), depth + Int(UInt16.max))
        let ending = indices.prefix { literals[$0].count == end }
        var rest = indices.dropFirst(ending.count)
        var children: [ArraySlice<Int>] = []
        while let next = rest.first {
            children.append(rest.prefix { literals[$0][end] == literals[next][end] })
            rest = rest.dropFirst(children.last!.count)
        }
        let node = Node(
            first: UInt32(ending.first ?? 0), count: UInt32(ending.count), tailLength: UInt16(end - depth),
            children: UInt16(children.count))
        withUnsafeBytes(of: node) { nodes += $0 }
        nodes += first[depth..<end]
        nodes += children.map { literals[$0.first!][end] }
        var way = nodes.count
        nodes += [UInt8](repeating: 0, count: 4 * children.count)
        for child in children {
            withUnsafeBytes(of: UInt32(nodes.count)) { nodes.replaceSubrange(way..<way + 4, with: $0) }
            append(child, of: literals, at: end + 1)
            way += 4
        }
    }

    /// Lower case, and every white space a space.
    private static let folded = (0...255).map { (byte: UInt8) in byte.isSpace ? 0x20 : byte.lowercased }

    /// Calls `found` with the index and range of each literal in `text`, in the order in which they begin, the
    /// shorter before the longer.
    func scan(_ text: [UInt8], _ found: (Int, Range<Int>) -> Void) {
        text.withUnsafeBufferPointer { text in
            Self.folded.withUnsafeBufferPointer { folded in
                nodes.withUnsafeBytes { nodes in
                    var isInWord = false
                    for start in text.indices {
                        let byte = folded[Int(text[start])]
                        let wasInWord = isInWord
                        isInWord = byte.isWordByte
                        if wasInWord && isInWord { continue }
                        let second = start + 1 < text.count ? folded[Int(text[start + 1])] : 0
                        let third = start + 2 < text.count ? folded[Int(text[start + 2])] : 0
                        let beginning = Int(byte & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
                        if let trie = trie(of: beginning) { walk(from: trie, nodes, text, start, folded, found) }
                    }
                }
            }
        }
    }

    /// Where the trie of a beginning stands in ``nodes``.
    private func trie(of beginning: Int) -> Int? {
        let (some, bit) = (beginnings[beginning >> 6], UInt64(1) << UInt64(beginning & 63))
        guard some.present & bit != 0 else { return nil }
        return Int(tries[Int(some.before) + (some.present & (bit - 1)).nonzeroBitCount])
    }

    private func walk(
        from trie: Int, _ nodes: UnsafeRawBufferPointer, _ text: UnsafeBufferPointer<UInt8>, _ start: Int,
        _ folded: UnsafeBufferPointer<UInt8>, _ found: (Int, Range<Int>) -> Void
    ) {
        var at = trie
        var end = start
        while true {
            let node = nodes.loadUnaligned(fromByteOffset: at, as: Node.self)
            at += MemoryLayout<Node>.size
            let tail = Int(node.tailLength)
            guard tail <= text.count - end else { return }
            for i in 0..<tail where folded[Int(text[end + i])] != nodes[at + i] { return }
            at += tail
            end += tail
            for literal in 0..<Int(node.count) { found(Int(node.first) + literal, start..<end) }
            guard end < text.count else { return }
            let labels = nodes[at..<at + Int(node.children)]
            let label = folded[Int(text[end])]
            guard let child = labels.firstIndex(of: label) else { return }
            let way = labels.endIndex + 4 * (child - at)
            at = Int(nodes.loadUnaligned(fromByteOffset: way, as: UInt32.self))
            end += 1
        }
    }
}
