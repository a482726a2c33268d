import FoundationEssentials

/// What a client asked, past the router.
struct Request {
    /// Why no route takes the request as it stands; nil where one does.
    enum Fault {
        case notFound, methodNotAllowed, badPath, lengthRequired, bodyTooLarge
    }

    var fault: Fault?
    /// Nil where no template matches the path.
    var route: Route?
    /// As sent, without the query.
    var path: String
    var parameter: String?
    /// As sent.
    var query: String?
    var contentType: String?
    /// Valid while the request is being answered; it may borrow the server's memory.
    var body = Data()
}

/// What the service answers.
struct Response {
    struct Header {
        let name: StaticString
        let value: StaticString
    }

    enum Body {
        case whole(Data)
        case stream(any BodyStream)
    }

    var status = 200
    var headers: [Header]
    var body: Body
}

/// A body that is made while it is sent.
protocol BodyStream: AnyObject {
    /// Writes the next bytes into `buffer` and returns how many; 0 at the end. Takes a few milliseconds at
    /// most: meanwhile nobody else on the thread is served.
    func next(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension Response.Header {
    static let json = Self(name: "Content-Type", value: "application/json")
    static let problem = Self(name: "Content-Type", value: "application/problem+json")
    static let ndjson = Self(name: "Content-Type", value: "application/x-ndjson")
    static let yaml = Self(name: "Content-Type", value: "application/yaml")
    /// The catalog changes with a new version of the service only.
    static let cacheable = Self(name: "Cache-Control", value: "public, max-age=3600")
    static let noStore = Self(name: "Cache-Control", value: "no-store")
}
