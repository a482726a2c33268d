import SMTPCatalog
import Testing

@testable import SMTPExplain

struct LinksTests {
    @Test(
        "the address that a reply names is found",
        arguments: [
            ("Client host [192.0.2.7] blocked", "192.0.2.7"), ("192.0.2.7 is listed.", "192.0.2.7"),
            ("IP: 192.0.2.7: listed", "192.0.2.7"), ("host [2001:db8::7] blocked", "2001:db8::7"),
            ("[IPv6:2001:db8::7] blocked", "2001:db8::7"), ("https://l.example/?ip=192.0.2.7", "192.0.2.7"),
            ("mx1.b.example (192.0.2.7) blocked", "192.0.2.7"), ("version 2.10.1, 192.0.2.7", "192.0.2.7"),
        ])
    func address(text: String, address: String) {
        #expect(Links.address(in: Array(text.utf8)) == address)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "7.2.0.192.zen.example", "192.0.2", "192.0.2.777", "x192.0.2.7", "192.0.2.7x", "fade:", "10:11:12",
            "version 3.5.1", "192-0-2-7.b.example", "bad.cafe", "::::", "a:b:c",
        ])
    func noAddress(text: String) {
        #expect(Links.address(in: Array(text.utf8)) == nil)
    }

    @Test("a blocked sender is led to the list's page, with his address, and to the provider's")
    func blocked() {
        let it = explainer.explain(
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org")
        #expect(it.links.contains { $0.rel == .lookup && $0.url.contains("192.0.2.7") }, "\(it.links)")
        #expect(Set(it.links.map(\.url)).count == it.links.count)
    }

    @Test(
        "where the address is to blame, or nothing is, there is nowhere to go",
        arguments: ["550 5.1.1 No such user", "250 Ok"])
    func none(reply: String) {
        #expect(explainer.explain(reply).links.isEmpty)
    }
}
