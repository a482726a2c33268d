import Testing

@testable import SMTPCatalog

/// The catalog is sound, whatever rows come to it.
struct CatalogTests {
    @Test("all 45 registered reply codes are there, and others that receivers use, each once, in order")
    func replyCodes() {
        let codes = Catalog.replyCodes.map(\.code)
        #expect(Catalog.replyCodes.count(where: \.isRegistered) == 45)
        #expect(
            Catalog.replyCodes.filter { !$0.isRegistered }.map(\.code)
                == [254, 403, 420, 441, 442, 447, 470, 471, 511, 512, 522, 540, 541, 570, 571])
        #expect(codes == codes.sorted())
        #expect(codes.repeated == [])
    }

    @Test("all 81 enhanced codes are there, each once, in order")
    func enhancedCodes() {
        let codes = Catalog.enhancedCodes.map(\.pattern)
        #expect(codes.count == 81)
        #expect(codes == codes.sorted())
        #expect(codes.repeated == [])
    }

    @Test("every entry is found by its own code")
    func lookup() {
        for entry in Catalog.replyCodes {
            #expect(Catalog.entry(entry.code)?.code == entry.code)
        }
        for entry in Catalog.enhancedCodes {
            for code in [entry.pattern] + [2, 4, 5].compactMap(entry.pattern.inClass) {
                #expect(Catalog.entry(code)?.pattern == entry.pattern, "\(code)")
            }
        }
    }

    @Test("every reply code is worded soundly", arguments: Catalog.replyCodes)
    func replyWords(entry: ReplyCodeEntry) {
        #expect(faults(inTitle: entry.meaning) == [])
        #expect(faults(inTitle: entry.text) == [])
        #expect(faults(inProse: entry.description) == [])
        #expect(faults(inProse: entry.advice) == [])
    }

    @Test("a reply code that no standard has decides nothing by itself", arguments: Catalog.replyCodes)
    func unregistered(entry: ReplyCodeEntry) {
        #expect(entry.isRegistered || entry.isGeneric)
        if !entry.isRegistered { #expect(![Action.suppress, .fixAddress].contains(entry.action)) }
    }

    @Test("every unregistered reply code that a provider's row has is in the catalog")
    func providersReplies() {
        for code in Catalog.providers.flatMap(\.codes).flatMap(\.replies) {
            #expect(Catalog.entry(code) != nil, "\(code)")
        }
    }

    @Test("every reply code says where it is defined and when it is sent", arguments: Catalog.replyCodes)
    func replyReferences(entry: ReplyCodeEntry) {
        #expect(entry.references.isEmpty != entry.isRegistered)
        #expect(entry.references.repeated == [])
        for reference in entry.references {
            #expect(isWebAddress(reference.url), "\(reference.url)")
            #expect(faults(inTitle: reference.name) == [])
        }
        #expect(entry.issuedFor.repeated == [])
        for command in entry.issuedFor { #expect(faults(inTitle: command) == []) }
    }

    @Test("every enhanced code is worded soundly, in every class", arguments: Catalog.enhancedCodes)
    func enhancedWords(entry: EnhancedCodeEntry) {
        #expect(faults(inTitle: entry.meaning) == [])
        #expect(faults(inTitle: entry.text) == [])
        #expect(faults(inProse: entry.description) == [])
        for digit in [nil, 2, 4, 5] {
            #expect(faults(inProse: entry.advice(classDigit: digit)) == [], "class \(digit ?? 0)")
        }
    }

    @Test("every enhanced code says where it is defined", arguments: Catalog.enhancedCodes)
    func enhancedReferences(entry: EnhancedCodeEntry) {
        #expect(!entry.references.isEmpty)
        #expect(entry.references.repeated == [])
        for reference in entry.references {
            #expect(isWebAddress(reference.url), "\(reference.url)")
            #expect(faults(inTitle: reference.name) == [])
        }
    }

    @Test("the parts of every enhanced code are in range", arguments: Catalog.enhancedCodes)
    func enhancedParts(entry: EnhancedCodeEntry) {
        #expect(EnhancedCode("x.\(entry.subject).\(entry.detail)") == entry.pattern)
        #expect((0...7).contains(entry.subject))
        #expect(!entry.usefulClasses.isEmpty)
        #expect(Set(entry.usefulClasses).isSubset(of: [2, 4, 5]))
        #expect(entry.usefulClasses == Set(entry.usefulClasses).sorted())
    }

    @Test(
        "the reply codes of every enhanced code are in the catalog, each once, in order",
        arguments: Catalog.enhancedCodes)
    func associatedReplies(entry: EnhancedCodeEntry) {
        for digit in [nil, 5] {
            let codes = entry.replyCodes(classDigit: digit)
            #expect(codes == Set(codes).sorted())
            for code in codes { #expect(Catalog.entry(code) != nil, "\(code)") }
        }
    }

    @Test("a reply code and an enhanced code name each other")
    func associations() {
        for reply in Catalog.replyCodes {
            for enhanced in reply.enhancedCodes {
                #expect(enhanced.classDigit == reply.code.classDigit)
                let back = Catalog.entry(enhanced)?.replyCodes(classDigit: enhanced.classDigit) ?? []
                #expect(back.contains(reply.code), "\(reply.code) \(enhanced)")
            }
        }
    }

    @Test("the category of a reply code fits its first digit", arguments: Catalog.replyCodes)
    func categoryFitsClass(entry: ReplyCodeEntry) {
        if entry.isRegistered { #expect((entry.category == .accepted) == (entry.code.classDigit == 2)) }
        #expect((entry.category == .inProgress) == (entry.code.classDigit == 3))
        #expect((entry.action == .continue) == (entry.code.classDigit == 3))
        if entry.code.classDigit == 4 { #expect(entry.action != .suppress) }
        if entry.code.classDigit == 5 { #expect(entry.action != .retry && entry.action != .none) }
    }
}

extension ReplyCodeEntry: CustomTestStringConvertible {
    public var testDescription: String { code.description }
}

extension EnhancedCodeEntry: CustomTestStringConvertible {
    public var testDescription: String { pattern.description }
}
