/// Whom the words of a refusal mean, where they seem to mean the recipient.
///
/// `Address 192.0.2.7 not found` denies a host, `the recipient's key was not found` a thing of his, and `the sender's
/// account is disabled` tells of the sender; and each has words in it that give an address up.
struct Blame {
    /// A word for somebody who gets mail, or for where he does.
    private struct Noun {
        var range: Range<Int>
        var slot: Knowledge.Slot
        var languages: UInt64
        /// The noun together with the thing that is meant in its place: `the key of the recipient`.
        var ofThing: Range<Int>?
    }

    private let text: FoldedText
    private var nouns: [Noun] = []
    private var things: [Noun] = []
    private var senders: [Range<Int>] = []
    /// What says that something is not there, or not in use.
    private var denials: [Range<Int>] = []
    /// Where a receiver looks its users up: who is not in the `user database` is unknown.
    private var lists: [Range<Int>] = []

    init(_ search: Search, _ knowledge: Knowledge) {
        text = search.text
        for (slot, range, languages) in search.findings.words {
            let noun = Noun(range: range, slot: slot, languages: languages)
            switch slot {
            case .mailbox, .domain, .headed: Self.add(noun, to: &nouns)
            case .thing: Self.add(noun, to: &things)
            case .sender: senders.append(range)
            case .absent, .nosuch, .disabled: denials.append(range)
            case .list: lists.append(range)
            case .accepted, .rejected, .other: break
            }
        }
        // `update your address book`
        senders.removeAll { sender in
            let next = nouns.place { $0.range.upperBound > sender.lowerBound }
            return next < nouns.count && nouns[next].slot == .headed && nouns[next].range.overlaps(sender)
        }
        for i in nouns.indices { nouns[i].ofThing = thing(ofNounAt: i, juxtaposed: knowledge.juxtaposing) }
    }

    /// Adds a word; what stands in a longer one is none of its own, as `recipient` in `recipient address`.
    private static func add(_ noun: Noun, to nouns: inout [Noun]) {
        guard var last = nouns.last else { return nouns.append(noun) }
        if last.range == noun.range {
            last.languages |= noun.languages
        } else if last.range.lowerBound == noun.range.lowerBound {
            last = noun
        } else {
            if noun.range.upperBound > last.range.upperBound { nouns.append(noun) }
            return
        }
        nouns[nouns.count - 1] = last
    }

    /// Do the words that decide mean somebody or something else, or are they one of two things that may be; or do those
    /// beside a code that decides name the sender?
    func isOnOther(_ signal: Signal, among signals: [Signal]) -> Bool {
        switch signal.place {
        case _ where signal.row != nil: false
        case .text(let range):
            isOnSender(range) || isOnThing(range) || isOnHost(range)
                || isOneOfTwo(range, signals)
        case .enhancedCode, .replyCode: !senders.isEmpty
        case .context, .whole: false
        }
    }

    /// Is any of the words, beside a code that decides, about a host or a thing?
    var namesOther: Bool {
        nouns.contains { $0.slot == .headed || $0.ofThing != nil || isOnHost($0.range) }
            || denials.contains(where: isOnHost)
    }

    // MARK: - The sender

