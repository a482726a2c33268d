/// The value of a Content-Type field: the media type and its parameters (RFC 2045, section 5.1).
///
/// Comments, which RFC 5322, section 3.2.2, allows around each part, say nothing: `boundary=b (made by hand)` is `b`.
struct ContentType {
    /// In lower case; `text/plain` where none is given (RFC 2045, section 5.2).
    let type: String
    private let parameters: [(name: String, value: String)]

    init(_ value: String) {
        var parts = Parts(bytes: Array(value.utf8))
        let type = parts.next()?.value ?? ""
        self.type = type.isEmpty ? "text/plain" : type.lowercased()
        var parameters: [(name: String, value: String)] = []
        while let part = parts.next() {
            if let name = part.name { parameters.append((name.lowercased(), part.value)) }
        }
        self.parameters = parameters
    }

    /// Of several that have the name, the first.
    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// What stands between semicolons, without comments, quotes and the space around it.
    private struct Parts {
        private let bytes: [UInt8]
        private var index = 0
        /// A quote or a comment does not end; from there on, neither means anything.
        private var isBroken = false

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() -> (name: String?, value: String)? {
            guard index < bytes.count else { return nil }
            var name: String?
            var value: [UInt8] = []
            while index < bytes.count, bytes[index] != .ascii(";") {
                switch bytes[index] {
                case .ascii("(") where !isBroken: skipComment()
                case .ascii("\""): value += quoted()
                case .ascii("=") where name == nil:
                    name = value[...].trimmed.string
                    value = []
                    index += 1
                default:
                    value.append(bytes[index])
                    index += 1
                }
            }
            index += 1
            return (name, value[...].trimmed.string)
        }

        /// What stands in the quotes that begin at `index`; a `\` quotes the byte behind it.
        private mutating func quoted() -> [UInt8] {
            index += 1
            guard !isBroken else { return [] }
            var content: [UInt8] = []
            var i = index
            while i < bytes.count {
                if bytes[i] == .ascii("\"") {
                    index = i + 1
                    return content
                }
                if bytes[i] == .ascii("\\"), i + 1 < bytes.count { i += 1 }
                content.append(bytes[i])
                i += 1
            }
            isBroken = true
            return []
        }

        /// Comments may stand in comments.
        private mutating func skipComment() {
            var depth = 0
            for i in index..<bytes.count {
                if bytes[i] == .ascii("(") { depth += 1 }
                if bytes[i] == .ascii(")") { depth -= 1 }
                if depth == 0 {
                    index = i + 1
                    return
                }
            }
            isBroken = true
        }
    }
}
