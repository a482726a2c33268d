/// Finds host names among the words of a reply.
enum HostNames {
    struct Found {
        /// In lower case.
        let name: String
        /// It stands alone, not in a URL or a mail address.
        let isPlain: Bool
    }

    /// The first few; a reply that has more is no reply.
    static func all(in text: [UInt8]) -> [Found] {
        var found: [Found] = []
        var i = 0
        while i < text.count, found.count < 8 {
            guard text[i].isWordByte else {
                i += 1
                continue
            }
            let start = i
            while i < text.count, text[i].isWordByte || text[i] == .ascii(".") || text[i] == .ascii("-") { i += 1 }
            var end = i
            while end > start, !text[end - 1].isWordByte { end -= 1 }
            let name = text[start..<end]
            guard name.count <= 253, name.contains(.ascii(".")), name.last!.isLetter else { continue }
            // A recipient's address says where the mail goes, not who answers.
            if start > 0, text[start - 1] == .ascii("@"), i < text.count, text[i] == .ascii(">") { continue }
            if i < text.count, text[i] == .ascii("@") { continue }
            let before = start > 0 ? text[start - 1] : 0x20
            found.append(Found(name: name.string.lowercased(), isPlain: before != .ascii("@") && before != .ascii("/")))
        }
        return found
    }
}
