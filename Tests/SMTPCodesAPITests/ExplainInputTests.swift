import Foundation
import Testing

@testable import SMTPCodesAPI

/// What `/explain` takes beside one reply in one form.
struct ExplainInputTests {
    private static let reply = "550 5.1.1 No such user"
    private static let log = """
        Nov 23 10:00:01 mail postfix/smtp[17]: 4A1: to=<ann@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, \
        status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command))
        Nov 23 10:00:02 mail postfix/qmgr[12]: 4A1: removed
        Nov 23 10:00:03 mail postfix/smtp[17]: 4A2: to=<bob@c.example>, relay=none, dsn=4.4.1, status=deferred \
        (connect to mx.c.example[192.0.2.2]:25: Connection timed out)

        """
    private static let message = """
        Return-Path: <>
        From: MAILER-DAEMON@mx.b.example
        To: alice@a.example
        Subject: failure notice

        Hi. This is the qmail-send program at mx.b.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.

        <bob@b.example>:
        Sorry, no mailbox here by that name. (#5.1.1)

        """
    private static let python =
        "{'ann@b.example': (550, b'5.1.1 No such user'), 'bob@c.example': (452, b'4.2.2 Mailbox full')}"

    private func answers(_ response: Response) -> [Value] {
        response.text.split(separator: "\n").map { Value(Data($0.utf8)) }
    }

    @Test("of a log with one refusal, that is explained, whatever the other lines say")
    func oneRefusal() {
        let answer = service.explain(
            Self.log.replacing(
                "status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 No such user",
                with: "status=sent (250 2.0.0 Ok"), as: "text/plain"
        ).json
        #expect(answer["category"] == "network-failure")
        #expect(answer["recipient"] == "bob@c.example")
        #expect(answer["warnings"].items.isEmpty)
        #expect(answer["notes"].items.first?.string.hasPrefix("The text is a log") == true)
    }

    // MARK: - What a client knows

