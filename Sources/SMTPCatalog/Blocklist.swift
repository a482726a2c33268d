/// A public or private list of senders that receivers refuse, as replies name it.
public struct Blocklist: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case ip, domain, both
    }

    /// What the signature in a reply tells.
    public enum Role: Sendable {
        /// It names this list.
        case list
        /// It is a link to the operator, or its name, and says less than the name of a list beside it.
        case mention
        /// It names a list that no longer runs.
        case closed
    }

    public let name: String
    public let `operator`: String
    public let kind: Kind
    /// What stands in a reply that names the list, in any letter case.
    public let signature: String
    public let role: Role
    /// Where to look an address up and ask for removal; nil where the list is closed.
    public let lookup: String?
    /// The pages of the operator, the best first; empty where the list is closed.
    public let links: [Link]

    /// `template`: the lookup's address with `{ip}` in the place of the IP address.
    package init(
        _ name: String, _ operator: String, _ kind: Kind, _ signature: String, _ role: Role? = nil, lookup: String?,
        template: String? = nil, delisting: String? = nil
    ) {
        self.name = name
        self.operator = `operator`
        self.kind = kind
        self.signature = signature
        self.role = role ?? (lookup == nil ? .closed : .list)
        self.lookup = lookup
        links =
            [
                lookup.map { Link("\(`operator`): look an address up", .lookup, $0, template: template) },
                delisting.map { Link("\(`operator`): ask for removal", .delisting, $0) },
            ].compactMap(\.self)
    }

    /// Can its name hardly be anything else in a reply?
    public var hasDistinctiveName: Bool {
        role == .list && name.utf8.count >= 6 && !name.utf8.contains(UInt8(ascii: "("))
    }
}
