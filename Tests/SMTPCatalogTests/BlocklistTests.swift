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
        "what a signature tells",
        arguments: [
            ("Spamhaus ZEN", Blocklist.Role.list, true), ("Spamhaus (lookup link)", .mention, false),
            ("Invaluement", .mention, false), ("SORBS (closed 2024)", .closed, false), ("PSBL", .list, false),
            ("CBL (now part of Spamhaus XBL)", .list, false),
        ])
    func roles(name: String, role: Blocklist.Role, isDistinctive: Bool) throws {
        let list = try #require(Catalog.blocklists.first { $0.name == name })
        #expect(list.role == role)
        #expect(list.hasDistinctiveName == isDistinctive)
    }

    @Test("a list that runs has a page to look an address up, a closed one has none", arguments: Catalog.blocklists)
    func links(list: Blocklist) {
        #expect(list.links.isEmpty == (list.role == .closed))
        #expect(list.links.isEmpty || list.links.contains { $0.rel == .lookup })
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
