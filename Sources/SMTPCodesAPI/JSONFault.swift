/// Finds where bytes stop being JSON (RFC 8259). Foundation's decoder says on Linux only that they do, and
/// takes some that are not, such as a comma before a closing bracket.
struct JSONFault {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    /// In words, for a problem's detail: `at line 1, column 10 (byte 9)`; nil where all is JSON.
    static func position(in bytes: UnsafeRawBufferPointer) -> String? {
        var fault = JSONFault(bytes: bytes)
        guard !fault.isWhole() else { return nil }
        let before = bytes[..<fault.index]
        let line = before.count { $0 == 0x0A } + 1
        let column = fault.index - (before.lastIndex(of: 0x0A) ?? -1)
        return "at line \(line), column \(column) (byte \(fault.index))"
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Reads one value and nothing behind it; at a fault, `index` stays there.
    private mutating func isWhole() -> Bool {
        guard value(depth: 0) else { return false }
        skipSpace()
        return index == bytes.count
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] <= 0x20,
            bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
        {
            index += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        skipSpace()
        guard index < bytes.count, depth < 512 else { return false }
        switch bytes[index] {
        case UInt8(ascii: "{"):
            return list(closing: "}", depth) { $0.string() && $0.colon() && $0.value(depth: depth + 1) }
        case UInt8(ascii: "["): return list(closing: "]", depth) { $0.value(depth: depth + 1) }
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    /// Members between the bracket at `index` and the closing one.
    private mutating func list(closing: Unicode.Scalar, _ depth: Int, _ member: (inout Self) -> Bool) -> Bool {
        index += 1
        skipSpace()
        if take(closing) { return true }
        while true {
            skipSpace()
            guard member(&self) else { return false }
            skipSpace()
            if take(closing) { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func colon() -> Bool {
        skipSpace()
        return take(":")
    }

    private mutating func word(_ word: StaticString) -> Bool {
        for i in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count, bytes[index] == word.utf8Start[i] else { return false }
            index += 1
        }
        return true
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while index < bytes.count, bytes[index] >= 0x20 {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0x80...: guard sequence() else { return false }
            default: index += 1
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        index += 1
        guard index < bytes.count, "\"\\/bfnrtu".utf8.contains(bytes[index]) else { return false }
        index += 1
        guard bytes[index - 1] == UInt8(ascii: "u") else { return true }
        for _ in 0..<4 {
            guard index < bytes.count, Character(Unicode.Scalar(bytes[index])).isHexDigit else { return false }
            index += 1
        }
        return true
    }

    /// One character of more than a byte (RFC 3629, section 4).
    private mutating func sequence() -> Bool {
        let lead = bytes[index]
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        guard length > 0, index + length <= bytes.count else { return false }
        let second = bytes[index + 1]
        let least: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let most: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard (least...most).contains(second),
            bytes[(index + 2)..<(index + length)].allSatisfy({ (0x80...0xBF).contains($0) })
        else { return false }
        index += length
        return true
    }

    private mutating func number() -> Bool {
        _ = take("-")
        let start = index
        guard digits() else { return false }
        if bytes[start] == UInt8(ascii: "0"), index > start + 1 { return false }
        if take("."), !digits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        return index > start
    }
}
