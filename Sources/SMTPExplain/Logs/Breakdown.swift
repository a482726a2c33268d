import SMTPCatalog

/// Deliveries counted by one thing that they have in common.
public struct Breakdown: Sendable {
    /// What they are counted by.
    public enum Pivot: String, CaseIterable, Sendable {
        case category, bounce, action, provider, domain, sender, hour, day

        /// Is its order that of the clock, rather than that of the counts?
        public var isTime: Bool { self == .hour || self == .day }
        /// Does it tell what happened, so that a row is of one outcome, rather than where?
        public var isVerdict: Bool { self == .category || self == .bounce || self == .action }
    }

    public struct Row: Sendable {
        public internal(set) var deliveries = 0
        public internal(set) var deferred = 0
        public internal(set) var bounced = 0
        var replies = CommonReplies()

        public var refused: Int { deferred + bounced }
        /// The commonest of the replies that refused, and about how many were the same.
        public var commonestReply: (reply: ExplainedReply, count: Int)? { replies.commonest }
    }

    /// More kinds than anybody reads; what comes later is counted as ``others``.
    private static let mostRows = 20_000
    public static let others = "(others)"
    /// Where the log does not say.
    public static let none = "(none)"

    public let pivot: Pivot
    public private(set) var total = Row()
    private var rows: [String: Row] = [:]

    public init(by pivot: Pivot) { self.pivot = pivot }

    public mutating func add(_ delivery: Delivery, _ explained: ExplainedReply) {
        let name = name(delivery, explained.explanation)
        let refusal = delivery.refusal(explained.explanation)
        Self.count(refusal, explained, &total)
        let known = rows.count < Self.mostRows || rows[name] != nil
        Self.count(refusal, explained, &rows[known ? name : Self.others, default: Row()])
    }

    private static func count(_ refusal: Delivery.Outcome?, _ explained: ExplainedReply, _ row: inout Row) {
        row.deliveries += 1
        guard let refusal else { return }
        if refusal == .deferred { row.deferred += 1 } else { row.bounced += 1 }
        row.replies.add(explained)
    }

    private func name(_ delivery: Delivery, _ explanation: Explanation) -> String {
        switch pivot {
        case .category: explanation.category.rawValue
        case .bounce: explanation.bounce.rawValue
        case .action: explanation.action.rawValue
        case .provider: explanation.provider?.service ?? Self.none
        case .domain: delivery.domain ?? Self.none
        case .sender: delivery.sender.map { $0.isEmpty ? "<>" : $0 } ?? Self.none
        case .hour: delivery.time?.hour ?? Self.none
        case .day: delivery.time?.day ?? Self.none
        }
    }

    /// By the clock, or those with most refusals first, and among equals those with most deliveries.
    public var sorted: [(name: String, row: Row)] {
        let all = rows.map { (name: $0.key, row: $0.value) }
        if pivot.isTime { return all.sorted { $0.name < $1.name } }
        return all.sorted {
            ($1.row.refused, $1.row.deliveries, $0.name) < ($0.row.refused, $0.row.deliveries, $1.name)
        }
    }
}

extension Delivery {
    /// `deferred` or `bounced`; nil where nothing was refused. Where the log does not say, the reply does.
    public func refusal(_ explanation: Explanation) -> Outcome? {
        switch outcome {
        case .sent: nil
        case .deferred, .bounced: outcome
        case .unknown:
            switch explanation.disposition {
            case .success, .intermediate: nil
            case .transient: .deferred
            case .permanent: .bounced
            case nil: explanation.bounce == .none ? nil : .bounced
            }
        }
    }

    /// What stands behind the @ of the recipient, in lower case.
    public var domain: String? {
        guard let recipient, let at = recipient.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let domain = recipient[recipient.utf8.index(after: at)...]
        return domain.isEmpty ? nil : domain.lowercased()
    }
}

/// The commonest of many replies, in little memory (Misra and Gries, 1982): one that makes up more than a 64th of all is
/// always among them, its count too low by at most that much.
struct CommonReplies: Sendable {
    private static let most = 64

    private var counts: [FoldedReply: (reply: ExplainedReply, count: Int)] = [:]

    mutating func add(_ reply: ExplainedReply) {
        if counts[reply.folded] != nil {
            counts[reply.folded]!.count += 1
        } else if counts.count < Self.most {
            counts[reply.folded] = (reply, 1)
        } else {
            counts = counts.compactMapValues { $0.count > 1 ? ($0.reply, $0.count - 1) : nil }
        }
    }

    var commonest: (reply: ExplainedReply, count: Int)? {
        counts.values.max { ($0.count, $1.reply.line) < ($1.count, $0.reply.line) }
    }
}
