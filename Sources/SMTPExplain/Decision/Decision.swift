import SMTPCatalog

/// What a reply comes to, from the evidence in it. Pure: what it is put in words with is ``Wording``.
struct Decision {
    let category: Category
    let disposition: Disposition?
    let confidence: Confidence
    let verdict: Verdict
    /// Does it refuse although its code is one of success?
    let overrulesCode: Bool

    /// `signals` come the strongest first.
    /// - Parameters:
    ///   - isUnread: does the reply have words that nothing is known of?
    ///   - namesOthers: do words mean somebody or something else than the recipient?
    ///   - isForNow: does it say that things are so for the time being?
    init(
        _ reply: ReadReply, _ signals: [Signal], isUnread: @autoclosure () -> Bool = false,
        namesOthers: (Signal) -> Bool = { _ in false }, isForNow: Bool = false, saidSeconds: Int?, providerSeconds: Int?
    ) {
        let best = signals.first
        category = best?.category ?? .undetermined
        overrulesCode = reply.settledCategory != nil && reply.settledCategory != category
        disposition = overrulesCode ? Self.refusal(reply, best) : Self.disposition(reply, signals)
        let most: Confidence = overrulesCode ? Self.beside(reply.code, category) : .high
        confidence = min(Self.confidence(signals), most)
        // Who keeps the message in the queue, whatever the reply, has not given the address up; nor has a receiver whose
        // last reply, as the sending side quotes it, was one for now.
        let isForNow = isForNow || reply.disposition == .transient || reply.quotesForNow
        let ownAction = disposition == .permanent ? best.flatMap(Self.action) : nil
        verdict = Verdict(
            category, disposition, action: ownAction ?? category.entry.action(disposition),
            doubt: reply.isCalledSuccess
                ? .contradiction
                : isForNow ? .forNow : Self.doubt(reply, signals, confidence, isUnread, namesOthers),
            saidSeconds: saidSeconds, providerSeconds: providerSeconds)
    }

    private static func disposition(_ reply: ReadReply, _ signals: [Signal]) -> Disposition? {
        let best = signals.first
        let givenUp = signals.first { $0.source == .givenUp }
        // RFC 5321, section 4.5.3.1.10: a client treats 552 for too many recipients as 452.
        if reply.code == 552, best?.category == .tooManyRecipients { return .transient }
        // Who has given up quotes the last reply, which may have asked to try again.
        if givenUp?.scope == .around { return .permanent }
        return (reply.code?.classDigit ?? reply.enhanced?.classDigit).flatMap(Disposition.init(classDigit:))
            ?? reply.disposition ?? (givenUp ?? best)?.category.entry.usualDisposition
    }

    /// What a refusal is whose code is one of success.
    private static func refusal(_ reply: ReadReply, _ best: Signal?) -> Disposition {
        if let enhanced = reply.enhanced, enhanced.refuses { return enhanced.classDigit == 4 ? .transient : .permanent }
        return best?.category.entry.usualDisposition ?? .permanent
    }

