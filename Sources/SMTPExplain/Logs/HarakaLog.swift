/// Haraka: `[NOTICE] [6E5C.1.1] [outbound] delivered file=... host="mx.b.example" ... response="250 OK" ... rcpts=1/0/0`,
/// and `bouncing mail: ...` or `Temp failing ... for 64 seconds: ...` where it does not succeed. It names no recipient.
enum Haraka: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        guard line.has("[", at: header.message), let level = line.first("] [", from: header.message),
            let id = line.first("] [", from: level + 1), isID(level + 3..<id, line)
        else { return false }
        guard line.has("outbound] ", at: id + 3) else { return true }
        let start = id + 13
        let queueID = line.text(level + 3..<id)
        if line.has("delivered ", at: start), let response = line.value(behind: "response=\"", upTo: "\"", from: start)
        {
            let host = line.value(behind: " host=\"", upTo: "\"", from: start).map { line.text($0) }
            // How many were taken, and how many failed, which other lines tell.
            let count = line.first(" rcpts=", from: start).map { accepted(line, $0 + 7) } ?? 1
            for _ in 0..<count {
                events.append(.delivery(Delivery(.sent, queueID: queueID, host: host, reply: line.bytes(response))))
            }
        } else if line.has("bouncing mail: ", at: start) {
            events.append(.delivery(failure(line, .bounced, queueID, start + 15)))
        } else if line.has("Temp failing ", at: start), let colon = line.first(": ", from: start) {
            events.append(.delivery(failure(line, .deferred, queueID, colon + 2)))
        }
        return true
    }

    /// Of a connection or a transaction, in capitals: `6E5C0B2E-....1.1`; `-` where there is none.
    private static func isID(_ range: Range<Int>, _ line: Span<UInt8>) -> Bool {
        !range.isEmpty && range.allSatisfy { "0123456789ABCDEF-.".utf8.contains(line[$0]) }
    }

    private static func failure(
        _ line: Span<UInt8>, _ outcome: Delivery.Outcome, _ queueID: String, _ start: Int
    ) -> Delivery {
        let recipient = line.first(.ascii("<"), from: start).flatMap { line.address(at: $0) }
        return Delivery(
            outcome, queueID: queueID, recipient: recipient.map { line.text($0) }, reply: line.bytes(start..<line.count)
        )
    }

    private static func accepted(_ line: Span<UInt8>, _ start: Int) -> Int {
        var end = start
        while end < line.count, line[end].isDigit, end < start + 4 { end += 1 }
        return line.number(at: start, length: end - start) ?? 1
    }
}
