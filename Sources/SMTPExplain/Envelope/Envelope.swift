import SMTPCatalog

/// What stands around a reply in a log line, a bounce or the message of an exception, and what it tells.
///
/// Ranges are of the line's bytes, ``MarkedLine/bytes``. Nobody copies it, which would count a reference to each text.
struct Envelope: ~Copyable {
    /// The reply's code, where it stands in a field of its own, away from the words.
    var code: ReplyCode?
    /// Likewise.
    var enhanced: EnhancedCode?
    /// Where the reply's words stand, or the reason of a line that has no reply code.
    var words: Range<Int>?
    /// The command that was answered, as `RCPT`.
    var command: String?
    /// The host that replied.
    var host: String?
    var recipient: String?
    var sender: String?
    /// What the sending side made of the reply.
    var disposition: Disposition?

    /// Reads what each format knows to say; who comes first in ``EnvelopeFormats/all`` is believed.
    init(_ line: MarkedLine) {
        for format in EnvelopeFormats.all { format.read(line, into: &self) }
        words = words ?? line.reason
        command = command ?? line.command
        host = host ?? line.host
        recipient = recipient ?? line.recipient
        sender = sender ?? line.sender
        disposition = disposition ?? line.disposition
    }
}

/// How one kind of software writes down a reply that it got: a file each.
protocol EnvelopeFormat: Sendable {
    /// The words by which it introduces the parts of a line.
    static var marks: [Mark] { get }

    /// Reads what stands behind no such words.
    static func read(_ line: MarkedLine, into envelope: inout Envelope)
}

extension EnvelopeFormat {
    static func read(_ line: MarkedLine, into envelope: inout Envelope) {}
}

/// Words that introduce a part of a line, in lower case, and which.
struct Mark {
    enum Part: Equatable, BitwiseCopyable {
        /// A reply with its code; nothing but a reply stands there.
        case reply
        /// Perhaps a reply.
        case perhapsReply
        /// A number that is no reply: what was expected, or a line of a program.
        case expected
        /// The format itself looks what stands there.
        case parts
        /// The reason, where no reply code stands in the line: right behind the words, or in the bracket that follows.
        case reason, reasonInBracket
        /// The end of the reply: a remark of who reports it.
        case end
        /// The end, where an IP address follows.
        case endBeforeAddress
        case command, host, recipient, sender
        /// The words themselves tell the command.
        case stage(Command)
        /// The words follow the host's name.
        case afterHost
        case outcome(Disposition)
        /// Outcome in the words of a bounce; the opposite words make it void.
        case outcomeInWords(Disposition)
    }

    /// A command, by the name that clients see.
    enum Command: String, BitwiseCopyable {
        case rcpt = "RCPT"
        case mail = "MAIL"
        case data = "DATA"
        case auth = "AUTH"
        case ehlo = "EHLO"
    }

    let words: StaticString
    let part: Part

    init(_ words: StaticString, _ part: Part) {
        self.words = words
        self.part = part
    }
}

enum EnvelopeFormats {
    static let all: [any (EnvelopeFormat & Sendable).Type] = [
        Postfix.self, Exim.self, Sendmail.self, Qmail.self, Exchange.self, PowerMTA.self, KumoMTA.self, Stalwart.self,
        Exceptions.self, Clients.self, Generic.self,
    ]

    /// The marks of all formats; of two that introduce the same, the first is believed.
    static let marks = all.flatMap { $0.marks }
}
