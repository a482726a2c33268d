import CEmbedded
import FoundationEssentials

/// `GET /`: what there is, as JSON, and the lookup page for browsers.
enum IndexRoute {
    struct Answer: Encodable {
        struct Item: Encodable {
            let description: String
            let method: String
            let path: String
        }

        let documentation = "/openapi.yaml"
        let name = "smtp-codes"
        let routes = Route.allCases.map { route in
            Item(description: route.summary, method: route == .explain ? "POST" : "GET", path: route.rawValue)
        }
        let version = Service.version
    }

    /// Caches keep the two answers apart.
    static let vary = Response.Header(name: "Vary", value: "Accept")

    // MARK: - The page

    /// Does a client with this Accept want the page? It has to name `text/html`, as browsers do, and to like it
    /// no less than JSON: a mere `*/*`, as curl sends it, gets JSON.
    static func wantsPage(_ accept: String?) -> Bool {
        guard let accept, let html = quality(of: "text/html", in: accept), html > 0 else { return false }
        return html >= quality(of: "application/json", in: accept) ?? 0
    }

    /// How much a client likes a media type that its Accept names (RFC 9110, section 12.5.1); nil where it does
    /// not name it. A weight that is not a number is none.
    private static func quality(of type: String, in accept: String) -> Double? {
        for range in accept.lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard parts.first == type else { continue }
            guard let weight = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) else { return 1 }
            return Double(weight.dropFirst(2)) ?? 0
        }
        return nil
    }
}
