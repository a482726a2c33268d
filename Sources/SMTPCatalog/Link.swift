/// A page, or a mail address, that helps whoever has to act on a reply.
public struct Link: Hashable, Sendable {
    /// What one can do there.
    public enum Relation: String, CaseIterable, Sendable {
        /// Ask for the removal of an address from a list.
        case delisting
        /// See whether an address is listed, and why.
        case lookup
        /// Read what the sender of the reply says about it.
        case documentation
        /// Write to those who can change it.
        case contact
    }

    /// Whose page it is and what it is for, as a link's text.
    public let name: String
    public let rel: Relation
    /// `https:` or `mailto:`.
    public let url: String
    /// The URL with `{ip}` in the place of the blocked IP address; nil where the page takes none.
    public let template: String?

    package init(_ name: String, _ rel: Relation, _ url: String, template: String? = nil) {
        self.name = name
        self.rel = rel
        self.url = url
        self.template = template
    }

    /// The URL for one blocked address, which is an IPv4 or IPv6 address and nothing else; ``url`` where the
    /// page takes none.
    public func url(forIP address: String) -> String {
        // By bytes: to compare characters takes longer than all the rest.
        guard let template, let place = template.utf8.firstIndex(of: UInt8(ascii: "{")) else { return url }
        return "\(template[..<place])\(address)\(template[place...].dropFirst("{ip}".count))"
    }
}
