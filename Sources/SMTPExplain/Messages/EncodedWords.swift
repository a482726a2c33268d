/// `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=` in header fields (RFC 2047), and what writers put there raw.
enum EncodedWords {
    static func decode(_ value: [UInt8]) -> String {
        guard value.contains(.ascii("?")) || value.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else {
            return value[...].string
        }
        var result: [UInt8] = []
        var rest = value[...]
        var raw = rest.startIndex
        // Encoded words in one character set that follow each other: writers part a character between two of them.
        var pending: (charset: String, content: [UInt8])?

        func flush() {
            guard let word = pending else { return }
            result += Charset.utf8(word.content, declared: word.charset)
            pending = nil
        }
        while let start = rest.firstIndex(of: .ascii("=")) {
            guard let (charset, content, length) = word(rest[start...]) else {
                rest = rest[(start + 1)...]
                continue
            }
            // Space between two encoded words belongs to neither.
            let between = value[raw..<start]
            if pending == nil || !between.allSatisfy(\.isSpace) {
                flush()
                result += Charset.utf8(Array(between))
            }
            if pending?.charset != charset { flush() }
            if pending == nil { pending = (charset, content) } else { pending!.content += content }
            rest = rest[(start + length)...]
            raw = rest.startIndex
        }
        flush()
        result += Charset.utf8(Array(value[raw...]))
        return result[...].string
    }

    /// The encoded word at the start: its character set, its bytes, and its length. None is longer than 75 bytes; some
    /// writers forget that, so 512 are allowed.
    private static func word(_ bytes: ArraySlice<UInt8>) -> (charset: String, content: [UInt8], length: Int)? {
        guard bytes.starts(with: [.ascii("="), .ascii("?")]) else { return nil }
        let fields = bytes.prefix(512).split(separator: .ascii("?"), maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[4].first == .ascii("="), fields[2].count == 1 else { return nil }
        let length = fields[4].startIndex + 1 - bytes.startIndex
        // RFC 2231, section 5: a language may follow the set.
        let charset = fields[1].prefix { $0 != .ascii("*") }.string.lowercased()
        switch fields[2].first! {
        case .ascii("Q"), .ascii("q"):
            let content = fields[3].map { $0 == .ascii("_") ? 0x20 : $0 }
            return (charset, TransferEncoding.quotedPrintable(content), length)
        case .ascii("B"), .ascii("b"): return (charset, TransferEncoding.base64(fields[3]), length)
        default: return nil
        }
    }
}
