import SMTPCatalog

extension Knowledge {
    /// What was found in a text so far, but for phrases that want other codes beside them.
    struct Findings {
        /// As many as a number has bits.
        private static let most = UInt64.bitWidth

        private let code: ReplyCode?
        private let enhanced: EnhancedCode?
        private let phrases: [Phrase]
        private(set) var matches: [Match] = []
        /// The words of slots that mean something by themselves, in their order, and a bit for the language of each.
        private(set) var words: [(slot: Slot, range: Range<Int>, languages: UInt64)] = []

        init(code: ReplyCode?, enhanced: EnhancedCode?, phrases: [Phrase]) {
            self.code = code
            self.enhanced = enhanced
            self.phrases = phrases
        }

        mutating func add(_ match: Match) {
            // A hundred patterns tell no more than sixty; this bounds the work on a text made of them.
            guard matches.count < Self.most else { return }
            if case .phrase(let phrase) = match.meaning, phrase.wantsCodes,
                phrases[phrase.number].codes?.fit(code, enhanced) == false
            {
                return
            }
            if matches.isEmpty { matches.reserveCapacity(16) }
            matches.append(match)
        }

        mutating func add(_ slot: Slot, _ range: Range<Int>, _ languages: UInt64) {
            if words.isEmpty { words.reserveCapacity(16) }
            words.append((slot, range, languages))
        }

        /// Where the words of some slots stand; in their order.
        func words(of isMeant: (Slot) -> Bool) -> [Range<Int>] {
            words.compactMap { isMeant($0.slot) ? $0.range : nil }
        }

        /// Of two phrases or two blocklists, the longer one counts where the other stands inside it; and of what is
        /// left, each pattern once.
        mutating func dropContained() {
            // A bit for each that is left.
            var left: UInt64 = 0
            for (i, inner) in matches.enumerated() {
                let isInside = matches.indices.contains { j in
                    let outer = matches[j].range
                    return outer.lowerBound <= inner.range.lowerBound && outer.upperBound >= inner.range.upperBound
                        && outer.count > inner.range.count && matches[j].pattern != inner.pattern
                        && Self.yields(inner, to: matches[j])
                }
                guard !isInside else { continue }
                let isRepeated = (0..<i).contains {
                    left & 1 << UInt64($0) != 0 && matches[$0].pattern == inner.pattern
                }
                if !isRepeated { left |= 1 << UInt64(i) }
            }
            var count = 0
            for i in matches.indices where left & 1 << UInt64(i) != 0 {
                matches[count] = matches[i]
                count += 1
            }
            matches.removeLast(matches.count - count)
        }

        private static func yields(_ inner: Match, to outer: Match) -> Bool {
            switch (inner.meaning, outer.meaning) {
            case (.phrase(let short), .phrase(let long)):
                // Words that say nothing hide all that stands in them.
                if long.category == .undetermined, long.strength != .forNow { return short.category != .undetermined }
                // What is so for now is said within the words that say what.
                if short.strength == .forNow { return false }
                let isInGap = !outer.gap.isEmpty && outer.gap.clamped(to: inner.range) == inner.range
                return isInGap ? short.strength < long.strength : short.strength <= long.strength
            case (.blocklist, .blocklist): return true
            default: return false
            }
        }
    }
}
