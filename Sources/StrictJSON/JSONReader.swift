/// A value of JSON (RFC 8259), as far as requests and rules have a use for it.
package enum JSONValue {
    case string(String)
    /// Nil for a number that is no integer, or too large for one. 550.0 is the integer 550.
    case number(Int?)
    /// `true`, `false`, or nil for `null`.
    case word(Bool?)
    case array([JSONValue])
    case object([(name: String, value: JSONValue)])
}

/// Where bytes stop being JSON.
package struct JSONFault: Error {
    /// In words: `at line 1, column 10 (byte 9)`.
    package let position: String
}

/// Reads JSON strictly. Foundation's decoder takes some that is none on Linux, such as a comma before a
/// closing bracket, and does not say where the rest goes wrong.
package struct JSONReader {
    /// Of brackets in brackets.
    private static let mostNested = 512

    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    /// The one value that the bytes are.
    package static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.fault() }
        return value
    }

    /// All values that follow one another, with blanks between or none.
    package static func readAll(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> [JSONValue] {
        var reader = JSONReader(bytes: bytes)
        var values: [JSONValue] = []
        repeat {
            values.append(try reader.value(depth: 0))
            reader.skipSpace()
        } while reader.index < bytes.count
        return values
    }

    /// Where something stands, as ``JSONFault/position`` says it: the element or member of that number, counted from 0,
    /// in the one before. Values need not remember where they stood, as long as few are asked for.
    package static func position(_ way: [Int], in bytes: UnsafeRawBufferPointer) -> String {
        var reader = JSONReader(bytes: bytes)
        // What was read before is read again without a fault.
        try? reader.follow(way)
        return reader.position
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var position: String {
        let before = bytes[..<index]
        let line = before.count { $0 == 0x0A } + 1
        let column = index - (before.lastIndex(of: 0x0A) ?? -1)
        return "at line \(line), column \(column) (byte \(index))"
    }

    private func fault() -> JSONFault { JSONFault(position: position) }

    /// Goes to the beginning of the value, or of the member's name.
    private mutating func follow(_ way: [Int]) throws(JSONFault) {
        skipSpace()
        for (depth, number) in way.enumerated() {
            if depth > 0, next == UInt8(ascii: "\"") { try skipName() }
            let isObject = next == UInt8(ascii: "{")
            index += 1
            skipSpace()
            for _ in 0..<number {
                if isObject { try skipName() }
                _ = try value(depth: depth)
                skipSpace()
                try require(",")
                skipSpace()
            }
        }
    }

    private mutating func skipName() throws(JSONFault) {
        _ = try string()
        skipSpace()
        try require(":")
        skipSpace()
    }

    /// The byte at `index`; 0, which JSON has nowhere, at the end.
    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skipSpace() {
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func require(_ character: Unicode.Scalar) throws(JSONFault) {
        guard take(character) else { throw fault() }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipSpace()
        guard depth < Self.mostNested else { throw fault() }
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth))
        case UInt8(ascii: "["): return .array(try elements(depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", true)
        case UInt8(ascii: "f"): return try word("false", false)
        case UInt8(ascii: "n"): return try word("null", nil)
        default: return .number(try number())
        }
    }

    private mutating func members(_ depth: Int) throws(JSONFault) -> [(name: String, value: JSONValue)] {
        index += 1
        skipSpace()
        var members: [(name: String, value: JSONValue)] = []
        if take("}") { return members }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            try require(":")
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        try require("}")
        return members
    }

    private mutating func elements(_ depth: Int) throws(JSONFault) -> [JSONValue] {
        index += 1
        skipSpace()
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        try require("]")
        return elements
    }

    private mutating func word(_ word: StaticString, _ value: Bool?) throws(JSONFault) -> JSONValue {
        for i in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[i] else { throw fault() }
            index += 1
        }
        return .word(value)
    }

    // MARK: - Strings

    private mutating func string() throws(JSONFault) -> String {
        try require("\"")
        let start = index
        while true {
            switch next {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: bytes[start..<index - 1], as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0x20..<0x80: index += 1
            default: try skipSequence()
            }
        }
    }

    /// The string that began at `start` and has an escape at `index`.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var text = Array(bytes[start..<index])
        while !take("\"") {
            let begin = index
            switch next {
            case UInt8(ascii: "\\"): text += String(try escape()).utf8
            case 0x20..<0x80:
                index += 1
                text.append(bytes[begin])
            default:
                try skipSequence()
                text += bytes[begin..<index]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        index += 1
        let plain: Unicode.Scalar
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = Unicode.Scalar(next)
        case UInt8(ascii: "b"): plain = "\u{8}"
        case UInt8(ascii: "f"): plain = "\u{C}"
        case UInt8(ascii: "n"): plain = "\n"
        case UInt8(ascii: "r"): plain = "\r"
        case UInt8(ascii: "t"): plain = "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw fault()
        }
        index += 1
        return plain
    }

    /// `\u00E4`, or a pair of surrogates (RFC 8259, section 7); one of a pair alone is a fault.
    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try escapedUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), next == UInt8(ascii: "u") else { throw fault() }
        let second = try escapedUnit()
        guard UTF16.isTrailSurrogate(UInt16(second)) else { throw fault() }
        return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)!
    }

    /// The four digits behind the `u` at `index`.
    private mutating func escapedUnit() throws(JSONFault) -> UInt32 {
        index += 1
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else { throw fault() }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    /// One character of more than a byte (RFC 3629, section 4).
    private mutating func skipSequence() throws(JSONFault) {
        let lead = next
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        guard length > 0, index + length <= bytes.count else { throw fault() }
        let second = bytes[index + 1]
        let least: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let most: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard (least...most).contains(second),
            bytes[(index + 2)..<(index + length)].allSatisfy({ (0x80...0xBF).contains($0) })
        else { throw fault() }
        index += length
    }

    // MARK: - Numbers

    private mutating func number() throws(JSONFault) -> Int? {
        let start = index
        _ = take("-")
        if !take("0") { try digits() }
        let end = index
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        return end == index ? Int(text) : Double(text).flatMap(Int.init(exactly:))
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while (0x30...0x39).contains(next) { index += 1 }
        guard index > start else { throw fault() }
    }
}
