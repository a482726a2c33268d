import SMTPCatalog

/// What many replies came to: how often each answer was given.
public struct Summary: Sendable {
    /// The most providers, and domains, that are given: the largest.
    public static let most = 100
    /// In bytes (RFC 1035, section 2.3.4); what is longer is no domain.
    private static let longestDomain = 253

    /// How many there were, those that could not be read included.
    public private(set) var count = 0
    public private(set) var explained = 0
    public private(set) var byCategory: [Category: Int] = [:]
    public private(set) var byBounce: [Verdict.Bounce: Int] = [:]
    /// Nil counts those of which nothing tells whether they are final.
    public private(set) var byDisposition: [Disposition?: Int] = [:]
    /// By the name that the mail service goes by.
    public private(set) var byProvider: [String: Int] = [:]
    /// By what stands behind the @ of the recipient, in lower case.
    public private(set) var byDomain: [String: Int] = [:]

    public init() {}

    /// Counts one explanation; `recipient` where something beside the reply names it.
    public mutating func add(_ explanation: Explanation, recipient: String? = nil) {
        count += 1
        explained += 1
        byCategory[explanation.category, default: 0] += 1
        byBounce[explanation.bounce, default: 0] += 1
        byDisposition[explanation.disposition, default: 0] += 1
        if let provider = explanation.provider { byProvider[provider.service, default: 0] += 1 }
        if let domain = Self.domain(of: recipient ?? explanation.recipient) { byDomain[domain, default: 0] += 1 }
    }

    /// Counts something that could not be read.
    public mutating func addUnread() { count += 1 }

    /// Counts what another one has counted.
    public mutating func merge(_ other: Summary) {
        count += other.count
        explained += other.explained
        byCategory.merge(other.byCategory, uniquingKeysWith: +)
        byBounce.merge(other.byBounce, uniquingKeysWith: +)
        byDisposition.merge(other.byDisposition, uniquingKeysWith: +)
        byProvider.merge(other.byProvider, uniquingKeysWith: +)
        byDomain.merge(other.byDomain, uniquingKeysWith: +)
    }

    /// The largest of some counts, the largest first; between equals by name, so that every run says the same.
    public static func largest(_ counts: [String: Int]) -> some Sequence<(key: String, value: Int)> {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).lazy.map { $0 }
    }

    private static func domain(of address: String?) -> String? {
        guard let address, let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let domain = address[address.utf8.index(after: at)...]
        return (1...longestDomain).contains(domain.utf8.count) ? domain.lowercased() : nil
    }
}

extension Summary: Encodable {
    private enum Key: String, CodingKey {
        case byBounce, byCategory, byDisposition, byDomain, byProvider, count, explained
    }

    public func encode(to encoder: any Encoder) throws {
        var summary = encoder.container(keyedBy: Key.self)
        try summary.encode(named(byBounce, \.rawValue), forKey: .byBounce)
        try summary.encode(named(byCategory, \.rawValue), forKey: .byCategory)
        let known = byDisposition.compactMap { disposition, count in disposition.map { ($0.rawValue, count) } }
        try summary.encode(Dictionary(uniqueKeysWithValues: known), forKey: .byDisposition)
        try summary.encode(largest(byDomain), forKey: .byDomain)
        try summary.encode(largest(byProvider), forKey: .byProvider)
        try summary.encode(count, forKey: .count)
        try summary.encode(explained, forKey: .explained)
    }

    private func named<Value>(_ counts: [Value: Int], _ name: (Value) -> String) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { (name($0.key), $0.value) })
    }

    private func largest(_ counts: [String: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Self.largest(counts).map { ($0.key, $0.value) })
    }
}
