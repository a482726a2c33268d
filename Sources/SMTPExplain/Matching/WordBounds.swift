/// Where something may begin in a text: at words, at what is in no word, and right behind a number (`20MB`); and where it
/// may end, as no word goes on there.
///
/// It looks at 64 bytes at a time, with a bit for each of them, the lowest for the first. Nothing here goes by a branch for
/// a byte: where words begin and end is nothing that a processor can guess.
struct WordBounds {
    /// Is the byte before in a word? 0 or 1, as the next.
    private var wasInWord: UInt64 = 0
    /// Is it in a number that began a word?
    private var wasInNumber: UInt64 = 0

    /// Folds the bytes from `start` on and before `end`, 64 at most, to lower case and plain spaces; returns a bit for
    /// each at which something may begin, with or without white space, and for each before which something may end.
    /// Behind the end of the text, there are eight zeros.
    @inline(__always)
    mutating func fold(
        _ text: UnsafeMutableRawBufferPointer, from start: Int, to end: Int, withSpaces: Bool
    ) -> (starts: UInt64, ends: UInt64) {
        var (letters, digits, spaces): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var wide: EightBytes.Answers = 0
        var place: UInt64 = 0
        while place < UInt64(end &- start) {
            let index = start &+ Int(place)
            let eight = EightBytes(text.loadUnaligned(fromByteOffset: index, as: UInt64.self)).lowercased
                .withPlainSpaces
            text.storeBytes(of: eight.inMemory, toByteOffset: index, as: UInt64.self)
            letters |= EightBytes.bits(eight.isSmallLetter) &<< place
            digits |= EightBytes.bits(eight.isDigit) &<< place
            spaces |= EightBytes.bits(eight.isSpace) &<< place
            wide |= eight.isWide
            place &+= 8
        }
        var words = letters | digits
        let inside = wide == 0 ? 0 : addWideWords(to: &words, UnsafeRawBufferPointer(text), start..<end)
        let before = words &<< 1 | wasInWord
        let wordStarts = words & ~before
        let numberStarts = digits & (wordStarts | wasInNumber)
        // Where one is added to the first digit of a number, the sum has a one behind its last.
        let (sum, goesOn) = digits.addingReportingOverflow(numberStarts)
        let behindNumbers = (sum | wasInNumber) & letters
        wasInWord = words &>> 63
        wasInNumber = goesOn ? 1 : 0
        let all = end &- start == 64 ? UInt64.max : 1 &<< UInt64(end &- start) &- 1
        let between = ~words & ~(withSpaces ? 0 : spaces)
        return ((between | wordStarts | behindNumbers) & ~inside & all, ~(words & before))
    }

    /// Adds the bytes of words in other scripts than ASCII; returns those that are inside a character, where nothing begins.
    private func addWideWords(to words: inout UInt64, _ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
        var inside: UInt64 = 0
        var bit: UInt64 = 1
        for i in range {
            if text[i] & 0xC0 == 0x80 {
                inside |= bit
                // What it belongs to began before it.
                words |= (words &<< 1 | wasInWord) & bit
            } else if text[i] >= 0xC0, UInt8.isWordLead(text[i], text[i &+ 1]) {
                words |= bit
            }
            bit &<<= 1
        }
        return inside
    }
}
