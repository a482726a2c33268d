/// Reads bounces that are only text, as qmail, older Exim and Sendmail, Exchange and some big senders
/// write them: recipients, each with the words about it.
struct TextBounce {
    /// Those of whom the bounce says the same.
    struct Entry {
        /// Several where one reply stands for all; nil stands for one whom the text does not name.
        let recipients: [String?]
        /// What the bounce says about them, its lines kept.
        let words: ArraySlice<UInt8>

        init(_ recipients: [String?], _ words: [UInt8]) {
            self.recipients = recipients
            self.words = TextBounce.share(of: words[...], among: recipients.count)
        }
    }

    /// What each of several gets of words that stand for all of them: so much that a megabyte holds the copies,
    /// but no less than a line of a reply (RFC 5321, section 4.5.3.1.5). Or many recipients and much text would
    /// take the product of the two.
    static func share(of words: ArraySlice<UInt8>, among count: Int) -> ArraySlice<UInt8> {
        count > 1 ? words.prefix(max(512, (1 << 20) / count)) : words
    }

    /// What stands about each recipient; empty where the text names none and has nothing of a bounce.
    static func entries(in text: [UInt8], failedRecipients: [String]) -> [Entry] {
        var named: [(recipient: String, words: [UInt8])] = []
        var numbers: [String: Int] = [:]
        // Whom the lines are about.
        var current: Int?
        var preface: [UInt8] = []
        // In a transcript, the line that names the host of what follows.
        var host: [UInt8] = []
        var lines = Lines(text[...])
        while let line = lines.next() {
            let trimmed = line.trimmed
            if startsOriginal(trimmed) { break }
            if Array(trimmed.prefix(24)).has("... while talking to", at: 0) {
                host = trimmed.prefix(320) + [0x0A]
                continue
            }
            if let (address, rest) = leadingAddress(trimmed), current.map({ named[$0].recipient != address }) ?? true {
                let number = numbers[address] ?? named.count
                if number == named.count {
                    numbers[address] = number
                    named.append((address, []))
                }
                named[number].words += host + rest + [0x0A]
                current = number
            } else if let current {
                named[current].words += trimmed
                named[current].words.append(0x0A)
            } else {
                preface += trimmed
                preface.append(0x0A)
            }
        }
        if !named.isEmpty { return group(named, preface) }
        if failedRecipients.isEmpty && preface.isEmpty { return [] }
        return [Entry(failedRecipients.isEmpty ? [nil] : failedRecipients, preface)]
    }

    /// One reply may stand for several recipients that are listed before it, or after it.
    private static func group(_ named: [(recipient: String, words: [UInt8])], _ preface: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        var listed: [String?] = []
        for (recipient, words) in named {
            listed.append(recipient)
            guard !words[...].trimmed.isEmpty else { continue }
            entries.append(Entry(listed, words))
            listed = []
        }
        if !listed.isEmpty { entries.append(Entry(listed, preface)) }
        return entries
    }

    /// Does the copy of the original message begin here?
    private static func startsOriginal(_ line: ArraySlice<UInt8>) -> Bool {
        guard !line.isEmpty else { return false }
        let line = Array(line)
        let headers: [StaticString] = ["return-path:", "received: ", "message-id:", "mime-version:", "dkim-signature:"]
        if headers.contains(where: { line.has($0, at: 0) }) { return true }
        guard line.first == .ascii("-") else { return false }
        let marks: [StaticString] = [
            "below this line is a copy", "this is a copy of", "original message", "unsent message below",
            "returned message", "message header", "header of the original", "message follows", "message text follows",
            "ursprüngliche nachricht", "ursprünglichen nachricht", "message d'origine",
        ]
        return marks.contains { line.firstIndex(of: $0, in: line.indices) != nil }
    }

    /// What may stand before the address of a recipient; the last is from the transcript of a session.
    private static let labels: [StaticString] = [
        "recipient:", "recipients:", "recipient address:", "failed recipient:", "empfänger:", "empfaenger:",
        "destinataire:", "destinatario:", "destinatário:", "ontvanger:",
        ">>> rcpt to:",
    ]

    /// The address that a line begins with, and the rest of the line: `<a@b.example>: reason`,
    /// `'a@b.example' on ...`, `Recipient: a@b.example`, or the address alone.
    private static func leadingAddress(_ line: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
        guard !line.isEmpty else { return nil }
        let bytes = Array(line.prefix(32))
        let label = labels.first { bytes.has($0, at: 0) }
        var start = line.startIndex + (label?.utf8CodeUnitCount ?? 0)
        while start < line.endIndex,
            [.ascii("<"), .ascii("'"), .ascii("\""), .ascii("("), .ascii("*"), .ascii("-"), 0x20].contains(line[start])
        {
            start += 1
        }
        var end = start
        while end < line.endIndex, !line[end].isSpace,
            ![.ascii(">"), .ascii("'"), .ascii("\""), .ascii(","), .ascii("<"), .ascii("(")].contains(line[end])
        {
            end += 1
        }
        var last = end
        while last > start, [.ascii(":"), .ascii("."), .ascii(")"), .ascii(";")].contains(line[last - 1]) { last -= 1 }
        let address = line[start..<last]
        guard let at = address.lastIndex(of: .ascii("@")), at > address.startIndex,
            address[(at + 1)...].contains(.ascii(".")), address.count <= 320, !address.contains(.ascii("/")),
            !address.contains(.ascii("="))
        else { return nil }
        var rest = line[end...]
        while let first = rest.first,
            [.ascii(">"), .ascii("'"), .ascii("\""), .ascii(":"), .ascii(","), 0x20].contains(first)
        {
            rest = rest.dropFirst()
        }
        return (address.string, rest)
    }
}
