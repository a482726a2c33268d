/// Exim: `1rAbCd-000AbC-Xy => bob@b.example R=dnslookup T=remote_smtp H=mx.b.example [192.0.2.1] C="250 OK"`, with `**`
/// where it gave up, `==` where it will try again, and `<=` with the sender before them.
extension Exim: LogFormat {
    static func read(_ line: Span<UInt8>, _ header: LogHeader, into events: inout [LogEvent]) -> Bool {
        var start = header.message
        // By syslog it may write its own time again, and its process id; before them, where it was cut, `[1/3]`.
        if header.program.count > 0 {
            if let piece = EximPieces.Piece(line, header) { start = piece.text }
            if let own = LogTime.read(iso: line, at: start) { start = own.end + 1 }
        }
        if start < line.count, line[start] == .ascii("[") { start = line.endOfWord(from: start) + 1 }
        // What it refuses itself is no delivery; without a time, it is what others cut out of a line.
        if line.has("H=", at: start) { return start > 0 }
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

/// The entries that Exim cuts for syslog, which takes no long lines and no line breaks: `exim[311]: [1/3] ...`,
/// `exim[311]: [2/3] ...`, with a backslash for the slash where there was a line break.
struct EximPieces {
    /// One of the lines of such an entry.
    struct Piece {
        let number, count: Int
        /// Was there a line break behind it?
        let endsLine: Bool
        /// Where it begins.
        let text: Int

        init?(_ line: Span<UInt8>, _ header: LogHeader) {
            guard header.program.count > 0, header.message + 5 < line.count, line[header.message] == .ascii("["),
                let slash = (header.message + 2...header.message + 3).first(where: {
                    line[$0] == .ascii("/") || line[$0] == .ascii("\\")
                }),
                let end = line.first(.ascii("]"), from: slash), end - slash < 4, line.has(" ", at: end + 1),
                let number = line.number(at: header.message + 1, length: slash - header.message - 1),
                let count = line.number(at: slash + 1, length: end - slash - 1), count > 1, (1...count).contains(number)
            else { return nil }
            (self.number, self.count) = (number, count)
            endsLine = line[slash] == .ascii("\\")
            text = end + 2
        }
    }

    /// More processes than write at a time; beyond them, entries stay cut.
    private static let most = 256

    /// What has come of entries that are not whole, by host, program and process.
    private var begun: [[UInt8]: [UInt8]] = [:]

    /// Keeps a piece; gives an entry that is whole, or will not become so as its writer has begun another.
    mutating func take(_ piece: Piece, _ line: Span<UInt8>, _ header: LogHeader) -> [UInt8]? {
        let writer = line.bytes(line.lastBlank(before: header.program.lowerBound - 1)..<header.message)
        var left: [UInt8]?
        if piece.number == 1 {
            guard begun.count < Self.most else { return line.bytes(0..<line.count) }
            left = begun.updateValue(line.bytes(0..<line.count), forKey: writer)
        } else if begun[writer] != nil, begun[writer]!.count < LogReader.mostBytes {
            begun[writer]! += line.bytes(piece.text..<line.count)
        }
        if piece.endsLine { begun[writer]?.append(0x20) }
        return piece.number == piece.count ? begun.removeValue(forKey: writer) : left
    }

    /// The beginnings of entries whose ends did not come.
    mutating func takeRest() -> [[UInt8]] {
        defer { begun = [:] }
        return begun.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
}

extension Span<UInt8> {
    /// The last blank before `index`; 0 where there is none.
    fileprivate func lastBlank(before index: Int) -> Int {
        var i = Swift.min(index, count) - 1
        while i > 0, self[i] != 0x20 { i -= 1 }
        return Swift.max(0, i)
    }
}
