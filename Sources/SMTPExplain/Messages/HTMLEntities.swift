import CPhrases

/// Character references of HTML: `&lt;`, `&#64;`, `&#x40;`.
enum HTMLEntities {
    /// What the reference at `index` stands for, and where the reference ends. The semicolon may be missing behind a
    /// number and behind the names of old.
    static func entity(_ html: [UInt8], at index: Int) -> (String, end: Int)? {
        let rest = html[(index + 1)...].prefix(32)
        if rest.first == .ascii("#") { return number(rest.dropFirst()) }
        let name = rest.prefix(while: \.isWordByte)
        if name.endIndex < rest.endIndex, rest[name.endIndex] == .ascii(";") {
            if let text = named[name.string + ";"] { return (text, name.endIndex + 1) }
        }
        for length in stride(from: min(name.count, longestBare), to: 1, by: -1) {
            if let text = named[name.prefix(length).string] { return (text, name.startIndex + length) }
        }
        return nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> (String, end: Int)? {
        let isHex = digits.first.map { $0.lowercased == .ascii("x") } ?? false
        let digits = (isHex ? digits.dropFirst() : digits)
        let number = digits.prefix { isHex ? TransferEncoding.hexDigit($0) != nil : $0.isDigit }
        guard (1...7).contains(number.count), let value = UInt32(number.string, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(value), value != 0
        else { return nil }
        let end = number.endIndex
        // Numbers of Windows' characters are as common as wrong, and browsers take them.
        let text = (0x80...0x9F).contains(value) ? windows[Int(value) - 0x80] : String(scalar)
        return (text, end < digits.endIndex && digits[end] == .ascii(";") ? end + 1 : end)
    }

    private static let windows = (UInt8(0x80)...0x9F).map {
        String(decoding: Charset.utf8([$0], declared: "windows-1252"), as: UTF8.self)
    }

    /// With their semicolons, and without where none is needed (``entities.tsv``).
    private static let named: [String: String] = {
        let file = UnsafeBufferPointer(start: html_entities(), count: html_entities_size())
        var named: [String: String] = [:]
        for line in file.split(separator: .ascii("\n")) where line.first != .ascii("#") {
            let fields = line.split { $0.isBlank }.map { String(decoding: $0, as: UTF8.self) }
            let scalars = fields.dropFirst().map { Unicode.Scalar(UInt32($0, radix: 16)!)! }
            named[fields[0]] = String(String.UnicodeScalarView(scalars))
        }
        return named
    }()

    /// Of the names that need no semicolon.
    private static let longestBare = 6
}
