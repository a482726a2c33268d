import Testing

@testable import SMTPCatalog

struct SourceListTests {
    @Test("the source list has 31 reply codes and 38 enhanced codes")
    func sizes() {
        #expect(SourceList.replyCodes.count == 31)
        #expect(SourceList.enhancedCodes.count == 38)
    }

    // Bytes are compared: Swift takes two spellings of the same accented letter for equal.

    @Test("a reply code has the meaning of the source list, to the byte", arguments: SourceList.replyCodes)
    func replyMeaning(code: Int, meaning: String) throws {
        let entry = try #require(ReplyCode(rawValue: code).flatMap(Catalog.entry))
        #expect(entry.meaning == meaning)
        #expect(Array(entry.meaning.utf8) == Array(meaning.utf8))
    }

    @Test("an enhanced code has the meaning of the source list, to the byte", arguments: SourceList.enhancedCodes)
    func enhancedMeaning(pattern: String, meaning: String) throws {
        let entry = try #require(EnhancedCode(pattern).flatMap(Catalog.entry))
        #expect(entry.meaning == meaning)
        #expect(Array(entry.meaning.utf8) == Array(meaning.utf8))
    }

    @Test("the two wordings with an apostrophe have the curly one", arguments: ["x.1.7", "x.1.8"])
    func curlyApostrophe(pattern: String) throws {
        let entry = try #require(EnhancedCode(pattern).flatMap(Catalog.entry))
        #expect(entry.meaning.contains("\u{2019}"))
        #expect(entry.text.contains("'"))
    }
}
