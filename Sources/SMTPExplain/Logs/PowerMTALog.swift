/// PowerMTA's accounting: a row for each delivery (`d`), bounce (`b`) and transient failure (`t`, `tq`).
extension PowerMTA {
    static func read(_ row: LogTable.Row, into events: inout [LogEvent]) {
        let outcome: Delivery.Outcome
        switch row.text("type") {
        case "d": outcome = .sent
        case "b", "rb": outcome = .bounced
        case "t", "tq": outcome = .deferred
        default: return
        }
        // What it says itself of a failure without a reply stands in the category.
        var reply = row.bytes("dsndiag")
        if reply.isEmpty { reply = row.bytes("dsnstatus") }
        let time = row.text("timelogged").flatMap { LogTime($0) }
        events.append(
            .delivery(
                Delivery(
                    outcome, queueID: row.text("envid"), sender: row.text("orig"), recipient: row.text("rcpt"),
                    host: row.text("dsnmta"), reply: reply, time: time)))
    }

    /// Does the line begin as a row does: a type, and the time?
    static func isRow(_ line: Span<UInt8>) -> Bool {
        guard let comma = line.first(.ascii(",")), comma <= 4, line.count > comma + 8 else { return false }
        return line.number(at: comma + 1, length: 4) != nil && line[comma + 5] == .ascii("-")
    }
}
