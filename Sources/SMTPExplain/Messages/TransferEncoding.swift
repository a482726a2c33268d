/// Undoes the encodings of message bodies (RFC 2045, section 6).
enum TransferEncoding {
    /// Whatever stands among the letters of base64 is skipped, and so is what follows the padding: banners that a
    /// filter appended.
    static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(body.count / 4 * 3)
        var (bits, count) = (UInt32(0), 0)
        for byte in body {
            if byte == .ascii("=") { break }
            guard let value = base64Value(byte) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }

    private static func base64Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case .ascii("A") ... .ascii("Z"): byte - .ascii("A")
        case .ascii("a") ... .ascii("z"): byte - .ascii("a") + 26
        case .ascii("0") ... .ascii("9"): byte - .ascii("0") + 52
        case .ascii("+"): 62
        case .ascii("/"): 63
        default: nil
        }
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

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case .ascii("0") ... .ascii("9"): byte - .ascii("0")
        case .ascii("A") ... .ascii("F"): byte - .ascii("A") + 10
        case .ascii("a") ... .ascii("f"): byte - .ascii("a") + 10
        default: nil
        }
    }
}
