/// Reads what `journalctl -o export` writes (systemd's "Journal Export Format"): entries with an empty line between, of
/// fields as `NAME=value`, or, where the value is no line of text, `NAME`, its length in 8 bytes, and the value.
public struct JournalExport: Sendable {
    /// What began and is not at its end.
    private var rest: [UInt8] = []
    /// Of a value that is longer than any that is kept, how much is still to come.
    private var skipped = 0
    private var entry = JournalEntry()

    public init() {}

    /// Does a file begin as one that journalctl has exported?
    public static func begins(_ file: [UInt8]) -> Bool {
        file.starts(with: "__CURSOR=".utf8) || file.starts(with: "__REALTIME_TIMESTAMP=".utf8)
    }

    /// The lines of the entries that end in the bytes, as syslog would write them; the others come with the next bytes.
    public mutating func lines(from bytes: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        let all = rest + bytes.dropFirst(skipped)
        skipped = max(0, skipped - bytes.count)
        let taken = read(all.span, into: &lines)
        rest = Array(all[taken...])
        return lines
    }

    /// The line of an entry that nothing ends.
    public mutating func end() -> [UInt8] {
        var lines: [UInt8] = []
        endEntry(&lines)
        self = JournalExport()
        return lines
    }

    /// How many bytes it took.
    private mutating func read(_ bytes: Span<UInt8>, into lines: inout [UInt8]) -> Int {
        var start = 0
        while start < bytes.count {
            guard let end = bytes.first(0x0A, from: start) else { break }
            let field = start..<end
            if field.isEmpty {
                endEntry(&lines)
            } else if let equals = bytes.first(.ascii("="), from: start), equals < end {
                entry.set(bytes, start..<equals, equals + 1..<end)
            } else {
                guard end + 9 <= bytes.count else { break }
                let length = bytes.littleEndian(at: end + 1)
                let value = end + 9..<end + 9 + min(length, LogReader.mostBytes)
                guard value.upperBound < bytes.count else { break }
                entry.set(bytes, field, value)
                let next = end + 9 + length + 1
                skipped = max(0, next - bytes.count)
                start = min(next, bytes.count)
                continue
            }
            start = end + 1
        }
        return start
    }

    private mutating func endEntry(_ lines: inout [UInt8]) {
        if let line = entry.line {
            lines += line.map { $0 == 0x0A ? 0x20 : $0 }
            lines.append(0x0A)
        }
        entry = JournalEntry()
    }
}

/// An entry of systemd's journal, as far as a line of syslog has it.
struct JournalEntry: Sendable {
    var message: [UInt8]?
    var program: String?
    /// Since 1970, in microseconds.
    var realtime: String?

    mutating func set(_ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>) {
        switch bytes.text(name) {
        case "MESSAGE": message = bytes.bytes(value)
        case "SYSLOG_IDENTIFIER": program = bytes.text(value)
        case "__REALTIME_TIMESTAMP": realtime = bytes.text(value)
        default: break
        }
    }

    /// As syslog would write it; nil where it has no message.
    var line: [UInt8]? {
        guard let message else { return nil }
        let seconds = realtime.flatMap { Int($0) }.map { $0 / 1_000_000 } ?? 0
        let head = "\(LogTime(seconds: seconds))Z journal \(program ?? "unknown"): "
        return Array(head.utf8) + message
    }
}

extension Span<UInt8> {
    /// The number in the 8 bytes at `start`, but at most 2⁴⁰.
    fileprivate func littleEndian(at start: Int) -> Int {
        let number = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(self[start + $1]) }
        return Int(Swift.min(number, 1 << 40))
    }
}
