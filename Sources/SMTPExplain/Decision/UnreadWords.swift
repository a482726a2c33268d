/// Words beside a code that say something, but nothing that is known here.
enum UnreadWords {
    /// As many as make a sentence of their own: `compliance hold`; not `sorry`, `message not accepted`.
    private static let enough = 2

    /// Does the text, which is folded, have words besides those that go with any refusal and those that name the address?
    /// That the address is named says nothing of it: `the recipient wants a signed message`.
    /// Of a reply code, any word: 521 goes with blocks too, and 550 with everything.
    static func stand(in search: Search, besides code: Evidence.Kind?) -> Bool {
        let (text, findings) = (search.text, search.findings)
        let bytes = text.bytes
        if code == .replyCode { return !bytes.isEmpty }
        var names = findings.words(of: \.isOfAddress)[...]
        var (words, others) = (0, 0)
        var i = 0
        while i < bytes.count, words < enough {
            if let end = text.tokens.end(ofThingAt: i) ?? end(ofNameAt: i, &names) {
                i = end
                continue
            }
            let start = i
            while i < bytes.count, bytes[i].isLetter { i += 1 }
            if i > start + 1, !usual.contains(WordSet.packed(bytes[start..<min(i, start + 6)])) { words += 1 }
            if i == start {
                // Three bytes are a Chinese character, and two of them are a word.
                if bytes[i] >= 0x80 { others += 1 }
                i += 1
            }
        }
        return words + others / 6 >= enough
    }

    /// The longest of the names that begin at `index`; where it ends. Names before it are done with.
    private static func end(ofNameAt index: Int, _ names: inout ArraySlice<Range<Int>>) -> Int? {
        var end: Int?
        while let name = names.first, name.lowerBound <= index {
            if name.lowerBound == index { end = max(end ?? 0, name.upperBound) }
            names.removeFirst()
        }
        return end
    }

    /// By their first six letters: what goes with any refusal, and the names of what is refused or answered.
    private static let usual = WordSet(
        """
        sorry error message messages mail email not no nor accepted rejected reject refused denied requested action
        taken delivery delivered deliver failed failure permanent permanently fatal is was were be been has have the
        your this that it for to of by in on at and or from with command data smtp esmtp lmtp rcpt status said response
        cannot could can reply undeliverable aborted bounce bounced returned bad invalid hostname syntax name
        username null mx destination final code please try transaction
        """, bytes: 6)
}