    @Test("an id comes back, with an explanation and with a problem")
    func id() {
        #expect(service.explain(#"{"reply":"550","id":"a/7"}"#).json["id"] == "a/7")
        let batch = service.explain(
            #"[{"code":550,"id":""},{"code":"x","id":"b"},{"id":"c"},{"reply":"550","id":7},"550"]"#)
        #expect(batch.json["explanations"].items.map { $0["id"] } == ["", "b", "c", .absent, .absent])
        #expect(batch.json["explanations"].items.map { $0["index"] } == [.absent, 1, 2, 3, .absent])
        let lines = service.explain("{\"code\":\"x\",\"id\":\"é\"}\n{\n", as: "application/x-ndjson")
        let problems = answers(lines)
        #expect(problems.map { $0["id"] } == ["é", .absent])
        #expect(problems.map { $0["line"] } == [1, 2])
    }

    @Test("command, host and recipient are evidence, and come back")
    func circumstances() {
        let body =
            #"{"reply":"550 5.1.1 No such user","command":"mail","host":"MX.B.example","recipient":"ann@b.example"}"#
        let answer = service.explain(body).json
        #expect(answer["command"] == "MAIL")
        #expect(answer["remoteHost"] == "mx.b.example")
        #expect(answer["recipient"] == "ann@b.example")
        #expect(answer["bounce"] == "block")
        #expect(service.explain(#"{"code":550,"command":"RCPT"}"#).json["command"] == "RCPT")
    }

    @Test(
        "what cannot be meant is refused",
        arguments: [
            (#"{"reply":"550","id":7}"#, "256 bytes"),
            (#"{"reply":"550","id":"\#(String(repeating: "x", count: 257))"}"#, "256 bytes"),
            (#"{"reply":"550","command":"FETCH"}"#, "\"RCPT\""), (#"{"reply":"550","command":null}"#, "\"RCPT\""),
            (#"{"reply":"550","host":["a"]}"#, "255 bytes"), (#"{"reply":"550","recipient":1}"#, "320 bytes"),
            (#"{"id":"7"}"#, "none of"), (#"{"command":"RCPT","host":"b.example"}"#, "none of"),
            (#"{"reply":"550","id":"a","id":"b"}"#, "twice"), (#"{"reply":"550","text":"x","id":"a"}"#, "either"),
        ])
    func refused(body: String, told: String) {
        let response = service.explain(body)
        #expect(response.status == 400)
        #expect(response.json["detail"].string.contains(told), "\(response.json["detail"])")
    }

    // MARK: - Several replies in one text

    @Test(
        "several replies are noticed: the first is explained, and a warning says how many there are",
        arguments: [log, python])
    func several(text: String) {
        for answer in [
            service.explain(text, as: "text/plain").json,
            service.explain(try! String(decoding: JSONEncoder().encode(["reply": text]), as: UTF8.self)).json,
        ] {
            #expect(answer["category"] == "unknown-recipient")
            #expect(answer["warnings"][0].string.hasPrefix("The text holds 2 refusals"))
            #expect(answer["warnings"][0].string.contains("each=line"))
        }
    }

    @Test("each line of a text is explained, and what carries no reply is left out")
    func eachLine() {
        let response = service.explain(Self.log, as: nil, query: "each=line")
        #expect(response["Content-Type"] == "application/x-ndjson")
        let explained = answers(response)
        #expect(explained.map { $0["category"] } == ["unknown-recipient", "network-failure"])
        #expect(explained.map { $0["line"] } == [1, 3])
        #expect(explained.map { $0["recipient"] } == ["ann@b.example", "bob@c.example"])
        #expect(explained[0]["input"] == .text(String(Self.log.prefix { $0 != "\n" })))
        #expect(
            answers(
                service.explain(
                    "550-5.1.1 No\r\n550 5.1.1 such user\r\n\r\n450 Later\r\n", as: "text/plain", query: "each=line")
            ).map { $0["input"] } == ["550-5.1.1 No\r\n550 5.1.1 such user", "450 Later"])
        #expect(
            answers(service.explain(Self.python, as: "text/plain", query: "each=line")).map { $0["category"] } == [
                "unknown-recipient", "mailbox-full",
            ])
        #expect(service.explain("nothing\nof note\n", as: nil, query: "each=line").text == "")
        // Untyped, a line may begin as JSON does.
        #expect(answers(service.explain("\"550 a\"\n[450 b]", as: nil, query: "each=line")).count == 2)
    }

    @Test(
        "each line is asked of texts only, and by its name",
        arguments: [
            ("application/json", "each=line"), ("application/x-ndjson", "each=line"), ("message/rfc822", "each=line"),
            ("text/plain", "each"), ("text/plain", "each=word"), ("text/plain", "summary=2"),
        ])
    func eachRefused(type: String, query: String) {
        #expect(
            service.explain("\"550\"", as: type, query: query).json["type"] == "urn:smtp-codes:problem:malformed-query")
    }

    // MARK: - Summaries

    @Test(
        "a summary counts, whatever the form",
        arguments: [
            ("text/plain", reply, 1, 1), ("text/plain", log, 2, 2), ("application/json", "\"\(reply)\"", 1, 1),
            ("application/json", "[\"\(reply)\",{},\"250\"]", 3, 2),
            ("application/x-ndjson", "\"\(reply)\"\n{\n\"250\"\n", 3, 2),
            ("message/rfc822", message, 1, 1),
            ("application/x-www-form-urlencoded", "reply=550+5.1.1+No+such+user", 1, 1),
        ])
    func summary(type: String, body: String, count: Int, explained: Int) {
        let response = service.explain(body, as: type, query: "summary")
        let answer = response.json
        #expect(response["Content-Type"] == "application/json")
        #expect(
            answer.names == ["byBounce", "byCategory", "byDisposition", "byDomain", "byProvider", "count", "explained"])
        #expect(answer["count"] == .number(count))
        #expect(answer["explained"] == .number(explained))
        #expect(answer["byCategory"]["unknown-recipient"] == 1)
    }

    @Test(
        "a summary of many is the same in whatever blocks it is taken, and may be indented", arguments: [1, 100, 65536])
    func longSummary(block: Int) throws {
        let body = String(repeating: "\"550 5.1.1 <ann@b.example> No such user\"\n", count: 2000)
        let bytes = service.explain(body, as: "application/x-ndjson", query: "summary").bytes(inBlocksOf: block)
        #expect(Value(bytes)["byDomain"] == ["b.example": 2000])
        #expect(
            service.explain(body, as: "application/x-ndjson", query: "summary&pretty").text.contains(
                "\n  \"count\" : 2000"))
    }

    // MARK: - Forms of the body

    @Test("a message is known without its content type", arguments: [nil, "", "application/x-www-form-urlencoded"])
    func untypedMessage(type: String?) {
        for body in [
            Self.message, "From MAILER-DAEMON Mon Nov 23 10:00:00 2026\n" + Self.message,
            Self.message.replacing("\n", with: "\r\n"),
        ] {
            #expect(
                service.explain(body, as: type).json["recipients"][0]["recipient"] == "bob@b.example",
                "\(body.prefix(40))")
        }
    }

    @Test(
        "what is no message is a reply",
        arguments: [
            "550 5.1.1 From: and To: no such user", "Diagnostic-Code: smtp; 550 5.1.1 No such user",
            "From the server: 550 5.1.1 No such user",
            "Final-Recipient: rfc822; a@b.example\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user",
            "Subject: 550 5.1.1 No such user", "error: 550 5.1.1 No such user",
        ])
    func noMessage(body: String) {
        #expect(service.explain(body, as: nil).json["category"] == "unknown-recipient")
    }

    @Test("a form is decoded")
    func form() {
        let type = "application/x-www-form-urlencoded"
        let answer = service.explain("reply=550+5.1.1+%3Ca%40b.example%3E+No+such+user&id=7&command=RCPT", as: type)
            .json
        #expect(answer["input"] == "550 5.1.1 <a@b.example> No such user")
        #expect(answer["id"] == "7")
        #expect(service.explain("code=550&enhanced=5.1.1&text=No+such+user", as: type).json["bounce"] == "hard")
        #expect(service.explain("reply=550%zz", as: type).json["detail"].string.contains("percent"))
        #expect(service.explain("reply=550&colour=red", as: type).status == 400)
        // What curl sends under this type is no form.
        #expect(service.explain("550 5.1.1 a=b&c=d%zz", as: type).json["input"] == "550 5.1.1 a=b&c=d%zz")
    }

    // MARK: - Compressed, and no text

    private func compressed(_ body: String, as type: String?, coding: String = "gzip", query: String? = nil) -> Response
    {
        service.answer(
            Request(
                route: .explain, path: "/explain", query: query, contentType: type, contentEncoding: coding,
                body: Gzip.compressed(Data(body.utf8))!))
    }

    @Test("a compressed body is decoded, whatever its form", arguments: ["gzip", "GZIP", "x-gzip"])
    func gzip(coding: String) {
        #expect(
            compressed(Self.reply, as: "text/plain", coding: coding).json
                == service.explain(Self.reply, as: "text/plain").json)
        #expect(
            compressed(Self.log, as: nil, coding: coding, query: "each=line").text
                == service.explain(Self.log, as: nil, query: "each=line").text)
        #expect(compressed(Self.message, as: nil, coding: coding).json["recipients"].items.count == 1)
    }

    @Test("the limit of a body counts what it is decoded to")
    func bomb() {
        #expect(compressed(String(repeating: "5", count: maxBody), as: "text/plain").status == 200)
        let bomb = compressed(String(repeating: "5", count: maxBody + 1), as: "text/plain")
        #expect(bomb.status == 413)
        #expect(bomb.json["detail"].string.contains("\(maxBody)"))
    }

    @Test(
        "another coding is refused with those that are read", arguments: ["br", "deflate", "gzip, gzip", "zstd", "x"])
    func coding(coding: String) {
        let response = compressed(Self.reply, as: "text/plain", coding: coding)
        #expect(response.status == 415)
        #expect(response["Accept-Encoding"] == "gzip")
        #expect(response.json["type"] == "urn:smtp-codes:problem:unsupported-content-coding")
    }

    @Test("what says gzip and is none is refused")
    func noGzip() {
        let request = Request(
            route: .explain, path: "/explain", contentType: "text/plain", contentEncoding: "gzip",
            body: Data(Self.reply.utf8))
        #expect(service.answer(request).json["type"] == "urn:smtp-codes:problem:malformed-body")
    }

    @Test(
        "bytes that are no text are never explained",
        arguments: [nil, "text/plain", "application/json", "application/x-ndjson", "message/rfc822"])
    func noText(type: String?) {
        let binaries: [[UInt8]] = [
            Array(Gzip.compressed(Data(Self.reply.utf8))!),
            Array("\u{89}PNG".utf8) + [0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0xFF],
            "550 User unknown".utf8.flatMap { [$0, 0] }, (0...255).map { UInt8($0) }, [0x50, 0x4B, 3, 4, 20, 0],
        ]
        for bytes in binaries {
            if type == "message/rfc822", !Data(bytes).isCompressed { continue }
            let response = service.explain(Data(bytes), as: type)
            #expect(response.status == 415, "\(bytes.prefix(8))")
            #expect(response["Accept-Encoding"] == "gzip")
            #expect(response.json["type"] == "urn:smtp-codes:problem:no-text")
        }
    }

    @Test(
        "text in other charsets is text",
        arguments: [
            Array("550 Bo".utf8) + [0xEE] + Array("te inconnue".utf8), Array("550 \u{1B}$B".utf8),
            Array("550 a\u{C}b\u{1}".utf8),
        ])
    func otherText(bytes: [UInt8]) {
        #expect(service.explain(Data(bytes), as: "text/plain").status == 200)
    }
}
