import FoundationEssentials

@testable import SMTPCodesAPI

/// The limit that the tests' service names in its problems.
let maxBody = 12345

let service = Service(maxBody: maxBody)

extension Service {
    func get(_ target: String) -> Response { answer(Request(get: target)) }

    func explain(_ body: String, as contentType: String? = "application/json", query: String? = nil) -> Response {
        explain(Data(body.utf8), as: contentType, query: query)
    }

    func explain(_ body: Data, as contentType: String?, query: String? = nil) -> Response {
        answer(Request(route: .explain, path: "/explain", query: query, contentType: contentType, body: body))
    }
}

extension Request {
    /// As the router makes it, from a target without escapes in its path.
    init(get target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        let match = Self.match(path)
        self.init(
            fault: match == nil ? .notFound : nil, route: match?.route, path: path, parameter: match?.parameter,
            query: parts.count > 1 ? String(parts[1]) : nil)
    }

    private static func match(_ path: String) -> (route: Route, parameter: String?)? {
        for route in Route.allCases {
            let literal = route.rawValue.prefix { $0 != "{" }
            if literal.count == route.rawValue.count {
                if path == literal { return (route, nil) }
            } else if path.hasPrefix(literal), path.count > literal.count, !path.dropFirst(literal.count).contains("/")
            {
                return (route, String(path.dropFirst(literal.count)))
            }
        }
        return nil
    }
}

extension Response {
    /// The body. One that is made while it is sent is made here, once, for a client that takes `block` bytes
    /// at a time.
    func bytes(inBlocksOf block: Int) -> Data {
        switch body {
        case .whole(let bytes): return bytes
        case .stream(let stream):
            var bytes = Data()
            stream.forEachBlock(of: block) { bytes.append(contentsOf: $0) }
            return bytes
        }
    }

    var bytes: Data { bytes(inBlocksOf: 16384) }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The body; absent where it is not JSON.
    var json: Value { Value(bytes) }

    /// A header's value, by any letter case of its name.
    subscript(name: String) -> String? {
        headers.first { "\($0.name)".lowercased() == name.lowercased() }.map { "\($0.value)" }
    }
}
