/// What in a folded text is no word of it: URLs, host names, paths, versions, and the names that programs give to
/// things. A cause is never found there: `https://spam.example/virus` says nothing of spam or a virus.
struct Tokens {
    /// In their order, and apart from one another.
    private var things: [Range<Int>] = []
    /// Of the things, the IP addresses and ranges of them, in their order.
    private(set) var addresses: [Range<Int>] = []
    /// Behind the marks that end a sentence.
    private var clauseEnds: [Int] = []

    init(_ bytes: [UInt8]) {
        let kinds = Self.kinds
        var end = 0
        while let mark = Self.firstMark(in: bytes, from: end) {
            var start = mark
            while start > end, bytes[start - 1] != 0x20 { start -= 1 }
            end = mark
            // Of all bytes of the run, and of all but its last.
            var (marks, marksWithin): (UInt8, UInt8) = (0, 0)
            while end < bytes.count, bytes[end] != 0x20 {
                marksWithin = marks
                marks |= kinds[Int(bytes[end])]
                end += 1
            }
            if Self.endsClause(start..<end, bytes) { endClause(at: end) }
            // Most are a word, perhaps with a mark behind it.
            if marksWithin != 0, marks & Self.ofThings != 0 { read(start..<end, bytes) }
        }
    }

    private mutating func endClause(at index: Int) {
        if clauseEnds.isEmpty { clauseEnds.reserveCapacity(4) }
        clauseEnds.append(index)
    }

