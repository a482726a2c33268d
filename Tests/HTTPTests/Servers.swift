import Foundation
import Testing

@testable import SMTPCodesAPI

/// The server that tests share which leave it as it was.
let shared = start()

/// A server on a port of its own, stopped with its last use.
func start(threads: Int = 2, _ change: (inout Server.Configuration) -> Void = { _ in }) -> Server {
    var configuration = Server.Configuration()
    configuration.port = 0
    configuration.threads = threads
    // A client of these tests may have to wait for a processor, while its connection waits for it.
    configuration.idleTimeout = 600
    configuration.requestTimeout = 600
    configuration.responseTimeout = 600
    change(&configuration)
    return try! Server(configuration)
}

/// A known issue of one version of libmicrohttpd: the body must fail with it, and pass with any other.
func withKnownIssue(
    of version: String, _ issue: String, when isConcerned: Bool, at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) rethrows {
    try withKnownIssue("libmicrohttpd \(version) \(issue)", sourceLocation: location, body) {
        isConcerned && Server.libraryVersion == version
    }
}

extension Server {
    func client() throws -> Client { try Client(port) }

    /// One request on a connection of its own.
    func ask(_ method: String, _ target: String, _ headers: [String] = []) throws -> Reply {
        try client().ask(method, target, headers)
    }

    func post(_ target: String, _ headers: [String] = [], _ body: String) throws -> Reply {
        try client().post(target, headers, body)
    }

    /// Does it still answer, on a new connection?
    func lives() throws -> Bool { try ask("GET", "/healthz").text == #"{"status":"ok"}"# }
}

/// The members of a problem that its status line and its request are held against.
struct ProblemBody: Decodable, Equatable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String?

    /// Without `urn:smtp-codes:problem:`.
    var name: String { String(type.split(separator: ":").last ?? "") }
}

extension Reply {
    /// Nil where the body is no problem.
    var problem: ProblemBody? {
        guard self["Content-Type"] == "application/problem+json" else { return nil }
        return try? JSONDecoder().decode(ProblemBody.self, from: Data(body))
    }
}

/// Something that is done on a thread of its own, as it blocks.
final class Background<Value: Sendable>: Sendable {
    private let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) private var value: Value?

    init(_ work: @escaping @Sendable () -> Value) {
        Thread.detachNewThread {
            self.value = work()
            self.done.signal()
        }
    }

    /// Waits for it; once.
    func wait() -> Value {
        done.wait()
        return value!
    }
}
