/// qmail: `192.0.2.1 does not like recipient. Remote host said: 550 ... Giving up on 192.0.2.1.`; its log writes a space
/// as `_`.
enum Qmail: EnvelopeFormat {
    static let marks: [Mark] = [
        // A local delivery: `delivery 9: success: did_1+0+0/`.
        .init(": success: did_", .outcome(.success)),
        .init("said: ", .reason),
        .init("giving up on ", .endBeforeAddress),
        .init("connected to ", .host),
        .init(" does not like recipient", .afterHost),
        .init(" failed after i sent the message", .afterHost),
    ]
}
