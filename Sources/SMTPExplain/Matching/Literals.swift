/// Literals, and what is said to each, in the order in which they came.
///
/// Their bytes are one piece of memory: there are thousands of them, and they are only sorted.
struct Literals<Value: BitwiseCopyable & Sendable> {
    /// One of them, of which the bytes from `start` to `end` are.
    struct Literal: BitwiseCopyable {
        let start: UInt32
        let end: UInt32
        let value: Value
        /// May it end inside a word?
        let isOpen: Bool
    }

    private(set) var bytes: [UInt8] = []
    private(set) var all: [Literal] = []

    /// Takes what `write` appends to the bytes.
    mutating func append(_ value: Value, isOpen: Bool, _ write: (inout [UInt8]) -> Void) {
        let start = UInt32(bytes.count)
        write(&bytes)
        all.append(Literal(start: start, end: UInt32(bytes.count), value: value, isOpen: isOpen))
    }

    mutating func reserve(_ count: Int) {
        all.reserveCapacity(count)
        bytes.reserveCapacity(16 * count)
    }
}

extension Literals {
    /// Any of these may end inside a word.
    init(_ literals: some Sequence<(bytes: [UInt8], value: Value)>) {
        for literal in literals { append(literal.value, isOpen: true) { $0 += literal.bytes } }
    }
}