    private func isOnSender(_ range: Range<Int>) -> Bool {
        senders.contains { sender in
            // `Dear sender, the account is closed` is said to him.
            if let mark = text.bytes[sender.upperBound...].first, mark == .ascii(",") || mark == .ascii("!") {
                return false
            }
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

    /// `user unknown or access denied`: whoever wrote it does not tell which. Not where either gives the address up, as in
    /// `unknown user or mailbox disabled`.
    private func isOneOfTwo(_ range: Range<Int>, _ signals: [Signal]) -> Bool {
        var start = range.upperBound
        guard
            nouns.contains(where: { $0.range.upperBound == start })
                || denials.contains(where: { $0.upperBound == start })
        else { return false }
        while start < text.bytes.count, text.bytes[start] == 0x20 || text.bytes[start] == .ascii(",") { start += 1 }
        guard let end = text.end(ofAlternativeAt: start) else { return false }
        let other = end..<min(text.bytes.count, end + 24)
        // `n'existe pas ou plus`: no longer; `unknown or deleted`, but not `unknown or removed from the allow list`
        if let word = text.words(from: end, to: text.bytes[other].firstIndex(of: 0x20) ?? other.upperBound)?.first {
            if Self.lasting.contains(text.packed(word)) { return false }
            if Self.removals.contains(text.packed(word)) { return !endsClause(at: word.upperBound) }
        }
        // What comes first counts: `or locked by policy`.
        let named = (nouns.map(\.range) + denials).filter { $0.overlaps(other) }.map(\.lowerBound).min() ?? Int.max
        let causes = signals.compactMap { signal -> (start: Int, blamesOthers: Bool)? in
            guard case .text(let place) = signal.place, place.overlaps(other) else { return nil }
            return (place.lowerBound, signal.category.blamesOthers)
        }
        if causes.contains(where: { $0.blamesOthers && $0.start < named }) { return true }
        return causes.isEmpty && named == Int.max
    }

    /// Does no word of the same clause follow?
    private func endsClause(at end: Int) -> Bool {
        let rest = text.bytes[end...].prefix(8).drop { $0 == 0x20 }
        return rest.first.map { !$0.isWordByte && $0 < 0x80 } ?? true
    }

    // MARK: - A thing of the recipient's

    /// What is denied is named before the denial, or right behind it: `no such recipient key`, but not `user unknown in
    /// the mailbox store`.
    private func isOnThing(_ range: Range<Int>) -> Bool {
        let denial = denials.first { $0.clamped(to: range) == $0 }
        let first = nouns.place { $0.range.upperBound > range.lowerBound }
        // Words without a noun go with the last before them: `the recipient's server has been decommissioned`.
        if first > 0, first == nouns.count || nouns[first].range.lowerBound >= range.upperBound,
            let thing = nouns[first - 1].ofThing, range.lowerBound - thing.upperBound <= Sequences.gap,
            text.words(from: thing.upperBound, to: range.lowerBound) != nil
        {
            return true
        }
        return nouns.contains { noun in
            guard let thing = noun.ofThing, thing.overlaps(range),
                !lists.contains(where: { noun.range.clamped(to: $0) == noun.range })
            else { return false }
            guard let denial, denial.lowerBound < thing.upperBound else { return true }
            return text.has(only: Self.articles, from: denial.upperBound, to: thing.lowerBound)
        }
    }

    /// The head of a compound is its last word in most languages (`recipient key`, `alıcının anahtarı`), and the first
    /// where its owner follows (`the key of the recipient`, `ключ получателя`).
    private func thing(ofNounAt index: Int, juxtaposed: UInt64) -> Range<Int>? {
        let noun = nouns[index]
        if let thing = possession(of: noun.range) { return thing }
        let next = things.place { $0.range.lowerBound >= noun.range.upperBound }
        if next < things.count, isCompound(from: noun.range.upperBound, to: things[next].range.lowerBound) {
            return noun.range.lowerBound..<things[next].range.upperBound
        }
        let before = things.place { $0.range.upperBound > noun.range.lowerBound }
        if before > 0 {
            let thing = things[before - 1]
            let (from, to) = (thing.range.upperBound, noun.range.lowerBound)
            // `server address unknown`
            let isJuxtaposed =
                thing.languages & noun.languages & juxtaposed != 0
                || text.endsWithAddress(noun.range.upperBound)
            if isGenitive(from: from, to: to) || isJuxtaposed && text.words(from: from, to: to)?.isEmpty == true {
                return thing.range.lowerBound..<noun.range.upperBound
            }
        }
        // `the server for the domain of the recipient`
        if index > 0, let thing = nouns[index - 1].ofThing,
            isGenitive(from: nouns[index - 1].range.upperBound, to: noun.range.lowerBound)
        {
            return thing.lowerBound..<noun.range.upperBound
        }
        return nil
    }

    /// `the mailbox owner's printer was not found`, `the printer of the recipient`: what somebody has, whatever it is, unless
    /// it is where he gets mail, or goes by that.
    private func possession(of noun: Range<Int>) -> Range<Int>? {
        if text.bytes.has("of the ", before: noun.lowerBound) {
            let end = noun.lowerBound - 8
            var start = end
            while start > 0, text.bytes[start - 1].isLetter { start -= 1 }
            return text.bytes.has("the ", before: start) && isThing(start..<end) ? start..<noun.upperBound : nil
        }
        let next = denials.place { $0.lowerBound >= noun.upperBound }
        guard next < denials.count, denials[next].lowerBound - noun.upperBound <= 64,
            let mark = text.bytes[noun.upperBound..<denials[next].lowerBound].lastIndex(of: .ascii("'")),
            text.bytes.has("'s ", at: mark) || text.bytes.has("s' ", at: mark - 1),
            let owner = text.words(from: noun.upperBound, to: mark), owner.allSatisfy(mayBelongToName),
            let words = text.words(from: mark, to: denials[next].lowerBound),
            let thing = words.prefix(while: mayBelongToName).last(where: {
                !text.bytes.has("ly", before: $0.upperBound)
            })
        else { return nil }
        return isThing(thing) ? noun.lowerBound..<thing.upperBound : nil
    }

    private func isThing(_ word: Range<Int>) -> Bool {
        guard !word.isEmpty, !Self.namesOfMailboxes.contains(text.packed(word)) else { return false }
        let place = nouns.place { $0.range.upperBound >= word.upperBound }
        return place == nouns.count || nouns[place].slot == .headed || nouns[place].range.upperBound > word.upperBound
    }

    private func mayBelongToName(_ word: Range<Int>) -> Bool { !Self.ends.contains(text.packed(word)) }

    /// May the words between two belong to one name, as in `user's public key`?
    private func isCompound(from start: Int, to end: Int) -> Bool {
        guard end - start <= 24, let words = text.words(from: start, to: end), words.count <= 2 else { return false }
        let next = denials.place { $0.lowerBound >= start }
        guard next == denials.count || denials[next].lowerBound >= end else { return false }
        // A character of three bytes begins a script in which words that have no space between are told apart only by these.
        return words.allSatisfy { word in
            text.bytes[word.lowerBound] < 0xE0
                ? !Self.ends.contains(text.packed(word)) : Self.joints.contains(text.packed(word))
        }
    }

    /// Do the words between two say that the first is one of the second's?
    private func isGenitive(from start: Int, to end: Int) -> Bool {
        guard end - start <= 32, let words = text.words(from: start, to: end), let first = words.first,
            Self.genitives.contains(text.packed(first))
        else { return false }
        return words.dropFirst().allSatisfy {
            Self.articles.contains(text.packed($0)) || Self.genitives.contains(text.packed($0))
        }
    }

    // MARK: - A host

    /// Is it an IP address that is denied? It stands among the words, or next to those that name nothing but an address:
    /// before `[192.0.2.7]: user unknown`, it is who says so.
    /// Nor is it one where a mail address stands beside it: `ann@b.example not found [192.0.2.7]`.
    private func isOnHost(_ range: Range<Int>) -> Bool {
        guard !text.tokens.addresses.isEmpty, let place = placeOfHost(range) else { return false }
        return !text.original(max(0, place.lowerBound - 2)..<place.upperBound).utf8.contains(.ascii("@"))
    }

    /// Where the words and the IP address stand that they deny.
    private func placeOfHost(_ range: Range<Int>) -> Range<Int>? {
        let (before, behind) = text.tokens.addresses(around: range.lowerBound)
        if let inside = behind.first, inside.lowerBound < range.upperBound { return range }
        let first = nouns.place { $0.range.upperBound > range.lowerBound }
        let named = nouns[first...].prefix { $0.range.lowerBound < range.upperBound }
        guard named.allSatisfy({ text.endsWithAddress($0.range.upperBound) }) else { return nil }
        if let before = before.last, text.has(only: Self.links, from: before.upperBound, to: range.lowerBound) {
            return before.lowerBound..<range.upperBound
        }
        guard let last = named.last?.range.upperBound else { return nil }
        let end = max(last, range.upperBound)
        guard let behind = text.tokens.addresses(around: end).behind.first,
            text.has(only: Self.links, from: end, to: behind.lowerBound),
            // In a bracket behind `not found` stands who says so.
            last == end || text.bytes[behind.lowerBound - 1] == 0x20
        else { return nil }
        return range.lowerBound..<behind.upperBound
    }
}
