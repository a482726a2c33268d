extension StringProtocol where UTF8View: BidirectionalCollection {
    /// The longest beginning that has at most so many bytes of UTF-8, and no character in part.
    func beginning(bytes: Int) -> String {
        guard utf8.count > bytes else { return String(self) }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// What a client wrote, as far as a problem has to say it for him to find it again.
    var shortened: String {
        utf8.count <= 64 ? String(self) : beginning(bytes: 61) + "\u{2026}"
    }

    /// The same in quotes.
    var quoted: String { "\"\(shortened)\"" }
}
