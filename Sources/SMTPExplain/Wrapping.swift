import SMTPCatalog

/// What stands around a reply in a log line or a bounce, and what it tells.
struct Wrapping {
    /// Words that introduce something; all of them are found in one pass.
    private enum Marker: String, CaseIterable {
        case status = "status="
        case bounced = "status=bounced"
        case deferred = "status=deferred"
        case sent = "status=sent"
        case stat = "stat="
        case statDeferred = "stat=deferred"
        case statSent = "stat=sent"
        case eximDeferred = " == "
        case eximFailed = " ** "
        case permanent = "permanent"
        case temporary = "temporar"
        case said = "said: "
        case givingUpOnHost = "giving up on "
        case smtpMark = "#smtp#"

        case inReplyTo = "in reply to "
        case serverAfter = "mail server after "
        case transcript = ">>> "
        case responseTo = "response to "
        case errorAfter = "error after "
        case reject = "reject: "
        case rejected = "rejected "
        case during = "during "

        case relay = "relay="
        case host = "host "
        case eximHost = "h="
        case talkingTo = "talking to "
        case remoteMTA = "remote-mta: dns;"
        case connectedTo = "connected to "
        case mtaField = "dsnmta="
        case exchanger = "mx="
        case connectTo = "connect to "
        case doesNotLike = " does not like recipient"
        case failedAfter = " failed after i sent the message"

        case rcptTo = "rcpt to:"
        case to = "to=<"
        case rcpt = "rcpt="
        case finalRecipient = "final-recipient: rfc822;"
        case envelope = "; from=<"
    }

    private static let matcher = Matcher(Marker.allCases.map { (Array($0.rawValue.utf8), $0) })

