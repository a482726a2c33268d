import SMTPCatalog

/// What a bounce says about one recipient.
public struct BouncedRecipient: Sendable {
    /// The address; personal data, not to be logged.
    public let recipient: String?
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
    /// Never fails; a message that is no bounce has no recipients.
    public func explain(bounce: some Sequence<UInt8>, contentType: String = "message/rfc822") -> [BouncedRecipient] {
        let bytes = Array(bounce)
        var entity = MIMEEntity(contentType: contentType, body: bytes[...])
        if entity.type == "message/rfc822" || entity.type == "multipart/report" && entity.parts.isEmpty {
            entity = MIMEEntity(bytes[...])
        }
        let report = Report(entity)
        if let status = report.status {
            let recipients = DeliveryStatus.read(status)
            // The words may say what the fields do not.
            let isSilent = recipients.contains { $0.diagnostic == nil }
            let words = isSilent ? TextBounce.words(in: report.text ?? []) : [:]
            return recipients.map { explain($0, words) }
        }
        guard report.isBounce, let text = report.text else { return [] }
        return TextBounce.entries(in: text, failedRecipients: report.failedRecipients).map(explain)
    }

    private func explain(_ status: DeliveryStatus, _ words: [String: ArraySlice<UInt8>]) -> BouncedRecipient {
        var reply = ReplyReader.read((status.diagnostic ?? "").utf8)
        if status.diagnostic == nil, let said = status.recipient.flatMap({ words[$0] }) {
            reply = ReplyReader.read(said)
        }
        reply.enhanced = reply.enhanced ?? status.status
        reply.remoteHost = status.remoteMTA ?? reply.remoteHost
        reply.disposition = status.disposition ?? reply.disposition
        if status.disposition == .success, reply.code?.classDigit != 2 { reply.code = nil }
        return BouncedRecipient(
            recipient: status.recipient, action: status.action, status: status.status, remoteMTA: status.remoteMTA,
            diagnostic: status.diagnostic, explanation: explain(reply))
    }

    private func explain(_ entry: TextBounce.Entry) -> BouncedRecipient {
        let reply = ReplyReader.read(entry.words)
        let codes = [reply.code?.description, reply.enhanced?.description].compactMap(\.self)
        return BouncedRecipient(
            recipient: entry.recipient, action: "failed", status: nil, remoteMTA: reply.remoteHost,
            diagnostic: (codes + [reply.text[...].string]).joined(separator: " "), explanation: explain(reply))
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

    init(_ entity: MIMEEntity) {
        headers = entity
        failedRecipients =
            entity["x-failed-recipients"]?.split(separator: ",").map { Array($0.utf8)[...].trimmed.string } ?? []
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
        let from = headers["from"]?.lowercased() ?? ""
        let subject = headers["subject"]?.lowercased() ?? ""
        let returnPath = headers["return-path"]
        let senders = [
            "mailer-daemon", "postmaster", "mail delivery", "mail-daemon", "maildelivery", "microsoftexchange",
        ]
        let subjects = [
            "undeliver", "delivery", "failure", "failed", "returned", "unzustellbar", "non remis", "nicht zugestellt",
            "could not be", "rejected", "non-délivr", "échec", "fehlgeschlagen", "mail system error", "bounce",
        ]
        return senders.contains { from.contains($0) }
            || (returnPath == "<>" || returnPath == nil) && subjects.contains { subject.contains($0) }
                && headers["auto-submitted"]?.lowercased() != "auto-replied"
            || headers.fields.count <= 1
    }
}
