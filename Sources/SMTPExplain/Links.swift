import Glibc
import SMTPCatalog

/// The pages that help whoever has to act on a reply, the nearest to the cause first.
struct Links {
    /// More are no help.
    private static let most = 8

    private let text: [UInt8]
    private(set) var all: [Link] = []

    /// `text` is the reply's own words, in which a blocked address may stand.
    init(text: [UInt8]) { self.text = text }

    mutating func add(_ links: [Link]) {
        for link in links where all.count < Self.most && !all.contains(where: { $0.url == link.url }) {
            all.append(link.template == nil ? link : filled(link))
        }
    }

    /// Each with the address that the reply names, where its page takes one.
    private func filled(_ link: Link) -> Link {
        guard let address = Self.address(in: text) else { return link }
        return Link(link.name, link.rel, link.url(forIP: address), template: link.template)
    }

    /// The first IP address in a text. One that goes on as a name does is none: `1.2.0.192.zen.spamhaus.org` has the
    /// address backwards.
    static func address(in text: [UInt8]) -> String? {
        var i = 0
        while i < text.count {
            if text.has("ipv6:", at: i) { i += 5 }
            let start = i
            while i < text.count, text[i].isAddressByte { i += 1 }
            guard i > start else {
                // The rest of a word begins no address.
                while i < text.count, text[i].isWordByte || text[i] == .ascii("-") { i += 1 }
                if i == start { i += 1 }
                continue
            }
            let isWhole = i == text.count || !text[i].isWordByte && text[i] != .ascii("-")
            if isWhole, let address = address(text[start..<i]) { return address }
            while i < text.count, text[i].isWordByte || text[i] == .ascii(".") || text[i] == .ascii("-") { i += 1 }
        }
        return nil
    }

    private static func address(_ run: ArraySlice<UInt8>) -> String? {
        var run = run
        while let last = run.last, last == .ascii(".") || last == .ascii(":") { run.removeLast() }
        // The shortest is `::1`, the longest an IPv6 address with an IPv4 one at its end.
        guard (3...45).contains(run.count) else { return nil }
        let address = run.string
        var bytes = in6_addr()
        let isAddress = inet_pton(AF_INET, address, &bytes) == 1 || inet_pton(AF_INET6, address, &bytes) == 1
        return isAddress ? address : nil
    }
}

extension UInt8 {
    fileprivate var isAddressByte: Bool {
        isDigit || (.ascii("a")...(.ascii("f"))).contains(self | 0x20) || self == .ascii(".") || self == .ascii(":")
    }
}
