import SMTPCatalog

/// Reads a reply out of a report in JSON, or out of anything else.
extension ReplyReader {
    static func read(_ input: some Sequence<UInt8>) -> ReadReply {
        let bytes = Array(input)
        let reply = readText(bytes)
        guard let event = event(in: bytes) else { return reply }
        let failed = event.claims.contains(.failure)
        // The value that has a reply, a refusal before all others, or else all of them.
        var values = event.values
        let replies = values.map(readText)
        let refusal = replies.firstIndex { $0.refuses }
        let place = refusal ?? (failed ? nil : replies.firstIndex { $0.code != nil || $0.enhanced != nil })
        if let place { values.remove(at: place) }
        let rest = Array(values.joined(separator: ". ".utf8))
        let own = place.map { replies[$0] } ?? readText(rest)
        // Where something failed, a code of success is of another step.
        let hasCodes = own.refuses || !failed
        (reply.text, reply.context) = (own.text, place == nil ? [] : own.context + [0x20] + rest)
        reply.code = (hasCodes ? own.code : nil) ?? event.code
        reply.enhanced = (hasCodes ? own.enhanced : nil) ?? event.enhanced
        (reply.otherCodes, reply.otherEnhanced) = (own.otherCodes, own.otherEnhanced)
        reply.command = event.command ?? reply.command ?? own.command
        reply.disposition = event.disposition ?? (failed ? nil : reply.disposition)
        reply.isCalledSuccess = !event.claims.isDisjoint(with: [.success, .underway])
        reply.isLastAttempt = event.isLastAttempt || own.isLastAttempt
        return reply
    }

    /// JSON that is all of it but for quotes and commas, or all behind the time or the names with which a log's line
    /// begins; not what a reply that refuses holds.
    private static func event(in bytes: [UInt8]) -> JSONEvent? {
        let around: [UInt8] = [.ascii("\""), .ascii("'"), .ascii(","), .ascii(";")]
        guard let end = bytes.lastIndex(where: { !$0.isSpace && !around.contains($0) }),
            bytes[end] == .ascii("}") || bytes[end] == .ascii("]"),
            let first = bytes.firstIndex(where: { !$0.isSpace && !around.contains($0) })
        else { return nil }
        if let event = JSONEvent(Array(bytes[first...end])) { return event }
        guard bytes[end] == .ascii("}"), let start = bytes.prefix(512).firstIndex(of: .ascii("{")),
            !bytes[..<start].contains(.ascii("\n"))
        else { return nil }
        let json = Array(bytes[start...end])
        guard var event = JSONEvent(json) ?? JSONEvent(unescaped(json)), event.tellsOfMessage else { return nil }
        let head = readText(Array(bytes[..<start]))
        guard !head.refuses || !event.hasWords else { return nil }
        event.claims.formUnion(Claims(pairsIn: bytes[..<start]).union(Claims(lastWordsOf: bytes[..<start])))
        // `user unknown {"success":false}`
        if !event.hasWords, head.refuses || event.claims.contains(.failure) { event.take(head: bytes[..<start]) }
        if head.refuses { return event }
        return head.code == nil && head.enhanced == nil || event.claims.contains(.failure) ? event : nil
    }
}
