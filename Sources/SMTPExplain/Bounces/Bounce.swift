import SMTPCatalog

/// What a bounce says about one recipient.
public struct BouncedRecipient: Sendable {
    /// The address; personal data, not to be logged.
    public fileprivate(set) var recipient: String?
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded` (RFC 3464, section 2.3.3).
    public let action: String?
    /// The field Status.
    public let status: EnhancedCode?
    public let remoteMTA: String?
    /// The reply of the remote server, or the words of the bounce.
    public let diagnostic: String?
    public let explanation: Explanation
}

extension Explainer {
    /// Explains a bounce: a whole message, or the body of a report whose type is given.
    ///
    /// Reads delivery status notifications (RFC 3464, RFC 6522, RFC 6533) and bounces that are only text.
    /// Never fails; a message that is no bounce has no recipients. As they may be very many, they are explained
    /// while one goes through them.
    public func explain(
        bounce: some Sequence<UInt8>, contentType: String = "message/rfc822"
    ) -> some Sequence<BouncedRecipient> {
        let bounce = bounced(Report(Array(bounce), contentType))
        return (0..<bounce.count).lazy.flatMap { entry in
            let explained = explain(entry, of: bounce)
            return bounce.recipients(of: entry).lazy.map { number in
                var explained = explained
                explained.recipient = bounce.recipient(number)
                return explained
            }
        }
    }

    private func bounced(_ report: Report) -> Bounced {
        guard let status = report.status else {
            let text = report.isBounce ? report.text : nil
            return .told(TextBounce(text ?? [], failedRecipients: text == nil ? [] : report.failedRecipients))
        }
        let statuses = DeliveryStatus.read(status)
        // The words may say what the fields do not.
        var words: [String?: ArraySlice<UInt8>] = [:]
        if let text = report.text, statuses.contains(where: { $0.diagnostic == nil }) {
            let told = TextBounce(text, failedRecipients: [])
            for entry in 0..<told.count {
                // A report may name the same recipient any number of times.
                let share = TextBounce.share(of: told.words(of: entry), among: statuses.count)
                for number in told.recipients(of: entry) { words[told.recipient(number)] = share }
            }
        }
        return .reported(statuses, words: words)
    }

    private func explain(_ entry: Int, of bounce: Bounced) -> BouncedRecipient {
        switch bounce {
        case .reported(let statuses, let words):
            explain(statuses[entry], statuses[entry].diagnostic == nil ? words[statuses[entry].recipient] : nil)
        case .told(let text): explain(text.words(of: entry))
        }
    }

    private func explain(_ status: DeliveryStatus, _ words: ArraySlice<UInt8>?) -> BouncedRecipient {
        var reply = words.map { ReplyReader.read($0) } ?? ReplyReader.read((status.diagnostic ?? "").utf8)
        reply.enhanced = reply.enhanced ?? status.status
        reply.remoteHost = status.remoteMTA ?? reply.remoteHost
        reply.disposition = status.disposition ?? reply.disposition
        if status.disposition == .success, reply.code?.classDigit != 2 { reply.code = nil }
        return BouncedRecipient(
            recipient: status.recipient, action: status.action, status: status.status, remoteMTA: status.remoteMTA,
            diagnostic: status.diagnostic, explanation: explain(reply))
    }

    private func explain(_ words: ArraySlice<UInt8>) -> BouncedRecipient {
        let reply = ReplyReader.read(words)
        let codes = [reply.code?.description, reply.enhanced?.description].compactMap(\.self)
        return BouncedRecipient(
            recipient: nil, action: "failed", status: nil, remoteMTA: reply.remoteHost,
            diagnostic: (codes + [reply.text[...].string]).joined(separator: " "), explanation: explain(reply))
    }
}

/// What a bounce says, recipient for recipient.
private enum Bounced {
    /// In a report, with what its words say about some of them.
    case reported([DeliveryStatus], words: [String?: ArraySlice<UInt8>])
    /// In its words alone.
    case told(TextBounce)

    /// Of the entries, each of which may stand for several recipients.
    var count: Int {
        switch self {
        case .reported(let statuses, _): statuses.count
        case .told(let text): text.count
        }
    }

    func recipients(of entry: Int) -> Range<Int> {
        switch self {
        case .reported: entry..<entry + 1
        case .told(let text): text.recipients(of: entry)
        }
    }

    func recipient(_ number: Int) -> String? {
        switch self {
        case .reported(let statuses, _): statuses[number].recipient
        case .told(let text): text.recipient(number)
        }
    }
}

extension DeliveryStatus {
    fileprivate var disposition: Disposition? {
        switch action {
        case "failed": .permanent
        case "delayed": .transient
        case "delivered", "relayed", "expanded": .success
        default: nil
        }
    }
}

/// The parts of a message that make it a bounce.
private struct Report {
    /// The content of the first delivery status part.
    private(set) var status: [UInt8]?
    /// The words for people.
    private(set) var text: [UInt8]?
    let failedRecipients: [String]
    private let headers: MIMEEntity

    init(_ bytes: [UInt8], _ contentType: String) {
        var entity = MIMEEntity(contentType: contentType, body: bytes[...])
        if entity.type == "message/rfc822" || entity.type == "multipart/report" && entity.parts.isEmpty {
            entity = MIMEEntity(bytes[...])
        }
        headers = entity
        failedRecipients =
            entity["x-failed-recipients"]?.utf8.split(separator: .ascii(",")).map { Array($0)[...].trimmed.string }
            ?? []
        visit(entity, depth: 0)
    }

    /// Goes through the parts, but not into the original message.
    private mutating func visit(_ entity: MIMEEntity, depth: Int) {
        switch entity.type {
        case "message/delivery-status", "message/global-delivery-status":
            if status == nil { status = entity.content }
        case "text/plain":
            if text == nil { text = entity.text }
        case "text/html":
            if text == nil { text = HTMLText.text(entity.text) }
        default:
            guard depth < 16 else { return }
            for part in entity.parts { visit(part, depth: depth + 1) }
        }
    }

    /// Does the header say that a mail system wrote it to report a failure?
    var isBounce: Bool {
        if !failedRecipients.isEmpty || headers.type == "multipart/report" { return true }
        let from = Array((headers["from"] ?? "").lowercased().utf8)
        let subject = Array((headers["subject"] ?? "").lowercased().utf8)
        let returnPath = headers["return-path"]
        let senders = [
            "mailer-daemon", "postmaster", "mail delivery", "mail-daemon", "maildelivery", "microsoftexchange",
        ]
        let subjects = [
            "undeliver", "delivery", "failure", "failed", "returned", "unzustellbar", "non remis", "nicht zugestellt",
            "could not be", "rejected", "non-délivr", "échec", "fehlgeschlagen", "mail system error", "bounce",
        ]
        return senders.contains { from.contains(Array($0.utf8)) }
            || (returnPath == "<>" || returnPath == nil) && subjects.contains { subject.contains(Array($0.utf8)) }
                && headers["auto-submitted"]?.lowercased() != "auto-replied"
            || headers.fields.count <= 1
    }
}
