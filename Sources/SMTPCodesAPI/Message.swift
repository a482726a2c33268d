import FoundationEssentials

/// What a client asked, past the router.
package struct Request {
    /// Why no route takes the request as it stands; nil where one does.
    package enum Fault {
        case notFound, moved, methodNotAllowed, badPath, lengthRequired, bodyTooLarge, bodiesTooLarge
        /// Of the request itself, whatever its route; with what is wrong in words.
        case badRequest(String)
        case notImplemented(String)
        /// In bytes.
        case targetTooLong(limit: Int)
        case headersTooLarge(limit: Int)
    }

    package var fault: Fault?
    /// Nil where no template matches the path.
    package var route: Route?
    /// As sent, without the query.
    package var path: String
    package var parameter: String?
    /// As sent.
    package var query: String?
    package var contentType: String?
    package var contentEncoding: String?
    /// As sent; nil where absent, and on routes whose answers do not depend on it.
    package var accept: String?
    /// For the route that tells them; nil elsewhere.
    package var statistics: Statistics?
    /// Valid while the request is being answered; it may borrow the server's memory.
    package var body = Data()
    /// Counts so many more bytes towards the server's memory until the response is sent; false where there is no room.
    /// Valid as long as the body.
    package var hold: (Int) -> Bool = { _ in true }

    /// Has the body another coding than none (RFC 9110, section 8.4)?
    var isCompressed: Bool { !["", "identity"].contains(contentEncoding?.lowercased() ?? "") }

    package init(
        fault: Fault? = nil, route: Route?, path: String, parameter: String? = nil, query: String? = nil,
        contentType: String? = nil, contentEncoding: String? = nil, accept: String? = nil, body: Data = Data()
    ) {
        self.fault = fault
        self.route = route
        self.path = path
        self.parameter = parameter
        self.query = query
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.accept = accept
        self.body = body
    }
}

/// What the service answers.
package struct Response {
    package struct Header {
        let name: StaticString
        let value: StaticString
        /// Whether a 304 has it as well: its client keeps the others of the answer that it has (RFC 9110, section 15.4.5).
        let isIn304: Bool

        init(name: StaticString, value: StaticString) {
            self.name = name
            self.value = value
            // Browsers want to be allowed to see any answer.
            isIn304 = ["Cache-Control", "Vary", "Access-Control-Allow-Origin"].contains(name.description)
        }
    }

    package enum Body {
        case whole(Data)
        case stream(any BodyStream)
    }

    package var status = 200
    package var headers: [Header]
    package var body: Body
}

/// A body that is made while it is sent.
package protocol BodyStream: AnyObject {
    /// Writes the next bytes into `buffer` and returns how many; 0 at the end, nil where there are none yet. Takes a few
    /// milliseconds at most: meanwhile nobody else on the thread is served.
    func next(into buffer: UnsafeMutableRawBufferPointer) -> Int?
}

extension BodyStream {
    /// All of it, as a client takes it who takes so many bytes at a time.
    package func forEachBlock(of size: Int = 16 << 10, _ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while case let count = next(into: buffer), count != 0 {
                body(UnsafeRawBufferPointer(rebasing: buffer[..<(count ?? 0)]))
            }
        }
    }
}

extension Response.Header {
    static let json = Self(name: "Content-Type", value: "application/json")
    static let problem = Self(name: "Content-Type", value: "application/problem+json")
    static let ndjson = Self(name: "Content-Type", value: "application/x-ndjson")
    static let prometheus = Self(name: "Content-Type", value: "text/plain; version=0.0.4; charset=utf-8")
    static let yaml = Self(name: "Content-Type", value: "application/yaml")
    /// The catalog changes with a new version of the service only.
    static let cacheable = Self(name: "Cache-Control", value: "public, max-age=3600")
    static let retrySoon = Self(name: "Retry-After", value: "1")
    /// Whatever a browser makes of an answer, it loads and runs nothing for it.
    static let loadsNothing = Self(
        name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'")
    static let noStore = Self(name: "Cache-Control", value: "no-store")
}
