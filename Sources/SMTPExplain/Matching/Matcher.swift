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
        var children: UInt16
        /// The bytes between the label on the way in and what follows.
        let tailLength: UInt16
    }

    /// Of all beginnings, in their order.
    private var beginnings = [Beginnings](repeating: Beginnings(), count: 1 << 15 / 64)
    /// For each beginning that is present, where its trie stands in ``nodes``.
    private var tries: [UInt32] = []
    /// Eight zeros end it, so that eight bytes can be read from any place in it.
    private var nodes: [UInt8] = []

    /// Literals may repeat, and each is found then. An empty one never is.
    init(_ literals: Literals<Value>) {
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

    init(_ literals: some Sequence<(bytes: [UInt8], value: Value)>) { self.init(Literals(literals)) }

    /// A literal below one of its beginnings.
    private struct Key {
        /// The beginning, and of the literal what it leaves of the first three bytes, and five more: as a number, it
        /// is in the order of beginnings and bytes, and few literals have one in common.
        private let head: UInt64
        let start: Int32
        let end: Int32
        let index: Int

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
                        index: index))
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
            return count != otherCount ? count < otherCount : index < other.index
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
        var node = Node(values: UInt32(goingOn - range.lowerBound), children: 0, tailLength: UInt16(end - depth))
        appendBytes(of: node)
        nodes += sorted.bytes[(Int(first.start) + depth)..<(Int(first.start) + end)]
        for i in range.lowerBound..<goingOn { appendBytes(of: sorted.all[sorted.keys[i].index].value) }
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

    /// What was said to all literals that end at one place, in the order in which they came.
    struct Values: Sequence, IteratorProtocol {
        fileprivate let nodes: UnsafeRawBufferPointer
        fileprivate var start: Int
        fileprivate var count: UInt32

        @inline(__always)
        mutating func next() -> Value? {
            guard count > 0 else { return nil }
            count &-= 1
            defer { start &+= MemoryLayout<Value>.size }
            return nodes.loadUnaligned(fromByteOffset: start, as: Value.self)
        }
    }

    /// Calls `found` with the value and range of each literal in `text`, in the order in which they begin, the
    /// shorter before the longer.
    @inline(__always)
    func scan(_ text: [UInt8], _ found: (Value, Range<Int>) -> Void) {
        scan(text, all: { values, range in for value in values { found(value, range) } })
    }

    /// The same, with all values of one range at once.
    ///
    /// Inlined, and what it calls, so that `found` is no call for each of them.
    @inline(__always)
    func scan(_ text: [UInt8], all found: (Values, Range<Int>) -> Void) {
        // Zeros behind the text let eight bytes be read from any place in it.
        withUnsafeTemporaryAllocation(byteCount: text.count + 8, alignment: 8) { folded in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: text.count / 64 + 1) { starts in
                fold(text, folded, starts)
                let folded = UnsafeRawBufferPointer(folded)
                nodes.withUnsafeBytes { nodes in
                    for (word, bits) in starts.enumerated() {
                        var bits = bits
                        while bits != 0 {
                            let start = word &* 64 &+ bits.trailingZeroBitCount
                            bits &= bits &- 1
                            walk(from: trie(of: Self.beginning(folded, start)), nodes, folded, start, text.count, found)
                        }
                    }
                }
            }
        }
    }

    /// Folds the text, and sets a bit in `starts` for each byte at which a beginning stands.
    private func fold(
        _ text: [UInt8], _ folded: UnsafeMutableRawBufferPointer, _ starts: UnsafeMutableBufferPointer<UInt64>
    ) {
        folded.copyBytes(from: text)
        folded.storeBytes(of: 0, toByteOffset: text.count, as: UInt64.self)
        var wordStarts = WordStarts()
        for i in starts.indices {
            starts[i] = wordStarts.fold(folded, from: i &* 64, to: min(i &* 64 &+ 64, text.count))
        }
        let folded = UnsafeRawBufferPointer(folded)
        beginnings.withUnsafeBufferPointer { beginnings in
            for i in starts.indices {
                var bits = starts[i]
                // Without a branch: which words begin as literals do is nothing that a processor can guess.
                while bits != 0 {
                    let place = bits.trailingZeroBitCount
                    bits &= bits &- 1
                    let beginning = Self.beginning(folded, i &* 64 &+ place)
                    let isPresent = beginnings[beginning >> 6].present &>> UInt64(beginning & 63) & 1
                    starts[i] ^= (isPresent ^ 1) &<< UInt64(place)
                }
            }
        }
    }

    /// The number of what begins at a place in a folded text.
    @inline(__always)
    private static func beginning(_ folded: UnsafeRawBufferPointer, _ start: Int) -> Int {
        let bytes = folded.loadUnaligned(fromByteOffset: start, as: UInt32.self).littleEndian
        return Int((bytes & 31) &<< 10 | (bytes &>> 8 & 31) &<< 5 | bytes &>> 16 & 31)
    }

    /// Where the trie of a beginning that is present stands in ``nodes``.
    @inline(__always)
    private func trie(of beginning: Int) -> Int {
        let (some, bit) = (beginnings[beginning >> 6], UInt64(1) << UInt64(beginning & 63))
        return Int(tries[Int(some.before) + (some.present & (bit - 1)).nonzeroBitCount])
    }

    @inline(__always)
    private func walk(
        from trie: Int, _ nodes: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ start: Int, _ textEnd: Int,
        _ found: (Values, Range<Int>) -> Void
    ) {
        var at = trie
        var end = start
        while true {
            let node = nodes.loadUnaligned(fromByteOffset: at, as: Node.self)
            at &+= MemoryLayout<Node>.size
            let tail = Int(node.tailLength)
            guard tail <= textEnd &- end, nodes.agrees(with: text, at: at, end, tail) else { return }
            at &+= tail
            end &+= tail
            if node.values > 0 {
                found(Values(nodes: nodes, start: at, count: node.values), start..<end)
                at &+= Int(node.values) &* MemoryLayout<Value>.size
            }
            guard end < textEnd, let child = nodes.index(of: text[end], at: at, among: Int(node.children)) else {
                return
            }
            let way = at &+ Int(node.children) &+ 4 &* child
            at = Int(nodes.loadUnaligned(fromByteOffset: way, as: UInt32.self))
            end &+= 1
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Are these bytes the same? Eight at a time; behind both there are as many.
    @inline(__always)
    fileprivate func agrees(with other: Self, at start: Int, _ otherStart: Int, _ count: Int) -> Bool {
        var i = 0
        while i < count {
            let differences =
                loadUnaligned(fromByteOffset: start &+ i, as: UInt64.self).littleEndian
                ^ other.loadUnaligned(fromByteOffset: otherStart &+ i, as: UInt64.self).littleEndian
            let isLast = count &- i < 8
            // Of the last, only those that count.
            guard (isLast ? differences << UInt64(64 &- 8 &* (count &- i)) : differences) == 0 else { return false }
            i &+= 8
        }
        return true
    }

    /// Which of `count` bytes from `start` on is this one? Eight at a time, as above.
    @inline(__always)
    fileprivate func index(of byte: UInt8, at start: Int, among count: Int) -> Int? {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var i = 0
        while i < count {
            let differences =
                loadUnaligned(fromByteOffset: start &+ i, as: UInt64.self).littleEndian ^ ones &* UInt64(byte)
            let equal = (differences &- ones) & ~differences & highs
            if equal != 0 {
                let index = i &+ equal.trailingZeroBitCount >> 3
                return index < count ? index : nil
            }
            i &+= 8
        }
        return nil
    }
}
