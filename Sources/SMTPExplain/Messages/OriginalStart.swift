/// Finds where the copy of the message that was sent begins among the words.
enum OriginalStart {
    static func find(in text: [UInt8], _ marks: [MailWords.Mark]) -> Int {
        min(markedStart(text, marks), headerStart(text))
    }

    /// A line that announces the copy: it is decorated, ends in a colon, or says nothing else.
    private static func markedStart(_ text: [UInt8], _ marks: [MailWords.Mark]) -> Int {
        for mark in marks where mark.role == .original {
            guard let line = line(text, around: Int(mark.start)) else { continue }
            let trimmed = text[line].trimmed
            guard let first = trimmed.first, let last = trimmed.last else { continue }
            if Int(mark.start) - trimmed.startIndex <= 4 || isDecoration(first) || isDecoration(last)
                || last == .ascii(":") || trimmed.suffix(3).elementsEqual("：".utf8)
            {
                return line.lowerBound
            }
        }
        return text.count
    }

    /// The line that the byte at `index` is in, without its end; nil where it is too long for an announcement.
    private static func line(_ text: [UInt8], around index: Int) -> Range<Int>? {
        let longest = 160
        var (start, end) = (index, index)
        while start > 0, index - start < longest, !text[start - 1].isLineBreak { start -= 1 }
        while end < text.count, end - index < longest, !text[end].isLineBreak { end += 1 }
        return end - start < longest ? start..<end : nil
    }

    private static func isDecoration(_ byte: UInt8) -> Bool { "-=*_|#~+>".utf8.contains(byte) }

    /// The header itself: fields that stand in no report.
    private static func headerStart(_ text: [UInt8]) -> Int {
        var lines = Lines(text[...])
        var before: (start: Int, isField: Bool) = (0, false)
        while case let start = lines.position, let line = lines.next() {
            let line = line.drop { $0.isBlank || $0 == .ascii(">") || $0 == .ascii("|") }
            guard !line.isEmpty else {
                before = (start, false)
                continue
            }
            if names.contains(where: { text.has($0, at: line.startIndex) }) {
                return before.isField ? before.start : start
            }
            let isField = line.startIndex == start && usual.contains { text.has($0, at: start) }
            // Two fields of a header that begin their lines.
            if isField, before.isField, text.has("message-id:", at: start) || text.has("message-id:", at: before.start)
            {
                return before.start
            }
            before = (start, isField)
        }
        return text.count
    }

    private static let names: [StaticString] = [
        "received: from", "received: by", "received:from", "received: (", "return-path: <", "return-path:<",
        "dkim-signature:", "domainkey-signature:",
        "mime-version: 1", "x-mailer:", "arc-seal:", "authentication-results:", "content-transfer-encoding:",
        "x-received:", "delivered-to:",
    ]
    private static let usual: [StaticString] = [
        "message-id:", "from:", "to:", "date:", "subject:", "reply-to:", "cc:", "sender:",
    ]
}
