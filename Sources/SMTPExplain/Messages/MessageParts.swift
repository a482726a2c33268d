/// What the parts of a message are good for.
struct MessageParts {
    private let tree: MIMETree
    /// Those of the message itself, not of messages inside it.
    private let parts: [MIMEPart]
    /// Of the message that was sent.
    private let originalPart: MIMEPart?

    init(_ tree: MIMETree) {
        self.tree = tree
        parts = tree.parts.filter { $0.level == 0 }
        originalPart = parts.first(where: \.isOriginal)
    }

    // MARK: - Reports

    var report: DeliveryReport? {
        for part in parts where part.isDeliveryStatus {
            let report = DeliveryReport(part.content, header: part.fields)
            if report.count > 0 || report.reportingMTA != nil { return report }
        }
        // It may have lost its type.
        for part in parts where !part.isOriginal && !part.type.hasPrefix("text/") && !part.isReceipt {
            if let report = DeliveryReport.lost(in: part.content) { return report }
        }
        return nil
    }

    /// The fields of a feedback report, also where it has lost its type.
    var feedback: HeaderFields? {
        if let part = parts.first(where: { $0.type == "message/feedback-report" }) { return Self.fields(part.content) }
        for part in parts where part.type.hasPrefix("text/") || part.type.hasPrefix("application/") {
            let text = part.content
            guard
                let start = text.prefix(4096).indices.first(where: {
                    ($0 == 0 || text[$0 - 1].isLineBreak) && text.has("feedback-type:", at: $0)
                })
            else { continue }
            var lines = Lines(text[start...])
            return HeaderFields(&lines)
        }
        return nil
    }

    func complaint(_ feedback: HeaderFields?) -> Complaint {
        var complaint = feedback.map(Complaint.init) ?? Complaint()
        guard let header = originalHeader else { return complaint }
        if complaint.originalRecipients.isEmpty {
            // Hotmail's, which has no fields of its own.
            let named = header["x-hmxmroriginalrecipient"].flatMap(Address.bare)
            complaint.originalRecipients = (named.map { [$0] } ?? Self.addresses(header["to"] ?? "")).filter(
                Address.isComplete)
        }
        if complaint.sourceIP == nil {
            let last =
                tree.fields.short("subject").split(separator: " ").last.map { Complaint.bareIP(String($0)) } ?? ""
            let isAddress =
                last.utf8.count > 6 && last.utf8.allSatisfy { $0.isWordByte || $0 == .ascii(".") || $0 == .ascii(":") }
            if isAddress, last.utf8.first!.isDigit { complaint.sourceIP = last }
        }
        return complaint
    }

    /// The message inside, where it is the only thing in this one that matters.
    var innerMessage: [UInt8]? {
        originalPart.flatMap { $0.type == "message/rfc822" || $0.type == "message/global" ? $0.content : nil }
    }

    // MARK: - Words for people

    /// In UTF-8. The plain text before the message that was sent; of HTML, where there is none.
    var words: (text: [UInt8], isHTML: Bool) {
        let before = parts.prefix { !$0.isOriginal }
        for parts in [Array(before), parts] {
            let plain = Self.joined(
                parts.filter {
                    $0.type.hasPrefix("text/") && $0.type != "text/html" && !$0.isOriginal && !$0.isAlternative
                })
            if Self.saysSomething(plain) { return (plain, false) }
            let html = Self.joined(parts.filter { $0.type == "text/html" })
            if Self.saysSomething(html) { return (html, true) }
        }
        return ([], false)
    }

    private static func joined(_ parts: [MIMEPart]) -> [UInt8] {
        parts.count == 1 ? parts[0].text : Array(parts.map(\.text).joined(separator: [0x0A, 0x0A]))
    }

    private static func saysSomething(_ text: [UInt8]) -> Bool { text.contains { $0.isWordByte || $0 >= 0x80 } }

    // MARK: - The message that was sent

    var originalHeader: HeaderFields? { originalPart.map { Self.fields($0.content) } }

    /// Below the words, quoted perhaps, and behind a line that announces it.
    static func header(inText text: ArraySlice<UInt8>) -> HeaderFields {
        var header: [UInt8] = []
        var lines = Lines(text.prefix(1 << 16))
        var isHeader = false
        while let line = lines.next() {
            let unquoted = line.first == .ascii(">") || line.first == .ascii("|") ? line.dropFirst() : line
            let content =
                unquoted.first == 0x20 && unquoted.dropFirst().first.map { !$0.isBlank } == true
                    && HeaderFields.parts(of: unquoted.dropFirst()) != nil ? unquoted.dropFirst() : unquoted
            if content.trimmed.isEmpty {
                if isHeader { break }
                continue
            }
            let isField = HeaderFields.parts(of: content) != nil && content.first!.isWordByte
            if !isHeader, !isField { continue }
            isHeader = true
            header += content
            header.append(0x0A)
        }
        return fields(header)
    }

