/// The header fields of a message, of a part of one, or of a group in a report (RFC 5322, section 2.2).
struct HeaderFields {
    /// In order; names in lower case, values as they stand, folded and encoded.
    private(set) var fields: [(name: String, value: ArraySlice<UInt8>)] = []

    init(contentType: String) { fields = [("content-type", Array(contentType.utf8)[...])] }

    /// Reads fields up to the first empty line, which is taken as well. Lines that are no field are skipped: writers
    /// of broken messages leave all kinds of them.
    init(_ lines: inout Lines) {
        var isField = false
        while let line = lines.next(), !line.trimmed.isEmpty {
            if line.first!.isBlank, isField, !fields.isEmpty {
                let start = fields[fields.count - 1].value.startIndex
                fields[fields.count - 1].value = lines.bytes[start..<line.endIndex].trimmed
            } else if let (name, value) = Self.parts(of: line) {
                fields.append((name.string.lowercased(), value))
                isField = true
            } else {
                isField = false
            }
        }
    }

    mutating func append(_ more: HeaderFields) { fields += more.fields }

    /// The name and the value of a line that is a field: it begins with visible characters up to a colon.
    static func parts(of line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        guard let colon = line.prefix(80).firstIndex(of: .ascii(":")) else { return nil }
        var name = line[..<colon]
        while name.last?.isBlank == true { name.removeLast() }
        guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return (name, line[(colon + 1)...].trimmed)
    }

    /// The value of the first field of that name, unfolded and decoded.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }.map { Self.decoded($0.value) }
    }

    func all(_ name: String) -> [String] {
        fields.lazy.filter { $0.name == name }.map { Self.decoded($0.value) }
    }

    /// Of the value, so much as a field has that is no text; and what is sought there is in lower case.
    func short(_ name: String) -> String {
        fields.first { $0.name == name }.map { Self.decoded($0.value.prefix(1024)).lowercased() } ?? ""
    }

    /// Undoes folding (RFC 5322, section 2.2.3) and encoded words.
    static func decoded(_ value: ArraySlice<UInt8>) -> String {
        guard value.contains(where: \.isLineBreak) else { return EncodedWords.decode(Array(value)) }
        var unfolded: [UInt8] = []
        unfolded.reserveCapacity(value.count)
        var lines = Lines(value)
        while let line = lines.next() {
            if !unfolded.isEmpty { unfolded.append(0x20) }
            unfolded += line.trimmed
        }
        return EncodedWords.decode(unfolded)
    }

    /// A value without its parameters, in lower case: `text/plain`.
    static func bare(_ value: String) -> String {
        Array(value.utf8.prefix { $0 != .ascii(";") && $0 != .ascii("(") })[...].trimmed.string.lowercased()
    }
}
