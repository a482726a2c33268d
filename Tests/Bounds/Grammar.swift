import FoundationEssentials

/// SplitMix64, so that a seed gives the same inputs on every machine.
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

/// How to make an input of any size, so that two sizes of one recipe can be compared.
///
/// Work that grows faster than the input needs something that there is much of, looked at from something else
/// that there is much of. So an input is a few segments that share its bytes: each a piece or a sequence of
/// pieces over and over, the same or numbered; one deep in itself; or many mixed.
struct Recipe: CustomStringConvertible {
    private enum Form: CaseIterable {
        case repeated, numbered, nested, mixed
    }

    private struct Segment {
        let form: Form
        let pieces: [[UInt8]]
        let weight: Int
        let seed: UInt64
    }

    private var segments: [Segment] = []

    /// For inputs of `size` bytes, of which one piece has only a part.
    init(of vocabulary: Vocabulary, size: Int, _ random: inout Random) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let form = Form.allCases.randomElement(using: &random)!
            let count = form == .mixed ? Int.random(in: 2...40, using: &random) : Int.random(in: 1...4, using: &random)
            let pieces = (0..<count).map { _ in vocabulary.piece(atMost: size / 64, &random) }
            segments.append(
                Segment(
                    form: form, pieces: pieces, weight: 1 << Int.random(in: 0...5, using: &random), seed: random.next())
            )
        }
    }

    /// About `size` bytes.
    func bytes(_ size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 4096)
        let weights = segments.reduce(0) { $0 + $1.weight }
        for segment in segments { append(segment, size * segment.weight / weights, to: &bytes) }
        return bytes
    }

    private func append(_ segment: Segment, _ size: Int, to bytes: inout [UInt8]) {
        let end = bytes.count + size
        var random = Random(seed: segment.seed)
        var number = 0
        switch segment.form {
        case .repeated, .numbered:
            while bytes.count < end {
                for piece in segment.pieces { bytes += piece }
                if segment.form == .numbered { bytes += "\(number)".utf8 }
                number += 1
            }
        case .nested:
            let (open, close) = (segment.pieces[0], segment.pieces.last!)
            let depth = max(1, size / max(1, open.count + close.count))
            for _ in 0..<depth { bytes += open }
            for _ in 0..<depth { bytes += close }
        case .mixed:
            while bytes.count < end { bytes += segment.pieces.randomElement(using: &random)! }
        }
    }

    var description: String {
        segments.map { segment in
            let pieces = segment.pieces.prefix(6).map { piece in
                piece.count <= 40
                    ? "\(String(decoding: piece, as: UTF8.self).debugDescription)"
                    : "\(String(decoding: piece.prefix(24), as: UTF8.self).debugDescription)...(\(piece.count))"
            }
            return "\(segment.weight) x \(segment.form) \(pieces.joined(separator: " "))"
        }.joined(separator: "; ")
    }
}

/// What inputs are made of.
struct Vocabulary {
    private let groups: [[[UInt8]]]

    init(_ groups: [[String]]) {
        self.groups = groups.map { $0.map { Array($0.utf8) } }
    }

    /// One piece, or a run of it, which has hardly more bytes than `most`.
    func piece(atMost most: Int, _ random: inout Random) -> [UInt8] {
        let piece = groups.randomElement(using: &random)!.randomElement(using: &random)!
        guard Int.random(in: 0..<4, using: &random) == 0 else { return piece }
        let run = min(1 << Int.random(in: 1...12, using: &random), max(1, most / piece.count))
        return Array(repeatElement(piece, count: run).joined())
    }

