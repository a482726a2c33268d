import SMTPCatalog

/// Reads replies and says what they mean. Safe to share between threads; making one takes milliseconds.
public struct Explainer: Sendable {
    let knowledge: Knowledge

    /// With the built-in tables, and an operator's own rules.
    public init(rules: Rules = Rules()) {
        self.init(phrases: Phrase.all, rules: rules)
    }

    /// With other phrases than all that are built in.
    init(phrases: [Phrase], rules: Rules = Rules()) {
        knowledge = Knowledge(
            phrases: rules.phrases.isEmpty ? phrases : rules.phrases + phrases,
            providers: rules.merged(with: Catalog.providers),
            blocklists: rules.blocklists + Catalog.blocklists,
            slots: Dictionary(uniqueKeysWithValues: PhraseFile.builtIn.files.map { ($0.language, $0.slots) }))
    }

    /// Explains a whole reply, one line of a log, or the words of a bounce, whatever its form. Never fails:
    /// what says nothing is ``Category/undetermined``.
    public func explain(_ reply: String, known: Circumstances = Circumstances()) -> Explanation {
        explain(ReplyReader.read(reply.utf8), known: known)
    }

    /// Explains a reply that comes in parts; codes in the text count only where no part gives them.
    public func explain(
        code: ReplyCode?, enhanced: EnhancedCode?, text: String?, known: Circumstances = Circumstances()
    ) -> Explanation {
        let reply = ReplyReader.read((text ?? "").utf8)
        reply.code = code ?? reply.code
        reply.enhanced = enhanced ?? reply.enhanced
        return explain(reply, known: known)
    }

    func explain(_ reply: ReadReply, known: Circumstances) -> Explanation {
        if let command = known.command { reply.command = command }
        if let host = known.host { reply.remoteHost = host }
        if let recipient = known.recipient { reply.recipient = recipient }
        if known.isCalledSuccess { reply.isCalledSuccess = true }
        if known.isForNow { reply.disposition = .transient }
        return explain(reply)
    }

    func explain(_ reply: ReadReply) -> Explanation {
        Wording(reply, knowledge).explanation
    }
}

/// What the sending side knows about a reply besides its words. It outweighs what the words say of the same.
public struct Circumstances: Sendable {
    /// The command that was answered, as `RCPT`; `CONNECT` for the greeting.
    public var command: String?
    /// The host that replied.
    public var host: String?
    public var recipient: String?
    /// Does whoever reports the reply say that the message was delivered?
    var isCalledSuccess = false
    /// Does it say that the message is tried again?
    var isForNow = false

    /// What ``command`` can be.
    package static let commands = [
        "CONNECT", "EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "VRFY", "EXPN",
        "NOOP", "QUIT",
    ]

    public init(command: String? = nil, host: String? = nil, recipient: String? = nil) {
        self.command = command
        self.host = host
        self.recipient = recipient
    }
}
