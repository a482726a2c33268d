import SMTPCatalog

/// A reply as it was read out of whatever carried it.
final class ReadReply {
    var code: ReplyCode?
    var enhanced: EnhancedCode?
    /// The reply's own words, in one line, without its codes.
    var text: [UInt8] = []
    /// What stood around the reply: the log line, the name of the host, the command.
    var context: [UInt8] = []
    var command: String?
    var remoteHost: String?
    var recipient: String?
    var sender: String?
    /// What the sending server made of it, where a log line says so.
    var disposition: Disposition?
    /// Does whoever reports it call it a success? Where the reply refuses, the report contradicts itself.
    var isCalledSuccess = false
    /// Other reply codes that begin a line of the same reply.
    var otherCodes: [ReplyCode] = []
    /// Other enhanced codes among its words: those of a reply that it quotes.
    var otherEnhanced: [EnhancedCode] = []

    /// Was the message refused before, which counts no more?
    var isLastAttempt = false

    /// Is one of the replies among its words, with a code of its own, one that asks to try again?
    var quotesForNow = false

    /// Has it a code of its own that refuses?
    var refuses: Bool { code?.classDigit ?? enhanced?.classDigit ?? 0 >= 4 }

    /// What it comes to by its class, where that refuses nothing; nil where it does, or nothing tells.
    var settledCategory: Category? {
        switch code?.classDigit ?? enhanced?.classDigit ?? (disposition == .success ? 2 : 0) {
        case 2: .accepted
        case 3: .inProgress
        default: nil
        }
    }
}
