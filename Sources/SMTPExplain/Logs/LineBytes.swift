import Glibc

/// Questions about the bytes of a line. The C library looks at many bytes at a time, and most lines of a log are only
/// looked at.
extension Span<UInt8> {
    /// Where the byte first stands from `start` on.
    func first(_ byte: UInt8, from start: Int = 0) -> Int? {
        guard start >= 0, start < count else { return nil }
        return withUnsafeBufferPointer { bytes in
            let base = bytes.baseAddress!
            guard let found = memchr(base + start, Int32(byte), bytes.count - start) else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Where the words first stand from `start` on, letter for letter.
    func first(_ words: StaticString, from start: Int = 0) -> Int? {
        var start = start
        while let found = first(words.utf8Start[0], from: start) {
            if has(words, at: found) { return found }
            start = found + 1
        }
        return nil
    }

    /// Do the words stand at `index`, letter for letter?
    func has(_ words: StaticString, at index: Int) -> Bool {
        let length = words.utf8CodeUnitCount
        guard index >= 0, index + length <= count else { return false }
        return withUnsafeBufferPointer { memcmp($0.baseAddress! + index, words.utf8Start, length) == 0 }
    }

    /// What stands behind the first `words` from `start` on, up to `end`; nil where either is missing.
    func value(behind words: StaticString, upTo end: StaticString, from start: Int = 0) -> Range<Int>? {
        guard let found = first(words, from: start) else { return nil }
        let begin = found + words.utf8CodeUnitCount
        return first(end, from: begin).map { begin..<$0 }
    }

    /// The end of what stands from `start` on without a blank.
    func endOfWord(from start: Int) -> Int { first(0x20, from: start) ?? count }

    /// The number of `length` digits at `start`; blanks stand for leading zeros.
    func number(at start: Int, length: Int) -> Int? {
        guard start + length <= count else { return nil }
        var number = 0
        for i in start..<start + length {
            if self[i] == 0x20, number == 0, i + 1 < start + length { continue }
            guard self[i].isDigit else { return nil }
            number = number * 10 + Int(self[i] - 0x30)
        }
        return number
    }

    /// The text of a range; bytes that are not UTF-8 are taken for Latin-1, as logs have it.
    func text(_ range: Range<Int>) -> String {
        withUnsafeBufferPointer { Self.text(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        withUnsafeBufferPointer { Array($0[range]) }
    }
}
