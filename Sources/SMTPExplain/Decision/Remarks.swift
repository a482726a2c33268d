import SMTPCatalog

/// Where a reply disagrees with itself or with the standards.
struct Remarks {
    let reply: ReadReply
    /// The strongest first.
    let signals: [Signal]
    let decision: Decision
    /// Where a reply whose code is one of success has a word of refusal.
    let refusal: Range<Int>?
    let search: Search

    /// What may make the answer wrong.
    var warnings: [String] {
        var warnings: [String] = []
        if let overruled { warnings.append(overruled) }
        if let unheard { warnings.append(unheard) }
        if let classes { warnings.append(classes) }
        if let otherCodes { warnings.append(otherCodes) }
        addDisagreements(to: &warnings)
        return warnings
    }

    /// What else is worth knowing.
    var notes: [String] {
        var notes: [String] = []
        if reply.isLastAttempt { notes.append("The text tells of several attempts; this is about the last one.") }
        if let unregisteredReply { notes.append(unregisteredReply) }
        if let unregisteredEnhanced { notes.append(unregisteredEnhanced) }
        if let association { notes.append(association) }
        if let tooManyRecipients { notes.append(tooManyRecipients) }
        return notes
    }

    private var overruled: String? {
        if decision.verdict.doubt == .contradiction {
            return "The report calls the message delivered or on its way, but it also refuses; it is taken for a "
                + "failure."
        }
        guard decision.overrulesCode, let code = reply.code.map(\.description) ?? reply.enhanced?.description else {
            return nil
        }
        return "The code \(code) is one of success, but the reply refuses; it is taken for a failure."
    }

    /// A word of refusal in a reply that was accepted in words too.
    private var unheard: String? {
        guard !decision.overrulesCode, let refusal, reply.enhanced?.refuses != true else { return nil }
        return "The reply accepts, but it also says \"\(search.words(at: .text(refusal)))\"."
    }

    private var classes: String? {
        guard !decision.overrulesCode, let code = reply.code, let digit = reply.enhanced?.classDigit,
            digit != code.classDigit,
            // Who gave up sends his 550 with the 4.4.7 of the last attempt.
            signals.first?.source != .givenUp
        else { return nil }
        return "The reply code \(code) and the enhanced code \(reply.enhanced!) are of different classes; "
            + "the reply code counts (RFC 5321, section 4.2.1)."
    }

    private var otherCodes: String? {
        guard let code = reply.code, !reply.otherCodes.isEmpty else { return nil }
        // A refusal is followed by others of its class: 503 where no recipient was left, 554 for the whole.
        let others = reply.otherCodes.filter { $0.classDigit != code.classDigit }.map(\.description)
            .joined(separator: ", ")
        guard !others.isEmpty else { return nil }
        return "The lines of the reply have different codes: \(code), \(others). RFC 5321, section 4.2.1 wants one."
    }

    private var unregisteredReply: String? {
        guard let code = reply.code, Catalog.entry(code)?.isRegistered != true else { return nil }
        return "No standard defines the reply code \(code); its first digit counts."
    }

    private var unregisteredEnhanced: String? {
        guard let code = reply.enhanced, Catalog.entry(code) == nil else { return nil }
        return "No standard registers the enhanced code \(code)."
    }

    private var association: String? {
        guard let code = reply.code, let enhanced = reply.enhanced, enhanced.classDigit == code.classDigit,
            let entry = Catalog.entry(enhanced), case .codes(let codes) = entry.replies, !codes.contains(code),
            Catalog.entry(code)?.isRegistered == true,
            // Where only the other class has registered codes, nobody can keep to them.
            codes.contains(where: { $0.classDigit == code.classDigit })
        else { return nil }
        return "The enhanced code \(enhanced) is not registered with the reply code \(code)."
    }

    private var tooManyRecipients: String? {
        guard reply.code == 552, decision.disposition == .transient else { return nil }
        return "552 for too many recipients is to be treated as 452 (RFC 5321, section 4.5.3.1.10)."
    }

    /// Strong evidence for another cause, where one of the two blames the address and the other does not: then, to
    /// believe the wrong one is to give up an address that is alive, or to mail one that is dead.
    private func addDisagreements(to warnings: inout [String]) {
        guard let best = signals.first, best.isArguable else { return }
        var seen: [Category] = []
        for other in signals where seen.count < 3 && !seen.contains(other.category) {
            guard other.isArguable, other.rank > Rank.around, Decision.opposes(other, best),
                other.category.blamesOthers != best.category.blamesOthers, other.category != .policy
            else { continue }
            seen.append(other.category)
            warnings.append(
                "The evidence disagrees: \(name(best)) says \(best.category.rawValue), "
                    + "\(name(other)) says \(other.category.rawValue).")
        }
    }

    private func name(_ signal: Signal) -> String {
        let found = search.words(at: signal.place)
        return switch signal.kind {
        case .text: "\"\(found)\""
        case .providerCode: "the provider's code \(found)"
        case .blocklist: "the blocklist \(found)"
        case .enhancedCode: "the enhanced code \(found)"
        case .replyCode: "the reply code \(found)"
        }
    }
}

extension Signal {
    /// Words and codes as everybody uses them; what names a provider's own code, a list or a rule is beyond argument.
    fileprivate var isArguable: Bool {
        switch source {
        case .decisiveWords, .words, .wordsWithCode, .enhancedCode: scope == .reply
        default: false
        }
    }
}
