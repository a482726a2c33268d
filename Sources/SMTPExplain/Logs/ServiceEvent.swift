import SMTPCatalog
import StrictJSON

/// What mail services send to a webhook, or write into a log, about a message: Amazon SES (bare, and in a notification
/// of SNS), SendGrid, Mailgun, Postmark, SparkPost and KumoMTA.
///
/// A row says where a service keeps what; a path is names with dots between, and of several the first that is there
/// counts. To support another service, add a row.
package enum ServiceEvent {
    /// One kind of event of one service.
    private struct Form {
        let service: String
        /// It is of this form if that is there.
        let mark: String
        /// A list of recipients, where there is one; other paths are sought in its items first.
        var each: String?
        /// Of the recipient's address; a list of addresses stands for itself.
        var recipient: [String] = []
        var reply: [String] = []
        var code: [String] = []
        var status: [String] = []
        /// What the service calls the cause, where nothing else is told.
        var type: [String] = []
        var id: [String] = []
        var host: [String] = []
        var command: [String] = []
        var sender: [String] = []
        /// In seconds since 1970, or as ISO 8601 has it.
        var time: [String] = []
        /// What the service calls the event; see ``outcomes``.
        var kind: [String] = []
        /// A host of the service itself, which speaks where it has not even tried.
        var own: String?
    }

    // swift-format-ignore
    private static let forms: [Form] = [
        // https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
        Form(service: "Amazon SES", mark: "bounce.bouncedRecipients", each: "bounce.bouncedRecipients", recipient: ["emailAddress"],
             reply: ["diagnosticCode"], status: ["status"], type: ["bounce.bounceSubType", "bounce.bounceType"], id: ["mail.messageId"],
             sender: ["mail.source"], time: ["bounce.timestamp"], kind: ["bounce.bounceType", "notificationType", "eventType"]),
        Form(service: "Amazon SES", mark: "deliveryDelay.delayedRecipients", each: "deliveryDelay.delayedRecipients", recipient: ["emailAddress"],
             reply: ["diagnosticCode"], status: ["status"], type: ["deliveryDelay.delayType"], id: ["mail.messageId"],
             sender: ["mail.source"], time: ["deliveryDelay.timestamp"], kind: ["notificationType", "eventType"]),
        Form(service: "Amazon SES", mark: "delivery.recipients", each: "delivery.recipients",
             reply: ["delivery.smtpResponse"], id: ["mail.messageId"],
             sender: ["mail.source"], time: ["delivery.timestamp"], kind: ["notificationType", "eventType"]),
        Form(service: "Amazon SES", mark: "mail.messageId", reply: ["reject.reason", "failure.errorMessage"], id: ["mail.messageId"],
             sender: ["mail.source"], time: ["mail.timestamp"], kind: ["notificationType", "eventType"]),
        // https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
        Form(service: "SendGrid", mark: "sg_event_id", recipient: ["email"],
             reply: ["reason", "response"], status: ["status"], id: ["sg_event_id"], time: ["timestamp"], kind: ["event"],
             own: "sendgrid.net"),
        // https://documentation.mailgun.com/docs/mailgun/user-manual/events/event-structure
        Form(service: "Mailgun", mark: "event-data.event", recipient: ["event-data.recipient"],
             reply: ["event-data.delivery-status.message", "event-data.delivery-status.description"], code: ["event-data.delivery-status.code"],
             status: ["event-data.delivery-status.enhanced-code"], type: ["event-data.reason"], id: ["event-data.id"],
             host: ["event-data.delivery-status.mx-host"], sender: ["event-data.envelope.sender"], time: ["signature.timestamp"],
             kind: ["event-data.severity", "event-data.event"]),
        // https://postmarkapp.com/developer/webhooks/bounce-webhook
        Form(service: "Postmark", mark: "RecordType", recipient: ["Email", "Recipient"],
             reply: ["Details", "Description"], type: ["Type"], id: ["MessageID"],
             sender: ["From"], time: ["BouncedAt", "DeliveredAt"], kind: ["Type", "RecordType"]),
        // https://developers.sparkpost.com/api/webhooks
        Form(service: "SparkPost", mark: "msys.message_event", recipient: ["msys.message_event.rcpt_to"],
             reply: ["msys.message_event.raw_reason", "msys.message_event.reason"], code: ["msys.message_event.error_code"],
             id: ["msys.message_event.event_id"], sender: ["msys.message_event.msg_from"], time: ["msys.message_event.timestamp"],
             kind: ["msys.message_event.type"]),
        Form(service: "SparkPost", mark: "msys"),
        // https://docs.kumomta.com/userguide/operation/logs
        Form(service: "KumoMTA", mark: "response.content", each: "recipient",
             reply: ["response.content"], code: ["response.code"], status: ["response.enhanced_code"], id: ["id"],
             host: ["peer_address.name"], command: ["response.command"], sender: ["sender"], time: ["timestamp"], kind: ["type"]),
    ]

    /// What became of a message, by what services call the event; in lower case.
    private static let outcomes: [String: Delivery.Outcome] = [
        "delivery": .sent, "delivered": .sent,
        "deferred": .deferred, "delay": .deferred, "deliverydelay": .deferred, "temporary": .deferred,
        "transientfailure": .deferred, "transient": .deferred, "softbounce": .deferred,
        "adminbounce": .bounced, "bounce": .bounced, "dropped": .bounced, "expiration": .bounced, "failed": .bounced,
        "oob": .bounced, "out_of_band": .bounced, "permanent": .bounced, "policy_rejection": .bounced,
        "reject": .bounced,
    ]

    /// What came of the message, by the name of an event: `delivered`, `email.bounced`.
    static func disposition(ofEvent name: String) -> Disposition? {
        guard name.utf8.count <= 64 else { return nil }
        switch outcomes[name.lowercased().split(separator: ".").last.map(String.init) ?? ""] {
        case .sent: return .success
        case .deferred: return .transient
        case .bounced: return .permanent
        default: return nil
        }
    }

    /// Of those, what the service itself decided on, without an attempt.
    private static let decided: Set = ["dropped", "policy_rejection"]

    /// Events with words that are no reply.
    private static let wordy: Set = ["feedback", "spamcomplaint", "subscriptionchange"]

    /// Events with a reply in which nobody tried to deliver a message, likewise.
    private static let untried: Set = ["delayed", "reception", "rejection", "xferin", "xferout"]

    /// What an event says of one recipient.
    package struct Reply {
        /// Codes and words; the words alone where they have the codes.
        package internal(set) var code: ReplyCode?
        package internal(set) var status: EnhancedCode?
        package internal(set) var words: String?
        /// Are the words only the beginning of those of the event?
        package internal(set) var isCut = false
        package internal(set) var known = Circumstances()
        /// The service's name for the message or the event.
        package internal(set) var id: String?
        var sender: String?
        var time: LogTime?
        /// Nil where nobody tried to deliver it.
        var outcome: Delivery.Outcome?
    }

    package enum Fault: Error {
        case noJSON(JSONFault)
        case tooManyRecipients(Int)
        /// As of openings and clicks, and of complaints.
        case noReply(service: String)
    }

    /// The most recipients that an event is read for.
    package static let mostRecipients = 1000

    /// The replies that an event carries, one for each recipient that it is about; nil where this is none of these
    /// services' events.
    package static func replies(in json: JSONValue) throws(Fault) -> [Reply]? {
        // An ordinary reply shall cost no more than a look at its names.
        guard case .object(let members) = json, members.contains(where: { marks.contains($0.name) }) else { return nil }
        // https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
        if json.text(["Type"]) == "Notification", let message = json.text(["Message"]) {
            return try replies(in: value(Array(message.utf8)))
        }
        guard let form = forms.first(where: { json.value(at: $0.mark) != nil }) else { return nil }
        let items = form.each.flatMap { json.value(at: $0) }
        let recipients =
            switch items {
            case .array(let items)?: items
            case let item?: [item]
            case nil: [json]
            }
        guard recipients.count <= mostRecipients else { throw .tooManyRecipients(recipients.count) }
        let common = Texts(form, json)
        guard !wordy.contains(common.kind ?? "") else { throw .noReply(service: form.service) }
        let replies = recipients.compactMap { reply($0, Texts(form, $0), common, form, among: recipients.count) }
        guard !replies.isEmpty else { throw .noReply(service: form.service) }
        return replies
    }

    private static func value(_ json: [UInt8]) throws(Fault) -> JSONValue {
        switch json.withUnsafeBytes({ bytes in Result { () throws(JSONFault) in try JSONReader.read(bytes) } }) {
        case .success(let value): return value
        case .failure(let fault): throw .noJSON(fault)
        }
    }

    /// The first names of the marks.
    private static let marks = Set(forms.map { String($0.mark.prefix { $0 != "." }) } + ["Message"])

    /// What a form finds in a value.
    private struct Texts {
        let recipient, reply, code, status, type, id, host, command, sender, time, kind: String?

        init(_ form: Form, _ json: JSONValue) {
            recipient = json.text(form.recipient)
            reply = json.text(form.reply)
            code = json.text(form.code)
            status = json.text(form.status)
            type = json.text(form.type)
            id = json.text(form.id)
            host = json.text(form.host)
            command = json.text(form.command)
            sender = json.text(form.sender)
            time = json.text(form.time)
            // Of several names, the first that says what came of the message.
            let kinds = form.kind.compactMap { json.text([$0])?.lowercased() }
            kind = kinds.first { ServiceEvent.outcomes[$0] != nil } ?? kinds.last
        }
    }

    /// What each of several recipients gets of a text that stands for all of them, in bytes: so much that the copies
    /// together are no longer than the longest reply, but no less than a line of one (RFC 5321, section 4.5.3.1.5).
    private static func mostShared(among count: Int) -> Int { count > 1 ? max(512, (64 << 10) / count) : .max }

    /// `own` is what stands with the recipient, `common` what stands in the event.
    private static func reply(
        _ item: JSONValue, _ own: Texts, _ common: Texts, _ form: Form, among count: Int
    ) -> Reply? {
        let shared = common.reply.map { $0.beginning(bytes: mostShared(among: count)) }
        var reply = Reply()
        let kind = common.kind ?? ""
        reply.outcome = untried.contains(kind) ? nil : outcomes[kind] ?? .unknown
        reply.known.isCalledSuccess = reply.outcome == .sent
        reply.known.isForNow = reply.outcome == .deferred
        reply.words = own.reply ?? shared ?? (own.type ?? common.type).map(separated)
        var code = (own.code ?? common.code).flatMap { ReplyCode($0) }
        let status = (own.status ?? common.status).flatMap { EnhancedCode($0) }
        let hasCode =
            code != nil || status != nil
            || reply.words.map { ReplyReader.read($0.utf8) }.map { $0.code != nil || $0.enhanced != nil } ?? false
        if !hasCode, reply.outcome == .sent {
            // Whoever took the message said so with this code (RFC 5321, section 4.3.2).
            code = ReplyCode(rawValue: 250)
        } else if !hasCode, reply.words == nil {
            return nil
        }
        // A reply that has its codes itself needs no others.
        let isWhole =
            reply.words.map { words in
                ReplyCode(words.prefixDigits) != nil || status.map { words.contains($0.description) } ?? (code == nil)
            } ?? false
        if !isWhole { (reply.code, reply.status) = (code, status) }
        reply.isCut = own.reply == nil && shared?.utf8.count != common.reply?.utf8.count
        reply.id = (own.id ?? common.id).map { $0.beginning(bytes: 256) }
        let address = if case .string(let address) = item { address } else { own.recipient ?? common.recipient }
        reply.known.recipient = address.flatMap { $0.utf8.count <= 320 ? $0 : nil }
        reply.known.host = (own.host ?? common.host).flatMap { $0.utf8.count <= 255 ? host($0) : nil }
        let command = (own.command ?? common.command)?.utf8.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
        reply.known.command = command.map { String(Substring($0)).uppercased() }.flatMap {
            Circumstances.commands.contains($0) ? $0 : nil
        }
        if let host = form.own, decided.contains(kind) { reply.known.host = host }
        reply.sender = common.sender
        reply.time = common.time.flatMap(time)
        return reply
    }

    private static func time(_ text: String) -> LogTime? {
        if let seconds = Int(text) { return (1..<1 << 40).contains(seconds) ? LogTime(seconds: seconds) : nil }
        return LogTime(text)
    }

    private static func host(_ name: String) -> String {
        let name = name.lowercased()
        return name.utf8.last == UInt8(ascii: ".") ? String(name.dropLast()) : name
    }

    /// `MailboxFull` as words: `Mailbox Full`.
    static func separated(_ name: String) -> String {
        var words: [UInt8] = []
        for byte in name.utf8.prefix(256) {
            if (0x41...0x5A).contains(byte), let last = words.last, (0x61...0x7A).contains(last) { words.append(0x20) }
            words.append(byte)
        }
        return String(decoding: words, as: UTF8.self)
    }
}

extension String {
    /// The digits that it begins with, at most three.
    fileprivate var prefixDigits: String { String(Substring(utf8.prefix(3).prefix { (0x30...0x39).contains($0) })) }
}

extension JSONValue {
    /// What stands at a path of names with dots between.
    fileprivate func value(at path: String) -> JSONValue? {
        var value = self
        for name in path.split(separator: ".") {
            guard case .object(let members) = value, let member = members.first(where: { $0.name == name }) else {
                return nil
            }
            value = member.value
        }
        if case .word = value { return nil }
        return value
    }

    /// The first text that is not empty at any of the paths; a number is its digits, an enhanced code of three members
    /// is written out, and of a list the first counts.
    fileprivate func text(_ paths: [String]) -> String? {
        for path in paths {
            switch value(at: path) {
            case .string(let text)? where !text.isEmpty: return text
            case .number(let number?)?: return String(number)
            case .array(let items)?: if case .string(let text)? = items.first { return text }
            case .object?:
                let digits = ["class", "subject", "detail"].compactMap { text(["\(path).\($0)"]) }
                if digits.count == 3 { return digits.joined(separator: ".") }
            default: break
            }
        }
        return nil
    }
}
