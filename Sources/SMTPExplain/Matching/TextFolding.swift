/// Folds a text into memory that the folded text will own.
struct TextFolding {
    private let original: UnsafeBufferPointer<UInt8>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    /// Of `bytes`, so far.
    private(set) var count = 0
    private(set) var shifts: [FoldedText.Shift] = []
    private(set) var addressDomains: [String] = []
    private var distance = 0

    /// The two may be the same memory.
    init(_ original: UnsafeBufferPointer<UInt8>, _ room: UnsafeMutableBufferPointer<UInt8>) {
        self.original = original
        bytes = room
    }

    /// In lower case, the bytes that stand for themselves; 0 for those that do not.
    private static let plain = (0...255).map { (byte: UInt8) in
        byte >= 0x80 || byte.isSpace && byte != 0x20 || byte == .ascii("@") ? 0 : byte.lowercased
    }

    mutating func fold() {
        var i = 0
        while i < original.count {
            let end = original[i] < 0x80 ? appendPlain(from: i) : i
            i = end > i ? end : fold(at: i)
        }
    }

    /// Appends the bytes from `start` on that stand for themselves; returns where they end.
    private mutating func appendPlain(from start: Int) -> Int {
        let most = min(original.count - start, bytes.count - count)
        var length = plainEights(from: start, most)
        var last = length > 0 ? bytes[count + length - 1] : self.last
        Self.plain.withUnsafeBufferPointer { plain in
            while length < most {
                let byte = plain[Int(original[start + length])]
                if byte == 0 || byte == 0x20 && last == 0x20 { break }
                bytes[count + length] = byte
                last = byte
                length += 1
            }
        }
        if length > 0 { shift(to: start) }
        count += length
        return start + length
    }

    /// Writes the bytes from `start` on as long as eight in a row stand for themselves; returns how many they are.
    private func plainEights(from start: Int, _ most: Int) -> Int {
        let (from, to) = (UnsafeRawBufferPointer(original), UnsafeMutableRawBufferPointer(bytes))
        var length = 0
        var followsSpace = last == 0x20
        while length &+ 8 <= most {
            let eight = EightBytes(from.loadUnaligned(fromByteOffset: start &+ length, as: UInt64.self))
            let others = eight.isWide | eight.isOtherSpace | eight.isAmong(.ascii("@") ... .ascii("@"))
            guard others == 0, !eight.hasSpaceBehindSpace(followsSpace) else { break }
            to.storeBytes(of: eight.lowercased.inMemory, toByteOffset: count &+ length, as: UInt64.self)
            length &+= 8
            followsSpace = eight.endsWithSpace
        }
        return length
    }

    private var last: UInt8? { count > 0 ? bytes[count - 1] : nil }

    private mutating func append(_ byte: UInt8, _ origin: Int) {
        // Nothing grows; whatever did would lose its end, and no memory would suffer.
        guard count < bytes.count else { return }
        shift(to: origin)
        bytes[count] = byte
        count += 1
    }

    /// From here on, each byte stands so much further in the original.
    private mutating func shift(to origin: Int) {
        guard origin - count != distance else { return }
        distance = origin - count
        if shifts.isEmpty { shifts.reserveCapacity(4) }
        shifts.append(FoldedText.Shift(index: count, distance: distance))
    }

    private mutating func appendSpace(_ origin: Int) {
        if last != 0x20 { append(0x20, origin) }
    }

    private mutating func removeLast() {
        count -= 1
        while let last = shifts.last, last.index >= count { shifts.removeLast() }
        distance = shifts.last?.distance ?? 0
    }

    /// Folds what stands at `index`; returns where to go on.
    private mutating func fold(at index: Int) -> Int {
        let byte = original[index]
        if byte >= 0x80 { return foldSequence(at: index) }
        if byte == .ascii("@") { return foldAddress(at: index) }
        byte.isSpace ? appendSpace(index) : append(byte, index)
        return index + 1
    }

    /// Leaves out the mail address whose `@` stands at `index`, with its brackets or quotes.
    private mutating func foldAddress(at index: Int) -> Int {
        var end = index + 1
        // Where words have no spaces, letters of three bytes stand right beside an address, and are no part of it.
        let isNarrow = end < original.count && original[end] < 0x80
        while end < original.count, original[end].isDomainByte, !(isNarrow && original[end] >= 0xE0),
            // `bob@b.example...User unknown`
            original[end] != .ascii(".") || end + 1 < original.count && original[end + 1] != .ascii(".")
        {
            end += 1
        }
        while end > index + 1, original[end - 1] == .ascii(".") { end -= 1 }
        guard end > index + 1, let last, Self.isLocalByte(last) else {
            append(.ascii("@"), index)
            return index + 1
        }
        if addressDomains.count < 4, end == original.count || original[end] != .ascii(">") {
            addressDomains.append(String(decoding: original[(index + 1)..<end], as: UTF8.self).lowercased())
        }
        let hasNarrowName = last < 0x80
        while let last = self.last, Self.isLocalByte(last), !(hasNarrowName && last >= 0x80) { removeLast() }
        if let open = self.last, end < original.count,
            open == .ascii("<") && original[end] == .ascii(">")
                || open == .ascii("(") && original[end] == .ascii(")")
                || (open == .ascii("'") || open == .ascii("\"")) && original[end] == open
        {
            removeLast()
            end += 1
        }
        return end
    }

