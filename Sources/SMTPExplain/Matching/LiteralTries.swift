/// The tries in which a ``Matcher`` looks for literals.
///
/// What costs there is memory that no cache holds: between two replies, other work has pushed the tables out. So
/// literals with the same beginning have a trie of their own, in one piece, with the values in it; and what
/// follows a node without a choice is part of it. A word that begins as some literals do touches few lines.
struct LiteralTries<Value: BitwiseCopyable & Sendable>: Sendable {
    /// Beginnings of literals that share all but their last bits: the first three bytes, by their lower five bits.
    struct Beginnings {
        /// A bit for each of 64.
        var present: UInt64 = 0
        /// How many there are before these.
        var before: UInt32 = 0
    }

    /// What a node begins with. Behind it are its tail; the values of the literals that end there; the labels of its
    /// children, a byte each; and where they stand in ``nodes``, four bytes each.
    struct Node {
        let values: UInt32
        /// Of the values, those that stand first, of literals that may end inside a word.
        let openValues: UInt32
        var children: UInt16
        /// The bytes between the label on the way in and what follows.
        let tailLength: UInt16
    }

    /// Of all beginnings, in their order.
    private(set) var beginnings = [Beginnings](repeating: Beginnings(), count: 1 << 15 / 64)
    /// For each beginning that is present, where its trie stands in ``nodes``.
    private(set) var tries: [UInt32] = []
    /// Eight zeros end it, so that eight bytes can be read from any place in it.
    private(set) var nodes: [UInt8] = []
    /// Does any literal begin with a space?
    let beginWithSpaces: Bool

    /// Literals may repeat, and each is found then. An empty one never is.
    init(_ literals: Literals<Value>) {
        beginWithSpaces = literals.all.contains { $0.start < $0.end && literals.bytes[Int($0.start)] == 0x20 }
        var keys: [Key] = []
        keys.reserveCapacity(literals.all.count)
        for index in literals.all.indices { Key.append(of: literals, index, to: &keys) }
        nodes.reserveCapacity(literals.bytes.count + keys.count * (MemoryLayout<Value>.stride + 12))
        literals.bytes.withUnsafeBufferPointer { bytes in
            keys.sort { $0.precedes($1, in: bytes) }
            keys.withUnsafeBufferPointer { append(Sorted(keys: $0, bytes: bytes, all: literals.all)) }
        }
        nodes += [UInt8](repeating: 0, count: 8)
        for i in beginnings.indices.dropFirst() {
            beginnings[i].before = beginnings[i - 1].before + UInt32(beginnings[i - 1].present.nonzeroBitCount)
        }
    }

    /// A literal below one of its beginnings.
    private struct Key {
        /// The beginning, and of the literal what it leaves of the first three bytes, and five more: as a number, it
        /// is in the order of beginnings and bytes, and few literals have one in common.
        private let head: UInt64
        let start: Int32
        let end: Int32
        /// The index, below all others where the literal may end inside a word.
        private let order: UInt32

        private static var closed: UInt32 { 1 << 31 }
        var index: Int { Int(order & ~Self.closed) }
        var isOpen: Bool { order & Self.closed == 0 }
        var beginning: Int { Int(head >> 49) }

        /// Appends one for each of the beginnings: where a literal is shorter than three bytes, anything may follow.
        static func append(of literals: Literals<Value>, _ index: Int, to keys: inout [Key]) {
            let literal = literals.all[index]
            let (start, count) = (Int(literal.start), Int(literal.end - literal.start))
            guard count > 0 else { return }
            func byte(_ i: Int) -> UInt64 { i < count ? UInt64(literals.bytes[start + i]) : 0 }
            let beginning = (0..<3).reduce(UInt64(0)) { $0 << 5 | byte($1) & 31 }
            let rest = (3..<8).reduce((0..<3).reduce(UInt64(0)) { $0 << 3 | byte($1) >> 5 }) { $0 << 8 | byte($1) }
            for following in 0..<(UInt64(1) << (5 * max(0, 3 - count))) {
                keys.append(
                    Key(
                        head: (beginning | following) << 49 | rest, start: Int32(start), end: Int32(literal.end),
                        order: UInt32(index) | (literal.isOpen ? 0 : closed)))
            }
        }

