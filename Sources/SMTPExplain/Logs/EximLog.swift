/// Exim: `1rAbCd-000AbC-Xy => bob@b.example R=dnslookup T=remote_smtp H=mx.b.example [192.0.2.1] C="250 OK"`, with `**`
/// where it gave up, `==` where it will try again, and `<=` with the sender before them.
extension Exim: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        var start = header.message
        // By syslog it may write its own time again, and its process id.
        if header.program.count > 0, let own = LogTime.read(iso: line, at: start) { start = own.end + 1 }
        if start < line.count, line[start] == .ascii("[") { start = line.endOfWord(from: start) + 1 }
        // What it refuses itself is no delivery.
        if line.has("H=", at: start) { return true }
        guard let end = endOfID(line, start), end + 4 < line.count, line[end] == 0x20 else { return false }
        let id = start..<end
        guard line[end + 3] == 0x20 else { return true }
        let address = address(line, end + 4)
        if line.has("<=", at: end + 1) {
            events.append(.sender(queueID: id, address: address))
        } else if let outcome = outcome(line, end + 1) {
            events.append(
                .delivery(
                    Delivery(
                        outcome, queueID: line.text(id), recipient: line.text(address),
                        reply: line.bytes(end..<line.count))))
        }
        return true
    }

    /// `1rAbCd-000AbC-Xy`, since 4.97 `1rAbCd-00000000AbC-0Xyz`.
    private static func endOfID(_ line: Span<UInt8>, _ start: Int) -> Int? {
        for lengths in [[6, 6, 2], [6, 11, 4]] {
            var i = start
            var isID = true
            for (part, length) in lengths.enumerated() {
                if part > 0 {
                    isID = isID && i < line.count && line[i] == .ascii("-")
                    i += 1
                }
                isID = isID && i + length <= line.count && (i..<i + length).allSatisfy { line[$0].isWordByte }
                i += length
                if !isID { break }
            }
            if isID { return i }
        }
        return nil
    }

    private static func outcome(_ line: Span<UInt8>, _ flag: Int) -> Delivery.Outcome? {
        if line.has("=>", at: flag) || line.has("->", at: flag) || line.has(">>", at: flag) { return .sent }
        if line.has("**", at: flag) { return .bounced }
        // Nothing is tried before its time.
        if line.has("==", at: flag), line.first("retry time not reached") == nil { return .deferred }
        return nil
    }

    /// `bob@b.example`, or `bob <bob@b.example>`, where a local name stands before the address.
    private static func address(_ line: Span<UInt8>, _ start: Int) -> Range<Int> {
        var end = line.endOfWord(from: start)
        if end + 1 < line.count, line[end + 1] == .ascii("<"), let at = line.first(.ascii("@"), from: end),
            let original = line.address(at: end + 1), original.contains(at),
            !(start..<end).contains(where: { line[$0] == .ascii("@") })
        {
            return original
        }
        if end > start, line[end - 1] == .ascii(":") { end -= 1 }
        if end > start + 1, line[start] == .ascii("<"), line[end - 1] == .ascii(">") { return start + 1..<end - 1 }
        return start..<end
    }
}
