import SMTPCatalog
import StrictJSON

/// JSON in a log or a file: entries of systemd's journal, events of mail services, and replies as `/explain` takes them.
enum JSONLog {
    /// Nil for what is no JSON.
    static func read(_ bytes: Span<UInt8>) -> [JSONValue]? {
        bytes.withUnsafeBytes { bytes in
            do throws(JSONFault) { return try JSONReader.readAll(bytes) } catch { return nil }
        }
    }

    /// The line of syslog that a journal's entry stands for; nil for anything else.
    static func journalLine(_ json: JSONValue) -> [UInt8]? {
        guard case .object(let members) = json, members.contains(where: { $0.name == "MESSAGE" }) else { return nil }
        var entry = JournalEntry()
        for (name, value) in members {
            switch (name, value) {
            case ("MESSAGE", .string(let text)): entry.message = Array(text.utf8)
            // Its bytes where they are not UTF-8.
            case ("MESSAGE", .array(let bytes)):
                entry.message = bytes.compactMap {
                    if case .number(let byte?) = $0 { UInt8(exactly: byte) } else { nil }
                }
            case ("SYSLOG_IDENTIFIER", .string(let text)): entry.program = text
            case ("__REALTIME_TIMESTAMP", .string(let text)): entry.realtime = text
            default: break
            }
        }
        return entry.line
    }

    /// The deliveries that a value tells of; an event or a reply that cannot be read tells of none.
    static func deliveries(in json: JSONValue) -> [Delivery] {
        switch json {
        case .string(let text):
            var delivery = delivery(text)
            // Else a line of text in quotes, which may carry no reply.
            delivery.isReply = text.utf8.first?.isDigit == true
            return [delivery]
        // A batch, or what services send at a time.
        case .array(let items): return items.flatMap(deliveries)
        case .object(let members):
            if members.count == 1, members[0].name == "replies" { return deliveries(in: members[0].value) }
            if let events = try? ServiceEvent.replies(in: json) { return events.compactMap(delivery) }
            return statedReply(json, members).map { [$0] } ?? []
        case .number, .word: return []
        }
    }

    private static func delivery(_ text: String, _ outcome: Delivery.Outcome = .unknown) -> Delivery {
        var delivery = Delivery(outcome, reply: Array(text.utf8))
        delivery.isReply = true
        return delivery
    }

    private static func delivery(_ event: ServiceEvent.Reply) -> Delivery? {
        guard let outcome = event.outcome else { return nil }
        let parts = [event.code?.description, event.status?.description, event.words].compactMap(\.self)
        var delivery = delivery(parts.joined(separator: " "), outcome)
        delivery.time = event.time
        delivery.queueID = event.id
        delivery.sender = event.sender
        delivery.recipient = event.known.recipient
        delivery.host = event.known.host
        delivery.command = event.known.command
        return delivery
    }

    /// Do other members say something else of what came of the message than its reply? Then all of it is to be read.
    private static func contradicts(_ others: [(name: String, value: JSONValue)], _ reply: String) -> Bool {
        guard !others.isEmpty, let event = JSONEvent(.object(others)) else { return false }
        let own = ReplyReader.read(reply.utf8)
        guard own.refuses else {
            return event.claims.contains(.failure) || event.values.contains { ReplyReader.read($0).refuses }
        }
        let isForNow = (own.code?.classDigit ?? own.enhanced?.classDigit) == 4
        return event.claims.contains(.success) || !isForNow && event.claims.contains(.notFinal)
    }

    /// A reply as a whole or in parts, and what is known besides.
    private static func statedReply(_ json: JSONValue, _ members: [(name: String, value: JSONValue)]) -> Delivery? {
        func text(_ name: String) -> String? {
            switch members.first(where: { $0.name == name })?.value {
            case .string(let text)?: text
            case .number(let number?)?: String(number)
            default: nil
            }
        }
        let names = text("reply") == nil ? ["code", "enhanced", "text"] : ["reply"]
        let parts = names.compactMap(text)
        guard !parts.isEmpty else { return nil }
        let reply = parts.joined(separator: " ")
        let known = names + ["id", "recipient", "host", "command", "time"]
        let others = members.filter { !known.contains($0.name) }
        var delivery = delivery(contradicts(others, reply) ? json.text : reply)
        delivery.queueID = text("id")
        delivery.recipient = text("recipient")
        delivery.host = text("host")?.lowercased()
        delivery.command = text("command")?.uppercased()
        return delivery
    }
}

extension JSONValue {
    /// It, written as JSON.
    fileprivate var text: String {
        switch self {
        case .string(let text): Self.quoted(text)
        case .number(let number): number.map(String.init) ?? "null"
        case .word(let flag): flag.map(String.init) ?? "null"
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [.ascii("\"")]
        for byte in text.utf8 {
            if byte == .ascii("\"") || byte == .ascii("\\") { bytes.append(.ascii("\\")) }
            // Line breaks and other control characters part words, and no more.
            bytes.append(max(byte, 0x20))
        }
        return String(decoding: bytes + [.ascii("\"")], as: UTF8.self)
    }
}
