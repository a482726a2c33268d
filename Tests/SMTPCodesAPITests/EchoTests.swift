import FoundationEssentials
import Testing

@testable import SMTPCodesAPI

@Suite("texts that are given back")
struct EchoTests {
    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// Without its quotes.
    private func encodedLength(_ text: String) -> Int { Service.encode(text, pretty: false).count - 2 }

    @Test(
        "a text is given back whole as long as JSON writes it in 8 KiB",
        arguments: [
            "", "a", repeated("a", 8192), repeated("é", 4096), repeated("\u{1}", 1365), repeated("\"", 4096),
            repeated("\n", 4096), repeated("/", 8192), repeated("\u{7F}", 8192), repeated("\u{2028}", 2730),
        ])
    func isWhole(text: String) {
        #expect(encodedLength(text) <= 8192)
        #expect(Echo(text).text == text)
        #expect(!Echo(text).isCut)
    }

    @Test(
        "a longer one is cut where JSON would write more, and no character in part",
        arguments: [
            (repeated("a", 8193), 8192), (repeated("é", 4097), 8192), ("a" + repeated("é", 4096), 8191),
            (repeated("\u{1}", 1366), 8190), (repeated("\\", 4097), 8192), (repeated("🇦", 3000), 8192),
        ])
    func isCut(text: String, length: Int) {
        let echo = Echo(text)
        #expect(echo.isCut)
        #expect(text.utf8.starts(with: echo.text.utf8))
        #expect(encodedLength(echo.text) == length)
    }

    @Test(
        "a reply that is cut says so, and is explained by its beginning", arguments: ["text/plain", "application/json"])
    func longReply(type: String) {
        let reply = "550 5.1.1 User unknown " + Self.repeated("x ", 100_000)
        let answer = service.explain(type == "text/plain" ? reply : "\"\(reply)\"", as: type)
        #expect(answer.bytes.count < 20_000)
        #expect(answer.json["category"] == "unknown-recipient")
        #expect(answer.json["input"].string.utf8.count == 8192)
        #expect(answer.json["text"].string.utf8.count == 8192)
        #expect(answer.json["truncated"] == .flag(true))
    }

    @Test("a short reply says nothing of it")
    func shortReply() {
        #expect(!service.explain("\"550 5.1.1 User unknown\"").text.contains("truncated"))
    }

    @Test("a diagnostic that is cut says so beside it")
    func longDiagnostic() {
        let answer = service.explain(
            """
            Final-Recipient: rfc822; \(Self.repeated("a", 2000))@b.example
            Action: failed
            Diagnostic-Code: smtp; 550 5.1.1 \(Self.repeated("\u{1}", 20_000))
            """, as: "message/delivery-status")
        let recipient = answer.json["recipients"].items[0]
        #expect(recipient["truncated"] == .flag(true))
        #expect(recipient["recipient"].string.utf8.count == 1024)
        #expect(recipient["explanation"]["truncated"] == .flag(true))
        #expect(answer.bytes.count < 25_000)
    }

    @Test("control characters in the words of a reply are no words")
    func controlCharacters() {
        let answer = service.explain(#""550 5.1.1 \u0001\u0001User\u0007 unknown\u007f""#)
        #expect(answer.json["text"] == "User unknown")
    }
}
