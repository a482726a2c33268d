import SMTPCatalog

/// Where a reply disagrees with itself or with the standards.
struct Remarks {
    let reply: ReadReply
    /// The strongest first.
    let signals: [Signal]
    let decision: Decision
    /// Says what stands at a place.
    let show: (Signal.Place) -> String

    /// What may make the answer wrong.
    var warnings: [String] { [classes, otherCodes].compactMap(\.self) + disagreements }

    /// What else is worth knowing.
    var notes: [String] {
        [unregisteredReply, unregisteredEnhanced, association, tooManyRecipients].compactMap(\.self)
    }

    private var classes: String? {
        guard let code = reply.code, let digit = reply.enhanced?.classDigit, digit != code.classDigit else {
            return nil
        }
        return "The reply code \(code) and the enhanced code \(reply.enhanced!) are of different classes; "
            + "the reply code counts (RFC 5321, section 4.2.1)."
    }

    private var otherCodes: String? {
        guard let code = reply.code, !reply.otherCodes.isEmpty else { return nil }
        let others = reply.otherCodes.map(\.description).joined(separator: ", ")
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

    /// Strong evidence for another cause, which would ask for another action.
    private var disagreements: [String] {
        guard let best = signals.first else { return [] }
        var warnings: [String] = []
        var seen: [Category] = [best.category]
        for other in signals where !seen.contains(other.category) && warnings.count < 3 {
            guard Decision.opposes(other, best), other.isStrong, wouldChangeAction(other) else { continue }
            seen.append(other.category)
            warnings.append(
                "The evidence disagrees: \(name(best)) says \(best.category.rawValue), "
                    + "\(name(other)) says \(other.category.rawValue).")
        }
        return warnings
    }

    private func wouldChangeAction(_ other: Signal) -> Bool {
        other.category.entry.action(decision.disposition) != decision.category.entry.action(decision.disposition)
    }

    private func name(_ signal: Signal) -> String {
        let found = show(signal.place)
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
    /// Could it have decided?
    fileprivate var isStrong: Bool {
        switch source {
        case .rule, .givenUp, .providerCode, .decisiveWords, .providerWords, .unregisteredCode, .blocklist,
            .wordsWithCode,
            .words:
            scope == .reply
        case .enhancedCode: scope == .reply
        case .othersWords, .providerHint, .domainBlocklist, .replyCode, .vagueWords, .subject, .replyClass: false
        }
    }
}
