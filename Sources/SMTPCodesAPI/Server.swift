import CHTTPServer
import FoundationEssentials
import Glibc
import SMTPExplain

/// The service on a socket: owns the C server and answers what it asks.
public final class Server: Sendable {
    public struct Configuration: Sendable {
        /// An address or a name; `::` takes IPv4 as well.
        public var host = "127.0.0.1"
        /// 0 picks a free one.
        public var port: UInt16 = 8080
        public var threads = 1
        /// In bytes.
        public var maxBody = 2 << 20
        /// Of all request bodies, and answers that their clients have not taken yet, at a time, in bytes.
        public var memory = 64 << 20
        public var maxConnections = 4096
        /// 0: no limit.
        public var maxConnectionsPerIP = 0
        /// Without a byte, in seconds.
        public var idleTimeout = 60
        /// From the first byte of a request to its last, in seconds.
        public var requestTimeout = 10
        /// In which a response must have been taken, in seconds; one more for each 64 KiB.
        public var responseTimeout = 30
        /// Nil: no TLS.
        public var certificate: Certificate?
        /// The operator's own.
        public var rules = Rules()
        /// Called for each request that was answered, on the server's threads; nil: not at all.
        public var accessLog: (@Sendable (Access) -> Void)?
        /// How many lines the log has lost so far, for `/metrics`; called on the server's threads.
        public var logLinesDropped: @Sendable () -> Int = { 0 }

        public init() {}
    }

    /// A certificate, with its chain, and its key; both PEM.
    public struct Certificate: Sendable {
        let certificate: String
        let key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// A request that was answered, without anything that a client wrote but its request id.
    public struct Access: Sendable {
        public let method: String
        /// The template, as `/codes/{code}`; nil where no route takes the path.
        public let route: String?
        public let status: Int
        /// Of the body.
        public let bytes: Int
        public let microseconds: Int
        /// From X-Request-Id, or the trace id of traceparent.
        public let requestID: String?
    }

    /// Why the server did not start.
    public enum StartError: Error, Equatable {
        case badHost, addressInUse, notPermitted, badCertificate, outOfMemory
        /// With the text of errno.
        case system(String)
    }

    public static let version = Service.version

    /// The libmicrohttpd that runs, which need not be the one that this was built with.
    public static var libraryVersion: String { String(cString: chs_library_version()) }

    /// Do all tests pass with that libmicrohttpd?
    public static var libraryIsProven: Bool { chs_library_is_proven() }

    // The C server is made for use from several threads; the owner's calls come from one at a time.
    nonisolated(unsafe) private let server: OpaquePointer
    private let handler: Handler

    /// Listens and serves until the server is deinitialised.
    public init(_ configuration: Configuration) throws(StartError) {
        let service = Service(
            maxBody: configuration.maxBody, rules: configuration.rules, logLinesDropped: configuration.logLinesDropped)
        handler = Handler(service: service, accessLog: configuration.accessLog)
        // C borrows the handler, which this object keeps until chs_destroy has returned.
        let context = Unmanaged.passUnretained(handler).toOpaque()
        guard let server = Self.create(configuration, context) else { throw .outOfMemory }
        self.server = server
        // What throws from here on leaves the rest to deinit.
        try Self.keep(server)
        try Self.check(chs_start(server))
    }

    deinit {
        chs_destroy(server)
    }

    public var port: UInt16 { chs_port(server) }

    /// The most connections at a time: what was configured, or fewer if the process may not open as many.
    public var connectionLimit: Int { Int(chs_connection_limit(server)) }

    /// Explains by these rules from now on, requests in work aside.
    public func replace(rules: Rules) {
        handler.service.replace(rules: rules)
    }

    /// TLS handshakes get this certificate from now on; open connections keep what they began with. Throws, and goes
    /// on with the one it has, where that is none. Only for a server that began with one; one call at a time.
    public func replace(certificate: Certificate) throws(StartError) {
        try Self.check(chs_replace_certificate(server, certificate.certificate, certificate.key))
    }

    /// From now on `/readyz` answers 503, so that load balancers send no more; all else goes on.
    public func announceDrain() {
        handler.service.startDraining()
    }

    /// Stops listening and waits for the requests in flight, at most `timeout` seconds.
    /// Returns how many were still in flight.
    public func drain(timeout: Int) -> Int {
        announceDrain()
        return Int(chs_drain(server, UInt32(clamping: timeout * 1000)))
    }

    // MARK: - Making the C server

    private static let headers: [Response.Header] = [
        .init(name: "Access-Control-Allow-Origin", value: "*"),
        .init(name: "Access-Control-Expose-Headers", value: "ETag, Allow, Accept-Post, Retry-After, X-Request-Id"),
        .init(name: "Cross-Origin-Resource-Policy", value: "cross-origin"),
        .init(name: "Referrer-Policy", value: "no-referrer"),
        .init(name: "X-Content-Type-Options", value: "nosniff"),
    ]

