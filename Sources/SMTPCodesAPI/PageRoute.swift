import CEmbedded
import FoundationEssentials

/// The lookup page: its document for browsers at `/`, its style and scripts at `GET /page/{file}`.
enum PageRoute {
    static let paths = files.keys.filter { $0 != "page.html" }.map { "/page/" + $0 }

    static var document: Response {
        Response(headers: [html, revalidated, IndexRoute.vary, policy], body: .whole(files["page.html"]!))
    }

    static func file(_ name: String) throws(Problem) -> Response {
        guard name != "page.html", let bytes = files[name] else {
            throw .notFound("The lookup page has no file \"\(name)\".")
        }
        let type = name.hasSuffix(".css") ? css : javaScript
        return Response(headers: [type, revalidated, policy], body: .whole(bytes))
    }

    private static let files = Dictionary(
        uniqueKeysWithValues: UnsafeBufferPointer(start: embedded_page_files(), count: embedded_page_file_count()).map {
            (String(cString: $0.name), Data(bytes: $0.bytes, count: $0.size))
        })

    private static let css = Response.Header(name: "Content-Type", value: "text/css; charset=utf-8")
    private static let html = Response.Header(name: "Content-Type", value: "text/html; charset=utf-8")
    private static let javaScript = Response.Header(name: "Content-Type", value: "text/javascript; charset=utf-8")

    /// The files fit together: no cache may serve some of them from before a new version. An ETag makes that cheap.
    private static let revalidated = Response.Header(name: "Cache-Control", value: "no-cache")

    /// Allows the page its own files and requests to this service. A worker gets its policy with its script, so
    /// that scripts carry it as well.
    private static let policy = Response.Header(
        name: "Content-Security-Policy",
        value: """
            default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; \
            img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """)
}
