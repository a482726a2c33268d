/// A few words, each by its first bytes as a number, and whether one is among them. A set of the standard library hashes
/// against those who choose what is in it; nobody does here.
struct WordSet: Sendable {
    /// A power of two of places, no more than half in use; 0 where one is free. Each word stands at the place its hash
    /// gives, or at the first free one behind it.
    private var places: [UInt64]

    init(_ words: some Collection<UInt64>) {
        places = [UInt64](repeating: 0, count: 2)
        while places.count < 2 * words.count + 1 { places += places }
        for word in words { places[place(word)] = word }
    }

    /// The words of a list, between spaces or line breaks, by as many of their first bytes as they are folded.
    init(_ list: String, bytes: Int = 8) {
        self.init(list.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { Self.packed(FoldedText.fold($0).prefix(bytes)) })
    }

    func contains(_ word: UInt64) -> Bool { word != 0 && places[place(word)] == word }

    /// Where the word stands, or would.
    private func place(_ word: UInt64) -> Int {
        // Of a product with 2^64 by the golden ratio, the upper bits depend on all bits of the word.
        var place = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 32) & (places.count - 1)
        while places[place] != 0, places[place] != word { place = (place + 1) & (places.count - 1) }
        return place
    }

    /// Up to eight bytes as a number.
    static func packed(_ word: some Sequence<UInt8>) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }
}
