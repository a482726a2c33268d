import Foundation
import Testing

@testable import SMTPCodesAPI

@Suite("every route and error over a socket")
struct RouteTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let target: String
        var type: String?
        var body: String?
        let status: Int
        /// The content type, or the name of the problem.
        let answer: String

        init(_ target: String, _ status: Int = 200, _ answer: String = "application/json") {
            self.init("GET", target, status, answer)
        }

        init(_ method: String, _ target: String, _ status: Int, _ answer: String) {
            self.method = method
            self.target = target
            self.status = status
            self.answer = answer
        }

        init(post body: String, as type: String?, _ status: Int = 200, _ answer: String = "application/json") {
            self.init("POST", "/explain", status, answer)
            self.type = type
            self.body = body
        }

        var headers: [String] { type.map { ["Content-Type: \($0)"] } ?? [] }
        var bytes: [UInt8] { Client.request(method, target, headers, body: body?.utf8) }
        var testDescription: String { "\(method) \(target) \(type ?? "") \(body?.prefix(40) ?? "")" }
    }

    static let cases: [Case] = [
        Case("/"), Case("/codes"), Case("/codes?class=5&q=mailbox"), Case("/codes/550"), Case("/codes/550?pretty"),
        Case("/enhanced"), Case("/enhanced?subject=7"), Case("/enhanced/5.1.1"), Case("/enhanced/x.1.7"),
        Case("/enhanced/5.7.606"), Case("/providers"), Case("/providers/google"), Case("/categories"),
        Case("/categories/mailbox-full"), Case("/openapi.yaml", 200, "application/yaml"), Case("/healthz"),
        Case("/readyz"),
        Case(post: "550 5.1.1 No such user", as: nil),
        Case(post: "550 5.1.1 No such user", as: "text/plain"),
        Case(post: #"{"reply":"550 5.1.1 No such user"}"#, as: "application/json"),
        Case(post: #"["550 5.1.1 No such user",null]"#, as: "application/json"),
        Case(post: "\"550\"\n{\n", as: "application/x-ndjson", 200, "application/x-ndjson"),
        Case(post: "From: a@b.example\r\n\r\nHello\r\n", as: "message/rfc822"),
        Case("/nothing", 404, "not-found"), Case("/codes/", 308, "moved"), Case("/codes/550/x", 404, "not-found"),
        Case("POST", "/nothing", 404, "not-found"), Case("DELETE", "/nothing", 404, "not-found"),
        Case("/codes/299", 404, "unknown-code"), Case("/enhanced/5.1.999", 404, "unknown-code"),
        Case("/codes/abc", 400, "malformed-code"), Case("/codes/%zz", 400, "malformed-path"),
        Case("/codes?class=6", 400, "malformed-query"), Case("DELETE", "/codes/550", 405, "method-not-allowed"),
        Case("/explain", 405, "method-not-allowed"), Case("POST", "/explain", 411, "length-required"),
        Case(post: "", as: nil, 400, "malformed-body"), Case(post: "{", as: "application/json", 400, "malformed-body"),
        Case(post: #"{"reply":}"#, as: nil, 400, "malformed-body"),
        Case(post: "550", as: "image/png", 415, "unsupported-media-type"),
    ]

    @Test("a request is answered with its status and type, for any origin to read", arguments: cases)
    func answers(it: Case) throws {
        let client = try shared.client()
        try client.send(it.bytes)
        let reply = try client.receive(to: it.method)
        #expect(reply.status == it.status)
        if it.status == 200 {
            #expect(reply["Content-Type"] == it.answer)
            #expect(!reply.body.isEmpty)
        } else {
            let problem = try #require(reply.problem)
            #expect(problem.name == it.answer)
            #expect(problem.status == reply.status)
            #expect(reply["Cache-Control"] == "no-store")
        }
        #expect(reply["Access-Control-Allow-Origin"] == "*")
        #expect(reply["Access-Control-Expose-Headers"]?.contains("ETag") == true)
        #expect(reply["X-Content-Type-Options"] == "nosniff")
        #expect((reply["ETag"] != nil) == (it.status == 200 && it.method == "GET"))
        #expect(!reply.closes)
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test("a problem's instance is the path as it was sent")
    func instance() throws {
        #expect(try shared.ask("GET", "/nothing?x=y").problem?.instance == "/nothing")
        #expect(try shared.ask("GET", "/codes/%zz?pretty").problem?.instance == "/codes/%zz")
        #expect(try shared.ask("GET", "/codes/a%20b").problem?.instance == "/codes/a%20b")
        #expect(try shared.ask("GET", "/codes/%41%zz").problem?.instance == "/codes/%41%zz")
        #expect(try shared.ask("PUT", "/codes/%41").problem?.instance == "/codes/%41")
    }

    @Test("what is answered over a socket is what the service answers")
    func sameAsInProcess() throws {
        let service = Service(maxBody: 1)
        let client = try shared.client()
        for (target, route, parameter) in [
            ("/codes", Route.codes, nil), ("/codes/550", .code, "550"), ("/enhanced/x.1.7", .enhancedCode, "x.1.7"),
            ("/providers/google", .provider, "google"), ("/openapi.yaml", .openAPI, nil), ("/codes/299", .code, "299"),
        ] as [(String, Route, String?)] {
            let expected = service.answer(Request(route: route, path: target, parameter: parameter))
            guard case .whole(let body) = expected.body else { continue }
            #expect(try client.ask("GET", target).body == Array(body), "\(target)")
        }
    }

    @Test("two servers answer with the same bytes and tags, first and later")
    func serversAgree() throws {
        let one = start()
        let other = start(threads: 1)
        let (a, b) = (try one.client(), try other.client())
        for target in Service.constantPaths + Self.cases.filter({ $0.method == "GET" }).map(\.target) {
            let first = try a.ask("GET", target)
            for reply in [try b.ask("GET", target), try b.ask("GET", target), try a.ask("GET", target)] {
                #expect(reply.status == first.status, "\(target)")
                #expect(reply.body == first.body, "\(target)")
                #expect(reply.lastingHeaders == first.lastingHeaders, "\(target)")
            }
        }
        for it in Self.cases where it.body != nil {
            try a.send(it.bytes)
            try b.send(it.bytes)
            #expect(try a.receive(to: "POST").body == b.receive(to: "POST").body, "\(it.testDescription)")
        }
    }

    @Test("a bounce and a long NDJSON body are answered whole")
    func longAnswers() throws {
        let lines = (0..<3000).map { "\"550 5.1.1 No such user \($0)\"" }
        let reply = try shared.post("/explain", ["Content-Type: application/x-ndjson"], lines.joined(separator: "\n"))
        #expect(reply["Transfer-Encoding"] == "chunked")
        let answers = reply.text.split(separator: "\n")
        #expect(answers.count == lines.count)
        #expect(zip(answers, lines).allSatisfy { $0.contains("\"input\":\($1)") })
    }

    @Test("a client that leaves in the middle of a streamed answer harms nobody")
    func leavesStream() throws {
        let body = String(repeating: "\"550 5.1.1 No such user\"\n", count: 20000)
        for _ in 0..<5 {
            let client = try shared.client()
            try client.send(Client.request("POST", "/explain", ["Content-Type: application/x-ndjson"], body: body.utf8))
        }
        #expect(try shared.lives())
    }
}
