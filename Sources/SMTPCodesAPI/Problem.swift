/// The only body of an error (RFC 9457).
struct Problem: Error, JSONObject {
    /// For programs; never changes.
    let type: String
    let title: String
    /// The status line is made from this field, so the two cannot differ.
    let status: Int
    /// For people: what was wrong, and what would be right.
    private(set) var detail: String
    /// The path that was asked for.
    var instance: String?
    /// The entry that applies to a code that is not in the catalog.
    var nearest: Nearest?
    /// Of one reply among many: its line in NDJSON, from 1, or its place in a batch, from 0.
    private(set) var line: Int?
    private(set) var index: Int?
    /// The client's own name for that reply.
    private(set) var id: String?

    enum Place {
        case line(Int)
        case index(Int)
    }

    /// The same, of one reply among many.
    func of(_ place: Place, id: String? = nil) -> Problem {
        var problem = self
        problem.id = id
        switch place {
        case .line(let line):
            problem.line = line
            problem.detail = "Line \(line): \(detail)"
        case .index(let index): problem.index = index
        }
        return problem
    }

    func write(to members: inout some JSONMembers) throws {
        try members.add(.detail, detail)
        if let id { try members.add(.id, id) }
        if let index { try members.add(.index, index) }
        if let instance { try members.add(.instance, instance) }
        if let line { try members.add(.line, line) }
        if let nearest { try members.add(.nearest, value: nearest) }
        try members.add(.status, status)
        try members.add(.title, kept: title)
        try members.add(.type, kept: type)
    }

    private init(_ name: String, _ title: String, _ status: Int, _ detail: String) {
        type = "urn:smtp-codes:problem:" + name
        self.title = title
        self.status = status
        self.detail = detail
    }

    static func badRequest(_ detail: String) -> Problem { .init("bad-request", "Bad request", 400, detail) }
    static func malformedCode(_ detail: String) -> Problem { .init("malformed-code", "Malformed code", 400, detail) }
    static func malformedPath(_ detail: String) -> Problem { .init("malformed-path", "Malformed path", 400, detail) }
    static func malformedQuery(_ detail: String) -> Problem { .init("malformed-query", "Malformed query", 400, detail) }
    static func malformedBody(_ detail: String) -> Problem { .init("malformed-body", "Malformed body", 400, detail) }
    static func unknownCode(_ detail: String, nearest: Nearest) -> Problem {
        var problem = Problem("unknown-code", "Unknown code", 404, detail)
        problem.nearest = nearest
        return problem
    }
    /// A provider or category that nobody has, and the one that was perhaps meant.
    static func unknownName(_ detail: String, nearest: Nearest?) -> Problem {
        var problem = notFound(detail)
        problem.nearest = nearest
        return problem
    }
    static func notFound(_ detail: String) -> Problem { .init("not-found", "Not found", 404, detail) }
    static func moved(_ path: String) -> Problem {
        .init("moved", "Moved", 308, "\(path) is found without the slash at its end.")
    }
    static func methodNotAllowed(_ path: String, takes methods: String) -> Problem {
        .init("method-not-allowed", "Method not allowed", 405, "\(path) takes \(methods).")
    }
    static let lengthRequired = Problem(
        "length-required", "Length required", 411,
        "Send a body, with Content-Length or with Transfer-Encoding: chunked.")
    static func bodyTooLarge(limit: Int) -> Problem {
        .init("body-too-large", "Body too large", 413, "The body is larger than \(limit) bytes. Send it in parts.")
    }
    static let bodiesTooLarge = Problem(
        "bodies-too-large", "Too many bodies", 503,
        "The requests of all clients together are too large at the moment. Send this one again a little later.")
    static func targetTooLong(limit: Int) -> Problem {
        .init("target-too-long", "URI too long", 414, "The request target is longer than \(limit) bytes.")
    }
    static func unsupportedMediaType(_ type: String) -> Problem {
        .init(
            "unsupported-media-type", "Unsupported media type", 415,
            "The content type \(type.shortened) is none of \(ExplainRoute.accepted.value).")
    }
    static func unsupportedContentCoding(_ coding: String) -> Problem {
        .init(
            "unsupported-content-coding", "Unsupported content coding", 415,
            "The content coding \(coding.shortened) is not read here; gzip is. Or send the body as it is.")
    }
    static let noText = Problem(
        "no-text", "No text", 415,
        "The body is no text in UTF-8, but binary data. If it is compressed, say so: Content-Encoding: gzip.")
    static func headersTooLarge(limit: Int) -> Problem {
        .init(
            "headers-too-large", "Request header fields too large", 431,
            "The request line and headers are larger than \(limit) bytes.")
    }
    static func notImplemented(_ detail: String) -> Problem { .init("not-implemented", "Not implemented", 501, detail) }
    static let draining = Problem(
        "draining", "Draining", 503, "This replica is shutting down and takes no new work. Ask another one.")
}