    /// The first byte from `start` on that is neither a letter of ASCII nor a space: most words have none.
    private static func firstMark(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var i = start
            while i &+ 8 <= bytes.count {
                let mark = EightBytes(bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)).firstMark
                if mark < 8 { return i &+ mark }
                i &+= 8
            }
            return bytes[i...].firstIndex { !$0.isLetter && $0 != 0x20 }
        }
    }

    /// 0 for what may stand in a word; and for marks without which there is neither a thing nor the end of a clause among
    /// what stands between two spaces, also this bit.
    private static let ofThings: UInt8 = 2
    private static let kinds = (0...255).map { (byte: UInt8) in
        byte.isLetter || byte >= 0x80 ? 0 : "./:_-[;)".utf8.contains(byte) ? 1 | ofThings : 1
    }

    /// Reads what stands between two spaces, and is more than a word.
    private mutating func read(_ run: Range<Int>, _ bytes: [UInt8]) {
        if things.isEmpty { things.reserveCapacity(4) }
        var start = run.lowerBound
        for i in run.lowerBound...run.upperBound where i == run.upperBound || Self.separates(bytes[i]) {
            if i < run.upperBound, bytes[i] == .ascii(";") || bytes[i] == .ascii(")") && i + 1 < run.upperBound {
                endClause(at: i)
            }
            if start < i {
                let piece = start..<i
                if Self.isURL(piece, bytes) {
                    things.append(start..<run.upperBound)
                    return
                }
                if let thing = Self.thing(piece, bytes) {
                    things.append(thing)
                    // `ann@[192.0.2.7]` is a mailbox.
                    if Self.isAddress(thing, bytes), !bytes.has("@[", before: thing.lowerBound) {
                        addresses.append(thing)
                    }
                }
            }
            start = i + 1
        }
    }

    private static func isURL(_ piece: Range<Int>, _ bytes: [UInt8]) -> Bool {
        if bytes.has("www.", at: piece.lowerBound) { return true }
        guard let colon = bytes[piece].firstIndex(of: .ascii(":")) else { return false }
        return bytes.firstIndex(of: "://", in: colon..<piece.upperBound) != nil
    }

    private static func endsClause(_ run: Range<Int>, _ bytes: [UInt8]) -> Bool {
        switch bytes[run.upperBound - 1] {
        case .ascii("."), .ascii("!"), .ascii("?"), .ascii(";"): true
        // The full stop of Chinese and Japanese; a letter of another script may end with the same byte.
        case 0x82: bytes.has("。", before: run.upperBound)
        default: false
        }
    }

    private static func separates(_ byte: UInt8) -> Bool {
        switch byte {
        case .ascii("("), .ascii(")"), .ascii("<"), .ascii(">"), .ascii("["), .ascii("]"), .ascii("{"), .ascii("}"),
            .ascii("\""), .ascii("'"), .ascii(","), .ascii(";"), .ascii("|"), .ascii("="), .ascii("`"):
            true
        default: false
        }
    }

    /// The part of a piece that is no word, if any is.
    private static func thing(_ piece: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
        var piece = piece
        while let last = bytes[piece].last, last == .ascii(".") || last == .ascii(":") || last == .ascii("!") {
            piece = piece.dropLast()
            if piece.isEmpty { return nil }
        }
        var (dots, slashes, colons, digits, underscores) = (0, 0, 0, 0, 0)
        for byte in bytes[piece] {
            switch byte {
            case .ascii("."): dots += 1
            case .ascii("/"): slashes += 1
            case .ascii(":"): colons += 1
            case .ascii("_"): underscores += 1
            default: if byte.isDigit { digits += 1 }
            }
        }
        if underscores > 0 || bytes.has("x-", at: piece.lowerBound) { return piece }
        // "Net::SMTP" is a program's.
        if colons > 1, bytes.firstIndex(of: "::", in: piece) != nil { return piece }
        if slashes > 0 {
            // "spam/virus" are two words; "postfix/smtpd[12]" and "/var/mail" are none.
            let isPath =
                slashes > 1 || dots > 0 || digits > 0 || bytes[piece.lowerBound] == .ascii("/")
                || piece.upperBound < bytes.count && bytes[piece.upperBound] == .ascii("[")
            return isPath ? piece : nil
        }
        if dots == 0 { return isNamelessClient(piece, bytes) || colons > 6 && isAddress(piece, bytes) ? piece : nil }
        return isDotted(piece, dots, bytes) ? piece : nil
    }

    /// Is it what Postfix calls a client without a name: `unknown[192.0.2.7]`?
    private static func isNamelessClient(_ piece: Range<Int>, _ bytes: [UInt8]) -> Bool {
        guard bytes.has("unknown[", at: piece.lowerBound), bytes[piece.upperBound] == .ascii("["),
            let close = bytes[piece.upperBound...].prefix(48).firstIndex(of: .ascii("]"))
        else { return false }
        return isAddress(piece.upperBound + 1..<close, bytes)
    }

    /// Is it an IP address, or a range of them: `192.0.2.7`, `192.0.2.0/24`, `192.0.2.7:25`, `2001:db8::7`,
    /// `::ffff:192.0.2.7`, `fe80::1%eth0`; or the literal of one (RFC 5321, section 4.1.3), `IPv6:2001:db8::7`?
    private static func isAddress(_ thing: Range<Int>, _ bytes: [UInt8]) -> Bool {
        var thing = bytes[thing]
        if bytes.has("ipv6:", at: thing.startIndex) { thing = thing.dropFirst(5) }
        thing = thing.prefix { $0 != .ascii("%") }
        var (dots, colons, isDecimal) = (0, 0, true)
        for byte in thing {
            switch byte {
            case .ascii("."): dots += 1
            case .ascii(":"): colons += 1
            case .ascii("/"): break
            case 0x61...0x66: isDecimal = false
            default: guard byte.isDigit else { return false }
            }
        }
        if isDecimal, dots == 3, colons <= 1 { return thing.first!.isDigit }
        return (dots == 0 || dots == 3) && colons > 1
            && (colons + dots / 3 == 7 || bytes.firstIndex(of: "::", in: thing.indices) != nil)
    }

    /// Is it a host name, a version, or a name of a program's, rather than two sentences without a space?
    private static func isDotted(_ piece: Range<Int>, _ dots: Int, _ bytes: [UInt8]) -> Bool {
        guard let dot = bytes[piece].lastIndex(of: .ascii(".")), dot > piece.lowerBound else { return false }
        // "1.5MB" is a number and a word.
        if dots == 1, bytes[piece.lowerBound].isDigit, bytes[piece.upperBound - 1] == .ascii("b") { return false }
        if dots > 1 || bytes[dot - 1].isDigit { return true }
        let label = bytes[(dot + 1)..<piece.upperBound]
        return label.count <= 8 && topLevel.contains(WordSet.packed(label))
    }

    /// The top-level domains, and the suffixes of files, that turn up in replies; not those that are English words.
    private static let topLevel = WordSet(
        """
        com net org edu gov mil int info biz eu us uk de fr nl be es it pt pl cz sk ru ua cn jp kr tw hk sg au nz ca br
        ar mx cl co ch se no dk fi hu ro bg gr tr il za io ai cc tv example test invalid local lan localdomain internal
        arpa php py java js go rb html cfg conf exe zip
        """)

    // MARK: - Asking

    /// Does part of the range belong to something that is no word?
    func hasThing(in range: Range<Int>) -> Bool {
        guard !things.isEmpty else { return false }
        let next = Self.count(of: things, before: range.upperBound)
        return next > 0 && things[next - 1].upperBound > range.lowerBound
    }

    /// The thing that begins at `index`; where it ends.
    func end(ofThingAt index: Int) -> Int? {
        guard !things.isEmpty else { return nil }
        let next = Self.count(of: things, before: index)
        return next < things.count && things[next].lowerBound == index ? things[next].upperBound : nil
    }

    /// The IP addresses that begin before `index`, and those that do not.
    func addresses(around index: Int) -> (before: ArraySlice<Range<Int>>, behind: ArraySlice<Range<Int>>) {
        let next = Self.count(of: addresses, before: index)
        return (addresses[..<next], addresses[next...])
    }

    /// How many of the ranges, which stand in their order, begin before `index`; a long text has many.
    private static func count(of ranges: [Range<Int>], before index: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Does a sentence end between the two?
    func hasClauseEnd(from start: Int, to end: Int) -> Bool {
        for place in clauseEnds where place > start { return place <= end }
        return false
    }
}
