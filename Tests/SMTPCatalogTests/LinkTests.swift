import Testing

@testable import SMTPCatalog

struct LinkTests {
    /// Every link that the catalog has.
    static let all = Set(
        Catalog.providers.flatMap { $0.links + $0.codes.flatMap(\.links) } + Catalog.blocklists.flatMap(\.links))

    @Test("every link is worded soundly and can be opened", arguments: all)
    func complete(link: Link) {
        #expect(faults(inTitle: link.name) == [])
        #expect(isWebAddress(link.url) || link.url.hasPrefix("mailto:") && link.url.contains("@"), "\(link.url)")
        if let template = link.template {
            #expect(template.split(separator: "{ip}", omittingEmptySubsequences: false).count == 2)
            #expect(isWebAddress(link.url(forIP: "192.0.2.7")))
        }
    }

    @Test("the blocked address stands where the page takes it", arguments: ["192.0.2.7", "2001:db8::7"])
    func filled(address: String) {
        let link = Link("L", .lookup, "https://a.example/", template: "https://a.example/?ip={ip}&from=x")
        #expect(link.url == "https://a.example/")
        #expect(link.url(forIP: address) == "https://a.example/?ip=\(address)&from=x")
    }

    @Test("a page that takes no address stays as it is")
    func notFilled() {
        #expect(Link("L", .contact, "https://a.example/").url(forIP: "192.0.2.7") == "https://a.example/")
    }
}