        func precedes(_ other: Key, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            if head != other.head { return head < other.head }
            var (i, j) = (Int(start) + 8, Int(other.start) + 8)
            while i < end, j < other.end {
                let (byte, otherByte) = (bytes[i], bytes[j])
                if byte != otherByte { return byte < otherByte }
                (i, j) = (i + 1, j + 1)
            }
            let (count, otherCount) = (end - start, other.end - other.start)
            return count != otherCount ? count < otherCount : order < other.order
        }
    }

    /// The literals as the tries have them.
    private struct Sorted {
        let keys: UnsafeBufferPointer<Key>
        /// Of all literals.
        let bytes: UnsafeBufferPointer<UInt8>
        let all: [Literals<Value>.Literal]

        func byte(of key: Int, at depth: Int) -> UInt8 { bytes[Int(keys[key].start) + depth] }

        /// Those from `start` on, and before `end`, that go on alike at `depth`.
        func child(from start: Int, to end: Int, at depth: Int) -> Range<Int> {
            let label = byte(of: start, at: depth)
            var next = start + 1
            while next < end, byte(of: next, at: depth) == label { next += 1 }
            return start..<next
        }
    }

    /// Appends a trie for each beginning.
    private mutating func append(_ sorted: Sorted) {
        let keys = sorted.keys
        var start = 0
        while start < keys.count {
            let beginning = keys[start].beginning
            let end = keys[start...].firstIndex { $0.beginning != beginning } ?? keys.count
            beginnings[beginning >> 6].present |= 1 << UInt64(beginning & 63)
            tries.append(UInt32(nodes.count))
            append(start..<end, of: sorted, at: 0)
            start = end
        }
    }

    /// Appends the node of those literals in `range` of the sorted ones, which share their first `depth` bytes, and
    /// all that is below it.
    private mutating func append(_ range: Range<Int>, of sorted: Sorted, at depth: Int) {
        let (first, last) = (sorted.keys[range.lowerBound], sorted.keys[range.upperBound - 1])
        let most = min(Int(min(first.end - first.start, last.end - last.start)), depth + Int(UInt16.max))
        var end = depth
        while end < most, sorted.byte(of: range.lowerBound, at: end) == sorted.byte(of: range.upperBound - 1, at: end) {
            end += 1
        }
        let goingOn = range.first { Int(sorted.keys[$0].end - sorted.keys[$0].start) > end } ?? range.upperBound
        func forEachChild(_ body: (Range<Int>) -> Void) {
            var start = goingOn
            while start < range.upperBound {
                let child = sorted.child(from: start, to: range.upperBound, at: end)
                body(child)
                start = child.upperBound
            }
        }
        let place = nodes.count
        let ending = range.lowerBound..<goingOn
        var node = Node(
            values: UInt32(ending.count), openValues: UInt32(ending.prefix { sorted.keys[$0].isOpen }.count),
            children: 0,
            tailLength: UInt16(end - depth))
        appendBytes(of: node)
        nodes += sorted.bytes[(Int(first.start) + depth)..<(Int(first.start) + end)]
        for i in ending { appendBytes(of: sorted.all[sorted.keys[i].index].value) }
        let labels = nodes.count
        forEachChild { nodes.append(sorted.byte(of: $0.lowerBound, at: end)) }
        node.children = UInt16(nodes.count - labels)
        setBytes(at: place, to: node)
        var way = nodes.count
        nodes += repeatElement(0, count: 4 * Int(node.children))
        forEachChild { child in
            setBytes(at: way, to: UInt32(nodes.count))
            way += 4
            append(child, of: sorted, at: end + 1)
        }
    }

    private mutating func setBytes(at place: Int, to value: some BitwiseCopyable) {
        nodes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: place, as: type(of: value)) }
    }

    private mutating func appendBytes(of value: some BitwiseCopyable) {
        withUnsafeBytes(of: value) { nodes += $0 }
    }

    /// Where the trie of a beginning that is present stands in ``nodes``.
    @inline(__always)
    func trie(of beginning: Int) -> Int {
        let (some, bit) = (beginnings[beginning >> 6], UInt64(1) << UInt64(beginning & 63))
        return Int(tries[Int(some.before) + (some.present & (bit - 1)).nonzeroBitCount])
    }
}
