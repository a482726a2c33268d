import SMTPCatalog

/// What no format has for itself: the fields of a delivery status (RFC 3464), and what one would write without one.
enum Generic: EnvelopeFormat {
    static let marks: [Mark] = [
        .init("diagnostic-code:", .reply),
        .init("status:", .reply),
        .init("error:", .reply),
        .init("->", .reply),
        .init("<--", .reply),
        .init("smtp;", .reply),
        .init("returned", .reply),
        .init("returned:", .reply),
        .init("responded", .reply),
        .init("responded:", .reply),
        .init("response", .reply),
        .init("response:", .reply),
        .init("reply:", .reply),
        .init("replied", .reply),
        .init("replied:", .reply),
        .init("sent", .reply),
        .init("bounced", .reply),
        .init("deferred", .reply),
        .init("error", .perhapsReply),
        .init("code", .perhapsReply),
        .init("smtp", .perhapsReply),
        .init("status", .perhapsReply),
        .init("reply", .perhapsReply),
        .init("got a", .perhapsReply),
        .init("with a", .perhapsReply),
        .init("response to ", .command),
        .init("during ", .command),
        .init("remote-mta: dns;", .host),
        .init("connect to ", .host),
        .init("mx=", .host),
        .init("final-recipient: rfc822;", .recipient),
        .init("mail from:", .sender),
        .init("permanent", .outcomeInWords(.permanent)),
        .init("temporar", .outcomeInWords(.transient)),
    ]

    static func read(_ line: MarkedLine, into envelope: inout Envelope) {
        envelope.host = envelope.host ?? line.host ?? hostBeforeAddress(line)
        envelope.recipient = envelope.recipient ?? line.recipient ?? addressAtTheHead(line)
    }

    /// `mx.example[192.0.2.1]: 550 ...`, as a line that begins with the host.
    private static func hostBeforeAddress(_ line: MarkedLine) -> String? {
        let bytes = line.bytes
        let bracket = bytes.firstIndex(of: .ascii("["), before: 256)
        guard let open = bytes.firstIndex(of: .ascii("("), before: bracket ?? 256) ?? bracket,
            open + 1 < bytes.count, bytes[open + 1].isDigit
        else { return nil }
        var start = open
        while start > 0, bytes[start - 1].isBlank { start -= 1 }
        while start > 0,
            bytes[start - 1].isWordByte || bytes[start - 1] == .ascii("-") || bytes[start - 1] == .ascii(".")
        {
            start -= 1
        }
        return line.isSendingHost(before: start) ? nil : line.hostName(at: start)
    }

    /// The address in brackets with which a reply begins, unless it is the sender's.
    private static func addressAtTheHead(_ line: MarkedLine) -> String? {
        guard let open = line.bytes.firstIndex(of: .ascii("<"), before: 64), !isSender(at: open, line.bytes) else {
            return nil
        }
        return line.address(at: open)
    }

    /// Is the address in the bracket at `open` the sender's: `MAIL FROM:<...>`, `<...>: Sender address rejected`?
    private static func isSender(at open: Int, _ bytes: [UInt8]) -> Bool {
        if bytes.has("from:", before: open) || bytes.has("from=", before: open) || bytes.has("from: ", before: open) {
            return true
        }
        guard let close = bytes[open...].prefix(320).firstIndex(of: .ascii(">")) else { return false }
        return bytes.firstIndex(of: "sender", in: close..<min(bytes.count, close + 12)) != nil
    }
}
