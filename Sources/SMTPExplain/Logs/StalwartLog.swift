/// Stalwart: `2026-03-05T10:11:12Z WARN SMTP RCPT TO rejected (delivery.rcpt-to-rejected) queueId = 7, from = "...",
/// to = "bob@b.example", hostname = "mx.b.example", code = 550, details = "5.1.1 User unknown", elapsed = 1ms`.
///
/// The notices that it writes to the sender afterwards (`delivery.dsn-...`) tell the same a second time.
extension Stalwart: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        guard let event = line.value(behind: " (", upTo: ") ", from: header.message),
            line.first(" = ", from: event.upperBound) != nil, isEvent(event, line)
        else { return false }
        guard line.has("delivery.", at: event.lowerBound) else { return true }
        let name = event.lowerBound + 9
        let code = line.first("code = ", from: event.upperBound).map { $0 + 7 }
        let outcome: Delivery.Outcome
        if line.has("delivered", at: name) {
            outcome = .sent
        } else if line.first("-rejected)", from: name) != nil {
            outcome = code.map { line.has("4", at: $0) } ?? false ? .deferred : .bounced
        } else {
            return true
        }
        var reply = code.map { line.bytes($0..<min($0 + 3, line.count)) } ?? []
        if let details = quoted(line, "details = ", event.upperBound) { reply += [0x20] + line.bytes(details) }
        events.append(
            .delivery(
                Delivery(
                    outcome, queueID: line.value(behind: "queueId = ", upTo: ",").map { line.text($0) },
                    sender: quoted(line, "from = ", event.upperBound).map { line.text($0) },
                    recipient: quoted(line, "to = ", event.upperBound).map { line.text($0) },
                    host: quoted(line, "hostname = ", event.upperBound).map { line.text($0) }, reply: reply)))
        return true
    }

    /// Is it the name of an event, as `delivery.rcpt-to-rejected`?
    private static func isEvent(_ range: Range<Int>, _ line: Span<UInt8>) -> Bool {
        range.contains { line[$0] == .ascii(".") }
            && range.allSatisfy { line[$0].isLetter || line[$0] == .ascii(".") || line[$0] == .ascii("-") }
    }

    /// The value in quotes, which may be the first of a list: `to = ["bob@b.example"]`.
    private static func quoted(_ line: Span<UInt8>, _ name: StaticString, _ start: Int) -> Range<Int>? {
        guard let found = line.first(name, from: start) else { return nil }
        var begin = found + name.utf8CodeUnitCount
        if begin < line.count, line[begin] == .ascii("[") { begin += 1 }
        guard begin < line.count, line[begin] == .ascii("\"") else { return nil }
        var end = begin + 1
        while end < line.count, line[end] != .ascii("\"") { end += line[end] == .ascii("\\") ? 2 : 1 }
        return begin + 1..<min(end, line.count)
    }
}
