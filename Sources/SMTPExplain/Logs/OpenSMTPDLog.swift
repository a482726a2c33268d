/// OpenSMTPD: `1a2b mta delivery evpid=... from=<...> to=<bob@b.example> ... result="PermFail" stat="550 5.1.1 ..."`, and
/// before version 6, `relay: PermFail for 1a2b: session=..., from=<...>, to=<...>, ..., stat=550 5.1.1 ...`.
enum OpenSMTPD: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        let delivery = line.first("delivery evpid=", from: header.message)
        let isProgram = header.program.count > 0 && line.has("smtpd", at: header.program.lowerBound)
        guard isProgram || delivery != nil else { return false }
        guard let start = delivery else {
            return readOld(line, header, &events)
        }
        guard let to = line.value(behind: " to=<", upTo: ">", from: start),
            let result = line.first(" result=", from: to.upperBound),
            let stat = line.first(" stat=", from: to.upperBound), let outcome = outcome(line, result + 8)
        else { return true }
        let id = start + 15..<line.endOfWord(from: start + 15)
        append(line, outcome, id, to, stat + 6, &events)
        return true
    }

    private static func readOld(_ line: Span<UInt8>, _ header: LogHeader, _ events: inout [LogEvent]) -> Bool {
        guard line.has("relay: ", at: header.message) || line.has("delivery: ", at: header.message) else { return true }
        let word = line.endOfWord(from: header.message) + 1
        guard let outcome = outcome(line, word), let id = line.value(behind: " for ", upTo: ":", from: word),
            let to = line.value(behind: " to=<", upTo: ">", from: id.upperBound),
            let stat = line.first(" stat=", from: to.upperBound)
        else { return true }
        append(line, outcome, id, to, stat + 6, &events)
        return true
    }

    private static func append(
        _ line: Span<UInt8>, _ outcome: Delivery.Outcome, _ id: Range<Int>, _ to: Range<Int>, _ stat: Int,
        _ events: inout [LogEvent]
    ) {
        var reply = stat..<line.count
        if line.has("\"", at: stat) { reply = stat + 1..<(line.first(.ascii("\""), from: stat + 1) ?? line.count) }
        let sender = line.value(behind: " from=<", upTo: ">").map { line.text($0) }
        events.append(
            .delivery(
                Delivery(
                    outcome, queueID: line.text(id), sender: sender, recipient: line.text(to),
                    host: line.value(behind: " relay=\"", upTo: "\"").map { line.text($0) }, reply: line.bytes(reply))))
    }

    private static func outcome(_ line: Span<UInt8>, _ start: Int) -> Delivery.Outcome? {
        let word = line.has("\"", at: start) ? start + 1 : start
        if line.has("Ok", at: word) { return .sent }
        if line.has("TempFail", at: word) { return .deferred }
        return line.has("PermFail", at: word) || line.has("Loop", at: word) ? .bounced : nil
    }
}
