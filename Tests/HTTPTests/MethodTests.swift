import Testing

@testable import SMTPCodesAPI

@Suite("methods")
struct MethodTests {
    private static let getPaths = [
        "/", "/codes", "/codes/550", "/codes/abc", "/codes?class=5", "/enhanced", "/enhanced/5.1.1", "/providers",
        "/providers/google", "/categories", "/categories/policy", "/openapi.yaml", "/healthz", "/readyz",
    ]

    @Test(
        "a method that the path does not take is refused, and told those that it does",
        arguments: getPaths, ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "x"])
    func refusedByGet(path: String, method: String) throws {
        let client = try shared.client()
        let reply = try client.ask(method, path)
        #expect(reply.status == 405)
        #expect(reply["Allow"] == "GET, HEAD, OPTIONS")
        #expect(reply.problem?.name == "method-not-allowed")
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test("/explain takes POST only", arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "post"])
    func refusedByExplain(method: String) throws {
        let reply = try shared.ask(method, "/explain")
        #expect(reply.status == 405)
        #expect(reply["Allow"] == "POST, OPTIONS")
    }

    @Test("the body of a refused request is passed over", arguments: ["PUT", "DELETE", "GET"])
    func refusedWithBody(method: String) throws {
        let client = try shared.client()
        let body = Array(repeating: UInt8(ascii: "x"), count: 100_000)
        try client.send(Client.request(method, method == "GET" ? "/codes/550" : "/explain", body: body))
        #expect(try client.receive(to: method).status == (method == "GET" ? 200 : 405))
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test("OPTIONS says what a path takes", arguments: getPaths + ["/explain", "/explain/", "/codes/", "*"])
    func options(path: String) throws {
        let allow =
            switch path {
            case "/explain", "/explain/": "POST, OPTIONS"
            case "*": "GET, HEAD, POST, OPTIONS"
            default: "GET, HEAD, OPTIONS"
            }
        let client = try shared.client()
        let reply = try client.ask("OPTIONS", path)
        #expect(reply.status == 204)
        #expect(reply["Allow"] == allow)
        #expect(reply["Content-Length"] == nil)
        #expect(reply["Transfer-Encoding"] == nil)
        #expect(try client.ask("GET", "/healthz").status == 200)
    }

    @Test(
        "a browser's preflight is answered",
        arguments: [("/explain", "POST"), ("/explain/", "POST"), ("/codes/550", "GET")])
    func preflight(path: String, method: String) throws {
        let reply = try shared.ask(
            "OPTIONS", path,
            [
                "Origin: https://dashboard.example", "Access-Control-Request-Method: \(method)",
                "Access-Control-Request-Headers: content-type",
            ])
        #expect(reply.status == 204)
        #expect(reply["Access-Control-Allow-Origin"] == "*")
        #expect(reply["Access-Control-Allow-Methods"]?.contains(method) == true)
        #expect(reply["Access-Control-Allow-Headers"]?.contains("Content-Type") == true)
        #expect(Int(reply["Access-Control-Max-Age"] ?? "") != nil)
        #expect(reply["Access-Control-Allow-Credentials"] == nil)
    }

    @Test("OPTIONS of a path that is not there is not found")
    func optionsNotFound() throws {
        #expect(try shared.ask("OPTIONS", "/nothing").status == 404)
    }
}
