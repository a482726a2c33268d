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
        public var maxConnections = 4096
        /// In seconds.
        public var idleTimeout = 60
        /// The operator's own.
        public var rules = Rules()

        public init() {}
    }

    /// Why the server did not start.
    public enum StartError: Error, Equatable {
        case badHost, addressInUse, notPermitted, outOfMemory
        /// With the text of errno.
        case system(String)
    }

    public static let version = Service.version

    // The C server is made for use from several threads; the owner's calls come from one at a time.
    nonisolated(unsafe) private let server: OpaquePointer
    private let service: Service

    /// Listens and serves until the server is deinitialised.
    public init(_ configuration: Configuration) throws(StartError) {
        service = Service(maxBody: configuration.maxBody, rules: configuration.rules)
        // C borrows the service, which this object keeps until chs_destroy has returned.
        let context = Unmanaged.passUnretained(service).toOpaque()
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

    /// Stops listening and waits for the requests in flight, at most `timeout` seconds.
    /// Returns how many were still in flight.
    public func drain(timeout: Int) -> Int {
        service.startDraining()
        return Int(chs_drain(server, UInt32(clamping: timeout * 1000)))
    }

    // MARK: - Making the C server

    private static let headers: [Response.Header] = [
        .init(name: "Access-Control-Allow-Origin", value: "*"),
        .init(name: "Access-Control-Expose-Headers", value: "ETag, Allow, Accept-Post, Retry-After"),
        .init(name: "X-Content-Type-Options", value: "nosniff"),
    ]

    private static let preflight: [Response.Header] = [
        .init(name: "Access-Control-Allow-Headers", value: "Content-Type, If-None-Match"),
        .init(name: "Access-Control-Max-Age", value: "86400"),
    ]

    private static func create(_ configuration: Configuration, _ context: UnsafeMutableRawPointer) -> OpaquePointer? {
        // The templates live for the call: chs_create copies them.
        let templates = Route.allCases.map { strdup($0.rawValue)! }
        defer { for template in templates { free(template) } }
        let routes = zip(Route.allCases, templates).map { route, template in
            chs_route(template: template, methods: UInt32(route.isPost ? CHS_POST : CHS_GET))
        }
        return configuration.host.withCString { host in
            headers.withCHeaders { headers, headerCount in
                preflight.withCHeaders { preflight, preflightCount in
                    routes.withUnsafeBufferPointer { routes in
                        var config = chs_config(
                            host: host, port: configuration.port, threads: UInt32(configuration.threads),
                            max_body: configuration.maxBody, idle_timeout: UInt32(configuration.idleTimeout),
                            max_connections: UInt32(configuration.maxConnections), routes: routes.baseAddress!,
                            route_count: routes.count, headers: headers, header_count: headerCount,
                            preflight: preflight, preflight_count: preflightCount, handler: handle, context: context)
                        return chs_create(&config)
                    }
                }
            }
        }
    }

    private static func keep(_ server: OpaquePointer) throws(StartError) {
        for path in Service.constantPaths { try check(chs_keep(server, path)) }
    }

    private static func check(_ status: chs_status) throws(StartError) {
        switch status {
        case CHS_OK: return
        case CHS_BAD_HOST: throw .badHost
        case CHS_ADDRESS_IN_USE: throw .addressInUse
        case CHS_NOT_PERMITTED: throw .notPermitted
        case CHS_OUT_OF_MEMORY: throw .outOfMemory
        default: throw .system(String(cString: strerror(errno)))
        }
    }
}

/// Called by C on its threads; nothing is thrown past it.
private func handle(_ context: UnsafeMutableRawPointer?, _ asked: UnsafePointer<chs_request>, _ exchange: OpaquePointer)
{
    let service = Unmanaged<Service>.fromOpaque(context!).takeUnretainedValue()
    let response = service.answer(Request(asked.pointee, exchange))
    let status = UInt32(response.status)
    response.headers.withCHeaders { headers, count in
        switch response.body {
        case .whole(let body):
            body.withUnsafeBytes { chs_respond(exchange, status, headers, count, $0.baseAddress, $0.count) }
        case .stream(let stream):
            // C keeps the stream until it calls `release`.
            let context = Unmanaged.passRetained(StreamBox(stream)).toOpaque()
            chs_respond_stream(exchange, status, headers, count, produce, release, context)
        }
    }
}

/// A stream as C can hold it.
private final class StreamBox {
    let stream: any BodyStream

    init(_ stream: any BodyStream) { self.stream = stream }
}

private func produce(_ context: UnsafeMutableRawPointer, _ buffer: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
    let box = Unmanaged<StreamBox>.fromOpaque(context).takeUnretainedValue()
    return box.stream.next(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
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
            case CHS_METHOD_NOT_ALLOWED: .methodNotAllowed
            case CHS_BAD_PATH: .badPath
            case CHS_LENGTH_REQUIRED: .lengthRequired
            case CHS_BODY_TOO_LARGE: .bodyTooLarge
            default: nil
            }
        route = asked.fault == CHS_NOT_FOUND ? nil : Route.allCases[asked.route]
        path = String(cString: asked.path)
        parameter = asked.parameter.map { String(cString: $0) }
        query = asked.query.map { String(cString: $0) }
        guard asked.method == CHS_POST else { return }
        contentType = chs_request_header(exchange, "Content-Type").map { String(cString: $0) }
        if let bytes = asked.body {
            body = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: bytes), count: asked.body_length, deallocator: .none)
        }
    }
}

extension [Response.Header] {
    /// Static strings end with NUL, so C can read them where they stand.
    fileprivate func withCHeaders<Result>(_ body: (UnsafePointer<chs_header>, Int) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: chs_header.self, capacity: count + 1) { headers in
            for (i, header) in enumerated() {
                let name = UnsafeRawPointer(header.name.utf8Start).assumingMemoryBound(to: CChar.self)
                let value = UnsafeRawPointer(header.value.utf8Start).assumingMemoryBound(to: CChar.self)
                headers.initializeElement(at: i, to: chs_header(name: name, value: value))
            }
            return body(UnsafePointer(headers.baseAddress!), count)
        }
    }
}
