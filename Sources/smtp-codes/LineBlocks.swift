/// Cuts what is read into blocks of whole lines.
struct LineBlocks {
    let source: ByteSource
    private var rest: [UInt8] = []
    /// In a line so long that its beginning was given.
    private var skips = false
    /// Was a line longer than ``mostBytes``?
    private(set) var hasCut = false
    private var hasEnded = false
    /// What was read could not be read to its end; what was read before is given all the same.
    private(set) var error: ReadError?

    /// In which a line must end, else it is cut; services send many events in a line of JSON.
    static let mostBytes = 4 << 20

    init(_ source: ByteSource) { self.source = source }

    var bytesRead: Int { source.bytesRead }

    /// Is there nothing to be read now, as from a log that is still written?
    var isQuiet: Bool { !hasEnded && source.isQuiet }

    /// The next lines, as many as there are but at most a few megabytes; nil at the end, and when a signal came.
    mutating func next() -> [UInt8]? {
        while !hasEnded {
            do {
                let bytes = try source.read()
                hasEnded = bytes.isEmpty
                append(bytes)
            } catch {
                self.error = error
                hasEnded = true
            }
            if !hasEnded, let block = wholeLines() { return block }
        }
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
    }

    private mutating func append(_ bytes: [UInt8]) {
        guard skips else {
            if rest.isEmpty { rest = bytes } else { rest += bytes }
            return
        }
        guard let end = bytes.firstIndex(of: 0x0A) else { return }
        skips = false
        rest += bytes[end...]
    }

    /// Up to the last end of a line, unless the next line seems to go on with it.
    private mutating func wholeLines() -> [UInt8]? {
        let isQuiet = source.isQuiet
        var end = rest.count
        while let newline = rest[..<end].lastIndex(of: 0x0A) {
            if isQuiet || newline + 1 < rest.count && !isContinuation(after: newline) {
                defer { rest = Array(rest[(newline + 1)...]) }
                if newline + 1 == rest.count { return rest }
                return Array(rest[...newline])
            }
            // More than a few are no entry of a log.
            guard rest.count - newline < 1 << 16 else { break }
            end = newline
        }
        guard rest.count > Self.mostBytes else { return nil }
        let cut = rest.lastIndex(of: 0x0A)
        defer { rest = cut.map { Array(rest[($0 + 1)...]) } ?? [] }
        if let cut { return Array(rest[...cut]) }
        // The beginning of a line that is none of a log.
        skips = true
        hasCut = true
        return Array(rest.prefix(Self.mostBytes))
    }

    /// Is the line behind the newline indented, or the one before it a reply's that goes on?
    private func isContinuation(after newline: Int) -> Bool {
        if rest[newline + 1] == 0x20 || rest[newline + 1] == 0x09 { return true }
        let start = rest[..<newline].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return start + 3 < newline && rest[start + 3] == UInt8(ascii: "-")
    }
}
