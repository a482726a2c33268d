import SMTPCatalog

/// What a reply whose code refuses nothing says of the outcome in its words.
///
/// The reply code decides (RFC 5321, section 4.2.1), but some servers write `250 message rejected` or `221 4.7.0 too
/// many errors`, and to take a failure for success loses mail. So the code gives way where the reply refuses and has
/// no word of acceptance: `250 queued, spam check done` stays accepted.
struct Outcome {
    /// Words such as `queued`, and `not rejected`.
    private(set) var accepts = false
    /// Words such as `discarded`, and `not queued`; the first of them.
    private(set) var refusal: Range<Int>?

    /// What the words of a reply are good for.
    enum Weight {
        /// A greeting, a help text, an answer to VRFY: they say what they like.
        case none
        /// Only those that say what came of it: 251 explains whom it forwards to.
        case outcome
        /// Any cause.
        case cause

        init(_ code: ReplyCode?) {
            self =
                switch code?.rawValue {
                case 211, 214, 220, 252, 334: .none
                case 251: .outcome
                default: .cause
                }
        }
    }

    /// What came of it stands at the beginning; a long text is something else.
    private static let most = 512

    /// `text` is folded.
    init(_ text: FoldedText, _ findings: Knowledge.Findings) {
        readWestern(text)
        let acceptances = findings.words { $0 == .accepted }
        let refusals = findings.words { $0 == .rejected }
        // `not accepted` has `accepted` in it.
        func stands(_ range: Range<Int>, apartFrom others: [Range<Int>]) -> Bool {
            range.lowerBound < Self.most
                && !others.contains { $0.count > range.count && $0.overlaps(range) }
        }
        if acceptances.contains(where: { stands($0, apartFrom: refusals) }) { accepts = true }
        refusal = refusal ?? refusals.first { stands($0, apartFrom: acceptances) }
    }

    /// English, and those words of its neighbours that go with its negations; the other languages have `{accepted}` and
    /// `{rejected}` in their files.
    private mutating func readWestern(_ text: FoldedText) {
        let bytes = text.bytes
        var isNegated = 0
        var i = 0
        let end = min(bytes.count, Self.most)
        while i < end {
            let start = i
            while i < end, bytes[i].isLetter || bytes[i] == .ascii("'") { i += 1 }
            guard i > start else {
                let number = bytes[i..<end].prefix { $0.isDigit }
                if number.elementsEqual([.ascii("0")]) { isNegated = 2 }
                i += max(1, number.count)
                continue
            }
            let word = WordSet.packed(bytes[start..<min(i, start + 6)])
            if Self.negations.contains(word) {
                isNegated = 3
            } else if Self.acceptances.contains(word) || Self.refusals.contains(word),
                !text.tokens.hasThing(in: start..<i)
            {
                if Self.acceptances.contains(word) == (isNegated == 0) {
                    accepts = true
                } else if refusal == nil {
                    refusal = start..<i
                }
            }
            isNegated = max(0, isNegated - 1)
        }
    }

    // By their first six letters.
    private static let acceptances = WordSet(
        """
        ok okay accepted queued queueing queuing delivered deliverable received thanks thank success successful
        completed complete sent spooled stored scheduled welcome hello pleased ready roger ahead start enter end
        angenommen zugestellt accepte aceptado aceptada accettato
        """, bytes: 6)
    private static let refusals = WordSet(
        """
        rejected rejecting refused refusing denied declined discarded discarding dropped dropping bounced blocked
        undelivered undeliverable failed failure error errors deleted destroyed abgelehnt zurueckgewiesen rechazado
        rechazada rejete recusada recusado rifiutato geweigerd odrzucono odmitnuto avvisat
        """, bytes: 6)
    private static let negations = WordSet("not never no cannot can't couldn't wasn't isn't without nor", bytes: 6)
}
