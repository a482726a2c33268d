/// Makes replies alike that differ only in what is of no meaning: addresses, ids and long numbers.
///
/// A word ends at a blank or a mark of punctuation; `@` stands for an address, `#` for digits. Short words keep theirs:
/// `5.1.1`, `TSS04` and `S3140` say what happened. Host names keep their letters, as they tell the provider.
enum Folding {
    /// Digits in words that are no longer stay: codes of providers have up to 9 letters and digits.
    private static let longestCode = 9

    static func fold(_ reply: Span<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(reply.count)
        var start = 0
        while start < reply.count {
            guard isOfWord[Int(reply[start])] else {
                folded.append(reply[start])
                start += 1
                continue
            }
            var end = start
            var hasAt = false
            var digits = 0
            while end < reply.count, isOfWord[Int(reply[end])] {
                if reply[end] == .ascii("@") { hasAt = true }
                if reply[end].isDigit { digits += 1 }
                end += 1
            }
            // The end of a sentence is no part of a name.
            while end > start + 1, reply[end - 1] == .ascii(".") { end -= 1 }
            if hasAt {
                folded.append(.ascii("@"))
            } else if digits > 0 {
                foldNumbers(reply, start..<end, digits, &folded)
            } else {
                for i in start..<end { folded.append(reply[i]) }
            }
            start = end
        }
        return folded
    }

    private static func foldNumbers(
        _ reply: Span<UInt8>, _ word: Range<Int>, _ digits: Int, _ folded: inout [UInt8]
    ) {
        let isLong = word.count > longestCode || digits == word.count && digits > 5
        guard isLong || isIPAddress(reply, word, digits) else {
            for i in word { folded.append(reply[i]) }
            return
        }
        guard isHostName(reply, word) else { return folded.append(.ascii("#")) }
        for i in word {
            if !reply[i].isDigit {
                folded.append(reply[i])
            } else if folded.last != .ascii("#") {
                folded.append(.ascii("#"))
            }
        }
    }

    /// Four numbers and three dots.
    private static func isIPAddress(_ reply: Span<UInt8>, _ word: Range<Int>, _ digits: Int) -> Bool {
        digits + 3 == word.count && word.count >= 7 && word.count { reply[$0] == .ascii(".") } == 3
    }

    /// Ends it with a dot and letters, as under a top-level domain?
    private static func isHostName(_ reply: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard let dot = word.last(where: { reply[$0] == .ascii(".") }) else { return false }
        return word.upperBound - dot > 2 && (dot + 1..<word.upperBound).allSatisfy { reply[$0].isLetter }
    }

    /// Letters, digits and what addresses have between them.
    private static let isOfWord: [Bool] = (0..<256).map { byte in
        let byte = UInt8(byte)
        return byte.isWordByte || byte >= 0x80 || [.ascii("."), .ascii("_"), .ascii("@"), .ascii("+")].contains(byte)
    }
}
