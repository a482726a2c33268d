/// A part of a message that has no parts itself, or a message inside it. Broken messages are read as far as they go.
struct MIMEPart {
    let fields: HeaderFields
    /// As it stands, its transfer encoding not undone.
    let body: ArraySlice<UInt8>
    /// The media type in lower case.
    let type: String
    /// How many messages it is inside of, the whole one not counted.
    let level: Int
    /// Is it one of several forms of the same content, and not the first?
    let isAlternative: Bool

    /// The body with its transfer encoding undone.
    var content: [UInt8] {
        switch fields["content-transfer-encoding"].map(HeaderFields.bare) {
        case "base64": TransferEncoding.base64(body)
        case "quoted-printable": TransferEncoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The body as text for people, in UTF-8.
    var text: [UInt8] {
        let charset = ContentType(fields["content-type"] ?? "").parameter("charset")
        let text = Charset.utf8(content, declared: charset)
        return PlainText.plain(type == "text/html" ? HTMLText.text(text) : text)
    }

    var isDeliveryStatus: Bool { type.hasPrefix("message/") && type.hasSuffix("delivery-status") }

    /// Of a message disposition notification (RFC 8098).
    var isReceipt: Bool { type.hasSuffix("disposition-notification") }

    /// The original message, or its header. Some writers mistype it.
    var isOriginal: Bool {
        [
            "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
            "message/global-headers",
            "text/rfc822-header", "text/rfc822", "message/partial",
        ].contains(type)
    }
}

/// The parts of a message in their order, those of messages inside it as well.
struct MIMETree {
    private(set) var parts: [MIMEPart] = []
    /// Of the message itself.
    let fields: HeaderFields

    /// No sane message has more; the rest of one that has is left out, or part of the last.
    private static let mostParts = 500
    private static let greatestDepth = 16

    /// A message, or the body of one whose type is given.
    init(_ bytes: [UInt8], contentType: String) {
        let type = ContentType(contentType).type
        if type == "message/rfc822" || type == "message/global"
            || type == "multipart/report" && !Self.beginsWithBoundary(bytes, contentType)
        {
            var lines = Self.message(bytes[...])
            fields = HeaderFields(&lines)
            visit(fields, lines.rest, Place())
        } else {
            fields = HeaderFields(contentType: contentType)
            visit(fields, bytes[...], Place())
        }
    }

    /// Is this the body of multipart/report, not a whole message?
    private static func beginsWithBoundary(_ bytes: [UInt8], _ contentType: String) -> Bool {
        guard let boundary = ContentType(contentType).parameter("boundary") else { return false }
        return !split(bytes[...], at: Array(boundary.utf8)).isEmpty
    }

    /// The lines of a message, without what writers put before its header: empty lines, and the `From ` line of mbox.
    static func message(_ bytes: ArraySlice<UInt8>) -> Lines {
        var lines = Lines(bytes)
        var next = lines
        while let line = next.next(),
            line.trimmed.isEmpty || line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
        {
            lines = next
        }
        return lines
    }

    /// Where a part stands among the others.
    private struct Place {
        var depth = 0
        var level = 0
        var isAlternative = false
    }

    private mutating func visit(_ fields: HeaderFields, _ body: ArraySlice<UInt8>, _ place: Place) {
        let declared = ContentType(fields["content-type"] ?? "")
        var type = declared.type
        if !type.utf8.contains(.ascii("/")) { type = "text/plain" }
        var inner = place
        inner.depth += 1
        if type.hasPrefix("multipart/"), place.depth < Self.greatestDepth {
            let found = Self.parts(of: body, boundary: declared.parameter("boundary"))
            for (index, part) in found.enumerated() where parts.count < Self.mostParts {
                inner.isAlternative = type == "multipart/alternative" && index > 0
                visit(part.fields, part.body, inner)
            }
            if !found.isEmpty { return }
            // Its boundary never comes.
            type = "text/plain"
        }
        let part = MIMEPart(
            fields: fields, body: body, type: type, level: place.level, isAlternative: place.isAlternative)
        parts.append(part)
        guard type == "message/rfc822" || type == "message/global", place.depth < Self.greatestDepth else { return }
        inner.level += 1
        inner.isAlternative = false
        let content = fields["content-transfer-encoding"].map(HeaderFields.bare)
        let isEncoded = content == "base64" || content == "quoted-printable"
        var lines = Self.message(isEncoded ? part.content[...] : body)
        let header = HeaderFields(&lines)
        visit(header, lines.rest, inner)
    }

    private static func parts(
        of body: ArraySlice<UInt8>, boundary: String?
    ) -> [(fields: HeaderFields, body: ArraySlice<UInt8>)] {
        var bodies = boundary.map { split(body, at: Array($0.utf8)) } ?? []
        if bodies.isEmpty, let boundary = likelyBoundary(of: body) { bodies = split(body, at: boundary) }
        return bodies.map { body in
            var lines = Lines(body)
            return (HeaderFields(&lines), lines.rest)
        }
    }

    /// The bodies between the lines that are `--boundary`; the last one ends at the end where its boundary does not come.
    private static func split(_ body: ArraySlice<UInt8>, at boundary: [UInt8]) -> [ArraySlice<UInt8>] {
        guard !boundary.isEmpty else { return [] }
        let mark: [UInt8] = [.ascii("-"), .ascii("-")] + boundary
        var bodies: [ArraySlice<UInt8>] = []
        var start: Int?
        var lines = Lines(body)
        while case let position = lines.position, let line = lines.next(), bodies.count < mostParts {
            guard line.starts(with: mark) else { continue }
            let tail = line.dropFirst(mark.count)
            // Another boundary may begin like this one; what filters append to the line does not.
            let ends = tail.starts(with: [.ascii("-"), .ascii("-")])
            guard tail.isEmpty || tail.first!.isSpace || ends && !(tail.dropFirst(2).first?.isWordByte ?? false) else {
                continue
            }
            if let start { bodies.append(body[start..<position]) }
            start = ends ? nil : lines.position
            if ends { break }
        }
        if let start, bodies.count < mostParts { bodies.append(body[start...]) }
        return bodies
    }

    /// Where the boundary that was declared never comes: a line of two hyphens and more that a field of a part follows.
    private static func likelyBoundary(of body: ArraySlice<UInt8>) -> [UInt8]? {
        var lines = Lines(body)
        var boundary: ArraySlice<UInt8>?
        while let line = lines.next() {
            if let boundary, line.count > 8, Array(line.prefix(8)).has("content-", at: 0) {
                return Array(boundary.dropFirst(2))
            }
            let isMark =
                line.starts(with: [.ascii("-"), .ascii("-")]) && line.count > 4
                && !line.trimmed.contains(where: \.isBlank)
            boundary = isMark ? line.trimmed : nil
        }
        return nil
    }
}
