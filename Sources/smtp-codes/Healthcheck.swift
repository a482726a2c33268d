import ArgumentParser
import CTLS
import Glibc

/// Asks a running service whether it is alive, for the container's HEALTHCHECK.
struct Healthcheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks a running service whether it is alive; exits 0 if it is, else 1.")

    @Option(
        help: """
            What to ask. (default: http://127.0.0.1:PORT/healthz, with the variable PORT or 8080; https where the \
            variable SMTP_CODES_TLS_CERTIFICATE is set)
            """)
    var url: String?

    func run() throws {
        let port: UInt16 = try Environment.value("PORT") ?? 8080
        let scheme = Environment.text("SMTP_CODES_TLS_CERTIFICATE") == nil ? "http" : "https"
        let target = try Target(url ?? "\(scheme)://127.0.0.1:\(port)/healthz")
        let status = try target.statusLine()
        guard status.hasPrefix("HTTP/1.1 200 ") else {
            throw Failure(description: "\(target.host) answered \(status)", exitCode: 1)
        }
    }
}

/// An http or https URL, and just as much of a client as a health check needs.
private struct Target {
    let isTLS: Bool
    let host: String
    let port: String
    let path: String

    init(_ url: String) throws {
        isTLS = url.hasPrefix("https://")
        guard isTLS || url.hasPrefix("http://") else {
            throw Failure.usage("--url must begin with http:// or https://")
        }
        let rest = url.dropFirst(isTLS ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        path = rest.dropFirst(authority.count).isEmpty ? "/" : String(rest.dropFirst(authority.count))
        let colon = authority.last == "]" ? nil : authority.lastIndex(of: ":")
        host = String(authority[..<(colon ?? authority.endIndex)]).filter { $0 != "[" && $0 != "]" }
        port = colon.map { String(authority[authority.index(after: $0)...]) } ?? (isTLS ? "443" : "80")
        guard !host.isEmpty, UInt16(port) != nil else { throw Failure.usage("--url has no host, or a bad port") }
    }

    /// The first line of the answer.
    func statusLine() throws -> String {
        let socket = try connect()
        errno = 0
        defer { close(socket) }
        let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
        var buffer = [CChar](repeating: 0, count: 512)
        let count =
            isTLS ? tls_ask(socket, request, request.utf8.count, &buffer, buffer.count) : ask(socket, request, &buffer)
        guard count > 0 else { throw unreachable() }
        return String(
            decoding: buffer[..<count].map(UInt8.init(bitPattern:)).prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
    }

    private func ask(_ socket: Int32, _ request: String, _ buffer: inout [CChar]) -> Int {
        guard send(socket, request, request.utf8.count, Int32(MSG_NOSIGNAL)) == request.utf8.count else { return -1 }
        return recv(socket, &buffer, buffer.count, 0)
    }

    private func connect() throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var addresses: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &addresses) == 0, let first = addresses else { throw unreachable() }
        defer { freeaddrinfo(addresses) }
        let descriptor = socket(first.pointee.ai_family, first.pointee.ai_socktype, 0)
        guard descriptor >= 0 else { throw unreachable() }
        var limit = timeval(tv_sec: 3, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        guard Glibc.connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
            close(descriptor)
            throw unreachable()
        }
        return descriptor
    }

    private func unreachable() -> Failure {
        let reason = errno == 0 ? "it closed the connection" : String(cString: strerror(errno))
        return Failure(description: "\(host) port \(port) does not answer: \(reason)", exitCode: 1)
    }
}
