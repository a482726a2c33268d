/// A mail address as it stands in a report or among words.
enum Address {
    /// The bare address of a report's field: without its type (`rfc822;`), brackets, quotes, remarks, and the `SMTP:` of
    /// gateways. Nil where nothing is left. A name without a domain stays what it is.
    static func bare(_ value: String) -> String? {
        var address = Array(unescaped(untyped(value)).utf8.prefix(1024))[...].trimmed
        if let open = address.lastIndex(of: .ascii("<")) {
            address = address[(open + 1)...].prefix { $0 != .ascii(">") }
        }
        // Gateways put the address into a longer one of another kind.
        for mark in ["dda:smtp=", "dda.smtp=", "rfc-822=", "smtp:", "smtp=", "mailto:"] as [StaticString] {
            if let found = Array(address).firstIndex(of: mark, in: 0..<address.count) {
                address = Array(Array(address)[(found + mark.utf8CodeUnitCount)...])[...].prefix {
                    $0 != .ascii("/") && $0 != .ascii(";")
                }
            }
        }
        // X.400 has no @ (RFC 2156, section 4.3.1).
        if let at = Array(address).firstIndex(of: "(a)", in: 0..<address.count) {
            let bytes = Array(address)
            address = (bytes[..<at] + [.ascii("@")] + bytes[(at + 3)...])[...]
        }
        if let remark = address.firstIndex(of: .ascii("(")) { address = address[..<remark] }
        address = address.trimmed
        while let first = address.first, "<[\"'(".utf8.contains(first) { address.removeFirst() }
        while let last = address.last, ">]\"',;:.)".utf8.contains(last) { address.removeLast() }
        return address.isEmpty ? nil : address.string
    }

    static func isComplete(_ address: String) -> Bool {
        guard let at = address.utf8.lastIndex(of: .ascii("@")) else { return false }
        return at > address.utf8.startIndex && address.utf8.index(after: at) < address.utf8.endIndex
            && address.utf8.first != .ascii("/")
    }

    static func domain(of address: String) -> Substring? {
        address.lastIndex(of: "@").map { address[address.index(after: $0)...] }
    }

    /// The value behind its type: `rfc822; a@b.example`.
    static func untyped(_ value: String) -> String {
        guard let semicolon = value.utf8.prefix(40).firstIndex(of: .ascii(";")),
            value.utf8[..<semicolon].allSatisfy({ $0.isWordByte || $0 == .ascii("-") || $0.isBlank })
        else { return value }
        return Array(value.utf8[value.utf8.index(after: semicolon)...])[...].trimmed.string
    }

    /// Undoes `\x{F6}`, in which an ASCII-only report writes an address in UTF-8 (RFC 6533, section 3).
    private static func unescaped(_ address: String) -> String {
        let bytes = Array(address.utf8)
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if bytes.has("\\x{", at: i), let end = bytes[(i + 3)...].prefix(7).firstIndex(of: .ascii("}")),
                bytes[(i + 3)..<end].allSatisfy(\.isWordByte),
                let scalar = UInt32(bytes[(i + 3)..<end].string, radix: 16).flatMap(Unicode.Scalar.init)
            {
                result += String(scalar).utf8
                i = end + 1
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result[...].string
    }

    // MARK: - Among words

    /// The address around the `@` at `index`, which begins no earlier than `start`.
    static func range(in text: [UInt8], around index: Int, from start: Int) -> Range<Int>? {
        var (first, last) = (index, index + 1)
        // Letters beyond ASCII count between brackets only: where words have no spaces, they stand right beside.
        while first > start, index - first < 128, isLocal(text[first - 1]) { first -= 1 }
        while last < text.count, last - index < 256, isDomain(text[last]) { last += 1 }
        if let wide = bracketed(text, first, last, from: start) { return wide }
        if last < text.count, last == index + 1, text[last] == .ascii("[") {
            guard let close = text[last...].prefix(48).firstIndex(of: .ascii("]")) else { return nil }
            last = close + 1
        }
        while last > index + 1, text[last - 1] == .ascii(".") || text[last - 1] == .ascii("-") { last -= 1 }
        // `to=a@b.example`, `SMTP=a@b.example`: a word that is no part of it.
        if let equals = text[first..<index].lastIndex(of: .ascii("=")),
            introductions.contains(where: { text.has($0, before: equals) })
        {
            first = equals + 1
        }
        while first < index,
            [.ascii("'"), .ascii("`"), .ascii("*"), .ascii("-"), .ascii("."), .ascii("="), .ascii("/")].contains(
                text[first])
        { first += 1 }
        let isBracketed = first > 0 && text[first - 1] == .ascii("<") && last < text.count && text[last] == .ascii(">")
        let domain = text[(index + 1)..<last]
        guard first < index, !domain.isEmpty, domain.contains(.ascii(".")) || isBracketed else { return nil }
        return isInURL(text, first) ? nil : first..<last
    }

    private static let introductions: [StaticString] = [
        "to", "smtp", "rcpt", "addr", "recipient", "for", "email", "user", "ddv",
    ]

    /// What stands between angle brackets, where letters beyond ASCII are in it.
    private static func bracketed(_ text: [UInt8], _ first: Int, _ last: Int, from start: Int) -> Range<Int>? {
        guard first > start && text[first - 1] >= 0x80 || last < text.count && text[last] >= 0x80 else { return nil }
        var (first, last) = (first, last)
        while first > start, last - first < 320, text[first - 1] != .ascii("<"), !text[first - 1].isSpace { first -= 1 }
        while last < text.count, last - first < 320, text[last] != .ascii(">"), !text[last].isSpace { last += 1 }
        guard first > start, text[first - 1] == .ascii("<"), last < text.count, text[last] == .ascii(">") else {
            return nil
        }
        return first..<last
    }

    /// Is what stands right before the address a URL that it is part of?
    private static func isInURL(_ text: [UInt8], _ first: Int) -> Bool {
        var i = first
        while i > 0, first - i < 200, !text[i - 1].isSpace, text[i - 1] != .ascii("<"), text[i - 1] != .ascii("\"") {
            i -= 1
        }
        return i < first
            && (text.firstIndex(of: "://", in: i..<first) != nil
                || text.firstIndex(of: "mailto:", in: i..<first) != nil)
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isWordByte || "!#$%&'*+-/=?^_`{}~.".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte == .ascii("-") || byte == .ascii(".") || byte == .ascii("_")
    }
}
