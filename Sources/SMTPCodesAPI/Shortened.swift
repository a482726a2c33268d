import SMTPExplain

extension StringProtocol where UTF8View: BidirectionalCollection {
    /// What a client wrote, as far as a problem has to say it for him to find it again.
    var shortened: String {
        utf8.count <= 64 ? String(self) : beginning(bytes: 61) + "\u{2026}"
    }

    /// The same in quotes.
    var quoted: String { "\"\(shortened)\"" }
}
