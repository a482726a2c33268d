import SMTPCatalog

/// What stands around a reply in a log line or a bounce, and what it tells.
struct Wrapping {
    let bytes: [UInt8]

    /// Where the words begin in a line that has no reply code: behind `status=bounced (`, `stat=` and the like.
    func reason(in range: Range<Int>) -> Int? {
        if let status = bytes.firstIndex(of: "status=", in: range) {
            if let open = bytes[status...].firstIndex(of: .ascii("(")) { return open + 1 }
        }
        if let stat = bytes.firstIndex(of: "stat=", in: range) { return stat + 5 }
        if let said = bytes.firstIndex(of: "said: ", in: range) { return said + 6 }
        return nil
    }

    /// Where the reply ends that begins at `start`, its code at `mark`: before the remarks of the server
    /// that reports it.
    func end(ofReplyFrom start: Int, markAt mark: Int) -> Int {
        var end = bytes.count
        if let remark = bytes.firstIndex(of: "(in reply to ", in: start..<end) { end = remark }
        if let remark = bytes.firstIndex(of: "; from=<", in: start..<end) { end = remark }
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        // Closes what was opened before the reply.
        while end > start, mark > 0 {
            let last = bytes[end - 1]
            let opened: UInt8? =
                switch last {
                case .ascii(")"): .ascii("(")
                case .ascii("]"): .ascii("[")
                case .ascii(">"): .ascii("<")
                case .ascii("'"), .ascii("\""): last
                default: nil
                }
            if let opened, bytes[..<mark].contains(opened), !isBalanced(start..<end, opened, last) {
                end -= 1
            } else if last == .ascii("#"), end - 1 > start, bytes[..<mark].contains(.ascii("#")) {
                end -= 1
            } else {
                break
            }
            while end > start, bytes[end - 1].isSpace { end -= 1 }
        }
        return end
    }

    private func isBalanced(_ range: Range<Int>, _ open: UInt8, _ close: UInt8) -> Bool {
        if open == close { return bytes[range].count { $0 == open } % 2 == 0 }
        return bytes[range].count { $0 == open } >= bytes[range].count { $0 == close }
    }

    /// The command that was answered, as `RCPT` or `DATA`, where the text names it.
    func command() -> String? {
        let whole = 0..<bytes.count
        let introductions: [StaticString] = [
            "in reply to ", "mail server after ", ">>> ", "response to ", "error after ", "reject: ",
            "rejected ", "during ",
        ]
        for introduction in introductions {
            guard var at = bytes.firstIndex(of: introduction, in: whole) else { continue }
            at += introduction.utf8CodeUnitCount
            while let skipped = (["pipelined ", "sending ", "the ", "end of "] as [StaticString]).first(where: {
                bytes.has($0, at: at)
            }) {
                at += skipped.utf8CodeUnitCount
            }
            let commands: [(StaticString, String)] = [
                ("rcpt", "RCPT"), ("mail", "MAIL"), ("data", "DATA"), ("ehlo", "EHLO"), ("helo", "HELO"),
                ("lhlo", "LHLO"), ("bdat", "BDAT"), ("auth", "AUTH"), ("starttls", "STARTTLS"), ("rset", "RSET"),
                ("quit", "QUIT"), ("vrfy", "VRFY"), ("noop", "NOOP"), ("message body", "DATA"), (".", "DATA"),
            ]
            if let (_, name) = commands.first(where: { bytes.has($0.0, at: at) }) { return name }
        }
        return nil
    }

    /// The host that replied, where the text names it.
    func remoteHost() -> String? {
        let whole = 0..<bytes.count
        let introductions: [StaticString] = [
            "relay=", "host ", "h=", "talking to ", "remote-mta: dns;", "connected to ", "dsnmta=", "mx=",
        ]
        for introduction in introductions {
            var from = 0
            while let at = bytes.firstIndex(of: introduction, in: from..<whole.upperBound) {
                from = at + introduction.utf8CodeUnitCount
                if at > 0, bytes[at - 1].isWordByte || bytes[at - 1] == .ascii("-") { continue }
                if let host = hostName(at: from) { return host }
            }
        }
        return hostBeforeAddress()
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
        return hostName(at: start)
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
        let whole = 0..<bytes.count
        let introductions: [StaticString] = ["rcpt to:", "to=<", "rcpt=", "final-recipient: rfc822;", "rcpt to "]
        for introduction in introductions {
            guard let at = bytes.firstIndex(of: introduction, in: whole) else { continue }
            if let address = address(at: at + introduction.utf8CodeUnitCount) { return address }
        }
        guard let open = bytes.firstIndex(of: .ascii("<")), open < 64 else { return nil }
        return address(at: open)
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

    /// What the log line says became of the message.
    func disposition() -> Disposition? {
        let whole = 0..<bytes.count
        if let at = bytes.firstIndex(of: "status=", in: whole) {
            if bytes.has("status=bounced", at: at) { return .permanent }
            if bytes.has("status=deferred", at: at) { return .transient }
            if bytes.has("status=sent", at: at) { return .success }
        }
        if bytes.firstIndex(of: "stat=deferred", in: whole) != nil { return .transient }
        // Exim's arrows.
        if bytes.firstIndex(of: " == ", in: whole) != nil { return .transient }
        if bytes.firstIndex(of: " ** ", in: whole) != nil { return .permanent }
        if bytes.firstIndex(of: "stat=sent", in: whole) != nil { return .success }
        return nil
    }
}
