/// The words of HTML, for messages that have no plain text.
enum HTMLText {
    /// The words of UTF-8 text, a line for each block. Comments, styles and scripts are left out.
    static func text(_ html: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(html.count)
        // Behind them, nothing is a tag, and no comment ends.
        let lastEnd = html.lastIndex(of: .ascii(">")) ?? 0
        var hidden = Hidden()
        var i = 0
        while i < html.count {
            if html[i] == .ascii("<"), i < lastEnd, i + 1 < html.count, isTagStart(html[i + 1]) {
                if let end = hidden.end(in: html, at: i) {
                    i = end
                    continue
                }
                let end = html[i...].firstIndex(of: .ascii(">"))!
                // Mail systems write an address in angle brackets into HTML unescaped.
                if let address = address(html[(i + 1)..<end]) {
                    text += [.ascii("<")] + address + [.ascii(">")]
                } else if isBlock(html, at: i) {
                    text.append(0x0A)
                }
                i = end + 1
            } else if html[i] == .ascii("&"), let (characters, end) = HTMLEntities.entity(html, at: i) {
                // A space that breaks no line is a space.
                if characters == "\u{A0}" { text.append(0x20) } else { text += characters.utf8 }
                i = end
            } else {
                text.append(html[i])
                i += 1
            }
        }
        return text
    }

    private static func isTagStart(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte == .ascii("/") || byte == .ascii("!") || byte == .ascii("?") || byte == .ascii("_")
    }

    private static func isBlock(_ html: [UInt8], at index: Int) -> Bool {
        let tags: [StaticString] = [
            "<p", "<br", "<div", "<tr", "<td", "<li", "<ul", "<table", "<h", "</p", "</div", "</tr", "</li", "</h",
            "</table", "</title", "<pre", "</pre", "<blockquote", "</blockquote",
        ]
        return tags.contains { html.has($0, at: index) }
    }

    /// `<a@b.example>` is no tag.
    private static func address(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        tag.count <= 320 && tag.contains(.ascii("@"))
            && !tag.contains(where: { $0.isSpace || $0 == .ascii("=") || $0 == .ascii("\"") }) ? tag : nil
    }

    /// What a browser does not show. Where one of them does not end, none further on does, so nobody looks again.
    private struct Hidden {
        private var endless: Set<Int> = []

        mutating func end(in html: [UInt8], at index: Int) -> Int? {
            let kinds: [(begin: StaticString, end: StaticString)] = [
                ("<style", "</style"), ("<script", "</script"), ("<!--", "-->"),
            ]
            guard let kind = kinds.firstIndex(where: { html.has($0.begin, at: index) }) else { return nil }
            if !endless.contains(kind), let end = html.firstIndex(of: kinds[kind].end, in: (index + 1)..<html.count) {
                return kind == 2 ? end + 3 : end
            }
            endless.insert(kind)
            return kind == 2 ? nil : html.count
        }
    }
}
