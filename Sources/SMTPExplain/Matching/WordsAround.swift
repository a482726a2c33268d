/// What the words around a place in a text make of those that stand there.
extension FoldedText {
    /// Does the host name at `index` follow a slash?
    func isInURL(_ index: Int) -> Bool {
        var start = index
        while start > 0, bytes[start - 1].isDomainByte { start -= 1 }
        return start > 0 && bytes[start - 1] == .ascii("/")
    }

    /// The first eight bytes of the word that goes on from `index` behind a space, a hyphen or `'s`, but for `mail` and the
    /// like; 0 where none does.
    func word(after index: Int) -> UInt64 {
        var i = index
        for _ in 0..<3 {
            if bytes.has("'s ", at: i) { i += 2 }
            guard i < bytes.count, bytes[i] == 0x20 || bytes[i] == .ascii("-") else { return 0 }
            let start = i + 1
            i = start
            var word: UInt64 = 0
            while i < bytes.count, i < start + 8, bytes[i].isLetter {
                word = word << 8 | UInt64(bytes[i])
                i += 1
            }
            guard Self.ofMail.contains(word) else { return word }
        }
        return 0
    }

    private static let ofMail = WordSet("mail email smtp mx")

    /// Does a participle at `index` tell what somebody did, and not what was done to him: `the user has blocked`?
    func isActive(_ index: Int) -> Bool {
        if Self.lapsed.contains(WordSet.packed(bytes[index...].prefix(8).prefix(while: \.isLetter))) { return false }
        var i = max(0, index - Sequences.gap)
        if i > 0 { i = bytes[i..<index].firstIndex(of: 0x20) ?? index }
        var verb: Int?
        var (word, last): (UInt64, UInt64) = (0, 0)
        while i < index {
            if bytes[i].isLetter {
                word = word << 8 | UInt64(bytes[i])
            } else if word != 0 {
                if Self.have.contains(word) { verb = i }
                if Self.been.contains(word), Self.have.contains(last) { verb = nil }
                (last, word) = (word, 0)
            }
            i += 1
        }
        return verb.map { !tokens.hasClauseEnd(from: $0, to: index) } ?? false
    }

    private static let have = WordSet("has have hat ha heeft har")
    private static let been = WordSet("been sido stato stata estado blitt blivit a an")
    /// What nobody does to somebody else.
    private static let lapsed = WordSet("expired ceased retired lapsed expirado caducado")
}
