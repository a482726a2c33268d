/// A reply that was explained, for all those that are the same but for addresses, ids and numbers.
public final class ExplainedReply: Sendable {
    public let explanation: Explanation
    /// What the replies have in common that say the same; see ``Folding``.
    let folded: FoldedReply

    init(_ explanation: Explanation) {
        self.explanation = explanation
        folded = FoldedReply(Self.line(explanation).utf8Span.span)
    }

    /// The reply as it would be written in one line: `550 5.1.1 User unknown`.
    public var line: String { Self.line(explanation) }

    private static func line(_ explanation: Explanation) -> String {
        [explanation.reply?.description, explanation.enhanced?.description, explanation.text]
            .compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: " ")
    }
}

/// Explains the deliveries of a log; those whose replies are the same once. For one thread.
struct DeliveryExplainer {
    /// Replies that are kept; as many again that were asked for before.
    private static let most = 4096

    let explainer: Explainer
    private let wanted: BlockReader.Explanations
    private let sent: ExplainedReply
    private var recent: [FoldedReply: ExplainedReply?] = [:]
    private var older: [FoldedReply: ExplainedReply?] = [:]

    init(_ explainer: Explainer, _ wanted: BlockReader.Explanations) {
        self.explainer = explainer
        self.wanted = wanted
        sent = ExplainedReply(explainer.explain("250 2.0.0 Sent"))
    }

    /// Nil where the line carries no reply after all.
    mutating func explain(_ delivery: Delivery) -> ExplainedReply? {
        switch wanted {
        case .each: return read(delivery)
        case .refusals where delivery.outcome == .sent: return sent
        case .refusals, .all: break
        }
        let key = delivery.folded
        if let known = recent[key] { return known }
        let explained = older[key] ?? read(delivery)
        if recent.count == Self.most {
            older = recent
            recent.removeAll(keepingCapacity: true)
        }
        recent[key] = .some(explained)
        return explained
    }

    private func read(_ delivery: Delivery) -> ExplainedReply? {
        var known = Circumstances(command: delivery.command, host: delivery.host, recipient: delivery.recipient)
        known.isForNow = delivery.outcome == .deferred
        // A line says so itself.
        known.isCalledSuccess = delivery.isReply && delivery.outcome == .sent
        if delivery.isReply { return ExplainedReply(explainer.explain(firstIn: delivery.replyText, known: known)) }
        guard delivery.outcome == .unknown else {
            return ExplainedReply(explainer.explain(delivery.replyText, known: known))
        }
        var pieces = Replies(delivery.reply)
        return pieces.next().flatMap { explainer.explain($0) }.map { ExplainedReply($0) }
    }
}

extension Delivery {
    /// What makes its explanation another one.
    fileprivate var folded: FoldedReply {
        let outcome = isReply && self.outcome != .unknown || self.outcome == .deferred ? self.outcome.rawValue : ""
        guard host != nil || command != nil || !outcome.isEmpty else { return FoldedReply(reply.span) }
        let parts = [host ?? "", command ?? "", outcome].map { Array($0.utf8) }
        let all = ([reply] + parts).joined(separator: [0])
        return FoldedReply(Array(all).span)
    }
}

/// The bytes that replies have in common; see ``Folding``.
struct FoldedReply: Hashable {
    private let bytes: [UInt8]

    init(_ reply: Span<UInt8>) { bytes = Folding.fold(reply) }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
