import FoundationEssentials
import Testing

@testable import SMTPCodesAPI

@Suite("answers that are made while they are sent")
struct StreamTests {
    private static let type = "Content-Type: application/x-ndjson"

    private struct Line: Decodable {
        let input: String?
        let status: Int?
        let detail: String?
    }

    private static func lines(_ reply: Reply) throws -> [Line] {
        try reply.text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    @Test("each line of NDJSON is answered in its place, however many", arguments: [1, 2, 1000, 10_000])
    func inOrder(count: Int) throws {
        let body = (0..<count).map { "\"550 5.1.1 No such user \($0)\"\n" }.joined()
        let reply = try shared.post("/explain", [Self.type], body)
        #expect(reply.status == 200)
        #expect(try Self.lines(reply).map(\.input) == (0..<count).map { "550 5.1.1 No such user \($0)" })
    }

    @Test("a bad line is answered in its place, and the rest is explained")
    func badLine() throws {
        let reply = try shared.post(
            "/explain", [Self.type], "\"550 a\"\r\n\nnope\n{\"reply\":\"452 b\"}\n[\"c\"]\n{\"txt\":1}")
        let lines = try Self.lines(reply)
        #expect(lines.map(\.input) == ["550 a", nil, "452 b", nil, nil])
        #expect(lines.map(\.status) == [nil, 400, nil, 400, 400])
        #expect(lines.compactMap(\.detail).map { $0.prefix(7) } == ["Line 3:", "Line 5:", "Line 6:"])
    }

    @Test("an answer larger than the buffer that it is sent from comes whole")
    func longLine() throws {
        // As `input` and as `text`, it has more than the 16 KiB of the buffer.
        let text = String(repeating: "user unknown ", count: 630)
        let reply = try shared.post("/explain", [Self.type], "\"\(text)\"\n\"550 after\"")
        #expect(try Self.lines(reply).map(\.input) == [text, "550 after"])
    }

    @Test("a client that goes away in the middle harms nobody")
    func brokenOff() throws {
        let server = start()
        let body = String(repeating: "\"550 5.1.1 No such user\"\n", count: 20_000)
        for _ in 0..<20 {
            let client = try server.client()
            try client.send(Client.request("POST", "/explain", [Self.type], body: body.utf8))
            _ = try client.peek()
            client.reset()
        }
        #expect(try server.lives())
    }

    @Test("a lookup on the only thread is answered while two bulk requests run")
    func othersAreServed() throws {
        let server = start(threads: 1)
        let body = String(repeating: "\"550 5.1.1 No such user\"\n", count: 20_000)
        let bulk = try (0..<2).map { _ in try server.client() }
        for client in bulk { try client.send(Client.request("POST", "/explain", [Self.type], body: body.utf8)) }
        for client in bulk { _ = try client.peek() }
        // Neither has been read to its end, so both are still being made.
        #expect(try server.lives())
        for client in bulk { #expect(try Self.lines(client.receive(to: "POST")).count == 20_000) }
    }
}
