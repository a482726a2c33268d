import FoundationEssentials

/// Undoes the encodings of message bodies (RFC 2045, section 6).
enum TransferEncoding {
    static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
        Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map(Array.init) ?? Array(body)
    }

    static func quotedPrintable(_ body: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(body)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            guard bytes[i] == .ascii("=") else {
                result.append(bytes[i])
                i += 1
                continue
            }
            if i + 2 < bytes.count, let high = hexDigit(bytes[i + 1]), let low = hexDigit(bytes[i + 2]) {
                result.append(high << 4 | low)
                i += 3
            } else if let end = softBreak(bytes, after: i) {
                i = end
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result
    }

    /// Where the next line begins, if nothing but space stands between `index` and the end of its line.
    private static func softBreak(_ bytes: [UInt8], after index: Int) -> Int? {
        var i = index + 1
        while i < bytes.count, bytes[i].isBlank { i += 1 }
        guard i < bytes.count else { return i }
        guard bytes[i].isLineBreak else { return nil }
        return bytes[i] == .ascii("\r") && i + 1 < bytes.count && bytes[i + 1] == .ascii("\n") ? i + 2 : i + 1
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case .ascii("0") ... .ascii("9"): byte - .ascii("0")
        case .ascii("A") ... .ascii("F"): byte - .ascii("A") + 10
        case .ascii("a") ... .ascii("f"): byte - .ascii("a") + 10
        default: nil
        }
    }

    /// Text in UTF-8. Of other character sets, those of western Europe are known; the rest is read as UTF-8.
    static func utf8(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        switch charset?.lowercased() {
        case "iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252":
            return bytes.flatMap { byte in byte < 0x80 ? [byte] : Array(String(Unicode.Scalar(byte)).utf8) }
        default: return bytes
        }
    }
}

/// `=?utf-8?Q?Gr=C3=BC=C3=9Fe?=` in header fields (RFC 2047).
enum EncodedWords {
    static func decode(_ value: [UInt8]) -> String {
        var result: [UInt8] = []
        var rest = value[...]
        var afterWord = false
        while let byte = rest.first {
            if byte == .ascii("="), let (decoded, length) = word(rest) {
                // Space between two encoded words belongs to neither.
                if afterWord { while result.last?.isBlank == true { result.removeLast() } }
                result += decoded
                rest = rest.dropFirst(length)
                afterWord = true
            } else {
                if !byte.isBlank { afterWord = false }
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result[...].string
    }

    /// The encoded word at the start, decoded, and its length. None is longer than 75 bytes; some writers
    /// forget that, so 512 are allowed.
    private static func word(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        guard bytes.starts(with: [.ascii("="), .ascii("?")]) else { return nil }
        let fields = bytes.prefix(512).split(separator: .ascii("?"), maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[4].first == .ascii("="), fields[2].count == 1 else { return nil }
        let length = fields[4].startIndex + 1 - bytes.startIndex
        let content: [UInt8]
        switch fields[2].first! {
        case .ascii("Q"), .ascii("q"):
            content = TransferEncoding.quotedPrintable(fields[3].map { $0 == .ascii("_") ? 0x20 : $0 })
        case .ascii("B"), .ascii("b"): content = TransferEncoding.base64(fields[3])
        default: return nil
        }
        return (TransferEncoding.utf8(content, charset: fields[1].string), length)
    }
}
