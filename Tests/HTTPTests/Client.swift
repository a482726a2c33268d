import Glibc

/// A connection to a server, and just as much of a client as the tests need: it sends any bytes, as no
/// library does, and reads responses strictly.
final class Client {
    enum Failure: Error {
        case cannotConnect(String)
        /// The server closed the connection before a response was whole.
        case closed
        /// Nothing came for half a minute.
        case silent
        case notHTTP(String)
    }

    private let descriptor: Int32
    /// What was received; the bytes before `position` have been read.
    private var received: [UInt8] = []
    private var position = 0

    /// Connects to a port of this machine, at 127.0.0.`host`.
    init(_ port: UInt16, host: UInt32 = 1) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure.cannotConnect("no socket: \(String(cString: strerror(errno)))") }
        // A guard against hanging only: no answer takes nearly as long.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // So that each send is a packet.
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (0x7F00_0000 + host).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw Failure.cannotConnect(reason)
        }
    }

    deinit {
        close(descriptor)
    }

    // MARK: - Sending

    /// Throws where the server no longer takes anything.
    func send(_ bytes: some Sequence<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure.closed }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) throws { try send(text.utf8) }

    /// Says that nothing more will be sent.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes closing the connection break it off, as a client does that crashes.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    /// The bytes of a request; each header is a line. A body brings its Content-Length.
    static func request(
        _ method: String, _ target: String, _ headers: [String] = [],
        body: (some Sequence<UInt8>)? = [UInt8]?.none
    ) -> [UInt8] {
        let body = body.map { Array($0) }
        let lines =
            ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
            + (body.map { ["Content-Length: \($0.count)"] } ?? [])
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }

    /// Sends a request and reads its response.
    func ask(_ method: String, _ target: String, _ headers: [String] = []) throws -> Reply {
        try send(Self.request(method, target, headers))
        return try receive(to: method)
    }

    /// As `ask`, with a body.
    func post(_ target: String, _ headers: [String] = [], _ body: some Sequence<UInt8>) throws -> Reply {
        try send(Self.request("POST", target, headers, body: body))
        return try receive(to: "POST")
    }

    func post(_ target: String, _ headers: [String] = [], _ body: String) throws -> Reply {
        try post(target, headers, body.utf8)
    }

    // MARK: - Receiving

    /// Reads the next response, interim ones included (RFC 9112, section 6.3).
    func receive(to method: String = "GET") throws -> Reply {
        let status = try line()
        let parts = status.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1", let code = Int(parts[1]), (100...599).contains(code) else {
            throw Failure.notHTTP(status)
        }
        var reply = Reply(status: code, headers: try fields())
        if method == "HEAD" || code < 200 || code == 204 || code == 304 { return reply }
        let coding = reply["Transfer-Encoding"]
        if coding?.lowercased() == "chunked" {
            reply.body = try chunks()
        } else if let length = reply["Content-Length"] {
            guard coding == nil, let count = Int(length), count >= 0 else { throw Failure.notHTTP("length \(length)") }
            reply.body = try bytes(count)
        } else {
            reply.body = try rest()
        }
        return reply
    }

    /// Everything until the server closes the connection.
    func rest() throws -> [UInt8] {
        while try fill() {}
        defer { position = received.count }
        return Array(received[position...])
    }

    /// Waits until something has come; it stays to be read.
    func peek() throws -> String {
        if position == received.count, try !fill() { throw Failure.closed }
        return String(decoding: received[position...], as: UTF8.self)
    }

    /// Waits until the server closes the connection. False if it sends something instead.
    func closes() -> Bool {
        do {
            return try position == received.count && !fill()
        } catch Failure.closed {
            return true
        } catch {
            return false
        }
    }

    private func fields() throws -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        while case let line = try line(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, line.first != " " else {
                throw Failure.notHTTP(line)
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields.append((String(line[..<colon]), String(value)))
        }
        return fields
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let size = try line()
            guard let count = Int(size.prefix { $0 != ";" }, radix: 16), count >= 0 else { throw Failure.notHTTP(size) }
            if count == 0 { break }
            body += try bytes(count)
            guard try line().isEmpty else { throw Failure.notHTTP("a chunk longer than it says") }
        }
        _ = try fields()
        return body
    }

    private func line() throws -> String {
        var length = 0
        while true {
            while position + length < received.count, received[position + length] != 0x0A { length += 1 }
            if position + length < received.count { break }
            guard try fill() else { throw Failure.closed }
        }
        guard length > 0, received[position + length - 1] == 0x0D else { throw Failure.notHTTP("a line without CR") }
        defer { position += length + 1 }
        return String(decoding: received[position..<position + length - 1], as: UTF8.self)
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        while received.count - position < count {
            guard try fill() else { throw Failure.closed }
        }
        defer { position += count }
        return Array(received[position..<position + count])
    }

    /// Receives what there is; false at the end.
    private func fill() throws -> Bool {
        if position == received.count {
            received.removeAll(keepingCapacity: true)
            position = 0
        }
        let count = withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { received.append(contentsOf: buffer[..<count]) }
            return count
        }
        if count < 0 { throw errno == EAGAIN ? Failure.silent : Failure.closed }
        return count > 0
    }
}

/// A response.
struct Reply {
    let status: Int
    let headers: [(name: String, value: String)]
    var body: [UInt8] = []

    /// The value of a header, by any letter case of its name; nil where there is none.
    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// Does the server close the connection after it?
    var closes: Bool { self["Connection"]?.lowercased() == "close" }

    /// The headers but for those that differ from one time to the next.
    var lastingHeaders: [String] {
        headers.filter { !["date", "connection"].contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
            .sorted()
    }
}
