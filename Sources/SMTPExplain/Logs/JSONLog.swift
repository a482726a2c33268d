import FoundationEssentials

/// A line that is JSON: KumoMTA's log record, a journal's entry, or a reply as `/explain` takes it.
struct JSONLog: Decodable {
    // KumoMTA
    let type: String?
    let id: String?
    let sender: String?
    let recipient: OneOrMany?
    let response: Response?
    let peer: Peer?
    let timestamp: Number?

    // The journal
    let message: Message?
    let program: String?
    let realtime: String?

    // A reply
    let reply: String?
    let code: Number?
    let enhanced: String?
    let text: String?

    private enum CodingKeys: String, CodingKey {
        case type, id, sender, recipient, response, timestamp, reply, code, enhanced, text
        case peer = "peer_address"
        case message = "MESSAGE"
        case program = "SYSLOG_IDENTIFIER"
        case realtime = "__REALTIME_TIMESTAMP"
    }

    struct Response: Decodable {
        let code: Int?
        let enhanced: Enhanced?
        let content: String?

        private enum CodingKeys: String, CodingKey {
            case code, content
            case enhanced = "enhanced_code"
        }
    }

    struct Enhanced: Decodable {
        let `class`: Int
        let subject: Int
        let detail: Int
    }

    struct Peer: Decodable {
        let name: String?
    }

    /// A list where one message goes to several.
    struct OneOrMany: Decodable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            all = try (try? [value.decode(String.self)]) ?? value.decode([String].self)
        }
    }

    /// Some write numbers as text.
    struct Number: Decodable {
        let value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = number
            } else {
                // A date as text is none of ours to read here.
                value = Double(try container.decode(String.self)) ?? .nan
            }
        }
    }

    /// Text, or its bytes where they are not UTF-8.
    struct Message: Decodable {
        let bytes: [UInt8]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            bytes = try (try? Array(value.decode(String.self).utf8)) ?? value.decode([UInt8].self)
        }
    }
}

extension JSONLog {
    /// Nil for what is no JSON, or has other things in these members.
    static func read(_ line: Span<UInt8>) -> JSONLog? {
        try? JSONDecoder().decode(JSONLog.self, from: line.withUnsafeBufferPointer { Data(buffer: $0) })
    }

    /// A line of the journal as syslog would have it, for the formats to read; nil where it is something else.
    var journalLine: [UInt8]? {
        JournalEntry(message: message?.bytes, program: program, realtime: realtime).line
    }

    /// Adds the deliveries of a KumoMTA record, or the reply.
    func read(into events: inout [LogEvent]) {
        if let reply = statedReply {
            var delivery = Delivery(.unknown, recipient: recipient?.all.first, reply: Array(reply.utf8))
            delivery.isReply = true
            events.append(.delivery(delivery))
            return
        }
        guard let outcome = kumoOutcome, let response else { return }
        var reply = [response.code.map(String.init)].compactMap(\.self)
        if let it = response.enhanced { reply.append("\(it.class).\(it.subject).\(it.detail)") }
        if let content = response.content { reply.append(content) }
        let seconds = timestamp.map { Int(clamped: $0.value) } ?? 0
        for recipient in recipient?.all ?? [] {
            events.append(
                .delivery(
                    Delivery(
                        outcome, queueID: id, sender: sender, recipient: recipient, host: peer?.name,
                        reply: Array(reply.joined(separator: " ").utf8),
                        time: seconds > 0 ? LogTime(seconds: seconds) : nil)))
        }
    }

    /// A reply as a whole or in parts.
    private var statedReply: String? {
        if let reply { return reply }
        let parts = [code.map { String(Int(clamped: $0.value)) }, enhanced, text].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private var kumoOutcome: Delivery.Outcome? {
        switch type {
        case "Delivery": .sent
        case "Bounce", "AdminBounce", "Expiration": .bounced
        case "TransientFailure": .deferred
        default: nil
        }
    }
}

extension Int {
    /// 0 for what is no whole number that an Int can hold.
    fileprivate init(clamped value: Double) { self = Int(exactly: value.rounded()) ?? 0 }
}
