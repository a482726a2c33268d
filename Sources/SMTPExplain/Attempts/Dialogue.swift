import SMTPCatalog

/// An SMTP session, or several, as a client prints them: the commands, and the replies to them.
///
/// A refusal is overcome where the same command was accepted later and a message with it; one of what goes before a
/// message (EHLO, STARTTLS), where the client went on without it.
struct Dialogue {
    private struct Command {
        var name: String
        /// What it is about; the same for all that a client can do without.
        var subject: [UInt8]

        var isOfMessage: Bool { name == "DATA" || name == "BDAT" || name == "." }
    }

    private struct Refusal {
        var place: Range<Int>
        var command: Command?
    }

    private let bytes: [UInt8]
    private var hasRecipient = false
    /// Commands that are not answered yet, as clients may send several at a time (RFC 2920).
    private var sent: [Command] = []
    private var answered = 0
    /// Of the message that is being sent, those that were accepted.
    private var recipients: [Command] = []
    /// The server waits for the message.
    private var isInMessage = false
    /// What was refused and is not overcome, by what it is about.
    private var open: [[UInt8]: Refusal] = [:]
    private var hasOvercome = false
    private var accepted: Range<Int>?
    private var lastCode: ReplyCode?
    /// What stands before the commands, as ` -> `.
    private var clientMark: [UInt8] = []

    /// Nil where no recipient is named in it.
    init?(_ bytes: [UInt8], _ codes: [CodeMark]) {
        self.bytes = bytes
        guard codes.count > 1, codes.contains(where: { $0.code.classDigit >= 4 }),
            // As most replies of several lines do not.
            bytes.firstIndex(of: "rcpt to:", in: bytes.indices) != nil
        else { return nil }
        read(codes[...])
        guard hasRecipient else { return nil }
    }

    /// What counts: the first refusal that was not overcome, or that a message was accepted in the end. Nil where nothing
    /// was overcome.
    var last: LastAttempt? {
        guard hasOvercome else { return nil }
        if let refusal = open.values.min(by: { $0.place.lowerBound < $1.place.lowerBound }) {
            let recipient = refusal.command.flatMap { $0.name == "RCPT" ? $0.subject[...].string : nil }
            return LastAttempt(place: refusal.place, command: refusal.command?.name, recipient: recipient)
        }
        // Nor was another one on its way.
        guard let accepted, recipients.isEmpty, !isInMessage,
            sent[answered...].allSatisfy({ $0.name == "QUIT" || $0.name == "RSET" }),
            !Claims.tellOfFailure(bytes[accepted.upperBound...])
        else { return nil }
        return LastAttempt(place: accepted, command: "DATA")
    }

    // MARK: - Who said what

    private mutating func read(_ codes: ArraySlice<CodeMark>) {
        var codes = codes
        /// A reply whose last line is still to come.
        var begun: (code: ReplyCode, place: Range<Int>)?
        for line in bytes.split(separator: .ascii("\n")) {
            codes = codes.drop { $0.range.lowerBound < line.startIndex }
            var command = command(in: line)
            // The rest of a message is no command.
            if isInMessage, command?.command.name != ".", sent.last?.name != "." { command = nil }
            let first = codes.first { $0.range.lowerBound >= command?.end ?? line.startIndex }
            let reply = first.flatMap { mark in
                mark.range.lowerBound < line.endIndex && (command != nil || isHead(line, mark.range.lowerBound))
                    ? mark : nil
            }
            if let open = begun, command != nil || reply.map({ $0.code != open.code }) ?? false {
                take(open.code, open.place)
                begun = nil
            }
            if let command {
                clientMark = Self.mark(line[..<command.start])
                take(command.command)
            }
            guard let reply else { continue }
            let place = (begun?.place.lowerBound ?? reply.range.lowerBound)..<line.endIndex
            begun = reply.continues ? (reply.code, place) : nil
            if !reply.continues { take(reply.code, place) }
        }
        if let begun { take(begun.code, begun.place) }
    }

    /// Does no more than a mark stand before `index`: `S:`, `<<<`, `<**`, `SERVER -> CLIENT:`, `reply: b'`?
    ///
    /// What the client sent is no reply, whatever stands in a message.
    private func isHead(_ line: ArraySlice<UInt8>, _ index: Int) -> Bool {
        let head = line[line.startIndex..<index].trimmed
        if !clientMark.isEmpty, Self.mark(head).starts(with: clientMark) { return false }
        return head.count <= 64 && head.last.map(Self.marks.contains) ?? true
    }

    /// The same in each line, whatever the time.
    private static func mark(_ head: ArraySlice<UInt8>) -> [UInt8] {
        head.prefix(64).filter { !$0.isDigit && !$0.isSpace }
    }

    private static let marks: [UInt8] = Array(">:~-'\"<*|](".utf8)

