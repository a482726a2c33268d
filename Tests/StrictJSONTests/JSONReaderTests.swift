import Foundation
import StrictJSON
import Testing

@Suite("reading JSON (RFC 8259)")
struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue {
        try Data(text.utf8).withUnsafeBytes { try JSONReader.read($0) }
    }

    @Test(
        "a string is what its escapes stand for",
        arguments: [
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"), (#""é€😀""#, "é€😀"),
            (#""\u00e9\u20AC\ud83d\ude00""#, "é€😀"), (#""a\u0000b""#, "a\0b"),
        ])
    func strings(json: String, string: String) throws {
        guard case .string(let read) = try read(json) else {
            Issue.record("\(json) is no string")
            return
        }
        #expect(read == string)
    }

    @Test(
        "a number is an integer where its value is one",
        arguments: [
            ("550", 550), ("-1", -1), ("0", 0), ("550.0", 550), ("5.5e2", 550), ("550.5", nil), ("1e999", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func numbers(json: String, integer: Int?) throws {
        guard case .number(let read) = try read(json) else {
            Issue.record("\(json) is no number")
            return
        }
        #expect(read == integer)
    }

    @Test(
        "what is no JSON is a fault, at the byte where it goes wrong",
        arguments: [
            ("", 0), ("[1,]", 3), (#"{"a":1,}"#, 7), ("01", 1), ("-", 1), ("1.", 2), ("+1", 0), ("nul", 3), ("'a'", 0),
            (#""\x""#, 2), (#""\ud83d""#, 7), (#""\ude00""#, 7), ("\"a\tb\"", 2), (#""open"#, 5), ("1 2", 2),
            ("[1 2]", 3), (#"{"a" 1}"#, 5), (#"{a:1}"#, 1),
        ])
    func faults(json: String, byte: Int) {
        let fault = #expect(throws: JSONFault.self) { try read(json) }
        #expect(fault?.position.hasSuffix("(byte \(byte))") == true)
    }

    @Test("brackets nest five hundred deep, and not without end")
    func nesting() throws {
        _ = try read(String(repeating: "[", count: 500) + String(repeating: "]", count: 500))
        #expect(throws: JSONFault.self) { try read(String(repeating: "[", count: 100_000)) }
    }
}
