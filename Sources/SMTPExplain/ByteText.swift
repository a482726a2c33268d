import Glibc

/// Questions about ASCII bytes.
extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    /// A digit or a letter. It is one of the two or none, and to look at both costs less than to guess wrong.
    var isWordByte: Bool { isDigit != isLetter }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isLineBreak: Bool { self == 0x0A || self == 0x0D }
    var isSpace: Bool { isBlank || isLineBreak || self == 0x0B || self == 0x0C }
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    static func ascii(_ c: Unicode.Scalar) -> UInt8 { UInt8(ascii: c) }
}

extension ArraySlice<UInt8> {
    var string: String { String(decoding: self, as: UTF8.self) }

    var trimmed: Self {
        var slice = self
        while let first = slice.first, first.isSpace { slice.removeFirst() }
        while let last = slice.last, last.isSpace { slice.removeLast() }
        return slice
    }
}

extension [UInt8] {
    /// Does `word`, which is in lower case, stand at `index`, in any letter case?
    func has(_ word: StaticString, at index: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard index >= 0, index + length <= count else { return false }
        for i in 0..<length where self[index + i].lowercased != word.utf8Start[i] { return false }
        return true
    }

    /// Does `word`, which is in lower case, end at `index`?
    func has(_ word: StaticString, before index: Int) -> Bool {
        has(word, at: index - word.utf8CodeUnitCount)
    }

    /// Where `word`, which is in lower case, first stands in `range`.
    func firstIndex(of word: StaticString, in range: Range<Int>) -> Int? {
        let first = word.utf8Start[0]
        for i in range where self[i].lowercased == first && has(word, at: i) { return i }
        return nil
    }

    /// Is it among them? Faster than `contains`, which looks at one after the other.
    func has(_ byte: UInt8) -> Bool { firstIndex(of: byte, before: count) != nil }

    /// Where it first stands before `end`. Likewise.
    func firstIndex(of byte: UInt8, before end: Int) -> Int? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return nil }
            return memchr(start, Int32(byte), Swift.min(end, bytes.count)).map { UnsafeRawPointer($0) - start }
        }
    }

    /// Where the first digit stands from `index` on; the end where none does. Eight bytes at a time, as most are none.
    func firstDigit(from index: Int) -> Int {
        withUnsafeBytes { bytes in
            var i = index
            while i + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
                // Digits become 0 to 9; the top bit of all others is set.
                let numbers = word ^ 0x3030_3030_3030_3030
                let others = (numbers & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676 | numbers
                let digits = ~others & 0x8080_8080_8080_8080
                if digits != 0 { return i + digits.trailingZeroBitCount / 8 }
                i += 8
            }
            while i < bytes.count, !bytes[i].isDigit { i += 1 }
            return i
        }
    }

    /// Where these bytes first stand among them; nil where they are none.
    func firstIndex(of bytes: [UInt8]) -> Int? {
        guard let first = bytes.first else { return nil }
        return indices.first { self[$0] == first && self[$0...].starts(with: bytes) }
    }

    /// Do these bytes stand somewhere among them? Not where they are none.
    func contains(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return false }
        return indices.contains { self[$0] == first && self[$0...].starts(with: bytes) }
    }
}

extension StringProtocol where UTF8View: BidirectionalCollection {
    /// The longest beginning that has at most so many bytes of UTF-8, and no character in part.
    package func beginning(bytes: Int) -> String {
        guard utf8.count > bytes else { return String(self) }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
