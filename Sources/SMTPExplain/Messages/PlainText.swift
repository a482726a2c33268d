/// Makes words comparable.
enum PlainText {
    /// The text with plain spaces and apostrophes, and without marks of no width.
    static func plain(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 >= 0x80 }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var i = 0
        while i < text.count {
            if text[i] >= 0xC2, let (length, plain) = replacement(text, at: i) {
                if let plain { result.append(plain) }
                i += length
            } else {
                result.append(text[i])
                i += 1
            }
        }
        return result
    }

    private static func replacement(_ text: [UInt8], at index: Int) -> (length: Int, plain: UInt8?)? {
        let rest = text[index...].prefix(3)
        if rest.starts(with: [0xC2, 0xA0]) { return (2, 0x20) }
        if rest.starts(with: [0xC2, 0xAD]) { return (2, nil) }
        guard rest.count == 3 else { return nil }
        switch (rest[index], rest[index + 1], rest[index + 2]) {
        // U+2000 to U+200A, U+202F, U+3000
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE3, 0x80, 0x80): return (3, 0x20)
        // U+2018, U+2019
        case (0xE2, 0x80, 0x98...0x99): return (3, .ascii("'"))
        // U+200B to U+200F, U+FEFF
        case (0xE2, 0x80, 0x8B...0x8F), (0xEF, 0xBB, 0xBF): return (3, nil)
        default: return nil
        }
    }

    /// The text with small letters of Latin, Greek and Cyrillic, which are as long as the capital ones in UTF-8.
    static func lowercased(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 >= 0xC3 && $0 <= 0xD0 }) else { return text }
        var result = text
        for i in 0..<max(0, text.count - 1) {
            switch (text[i], text[i + 1]) {
            case (0xC3, 0x80...0x96), (0xC3, 0x98...0x9E): result[i + 1] |= 0x20
            // Latin Extended-A pairs them: the capital letter first.
            case (0xC4, 0x80...0xB7) where text[i + 1] % 2 == 0, (0xC5, 0x8A...0xB7) where text[i + 1] % 2 == 0:
                result[i + 1] += 1
            case (0xC4, 0xB9...0xBD) where text[i + 1] % 2 == 1, (0xC5, 0x81...0x87) where text[i + 1] % 2 == 1,
                (0xC5, 0xB9...0xBD) where text[i + 1] % 2 == 1:
                result[i + 1] += 1
            case (0xCE, 0x91...0x9F): result[i + 1] += 0x20
            case (0xCE, 0xA0...0xA9): (result[i], result[i + 1]) = (0xCF, text[i + 1] - 0x20)
            case (0xD0, 0x80...0x8F): (result[i], result[i + 1]) = (0xD1, text[i + 1] + 0x10)
            case (0xD0, 0x90...0x9F): result[i + 1] += 0x20
            case (0xD0, 0xA0...0xAF): (result[i], result[i + 1]) = (0xD1, text[i + 1] - 0x20)
            default: break
            }
        }
        return result
    }
}
