import Glibc

/// The parameters of a query string.
struct Query {
    private let values: [String: String]

    /// Throws a ``Problem`` at a bad escape, and at a parameter that the route does not take or that is
    /// given twice, so that a misspelt filter is not silently without effect.
    init(_ query: String?, allowing names: [String]) throws(Problem) {
        var values: [String: String] = [:]
        for pair in query?.split(separator: "&") ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            guard name == "pretty" || names.contains(name) else {
                let known = (names + ["pretty"]).joined(separator: ", ")
                throw .malformedQuery("There is no parameter \(name.quoted) here; there are: \(known).")
            }
            guard values[name] == nil else { throw .malformedQuery("The parameter \(name.quoted) is given twice.") }
            values[name] = parts.count > 1 ? try Self.decoded(parts[1]) : ""
        }
        self.values = values
    }

    private static func decoded(_ text: Substring) throws(Problem) -> String {
        guard let decoded = decode(text) else {
            throw .malformedQuery("\(text.quoted) has a bad percent escape, or is not UTF-8.")
        }
        return decoded
    }

    /// Undoes the escapes of a form (`+` is a space); nil at a bad one, and for what is not UTF-8.
    static func decode(_ text: Substring) -> String? {
        let escaped = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(escaped.count)
        var i = 0
        while i < escaped.count {
            if escaped[i] == UInt8(ascii: "%") {
                guard i + 2 < escaped.count, let high = hexDigit(escaped[i + 1]), let low = hexDigit(escaped[i + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                i += 3
            } else {
                bytes.append(escaped[i] == UInt8(ascii: "+") ? 0x20 : escaped[i])
                i += 1
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// Is the answer to be indented?
    func pretty() throws(Problem) -> Bool { try isSet("pretty") }

    /// `?name`, also with `true` or `1`.
    func isSet(_ name: String) throws(Problem) -> Bool {
        switch values[name] {
        case nil, "false", "0": false
        case "", "true", "1": true
        default: throw .malformedQuery("\(name) takes no value, or true or false.")
        }
    }

    /// Is every line of a text to be explained? `?each=line`.
    func eachLine() throws(Problem) -> Bool {
        switch values["each"] {
        case nil: false
        case "line": true
        default: throw .malformedQuery("each takes one value: each=line.")
        }
    }

    /// What to search for, as it was typed.
    var text: String { values["q"] ?? "" }

    /// The most words to search for: somebody who knows more has found it.
    private static let mostWords = 16

    /// The words to search for, in lower case, each once; empty where the query has none.
    func words() throws(Problem) -> [String] {
        let scalars = (values["q"] ?? "").lowercased().unicodeScalars
        // NUL, which no text has, ends the strings of C.
        let words = Set(scalars.split { $0.properties.isWhitespace || $0 == "\0" }.map(String.init))
        guard words.count <= Self.mostWords else {
            throw .malformedQuery("q has \(words.count) different words; the most is \(Self.mostWords).")
        }
        return Array(words)
    }

    /// The digit given for `name`; nil where absent. Throws where it is not one of `digits`.
    func digit(_ name: String, among digits: [Int]) throws(Problem) -> Int? {
        guard let value = values[name] else { return nil }
        guard let digit = Int(value), value.utf8.count == 1, digits.contains(digit) else {
            let known = digits.map(String.init).joined(separator: ", ")
            throw .malformedQuery("\(name)=\(value.shortened) is not one of \(known).")
        }
        return digit
    }
}

extension [String] {
    /// Do all these words stand in the text, which is in lower case, in any order?
    func allStand(in text: String) -> Bool {
        // By bytes, and linear in both; `String.contains` goes by grapheme clusters.
        allSatisfy { strstr(text, $0) != nil }
    }
}
