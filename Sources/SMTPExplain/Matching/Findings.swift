import SMTPCatalog

extension Knowledge {
    /// What was found in a text so far, but for phrases that want other codes beside them.
    struct Findings {
        /// As many as a number has bits.
        private static let most = UInt64.bitWidth

        private let code: ReplyCode?
        private let enhanced: EnhancedCode?
        private(set) var matches: [Match] = []
        /// The words of slots that mean something by themselves, in their order, and a bit for the language of each.
        private(set) var words: [(slot: Slot, range: Range<Int>, languages: UInt64)] = []

        init(code: ReplyCode?, enhanced: EnhancedCode?) {
            self.code = code
            self.enhanced = enhanced
        }

        /// Adds what counts beside these codes only, if any.
        mutating func add(_ match: Match, beside codes: Phrase.Codes?) {
            // A hundred patterns tell no more than sixty; this bounds the work on a text made of them.
            guard matches.count < Self.most, codes?.fit(code, enhanced) != false else { return }
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
            guard matches.count > 1 else { return }
            // A bit for each that is left.
            var left: UInt64 = 0
            matches.withUnsafeBufferPointer { matches in
                for i in matches.indices where !Self.isInside(matches[i], matches) {
                    let isRepeated = (0..<i).contains {
                        left & 1 << UInt64($0) != 0 && matches[$0].pattern == matches[i].pattern
                    }
                    if !isRepeated { left |= 1 << UInt64(i) }
                }
            }
            guard left.nonzeroBitCount < matches.count else { return }
            var count = 0
            for i in matches.indices where left & 1 << UInt64(i) != 0 {
                matches[count] = matches[i]
                count += 1
            }
            matches.removeLast(matches.count - count)
        }

        /// Does it stand inside a longer one that it yields to?
        private static func isInside(_ inner: Match, _ matches: UnsafeBufferPointer<Match>) -> Bool {
            let (start, end) = (inner.range.lowerBound, inner.range.upperBound)
            return matches.contains { outer in
                let (before, behind) = (start - outer.range.lowerBound, outer.range.upperBound - end)
                // Neither is negative, and one is more than nothing: asked at once, as nothing foretells the one or the other.
                return before | behind > 0 && outer.pattern != inner.pattern && yields(inner, to: outer)
            }
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
