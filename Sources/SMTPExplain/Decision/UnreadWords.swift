/// Words beside a code that say something, but nothing that is known here.
enum UnreadWords {
    /// As many as make a sentence of their own: `compliance hold`; not `sorry`, `message not accepted`.
    private static let enough = 2

    /// Does the text, which is folded, have words besides those that go with any refusal and those that name the address?
    /// That the address is named says nothing of it: `the recipient wants a signed message`.
    /// Of a reply code, any word: 521 goes with blocks too, and 550 with everything.
    static func stand(in text: FoldedText, besides code: Evidence.Kind?, _ knowledge: Knowledge) -> Bool {
        let bytes = text.bytes
        if code == .replyCode { return !bytes.isEmpty }
        var names = knowledge.words(in: text, of: \.isOfAddress)[...]
        var (words, others) = (0, 0)
        var i = 0
        while i < bytes.count, words < enough {
            if let end = text.tokens.end(ofThingAt: i) ?? end(ofNameAt: i, &names) {
                // The address is that of a host: `Address 192.0.2.7 not found`.
                if text.endsWithAddress(i..<end), text.hostAddress(behind: end) != nil { return true }
                i = end
                continue
            }
            let start = i
            while i < bytes.count, bytes[i].isLetter { i += 1 }
            if i > start + 1, !usual.contains(Tokens.packed(bytes[start..<min(i, start + 6)])) { words += 1 }
            if i == start {
                // Three bytes are a Chinese character, and two of them are a word.
                if bytes[i] >= 0x80 { others += 1 }
                i += 1
            }
        }
        if words + others / 6 >= enough { return true }
        // `the user's host`, `domain controller`, `192.0.2.7 not found`: what was not found is a machine.
        return !knowledge.words(in: text) { $0 == .headed }.isEmpty
            || !text.tokens.addresses.isEmpty
                && knowledge.words(in: text) { $0 == .absent }.contains { text.followsHostAddress($0.lowerBound) }
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

    /// The words that say whose a machine is, and what else may stand before its owner.
    fileprivate static let genitives = words("of for du des de del do da di van von der")
    fileprivate static let articles = words("the this that your la le el mail email correo messager")

    private static func words(_ list: String) -> Set<UInt64> {
        Set(list.utf8.split { $0 == 0x20 }.map { Tokens.packed($0.prefix(8)) })
    }

    /// By their first six letters: what goes with any refusal, and the names of what is refused or answered.
    private static let usual = Set(
        """
        sorry error message messages mail email not no nor accepted rejected reject refused denied requested action
        taken delivery delivered deliver failed failure permanent permanently fatal is was were be been has have the
        your this that it for to of by in on at and or from with command data smtp esmtp lmtp rcpt status said response
        cannot could can reply undeliverable aborted bounce bounced returned bad invalid hostname syntax name
        username null mx destination final code please try transaction
        """.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { Tokens.packed($0.prefix(6)) })
}

extension Knowledge {
    /// Do the words that decide speak of the sender, or those beside a code: `Das Konto des Absenders ist gesperrt`? Or
    /// of the receiver's own machines: `mailbox host unknown`?
    func namesOthers(in text: FoldedText, beside signal: Signal?) -> Bool {
        guard let signal, signal.row == nil else { return false }
        let senders = words(in: text) { $0 == .sender }
        guard case .text(let range) = signal.place else { return signal.isCodeAlone && !senders.isEmpty }
        if isOfMachine(range.lowerBound, text) { return true }
        return senders.contains { sender in
            if sender.upperBound <= range.lowerBound {
                return range.lowerBound - sender.upperBound <= Sequences.gap
                    && !text.tokens.hasClauseEnd(from: sender.upperBound, to: range.lowerBound)
            }
            if sender.lowerBound >= range.upperBound {
                return sender.lowerBound - range.upperBound <= 20
                    && !text.tokens.hasClauseEnd(from: range.upperBound, to: sender.lowerBound)
            }
            return true
        }
    }

    /// Is what begins at `index` a machine of the receiver's, as in `mailbox host unknown`, or does it only say whose:
    /// `the server of the recipient was not found`?
    private func isOfMachine(_ index: Int, _ text: FoldedText) -> Bool {
        guard index > 0 else { return false }
        if isHead(text.word(after: index - 1)) {
            // As many bytes as in `mailbox's mail host`.
            return words(in: text) { $0 == .headed }.contains { $0.upperBound <= index && $0.upperBound + 8 >= index }
        }
        var (i, isGenitive) = (index, false)
        while i > 1, text.bytes[i - 1] == 0x20 {
            let word = text.bytes[..<(i - 1)].suffix(16).reversed().prefix(while: \.isLetter)
            let packed = Tokens.packed(word.reversed().prefix(8))
            if isHead(packed) { return isGenitive }
            if UnreadWords.genitives.contains(packed) {
                isGenitive = true
            } else if !UnreadWords.articles.contains(packed) {
                return false
            }
            i -= 1 + word.count
        }
        return false
    }
}
