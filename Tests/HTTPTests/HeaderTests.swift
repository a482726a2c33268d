import FoundationEssentials
import Testing

@testable import SMTPCodesAPI

@Suite("headers of every answer, and of some")
struct HeaderTests {
    /// What a browser has to know of any answer, whatever it makes of its body.
    private func expectGuarded(_ reply: Reply, _ name: String) {
        #expect(reply["X-Content-Type-Options"] == "nosniff", "\(name)")
        #expect(reply["Referrer-Policy"] == "no-referrer", "\(name)")
        #expect(reply["Cross-Origin-Resource-Policy"] == "cross-origin", "\(name)")
        #expect(reply["Content-Security-Policy"]?.hasPrefix("default-src 'none'; ") == true, "\(name)")
        #expect(reply["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true, "\(name)")
        #expect(reply["Access-Control-Allow-Origin"] == "*", "\(name)")
    }

    @Test("every answer tells browsers to load nothing, guess nothing and pass nothing on")
    func guards() throws {
        let client = try shared.client()
        for it in RouteTests.cases {
            try client.send(it.bytes)
            expectGuarded(try client.receive(to: it.method), it.testDescription)
        }
        // A 304 leaves them out: its client keeps those of the answer that it has (RFC 9110, section 15.4.5).
        for target in Service.constantPaths.prefix(20) + ["/", "/metrics", "/codes?q=mailbox", "/readyz"] {
            // Twice, as the second answer may be a kept one.
            for _ in 0..<2 { expectGuarded(try client.ask("GET", target), target) }
            expectGuarded(try client.ask("HEAD", target), "HEAD \(target)")
            expectGuarded(try client.ask("GET", target, ["X-Request-Id: a"]), "\(target), with an id")
            expectGuarded(try client.ask("OPTIONS", target), "OPTIONS \(target)")
        }
        expectGuarded(try client.ask("OPTIONS", "*"), "OPTIONS *")
        expectGuarded(try client.ask("GET", "/", ["Accept: text/html"]), "the page")
    }

    @Test(
        "so does one to a request that is none",
        arguments: [
            "GET /codes HTTP/1.1\r\n\r\n", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\(String(repeating: "a", count: 8192)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 16384))\r\n\r\n",
            "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
        ])
    func guardsMalformed(request: String) throws {
        let client = try shared.client()
        try client.send(request)
        let reply = try client.receive()
        #expect(reply.status >= 400)
        let isRefusedUnseen = !request.contains("Host") || request.contains("/a b")
        withKnownIssue(of: "1.0.1", "has a page of its own for what it refuses", when: isRefusedUnseen) {
            expectGuarded(reply, String(request.prefix(40)))
        }
    }

    @Test("when all bodies together are too large, one is refused for a while, and taken later")
    func bodyMemory() throws {
        let server = start(threads: 1) { $0.memory = 24000 }
        let holding = try server.client()
        try holding.send("POST /explain HTTP/1.1\r\nHost: a\r\nContent-Length: 16000\r\n\r\n")
        try holding.send([UInt8](repeating: 0x35, count: 15000))
        // The only thread has read it once it has answered somebody else twice.
        for _ in 0..<2 { #expect(try server.lives()) }

        let client = try server.client()
        let body = "550 5.1.1 " + String(repeating: "No such user. ", count: 300)
        let refused = try client.post("/explain", ["X-Request-Id: a"], body)
        #expect(refused.status == 503)
        #expect(refused["Retry-After"] == "1")
        #expect(refused.problem?.name == "bodies-too-large")
        #expect(refused["X-Request-Id"] == "a")
        #expect(!refused.closes)
        expectGuarded(refused, "too large together")
        // What was not too large before is not now.
        #expect(try client.ask("GET", "/codes/550").status == 200)

        try holding.send([UInt8](repeating: 0x20, count: 1000))
        _ = try holding.receive(to: "POST")
        #expect(try client.post("/explain", [], body).status == 200)
    }

    @Test("what is decompressed counts as well, until its answer is sent")
    func decompressedMemory() throws {
        let server = start(threads: 1) { $0.memory = 2 << 20 }
        let client = try server.client()
        func ask(blanks: Int) throws -> Int {
            let text = "550 5.1.1 No such user\n421 later\n" + String(repeating: "\n", count: blanks)
            let body = try #require(Gzip.compressed(Data(text.utf8)))
            return try client.post("/explain?summary", ["Content-Type: text/plain", "Content-Encoding: gzip"], body)
                .status
        }
        #expect(try ask(blanks: 1_800_000) == 503)
        // A summary keeps a copy, and bulk never takes the last quarter.
        for _ in 0..<10 { #expect(try ask(blanks: 700_000) == 200) }
        #expect(try ask(blanks: 1_800_000) == 503)
        #expect(try ask(blanks: 1) == 200)
    }

    @Test("metrics are text for Prometheus, count what was asked, and are not cached")
    func metrics() throws {
        let server = start()
        let client = try server.client()
        for _ in 0..<3 { #expect(try client.ask("GET", "/codes/550").status == 200) }
        #expect(try client.ask("GET", "/nothing").status == 404)
        #expect(try client.post("/explain", [], "550 5.1.1 No such user").status == 200)
        let reply = try client.ask("GET", "/metrics")
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(reply["Cache-Control"] == "no-store")
        let lines = reply.text.split(separator: "\n")
        for line in [
            #"http_requests_total{method="GET",route="/codes/{code}",status="200"} 3"#,
            #"http_requests_total{method="GET",route="none",status="404"} 1"#,
            #"http_requests_total{method="POST",route="/explain",status="200"} 1"#,
            #"http_request_duration_seconds_count{route="/codes/{code}"} 3"#,
            #"smtp_explanations_total{category="unknown-recipient",disposition="permanent"} 1"#,
            "http_connections 1",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }
}
