import SMTPCatalog

/// A reply code as it stands in a text, with the enhanced code attached to it.
struct CodeMark {
    let code: ReplyCode
    /// From the first digit of the code to where the text goes on.
    let range: Range<Int>
    let enhanced: EnhancedCode?
    /// `550-`: more lines follow.
    let continues: Bool
    let startsLine: Bool
    /// Some write the enhanced code first: `5.1.1 550 No such user`.
    var followsEnhanced = false
}

/// An enhanced code as it stands in a text.
struct EnhancedMark {
    let code: EnhancedCode
    let range: Range<Int>
}

/// Finds what may be a reply code or an enhanced code among the numbers of a text.
///
/// It goes by form and neighbours alone: three digits in the middle of an address, a time, a port, a size
/// or a message id are none. ``ReplyReader`` chooses among those that are left.
struct CodeScanner {
    let bytes: [UInt8]

    /// The enhanced code at `index`, if the number there has just that form.
    func enhanced(at index: Int) -> EnhancedMark? {
        guard index + 4 < bytes.count, bytes[index + 1] == .ascii(".") else { return nil }
        let digit = bytes[index]
        guard digit == .ascii("2") || digit == .ascii("4") || digit == .ascii("5") else { return nil }
        if index > 0 {
            let before = bytes[index - 1]
            if before.isWordByte || before == .ascii(".") || before == .ascii("/") || before == .ascii("_") {
                return nil
            }
        }
        var end = index + 2
        guard let subject = number(at: &end), end < bytes.count, bytes[end] == .ascii(".") else { return nil }
        end += 1
        guard let detail = number(at: &end) else { return nil }
        if end < bytes.count {
            let after = bytes[end]
            if after.isWordByte || after == .ascii("_") { return nil }
            if after == .ascii("."), end + 1 < bytes.count, bytes[end + 1].isWordByte { return nil }
            if after == .ascii("-"), end + 1 < bytes.count, bytes[end + 1].isDigit { return nil }
        }
        guard let code = EnhancedCode(classDigit: Int(digit - 0x30), subject: subject, detail: detail)
        else { return nil }
        return EnhancedMark(code: code, range: index..<end)
    }

