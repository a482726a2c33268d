import Testing

@testable import SMTPCodesAPI

@Suite("request bodies")
struct BodyTests {
    private static let reply = "550 5.1.1 No such user"
    private static let type = "Content-Type: text/plain"

    private static func chunked(_ chunks: [String], end: String = "0\r\n\r\n") -> String {
        "POST /explain HTTP/1.1\r\nHost: a\r\n\(type)\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks.map { String($0.utf8.count, radix: 16) + "\r\n\($0)\r\n" }.joined() + end
    }

    /// A body of `count` bytes, declared or in chunks.
    private static func request(_ count: Int, isChunked: Bool) -> [UInt8] {
        let body = Array(repeating: UInt8(ascii: "x"), count: count)
        guard isChunked else { return Client.request("POST", "/explain", [type], body: body) }
        var bytes = Array("POST /explain HTTP/1.1\r\nHost: a\r\n\(type)\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        for start in stride(from: 0, to: count, by: 4096) {
            let chunk = body[start..<min(start + 4096, count)]
            bytes += Array((String(chunk.count, radix: 16) + "\r\n").utf8) + chunk + [0x0D, 0x0A]
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    @Test("a body may come a byte at a time", arguments: [false, true])
    func oneBytePieces(isChunked: Bool) throws {
        let request =
            isChunked
            ? Array(Self.chunked(Self.reply.map(String.init)).utf8)
            : Client.request("POST", "/explain", [Self.type], body: Self.reply.utf8)
        let client = try shared.client()
        for byte in request { try client.send([byte]) }
        #expect(try client.receive().body == shared.post("/explain", [Self.type], Self.reply).body)
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test(
        "a body in chunks is the same body",
        arguments: [
            chunked([reply]), chunked(reply.map(String.init)), chunked(["550 ", "5.1.1 No", " such user"]),
            chunked([reply], end: "0\r\nTrailer: x\r\n\r\n"), chunked([reply], end: "000\r\n\r\n"),
            chunked([reply], end: "0;last\r\n\r\n"), chunked([reply]).replacing("chunked", with: "Chunked"),
            chunked([reply]).replacing("\r\n16\r\n", with: "\r\n16;name=\"value\"\r\n"),
            chunked([reply]).replacing("\r\n16\r\n", with: "\r\n0016\r\n"),
        ])
    func chunks(request: String) throws {
        let client = try shared.client()
        try client.send(request)
        let reply = try client.receive()
        try withKnownIssue(of: "1.0.1", "refuses chunk extensions", when: request.contains(";")) {
            try #expect(reply.body == shared.post("/explain", [Self.type], Self.reply).body)
            try #expect(client.ask("GET", "/healthz").status == 200)
        }
    }

    @Test(
        "bytes that are no text are refused, and told what is taken",
        arguments: [
            (0...255).map { UInt8($0) }, Array("550 5.1.1 No such user".utf8) + Array(repeating: 0, count: 30),
            [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xF3, 0xCB, 0x57, 0x28],
        ])
    func noText(bytes: [UInt8]) throws {
        let client = try shared.client()
        let reply = try client.post("/explain", [Self.type], bytes)
        #expect(reply.status == 415)
        #expect(reply.problem?.name == "no-text")
        #expect(reply["Accept-Encoding"] == "gzip")
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test(
        "text in another charset than UTF-8, and with a NUL that went astray, is explained",
        arguments: [
            Array("550 5.1.1 User unknown: Empf".utf8) + [0xE4] + Array("nger".utf8),  // ISO 8859-1
            Array("550 5.1.1 User unknown\0".utf8),
        ])
    func unusualText(bytes: [UInt8]) throws {
        let reply = try shared.client().post("/explain", [Self.type], bytes)
        #expect(reply.status == 200)
        #expect(reply.text.contains(#""category":"unknown-recipient""#))
    }

    @Test("a body of just the limit is taken, one byte more is not", arguments: [false, true])
    func limit(isChunked: Bool) throws {
        let server = start { $0.maxBody = 10000 }
        let client = try server.client()
        for _ in 0..<3 {
            try client.send(Self.request(10000, isChunked: isChunked))
            #expect(try client.receive().status == 200)
            try client.send(Self.request(10001, isChunked: isChunked))
            let refused = try client.receive()
            #expect(refused.status == 413)
            #expect(refused.problem?.name == "body-too-large")
            #expect(refused.problem?.detail.contains("10000") == true)
        }
    }

    @Test("a body over the limit is passed over, and the connection serves on", arguments: [false, true])
    func overTheLimit(isChunked: Bool) throws {
        let client = try shared.client()
        for _ in 0..<2 {
            try client.send(Self.request(3_000_000, isChunked: isChunked))
            #expect(try client.receive().status == 413)
            #expect(try client.ask("GET", "/codes/550").status == 200)
        }
    }

    @Test("a body far over the limit is refused without waiting for it")
    func farOverTheLimit() throws {
        let client = try shared.client()
        try client.send("POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        let reply = try client.receive()
        #expect(reply.status == 413)
        #expect(reply.problem?.name == "body-too-large")
        #expect(reply.closes)
        #expect(client.closes())
        #expect(try shared.lives())
    }

    @Test("chunks without end are cut off with an answer")
    func endlessChunks() throws {
        let client = try shared.client()
        try? client.send(Self.request(20_000_000, isChunked: true))
        withKnownIssue("chunks of more than 16 MiB are cut off without an answer") {
            try #expect(client.receive().status == 413)
        }
        #expect(try shared.lives())
    }

    @Test(
        "a body that stops short is given up, and harms nobody",
        arguments: [
            "POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n550 5.1.1",
            "POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n",
            "POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n\(String(repeating: "x", count: 100_000))",
            "POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n\(String(repeating: "x", count: 100_000))",
            "POST /explain HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n550 5.1.1",
            "POST /explain HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n550\r\n",
            "POST /explain HTTP/1.1\r\nHost: a\r\nContent-Le",
            "PUT /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n5",
        ])
    func stopsShort(bytes: String) throws {
        // A connection that stayed would count against the limit. libmicrohttpd may notice the end of one only
        // when it idles out.
        let server = start {
            $0.maxConnections = 10
            $0.idleTimeout = 3
        }
        for _ in 0..<12 {
            let client = try server.client()
            try client.send(bytes)
        }
        #expect(try server.lives())
    }

    @Test("a client that asks is told to go on, and then answered")
    func expectContinue() throws {
        let client = try shared.client()
        for _ in 0..<3 {
            try client.send(
                "POST /explain HTTP/1.1\r\nHost: a\r\n\(Self.type)\r\nExpect: 100-continue\r\nContent-Length: \(Self.reply.utf8.count)\r\n\r\n"
            )
            #expect(try client.receive().status == 100)
            try client.send(Self.reply)
            #expect(try client.receive().body == shared.post("/explain", [Self.type], Self.reply).body)
        }
    }

    @Test("a client that asks is not told to send what is too large")
    func expectRefused() throws {
        let client = try shared.client()
        try client.send("POST /explain HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3000000\r\n\r\n")
        #expect(try client.receive().problem?.name == "body-too-large")
        #expect(client.closes())
    }

    @Test("a POST without a length is told to bring one", arguments: ["HTTP/1.1", "HTTP/1.0"])
    func withoutLength(version: String) throws {
        let client = try shared.client()
        try client.send("POST /explain \(version)\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
        #expect(try client.receive().problem?.name == "length-required")
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test(
        "a type that is not taken is told those that are, whatever its body",
        arguments: ["image/png", "text/html", "a", "/"])
    func unsupportedType(type: String) throws {
        let reply = try shared.post("/explain", ["Content-Type: \(type)"], Self.reply)
        #expect(reply.status == 415)
        #expect(reply["Accept-Post"]?.contains("application/json") == true)
        #expect(reply["Accept-Post"]?.contains("text/plain") == true)
    }

    @Test("malformed JSON is told where it goes wrong")
    func malformedJSON() throws {
        let reply = try shared.post("/explain", ["Content-Type: application/json"], "{\n  \"reply\": 550 5.1.1\n}")
        #expect(reply.status == 400)
        #expect(reply.problem?.detail.contains("line 2, column 16 (byte 17)") == true)
    }
}
