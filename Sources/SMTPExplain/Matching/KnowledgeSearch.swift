import SMTPCatalog

extension Knowledge {
    /// Everything known that stands in the text, each pattern once, without those that stand inside a longer
    /// one of their kind.
    ///
    /// Phrases that want other codes beside them than these neither count nor hide others.
    func findings(in text: FoldedText, code: ReplyCode?, enhanced: EnhancedCode?) -> Findings {
        var found = Findings(code: code, enhanced: enhanced)
        var progress = Sequences.Progress()
        var addresses = text.tokens.addresses[...]
        matcher.scan(
            text.bytes,
            all: { uses, range in
                let isInThing = text.tokens.hasThing(in: range)
                for use in uses {
                    if isInThing, !use.isName, use.kind != .other { continue }
                    switch use.kind {
                    case .part:
                        let slot = reading(use.slot, range, text)
                        if slot != .other, !isInThing { found.add(slot, range, sequences.languages(of: use.number)) }
                        if slot != use.slot, !use.isName { continue }
                        // Parts are taken in the order in which they begin.
                        while let address = addresses.first, address.lowerBound < range.lowerBound {
                            take(address: address, text, &progress, &found)
                            addresses.removeFirst()
                        }
                        take(use.number, range, text, &progress, &found)
                    case .phrase, .other:
                        let meaning = meanings[Int(use.number)]
                        guard accepts(meaning, range, text, isOpen: use.isOpen) else { continue }
                        add(use.number, range, range.upperBound..<range.upperBound, &found)
                    }
                }
            })
        for address in addresses { take(address: address, text, &progress, &found) }
        found.dropContained()
        return found
    }

    /// Takes a part that was found, and adds the patterns that it completes.
    @inline(__always)
    private func take(
        _ part: UInt32, _ range: Range<Int>, _ text: FoldedText, _ progress: inout Sequences.Progress,
        _ found: inout Findings
    ) {
        progress.makeRoom()
        // Few parts do more than begin something.
        if progress.awaits(part, sequences) { goOn(by: part, range, text, &progress, &found) }
        progress.begin(with: part, range, sequences) { pattern, whole, gap in add(pattern, whole, gap, &found) }
    }

    @inline(never)
    private func goOn(
        by part: UInt32, _ range: Range<Int>, _ text: FoldedText, _ progress: inout Sequences.Progress,
        _ found: inout Findings
    ) {
        progress.goOn(by: part, range, sequences, text) { pattern, whole, gap in add(pattern, whole, gap, &found) }
    }

    /// Takes an address, as the part that it is in all languages.
    @inline(never)
    private func take(
        address: Range<Int>, _ text: FoldedText, _ progress: inout Sequences.Progress, _ found: inout Findings
    ) {
        take(Sequences.address, address, text, &progress, &found)
    }

    /// Adds a pattern that was found.
    private func add(_ pattern: UInt32, _ range: Range<Int>, _ gap: Range<Int>, _ found: inout Findings) {
        let meaning = meanings[Int(pattern)]
        found.add(
            Match(pattern: Int(pattern), meaning: meaning, range: range, gap: gap), beside: codes(for: meaning))
    }

    /// The codes without which it does not mean this.
    private func codes(for meaning: Meaning) -> Phrase.Codes? {
        if case .phrase(let phrase) = meaning, phrase.wantsCodes { phrases[phrase.number].codes } else { nil }
    }

    /// What the words of a slot are where they stand.
    private func reading(_ slot: Slot, _ range: Range<Int>, _ text: FoldedText) -> Slot {
        switch slot {
        // A `user agent` is no user, and a `domain controller` no domain.
        case .mailbox, .domain: isHead(text.word(after: range.upperBound)) ? .headed : slot
        // Who `has blocked the sender` is not blocked.
        case .disabled: text.isActive(range.lowerBound) ? .other : slot
        case .sender, .absent, .nosuch, .accepted, .rejected, .list, .other, .thing, .headed: slot
        }
    }

    private func accepts(_ meaning: Meaning, _ range: Range<Int>, _ text: FoldedText, isOpen: Bool) -> Bool {
        switch meaning {
        case .token: return !isOpen || goesOnAsCode(range, text)
        case .host: return isHost(range, text.bytes)
        default: return true
        }
    }

    /// Does a prefix of provider codes go on as a code does: in capitals and digits?
    private func goesOnAsCode(_ range: Range<Int>, _ text: FoldedText) -> Bool {
        var end = range.upperBound
        while end < text.bytes.count, text.bytes[end].isWordByte { end += 1 }
        guard end > range.upperBound else { return false }
        let code = text.original(range.lowerBound..<end)
        return code.utf8.contains { $0.isDigit } && code == code.uppercased()
    }

    /// Is it a host name, or the end of one, rather than a word of the same letters?
    private func isHost(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let before = range.lowerBound > 0 ? bytes[range.lowerBound - 1] : 0x20
        let after = range.upperBound < bytes.count ? bytes[range.upperBound] : 0x20
        let isDotted = bytes[range].contains(.ascii(".")) || before == .ascii(".") || after == .ascii(".")
        return isDotted && before != .ascii("-") && before != .ascii("_") && after != .ascii("-")
            && after != .ascii("_")
    }
}