    /// The command that a client sent in this line, and where what belongs to it ends.
    private func command(in line: ArraySlice<UInt8>) -> (command: Command, start: Int, end: Int)? {
        var isStart = true
        for i in line.indices.prefix(64) {
            if isStart, bytes[i].isLetter || bytes[i] == .ascii("."), let command = command(at: i, in: line) {
                return command
            }
            if !bytes[i].isBlank { isStart = Self.marks.contains(bytes[i]) }
        }
        return nil
    }

    private func command(at start: Int, in line: ArraySlice<UInt8>) -> (command: Command, start: Int, end: Int)? {
        guard let verb = Self.verbs.first(where: { bytes.has($0.words, at: start) }) else { return nil }
        let begin = start + verb.words.utf8CodeUnitCount
        guard begin <= line.endIndex else { return nil }
        let rest = line[begin...].drop { $0.isBlank || $0 == .ascii("<") }
        switch verb.argument {
        case .none:
            guard rest.allSatisfy({ !$0.isWordByte && $0 < 0x80 }) else { return nil }
        case .word:
            guard rest.trimmed.count(where: \.isBlank) <= 2 else { return nil }
        case .address:
            let address = rest.prefix { !$0.isSpace && $0 != .ascii(">") && $0 != .ascii("'") }
            let subject = Array(verb.name.utf8) + [0x20] + address.map(\.lowercased)
            return (
                Command(name: verb.name, subject: verb.name == "RCPT" ? address.map(\.lowercased) : subject),
                start, address.endIndex
            )
        }
        return (Command(name: verb.name, subject: verb.name == "AUTH" ? Array("AUTH".utf8) : []), start, line.endIndex)
    }

    private enum Argument { case none, word, address }

    private static let verbs: [(words: StaticString, name: String, argument: Argument)] = [
        ("rcpt to:", "RCPT", .address), ("mail from:", "MAIL", .address), ("ehlo ", "EHLO", .word),
        ("helo ", "HELO", .word), ("lhlo ", "LHLO", .word), ("starttls", "STARTTLS", .none), ("auth ", "AUTH", .word),
        ("data", "DATA", .none), ("bdat ", "BDAT", .word), (".", ".", .none), ("rset", "RSET", .none),
        ("noop", "NOOP", .none), ("quit", "QUIT", .none), ("vrfy ", "VRFY", .word),
    ]

    // MARK: - What came of it

    private mutating func take(_ command: Command) {
        if command.name == "RCPT" { hasRecipient = true }
        sent.append(command)
    }

    private mutating func take(_ code: ReplyCode, _ place: Range<Int>) {
        defer { lastCode = code }
        if isInMessage {
            // Some print a reply twice.
            guard code != 354 else { return }
            let hasEnded = answered < sent.count && sent[answered].name == "."
            // Where nothing marks who speaks, it may be a line of the message.
            guard hasEnded || !clientMark.isEmpty else { return }
            if hasEnded { answered += 1 }
            isInMessage = false
            return endMessage(code, place)
        }
        guard answered < sent.count else {
            if code == 220 { startSession() }
            if code.classDigit >= 4, code != lastCode { refuse(nil, place) }
            return
        }
        // A greeting: what was sent before is lost.
        if code == 220, sent[answered].name != "STARTTLS" { return startSession() }
        let command = sent[answered]
        answered += 1
        if code.classDigit >= 4 { return refuse(command, place) }
        switch command.name {
        case "EHLO", "HELO", "LHLO", "RSET": recipients = []
        case "MAIL":
            recipients = []
            overcome([])
            overcome(command.subject)
        case "RCPT": recipients.append(command)
        case "DATA": isInMessage = code == 354
        // Only the last of a message's parts is answered with the mark of a queue, but each may be it (RFC 3030).
        case "BDAT", ".": endMessage(code, place)
        default: break
        }
    }

    private mutating func startSession() {
        answered = sent.count
        recipients = []
        isInMessage = false
    }

    private mutating func endMessage(_ code: ReplyCode, _ place: Range<Int>) {
        guard code.classDigit == 2 else {
            return refuse(Command(name: "DATA", subject: []), place)
        }
        guard !recipients.isEmpty else { return }
        for recipient in recipients { overcome(recipient.subject) }
        overcome(Array("AUTH".utf8))
        recipients = []
        accepted = place
    }

    private mutating func overcome(_ subject: [UInt8]) {
        if open.removeValue(forKey: subject) != nil { hasOvercome = true }
    }

    private mutating func refuse(_ command: Command?, _ place: Range<Int>) {
        let endsMessage = command.map { $0.isOfMessage } ?? !recipients.isEmpty
        if endsMessage {
            // Where none was accepted, the reason has been told already.
            for recipient in recipients { open(recipient.subject, place, command) }
            recipients = []
        } else if command?.name != "QUIT" {
            open(command?.subject ?? [], place, command)
        }
    }

    /// A later refusal of the same takes the place of the first.
    private mutating func open(_ subject: [UInt8], _ place: Range<Int>, _ command: Command?) {
        if open.updateValue(Refusal(place: place, command: command), forKey: subject) != nil, !subject.isEmpty {
            hasOvercome = true
        }
    }
}
