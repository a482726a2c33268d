import FoundationEssentials
import Glibc
import SMTPExplain
import Testing

@testable import SMTPCodesAPI

@Suite("JSON that is joined from what was written before")
struct JoinedJSONTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Corpus")

    /// Every reply of the corpus as JSON.
    private static let replies = ["replies", "replies-more", "replies-kept"].flatMap { name in
        let lines = try! Data(contentsOf: corpus.appending(path: "\(name).jsonl")).split(separator: 0x0A)
        return lines.map { Service.encode(Value(Data($0))["input"], pretty: false) }
    }

    private static let messages = ["bounces", "bounces-kept"].flatMap { name in
        let folder = corpus.appending(path: name)
        let files = try! FileManager.default.contentsOfDirectory(atPath: folder.path)
        return files.filter { $0.hasSuffix(".eml") }.map { try! Data(contentsOf: folder.appending(path: $0)) }
    }

    /// Texts that JSON has to escape, and that end as something else of JSON does.
    private static let awkward = [
        #""550 5.1.1 \"quoted\" \\ \\\" , ] } [ {""#, #""550 \u0001\u0002\t\n\r\b\f \/ \u007f""#,
        #""550 5.1.1 Empfänger unbekannt, \ud83d\ude00 \u2028 ✗""#, #""\"""#, #""\\""#, #""\\\"""#, #""452 4.2.2 ,""#,
        #"{"reply": "550 no", "id": "\",\"input\":\""}"#, #"{"reply": "550 no", "id": "", "command": "RCPT"}"#,
        #"{"code": 550, "enhanced": "5.999.999", "text": "]}"}"#, #"{"reply": "550 no", "recipient": "\"a\\b\"@c"}"#,
    ].map { Data($0.utf8) }

    private static var asked: [Data] { replies + awkward }

    /// What JSONEncoder makes of what the answer says, in one run.
    private func plain(_ answer: Data) -> Data { Service.encode(Value(answer), pretty: false) }

    /// Is the answer what JSONEncoder writes, and does it say the same as the indented one, which is never joined?
    private func check(_ body: Data, as type: String) {
        let answer = service.explain(body, as: type).bytes
        #expect(answer == plain(answer))
        #expect(Value(answer) == service.explain(body, as: type, query: "pretty").json)
    }

    @Test("an answer has the bytes of a run of JSONEncoder over all of it")
    func single() { for body in Self.asked { check(body, as: "application/json") } }

    @Test("so does a batch", arguments: [7, 1000])
    func batch(size: Int) {
        for start in stride(from: 0, to: Self.asked.count, by: size) {
            let items = Self.asked[start...].prefix(size) + [Data("{}".utf8), Data("[]".utf8), Data("1".utf8)]
            check(
                Data("[".utf8) + items.prefix(size).joined(separator: Data(",".utf8)) + Data("]".utf8),
                as: "application/json")
        }
    }

    @Test("so does each line of NDJSON, problems among them")
    func lines() {
        let items =
            Self.asked + [Data("{}".utf8), Data("[]".utf8), Data(#"{"id":"\"","code":1}"#.utf8), Data("\\".utf8)]
        let answer = service.explain(Data(items.joined(separator: [0x0A])), as: "application/x-ndjson").bytes
        let lines = answer.split(separator: 0x0A)
        #expect(lines.count == items.count)
        for line in lines { #expect(Data(line) == plain(Data(line))) }
    }

    @Test("so does the answer to a message", arguments: messages)
    func message(_ message: Data) { check(message, as: "message/rfc822") }

    @Test("so does one that is cut")
    func cut() {
        for text in ["x ", "\\\"", "\\u0001", "é"] {
            check(Data(#""550 5.1.1 <\#(String(repeating: text, count: 20_000))""#.utf8), as: "application/json")
        }
    }

    @Test("an answer says the same in either way of writing it, byte for byte")
    func eitherWay() throws {
        let explainer = Explainer()
        for body in Self.asked {
            let input = Value(body).string
            let answer = ExplainRoute.Answer(input: input, explanation: explainer.explain(input), id: "\"", line: 3)
            #expect(try JoinedJSON.data(answer) == JSON.compact.encode(answer))
        }
    }

    private struct Numbered: JSONObject {
        let number: Int

        func write(to members: inout some JSONMembers) throws { try members.add(.line, number) }
    }

    @Test(
        "a list whose elements come with pauses is the list of them",
        arguments: ["12", "1.2", ".12", "..1..2.", "12..", "", "..", "1"])
    func pauses(order: String) throws {
        var order = order[...]
        let numbered: Source<Numbered> = {
            guard let next = order.popFirst() else { return .end }
            if let number = next.wholeNumberValue { return .one(Numbered(number: number)) }
            // For longer than a piece is waited for.
            usleep(2000)
            return .nothing
        }
        let expected = order.compactMap(\.wholeNumberValue).map { "{\"line\":\($0)}" }.joined(separator: ",")
        let pieces = object(Data("{\"count\":0}".utf8), list: .explanations, numbered) { Data("{}".utf8) }
        var list = Data()
        while true {
            let piece = pieces()
            if case .end = piece { break }
            if case .one(let json) = piece { list += json }
        }
        #expect(String(decoding: list, as: UTF8.self) == "{\"count\":0,\"explanations\":[\(expected)]}")
    }

    @Test("texts are kept as JSONEncoder writes them, also where the places are full")
    func kept() {
        let kept = KeptJSON()
        for number in 0..<20_000 {
            let text = "\"\(number)\""
            if let json = kept.json(of: text) { #expect(Data(json) == Service.encode(text, pretty: false)) }
        }
        #expect(kept.json(of: "").map { Data($0) } ?? Data("\"\"".utf8) == Data("\"\"".utf8))
    }
}
