/// A public or private list of senders that receivers refuse, as replies name it.
public struct Blocklist: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case ip, domain, both
    }

    public let name: String
    public let `operator`: String
    public let kind: Kind
    /// What stands in a reply that names the list, in any letter case.
    public let signature: String
    /// Where to look an address up and ask for removal; nil where the list is closed.
    public let lookup: String?

    package init(_ name: String, _ operator: String, _ kind: Kind, _ signature: String, lookup: String?) {
        self.name = name
        self.operator = `operator`
        self.kind = kind
        self.signature = signature
        self.lookup = lookup
    }
}
