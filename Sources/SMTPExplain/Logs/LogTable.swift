/// A log that is a table, its columns separated by commas: PowerMTA's accounting and Exchange's message tracking.
///
/// The names of the columns stand in its first line, which a reader of later lines must be told.
public struct LogTable: Sendable {
    enum Kind { case powerMTA, exchange }

    let kind: Kind
    /// The places of the columns, by their names in lower case.
    private let columns: [String: Int]
    /// Exchange 2010 and older says SEND where newer ones say SENDEXTERNAL, and mean by SEND a hop of their own.
    private(set) var isOldExchange = false

    /// Reads the line that names the columns; nil for any other.
    init?(head line: Span<UInt8>, after version: LogTable?) {
        let start: Int
        if line.has("#Fields: ", at: 0) {
            kind = .exchange
            start = 9
            isOldExchange = version?.isOldExchange ?? false
        } else if line.has("type,", at: 0) || line.has("\"type\",", at: 0) {
            kind = .powerMTA
            start = 0
        } else {
            return nil
        }
        columns = Dictionary(
            Self.fields(line, from: start).enumerated().map { (String(decoding: $1, as: UTF8.self).lowercased(), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Exchange's line before the columns, as `#Version: 15.02.0986.005`.
    init?(version line: Span<UInt8>) {
        guard line.has("#Version: ", at: 0), let major = line.number(at: 10, length: 2) else { return nil }
        kind = .exchange
        columns = [:]
        isOldExchange = major < 15
    }

    /// Finds the names of the columns at the start of a file; nil where it is no such table.
    public init?(startOf file: [UInt8]) {
        let bytes = file.span
        var version: LogTable?
        var start = 0
        // Exchange has a few lines of remarks before them.
        for _ in 0..<16 where start < bytes.count {
            var end = bytes.first(0x0A, from: start) ?? bytes.count
            let next = end + 1
            if end > start, bytes[end - 1] == 0x0D { end -= 1 }
            let line = bytes.extracting(start..<end)
            if let found = LogTable(head: line, after: version) {
                self = found
                return
            }
            version = LogTable(version: line) ?? version
            start = next
        }
        return nil
    }

    /// PowerMTA's columns as it is shipped, for a piece of a file without its first line.
    static let powerMTA: LogTable = {
        let head: StaticString = """
            type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,srcType,srcMta,\
            dlvType,dlvSourceIp,dlvDestinationIp,dlvEsmtpAvailable,dlvSize,vmta,jobId,envId,queue,vmtaPool
            """
        let bytes = UnsafeBufferPointer(start: head.utf8Start, count: head.utf8CodeUnitCount)
        return LogTable(head: bytes.span, after: nil)!
    }()

    /// A line's fields, by the names of their columns.
    struct Row {
        let table: LogTable
        let fields: [[UInt8]]

        init(_ line: Span<UInt8>, _ table: LogTable) {
            self.table = table
            fields = LogTable.fields(line, from: 0)
        }

        /// Empty where the row ends before the column.
        func bytes(_ column: String) -> [UInt8] {
            guard let place = table.columns[column], place < fields.count else { return [] }
            return fields[place]
        }

        /// Nil where it is empty.
        func text(_ column: String) -> String? {
            let bytes = bytes(column)
            return bytes.isEmpty ? nil : bytes.span.text(0..<bytes.count)
        }
    }

    /// The fields of a line, without the quotes around them (RFC 4180, section 2).
    private static func fields(_ line: Span<UInt8>, from start: Int) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var i = start
        while true {
            var field: [UInt8] = []
            if i < line.count, line[i] == .ascii("\"") {
                i += 1
                while i < line.count {
                    if line[i] == .ascii("\"") {
                        guard i + 1 < line.count, line[i + 1] == .ascii("\"") else { break }
                        i += 1
                    }
                    field.append(line[i])
                    i += 1
                }
                i = line.first(.ascii(","), from: i) ?? line.count
            } else {
                let end = line.first(.ascii(","), from: i) ?? line.count
                field = line.bytes(i..<end)
                i = end
            }
            fields.append(field)
            guard i < line.count else { return fields }
            i += 1
        }
    }
}
