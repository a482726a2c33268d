import Foundation
import Testing

@testable import SMTPCodesAPI

@Suite("the files of the lookup page")
struct PageRouteTests {
    private let document = service.answer(Request(route: .index, path: "/", accept: "text/html"))

    /// Those that the document names, and those that its scripts import.
    private func named() throws -> Set<String> {
        let texts = [document.text] + PageRoute.paths.map { service.get($0).text }
        let names = texts.joined().matches(of: #/"(?:/page|\.)/([\w-]+\.(?:css|js))"/#).map { String($0.1) }
        return Set(names)
    }

    @Test("each file that the page names is served, and no other one")
    func files() throws {
        #expect(try named() == Set(PageRoute.paths.map { String($0.dropFirst("/page/".count)) }))
        #expect(PageRoute.paths.count > 2)
    }

    @Test("a file has the media type that browsers ask for before they run or apply it", arguments: PageRoute.paths)
    func type(path: String) {
        let type = path.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
        #expect(service.get(path).status == 200)
        #expect(service.get(path)["Content-Type"] == type)
    }

    @Test("caches ask each time, so that nobody gets files of two versions")
    func caching() {
        for answer in [document] + PageRoute.paths.map(service.get) { #expect(answer["Cache-Control"] == "no-cache") }
    }

    @Test("the page and its worker may load its own files, ask this service, and nothing else")
    func policy() {
        for answer in [document] + PageRoute.paths.map(service.get) {
            #expect(
                answer["Content-Security-Policy"]?.split(separator: "; ") == [
                    "default-src 'none'", "script-src 'self'", "style-src 'self'", "worker-src 'self'",
                    "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'",
                    "frame-ancestors 'none'",
                ])
        }
    }

    @Test(
        "other names are not found",
        arguments: ["nothing.js", "page", "PAGE.JS", "page.html", "..", "%2e%2e", "page.js "])
    func unknown(name: String) {
        #expect(service.get("/page/" + name).status == 404)
    }

    @Test("the page is smaller than 120 KB before compression")
    func size() {
        let all = [document] + PageRoute.paths.map(service.get)
        #expect(all.reduce(0) { $0 + $1.bytes.count } < 120_000)
    }
}
