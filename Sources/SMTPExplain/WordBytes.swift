/// What belongs to a word, in any script.
extension [UInt8] {
    /// Does no word go on across `index`?
    ///
    /// Chinese, Japanese, Korean and Thai are written without spaces, or with endings that change: there, each
    /// character may begin and end what is looked for.
    func isWordEnd(_ index: Int) -> Bool {
        index == count || !isWord(at: index - 1) || !isWord(at: index)
    }

    /// Does the character of which a byte stands at `index` belong to a word?
    private func isWord(at index: Int) -> Bool {
        self[index] < 0x80 ? self[index].isWordByte : isWideWord(at: index)
    }

    private func isWideWord(at index: Int) -> Bool {
        var lead = index
        while lead > 0, index - lead < 3, self[lead] & 0xC0 == 0x80 { lead -= 1 }
        return UInt8.isWordLead(self[lead], lead + 1 < count ? self[lead + 1] : 0)
    }
}

extension UInt8 {
    /// Do these two bytes begin a letter of a script that sets spaces between words?
    static func isWordLead(_ lead: UInt8, _ next: UInt8) -> Bool {
        switch lead {
        case 0xC3...0xD7, 0xDA, 0xDC...0xDF: true
        // Arabic, but for its comma, semicolon, question mark and full stop.
        case 0xD8: next != 0x8C && next != 0x9B && next != 0x9F
        case 0xD9: next < 0xAA || next > 0xAD
        case 0xDB: next != 0x94
        // Indic scripts; then come Thai, Lao and Tibetan.
        case 0xE0: next < 0xB8
        // Georgian, Ethiopic and the like; Myanmar, Hangul and Khmer are not among them.
        case 0xE1:
            next >= 0x82 && next != 0x84 && next != 0x85 && next != 0x86 && next != 0x87 && next != 0x9E && next != 0x9F
        default: false
        }
    }
}