    static let codes = [
        "550", "550 ", "550-", "5.1.1", "5.1.1 ", "421 4.7.0 ", "250 2.1.5 ", "354", "#5.1.1", "(#5.7.1)", "[4.2.2]",
        "5.7.999", "2", "452-4.5.3 ", "599", "550 550", "x.1.1",
    ]
    static let blanks = [" ", "\t", "\n", "\r\n", "\r", "\u{A0}", "\u{3000}", "\u{B}", "\0"]
    static let letters = [
        "a", "Z", "é", "ß", "İ", "ŉ", "Ж", "ё", "λ", "あ", "漢", "한", "א", "ع", "ﷺ", "🇦", "👨‍👩‍👧", "e\u{301}",
        "\u{301}", "\u{200D}", "\u{FE0F}", "\u{202E}", "\u{FFFD}", "\u{1}", "\u{7F}", "１", "0",
    ]
    static let marks = [
        "(", ")", "<", ">", "[", "]", "{", "}", "\"", "'", "`", "’", "“", "@", ".", ",", ";", ":", "=", "-", "_", "/",
        "\\", "#", "&", "%", "*", "|", "?", "!", "~", "--", "...", "\\n", "\\\"", "\\x{F6}",
    ]
    static let logs = [
        "status=bounced (", "status=deferred (", "said: ", "_said:_", "host ", "H=", "relay=", "stat=", "dsn=5.1.1, ",
        "to=<", "to=<a@b.example>, ", "; from=<", " == ", " ** ", "... while talking to ", ">>> ", "<<< ",
        "in reply to RCPT TO command", "connect to ", "mx=", "smtp; ", "rcpt to:<", "giving up on ", "client ",
        "remote host said: ", "Remote-MTA: dns; ", "SMTP error from remote mail server after DATA: ", "#SMTP#",
        "Nov 28 02:00:00 mx1 postfix/smtp[123]: ABC123: ",
    ]
    static let words = [
        "user unknown", "mailbox", " full ", "quota exceeded ", "does not exist ", "no such ", "blocked ", "spam ",
        "try again in 5 minutes ", "5 minutes ", "retry ", "greylisted ", "zen.spamhaus.org ", "blacklist",
        "listed at https://mx.example/lookup?ip=192.0.2.1 ", "a@b.example ", "<a@b.example> ", "a@", "@b.example",
        "192.0.2.1 ", "[192.0.2.1] ", "mx.b.example ", "00:05:00 ", "rejected ", "policy ", "dmarc ", "not ",
        "remaining ",
    ]
    static let headers = [
        "Subject: ", "From: MAILER-DAEMON@a.example\r\n", "From: ", "To: ", "Return-Path: <>\r\n", "Received: from ",
        "Content-Type: ", "Content-Type: text/html\r\n", "Content-Type: multipart/mixed; boundary=",
        "Content-Type: message/delivery-status\r\n\r\n", "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n", "X-Failed-Recipients: ", "Auto-Submitted: ", "\r\n\r\n",
        "--b\r\n", "--b--\r\n", "\r\n--b", "boundary=b", "boundary=\"", "; charset=utf-8", "; charset=", "\r\n ",
        "X: y\r\n",
        "Final-Recipient: rfc822; ", "Original-Recipient: ", "Action: failed\r\n", "Status: 5.1.1\r\n",
        "Diagnostic-Code: ",
        "Reporting-MTA: dns; a.example\r\n\r\n", "From a@b.example Sat Nov 28 02:00:00 2026\r\n", "message/rfc822",
        "------ This is a copy of the message ------\r\n", "The following address(es) failed:\r\n",
    ]
    static let encodings = [
        "=?utf-8?Q?", "=?utf-8?B?", "=?iso-2022-jp?B?", "?=", "=?", "?", "=3D", "=\r\n", "=", "QUJD", "=C3=A4", "_",
        "=?utf-8?Q?a?= ", "\u{1B}$B", "\u{1B}(B",
    ]
    static let html = [
        "<p>", "<br", "<style", "<style>", "</style>", "<script>", "<!--", "-->", "<a href=\"", "</", "<", ">", "&lt;",
        "&#", "&#64;", "&#x", "&nbsp;", "&", "<div ", "<td>", "<![CDATA[",
    ]
    static let json = [
        "{", "}", "[", "]", "\"", ":", ",", "\"reply\":", "\"replies\":[", "\"text\":\"", "\"code\":550",
        "{\"reply\":\"",
        "\"},", "\\u00e4", "\\ud83d\\ude00", "\\u0001", "\\", "\\\\", "0", "-1.5e9", "1e999", "null", "true",
        "\"a\":1,", "[[",
        "{}", "\"550\",", "\n", "9",
    ]
    static let query = [
        "+", "%20", "%", "%00", "%c3%a4", "&", "q=", "=", "a", "e", "mailbox", "x.1.1", "5", "class=5", "pretty", "%2",
        "/", "-",
    ]

    static let text = [codes, blanks, letters, marks, logs, words]
    static let message = text + [headers, encodings, html]
}