    /// How much a refusal beside a code of success is worth: 221 goes with good and with bad, but is about no address.
    private static func beside(_ code: ReplyCode?, _ category: Category) -> Confidence {
        code == 221 && category.blamesOthers ? .medium : .low
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

    /// What speaks against blaming the address, where the category blames it.
    private static func doubt(
        _ reply: ReadReply, _ signals: [Signal], _ confidence: Confidence, _ isUnread: () -> Bool,
        _ namesOthers: (Signal) -> Bool
    ) -> Verdict.Doubt? {
        guard let best = signals.first, !best.category.blamesOthers else { return nil }
        if let doubt = Verdict.Doubt(command: reply.command) { return doubt }
        if confidence == .low { return .lowConfidence }
        if blamesOthers(signals) || namesOthers(best) { return .otherBlame }
        // Words that are too vague to decide may still say the same as the code.
        let isBacked = signals.contains { signal in
            signal.kind == .text && signal.scope == .reply && !signal.category.blamesOthers
                // That a host was not found says nothing of a mailbox, nor that a thing of the recipient's was not.
                && (signal.category == best.category || signal.category != .badDestinationDomain)
                && !namesOthers(signal)
        }
        if best.isCodeAlone, !isBacked, isUnread() { return .unreadWords }
        // Filters take the recipient and answer the message with a bare `user unknown`; who means it says more.
        let isAfterRecipient = reply.command == "DATA" || reply.command == "BDAT"
        let saysMore = reply.enhanced != nil || reply.text.count(where: \.isLetter) > best.length
        return isAfterRecipient && best.row == nil && !saysMore ? .afterRecipient : nil
    }

    /// Do other words than those that decided put the blame elsewhere than on the address?
    private static func blamesOthers(_ signals: [Signal]) -> Bool {
        guard let best = signals.first else { return false }
        // Words and a code that say the same are not shaken by most vague words; a code alone is.
        let isBacked =
            best.kind == .text
            && signals.contains { $0.source == .enhancedCode && $0.scope == .reply && !$0.category.blamesOthers }
        return signals.contains { signal in
            guard signal.category.blamesOthers, !signal.place.overlaps(best.place) else { return false }
            switch signal.place {
            case .context: return signal.source == .givenUp
            case .enhancedCode, .replyCode, .whole: return false
            case .text: break
            }
            // That the name was not found, and so there is no way to it, is what makes the domain a bad one.
            if best.category == .badDestinationDomain,
                signal.category == .dnsFailure || signal.category == .routingFailure
            {
                return false
            }
            // A gateway's wrapping names no cause: `permanent failure for one or more recipients (...)`.
            let isOfProvider = signal.source == .providerHint || signal.source == .othersWords
            if best.kind == .providerCode || isBacked && isOfProvider, signal.category == .policy { return false }
            guard signal.source == .vagueWords, !best.isCodeAlone else { return true }
            // Who could not ask does not know whom there is: `user unknown: lookup failed`.
            return isBacked ? signal.category.isUnanswered : signal.category.isTimeOrSender
        }
    }

    /// High only where words or codes name the cause and nothing speaks against it. The class of a reply backs nothing:
    /// 550 goes with everything.
    private static func confidence(_ signals: [Signal]) -> Confidence {
        guard let best = signals.first else { return .low }
        let others = signals.dropFirst()
        let isOpposed = others.contains { opposes($0, best) }
        let isBacked = others.contains { $0.category == best.category && $0.rank > 0 && !$0.place.overlaps(best.place) }
        // Another cause of the same rank, though it may be the effect of the first.
        let hasRival = others.contains { $0.rank >= best.rank && $0.category != best.category }
        switch best.source {
        case .replyClass, .subject: return .low
        case _ where best.rank <= Rank.around: return isBacked && !isOpposed ? .medium : .low
        case .replyCode, .enhancedCode, .domainBlocklist:
            return isBacked && !isOpposed || best.category == .accepted ? .high : .medium
        default: return isOpposed || hasRival && !isBacked ? .medium : .high
        }
    }

    /// Is it evidence for another cause? Not where that is the effect of the best one; but whether the address is to
    /// blame is never beside the point. It has to be stronger than vague words, and where the best stands in the reply
    /// itself, than all that stands around one.
    static func opposes(_ signal: Signal, _ best: Signal) -> Bool {
        signal.rank > (best.rank > Rank.around ? Rank.around : Rank.vague) && signal.category != best.category
            && (!Causes.explains(best.category, signal.category)
                || signal.category.blamesOthers != best.category.blamesOthers)
    }
}

extension Category {
    /// Does it say that somebody did not answer?
    fileprivate var isUnanswered: Bool { self == .networkFailure || self == .dnsFailure }

    /// Even one vague word of these makes it doubtful that the address is to blame.
    fileprivate var isTimeOrSender: Bool {
        switch self {
        case .systemUnavailable, .networkFailure, .dnsFailure, .greylisted, .rateLimited, .senderBlocked, .spamContent,
            .badSenderAddress, .reverseDNS:
            true
        default: false
        }
    }
}
