/// A text made ready for matching: lower case, single spaces, plain quotes, Latin letters without marks, and no mail
/// addresses, so that `User <a@b.example> unknown` reads `user unknown`.
///
/// It is a class as it is handed on and on, which would cost a structure a reference count for each of its arrays.
final class FoldedText: Sendable {
    let bytes: [UInt8]
    /// The domains of the first addresses that were left out, but for those in angle brackets: a recipient
    /// says where the mail goes, not who answers.
    let addressDomains: [String]
    /// What in it is no word.
    let tokens: Tokens
    let original: [UInt8]
    private let shifts: [Shift]

    static let empty = FoldedText([])

    /// From a folded byte on, each stands so much further in the original.
    struct Shift {
        let index: Int
        let distance: Int
    }

    init(_ original: [UInt8]) {
        self.original = original
        guard !original.isEmpty else {
            // All threads share the empty array, so nobody may write its length.
            (bytes, addressDomains, shifts, tokens) = ([], [], [], Tokens([]))
            return
        }
        var shifts: [Shift] = []
        var domains: [String] = []
        // Nothing grows when it is folded.
        bytes = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: original.count) { room in
            original.withUnsafeBufferPointer { original in
                var folding = TextFolding(original, room)
                folding.fold()
                (shifts, domains) = (folding.shifts, folding.addressDomains)
                return Array(UnsafeBufferPointer(rebasing: room[..<folding.count]))
            }
        }
        self.shifts = shifts
        addressDomains = domains
        tokens = Tokens(bytes)
    }

    /// Only the bytes.
    static func fold(_ original: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        fold(original, onto: &bytes)
        return bytes
    }

    /// Appends only the bytes.
    static func fold(_ original: some Collection<UInt8>, onto bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: original)
        let unused = bytes.withUnsafeMutableBufferPointer { all in
            // In its place, as nothing grows when it is folded: what is written has been read.
            let room = UnsafeMutableBufferPointer(rebasing: all[start...])
            guard !isFolded(room) else { return 0 }
            var folding = TextFolding(UnsafeBufferPointer(room), room)
            folding.fold()
            return room.count - folding.count
        }
        bytes.removeLast(unused)
    }

    /// Is nothing to do, as for most phrases?
    private static func isFolded(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        var last: UInt8 = 0x20
        for byte in bytes {
            guard byte > 0x20 || byte == 0x20 && last != 0x20, byte < 0x7F, byte != .ascii("@"), byte == byte.lowercased
            else { return false }
            last = byte
        }
        return true
    }

    /// The original text that stands behind a range of folded bytes.
    func original(_ range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        var end = origin(last) + 1
        while end < original.count, original[end] & 0xC0 == 0x80 { end += 1 }
        return original[origin(first)..<end].string
    }

    private func origin(_ index: Int) -> Int {
        // How many shifts begin no later: they stand in order, and a long text has many.
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].index <= index { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? index : index + shifts[low - 1].distance
    }
}
