import Glibc
import Testing

@testable import SMTPCodesAPI

@Suite("starting and draining")
struct LifeTests {
    // MARK: - Starting

    @Test("port 0 picks a free port, another for each server")
    func freePort() {
        let servers = (0..<5).map { _ in start() }
        #expect(Set(servers.map(\.port)).count == 5)
        #expect(!servers.map(\.port).contains(0))
    }

    @Test("a port in use and a host that is none are told apart")
    func startErrors() {
        let server = start()
        var configuration = Server.Configuration()
        configuration.port = server.port
        #expect(throws: Server.StartError.addressInUse) { try Server(configuration) }
        configuration.port = 0
        for host in ["192.0.2.1", "host.invalid", "not a host"] {
            configuration.host = host
            #expect(throws: Server.StartError.badHost, "\(host)") { try Server(configuration) }
        }
    }

    @Test("a port is free again after its server", arguments: 0..<3)
    func portIsFreed(_: Int) throws {
        // Of an address at which no client of another test takes a port meanwhile.
        var server: Server? = start { $0.host = "127.0.0.2" }
        let port = try #require(server?.port)
        let client = try Client(port, host: 2)
        #expect(try client.ask("GET", "/healthz").status == 200)
        server = nil
        #expect(client.closes())
        let next = start {
            $0.host = "127.0.0.2"
            $0.port = port
        }
        #expect(next.port == port)
        #expect(try Client(port, host: 2).ask("GET", "/healthz").status == 200)
    }

    @Test(
        "an IPv4 client reaches a server on every address of either family", arguments: ["::", "0.0.0.0", "127.0.0.1"])
    func hosts(host: String) throws {
        let server = start { $0.host = host }
        #expect(try server.lives())
    }

    @Test("any number of threads serves", arguments: [1, 2, 3, 16])
    func threads(count: Int) throws {
        let server = start(threads: count)
        let clients = try (0..<40).map { _ in try server.client() }
        for client in clients { #expect(try client.ask("GET", "/codes/550").status == 200) }
    }

    @Test("fewer connections than threads are enough")
    func fewConnections() throws {
        let server = start(threads: 4) { $0.maxConnections = 2 }
        for _ in 0..<10 { #expect(try server.ask("GET", "/healthz", ["Connection: close"]).status == 200) }
    }

    // MARK: - Draining

    /// A client in the middle of a request: the server has read its headers and waits for `550`.
    private func inFlight(_ server: Server) throws -> Client {
        let client = try server.client()
        try client.send("POST /explain HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        #expect(try client.receive().status == 100)
        return client
    }

    /// Begins to drain, and asks on a connection that was there before, until its answer is the last.
    private func beginDrain(_ server: Server, _ witness: Client) throws -> (drain: Background<Int>, last: Reply) {
        // Said before, or an answer that is worked out meanwhile says that the server is ready, and is the last.
        server.announceDrain()
        let drain = Background { server.drain(timeout: 600) }
        var reply = try witness.ask("GET", "/readyz")
        while !reply.closes {
            usleep(1000)
            reply = try witness.ask("GET", "/readyz")
        }
        return (drain, reply)
    }

    @Test("with nothing in flight, draining is over at once, idle connections or not")
    func drainsIdle() throws {
        let server = start()
        let client = try server.client()
        #expect(try client.ask("GET", "/healthz").status == 200)
        #expect(server.drain(timeout: 60) == 0)
    }

    @Test("a request in flight is answered while the server drains, and is the last on its connection")
    func drainWaits() throws {
        let server = start()
        let unfinished = try inFlight(server)
        let idle = try (0..<6).map { _ in try server.client() }
        for client in idle { #expect(try client.ask("GET", "/readyz").status == 200) }

        let (drain, ready) = try beginDrain(server, idle[0])
        #expect(ready.status == 503)
        #expect(ready.problem?.name == "draining")
        #expect(idle[0].closes())

        let health = try idle[1].ask("GET", "/healthz")
        #expect(health.status == 200)
        #expect(health.closes)
        #expect(idle[1].closes())
        let lookup = try idle[2].ask("GET", "/codes/550")
        #expect(lookup.status == 200)
        #expect(lookup.closes)
        let unmodified = try idle[3].ask("GET", "/codes/550", ["If-None-Match: *"])
        #expect(unmodified.status == 304)
        #expect(unmodified.closes)
        #expect(try idle[4].ask("GET", "/nothing").closes)
        let options = try idle[5].ask("OPTIONS", "/codes")
        #expect(options.closes)

        try unfinished.send("550")
        let reply = try unfinished.receive(to: "POST")
        #expect(reply.status == 200)
        #expect(reply.closes)
        #expect(unfinished.closes())
        #expect(drain.wait() == 0)
    }

    @Test("a streamed answer in flight is sent whole while the server drains")
    func drainWaitsForStream() throws {
        let server = start()
        let client = try server.client()
        let lines = 20000
        let body = String(repeating: "\"550 5.1.1 No such user\"\n", count: lines)
        try client.send(Client.request("POST", "/explain", ["Content-Type: application/x-ndjson"], body: body.utf8))
        // What it sends unasked fits no buffer, so the answer has begun, but is not over.
        let first = try client.peek()
        #expect(first.hasPrefix("HTTP/1.1 200"))
        let drain = Background { server.drain(timeout: 600) }
        let reply = try client.receive(to: "POST")
        #expect(reply.body.count { $0 == 0x0A } == lines)
        #expect(drain.wait() == 0)
    }

    @Test("a request that does not finish is counted when time is up", arguments: [1, 3])
    func drainGivesUp(count: Int) throws {
        let server = start()
        let clients = try (0..<count).map { _ in try inFlight(server) }
        #expect(server.drain(timeout: 0) == count)
        #expect(clients.count == count)
    }

    @Test("while draining, new connections are refused")
    func listenerCloses() throws {
        let server = start()
        let unfinished = try inFlight(server)
        let witness = try server.client()
        #expect(try witness.ask("GET", "/readyz").status == 200)
        let (drain, last) = try beginDrain(server, witness)
        #expect(last.status == 503)
        // The answer that is the last on its connection may come before the listener is closed.
        var tries = 0
        while tries < 1000, (try? server.client()) != nil {
            tries += 1
            usleep(10_000)
        }
        #expect(tries < 1000)
        try unfinished.send("550")
        #expect(try unfinished.receive(to: "POST").status == 200)
        #expect(drain.wait() == 0)
    }
}
