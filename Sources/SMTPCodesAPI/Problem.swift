/// The only body of an error (RFC 9457).
struct Problem: Error, Encodable {
    /// For programs; never changes.
    let type: String
    let title: String
    /// The status line is made from this field, so the two cannot differ.
    let status: Int
    /// For people: what was wrong, and what would be right.
    let detail: String
    /// The path that was asked for.
    var instance: String?
    /// The entry that applies to a code that is not in the catalog.
    var nearest: Nearest?

    private init(_ name: String, _ title: String, _ status: Int, _ detail: String) {
        type = "urn:smtp-codes:problem:" + name
        self.title = title
        self.status = status
        self.detail = detail
    }

    static func malformedCode(_ detail: String) -> Problem { .init("malformed-code", "Malformed code", 400, detail) }
    static func malformedPath(_ detail: String) -> Problem { .init("malformed-path", "Malformed path", 400, detail) }
    static func malformedQuery(_ detail: String) -> Problem { .init("malformed-query", "Malformed query", 400, detail) }
    static func malformedBody(_ detail: String) -> Problem { .init("malformed-body", "Malformed body", 400, detail) }
    static func unknownCode(_ detail: String, nearest: Nearest) -> Problem {
        var problem = Problem("unknown-code", "Unknown code", 404, detail)
        problem.nearest = nearest
        return problem
    }
    static func notFound(_ detail: String) -> Problem { .init("not-found", "Not found", 404, detail) }
    static let methodNotAllowed = Problem(
        "method-not-allowed", "Method not allowed", 405, "The header Allow lists the methods that this path takes.")
    static let lengthRequired = Problem(
        "length-required", "Length required", 411,
        "Send a body, with Content-Length or with Transfer-Encoding: chunked.")
    static func bodyTooLarge(limit: Int) -> Problem {
        .init("body-too-large", "Body too large", 413, "The body is larger than \(limit) bytes. Send it in parts.")
    }
    static func unsupportedMediaType(_ type: String) -> Problem {
        .init(
            "unsupported-media-type", "Unsupported media type", 415,
            "The content type \(type) is not one of those in Accept-Post.")
    }
    static let draining = Problem(
        "draining", "Draining", 503, "This replica is shutting down and takes no new work. Ask another one.")
}
