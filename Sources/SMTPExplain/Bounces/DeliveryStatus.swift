import SMTPCatalog

/// One recipient in a delivery status notification (RFC 3464, section 2.3; RFC 6533).
struct DeliveryStatus {
    var recipient: String
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
    var action: String?
    var status: EnhancedCode?
    var remoteMTA: String?
    /// The reply of the remote server, without its type.
    var diagnostic: String?

    /// Reads the recipients of a message/delivery-status body: groups of fields with empty lines between,
    /// the first of them about the message as a whole.
    static func read(_ body: [UInt8]) -> [DeliveryStatus] {
        var statuses: [DeliveryStatus] = []
        var lines = Lines(body[...])
        while lines.position < body.count {
            let fields = MIMEEntity.fields(&lines)
            if let status = DeliveryStatus(fields) { statuses.append(status) }
        }
        return statuses
    }

    private init?(_ fields: [(name: String, value: String)]) {
        func value(_ name: String) -> String? {
            fields.first { $0.name == name }?.value
        }
        guard let address = value("final-recipient") ?? value("original-recipient") else { return nil }
        recipient = Self.unescaped(Self.untyped(address))
        action = value("action").map { Self.firstWord($0).lowercased() }
            .flatMap { Self.actions.contains($0) ? $0 : nil }
        status = value("status").flatMap { EnhancedCode(Self.firstWord($0)) }
            .flatMap { $0.classDigit == nil ? nil : $0 }
        remoteMTA = value("remote-mta").map { Self.firstWord(Self.untyped($0)) }
        diagnostic = value("diagnostic-code").map(Self.untyped)
    }

    private static let actions = ["failed", "delayed", "delivered", "relayed", "expanded"]

    /// The value behind its type: `rfc822; a@b.example`.
    private static func untyped(_ value: String) -> String {
        guard let semicolon = value.utf8.prefix(40).firstIndex(of: .ascii(";")),
            value.utf8[..<semicolon].allSatisfy({ $0.isWordByte || $0 == .ascii("-") || $0 == .ascii(" ") })
        else { return value }
        return Array(value.utf8[value.utf8.index(after: semicolon)...])[...].trimmed.string
    }

    /// `mx.b.example (192.0.2.7)` or `failed; for good` without the remark.
    private static func firstWord(_ value: String) -> String {
        String(decoding: value.utf8.prefix { !$0.isBlank && $0 != .ascii("(") && $0 != .ascii(";") }, as: UTF8.self)
    }

    /// Undoes `\x{F6}`, in which an ASCII-only report writes an address in UTF-8 (RFC 6533, section 3).
    private static func unescaped(_ address: String) -> String {
        let bytes = Array(address.utf8)
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if bytes.has("\\x{", at: i), let end = bytes[(i + 3)...].prefix(7).firstIndex(of: .ascii("}")),
                bytes[(i + 3)..<end].allSatisfy(\.isWordByte),
                let scalar = UInt32(bytes[(i + 3)..<end].string, radix: 16).flatMap(Unicode.Scalar.init)
            {
                result += String(scalar).utf8
                i = end + 1
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return result[...].string
    }
}
