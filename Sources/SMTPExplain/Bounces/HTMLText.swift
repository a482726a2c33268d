/// The words of an HTML part, for bounces that have no plain text.
enum HTMLText {
    static func text(_ html: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        // Behind it, nothing is a tag.
        let lastEnd = html.lastIndex(of: .ascii(">")) ?? 0
        var i = 0
        while i < html.count {
            if html[i] == .ascii("<"), i < lastEnd, let end = html[i...].firstIndex(of: .ascii(">")) {
                let isBlock = ["<p", "<br", "<div", "<tr", "<td", "<li", "</p", "</div", "<h"].contains {
                    (tag: StaticString) in
                    html.has(tag, at: i)
                }
                i =
                    html.has("<style", at: i)
                    ? html.firstIndex(of: "</style", in: end..<html.count) ?? html.count : end + 1
                if isBlock { text.append(0x0A) }
            } else if html[i] == .ascii("&"), let (byte, end) = entity(html, at: i) {
                text.append(byte)
                i = end
            } else {
                text.append(html[i])
                i += 1
            }
        }
        return text
    }

    private static func entity(_ html: [UInt8], at index: Int) -> (UInt8, Int)? {
        let entities: [(StaticString, UInt8)] = [
            ("&lt;", .ascii("<")), ("&gt;", .ascii(">")), ("&amp;", .ascii("&")), ("&quot;", .ascii("\"")),
            ("&#39;", .ascii("'")), ("&apos;", .ascii("'")), ("&nbsp;", 0x20), ("&#64;", .ascii("@")),
        ]
        return entities.first { html.has($0.0, at: index) }.map { ($0.1, index + $0.0.utf8CodeUnitCount) }
    }
}
