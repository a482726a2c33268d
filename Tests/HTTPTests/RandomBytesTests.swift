import Testing

@testable import SMTPCodesAPI

@Suite("random bytes")
struct RandomBytesTests {
    private static let types: [String?] = [
        nil, "application/json", "text/plain", "application/x-ndjson", "message/rfc822", "message/delivery-status",
        "multipart/report; boundary=b", "application/x-www-form-urlencoded", "text/plain; charset=utf-16", "image/png",
    ]

    /// What bodies are made from, so that some come close to what the readers look for.
    private static let pieces =
        [
            "550", "5.1.1", "-", " ", "\r\n", "\n", "\r\n\r\n", "{", "}", "[", "]", "\"", ":", ",", "\\u", "\\",
            "\"reply\"",
            "\"replies\"", "\"code\":", "null", "1e9", "host mx[192.0.2.1] said: ", "smtp; ",
            "(in reply to RCPT TO command)",
            "<a@b.example>", "#5.1.1", "user unknown", "status=bounced (", "try again in 5 minutes", "zen.spamhaus.org",
            "--b\r\n", "--b--", "Content-Type: multipart/report; boundary=b\r\n", "Final-Recipient: rfc822; ",
            "Status: 5.1.1\r\n",
            "Diagnostic-Code: smtp; ", "Content-Transfer-Encoding: base64\r\n", "=?utf-8?Q?=C3=A9?=", "é", "💌", "\0",
            "\u{FEFF}",
        ].map { Array($0.utf8) }

    @Test(
        "whatever bytes are posted to /explain, the answer is 200 or tells what is wrong with them",
        arguments: 0..<4 as Range<UInt64>)
    func explainNeverFails(seed: UInt64) throws {
        var random = Generator(state: seed)
        let client = try shared.client()
        for _ in 0..<500 {
            let type = Self.types.randomElement(using: &random)!
            let body = Self.body(&random)
            let reply = try client.post("/explain", type.map { ["Content-Type: \($0)"] } ?? [], body)
            guard reply.status == 200 || (400...499).contains(reply.status) && reply.problem?.status == reply.status
            else {
                Issue.record("\(reply.status) to \(type ?? "no type") \(body)")
                return
            }
        }
    }

    @Test("whatever bytes are sent in place of HTTP, the server lives", arguments: 0..<4 as Range<UInt64>)
    func serverLives(seed: UInt64) throws {
        var random = Generator(state: seed)
        for _ in 0..<100 {
            let client = try shared.client()
            var bytes = Client.request("POST", "/explain", ["Content-Type: text/plain"], body: "550 5.1.1".utf8)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try? client.send(bytes)
        }
        #expect(try shared.lives())
    }

    private static func body(_ random: inout Generator) -> [UInt8] {
        let length = Int.random(in: 0...60, using: &random)
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: (0..<length * 4).map { _ in UInt8.random(in: 0...255, using: &random) }
        case 1: (0..<length).flatMap { _ in pieces.randomElement(using: &random)! }
        default:
            (0..<length).flatMap { _ in
                Bool.random(using: &random)
                    ? pieces.randomElement(using: &random)! : [UInt8.random(in: 0...255, using: &random)]
            }
        }
    }
}

/// SplitMix64: the same numbers from the same seed.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
