import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("problems")
struct ProblemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let request: @Sendable () -> Response
        let instance: String
        let status: Int
        let name: String
        let testDescription: String

        /// A GET.
        init(_ target: String, _ status: Int, _ name: String) {
            self.init("GET \(target)", String(target.prefix { $0 != "?" }), status, name) { service.get(target) }
        }

        /// A body for /explain.
        init(post body: String, as type: String?, _ status: Int, _ name: String) {
            self.init("POST \(type ?? "no type") \(body)", "/explain", status, name) { service.explain(body, as: type) }
        }

        /// What the router found.
        init(_ fault: Request.Fault, _ route: Route?, _ path: String, _ status: Int, _ name: String) {
            self.init("\(fault) \(path)", path, status, name) {
                service.answer(Request(fault: fault, route: route, path: path))
            }
        }

        private init(
            _ description: String, _ instance: String, _ status: Int, _ name: String,
            _ request: @escaping @Sendable () -> Response
        ) {
            testDescription = description
            self.instance = instance
            self.status = status
            self.name = name
            self.request = request
        }
    }

    static let cases: [Case] = [
        Case("/nothing", 404, "not-found"),
        Case(.moved, .codes, "/codes/", 308, "moved"),
        Case("/codes/550/text", 404, "not-found"),
        Case("/Codes", 404, "not-found"),
        Case("/providers/nobody", 404, "not-found"),
        Case("/categories/nothing", 404, "not-found"),
        Case("/codes/299", 404, "unknown-code"),
        Case("/enhanced/5.1.999", 404, "unknown-code"),
        Case("/codes/abc", 400, "malformed-code"),
        Case("/enhanced/5.1", 400, "malformed-code"),
        Case("/codes?class=6", 400, "malformed-query"),
        Case("/codes/550?class=5", 400, "malformed-query"),
        Case(.badPath, .code, "/codes/%zz", 400, "malformed-path"),
        Case(.methodNotAllowed, .explain, "/explain", 405, "method-not-allowed"),
        Case(.lengthRequired, .explain, "/explain", 411, "length-required"),
        Case(.bodyTooLarge, .explain, "/explain", 413, "body-too-large"),
        Case(.badRequest("There is more than one Host."), nil, "/", 400, "bad-request"),
        Case(.notImplemented("The only transfer coding here is chunked."), nil, "/", 501, "not-implemented"),
        Case(.targetTooLong(limit: 8192), nil, "/", 414, "target-too-long"),
        Case(.headersTooLarge(limit: 16384), nil, "/", 431, "headers-too-large"),
        Case(post: "", as: nil, 400, "malformed-body"),
        Case(post: " \r\n\t", as: "text/plain", 400, "malformed-body"),
        Case(post: "{", as: "application/json", 400, "malformed-body"),
        Case(post: "{}", as: "application/json", 400, "malformed-body"),
        Case(post: "550", as: "image/png", 415, "unsupported-media-type"),
        Case(post: "550", as: "text/html", 415, "unsupported-media-type"),
        Case(post: "550", as: "nonsense", 415, "unsupported-media-type"),
    ]

    @Test("a problem is told as RFC 9457 has it, for programs and for people", arguments: cases)
    func isWhole(it: Case) {
        let response = it.request()
        let problem = response.json
        #expect(response.status == it.status)
        #expect(response["Content-Type"] == "application/problem+json")
        #expect(problem["status"] == .number(it.status))
        #expect(problem["type"] == .text("urn:smtp-codes:problem:" + it.name))
        #expect(problem["instance"] == .text(it.instance))
        #expect(!problem["title"].string.isEmpty)
        #expect(problem["detail"].string.count > 20)
        #expect(problem.names.subtracting(["nearest"]) == ["detail", "instance", "status", "title", "type"])
        #expect((problem["nearest"] == .absent) == (it.name != "unknown-code"))
    }

    @Test("one type has one title and one status")
    func typesAreConsistent() {
        let pairs = Dictionary(grouping: Self.cases.map { $0.request().json }) { $0["type"].string }
        for (type, problems) in pairs {
            #expect(Set(problems.map { $0["title"].string }).count == 1, "\(type)")
            #expect(Set(problems.map { "\($0["status"])" }).count == 1, "\(type)")
        }
    }

    @Test("a body too large is told the limit")
    func limitIsNamed() {
        let response = service.answer(Request(fault: .bodyTooLarge, route: .explain, path: "/explain"))
        #expect(response.json["detail"].string.contains("\(maxBody)"))
    }

    @Test("an unsupported type is told those that are")
    func acceptedTypesAreNamed() throws {
        let response = service.explain("550", as: "Image/PNG; q=1")
        let accepted = try #require(response["Accept-Post"]).split(separator: ", ").map(String.init)
        #expect(response.json["detail"].string.contains("image/png"))
        #expect(accepted.contains("application/json"))
        for type in accepted {
            #expect(service.explain("\"550 5.1.1 No such user\"", as: type).status == 200, "\(type)")
        }
    }

    @Test(
        "a query that has no effect as written is refused, and told what would",
        arguments: [
            ("/codes?class=1", "2, 3, 4, 5"), ("/codes?class=6", "2, 3, 4, 5"), ("/codes?class=", "2, 3, 4, 5"),
            ("/codes?class", "2, 3, 4, 5"), ("/codes?class=55", "2, 3, 4, 5"), ("/codes?class=+5", "2, 3, 4, 5"),
            ("/codes?class=5yz", "2, 3, 4, 5"), ("/codes?class=５", "2, 3, 4, 5"), ("/enhanced?class=3", "2, 4, 5"),
            ("/enhanced?class=x", "2, 4, 5"), ("/enhanced?subject=8", "0, 1, 2, 3, 4, 5, 6, 7"),
            ("/enhanced?subject=-1", "0, 1, 2, 3, 4, 5, 6, 7"), ("/codes?subject=1", "class, q, pretty"),
            ("/codes?clas=5", "class, q, pretty"), ("/codes?Class=5", "class, q, pretty"),
            ("/codes?=5", "class, q, pretty"), ("/codes/550?q=x", "pretty"), ("/healthz?x", "pretty"),
            ("/codes?class=5&class=5", "twice"), ("/codes?pretty&pretty", "twice"),
            ("/codes?cl%61ss=5&class=5", "twice"),
            ("/codes?pretty=maybe", "true or false"), ("/codes?q=%", "escape"), ("/codes?q=%2", "escape"),
            ("/codes?q=%zz", "escape"), ("/codes?q=%+1", "escape"), ("/codes?%zz=1", "escape"),
            ("/codes?q=%ff", "UTF-8"), ("/codes?q=%c0%af", "UTF-8"), ("/codes?q=%ed%a0%80", "UTF-8"),
            ("/codes?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "17 different words; the most is 16"),
        ])
    func badQuery(target: String, told: String) {
        let response = service.get(target)
        #expect(response.status == 400)
        #expect(response.json["type"] == "urn:smtp-codes:problem:malformed-query")
        #expect(response.json["detail"].string.contains(told), "\(response.json["detail"])")
    }

    @Test(
        "what a client wrote is named in 64 bytes at most, and no character in part",
        arguments: [
            "/codes?\(long)=1", "/codes?class=\(long)", "/codes?q=\(long)%zz", "/codes/\(long)", "/enhanced/\(long)",
            "/providers/\(long)", "/categories/\(long)",
        ])
    func longNamesAreCut(target: String) {
        let detail = service.get(target).json["detail"].string
        #expect(detail.contains("\(String(repeating: "é", count: 30))…"), "\(detail)")
        #expect(detail.utf8.count < 300)
    }

    private static let long = String(repeating: "é", count: 33)

    @Test("the name of an unknown member is told in 64 bytes at most")
    func longMembersAreCut() {
        let detail = service.explain(#"{"\#(Self.long)":1}"#).json["detail"].string
        #expect(detail.hasPrefix("\"\(String(repeating: "é", count: 30))…\" is none of"), "\(detail)")
    }

    @Test(
        "escapes in a query are undone, in names and values",
        arguments: ["/codes?class=%35", "/codes?%63lass=5", "/codes?&class=5&", "/codes?class=5&q=%20"])
    func escapedQuery(target: String) {
        #expect(service.get(target).bytes == service.get("/codes?class=5").bytes)
    }
}
