import Testing

@testable import SMTPCatalog

/// Advice that sends somebody to a page, or to somebody by name, comes with the link.
struct AdviceTests {
    /// An advice, and the links that come with it.
    struct Advice: Sendable, CustomTestStringConvertible {
        let owner: String
        let text: String
        let links: [Link]

        var testDescription: String { "\(owner): \(text)" }

        static let all: [Advice] =
            Catalog.providers.flatMap { provider in
                provider.codes.map { Advice(owner: provider.name, text: $0.advice, links: $0.links + provider.links) }
            }
            + Catalog.replyCodes.map {
                Advice(owner: "\($0.code)", text: $0.advice, links: $0.references.map(\.link))
            }
            + Catalog.enhancedCodes.flatMap { entry in
                [nil, 2, 4, 5].map {
                    Advice(
                        owner: "\(entry.pattern)", text: entry.advice(classDigit: $0),
                        links: (entry.references + entry.category(classDigit: $0).entry.references).map(\.link))
                }
            }
            + CategoryEntry.all.flatMap { entry in
                [entry.advice, entry.transientAdvice].map {
                    Advice(owner: entry.category.rawValue, text: $0, links: entry.references.map(\.link))
                }
            }
    }

    @Test("whoever and whatever an advice names has a link", arguments: Set(Advice.all.map(\.text)))
    func linked(text: String) {
        for advice in Advice.all where advice.text == text {
            let linked = advice.links.map { "\($0.name) \($0.url)".lowercased() }
            for name in Self.names(in: text) {
                #expect(linked.contains { $0.contains(name.lowercased()) }, "\(advice.owner): no link for \(name)")
            }
        }
    }

    @Test(
        "who sends somebody to a support has its address",
        arguments: Advice.all.filter { $0.text.contains("support") && !$0.text.contains("to support") })
    func support(advice: Advice) {
        #expect(advice.links.contains { $0.rel == .contact })
    }

    @Test(
        "the names in an advice are found",
        arguments: [
            ("Ask Spamhaus to remove the IP.", ["Spamhaus"]), ("Retry later. Ask Cox.", ["Cox"]),
            ("Ask for removal at csi.cloudmark.com, then retry.", ["csi.cloudmark.com"]),
            ("Write to unblock@charter.net.", ["unblock@charter.net"]), ("Ask the recipient.", []),
            ("Check SPF (RFC 7208), DKIM and the PTR record.", ["RFC 7208"]), ("Send at most 100. Retry later.", []),
            ("Use x.1.1 or 5.7.1.", []),
        ])
    func names(text: String, names: [String]) {
        #expect(Self.names(in: text) == names)
    }

    /// Words of the field that begin with a capital letter and are nobody's name.
    private static let terms: Set<Substring> = [
        "A", "A/AAAA", "AAAA", "ARC", "ARC-Seal", "ASCII", "AUTH", "Authentication-Results", "ATRN", "BURL", "CRLF",
        "DANE", "DKIM", "DMARC",
        "DNS", "DNSSEC", "EHLO", "ESMTP", "ETRN", "EXPN", "FROM", "From", "HELO", "HTML", "I", "IP", "IPv4", "IMAP",
        "IPv6", "LF", "LMTP", "MAIL", "MIME",
        "MB", "Message-ID", "MTA-STS", "MTU", "MX", "OAuth", "OpenPGP", "PLAIN", "PTR", "RCPT", "QUIT", "DATA",
        "Received",
        "REQUIRETLS", "Reply-To", "RFC", "RRVS", "S/MIME", "SCRAM", "SIZE", "SMTP", "SMTPUTF8", "SOA", "SPF",
        "SPF/DKIM", "SRS", "STARTTLS",
        "Sender", "Subject", "TLS", "TLSA", "To", "URL", "URLs", "Unicode", "Windows", "STATUS", "VRFY", "XOAUTH2",
        "UTF-8",
    ]

    /// Names inside a sentence, hosts, mail addresses, and RFCs.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        var beginsSentence = true
        let words = text.split(separator: " ")
        for (index, raw) in words.enumerated() {
            let word = raw.trimmed(of: "().,:;?'\"")
            defer { beginsSentence = raw.hasSuffix(".") || raw.hasSuffix(":") }
            let name = word.hasSuffix("'s") ? word.dropLast(2) : word
            // A host that mail is sent through is no page.
            guard let first = name.first, name != "@", !name.hasPrefix("smtp") else { continue }
            if name == "RFC", index + 1 < words.count {
                names.append("RFC \(words[index + 1].trimmed(of: "().,:;?"))")
            } else if name.contains("@") || name.contains(".") && first.isLetter && name.count > 6 {
                names.append(String(name))
            } else if first.isUppercase, !beginsSentence, !terms.contains(name) {
                names.append(String(name))
            }
        }
        return names
    }
}

extension Substring {
    fileprivate func trimmed(of characters: String) -> Substring {
        var text = self
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text
    }
}
