import SMTPCatalog

/// What a reply comes to, from the evidence in it. Pure: what it is put in words with is ``Wording``.
struct Decision {
    let category: Category
    let disposition: Disposition?
    let confidence: Confidence
    let verdict: Verdict

    /// `signals` come the strongest first.
    init(_ reply: ReadReply, _ signals: [Signal], saidSeconds: Int?, providerSeconds: Int?) {
        let best = signals.first
        category = best?.category ?? .undetermined
        disposition = Self.disposition(reply, best)
        confidence = Self.confidence(signals)
        let ownAction = disposition == .permanent ? best.flatMap(Self.action) : nil
        verdict = Verdict(
            category, disposition, action: ownAction ?? category.entry.action(disposition), command: reply.command,
            confidence: confidence, blamesOthers: signals.contains(where: Self.blamesOthers),
            saidSeconds: saidSeconds, providerSeconds: providerSeconds)
    }

    private static func disposition(_ reply: ReadReply, _ best: Signal?) -> Disposition? {
        // RFC 5321, section 4.5.3.1.10: a client treats 552 for too many recipients as 452.
        if reply.code == 552, best?.category == .tooManyRecipients { return .transient }
        // Who has given up quotes the last reply, which may have asked to try again.
        if let best, best.source == .givenUp, best.scope == .around { return .permanent }
        return (reply.code?.classDigit ?? reply.enhanced?.classDigit).flatMap(Disposition.init(classDigit:))
            ?? reply.disposition ?? best?.category.entry.usualDisposition
    }

    /// The action that the deciding code asks for in a final reply.
    private static func action(_ signal: Signal) -> Action? {
        guard signal.row == nil, !signal.isReadByStage else { return nil }
        switch signal.place {
        case .replyCode(let code): return Catalog.entry(code)?.action
        case .enhancedCode(let code) where code.classDigit != 4:
            return Catalog.entry(code)?.action(classDigit: code.classDigit)
        default: return nil
        }
    }

    /// Do the reply's words, not its codes, put the blame elsewhere than on the address?
    private static func blamesOthers(_ signal: Signal) -> Bool {
        switch signal.place {
        case .text: signal.category.blamesOthers
        case .context: signal.source == .givenUp
        case .enhancedCode, .replyCode, .whole: false
        }
    }

    private static func confidence(_ signals: [Signal]) -> Confidence {
        guard let best = signals.first else { return .low }
        let others = signals.dropFirst()
        let isOpposed = others.contains { opposes($0, best) }
        let isBacked = others.contains { $0.category == best.category }
        switch best.source {
        case .replyClass, .subject: return .low
        case _ where best.rank <= Rank.around: return isBacked && !isOpposed ? .medium : .low
        case .replyCode, .enhancedCode, .domainBlocklist:
            return isBacked && !isOpposed || best.category == .accepted ? .high : .medium
        default: return isOpposed ? .medium : .high
        }
    }

    /// Is it evidence for another cause? Not where that is the effect of the best one; but whether the address is to
    /// blame is never beside the point.
    static func opposes(_ signal: Signal, _ best: Signal) -> Bool {
        signal.rank > Rank.vague && signal.category != best.category
            && (!Causes.explains(best.category, signal.category)
                || signal.category.blamesOthers != best.category.blamesOthers)
    }
}
