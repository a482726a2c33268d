/// Where parts lead in a trie of them, by a node and a part. A dictionary of the standard library would do, but hashes
/// each key against those who choose keys to collide; here nobody chooses any.
struct StepTable {
    /// Where a part leads from a node, by what stands before it; to 0 where it leads nowhere.
    struct Ways {
        fileprivate var near: UInt32 = 0
        fileprivate var gap: UInt32 = 0

        subscript(_ joint: Sequences.Joint) -> UInt32 {
            get { joint == .near ? near : gap }
            set { if joint == .near { near = newValue } else { gap = newValue } }
        }
    }

    private struct Entry {
        let node: UInt32
        let part: UInt32
        var ways = Ways()

        var isFree: Bool { ways.near == 0 && ways.gap == 0 }
    }

    /// A power of two of them, no more than half in use. Each step stands at the place its hash gives, or at the first
    /// free one behind it.
    private var entries = [Entry](repeating: Entry(node: 0, part: 0), count: 1 << 10)
    private var count = 0

    subscript(_ node: UInt32, _ part: UInt32) -> Ways {
        get { entries[place(node, part)].ways }
        set {
            if count * 2 >= entries.count { grow() }
            let place = place(node, part)
            if entries[place].isFree { count += 1 }
            entries[place] = Entry(node: node, part: part, ways: newValue)
        }
    }

    /// Where the step stands, or would.
    private func place(_ node: UInt32, _ part: UInt32) -> Int {
        let key = UInt64(node) << 32 | UInt64(part)
        // Of a product with 2^64 by the golden ratio, the upper bits depend on all bits of the key.
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (entries.count - 1)
        while !entries[place].isFree, entries[place].node != node || entries[place].part != part {
            place = (place + 1) & (entries.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = entries
        entries = [Entry](repeating: Entry(node: 0, part: 0), count: old.count * 2)
        for entry in old where !entry.isFree { entries[place(entry.node, entry.part)] = entry }
    }
}
