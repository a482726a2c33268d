/// Every path of the service. A new route is a case here, its lines below, and its answer in ``Service``.
package enum Route: String, CaseIterable {
    case index = "/"
    case codes = "/codes"
    case code = "/codes/{code}"
    case enhanced = "/enhanced"
    case enhancedCode = "/enhanced/{code}"
    case providers = "/providers"
    case provider = "/providers/{name}"
    case categories = "/categories"
    case category = "/categories/{name}"
    case search = "/search"
    case explain = "/explain"
    case page = "/page/{file}"
    case openAPI = "/openapi.yaml"
    case healthz = "/healthz"
    case readyz = "/readyz"
    case metrics = "/metrics"

    var isPost: Bool { self == .explain }

    /// The parameters of the query that the route takes, beside `pretty`.
    var parameters: [String] {
        switch self {
        case .codes: ["class", "q"]
        case .search: ["q"]
        case .enhanced: ["class", "subject", "q"]
        case .explain: ["each", "summary"]
        default: []
        }
    }

    /// One line for the index.
    var summary: String {
        switch self {
        case .index: "This index."
        case .codes: "Every reply code; ?class=2..5 and ?q=words narrow it."
        case .code: "One reply code, as /codes/550."
        case .enhanced: "Every enhanced code; ?class=, ?subject=0..7 and ?q=words narrow it."
        case .enhancedCode: "One enhanced code, as /enhanced/5.1.1; x.1.1 stands for any class."
        case .providers: "The receivers and filters whose own codes we know."
        case .provider: "What one provider means by its codes, as /providers/google."
        case .categories: "What can have happened, and what to do about it."
        case .category: "One category, as /categories/mailbox-full."
        case .search: "Searches all of it by number or words: ?q=5.1.1, ?q=user+unknown."
        case .explain: "Explains replies and bounces: post plain text, JSON, NDJSON or a message."
        case .page: "What the page for browsers, at /, is made of."
        case .openAPI: "The description of this API, OpenAPI 3.1."
        case .healthz: "Is the process alive?"
        case .readyz: "Does it take requests? 503 while it shuts down."
        case .metrics: "What the service counts, in the text format of Prometheus."
        }
    }
}
