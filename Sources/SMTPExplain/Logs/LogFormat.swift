/// How one kind of mail server writes a line of its log: a file each.
protocol LogFormat: SendableMetatype {
    /// Is the line one of this format? Adds what it tells, and that may be nothing.
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool
}

enum LogFormats {
    /// The commonest first; a line is of the first format that says so.
    static let all: [any LogFormat.Type] = [
        Postfix.self, Exim.self, Qmail.self, OpenSMTPD.self, Haraka.self, Stalwart.self,
    ]
}

extension Span<UInt8> {
    /// The address between `<` and `>` at `start`, or up to a blank or comma where there is no bracket.
    func address(at start: Int) -> Range<Int>? {
        guard start < count else { return nil }
        if self[start] == .ascii("<") {
            return first(.ascii(">"), from: start).map { start + 1..<$0 }
        }
        var end = start
        while end < count, self[end] != 0x20, self[end] != .ascii(",") { end += 1 }
        return end > start ? start..<end : nil
    }
}
