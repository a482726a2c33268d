import Foundation
import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("every route")
struct ServiceTests {
    @Test("every path whose answer is said never to change answers 200")
    func constantPathsAnswer() {
        #expect(Service.constantPaths.count > 400)
        for path in Service.constantPaths {
            #expect(service.get(path).status == 200, "\(path)")
        }
    }

    @Test("two services give the same bytes, each at every asking")
    func bytesAreConstant() {
        let other = Service(maxBody: maxBody)
        let queries = ["/codes?class=5", "/enhanced?q=mailbox&pretty", "/codes/299", "/codes/abc", "/enhanced/5.1.999"]
        for target in Service.constantPaths + queries {
            let bytes = service.get(target).bytes
            #expect(bytes == service.get(target).bytes, "\(target)")
            #expect(bytes == other.get(target).bytes, "\(target)")
        }
        let batch = #"["550 5.1.1 No such user","452 4.2.2 Over quota","250 ok","421 4.7.0 greylisted"]"#
        #expect(service.explain(batch).bytes == other.explain(batch).bytes)
    }

    @Test("JSON has its keys in order, its slashes plain, and nothing is null", arguments: targets)
    func canonicalJSON(target: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let response = service.get(target)
        #expect(response.json != .absent)
        #expect(!response.json.hasNull)
        #expect(try response.bytes == encoder.encode(response.json))
    }

    @Test("pretty indents the same JSON", arguments: targets, ["pretty", "pretty=true", "pretty=1"])
    func prettyIndents(target: String, pretty: String) {
        let plain = service.get(target)
        let indented = service.get(target + (target.contains("?") ? "&" : "?") + pretty)
        #expect(!plain.text.contains("\n"))
        #expect(indented.text.hasPrefix("{\n  \""))
        #expect(indented.json == plain.json)
        #expect(indented.status == plain.status)
    }

    @Test("pretty can be said not to be wanted", arguments: ["/codes?pretty=false", "/codes?pretty=0"])
    func notPretty(target: String) {
        #expect(service.get(target).bytes == service.get("/codes").bytes)
    }

    @Test("what stays the same may be cached, what does not may not")
    func caching() {
        for target in ["/", "/codes", "/codes/550", "/enhanced/5.1.1", "/providers", "/categories", "/openapi.yaml"] {
            #expect(service.get(target)["Cache-Control"] == "public, max-age=3600", "\(target)")
        }
        for target in ["/healthz", "/readyz", "/codes/299", "/codes/abc", "/nothing"] {
            #expect(service.get(target)["Cache-Control"] == "no-store", "\(target)")
        }
        #expect(service.explain(#""550""#)["Cache-Control"] == "no-store")
        #expect(service.explain("", as: nil)["Cache-Control"] == "no-store")
    }

    @Test(
        "every link leads somewhere",
        arguments: ["/providers", "/categories", "/codes/299", "/enhanced/5.1.999", "/enhanced"])
    func linksLead(target: String) {
        let links = Set(service.get(target).json.all("href").map(\.string))
        #expect(!links.isEmpty)
        for link in links {
            #expect(service.get(link).status == 200, "\(link)")
        }
    }

    @Test("the index names every route, its method and what it is for")
    func index() {
        let answer = service.get("/").json
        #expect(answer["name"] == "smtp-codes")
        #expect(answer["version"] == .text(Server.version))
        #expect(answer["routes"].items.map { $0["path"].string } == Route.allCases.map(\.rawValue))
        for route in answer["routes"].items {
            #expect(route["method"] == (route["path"] == "/explain" ? "POST" : "GET"))
            #expect(!route["description"].string.isEmpty)
        }
        #expect(service.get(answer["documentation"].string).status == 200)
    }

    @Test("openapi.yaml is the file at the top of the repository")
    func openAPI() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let response = service.get("/openapi.yaml")
        #expect(response["Content-Type"] == "application/yaml")
        #expect(try response.bytes == Data(contentsOf: repository.appending(path: "openapi.yaml")))
    }

    @Test("while draining, readyz says so and healthz stays well")
    func draining() {
        let service = Service(maxBody: maxBody)
        #expect(service.get("/readyz").text == #"{"status":"ok"}"#)
        service.startDraining()
        let refused = service.get("/readyz")
        #expect(refused.status == 503)
        #expect(refused.json["type"] == "urn:smtp-codes:problem:draining")
        #expect(service.get("/healthz").text == #"{"status":"ok"}"#)
        #expect(service.get("/codes/550").status == 200)
    }

    private static let targets = [
        "/", "/codes", "/codes/550", "/codes?class=5", "/enhanced", "/enhanced/5.7.26", "/enhanced/x.1.1",
        "/enhanced/5.7.606", "/enhanced?q=mailbox", "/providers", "/providers/google", "/categories",
        "/categories/mailbox-full", "/healthz", "/readyz", "/codes/299", "/codes/abc", "/enhanced/5.1.999", "/nothing",
    ]
}