    /// atext of RFC 5322 and the dot; without `'`, which quotes whole addresses more often.
    private static func isLocalByte(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte >= 0x80 || ".!#$%&*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// Folds typographic and eastern quotes, no-break spaces, Latin letters with marks, and the capitals of Cyrillic.
    private mutating func foldSequence(at index: Int) -> Int {
        let lead = original[index]
        let next = index + 1 < original.count ? original[index + 1] : 0
        switch lead {
        case 0xC2 where next == 0xA0:
            appendSpace(index)
        case 0xC3...0xC5 where next & 0xC0 == 0x80:
            return foldLetter(Int(lead - 0xC3) << 6 | Int(next & 0x3F), at: index)
        case 0xC6 where next == 0xA0 || next == 0xA1: append(.ascii("o"), index)
        case 0xC6 where next == 0xAF || next == 0xB0: append(.ascii("u"), index)
        case 0xC8 where (0x98...0x9B).contains(next): append(next < 0x9A ? .ascii("s") : .ascii("t"), index)
        case 0xCC where next & 0xC0 == 0x80, 0xCD where (0x80...0xAF).contains(next):
            // A mark that stands behind its letter.
            break
        case 0xD0 where next == 0x81, 0xD1 where next == 0x91:
            // The letter that is often written as the one before it in the alphabet.
            append(0xD0, index)
            append(0xB5, index + 1)
        case 0xD0 where (0x80...0x8F).contains(next):
            append(0xD1, index)
            append(next + 0x10, index + 1)
        case 0xD0 where (0x90...0xAF).contains(next):
            append(next < 0xA0 ? 0xD0 : 0xD1, index)
            append(next < 0xA0 ? next + 0x20 : next - 0x20, index + 1)
        case 0xCE where next > 0x80 && next < 0xC0, 0xCF where next & 0xC0 == 0x80:
            foldGreek(lead, next, at: index)
        case 0xE1 where (next == 0xBA || next == 0xBB) && index + 2 < original.count:
            return foldVietnamese(at: index)
        case 0xE2 where next == 0x80 && index + 2 < original.count:
            return foldPunctuation(at: index)
        case 0xE3 where next == 0x80 && index + 2 < original.count && original[index + 2] == 0x80:
            appendSpace(index)
            return index + 3
        case 0xE3 where next == 0x80 && index + 2 < original.count && (0x8C...0x91).contains(original[index + 2]):
            append(.ascii("\""), index)  // 「」, 『』 and 【】
            return index + 3
        case 0xEF where (next == 0xBC || next == 0xBD) && index + 2 < original.count:
            return foldFullWidth(at: index)
        default:
            return copy(1, at: index)
        }
        return index + 2
    }

    /// Quotes and dashes.
    private mutating func foldPunctuation(at index: Int) -> Int {
        switch original[index + 2] {
        case 0x98, 0x99: append(.ascii("'"), index)
        case 0x9C, 0x9D: append(.ascii("\""), index)
        case 0x90...0x94: append(.ascii("-"), index)
        default: return copy(3, at: index)
        }
        return index + 3
    }

    /// The letters from U+00C0 to U+017F without their marks, as many servers write them; a dot is none.
    private static let letters = Array(
        """
        aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
        lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
        """.utf8)

    private mutating func foldLetter(_ number: Int, at index: Int) -> Int {
        let letter = Self.letters[number]
        if letter == .ascii(".") { return copy(2, at: index) }
        append(letter, index)
        switch number {
        case 0x06, 0x26, 0x92, 0x93: append(.ascii("e"), index + 1)  // Æ and Œ
        case 0x1F: append(.ascii("s"), index + 1)  // ß
        default: break
        }
        return index + 2
    }

    /// Small Greek letters without their accents.
    private mutating func foldGreek(_ lead: UInt8, _ next: UInt8, at index: Int) {
        let number = Int(lead & 0x1F) << 6 | Int(next & 0x3F)
        let folded =
            switch number {
            case 0x391...0x3A9: number + 0x20
            case 0x386, 0x3AC: 0x3B1
            case 0x388, 0x3AD: 0x3B5
            case 0x389, 0x3AE: 0x3B7
            case 0x38A, 0x3AF, 0x390, 0x3CA: 0x3B9
            case 0x38C, 0x3CC: 0x3BF
            case 0x38E, 0x3CD, 0x3B0, 0x3CB: 0x3C5
            case 0x38F, 0x3CE: 0x3C9
            case 0x3C2: 0x3C3
            default: number
            }
        append(0xC0 | UInt8(folded >> 6), index)
        append(0x80 | UInt8(folded & 0x3F), index + 1)
    }

    /// The letters from U+1EA0 to U+1EF9, a vowel after the other.
    private mutating func foldVietnamese(at index: Int) -> Int {
        let number = Int(original[index + 1] & 0x3F) << 6 | Int(original[index + 2] & 0x3F)
        switch number {
        case 0xEA0...0xEB7: append(.ascii("a"), index)
        case 0xEB8...0xEC7: append(.ascii("e"), index)
        case 0xEC8...0xECB: append(.ascii("i"), index)
        case 0xECC...0xEE3: append(.ascii("o"), index)
        case 0xEE4...0xEF1: append(.ascii("u"), index)
        case 0xEF2...0xEF9: append(.ascii("y"), index)
        default: return copy(3, at: index)
        }
        return index + 3
    }

    /// The ASCII of Chinese and Japanese keyboards.
    private mutating func foldFullWidth(at index: Int) -> Int {
        let number = Int(original[index + 1] & 0x3F) << 6 | Int(original[index + 2] & 0x3F)
        guard (0xF01...0xF5E).contains(number) else { return copy(3, at: index) }
        append(UInt8(number - 0xF01 + 0x21).lowercased, index)
        return index + 3
    }

    private mutating func copy(_ count: Int, at index: Int) -> Int {
        for i in index..<index + count { append(original[i], i) }
        return index + count
    }
}

extension UInt8 {
    var isDomainByte: Bool {
        isWordByte || self == .ascii(".") || self == .ascii("-") || self == .ascii("_") || self >= 0x80
    }
}
