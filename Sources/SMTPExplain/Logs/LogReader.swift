import StrictJSON

/// Reads the lines of logs, whatever mixture of formats they are in; does no input and output itself.
///
/// A block of lines is read on its own, so that several threads may read several blocks at a time, each with a reader of
/// its own; what lines far apart tell of one delivery is joined by ``DeliveryJoiner``.
struct LogReader {
    /// What is longer is no line of a log; its beginning is read.
    static let mostBytes = 64 << 10
    /// But services send many events in one line of JSON.
    static let mostBytesOfJSON = 1 << 20

    private let now: LogTime
    private let joinsSenders: Bool
    private var table: LogTable?
    private var pieces = EximPieces()
    /// How many lines it has read.
    private(set) var lines = 0

    /// `now` tells the year of times that lack it; `table` names the columns, where an earlier block had their names.
    init(now: LogTime, joinsSenders: Bool, table: LogTable?) {
        self.now = now
        self.joinsSenders = joinsSenders
        self.table = table
    }

    /// The events of whole lines, in order.
    mutating func read(_ block: Span<UInt8>, into events: inout [LogEvent]) {
        var start = 0
        while start < block.count {
            var end = block.first(0x0A, from: start) ?? block.count
            if end + 1 < block.count, continues(block, at: end + 1, from: start) {
                let joined = joined(block, start, &end)
                read(line: joined.span, into: &events)
            } else {
                let isJSON = block[start] == .ascii("{") || block[start] == .ascii("[")
                var length = min(end - start, isJSON ? Self.mostBytesOfJSON : Self.mostBytes)
                if length > 0, block[start + length - 1] == 0x0D { length -= 1 }
                if length > 0 { read(line: block.extracting(start..<start + length), into: &events) }
            }
            start = end + 1
            lines += 1
        }
        // The first piece tells most, and the others may be in the next block.
        for entry in pieces.takeRest() { readText(entry.span, LogHeader(entry.span), into: &events) }
    }

    /// Does the line at `next` go on with the one at `start`: indented, or the same reply's next line?
    private func continues(_ block: Span<UInt8>, at next: Int, from start: Int) -> Bool {
        if block[next].isBlank { return true }
        return next + 3 < block.count && start + 3 < block.count && block[start + 3] == .ascii("-")
            && (start..<start + 3).allSatisfy { block[$0].isDigit && block[$0] == block[next + $0 - start] }
    }

    /// The line at `start` and those that continue it; a reply keeps its lines.
    private func joined(_ block: Span<UInt8>, _ start: Int, _ end: inout Int) -> [UInt8] {
        var line = block.bytes(start..<min(end, start + Self.mostBytes))
        while end + 1 < block.count, continues(block, at: end + 1, from: start) {
            var next = end + 1
            line.append(block[next].isBlank ? 0x20 : 0x0A)
            end = block.first(0x0A, from: next) ?? block.count
            while next < end, block[next].isBlank { next += 1 }
            if line.count < Self.mostBytes { line += block.bytes(next..<min(end, next + Self.mostBytes - line.count)) }
        }
        return line
    }

    private mutating func read(line: Span<UInt8>, into events: inout [LogEvent]) {
        if readJSON(line, into: &events) || readRow(line, into: &events) { return }
        let header = LogHeader(line)
        guard let piece = EximPieces.Piece(line, header) else { return readText(line, header, into: &events) }
        if let entry = pieces.take(piece, line, header) { readText(entry.span, LogHeader(entry.span), into: &events) }
    }

    /// Is the line JSON, or the beginning of some?
    private mutating func readJSON(_ line: Span<UInt8>, into events: inout [LogEvent]) -> Bool {
        guard [.ascii("{"), .ascii("["), .ascii("\"")].contains(line[0]) else { return false }
        guard let values = JSONLog.read(line) else { return line[0] == .ascii("{") }
        read(values, into: &events)
        return true
    }

    mutating func read(_ values: [JSONValue], into events: inout [LogEvent]) {
        for value in values {
            if let line = JSONLog.journalLine(value) {
                read(line: line.span, into: &events)
            } else {
                events += JSONLog.deliveries(in: value).map { .delivery($0) }
            }
        }
    }

    /// Is the line one of a table?
    private mutating func readRow(_ line: Span<UInt8>, into events: inout [LogEvent]) -> Bool {
        if line[0] == .ascii("#") {
            table = LogTable(version: line) ?? LogTable(head: line, after: table) ?? table
            return true
        }
        if PowerMTA.isRow(line) {
            let table = table?.kind == .powerMTA ? table! : .powerMTA
            PowerMTA.read(LogTable.Row(line, table), into: &events)
            return true
        }
        if let table, table.kind == .exchange, line[0].isDigit, line.count > 24,
            line[19] == .ascii(".") || line[19] == .ascii("Z"), line.first(.ascii(",")).map({ $0 < 32 }) == true
        {
            Exchange.read(LogTable.Row(line, table), into: &events)
            return true
        }
        guard let head = LogTable(head: line, after: nil) else { return false }
        table = head
        return true
    }

    private func readText(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) {
        let known = events.count
        for format in LogFormats.all where format.read(line, header, into: &events) {
            complete(known, line, header, &events)
            return
        }
        guard header.program.isEmpty, mayCarryReply(line, header.message) else { return }
        events.append(.delivery(Delivery(.unknown, reply: line.bytes(header.message..<line.count))))
        complete(known, line, header, &events)
    }

    /// Completes the events from the index on by what stands in the line.
    private func complete(_ first: Int, _ line: Span<UInt8>, _ header: LogHeader, _ events: inout [LogEvent]) {
        for index in (first..<events.count).reversed() {
            switch events[index] {
            case .delivery(var delivery) where delivery.time == nil:
                delivery.time = header.time(in: line, now: now)
                events[index] = .delivery(delivery)
            case .sender(let id, let address) where joinsSenders:
                events[index] = .knownSender(queueID: line.text(id), address: line.text(address))
            case .sender: events.remove(at: index)
            default: break
            }
        }
    }

    /// Might there be a reply code or an enhanced code in the line?
    private func mayCarryReply(_ line: Span<UInt8>, _ start: Int) -> Bool {
        var i = start
        while i + 2 < line.count {
            let byte = line[i]
            if byte == .ascii("5") || byte == .ascii("4") || byte == .ascii("2"), i == start || !line[i - 1].isWordByte,
                line[i + 1].isDigit || line[i + 1] == .ascii(".")
            {
                return true
            }
            i += 1
        }
        return false
    }
}
