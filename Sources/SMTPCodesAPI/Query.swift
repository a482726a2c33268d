/// The parameters of a query string.
struct Query {
    private let values: [String: String]

    /// Throws a ``Problem`` at a bad escape, and at a parameter that the route does not take or that is
    /// given twice, so that a misspelt filter is not silently without effect.
    init(_ query: String?, allowing names: [String]) throws(Problem) {
        var values: [String: String] = [:]
        for pair in query?.split(separator: "&") ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decode(parts[0])
            guard name == "pretty" || names.contains(name) else {
                let known = (names + ["pretty"]).joined(separator: ", ")
                throw .malformedQuery("There is no parameter \"\(name)\" here; there are: \(known).")
            }
            guard values[name] == nil else { throw .malformedQuery("The parameter \"\(name)\" is given twice.") }
            values[name] = parts.count > 1 ? try Self.decode(parts[1]) : ""
        }
        self.values = values
    }

    /// Undoes the escapes of a form (`+` is a space).
    private static func decode(_ text: Substring) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, digits.first!.isHexDigit,
                let escaped = UInt8(digits, radix: 16)
            else { throw .malformedQuery("\"\(text)\" has a bad percent escape.") }
            bytes.append(escaped)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .malformedQuery("\"\(text)\" is not UTF-8.")
        }
        return decoded
    }

    /// Is the answer to be indented? `?pretty`, also with `true` or `1`.
    func pretty() throws(Problem) -> Bool {
        switch values["pretty"] {
        case nil, "false", "0": false
        case "", "true", "1": true
        default: throw .malformedQuery("pretty takes no value, or true or false.")
        }
    }

    /// The words to search for, in lower case; empty where the query has none.
    func words() -> [String] {
        values["q"]?.lowercased().split(whereSeparator: \.isWhitespace).map(String.init) ?? []
    }

    /// The digit given for `name`; nil where absent. Throws where it is not one of `digits`.
    func digit(_ name: String, among digits: [Int]) throws(Problem) -> Int? {
        guard let value = values[name] else { return nil }
        guard let digit = Int(value), value.utf8.count == 1, digits.contains(digit) else {
            let known = digits.map(String.init).joined(separator: ", ")
            throw .malformedQuery("\(name)=\(value) is not one of \(known).")
        }
        return digit
    }
}

extension [String] {
    /// Do all these words stand in the text, which is in lower case, in any order?
    func allStand(in text: String) -> Bool {
        allSatisfy { text.contains($0) }
    }
}