    private static let preflight: [Response.Header] = [
        .init(
            name: "Access-Control-Allow-Headers",
            value: "Content-Type, Content-Encoding, If-None-Match, X-Request-Id, traceparent"),
        .init(name: "Access-Control-Max-Age", value: "86400"),
        .loadsNothing,
    ]

    private static func create(_ configuration: Configuration, _ context: UnsafeMutableRawPointer) -> OpaquePointer? {
        // The templates live for the call: chs_create copies them.
        let templates = Route.allCases.map { strdup($0.rawValue)! }
        defer { for template in templates { free(template) } }
        let routes = zip(Route.allCases, templates).map { route, template in
            chs_route(template: template, methods: UInt32(route.isPost ? CHS_POST : CHS_GET))
        }
        let certificate = configuration.certificate.map { strdup($0.certificate)! }
        let key = configuration.certificate.map { strdup($0.key)! }
        defer {
            free(certificate)
            free(key)
        }
        return configuration.host.withCString { host in
            headers.withCHeaders { headers, headerCount in
                preflight.withCHeaders { preflight, preflightCount in
                    routes.withUnsafeBufferPointer { routes in
                        var config = chs_config(
                            host: host, port: configuration.port, threads: UInt32(configuration.threads),
                            max_body: configuration.maxBody, memory: configuration.memory,
                            idle_timeout: UInt32(configuration.idleTimeout),
                            request_timeout: UInt32(configuration.requestTimeout),
                            response_timeout: UInt32(configuration.responseTimeout),
                            max_connections: UInt32(configuration.maxConnections),
                            max_connections_per_ip: UInt32(configuration.maxConnectionsPerIP),
                            tls_certificate: certificate, tls_key: key, routes: routes.baseAddress!,
                            route_count: routes.count, headers: headers, header_count: headerCount,
                            preflight: preflight, preflight_count: preflightCount, handler: handle,
                            log: configuration.accessLog == nil ? nil : log, context: context)
                        return chs_create(&config)
                    }
                }
            }
        }
    }

    private static func keep(_ server: OpaquePointer) throws(StartError) {
        for path in Service.constantPaths {
            try check(chs_keep(server, path))
            if path != Route.openAPI.rawValue { try check(chs_keep(server, path + "?pretty")) }
        }
    }

    private static func check(_ status: chs_status) throws(StartError) {
        switch status {
        case CHS_OK: return
        case CHS_BAD_HOST: throw .badHost
        case CHS_ADDRESS_IN_USE: throw .addressInUse
        case CHS_NOT_PERMITTED: throw .notPermitted
        case CHS_BAD_CERTIFICATE: throw .badCertificate
        case CHS_OUT_OF_MEMORY: throw .outOfMemory
        default: throw .system(String(cString: strerror(errno)))
        }
    }
}

/// What C calls.
private final class Handler: Sendable {
    let service: Service
    let accessLog: (@Sendable (Server.Access) -> Void)?

    init(service: Service, accessLog: (@Sendable (Server.Access) -> Void)?) {
        self.service = service
        self.accessLog = accessLog
    }
}

/// Called by C on its threads; nothing is thrown past it.
private func handle(_ context: UnsafeMutableRawPointer?, _ asked: UnsafePointer<chs_request>, _ exchange: OpaquePointer)
{
    let handler = Unmanaged<Handler>.fromOpaque(context!).takeUnretainedValue()
    let response = handler.service.answer(Request(asked.pointee, exchange))
    let status = UInt32(response.status)
    response.headers.withCHeaders { headers, count in
        switch response.body {
        case .whole(let body):
            if chs_is_kept(exchange) { offerGzip(of: body, exchange) }
            body.withUnsafeBytes { chs_respond(exchange, status, headers, count, $0.baseAddress, $0.count) }
        case .stream(let stream):
            // C keeps the stream until it calls `release`.
            let context = Unmanaged.passRetained(StreamBox(stream)).toOpaque()
            chs_respond_stream(exchange, status, headers, count, produce, release, context)
        }
    }
}

/// Where it saves packets: an answer up to 1 KiB fits into one as it is.
private func offerGzip(of body: Data, _ exchange: OpaquePointer) {
    guard body.count > 1024, let gzip = Gzip.compressed(body), gzip.count < body.count else { return }
    gzip.withUnsafeBytes { chs_offer_gzip(exchange, $0.baseAddress!, $0.count) }
}

/// Called by C on its threads.
private func log(_ context: UnsafeMutableRawPointer?, _ entry: UnsafePointer<chs_log_entry>) {
    let handler = Unmanaged<Handler>.fromOpaque(context!).takeUnretainedValue()
    let it = entry.pointee
    handler.accessLog?(
        Server.Access(
            method: String(cString: it.method), route: Route(index: it.route)?.rawValue, status: Int(it.status),
            bytes: Int(it.bytes), microseconds: Int(it.microseconds),
            requestID: it.request_id.map { String(cString: $0) }))
}

/// A stream as C can hold it.
private final class StreamBox {
    let stream: any BodyStream

