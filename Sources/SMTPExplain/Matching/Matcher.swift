/// Finds every one of many literals in a text, however many there are, and gives what was said to each.
///
/// A literal counts only where it does not begin inside a word, or right behind a number (`20MB`), so it is enough to
/// go down a trie from the beginning of each word, and most words begin as no literal does. Literals are in lower case with plain
/// spaces; in the text, letter case and kinds of white space do not matter.
///
/// What costs here is memory that no cache holds: between two replies, other work has pushed the tables out. So
/// literals with the same beginning have a trie of their own, in one piece, with the values in it; and what
/// follows a node without a choice is part of it. A word that begins as some literals do touches few lines.
struct Matcher<Value: BitwiseCopyable & Sendable>: Sendable {
    /// Beginnings of literals that share all but their last bits: the first three bytes, by their lower five bits.
    private struct Beginnings {
        /// A bit for each of 64.
        var present: UInt64 = 0
        /// How many there are before these.
        var before: UInt32 = 0
    }

    /// What a node begins with. Behind it are its tail; the values of the literals that end there; the labels of its
    /// children, a byte each; and where they stand in ``nodes``, four bytes each.
    private struct Node {
        let values: UInt32
        let children: UInt16
        /// The bytes between the label on the way in and what follows.
        let tailLength: UInt16
    }

    /// Of all beginnings, in their order.
    private var beginnings = [Beginnings](repeating: Beginnings(), count: 1 << 15 / 64)
    /// For each beginning that is present, where its trie stands in ``nodes``.
    private var tries: [UInt32] = []
    private var nodes: [UInt8] = []

    /// Literals may repeat, and each is found then. An empty one never is.
    init(_ literals: [(bytes: [UInt8], value: Value)]) {
        let literals = Self.sorted(literals)
        var byBeginning: [(beginning: Int, literal: Int)] = []
        byBeginning.reserveCapacity(literals.count)
        for (index, literal) in literals.enumerated() where !literal.bytes.isEmpty {
            for beginning in Self.beginnings(of: literal.bytes) { byBeginning.append((beginning, index)) }
        }
        byBeginning.sort { $0 < $1 }
        let ordered = byBeginning.map { literals[$0.literal] }
        var start = 0
        while start < ordered.count {
            let beginning = byBeginning[start].beginning
            let end = byBeginning[start...].firstIndex { $0.beginning != beginning } ?? ordered.count
            beginnings[beginning >> 6].present |= 1 << UInt64(beginning & 63)
            tries.append(UInt32(nodes.count))
            append(start..<end, of: ordered, at: 0)
            start = end
        }
        for i in beginnings.indices.dropFirst() {
            beginnings[i].before = beginnings[i - 1].before + UInt32(beginnings[i - 1].present.nonzeroBitCount)
        }
    }

    private static func sorted(_ literals: [(bytes: [UInt8], value: Value)]) -> [(bytes: [UInt8], value: Value)] {
        // Most pairs differ in their first bytes, which compare faster as a number.
        let heads = literals.map { literal in
            (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < literal.bytes.count ? UInt64(literal.bytes[$1]) : 0) }
        }
        let order = literals.indices.sorted { a, b in
            heads[a] != heads[b] ? heads[a] < heads[b] : literals[a].bytes.lexicographicallyPrecedes(literals[b].bytes)
        }
        return order.map { literals[$0] }
    }

    /// Where a literal is shorter than three bytes, anything may follow.
    private static func beginnings(of literal: [UInt8]) -> Range<Int> {
        let bits = literal.prefix(3).reduce(0) { $0 << 5 | Int($1 & 31) }
        let open = 5 * max(0, 3 - literal.count)
        return bits << open..<(bits + 1) << open
    }

    /// Appends the node of those literals in `range` of the sorted ones, which share their first `depth` bytes, and
    /// all that is below it.
    private mutating func append(
        _ range: Range<Int>, of literals: [(bytes: [UInt8], value: Value)], at depth: Int
    ) {
        let (first, last) = (literals[range.lowerBound].bytes, literals[range.upperBound - 1].bytes)
        let shared = (depth..<min(first.count, last.count)).first { first[$0] != last[$0] }
        let end = min(shared ?? min(first.count, last.count), depth + Int(UInt16.max))
        // Where the literals begin that go on with a child, and where the last ones end.
        var bounds = [range.first { literals[$0].bytes.count > end } ?? range.upperBound]
        while let start = bounds.last, start < range.upperBound {
            let label = literals[start].bytes[end]
            bounds.append((start..<range.upperBound).first { literals[$0].bytes[end] != label } ?? range.upperBound)
        }
        let children = bounds.dropLast()
        appendBytes(
            of: Node(
                values: UInt32(bounds[0] - range.lowerBound), children: UInt16(children.count),
                tailLength: UInt16(end - depth)))
        nodes += first[depth..<end]
        for i in range.lowerBound..<bounds[0] { appendBytes(of: literals[i].value) }
        for start in children { nodes.append(literals[start].bytes[end]) }
        let ways = nodes.count
        for _ in children { appendBytes(of: UInt32(0)) }
        for (i, start) in children.enumerated() {
            let way = ways + 4 * i
            withUnsafeBytes(of: UInt32(nodes.count)) { nodes.replaceSubrange(way..<way + 4, with: $0) }
            append(start..<bounds[i + 1], of: literals, at: end + 1)
        }
    }

    private mutating func appendBytes(of value: some BitwiseCopyable) {
        withUnsafeBytes(of: value) { nodes += $0 }
    }

    /// Calls `found` with the value and range of each literal in `text`, in the order in which they begin, the
    /// shorter before the longer.
    func scan(_ text: [UInt8], _ found: (Value, Range<Int>) -> Void) {
        text.withUnsafeBufferPointer { text in
            foldedBytes.withUnsafeBufferPointer { folded in
                nodes.withUnsafeBytes { nodes in
                    var (isInWord, isInNumber) = (false, false)
                    func byte(at index: Int) -> UInt8 { index < text.count ? folded[Int(text[index])] : 0 }
                    for start in text.indices {
                        let first = byte(at: start)
                        // Inside a character nothing begins.
                        if first & 0xC0 == 0x80 { continue }
                        let wasInWord = isInWord
                        isInWord =
                            first < 0x80 ? first.isWordByte : UInt8.isWordLead(first, byte(at: start + 1))
                        let followsNumber = isInNumber
                        isInNumber = first.isDigit && (isInNumber || !wasInWord)
                        if wasInWord && isInWord && !(followsNumber && first.isLetter) { continue }
                        let beginning =
                            Int(first & 31) << 10 | Int(byte(at: start + 1) & 31) << 5
                            | Int(byte(at: start + 2) & 31)
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
        _ folded: UnsafeBufferPointer<UInt8>, _ found: (Value, Range<Int>) -> Void
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
            for _ in 0..<node.values {
                found(nodes.loadUnaligned(fromByteOffset: at, as: Value.self), start..<end)
                at += MemoryLayout<Value>.size
            }
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

/// Lower case, and every white space a space.
private let foldedBytes = (0...255).map { (byte: UInt8) in byte.isSpace ? 0x20 : byte.lowercased }
