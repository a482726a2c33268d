import Foundation
import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("POST /explain")
struct ExplainRouteTests {
    private static let reply = "550 5.1.1 No such user"

    // MARK: - One reply

    @Test(
        "one reply is explained in whatever form it comes",
        arguments: [
            ("application/json", #"{"reply":"550 5.1.1 No such user"}"#),
            ("application/json", #""550 5.1.1 No such user""#),
            ("application/json", #"{"code":550,"enhanced":"5.1.1","text":"No such user"}"#),
            ("application/json", #"{"text":"No such user","code":"550","enhanced":"5.1.1"}"#),
            ("application/json", #"{"text":"550 5.1.1 No such user"}"#),
            ("application/json", " \n{ \"reply\" : \"550 5.1.1 No such user\" }\r\n"),
            ("application/json", #"{"reply":"550 5.1.1 N\u006f such user"}"#),
            ("application/json; charset=utf-8", #"{"reply":"550 5.1.1 No such user"}"#),
            ("Application/JSON ;charset=utf-8", #"{"reply":"550 5.1.1 No such user"}"#),
            ("text/plain", "550 5.1.1 No such user"),
            ("text/plain; charset=utf-8", "550 5.1.1 No such user\r\n"),
            ("TEXT/PLAIN", "550-5.1.1 No such\r\n550 5.1.1 user"),
            (nil, "550 5.1.1 No such user"),
            (nil, #"{"reply":"550 5.1.1 No such user"}"#),
            (nil, " \t\r\n\"550 5.1.1 No such user\""),
            ("", "550 5.1.1 No such user"),
            ("application/x-www-form-urlencoded", "550 5.1.1 No such user"),
            ("application/x-www-form-urlencoded", #"{"reply":"550 5.1.1 No such user"}"#),
        ] as [(String?, String)])
    func oneReply(type: String?, body: String) {
        let response = service.explain(body, as: type)
        let answer = response.json
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "application/json")
        #expect(answer["reply"]["code"] == 550)
        #expect(answer["enhanced"]["code"] == "5.1.1")
        #expect(answer["text"] == "No such user")
        #expect(answer["category"] == "unknown-recipient")
        #expect(answer["disposition"] == "permanent")
    }

    @Test("an explanation has what the design names, and nothing unknown in it")
    func shape() {
        let answer = service.explain(Self.reply, as: "text/plain").json
        #expect(
            answer.names == [
                "action", "advice", "blocklists", "bounce", "category", "confidence", "disposition", "enhanced",
                "evidence", "input", "links", "notes", "party", "reply", "summary", "suppress", "text", "warnings",
            ])
        #expect(answer["action"] == "suppress")
        #expect(answer["party"] == "recipient")
        #expect(answer["input"] == .text(Self.reply))
        #expect(answer["reply"]["href"] == "/codes/550")
        #expect(answer["reply"]["meaning"] == service.get("/codes/550").json["meaning"])
        #expect(answer["enhanced"]["href"] == "/enhanced/5.1.1")
        #expect(answer["enhanced"]["meaning"] == service.get("/enhanced/5.1.1").json["meaning"])
        for evidence in answer["evidence"].items {
            #expect(evidence.names == ["category", "found", "kind"])
        }
    }

    @Test("what is known more is there too, and every link leads to its entry")
    func moreFacts() {
        let bounce =
            "host gmail-smtp-in.l.google.com[192.0.2.1] said: 550-5.7.26 Unauthenticated email from example.com is not "
            + "accepted due to domain's DMARC policy. - gsmtp (in reply to end of DATA command)"
        let answer = service.explain(bounce, as: "text/plain").json
        #expect(answer["category"] == "sender-unauthenticated")
        #expect(answer["provider"]["name"] == "Gmail")
        #expect(answer["command"] == "DATA")
        let listed = service.explain(
            "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.spamhaus.org", as: "text/plain"
        ).json
        #expect(listed["blocklists"][0]["name"] == "Spamhaus ZEN")
        #expect(listed["blocklists"][0]["lookup"].string.hasPrefix("https://"))
        #expect(listed["blocklists"][0]["kind"] == "ip")
        for link in answer.all("href") + listed.all("href") {
            #expect(service.get(link.string).status == 200, "\(link)")
        }
    }

    @Test("a code that no standard defines has neither link nor meaning, and is explained all the same")
    func unknownCodes() {
        let answer = service.explain("559 5.1.999 whatever", as: "text/plain").json
        #expect(answer["reply"] == ["code": 559])
        #expect(answer["enhanced"] == ["code": "5.1.999"])
        #expect(answer["disposition"] == "permanent")
    }

    @Test(
        "what says nothing is undetermined, not an error",
        arguments: ["zyzzyva", "\0", "💌", "600 hello", "{}", "[", "%%%"])
    func nonsense(body: String) {
        let answer = service.explain(body, as: "text/plain").json
        #expect(answer["category"] == "undetermined")
        #expect(answer["input"] == .text(body))
        #expect(answer["disposition"] == .absent)
    }

    @Test("bytes that are not UTF-8 are read in the set that they look like, and the rest is explained")
    func notUTF8() {
        let answer = service.explain(Data("550 5.1.1 No such user \u{0}".utf8) + [0xFF, 0xC3], as: "text/plain").json
        #expect(answer["category"] == "unknown-recipient")
        #expect(answer["input"].string.hasPrefix("550 5.1.1 No such user "))
        let french = service.explain(Data("550 Bo".utf8) + [0xEE] + Data("te pleine".utf8), as: "text/plain").json
        #expect(french["text"] == "Bo\u{EE}te pleine")
    }

    @Test("only an undeclared body is looked at to tell JSON from text")
    func declaredTypeCounts() {
        let json = #"{"reply":"550 5.1.1 No such user"}"#
        #expect(service.explain(json, as: "text/plain").json["input"] == .text(json))
        #expect(service.explain(json, as: nil).json["input"] == .text(Self.reply))
        #expect(service.explain(Self.reply, as: "application/json").status == 400)
    }

    @Test(
        "parts stand for themselves",
        arguments: [
            (#"{"code":452}"#, "452", "transient"), (#"{"code":"250"}"#, "250", "success"),
            (#"{"enhanced":"4.2.2"}"#, "4.2.2", "transient"), (#"{"text":"mailbox full"}"#, "mailbox full", nil),
            (#"{"code":450,"enhanced":"4.2.2"}"#, "450 4.2.2", "transient"), (#"{"text":""}"#, "", nil),
        ] as [(String, String, String?)])
    func parts(body: String, input: String, disposition: String?) {
        let answer = service.explain(body).json
        #expect(answer["input"] == .text(input))
        #expect(answer["disposition"] == (disposition.map(Value.text) ?? .absent))
    }

    @Test("an enhanced code at the head of the text is read, and is not one of its words")
    func codeInText() {
        let answer = service.explain(#"{"code":550,"text":"5.1.1 No such user"}"#).json
        #expect(answer["enhanced"]["code"] == "5.1.1")
        #expect(answer["text"] == "No such user")
    }

    @Test("pretty indents an explanation")
    func pretty() {
        #expect(service.explain(#""550""#, query: "pretty").text.hasPrefix("{\n  \""))
        #expect(service.explain(#""550""#, query: "pretty").json == service.explain(#""550""#).json)
    }

    // MARK: - Bodies that are no reply

    @Test(
        "JSON that is no reply is told what would be",
        arguments: [
            ("[01]", "goes wrong"), ("null", "string"), ("550", "string"), ("true", "string"),
            ("{}", "none of"), (#"{"message":"550"}"#, "none of"), (#"{"reply":550}"#, "\"reply\" is a string"),
            (#"{"reply":null}"#, "\"reply\" is a string"), (#"{"reply":["550"]}"#, "\"reply\" is a string"),
            (#"{"reply":""}"#, "empty"), (#"{"reply":" \r\n"}"#, "empty"), (#""""#, "empty"),
            (#"{"reply":"550","server":"mx"}"#, "\"server\""), (#"{"reply":"550","code":550}"#, "either"),
            (#"{"code":"abc"}"#, "three digits"),
            (#"{"code":199}"#, "three digits"), (#"{"code":600}"#, "three digits"), (#"{"code":55}"#, "three digits"),
            (#"{"code":550.5}"#, "three digits"), (#"{"code":true}"#, "three digits"),
            (#"{"code":null}"#, "three digits"),
            (#"{"code":99999999999999999999}"#, "three digits"), (#"{"code":1e999}"#, "three digits"),
            (#"{"enhanced":"5.1"}"#, "5.1.1"), (#"{"enhanced":"x.1.1"}"#, "5.1.1"), (#"{"enhanced":511}"#, "5.1.1"),
            (#"{"enhanced":null}"#, "5.1.1"), (#"{"text":1}"#, "\"text\" is a string"),
            (#"{"replies":"550"}"#, "\"replies\" is a list"), (#"{"replies":null}"#, "\"replies\" is a list"),
            (#"{"replies":{}}"#, "\"replies\" is a list"),
        ])
    func notAReply(body: String, told: String) {
        let response = service.explain(body)
        #expect(response.status == 400)
        #expect(response.json["type"] == "urn:smtp-codes:problem:malformed-body")
        #expect(response.json["detail"].string.contains(told), "\(response.json["detail"])")
    }

    @Test(
        "a body that is not JSON is told where it goes wrong",
        arguments: [
            (#"{"reply":"#, 1, 10, 9), ("550 5.1.1", 1, 5, 4), (#"{"reply":"550"} x"#, 1, 17, 16), ("{", 1, 2, 1),
            ("[\"550\",\n \"451\"\n \"421\"]", 3, 2, 16), ("{\n  reply: 1}", 2, 3, 4), (#"{"reply" "550"}"#, 1, 10, 9),
            ("[\"550", 1, 6, 5), ("['550']", 1, 2, 1), ("nul", 1, 4, 3), ("[1 2]", 1, 4, 3), ("}", 1, 1, 0),
            (#"["é" x]"#, 1, 7, 6), ("\"a\" \"b\"", 1, 5, 4),
            ("{\"reply\":\"550-a\n550 b\"}", 1, 16, 15), ("\"\u{1}\"", 1, 2, 1), (#"["\u12"]"#, 1, 7, 6),
            (#"["\uzzzz"]"#, 1, 5, 4), (#"["\q"]"#, 1, 4, 3), ("[\"550\",]", 1, 8, 7),
            (#"{"reply":"550",}"#, 1, 16, 15),
            ("[1,]", 1, 4, 3), ("[-]", 1, 3, 2), ("[1.]", 1, 4, 3), ("[1e]", 1, 4, 3),
        ])
    func faultIsLocated(body: String, line: Int, column: Int, byte: Int) {
        let response = service.explain(body)
        #expect(response.status == 400)
        let told = response.json["detail"].string
        #expect(told.contains("line \(line), column \(column) (byte \(byte))"), "\(told)")
    }

    @Test(
        "bytes in JSON that are not UTF-8 are told where they are",
        arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func notUTF8InJSON(bytes: [UInt8]) {
        let response = service.explain(Data("[\"é".utf8) + bytes + Data("\"]".utf8), as: "application/json")
        #expect(response.status == 400)
        #expect(response.json["detail"].string.contains("line 1, column 5 (byte 4)"), "\(response.json["detail"])")
    }

    @Test("half of a surrogate pair is refused", arguments: [#""\ud800""#, #"{"reply":"\udc00"}"#])
    func loneSurrogate(body: String) {
        #expect(service.explain(body).json["type"] == "urn:smtp-codes:problem:malformed-body")
    }

    @Test("brackets without end are refused", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func deepNesting(opening: String) {
        #expect(service.explain(String(repeating: opening, count: 100_000)).status == 400)
    }

    // MARK: - Batches

    @Test(
        "a batch is explained in its order and counted",
        arguments: [
            #"{"replies":["550 5.1.1 No such user",{"reply":"452 4.2.2 Mailbox full"},{"code":250}]}"#,
            #"["550 5.1.1 No such user",{"code":452,"enhanced":"4.2.2","text":"Mailbox full"},"250"]"#,
        ])
    func batch(body: String) {
        let answer = service.explain(body).json
        #expect(answer.names == ["count", "explanations", "summary"])
        #expect(answer["count"] == 3)
        #expect(
            answer["explanations"].items.map { $0["category"] } == ["unknown-recipient", "mailbox-full", "accepted"])
        #expect(answer["summary"]["byCategory"] == ["accepted": 1, "mailbox-full": 1, "unknown-recipient": 1])
        #expect(answer["summary"]["byDisposition"] == ["permanent": 1, "success": 1, "transient": 1])
    }

    @Test("an item of a batch is explained as it is on its own")
    func batchAsSingle() {
        let single = service.explain(#"{"reply":"550 5.1.1 No such user"}"#).json
        #expect(service.explain(#"["550 5.1.1 No such user"]"#).json["explanations"] == .list([single]))
    }

    @Test("a bad item has its problem in its place, and the rest is explained")
    func badItems() {
        let bad = ["null", "1", "[]", #""""#, "{}", #"{"reply":1}"#, #"{"code":"x"}"#, #"{"reply":"550","code":1}"#]
        let items = bad.flatMap { [$0, #""550 5.1.1 No such user""#] }
        let response = service.explain("[" + items.joined(separator: ",") + "]")
        let explanations = response.json["explanations"].items
        #expect(response.status == 200)
        #expect(response.json["count"] == .number(2 * bad.count))
        #expect(explanations.count == 2 * bad.count)
        for (index, it) in explanations.enumerated() {
            if index.isMultiple(of: 2) {
                #expect(it["status"] == 400, "\(items[index])")
                #expect(it["type"] == "urn:smtp-codes:problem:malformed-body", "\(items[index])")
                #expect(!it["detail"].string.isEmpty, "\(items[index])")
            } else {
                #expect(it["category"] == "unknown-recipient")
            }
        }
        #expect(response.json["summary"]["byCategory"] == ["unknown-recipient": .number(bad.count)])
    }

    @Test("an empty batch is explained", arguments: ["[]", #"{"replies":[]}"#])
    func emptyBatch(body: String) {
        #expect(
            service.explain(body).text
                == #"""
                {"count":0,"explanations":[],"summary":{"byBounce":{},"byCategory":{},"byDisposition":{},\#
                "byDomain":{},"byProvider":{},"count":0,"explained":0}}
                """#)
    }

    @Test("a batch has at most 1,000 replies")
    func batchLimit() {
        func batch(_ count: Int) -> Response {
            service.explain("[" + Array(repeating: #""250""#, count: count).joined(separator: ",") + "]")
        }
        let most = batch(1000).json
        #expect(most["count"] == 1000)
        #expect(most["explanations"].items.count == 1000)
        let refused = batch(1001)
        #expect(refused.status == 400)
        #expect(refused.json["detail"].string.contains("1001"))
        #expect(refused.json["detail"].string.contains("1000"))
    }

    // MARK: - NDJSON

    private static let lines = """
        "550 5.1.1 No such user"
        {"code":452,"enhanced":"4.2.2"}

        {"reply":
        [\"250\"]
        {"reply":"250 ok"}\r
        """

    @Test(
        "each line of NDJSON is answered by a line, bad ones in place",
        arguments: [lines, lines + "\n", "\n\n" + lines + "\r\n \n"])
    func eachLineIsAnswered(body: String) {
        let response = service.explain(body, as: "application/x-ndjson")
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "application/x-ndjson")
        let text = response.text
        #expect(text.hasSuffix("\n"))
        let answers = text.split(separator: "\n").map { Value(Data($0.utf8)) }
        #expect(answers.count == 5)
        #expect(answers[0] == service.explain(#""550 5.1.1 No such user""#).json)
        #expect(answers[1]["category"] == "mailbox-full")
        #expect(answers[2]["type"] == "urn:smtp-codes:problem:malformed-body")
        #expect(answers[3]["type"] == "urn:smtp-codes:problem:malformed-body")
        #expect(answers[4]["category"] == "accepted")
    }

    @Test("a problem in NDJSON names its line, blank lines counted")
    func lineIsNamed() {
        let answers = service.explain("\n\"250\"\n\n{\"reply\":\n", as: "application/x-ndjson").text.split(
            separator: "\n")
        #expect(answers.count == 2)
        #expect(Value(Data(answers[1].utf8))["detail"].string.hasPrefix("Line 4: "))
    }

    @Test(
        "NDJSON gives the same bytes however much the client takes at a time", arguments: [1, 2, 7, 100, 1000, 65536])
    func streamIsCutAnywhere(block: Int) {
        let whole = service.explain(Self.lines, as: "application/x-ndjson").bytes
        #expect(service.explain(Self.lines, as: "application/x-ndjson").bytes(inBlocksOf: block) == whole)
    }

    @Test("NDJSON has no limit of lines, and one call makes no more than it is asked for")
    func manyLines() throws {
        let body = String(repeating: "\"250\"\n", count: 5000)
        let response = service.explain(body, as: "application/x-ndjson")
        guard case .stream(let stream) = response.body else {
            Issue.record("the answer is made at once")
            return
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
        defer { buffer.deallocate() }
        #expect((1...4096).contains(stream.next(into: buffer) ?? 0))
        let text = service.explain(body, as: "application/x-ndjson").text
        #expect(text.utf8.count { $0 == 0x0A } == 5000)
    }

    @Test("pretty leaves NDJSON one answer a line")
    func prettyLines() {
        let plain = service.explain(Self.lines, as: "application/x-ndjson").bytes
        #expect(service.explain(Self.lines, as: "application/x-ndjson", query: "pretty").bytes == plain)
    }

    // MARK: - Bounces

    private static let status = """
        Reporting-MTA: dns; mail.example.org\r
        \r
        Final-Recipient: rfc822; a@b.example\r
        Action: failed\r
        Status: 5.1.1\r
        Remote-MTA: dns; mx.b.example\r
        Diagnostic-Code: smtp; 550 5.1.1 <a@b.example>: User unknown\r

        """

    private static let report = """
        MIME-Version: 1.0\r
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
        \r
        --b\r
        Content-Type: text/plain\r
        \r
        It did not arrive.\r
        --b\r
        Content-Type: message/delivery-status\r
        \r
        \(status)\r
        --b--\r

        """

    @Test(
        "a bounce is explained for each recipient, in whatever form it comes",
        arguments: [
            ("message/rfc822", report), ("multipart/report; report-type=delivery-status; boundary=\"b\"", report),
            ("message/delivery-status", status),
        ])
    func bounce(type: String, body: String) {
        let response = service.explain(body, as: type)
        #expect(response.status == 200)
        #expect(response.json["recipients"].items.count == 1)
        let recipient = response.json["recipients"][0]
        #expect(
            recipient.names == ["action", "diagnostic", "explanation", "recipient", "remoteMTA", "status"])
        #expect(recipient["recipient"] == "a@b.example")
        #expect(recipient["action"] == "failed")
        #expect(recipient["status"] == "5.1.1")
        #expect(recipient["remoteMTA"] == "mx.b.example")
        #expect(recipient["explanation"]["category"] == "unknown-recipient")
        #expect(recipient["explanation"]["reply"]["code"] == 550)
    }

    private static func statuses(_ numbers: Range<Int>) -> String {
        numbers.map { "Final-Recipient: rfc822; a\($0)@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" }.joined()
    }

    @Test(
        "a bounce of any number of recipients is answered the same way, for each of them",
        arguments: [100, 101, 1001])
    func manyRecipients(count: Int) {
        let response = service.explain(Self.statuses(0..<count), as: "message/delivery-status")
        #expect(response["Content-Type"] == "application/json")
        let recipients = response.json["recipients"].items
        #expect(recipients.count == count)
        for start in stride(from: 0, to: count, by: 500) {
            let numbers = start..<min(start + 500, count)
            let some = service.explain(Self.statuses(numbers), as: "message/delivery-status").json["recipients"].items
            #expect(Array(recipients[numbers]) == some)
        }
    }

    @Test("a message that is no bounce has no recipients")
    func noBounce() {
        let mail = "From: a@b.example\r\nSubject: Lunch\r\n\r\nAt noon?\r\n"
        #expect(service.explain(mail, as: "message/rfc822").text == #"{"kind":"other","recipients":[]}"#)
    }
}