    private let bytes: [UInt8]
    /// Where markers stand; the first few hundred, as a log line has no more.
    private var places: [(marker: Marker, range: Range<Int>)] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        Self.matcher.scan(bytes) { marker, range in
            if places.isEmpty { places.reserveCapacity(16) }
            if places.count < 256 { places.append((marker, range)) }
        }
    }

    private func first(_ marker: Marker, from start: Int = 0) -> Range<Int>? {
        places.first { $0.marker == marker && $0.range.lowerBound >= start }?.range
    }

    /// Where the words begin in a line that has no reply code: behind `status=bounced (`, `stat=` and the like.
    func reason() -> Int? {
        if let status = first(.status), let open = bytes[status.upperBound...].firstIndex(of: .ascii("(")) {
            return open + 1
        }
        return (first(.stat) ?? first(.said))?.upperBound
    }

    /// Where the reply ends that begins at `start`, its code at `mark`: before the remarks of the server
    /// that reports it, and before what closes a bracket or quote that was opened before the reply.
    func end(ofReplyFrom start: Int, markAt mark: Int) -> Int {
        var end = bytes.count
        for marker in [Marker.inReplyTo, .envelope, .givingUpOnHost, .smtpMark] {
            guard let remark = first(marker, from: start) else { continue }
            // qmail names the host by its address; others give up on messages.
            if marker == .givingUpOnHost, remark.upperBound == bytes.count || !bytes[remark.upperBound].isDigit {
                continue
            }
            end = min(end, remark.lowerBound)
        }
        if end > start, end < bytes.count, bytes[end - 1] == .ascii("(") { end -= 1 }
        // More than a few are no wrapping.
        for _ in 0..<4 {
            while end > start, bytes[end - 1].isSpace { end -= 1 }
            guard end > start, mark > 0, closesWrapping(bytes[end - 1], start..<end, mark) else { break }
            end -= 1
        }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return end
    }

    /// Does `last`, at the end of the reply, close what was opened before `mark`?
    private func closesWrapping(_ last: UInt8, _ reply: Range<Int>, _ mark: Int) -> Bool {
        let opened: UInt8
        switch last {
        case .ascii(")"): opened = .ascii("(")
        case .ascii("]"): opened = .ascii("[")
        case .ascii(">"): opened = .ascii("<")
        case .ascii("'"), .ascii("\""), .ascii("#"): opened = last
        default: return false
        }
        guard bytes[..<mark].contains(opened) else { return false }
        let count = bytes[reply].count { $0 == opened }
        if opened == .ascii("#") { return true }
        return opened == last ? count % 2 == 1 : count < bytes[reply].count { $0 == last }
    }

    /// The command that was answered, as `RCPT` or `DATA`, where the text names it.
    func command() -> String? {
        let introductions: [Marker] = [
            .inReplyTo, .serverAfter, .transcript, .responseTo, .errorAfter, .reject, .rejected, .during,
        ]
        for introduction in introductions {
            guard var at = first(introduction)?.upperBound else { continue }
            while at < bytes.count, bytes[at].isSpace { at += 1 }
            while let skipped = Self.fillers.first(where: { bytes.has($0, at: at) }) { at += skipped.utf8CodeUnitCount }
            if let (_, name) = Self.commands.first(where: { bytes.has($0.0, at: at) }) { return name }
        }
        return nil
    }

    private static let fillers: [StaticString] = ["pipelined ", "sending ", "the ", "end of "]

    private static let commands: [(StaticString, String)] = [
        ("rcpt", "RCPT"), ("mail", "MAIL"), ("data", "DATA"), ("ehlo", "EHLO"), ("helo", "HELO"), ("lhlo", "LHLO"),
        ("bdat", "BDAT"), ("auth", "AUTH"), ("starttls", "STARTTLS"), ("rset", "RSET"), ("quit", "QUIT"),
        ("vrfy", "VRFY"), ("noop", "NOOP"), ("message body", "DATA"), (".", "DATA"),
    ]

    /// The host that replied, where the text names it.
    func remoteHost() -> String? {
        let introductions: [Marker] = [
            .relay, .host, .eximHost, .talkingTo, .remoteMTA, .connectedTo, .connectTo, .mtaField,
            .exchanger,
        ]
        for introduction in introductions {
            for (marker, place) in places where marker == introduction {
                let start = place.lowerBound
                if start > 0, bytes[start - 1].isWordByte || bytes[start - 1] == .ascii("-") { continue }
                // That is the sending host.
                if isSendingHost(before: start) { continue }
                if let host = hostName(at: place.upperBound) { return host }
            }
        }
        return hostThatRefuses() ?? hostBeforeStatus() ?? hostBeforeAddress()
    }

    /// `192.0.2.1 does not like recipient.`, as qmail has it.
    private func hostThatRefuses() -> String? {
        guard let refusal = first(.doesNotLike) ?? first(.failedAfter) else { return nil }
        let start = bytes[..<refusal.lowerBound].lastIndex(where: \.isSpace)
        return hostName(at: start.map { $0 + 1 } ?? 0)
    }

    /// `<mx.example #5.1.1 smtp;550 5.1.1 ...>`, as Exchange has it.
    private func hostBeforeStatus() -> String? {
        guard bytes.first == .ascii("<"), let mark = bytes.prefix(256).firstIndex(of: .ascii("#")), mark > 2,
            bytes[mark - 1] == 0x20, !bytes[..<(mark - 1)].contains(0x20)
        else { return nil }
        return hostName(at: 1)
    }

    /// Do the words before `start` speak of the host that sends?
    private func isSendingHost(before start: Int) -> Bool {
        ["client ", "client host ", "your ", "your host ", "reject: rcpt from "].contains { (words: StaticString) in
            bytes.has(words, before: start)
        }
    }

    /// `mx.example[192.0.2.1]: 550 ...`, as a line that begins with the host.
    private func hostBeforeAddress() -> String? {
        guard let open = bytes.prefix(256).firstIndex(where: { $0 == .ascii("[") || $0 == .ascii("(") }),
            open + 1 < bytes.count, bytes[open + 1].isDigit
        else { return nil }
        var start = open
        while start > 0, bytes[start - 1].isBlank { start -= 1 }
        while start > 0,
            bytes[start - 1].isWordByte || bytes[start - 1] == .ascii("-") || bytes[start - 1] == .ascii(".")
        {
            start -= 1
        }
        return isSendingHost(before: start) ? nil : hostName(at: start)
    }

    private func hostName(at start: Int) -> String? {
        var i = start
        while i < bytes.count, bytes[i].isBlank { i += 1 }
        let first = i
        while i < bytes.count,
            bytes[i].isWordByte || bytes[i] == .ascii("-") || bytes[i] == .ascii(".") || bytes[i] == .ascii("_")
        {
            i += 1
        }
        while i > first, bytes[i - 1] == .ascii(".") { i -= 1 }
        guard bytes[first..<i].contains(.ascii(".")), i - first <= 253 else { return nil }
        return bytes[first..<i].string.lowercased()
    }

    /// The recipient, where the text names one: `to=<...>`, `RCPT TO:<...>`, or the address that begins the reply.
    func recipient() -> String? {
        for introduction in [Marker.rcptTo, .to, .rcpt, .finalRecipient] {
            if let place = first(introduction), let address = address(at: place.upperBound) { return address }
        }
        guard let open = bytes.prefix(64).firstIndex(of: .ascii("<")), !isSender(at: open) else { return nil }
        return address(at: open)
    }

    /// Is the address in the bracket at `open` the sender's: `MAIL FROM:<...>`, `<...>: Sender address rejected`?
    private func isSender(at open: Int) -> Bool {
        if bytes.has("from:", before: open) || bytes.has("from=", before: open) || bytes.has("from: ", before: open) {
            return true
        }
        guard let close = bytes[open...].prefix(320).firstIndex(of: .ascii(">")) else { return false }
        return bytes.firstIndex(of: "sender", in: close..<min(bytes.count, close + 12)) != nil
    }

    private func address(at start: Int) -> String? {
        var i = start
        while i < bytes.count, bytes[i].isBlank || bytes[i] == .ascii("<") { i += 1 }
        let first = i
        while i < bytes.count, !bytes[i].isSpace, bytes[i] != .ascii(">"), bytes[i] != .ascii(","),
            bytes[i] != .ascii(";"), i - first <= 320
        {
            i += 1
        }
        while i > first, bytes[i - 1] == .ascii(":") || bytes[i - 1] == .ascii(")") { i -= 1 }
        guard let at = bytes[first..<i].lastIndex(of: .ascii("@")), at > first, at + 1 < i else { return nil }
        return bytes[first..<i].string
    }

    /// What the log line says became of the message, or the words of a bounce say of the refusal.
    func disposition() -> Disposition? {
        if first(.bounced) != nil || first(.eximFailed) != nil { return .permanent }
        if first(.deferred) != nil || first(.statDeferred) != nil || first(.eximDeferred) != nil { return .transient }
        if first(.sent) != nil || first(.statSent) != nil { return .success }
        switch (first(.permanent) != nil, first(.temporary) != nil) {
        case (true, false): return .permanent
        case (false, true): return .transient
        default: return nil
        }
    }
}
