/// Text of a client's, as far as an answer gives it back: no answer may outgrow what was asked.
///
/// Where it is cut, the answer has `"truncated": true` beside it.
struct Echo: Encodable {
    let text: String
    let isCut: Bool

    /// The most bytes of one text in an answer, as JSON writes them: a control character has six. Real replies have a
    /// few hundred.
    enum Limit: Int {
        /// A reply.
        case whole = 8192
        /// A part of one, such as a name or some words.
        case part = 1024
    }

    init(_ text: String, _ limit: Limit = .whole) {
        let most = limit.rawValue
        // Even if all of it is escaped, it fits.
        if text.utf8.count <= most / 6 {
            self.text = text
            isCut = false
            return
        }
        var room = most
        let end = text.utf8.firstIndex { byte in
            room -= Self.length(byte)
            return room < 0
        }
        self.text = end.map { text.beginning(bytes: text.utf8.distance(from: text.startIndex, to: $0)) } ?? text
        isCut = end != nil
    }

    /// How JSONEncoder writes a byte (RFC 8259, section 7).
    private static func length(_ byte: UInt8) -> Int {
        switch byte {
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "\\"): 2
        case 0..<0x20: 6
        default: 1
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
