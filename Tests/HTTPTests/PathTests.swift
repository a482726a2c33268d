import Testing

@testable import SMTPCodesAPI

@Suite("paths")
struct PathTests {
    @Test(
        "a parameter with a bad escape, a hidden slash or NUL, or not in UTF-8 is malformed",
        arguments: ["/codes/", "/enhanced/", "/providers/", "/categories/"],
        [
            "%", "%5", "%zz", "%5z", "%z5", "%%", "5%", "%2f", "%2F", "a%2Fb", "%00", "550%00", "%ff", "%c0%af", "%c3",
            "%c3x",
            "%ed%a0%80", "%f4%90%80%80", "%e2%82", "%80",
        ])
    func malformed(route: String, parameter: String) throws {
        let reply = try shared.ask("GET", route + parameter)
        #expect(reply.status == 400)
        #expect(reply.problem?.name == "malformed-path")
    }

    @Test(
        "bytes that must be escaped and are not make a bad request, UTF-8 or not",
        arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xC3, 0xA9], [0x01], [0x7F]] as [[UInt8]])
    func unescaped(bytes: [UInt8]) throws {
        let client = try shared.client()
        try client.send(Array("GET /codes/".utf8) + bytes + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(try client.receive().problem?.name == "bad-request")
    }

    @Test(
        "escapes and letter case make no difference",
        arguments: [
            ("/codes/%35%35%30", "/codes/550"), ("/codes/5%350", "/codes/550"),
            ("/codes/%35%35%30?pretty", "/codes/550?pretty"),
            ("/enhanced/5%2e1%2E1", "/enhanced/5.1.1"), ("/enhanced/%78.1.1", "/enhanced/x.1.1"),
            ("/enhanced/X.1.1", "/enhanced/x.1.1"), ("/providers/GOOGLE", "/providers/google"),
            ("/providers/%67oogl%65", "/providers/google"), ("/categories/MAILBOX-FULL", "/categories/mailbox-full"),
            ("/categories/mailbox%2dfull", "/categories/mailbox-full"), ("/codes?q=%6Dailbox", "/codes?q=mailbox"),
            ("/codes?", "/codes"), ("/codes?%71=mailbox", "/codes?q=mailbox"),
        ])
    func escaped(target: String, plain: String) throws {
        let client = try shared.client()
        let reply = try client.ask("GET", target)
        #expect(reply.status == 200)
        #expect(try reply.body == client.ask("GET", plain).body)
    }

    @Test("UTF-8 beyond ASCII reaches the route", arguments: ["%C3%A9", "%F0%9F%92%8C"])
    func utf8(parameter: String) throws {
        #expect(try shared.ask("GET", "/codes/\(parameter)").problem?.name == "malformed-code")
        #expect(try shared.ask("GET", "/providers/\(parameter)").status == 404)
    }

    @Test(
        "a target in absolute form is taken by its path",
        arguments: [
            ("http://localhost/codes/550", "/codes/550"), ("http://other.example:81/codes/550", "/codes/550"),
            ("https://localhost/codes/%35%35%30", "/codes/550"), ("http://localhost/codes?class=5", "/codes?class=5"),
            ("http://localhost", "/"), ("http://localhost/", "/"), ("http://localhost?pretty", "/?pretty"),
        ])
    func absoluteForm(target: String, plain: String) throws {
        let client = try shared.client()
        let reply = try client.ask("GET", target)
        #expect(reply.status == 200)
        #expect(try reply.body == client.ask("GET", plain).body)
    }

    @Test("a scheme in capitals is the same scheme (RFC 3986, section 3.1)")
    func schemeInCapitals() throws {
        try #expect(shared.ask("GET", "HTTP://localhost/codes/550").status == 200)
    }

    @Test(
        "a path that resembles a route is not found",
        arguments: [
            "//codes", "/codes//550", "//codes/550/", "/codes/550//", "/CODES/550", "/CODES/550/", "/code", "/codes550",
            "/codes/./550",
            "/..", "/codes;x",
            "/explain/x", "/%63odes/550",
        ])
    func notFound(path: String) throws {
        let reply = try shared.ask("GET", path)
        #expect(reply.problem?.name == "not-found")
        #expect(reply["Location"] == nil)
    }

    @Test(
        "a slash at the end redirects to the path without it, whatever the method, and keeps the query",
        arguments: [
            ("GET", "/codes/", "/codes"), ("GET", "/codes/550/", "/codes/550"), ("HEAD", "/codes/550/", "/codes/550"),
            ("GET", "/codes/?class=5&q=a/", "/codes?class=5&q=a/"),
            ("GET", "/enhanced/5.1.1/?pretty", "/enhanced/5.1.1?pretty"),
            ("GET", "/codes/%35%35%30/", "/codes/%35%35%30"), ("GET", "/healthz/", "/healthz"), ("GET", "//", "/"),
            ("GET", "http://other.example/codes/550/", "/codes/550"), ("POST", "/explain/?summary", "/explain?summary"),
        ])
    func slash(method: String, target: String, location: String) throws {
        let client = try shared.client()
        let reply =
            try method == "POST"
            ? client.post(target, ["Content-Type: text/plain"], "550") : client.ask(method, target)
        #expect(reply.status == 308)
        #expect(reply["Location"] == location)
        #expect(method == "HEAD" || reply.problem?.name == "moved")
        #expect(try client.ask("GET", "/healthz").status == 200)
    }
}
