import Testing

@testable import SMTPExplain

struct ContentTypeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let value: String
        let type: String
        let boundary: String?

        init(_ value: String, _ type: String, boundary: String? = nil) {
            self.value = value
            self.type = type
            self.boundary = boundary
        }

        var testDescription: String { value.debugDescription }
    }

    // swift-format-ignore
    static let rows: [Row] = [
        .init("", "text/plain"),
        .init("Text/HTML", "text/html"),
        .init(" text/html ; charset=utf-8", "text/html"),
        .init("text/html (as sent)", "text/html"),
        .init("multipart/report; boundary=b", "multipart/report", boundary: "b"),
        .init("multipart/report; boundary=b (comment)", "multipart/report", boundary: "b"),
        .init("multipart/report; (a (nested) one) boundary = b ; x=y", "multipart/report", boundary: "b"),
        .init("multipart/report; boundary=\"a;b=(c) d\"; x=y", "multipart/report", boundary: "a;b=(c) d"),
        .init("multipart/report; boundary=\"a\\\"b\"", "multipart/report", boundary: "a\"b"),
        .init("multipart/report; BOUNDARY==_b=", "multipart/report", boundary: "=_b="),
        .init("multipart/report; boundary=a; boundary=b", "multipart/report", boundary: "a"),
        .init("multipart/report; boundary=\"never ends; x=y", "multipart/report", boundary: "never ends"),
        .init("multipart/report; boundary=(never ends; x=y", "multipart/report", boundary: "(never ends"),
        .init("multipart/report; boundary", "multipart/report"),
        .init("multipart/report; boundary=", "multipart/report", boundary: ""),
        .init(";;;", "text/plain"),
    ]

    @Test("a type and its boundary are read, whatever comments and quotes stand around them", arguments: rows)
    func isRead(row: Row) {
        let it = ContentType(row.value)
        #expect(it.type == row.type)
        #expect(it.parameter("boundary") == row.boundary)
    }
}
