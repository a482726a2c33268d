/// Finds every one of many literals in a text, however many there are, and gives what was said to each.
///
/// A literal counts only where it does not begin inside a word, or right behind a number (`20MB`), so it is enough to
/// go down a trie from the beginning of each word, and most words begin as no literal does; and where it does not end inside
/// a word, unless it may. Literals are in lower case with plain spaces; in the text, letter case and kinds of white space
/// do not matter.
///
/// It is a class, as a structure would cost a reference count for each of its arrays wherever it is asked.
final class Matcher<Value: BitwiseCopyable & Sendable>: Sendable {
    private let tries: LiteralTries<Value>

    /// Literals may repeat, and each is found then. An empty one never is.
    init(_ literals: Literals<Value>) { tries = LiteralTries(literals) }

    init(_ literals: some Sequence<(bytes: [UInt8], value: Value)>) { tries = LiteralTries(Literals(literals)) }

    /// What was said to all literals that end at one place, in the order in which they came; but first those that may end
    /// inside a word.
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
    /// shorter before the longer. They may all be let end inside a word.
    @inline(__always)
    func scan(_ text: [UInt8], endingAnywhere: Bool = false, _ found: (Value, Range<Int>) -> Void) {
        scan(text, endingAnywhere, all: { values, range in for value in values { found(value, range) } })
    }

    /// The same, with all values of one range at once.
    ///
    /// Inlined, and what it calls, so that `found` is no call for each of them.
    @inline(__always)
    func scan(_ text: [UInt8], _ endingAnywhere: Bool = false, all found: (Values, Range<Int>) -> Void) {
        // Zeros behind the text let eight bytes be read from any place in it.
        withUnsafeTemporaryAllocation(byteCount: text.count + 8, alignment: 8) { folded in
            withUnsafeTemporaryAllocation(of: Bounds.self, capacity: text.count / 64 + 1) { bounds in
                fold(text, folded, bounds)
                let folded = UnsafeRawBufferPointer(folded)
                tries.nodes.withUnsafeBytes { nodes in
                    for i in bounds.indices {
                        var starts = bounds[i].starts
                        while starts != 0 {
                            let start = i &* 64 &+ starts.trailingZeroBitCount
                            starts &= starts &- 1
                            walk(
                                from: tries.trie(of: Self.beginning(folded, start)), nodes, folded, start, text.count,
                                UnsafeBufferPointer(bounds), endingAnywhere, found)
                        }
                    }
                }
            }
        }
    }

    private typealias Bounds = (starts: UInt64, ends: UInt64)

    /// Folds the text, and says of each 64 bytes at which of them a beginning stands, and before which a word ends.
    private func fold(
        _ text: [UInt8], _ folded: UnsafeMutableRawBufferPointer, _ bounds: UnsafeMutableBufferPointer<Bounds>
    ) {
        folded.copyBytes(from: text)
        folded.storeBytes(of: 0, toByteOffset: text.count, as: UInt64.self)
        var wordBounds = WordBounds()
        for i in bounds.indices {
            bounds[i] = wordBounds.fold(
                folded, from: i &* 64, to: min(i &* 64 &+ 64, text.count), withSpaces: tries.beginWithSpaces)
        }
        let folded = UnsafeRawBufferPointer(folded)
        tries.beginnings.withUnsafeBufferPointer { beginnings in
            for i in bounds.indices {
                var starts = bounds[i].starts
                // Without a branch: which words begin as literals do is nothing that a processor can guess.
                while starts != 0 {
                    let place = starts.trailingZeroBitCount
                    starts &= starts &- 1
                    let beginning = Self.beginning(folded, i &* 64 &+ place)
                    let isPresent = beginnings[beginning >> 6].present &>> UInt64(beginning & 63) & 1
                    bounds[i].starts ^= (isPresent ^ 1) &<< UInt64(place)
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

    @inline(__always)
    private func walk(
        from trie: Int, _ nodes: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ start: Int, _ textEnd: Int,
        _ bounds: UnsafeBufferPointer<Bounds>, _ endingAnywhere: Bool, _ found: (Values, Range<Int>) -> Void
    ) {
        var at = trie
        var end = start
        while true {
            let node = nodes.loadUnaligned(fromByteOffset: at, as: LiteralTries<Value>.Node.self)
            at &+= MemoryLayout<LiteralTries<Value>.Node>.size
            let tail = Int(node.tailLength)
            guard tail <= textEnd &- end, nodes.agrees(with: text, at: at, end, tail) else { return }
            at &+= tail
            end &+= tail
            let mayEnd = endingAnywhere || bounds[end &>> 6].ends &>> UInt64(end & 63) & 1 != 0
            let count = mayEnd ? node.values : node.openValues
            if count > 0 { found(Values(nodes: nodes, start: at, count: count), start..<end) }
            at &+= Int(node.values) &* MemoryLayout<Value>.size
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
        // Of the first eight, which nearly always are all, only those that count; there may be none.
        let others: UInt64 = count < 8 ? UInt64.max &<< UInt64(8 &* count) : 0
        guard differences(from: other, start, otherStart) & ~others == 0 else { return false }
        var i = 8
        while i < count {
            // The last eight may begin among those before.
            i = Swift.min(i, count &- 8)
            guard differences(from: other, start &+ i, otherStart &+ i) == 0 else { return false }
            i &+= 8
        }
        return true
    }

    /// Of eight bytes each, in the order of the bytes from the lowest on.
    @inline(__always)
    private func differences(from other: Self, _ start: Int, _ otherStart: Int) -> UInt64 {
        loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
            ^ other.loadUnaligned(fromByteOffset: otherStart, as: UInt64.self).littleEndian
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