    init(_ stream: any BodyStream) { self.stream = stream }
}

private func produce(_ context: UnsafeMutableRawPointer, _ buffer: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
    let box = Unmanaged<StreamBox>.fromOpaque(context).takeUnretainedValue()
    return box.stream.next(into: UnsafeMutableRawBufferPointer(start: buffer, count: size)) ?? CHS_NOTHING_YET
}

private func release(_ context: UnsafeMutableRawPointer) {
    Unmanaged<StreamBox>.fromOpaque(context).release()
}

extension Request {
    /// Copies what it needs but for the body, which it borrows.
    fileprivate init(_ asked: chs_request, _ exchange: OpaquePointer) {
        fault =
            switch asked.fault {
            case CHS_NOT_FOUND: .notFound
            case CHS_MOVED: .moved
            case CHS_METHOD_NOT_ALLOWED: .methodNotAllowed
            case CHS_BAD_PATH: .badPath
            case CHS_LENGTH_REQUIRED: .lengthRequired
            case CHS_BODY_TOO_LARGE: .bodyTooLarge
            case CHS_NO_ROOM: .bodiesTooLarge
            case CHS_BAD_REQUEST: .badRequest(asked.reason.sentence)
            case CHS_NOT_IMPLEMENTED: .notImplemented(asked.reason.sentence)
            case CHS_TARGET_TOO_LONG: .targetTooLong(limit: CHS_MOST_TARGET)
            case CHS_HEADERS_TOO_LARGE: .headersTooLarge(limit: CHS_MOST_HEAD)
            default: nil
            }
        route = Route(index: asked.route)
        path = String(cString: asked.path)
        parameter = asked.parameter.map { String(cString: $0) }
        query = asked.query.map { String(cString: $0) }
        if route == .index { accept = chs_request_header(exchange, "Accept").map { String(cString: $0) } }
        if route == .metrics { statistics = Statistics(exchange) }
        guard asked.method == CHS_POST else { return }
        contentType = chs_request_header(exchange, "Content-Type").map { String(cString: $0) }
        contentEncoding = chs_request_header(exchange, "Content-Encoding").map { String(cString: $0) }
        if let bytes = asked.body {
            body = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: bytes), count: asked.body_length, deallocator: .none)
            hold = { chs_hold(exchange, $0) }
        }
    }
}

extension Route {
    /// Nil for C's index of requests without a route.
    fileprivate init?(index: Int) {
        guard index < Self.allCases.count else { return nil }
        self = Self.allCases[index]
    }
}

extension Statistics {
    /// Reads what C has counted.
    fileprivate init(_ exchange: OpaquePointer) {
        withUnsafeMutablePointer(to: &self) { statistics in
            chs_visit_counts(
                exchange,
                { context, count in
                    let it = count.pointee
                    context.assumingMemoryBound(to: Statistics.self).pointee.requests.append(
                        Requests(
                            method: String(cString: it.method), route: Route(index: it.route), status: Int(it.status),
                            count: it.count))
                }, statistics)
        }
        withUnsafeBytes(of: chs_duration_bounds) { bounds = Array($0.bindMemory(to: Double.self)) }
        durations = (0...Route.allCases.count).map { index in
            var read = chs_durations()
            chs_read_durations(exchange, index, &read)
            let counts = withUnsafeBytes(of: read.counts) { Array($0.bindMemory(to: UInt64.self)) }
            return Durations(route: Route(index: index), counts: counts, seconds: read.seconds)
        }
        connections = Int(chs_count_connections(exchange))
        closings = [
            ("request-timeout", CHS_CLOSED_REQUEST_TIMEOUT), ("response-timeout", CHS_CLOSED_RESPONSE_TIMEOUT),
            ("room", CHS_CLOSED_FOR_ROOM), ("address-limit", CHS_CLOSED_ADDRESS_LIMIT),
        ].map { ($0.0, chs_count_closed(exchange, $0.1)) }
    }
}

extension [Response.Header] {
    /// Static strings end with NUL, so C can read them where they stand.
    fileprivate func withCHeaders<Result>(_ body: (UnsafePointer<chs_header>, Int) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: chs_header.self, capacity: count + 1) { headers in
            for (i, header) in enumerated() {
                let name = UnsafeRawPointer(header.name.utf8Start).assumingMemoryBound(to: CChar.self)
                let value = UnsafeRawPointer(header.value.utf8Start).assumingMemoryBound(to: CChar.self)
                headers.initializeElement(at: i, to: chs_header(name: name, value: value, is_in_304: header.isIn304))
            }
            return body(UnsafePointer(headers.baseAddress!), count)
        }
    }
}
