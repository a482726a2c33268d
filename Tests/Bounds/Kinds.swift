import FoundationEssentials
import SMTPCodesAPI

/// A kind of input: how a recipe becomes a request.
struct Kind: Sendable {
    let name: String
    let vocabulary: Vocabulary
    /// The longest that the service takes.
    var mostBytes = 1 << 20
    /// Of these bytes; the generator chooses among the forms that the kind has, the same for all sizes.
    let request: @Sendable ([UInt8], inout Random) -> Request

    static let all = [
        plain, json, values, lines, pieces, counted, compressed, form, event, message, fields, report, encoded, status,
        mbox, query, path,
    ]

    // MARK: - Replies

    static let plain = Kind(name: "plain", vocabulary: Vocabulary(Vocabulary.text)) { bytes, _ in
        explain(bytes, "text/plain")
    }

    /// Replies in JSON that is right.
    static let json = Kind(name: "json", vocabulary: Vocabulary(Vocabulary.text)) { bytes, random in
        switch Int.random(in: 0..<3, using: &random) {
        case 0: explain([0x22] + escaped(bytes) + [0x22], "application/json")
        case 1: explain(#"{"code":550,"text":""#.utf8 + escaped(bytes) + #""}"#.utf8, "application/json")
        default:
            explain(
                [0x5B] + cut(bytes, into: 900).map { [0x22] + escaped($0) + [0x22] }.joined(separator: [0x2C]) + [0x5D],
                "application/json")
        }
    }

    /// What may be JSON, or not.
    static let values = Kind(
        name: "values",
        vocabulary: Vocabulary([Vocabulary.json, Vocabulary.json, Vocabulary.letters, Vocabulary.codes])
    ) { bytes, random in
        let (open, close) = [("", ""), ("[", "]"), ("{\"", "\":1}"), ("[\"", "\"]"), ("{\"replies\":[", "]}")]
            .randomElement(using: &random)!
        return explain(open.utf8 + bytes + close.utf8, "application/json")
    }

    static let lines = Kind(
        name: "lines", vocabulary: Vocabulary(Vocabulary.text + [Vocabulary.json, ["\n", "\"\n\""]])
    ) { bytes, random in
        let length = 1 << Int.random(in: 4...16, using: &random)
        let lines = cut(bytes, into: max(1, bytes.count / length)).map { [0x22] + escaped($0) + [0x22, 0x0A] }
        return explain(
            Int.random(in: 0..<3, using: &random) == 0 ? bytes : Array(lines.joined()), "application/x-ndjson")
    }

    /// The lines of a text, explained or counted.
    static let pieces = Kind(
        name: "pieces", vocabulary: Vocabulary(Vocabulary.text + [["\n", "\r\n", "\n250 ", "\n550 5.1.1 "]])
    ) { bytes, random in
        explain(bytes, "text/plain", ["each=line", "each=line&summary"].randomElement(using: &random)!)
    }

    /// Anything that can be counted.
    static let counted = Kind(name: "counted", vocabulary: Vocabulary(Vocabulary.message)) { bytes, random in
        let kind = [plain, json, lines, message, report, status, mbox].randomElement(using: &random)!
        var request = kind.request(bytes, &random)
        request.query = "summary"
        return request
    }

    /// The same, compressed.
    static let compressed = Kind(name: "compressed", vocabulary: Vocabulary(Vocabulary.message)) { bytes, random in
        let kind = [plain, json, lines, message, report, status, mbox].randomElement(using: &random)!
        var request = kind.request(bytes, &random)
        request.body = Gzip.compressed(request.body)!
        request.contentEncoding = "gzip"
        return request
    }

    static let form = Kind(
        name: "form", vocabulary: Vocabulary(Vocabulary.text + [Vocabulary.query, ["&", "&reply=", "&a=", "&=&"]])
    ) { bytes, random in
        let body =
            Bool.random(using: &random)
            ? bytes
            : Array(
                bytes.lazy.map { String($0, radix: 16) }.map {
                    "%\($0.count < 2 ? "0" : "")\($0)"
                }.joined().utf8)
        return explain("reply=".utf8 + body, "application/x-www-form-urlencoded")
    }

    /// The event of a mail service: about many recipients, with many members, or with one text for all.
    static let event = Kind(name: "event", vocabulary: Vocabulary(Vocabulary.text)) { bytes, random in
        let count = min(1000, 1 << Int.random(in: 0...10, using: &random))
        func strings(_ bytes: [UInt8]) -> [[UInt8]] { cut(bytes, into: count).map { [0x22] + escaped($0) + [0x22] } }
        func list(_ items: [[UInt8]]) -> [UInt8] { [0x5B] + items.joined(separator: [0x2C]) + [0x5D] }
        let json: [UInt8]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let items = strings(bytes).map { #"{"emailAddress":"a@b.example","diagnosticCode":"#.utf8 + $0 + "}".utf8 }
            json = #"{"bounce":{"bouncedRecipients":"#.utf8 + list(items) + "}}".utf8
        case 1:
            let recipients = list((0..<count).map { Array("\"\($0)@b.example\"".utf8) })
            json =
                #"{"delivery":{"smtpResponse":""#.utf8 + escaped(bytes) + #"","recipients":"#.utf8 + recipients
                + "}}".utf8
        case 2:
            json = list(
                strings(bytes).map { #"{"sg_event_id":"a","email":"a@b.example","reason":"#.utf8 + $0 + "}".utf8 })
        default: json = #"{"sg_event_id":"a""#.utf8 + strings(bytes).flatMap { ",".utf8 + $0 + ":1".utf8 } + "}".utf8
        }
        return explain(json, "application/json")
    }

    // MARK: - Messages

    static let mbox = Kind(name: "mbox", vocabulary: Vocabulary(Vocabulary.message)) { bytes, random in
        let count = 1 << Int.random(in: 0...10, using: &random)
        let messages = cut(bytes, into: count).map { bytes in
            "From MAILER-DAEMON Sat Nov 28 02:00:00 2026\nFrom: MAILER-DAEMON@a.example\n\n".utf8 + bytes + "\n\n".utf8
        }
        return explain(messages.joined(), "application/mbox")
    }

    /// A message whose words are hostile.
    static let message = Kind(name: "message", vocabulary: Vocabulary(Vocabulary.message)) { bytes, random in
        let head = [
            "", "From: MAILER-DAEMON@a.example\r\n\r\n",
            "From: MAILER-DAEMON@a.example\r\nContent-Type: text/html\r\n\r\n<p>",
            "From: MAILER-DAEMON@a.example\r\nX-Failed-Recipients: a@b.example\r\n\r\n",
            "From: MAILER-DAEMON@a.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        ].randomElement(using: &random)!
        return explain(head.utf8 + bytes, "message/rfc822")
    }

    /// One whose header is.
    static let fields = Kind(
        name: "fields", vocabulary: Vocabulary(Vocabulary.message + [Vocabulary.encodings, ["; a=", "; boundary="]])
    ) { bytes, random in
        let name = [
            "Subject", "From", "Content-Type", "Content-Type: multipart/mixed; boundary", "X-Failed-Recipients", "X",
        ]
        .randomElement(using: &random)!
        return explain(
            "\(name): ".utf8 + bytes.filter { $0 != 0x0A && $0 != 0x0D }
                + "\r\nX: y\r\nFrom: postmaster@a.example\r\n\r\n550 5.1.1 <a@b.example> unknown\r\n".utf8,
            "message/rfc822")
    }

    /// A report with hostile words, hostile fields, or both.
    static let report = Kind(name: "report", vocabulary: Vocabulary(Vocabulary.message)) { bytes, random in
        let isWords = Bool.random(using: &random)
        let recipient = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        let words = isWords ? bytes : Array("550 5.1.1 <a@b.example> unknown\r\n".utf8)
        let fields = isWords && Bool.random(using: &random) ? Array(recipient.utf8) : Array(recipient.utf8) + bytes
        return explain(
            "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\n".utf8 + words
                + "\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n".utf8
                + fields + "\r\n--b--\r\n".utf8, "message/rfc822")
    }

    /// A text in a transfer encoding and a charset.
    static let encoded = Kind(
        name: "encoded", vocabulary: Vocabulary(Vocabulary.message + [Vocabulary.encodings])
    ) { bytes, random in
        let charset = ["utf-8", "iso-8859-1", "iso-2022-jp", "shift_jis", "gb18030", "utf-16", "utf-7", "x-unknown"]
            .randomElement(using: &random)!
        let isBase64 = Bool.random(using: &random)
        let type = Bool.random(using: &random) ? "plain" : "html"
        let body = isBase64 && Bool.random(using: &random) ? Array(Data(bytes).base64EncodedData()) : bytes
        return explain(
            """
            From: MAILER-DAEMON@a.example\r\nContent-Type: text/\(type); charset=\(charset)\r\n\
            Content-Transfer-Encoding: \(isBase64 ? "base64" : "quoted-printable")\r\n\r\n
            """.utf8 + body, "message/rfc822")
    }

    static let status = Kind(
        name: "status", vocabulary: Vocabulary(Vocabulary.text + [Vocabulary.headers, Vocabulary.headers])
    ) { bytes, random in
        let group = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; "
        let count = 1 << Int.random(in: 0...10, using: &random)
        let groups = cut(bytes, into: count).map { Array(group.utf8) + $0 + Array("\r\n\r\n".utf8) }
        return explain(Array("Reporting-MTA: dns; a.example\r\n\r\n".utf8) + groups.joined(), "message/delivery-status")
    }

    // MARK: - Targets

    /// The longest request target, nearly.
    private static let mostTarget = 8000

    static let query = Kind(
        name: "query", vocabulary: Vocabulary([Vocabulary.query, ["mail", "box", "recipient", "%C4%B0"]]),
        mostBytes: mostTarget
    ) { bytes, random in
        let route = ([.codes, .enhanced, .search, .search, .providers, .categories, .explain, .index] as [Route])
            .randomElement(using: &random)!
        let name = ["q=", "class=", ""].randomElement(using: &random)!
        return Request(
            route: route, path: route.rawValue, query: name + String(decoding: bytes, as: UTF8.self),
            body: Data("550".utf8))
    }

    static let path = Kind(
        name: "path", vocabulary: Vocabulary(Vocabulary.text), mostBytes: mostTarget
    ) { bytes, random in
        let route = ([.code, .enhancedCode, .provider, .category] as [Route]).randomElement(using: &random)!
        let name = String(decoding: bytes, as: UTF8.self)
        return Request(route: route, path: "/" + name, parameter: name)
    }

    // MARK: - Pieces

    private static func explain(_ body: some Sequence<UInt8>, _ type: String, _ query: String? = nil) -> Request {
        Request(route: .explain, path: "/explain", query: query, contentType: type, body: Data(body))
    }

    /// In so many pieces of about the same length.
    private static func cut(_ bytes: [UInt8], into count: Int) -> [ArraySlice<UInt8>] {
        let length = max(1, bytes.count / count)
        return stride(from: 0, to: bytes.count, by: length).map { bytes[$0..<min(bytes.count, $0 + length)] }
    }

    /// As the content of a JSON string.
    private static func escaped(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var escaped: [UInt8] = []
        for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: escaped += [0x5C, UInt8(scalar.value)]
            case 0..<0x20: escaped += "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))".utf8
            default: escaped += String(scalar).utf8
            }
        }
        return escaped
    }
}
