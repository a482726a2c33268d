import SMTPCatalog

extension Knowledge {
    /// Everything known that stands in the text, each pattern once, without those that stand inside a longer
    /// one of their kind.
    ///
    /// Phrases that want other codes beside them than these neither count nor hide others.
    func findings(in text: FoldedText, code: ReplyCode?, enhanced: EnhancedCode?) -> Findings {
        var found = Findings(code: code, enhanced: enhanced, phrases: phrases)
        var progress = Sequences.Progress()
        var addresses = text.tokens.addresses[...]
        let bytes = text.bytes
        matcher.scan(
            bytes,
            all: { uses, range in
                let isWhole = bytes.isWordEnd(range.upperBound)
                let isInThing = text.tokens.hasThing(in: range)
                for use in uses where isWhole || use.isOpen {
                    if isInThing, !use.isName, use.kind != .other { continue }
                    switch use.kind {
                    case .part:
                        let slot = reading(use.slot, range, text)
                        if slot != .other, !isInThing { found.add(slot, range, sequences.languages(of: use.number)) }
                        if slot != use.slot, !use.isName { continue }
                        // Parts are taken in the order in which they begin.
                        while let address = addresses.first, address.lowerBound < range.lowerBound {
                            take(Sequences.address, address, text, &progress, &found)
                            addresses.removeFirst()
                        }
                        take(use.number, range, text, &progress, &found)
                    case .phrase, .other:
                        let meaning = meanings[Int(use.number)]
                        guard accepts(meaning, range, text, isOpen: use.isOpen) else { continue }
                        let gap = range.upperBound..<range.upperBound
                        found.add(Match(pattern: Int(use.number), meaning: meaning, range: range, gap: gap))
                    }
                }
            })
        for address in addresses { take(Sequences.address, address, text, &progress, &found) }
        found.dropContained()
        return found
    }

    /// Takes a part that was found, and adds the patterns that it completes.
    @inline(never)
    private func take(
        _ part: UInt32, _ range: Range<Int>, _ text: FoldedText, _ progress: inout Sequences.Progress,
        _ found: inout Findings
    ) {
        progress.take(part, range, sequences, text) { pattern, whole, gap in
            found.add(Match(pattern: Int(pattern), meaning: meanings[Int(pattern)], range: whole, gap: gap))
        }
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
