import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("GET /search")
struct SearchRouteTests {
    @Test(
        "the best comes first",
        arguments: [
            ("5.1.1", "/enhanced/5.1.1", "enhanced-code"), ("x.7.26", "/enhanced/x.7.26", "enhanced-code"),
            ("5.7.610", "/enhanced/5.7.610", "enhanced-code"), ("550", "/codes/550", "reply-code"),
            ("571", "/codes/571", "reply-code"), ("TSS04", "/providers/yahoo", "provider-code"),
            ("gmail", "/providers/google", "provider"), ("greylisted", "/categories/greylisted", "phrase"),
            ("user+unknown", "/categories/unknown-recipient", "phrase"),
            ("mailbox%20full", "/categories/mailbox-full", "phrase"), ("+550+", "/codes/550", "reply-code"),
        ])
    func best(query: String, href: String, kind: String) {
        let first = service.get("/search?q=\(query)").json["results"][0]
        #expect(first["href"].string == href)
        #expect(first["kind"].string == kind)
    }

    @Test("each result has what the design names, and leads to an answer", arguments: ["mailbox", "spf", "5.7.1"])
    func whole(query: String) {
        let answer = service.get("/search?q=\(query)").json
        #expect(answer.names == ["count", "results"])
        #expect(answer["count"] == .number(answer["results"].items.count))
        #expect((1...50).contains(answer["results"].items.count))
        for result in answer["results"].items {
            #expect(result.names.union(["category"]) == ["category", "href", "kind", "meaning", "title"])
            #expect(service.get(result["href"].string).status == 200)
        }
    }

    @Test("every word has to be found, in any order and letter case")
    func words() {
        let (one, other) = (service.get("/search?q=SPF+failed").json, service.get("/search?q=failed+spf").json)
        #expect(one["count"] != .number(0))
        #expect(one["count"] == other["count"])
        #expect(service.get("/search?q=spf+zyzzyva").json["count"] == .number(0))
    }

    @Test("a search for nothing, or for too much, is refused", arguments: ["/search", "/search?q=", "/search?q=+++"])
    func nothing(target: String) {
        #expect(service.get(target).status == 400)
        let many = (0..<17).map { "w\($0)" }.joined(separator: "+")
        #expect(service.get("/search?q=\(many)").status == 400)
    }

    @Test(
        "a name that is nearly right has the right one beside the problem",
        arguments: [
            ("/providers/gogle", "Google"), ("/providers/gmial", "Google"), ("/providers/orang", "Orange"),
            ("/categories/mailbox-ful", "mailbox-full"), ("/categories/greylist", "greylisted"),
        ])
    func nearest(path: String, name: String) {
        let response = service.get(path)
        #expect(response.status == 404)
        #expect(response.json["nearest"]["name"].string == name)
        #expect(service.get(response.json["nearest"]["href"].string).status == 200)
    }

    @Test("a name like no other has none", arguments: ["/providers/zyzzyva", "/categories/zyzzyva", "/providers/!"])
    func noNearest(path: String) {
        #expect(service.get(path).json["nearest"] == .absent)
        #expect(service.get("/providers/" + String(repeating: "a", count: 4000)).json["nearest"] == .absent)
    }

    @Test("a code of the other kind is shown the way")
    func otherKind() {
        #expect(service.get("/codes/5.1.1").json["detail"].string.contains("/enhanced/5.1.1"))
        #expect(service.get("/enhanced/550").json["detail"].string.contains("/codes/550"))
        #expect(service.get("/enhanced?q=5.1.1").json["codes"][0]["code"] == "x.1.1")
    }

    @Test(
        "letters put in, left out or replaced are counted",
        arguments: [("", "abc", 3), ("kitten", "sitting", 3), ("a", "a", 0)])
    func distance(a: String, b: String, expected: Int) {
        #expect(Spelling.distance(Array(a.utf8), Array(b.utf8)) == expected)
    }
}
