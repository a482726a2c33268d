/// The messages of an mbox file (RFC 4155), each as it stands, its `From ` line included.
public struct Mbox: Sequence, Sendable {
    private let bytes: [UInt8]

    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    public func makeIterator() -> Iterator { Iterator(lines: Lines(bytes[...])) }

    public struct Iterator: IteratorProtocol {
        fileprivate var lines: Lines

        /// The next one that is not empty.
        public mutating func next() -> ArraySlice<UInt8>? {
            let start = lines.position
            var isAfterEmptyLine = false
            var hasContent = false
            while case let position = lines.position, let line = lines.next() {
                if isAfterEmptyLine, hasContent, Mbox.isSeparator(line) {
                    lines.position = position
                    return lines.bytes[start..<position]
                }
                isAfterEmptyLine = line.isEmpty
                hasContent = hasContent || !line.isEmpty
            }
            return hasContent ? lines.bytes[start...] : nil
        }
    }

    /// Does a message begin here: `From chris@a.example Tue Mar  3 10:00:00 2026`? Not every writer quotes a line of a
    /// letter that begins like that, so there must be a time in it.
    public static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "From ".utf8) else { return false }
        return line.prefix(200).indices.dropFirst().dropLast().contains { index in
            line[index] == .ascii(":") && line[index - 1].isDigit && index + 1 < line.endIndex
                && line[index + 1].isDigit
        }
    }
}
