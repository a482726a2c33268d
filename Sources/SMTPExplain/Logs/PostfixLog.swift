/// Postfix and Sendmail: `4C1: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, ..., status=bounced (host ... said: ...)`,
/// and before it, `4C1: from=<news@a.example>, size=1200, nrcpt=1 (queue active)`.
///
/// What they refuse themselves (`NOQUEUE: reject:`), hosts that they gave up on the way and probes of addresses are no
/// deliveries.
extension Postfix: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        // Ids are letters and digits, up to 20 or so.
        var colon = header.message
        while colon < line.count, line[colon].isWordByte { colon += 1 }
        guard colon > header.message, colon + 5 < line.count, colon - header.message < 64, line[colon] == .ascii(":"),
            line[colon + 1] == 0x20
        else { return isPostfix(line, header) }
        let id = header.message..<colon
        let start = colon + 2
        if line.has("to=", at: start) { return readDelivery(line, id, start, &events) }
        if line.has("from=", at: start) {
            if let address = line.address(at: start + 5) {
                events.append(.sender(queueID: id, address: address))
            }
            return true
        }
        return isPostfix(line, header)
    }

    private static func isPostfix(_ line: Span<UInt8>, _ header: LogHeader) -> Bool {
        line.has("postfix", at: header.program.lowerBound)
    }

    private static func readDelivery(
        _ line: Span<UInt8>, _ id: Range<Int>, _ start: Int, _ events: inout [LogEvent]
    ) -> Bool {
        guard let address = line.address(at: start + 3) else { return false }
        if let status = line.first(", status=", from: address.upperBound) {
            let word = status + 9
            let outcome: Delivery.Outcome
            if line.has("sent", at: word) {
                outcome = .sent
            } else if line.has("bounced", at: word) {
                outcome = .bounced
            } else if line.has("deferred", at: word) {
                outcome = .deferred
            } else {
                return true
            }
            events.append(
                .delivery(
                    Delivery(
                        outcome, queueID: line.text(id), recipient: line.text(address),
                        reply: withoutDelays(line, start))))
            return true
        }
        guard let stat = line.first(", stat=", from: address.upperBound) else { return false }
        Sendmail.read(line, id, start, stat, &events)
        return true
    }

    /// The message but for `delay=2.1, delays=0.1/0/1/1, `, which differ in every line and say nothing of the reply.
    private static func withoutDelays(_ line: Span<UInt8>, _ start: Int) -> [UInt8] {
        guard let delay = line.first(" delay=", from: start), let dsn = line.first(" dsn=", from: delay) else {
            return line.bytes(start..<line.count)
        }
        return line.bytes(start..<delay) + line.bytes(dsn..<line.count)
    }
}

extension Sendmail {
    /// `4C1: to=<a@b.example>,<c@b.example>, delay=00:00:02, ..., relay=mx.b.example. [192.0.2.1], dsn=5.1.1, stat=User unknown`:
    /// a delivery for each recipient.
    static func read(
        _ line: Span<UInt8>, _ id: Range<Int>, _ start: Int, _ stat: Int, _ events: inout [LogEvent]
    ) {
        guard let outcome = outcome(line, stat) else { return }
        var next = start + 3
        while let address = line.address(at: next) {
            events.append(
                .delivery(
                    Delivery(
                        outcome, queueID: line.text(id), recipient: line.text(address),
                        reply: line.bytes(start..<line.count))))
            next = address.upperBound + (line[next] == .ascii("<") ? 1 : 0)
            // The next recipient follows at once, the next field behind a blank.
            guard next + 1 < line.count, line[next] == .ascii(","), line[next + 1] != 0x20 else { return }
            next += 1
        }
    }

    /// Nil where nothing was tried.
    private static func outcome(_ line: Span<UInt8>, _ stat: Int) -> Delivery.Outcome? {
        let word = stat + 7
        if line.has("Sent", at: word) { return .sent }
        if line.has("Deferred", at: word) { return .deferred }
        if line.has("queued", at: word) { return nil }
        if let dsn = line.first(", dsn="), dsn < stat, line.has("4", at: dsn + 6) { return .deferred }
        return .bounced
    }
}
