import Testing

@testable import SMTPCodesAPI

@Suite("the index")
struct IndexRouteTests {
    private func answer(_ accept: String?, query: String? = nil) -> Response {
        service.answer(Request(route: .index, path: "/", query: query, accept: accept))
    }

    @Test(
        "who names HTML and likes it no less than JSON gets the page",
        arguments: [
            "text/html",
            "TEXT/HTML",
            "text/html;q=0.5",
            "text/html ; charset=utf-8 ; q=0.5",
            "text/html, application/json",
            "application/json;q=0.8, text/html;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
        ])
    func page(accept: String) {
        let response = answer(accept)
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.text.hasPrefix("<!DOCTYPE html>\n"))
    }

    @Test(
        "anybody else gets JSON",
        arguments: [
            nil,
            "",
            "*/*",
            "text/*",
            "application/json",
            "application/json, text/plain, */*",
            "application/json, text/html;q=0.9",
            "text/html;q=0",
            "text/html;q=0.000, */*",
            "text/html;q=much",
            "text/html;q=nan",
            "text/htmlx, x-text/html",
            "application/xml;a=text/html",
            ",;,=,",
        ])
    func json(accept: String?) {
        let response = answer(accept)
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "application/json")
        #expect(response.bytes == service.get("/").bytes)
    }

    @Test("caches are told to keep page and JSON apart", arguments: ["text/html", "*/*"])
    func caching(accept: String) {
        #expect(answer(accept)["Vary"] == "Accept")
    }

    @Test("the JSON is kept as long as the catalog")
    func keptJSON() {
        #expect(answer("*/*")["Cache-Control"] == "public, max-age=3600")
    }

    @Test("a parameter that the index does not take is refused, but not to browsers, whose links carry such")
    func unknownParameter() {
        #expect(answer("application/json", query: "q=550").status == 400)
        #expect(answer("text/html", query: "utm_source=x&%zz").status == 200)
    }
}