    /// What answers say of the message that they answer.
    var answered: OriginalMessage {
        var original = OriginalMessage()
        let receipt = parts.first(where: \.isReceipt).map { Self.fields($0.content) }
        original.messageID = (receipt?["original-message-id"] ?? tree.fields["in-reply-to"]).map(OriginalMessage.bareID)
        return original
    }

    /// Fields amidst the words, indented perhaps, as PMDF and its heirs show them: those around a Message-ID.
    static func header(amidText text: [UInt8]) -> HeaderFields? {
        var lines = Lines(text.prefix(1 << 16))
        var block: [UInt8] = []
        var hasID = false
        while let line = lines.next()?.trimmed {
            if HeaderFields.parts(of: line) != nil {
                hasID = hasID || text.has("message-id:", at: line.startIndex)
                block += line + [0x0A]
            } else if hasID {
                break
            } else {
                block.removeAll(keepingCapacity: true)
            }
        }
        return hasID ? fields(block) : nil
    }

    private static func fields(_ content: [UInt8]) -> HeaderFields {
        var lines = MIMETree.message(content[...])
        return HeaderFields(&lines)
    }

    // MARK: - Addresses

    /// Of `X-Failed-Recipients`, which Exim and others write.
    var failedHeader: [String] {
        tree.fields.all("x-failed-recipients").flatMap { $0.utf8.split(separator: .ascii(",")) }.compactMap {
            Address.bare(String(Substring($0)))
        }
        .filter(Address.isComplete)
    }

    /// Whom the message itself is from and for, in lower case: the mail system, and who sent the message that it is about.
    var ownAddresses: Set<String> {
        let fields = ["from", "to", "sender", "reply-to", "return-path", "delivered-to", "x-original-to", "errors-to"]
        return Set(fields.flatMap { tree.fields.all($0).prefix(5) }.flatMap(Self.addresses).map { $0.lowercased() })
    }

    /// The first addresses of a field.
    static func addresses(_ value: String) -> [String] {
        let bytes = Array(value.utf8.prefix(4096))
        var found: [String] = []
        var from = 0
        while let at = bytes[from...].firstIndex(of: .ascii("@")), found.count < 20 {
            let range = Address.range(in: bytes, around: at, from: from)
            if let range { found.append(bytes[range].string) }
            from = range?.upperBound ?? at + 1
        }
        return found
    }

    /// The recipients where no words name them: of a receipt, in the subject, or of the message that was sent if it had
    /// one only. Not the only address that there is: it may be of one who knows more.
    func fallback(_ mentions: Mentions, _ header: HeaderFields?) -> [String] {
        let receipt = parts.first(where: \.isReceipt).map { Self.fields($0.content) }
        if let final = (receipt?["original-recipient"] ?? receipt?["final-recipient"]).flatMap(Address.bare) {
            return [final]
        }
        let own = ownAddresses
        func others(_ addresses: [String]) -> [String] {
            var seen = own
            return addresses.filter { seen.insert($0.lowercased()).inserted }
        }
        let sources = [
            Self.addresses(tree.fields["subject"] ?? ""), mentions.inFields,
            header.map { Self.soleRecipient($0, own) } ?? [],
        ]
        for source in sources.map(others) where source.count == 1 { return source }
        // What a filter takes away reaches none of those whom it lists.
        return mentions.says(.stopped) ? others(mentions.inFields) : []
    }

    /// Whom the message that was sent names, unless it went by a list: its members do not stand in `To`.
    private static func soleRecipient(_ header: HeaderFields, _ own: Set<String>) -> [String] {
        guard header["cc"] == nil, header["list-post"] == nil, header["x-beenthere"] == nil,
            header["mailing-list"] == nil,
            header.short("precedence") != "list"
        else { return [] }
        return addresses(header["to"] ?? "").filter { address in
            // `list@b.example`, whose bounces go to `list-bounces@b.example`.
            let list = address.lowercased().prefix { $0 != "@" }
            return !own.contains {
                $0.hasPrefix(list) && Address.domain(of: $0) == Address.domain(of: address.lowercased())
            }
        }
    }

    /// What completes a name without a domain.
    func completion(_ header: HeaderFields?) -> AddressCompletion {
        AddressCompletion(
            recipients: Self.addresses(header?["to"] ?? ""),
            domain: Self.addresses(tree.fields["from"] ?? "").first.flatMap { Address.domain(of: $0) }.map(String.init))
    }
}

/// Completes names that systems report without a domain, as they are their own users.
struct AddressCompletion: Sendable {
    /// Of the message that was sent.
    let recipients: [String]
    /// Of the mail system that reports.
    let domain: String?

    func complete(_ name: String, isOnly: Bool) -> String {
        if Address.isComplete(name) { return name }
        let start = name.lowercased() + "@"
        if let known = recipients.first(where: { $0.lowercased().hasPrefix(start) }) { return known }
        if isOnly, recipients.count == 1 { return recipients[0] }
        let isLocal = name.utf8.allSatisfy { $0.isWordByte || $0 >= 0x80 || "._+-".utf8.contains($0) }
        return isLocal ? domain.map { "\(name)@\($0)" } ?? name : name
    }
}
