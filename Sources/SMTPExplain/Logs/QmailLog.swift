/// qmail, in two lines a delivery: `starting delivery 7: msg 42 to remote bob@b.example`, then
/// `delivery 7: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_...`; and before them,
/// `info msg 42: bytes 900 from <news@a.example> qp 1 uid 2`.
extension Qmail: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        let start = message(line, header)
        if line.has("delivery ", digitAt: start + 9) {
            guard let colon = line.first(.ascii(":"), from: start), colon + 2 < line.count else { return false }
            guard let end = line.first(.ascii(":"), from: colon + 1), let outcome = outcome(line, colon + 2) else {
                return true
            }
            events.append(
                .delivery(
                    Delivery(
                        outcome, reply: words(line.bytes(min(end + 2, line.count)..<line.count)),
                        attempt: line.text(start..<colon))))
            return true
        }
        if line.has("starting delivery ", digitAt: start + 18) {
            guard let colon = line.first(.ascii(":"), from: start), line.has("msg ", at: colon + 2) else {
                return false
            }
            let id = colon + 6..<line.endOfWord(from: colon + 6)
            guard line.has(" to ", at: id.upperBound) else { return false }
            let kind = line.endOfWord(from: id.upperBound + 4)
            let address = min(kind + 1, line.count)..<line.endOfWord(from: kind + 1)
            events.append(
                .attempt(
                    line.text(start + 9..<colon), queueID: line.text(id), recipient: line.text(address)))
            return true
        }
        guard line.has("info msg ", digitAt: start + 9) else {
            return line.has("end msg ", digitAt: start + 8) || line.has("new msg ", digitAt: start + 8)
                || line.has("status: local ", digitAt: start + 14) || line.has("status: exiting", at: start)
        }
        if let colon = line.first(.ascii(":"), from: start),
            let address = line.value(behind: " from <", upTo: ">", from: colon)
        {
            events.append(.sender(queueID: start + 9..<colon, address: address))
        }
        return true
    }

    /// What it says of the delivery: it writes a blank as `_`, and the end of a line as `/`.
    private static func words(_ report: [UInt8]) -> [UInt8] {
        var words = report.map { $0 == .ascii("_") ? 0x20 : $0 }
        if words.last == .ascii("/") { words.removeLast() }
        if let end = words.span.first("/Giving up on ") { words[end] = 0x20 }
        return words
    }

    /// By syslog, splogger puts its own time before the message: `1709633472.123456 delivery 7: ...`.
    private static func message(_ line: Span<UInt8>, _ header: LogHeader) -> Int {
        var i = header.message
        while i < line.count, line[i].isDigit || line[i] == .ascii(".") { i += 1 }
        return i > header.message && i < line.count && line[i] == 0x20 ? i + 1 : header.message
    }

    private static func outcome(_ line: Span<UInt8>, _ start: Int) -> Delivery.Outcome? {
        if line.has("success: ", at: start) { return .sent }
        if line.has("failure: ", at: start) { return .bounced }
        return line.has("deferral: ", at: start) ? .deferred : nil
    }
}

extension Span<UInt8> {
    /// Do these words end at `index`, and a number begin there?
    fileprivate func has(_ words: StaticString, digitAt index: Int) -> Bool {
        index < count && self[index].isDigit && has(words, at: index - words.utf8CodeUnitCount)
    }
}
