/// Exchange: `<mx.b.example #5.1.1 smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found> #SMTP#`, and its tracking log's
/// `[{LED=550 5.1.1 ...};{MSG=...}]`.
enum Exchange: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("#smtp#", .end),
        .init("led=", .reply),
    ]

    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        let bytes = line.bytes
        guard bytes.first == .ascii("<"), let mark = bytes.prefix(256).firstIndex(of: .ascii("#")), mark > 2,
            bytes[mark - 1] == 0x20, !bytes[..<(mark - 1)].contains(0x20)
        else { return }
        envelope.host = envelope.host ?? line.host ?? line.hostName(at: 1)
    }
}
