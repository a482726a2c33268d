/// PowerMTA's accounting: `b,2024-03-05 10:11:12,news@a.example,bob@b.example,...,"smtp;550 5.1.1 User unknown",...`, or
/// with names, `dsnStatus=5.1.1 dsnDiag=smtp;550 ... dsnMta=mx.b.example (192.0.2.1)`.
enum PowerMTA: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("dsndiag=", .reply),
        .init("dsnmta=", .host),
        .init("rcpt=", .recipient),
    ]
}
