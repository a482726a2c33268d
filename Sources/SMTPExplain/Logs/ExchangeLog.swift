/// Exchange's message tracking: a row for each event of a message, with all its recipients.
extension Exchange {
    static func read(_ row: LogTable.Row, into events: inout [LogEvent]) {
        let outcome: Delivery.Outcome
        switch row.text("event-id") {
        case "DELIVER", "SENDEXTERNAL": outcome = .sent
        case "SEND" where row.table.isOldExchange: outcome = .sent
        case "FAIL": outcome = .bounced
        case "DEFER": outcome = .deferred
        default: return
        }
        let recipients = (row.text("recipient-address") ?? "").split(separator: ";")
        let status = row.bytes("recipient-status")
        let statuses = recipients.count > 1 ? split(status) : [status]
        let time = row.text("date-time").flatMap { LogTime($0) }
        for (index, recipient) in recipients.enumerated() {
            events.append(
                .delivery(
                    Delivery(
                        outcome, queueID: row.text("internal-message-id"), sender: row.text("sender-address"),
                        recipient: String(recipient), host: row.text("server-hostname"),
                        reply: lastError(statuses.indices.contains(index) ? statuses[index] : status), time: time)))
        }
    }

    /// The reply in `[{LED=550 5.1.1 ...};{MSG=};{FQDN=mx.b.example}]`.
    private static func lastError(_ status: [UInt8]) -> [UInt8] {
        let bytes = status.span
        return bytes.value(behind: "{LED=", upTo: "}").map { bytes.bytes($0) } ?? status
    }

    /// The status of each recipient; within brackets a semicolon separates other things.
    private static func split(_ status: [UInt8]) -> [[UInt8]] {
        var depth = 0
        var parts: [[UInt8]] = [[]]
        for byte in status {
            if byte == .ascii("[") || byte == .ascii("{") { depth += 1 }
            if byte == .ascii("]") || byte == .ascii("}") { depth -= 1 }
            if byte == .ascii(";"), depth <= 0 {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts
    }
}