    /// One to three digits without a leading zero; moves `index` behind them.
    private func number(at index: inout Int) -> Int? {
        let start = index
        var value = 0
        while index < bytes.count, bytes[index].isDigit, index - start < 4 {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        let length = index - start
        guard (1...3).contains(length), length == 1 || bytes[start] != .ascii("0") else { return nil }
        return value
    }

    /// The reply code at `index`, if three digits stand there that can be one.
    func code(at index: Int) -> CodeMark? {
        guard index + 3 <= bytes.count, bytes[index + 1].isDigit, bytes[index + 2].isDigit else { return nil }
        let number =
            Int(bytes[index] - 0x30) * 100 + Int(bytes[index + 1] - 0x30) * 10 + Int(bytes[index + 2] - 0x30)
        guard let code = ReplyCode(rawValue: number), fitsBefore(index), fitsAfter(index + 3),
            !counts(index)
        else { return nil }
        let continues = index + 3 < bytes.count && bytes[index + 3] == .ascii("-")
        var end = index + 3
        if end < bytes.count, bytes[end] == .ascii("-") || bytes[end] == .ascii(":") { end += 1 }
        // IronPort's `550-'5.1.1 ...'` and `('550', ['5.1.1 ...'])`.
        if let quote = Self.quotes.first(where: { bytes.has($0, at: end) }) { end += quote.utf8CodeUnitCount }
        let (attached, textStart) = attachedEnhanced(from: end)
        return CodeMark(
            code: code, range: index..<textStart, enhanced: attached, continues: continues,
            startsLine: startsLine(index))
    }

    func firstCode(in range: Range<Int>) -> CodeMark? {
        range.lazy.filter { bytes[$0].isDigit && ($0 == 0 || !bytes[$0 - 1].isDigit) }.compactMap(code(at:)).first
    }

    private static let quotes: [StaticString] = [
        "', ['", "', [b'", ", b'", ", '", ", b\"", ", \"", ", ['", "]", "'",
    ]

    private func fitsBefore(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = bytes[index - 1]
        if before.isSpace { return true }
        switch before {
        case .ascii("\""), .ascii("'"), .ascii("("), .ascii("<"), .ascii(">"), .ascii(";"), .ascii("#"),
            .ascii("|"), .ascii(","), .ascii("`"), .ascii("}"), .ascii("]"), .ascii("*"):
            return true
        case .ascii(":"):
            // A time, an IPv6 address, or a port behind one.
            return index < 2
                || !bytes[index - 2].isDigit && bytes[index - 2] != .ascii(":") && bytes[index - 2] != .ascii("]")
        case .ascii("="):
            return bytes.has("code=", before: index) || bytes.has("status=", before: index)
                || bytes.has("reply=", before: index) || bytes.has("response=", before: index)
                || bytes.has("error=", before: index) || bytes.has("led=", before: index)
                || bytes.has("message=", before: index) || bytes.has("stat=", before: index)
        case .ascii("@"):
            // A field of Momentum's log, behind the sender's address.
            return attachedEnhanced(from: index + 3).0 != nil
        case .ascii("["):
            return index < 2 || !bytes[index - 2].isWordByte
        default:
            return before >= 0x80
        }
    }

    private func fitsAfter(_ end: Int) -> Bool {
        guard end < bytes.count else { return true }
        let after = bytes[end]
        let next = end + 1 < bytes.count ? bytes[end + 1] : 0x20
        switch after {
        case .ascii("-"):
            // A keyword such as 8BITMIME may begin with a digit.
            return !next.isDigit || enhanced(at: end + 1) != nil || end + 2 < bytes.count && bytes[end + 2].isLetter
        case .ascii(":"), .ascii("."), .ascii(","): return !next.isWordByte || after == .ascii(":") && !next.isDigit
        case .ascii("\""), .ascii("'"), .ascii(")"), .ascii(";"), .ascii("#"), .ascii("<"), .ascii(">"),
            .ascii("|"), .ascii("!"), .ascii("("), .ascii("["):
            return true
        case .ascii("]"):
            // `smtpd[450]` is a process, `[550]` may be a reply.
            return end >= 5 && bytes[end - 4] == .ascii("[") && bytes[end - 5].isBlank && next.isBlank
        default: return after.isSpace || after >= 0x80
        }
    }

    /// Does the number at `index` count what the next word names, so that it is no code?
    private func counts(_ index: Int) -> Bool {
        let next = index + 4
        guard next < bytes.count, bytes[next - 1].isBlank else { return false }
        let units: [StaticString] = [
            "octets", "bytes", "byte", "ms", "seconds", "sec", "secs", "minutes", "hours", "days", "kb", "mb", "kib",
            "mib", "characters", "chars", "lines", "times", "points", "per", "of",
        ]
        let things: [StaticString] = ["recipients", "messages", "connections", "users", "mails", "emails"]
        // As far as the longest of them.
        let length = bytes[next...].prefix(12).prefix(while: \.isWordByte).count
        func stands(_ word: StaticString) -> Bool {
            word.utf8CodeUnitCount == length && bytes.has(word, at: next)
        }
        // Where a reply begins, it may speak of things.
        return units.contains(where: stands)
            || things.contains(where: stands) && !startsLine(index) && !bytes.has(">: ", before: index)
    }

    /// The enhanced code that stands right behind a reply code, also as `#5.1.1`, `(#5.1.1)` or `[5.1.1]`,
    /// and where the text goes on.
    private func attachedEnhanced(from end: Int) -> (EnhancedCode?, Int) {
        var index = end
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        let textStart = index
        while index < bytes.count,
            bytes[index] == .ascii("#") || bytes[index] == .ascii("(") || bytes[index] == .ascii("[")
                || bytes[index] == .ascii("<")
        {
            index += 1
        }
        let opened = index > textStart && bytes[index - 1] != .ascii("#") || index > textStart + 1
        guard index < bytes.count, index - textStart <= 2, let mark = enhanced(at: index) else {
            return (nil, textStart)
        }
        index = mark.range.upperBound
        if opened, index < bytes.count, !bytes[index].isSpace { index += 1 }
        while index < bytes.count, bytes[index].isBlank || bytes[index] == .ascii(":") || bytes[index] == .ascii(";") {
            index += 1
        }
        return (mark.code, index)
    }

    /// Is `index` at the start of a line, but for quotes, `smtp;` and the marks of a transcript?
    private func startsLine(_ index: Int) -> Bool {
        var i = index
        while i > 0 {
            let before = bytes[i - 1]
            if before.isLineBreak { return true }
            if before.isBlank || before == .ascii("\"") || before == .ascii("'") || before == .ascii("<")
                || before == .ascii(">") || before == .ascii("(") || before == .ascii("[")
                || before == .ascii("#") || before == .ascii("*")
            {
                i -= 1
            } else if bytes.has("smtp;", before: i) {
                i -= 5
            } else {
                return false
            }
        }
        return true
    }
}
