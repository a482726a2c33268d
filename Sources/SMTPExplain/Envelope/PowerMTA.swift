import SMTPCatalog

/// PowerMTA's accounting: `b,2024-03-05 10:11:12,news@a.example,bob@b.example,...,"smtp;550 5.1.1 User unknown",...`, or
/// with names, `dsnStatus=5.1.1 dsnDiag=smtp;550 ... dsnMta=mx.b.example (192.0.2.1)`.
enum PowerMTA: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("dsndiag=", .reply),
        .init("dsnmta=", .host),
        .init("rcpt=", .recipient),
    ]

    /// A row: the reply is one of its columns, and the extensions of the server another.
    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        guard line.bytes.count > 16, line.bytes[..<5].contains(.ascii(",")), isRow(line.bytes.span) else { return }
        let row = LogTable.Row(line.bytes.span, .powerMTA)
        let reply = row.bytes("dsndiag")
        guard let outcome = outcome(row) else { return }
        envelope.disposition = outcome
        envelope.recipient = row.text("rcpt")
        envelope.host = row.text("dsnmta").flatMap { $0.split(separator: " ").first.map(String.init) }
        guard let start = line.bytes.firstIndex(of: Array(reply.prefix(64))),
            let code = CodeScanner(bytes: line.bytes).firstCode(in: start..<start + min(reply.count, 16))
        else { return }
        // The beginning of a column may stand in an earlier one too, and be short there.
        let end = min(line.bytes.count, start + reply.count)
        guard code.range.upperBound <= end else { return }
        envelope.code = code.code
        envelope.enhanced =
            code.enhanced ?? row.text("dsnstatus").flatMap { EnhancedCode(String($0.prefix { $0 != " " })) }
        envelope.words = code.range.upperBound..<end
    }

    private static func outcome(_ row: LogTable.Row) -> Disposition? {
        switch row.text("type") {
        case "d": .success
        case "b", "rb": .permanent
        case "t", "tq": .transient
        default: nil
        }
    }
}
