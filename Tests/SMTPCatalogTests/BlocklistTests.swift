import Testing

@testable import SMTPCatalog

struct BlocklistTests {
    @Test("no two blocklists share a signature or a name, in any letter case")
    func unique() {
        #expect(Catalog.blocklists.map { $0.signature.lowercased() }.repeated == [])
        #expect(Catalog.blocklists.map { $0.name.lowercased() }.repeated == [])
    }

    @Test("every blocklist is complete", arguments: Catalog.blocklists)
    func complete(list: Blocklist) {
        #expect(faults(inTitle: list.name) == [])
        #expect(faults(inTitle: list.operator) == [])
        #expect(faults(inTitle: list.signature) == [])
        #expect(list.signature.count >= 6, "too short to name a list")
        if let lookup = list.lookup { #expect(isWebAddress(lookup), "\(lookup)") }
    }

    @Test(
        "the lists that matter are there",
        arguments: ["Spamhaus ZEN", "Spamhaus DBL", "SpamCop SCBL", "Barracuda BRBL", "URIBL black"])
    func known(name: String) {
        #expect(Catalog.blocklists.contains { $0.name == name })
    }
}

extension Blocklist: CustomTestStringConvertible {
    public var testDescription: String { name }
}
