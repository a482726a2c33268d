import FoundationEssentials
import SMTPExplain

/// What the body of a request to `/explain` is made of.
enum BodyForm {
    /// A reply, or several.
    case text
    case json
    case jsonLines
    /// With its Content-Type, or that of what it looks like.
    case message(contentType: String)
    /// Messages one after the other.
    case mbox
    /// Of names and values, percent-encoded.
    case form

    /// The form that the content type says, and where that says nothing, the one that the body has.
    init(of body: Data, _ contentType: String?) throws(Problem) {
        if contentType == "application/json" {
            self = .json
            return
        }
        let type = contentType.map(Self.mediaType) ?? ""
        switch type {
        case "": self = Self.guess(body)
        // What curl sends unasked.
        case "application/x-www-form-urlencoded": self = Form.isForm(body) ? .form : Self.guess(body)
        case "text/plain": self = .text
        case "application/json": self = .json
        case "application/x-ndjson", "application/ndjson": self = .jsonLines
        case "message/rfc822", "message/global": self = .message(contentType: "message/rfc822")
        case "message/delivery-status", "message/global-delivery-status", "multipart/report":
            self = .message(contentType: contentType ?? type)
        case "application/mbox": self = .mbox
        default: throw .unsupportedMediaType(type)
        }
    }

    /// May a body of this content type be taken for lines of text?
    static func canBeLines(_ contentType: String?) -> Bool {
        ["", "text/plain", "application/x-www-form-urlencoded"].contains(contentType.map(mediaType) ?? "")
    }

    /// Without parameters, in lower case (RFC 9110, section 8.3.1).
    private static func mediaType(_ contentType: String) -> String {
        let bytes = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }.drop { $0.isSpace }
        return String(decoding: bytes.reversed().drop { $0.isSpace }.reversed(), as: UTF8.self).lowercased()
    }

    private static func guess(_ body: Data) -> BodyForm {
        let rest = body.drop { $0.isSpace }
        guard let first = rest.first else { return .text }
        if [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(first) { return .json }
        guard beginsAsMessage(body) else { return .text }
        // A message that somebody saved may begin like an mbox.
        return Array(Mbox(body).prefix(2)).count > 1 ? .mbox : .message(contentType: "message/rfc822")
    }

    /// Can these bytes be of this form at all? A message may have parts that are no text.
    func takes(_ body: Data) -> Bool {
        switch self {
        case .message, .mbox: !body.isCompressed
        default: body.isText
        }
    }

    // MARK: - Messages

    /// Of a head, in bytes: what tells a message stands near its top.
    private static let mostHead = 16 << 10

    /// Fields that a message has, and the report of a mail system or a line of a log does not.
    private static let messageFields: Set<String> = [
        "return-path", "received", "from", "to", "subject", "date", "message-id", "mime-version", "delivered-to",
        "x-original-to", "dkim-signature", "arc-seal",
    ]

    /// Does the body begin with the header fields of a message (RFC 5322, section 2.2)?
    private static func beginsAsMessage(_ body: Data) -> Bool {
        var isFirst = true
        var found = 0
        for line in body.prefix(mostHead).split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard let first = line.first, first != 0x0D else { break }
            defer { isFirst = false }
            if isFirst, isMboxLine(line) { return true }
            // A line that goes on.
            if !isFirst, first == 0x20 || first == 0x09 { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) })
            else { return false }
            if messageFields.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased()) { found += 1 }
        }
        return found >= 2
    }

    /// `From ann@a.example Mon Nov 23 10:00:00 2026`, as an mbox begins each message (RFC 4155).
    private static func isMboxLine(_ line: Data) -> Bool {
        let end = line.filter { !$0.isSpace }.suffix(4)
        return line.starts(with: "From ".utf8) && line.contains(UInt8(ascii: ":"))
            && end.count == 4 && end.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension UInt8 {
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Data {
    /// Is it text in any charset that is made of bytes, or something else: an image, an archive, a compressed file?
    ///
    /// Text has hardly any control characters; a compressed file has one among ten bytes, and is no UTF-8.
    var isText: Bool {
        if isCompressed { return false }
        let head = prefix(4096)
        // ESC begins the shifts of ISO-2022.
        let controls = head.withUnsafeBytes { bytes in
            bytes.count { $0 < 0x20 && !$0.isSpace && $0 != 0x1B || $0 == 0x7F }
        }
        if controls == 0 { return true }
        if controls > 3, controls * 16 > head.count { return false }
        // The head may end within a character.
        return (0...3).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }

    /// Does it begin as gzip, ZIP or Zstandard do?
    var isCompressed: Bool {
        starts(with: [0x1F, 0x8B]) || starts(with: [0x50, 0x4B, 0x03, 0x04]) || starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    }
}
