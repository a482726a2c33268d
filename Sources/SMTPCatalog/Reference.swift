/// Where a fact can be read in full.
public struct Reference: Hashable, Sendable {
    public let name: String
    public let url: String

    package init(_ name: String, _ url: String) {
        self.name = name
        self.url = url
    }

    static func rfc(_ number: Int, _ section: String? = nil) -> Reference {
        let page = "https://www.rfc-editor.org/rfc/rfc\(number)"
        guard let section else { return Reference("RFC \(number)", page) }
        return Reference("RFC \(number), section \(section)", "\(page)#section-\(section)")
    }

    static let ianaEnhancedCodes = Reference(
        "IANA, SMTP Enhanced Status Codes",
        "https://www.iana.org/assignments/smtp-enhanced-status-codes/")
}

extension Reference {
    /// The same as one of the links of an answer.
    public var link: Link { Link(name, .documentation, url) }
}
