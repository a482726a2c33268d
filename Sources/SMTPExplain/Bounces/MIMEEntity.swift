/// A message or a part of one: its header fields and its body (RFC 5322, RFC 2045). Just what reading
/// bounces needs: a broken message is read as far as it goes.
struct MIMEEntity {
    /// In order; names in lower case, values unfolded.
    let fields: [(name: String, value: String)]
    let contentType: ContentType
    /// As it stands, its transfer encoding not undone.
    let body: ArraySlice<UInt8>

    /// Reads header fields up to the first empty line; the rest is the body.
    init(_ bytes: ArraySlice<UInt8>) {
        var lines = Lines(bytes)
        fields = Self.fields(&lines)
        contentType = ContentType(fields.first { $0.name == "content-type" }?.value ?? "")
        body = lines.rest
    }

    /// A body whose type is known from elsewhere, as from HTTP.
    init(contentType: String, body: ArraySlice<UInt8>) {
        fields = [("content-type", contentType)]
        self.contentType = ContentType(contentType)
        self.body = body
    }

    /// The fields up to the first empty line, which is taken as well.
    static func fields(_ lines: inout Lines) -> [(name: String, value: String)] {
        var fields: [(name: String, value: [UInt8])] = []
        while let line = lines.next(), !line.trimmed.isEmpty {
            if let first = line.first, first.isBlank, !fields.isEmpty {
                fields[fields.count - 1].value += [0x20] + line.trimmed
            } else if let colon = line.firstIndex(of: .ascii(":")), colon > line.startIndex {
                fields.append((line[..<colon].trimmed.string.lowercased(), Array(line[(colon + 1)...].trimmed)))
            }
        }
        return fields.map { ($0.name, EncodedWords.decode($0.value)) }
    }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    var type: String { contentType.type }

    /// The parts of a multipart body; a missing last boundary ends at the end.
    var parts: [MIMEEntity] {
        guard type.hasPrefix("multipart/"), let boundary = contentType.parameter("boundary"), !boundary.isEmpty else {
            return []
        }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MIMEEntity] = []
        var start: Int?
        var lines = Lines(body)
        while true {
            let position = lines.position
            guard let line = lines.next() else { break }
            guard line.starts(with: mark), Self.isBoundaryTail(line.dropFirst(mark.count)) else { continue }
            if let start { parts.append(MIMEEntity(body[start..<position])) }
            start = line.dropFirst(mark.count).starts(with: [.ascii("-"), .ascii("-")]) ? nil : lines.position
            if start == nil { return parts }
        }
        if let start { parts.append(MIMEEntity(body[start...])) }
        return parts
    }

    private static func isBoundaryTail(_ tail: ArraySlice<UInt8>) -> Bool {
        let tail = tail.trimmed
        return tail.isEmpty || tail.elementsEqual([.ascii("-"), .ascii("-")])
    }

    /// The body with its transfer encoding undone.
    var content: [UInt8] {
        switch self["content-transfer-encoding"]?.lowercased() {
        case "base64": TransferEncoding.base64(body)
        case "quoted-printable": TransferEncoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The body as UTF-8 text.
    var text: [UInt8] { TransferEncoding.utf8(content, charset: contentType.parameter("charset")) }
}

/// Goes through bytes line by line, whatever ends the lines: CRLF, LF or CR.
struct Lines {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// The next line without its end; nil at the end.
    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        while position < bytes.endIndex, !bytes[position].isLineBreak { position += 1 }
        let line = bytes[start..<position]
        if position < bytes.endIndex {
            let isReturn = bytes[position] == .ascii("\r")
            position += 1
            if isReturn, position < bytes.endIndex, bytes[position] == .ascii("\n") { position += 1 }
        }
        return line
    }
}
