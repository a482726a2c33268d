import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Every phrase is written as the matcher wants it, and its own sample shows that it works.
struct PhrasesTests {
    @Test("no words stand in two phrases")
    func unique() {
        var seen: Set<String> = []
        let repeated = Phrase.all.map(\.words).filter { !seen.insert(FoldedText($0).string).inserted }
        #expect(repeated == [])
    }

    @Test("each phrase stands with those of its category", arguments: Category.allCases)
    func ownCategory(category: Category) {
        #expect(Phrase.phrases(of: category).allSatisfy { $0.category == category })
    }

    @Test("the words of a phrase are written as folded text is", arguments: Phrase.all)
    func folded(phrase: Phrase) {
        #expect(phrase.words == phrase.words.lowercased())
        let words = phrase.words.hasSuffix("*") ? phrase.words.dropLast() : phrase.words[...]
        #expect(!words.contains("*"), "only the end may be open")
        for part in words.split(separator: " ... ", omittingEmptySubsequences: false) {
            #expect(!part.isEmpty)
            #expect(part.first?.isWhitespace == false && part.last?.isWhitespace == false, "\(part)")
            #expect(!part.contains("@") && !part.contains("  ") && !part.contains { "‘’“”–—".contains($0) }, "\(part)")
            #expect(!part.contains("..."), "a gap needs a space on both sides")
        }
    }

    @Test("every phrase is found in its own sample", arguments: Phrase.all)
    func isInSample(phrase: Phrase) {
        #expect(Self.finds(phrase, in: ReplyReader.read(phrase.sample).words))
    }

    @Test("every phrase decides its own sample", arguments: Phrase.all)
    func decidesSample(phrase: Phrase) {
        let it = explainer.explain(phrase.sample)
        #expect(it.category == phrase.category, "\(it.trace)")
        #expect(
            it.evidence.contains { $0.category == phrase.category && Self.finds(phrase, in: $0.found) },
            "not in evidence: \(it.trace)")
    }

    @Test("a sample names reserved domains and addresses only", arguments: Phrase.all)
    func isReserved(phrase: Phrase) {
        for address in phrase.sample.matches(of: /@([\p{L}\d.-]*[\p{L}\d])/) {
            let labels = address.output.1.lowercased().split(separator: ".")
            let isReserved =
                labels.count == 1 || ["example", "test", "invalid", "localhost"].contains(labels.last)
                || ["example.com", "example.net", "example.org"].contains(labels.suffix(2).joined(separator: "."))
            #expect(isReserved, "\(address.output.0)")
        }
        for address in phrase.sample.matches(
            of: /(?:^|[^\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\d.]*\d|\.in-addr)/)
        {
            let isReserved = ["192.0.2", "198.51.100", "203.0.113", "127.0.0"].contains(address.output.1)
            #expect(isReserved, "\(address.output.0)")
        }
    }

    @Test("each sample is written for one phrase")
    func uniqueSamples() {
        var seen: Set<String> = []
        let repeated = Phrase.all.map(\.sample).filter { !seen.insert($0).inserted }
        #expect(repeated == [])
    }

    /// By an index made of this phrase alone, so that no other hides it.
    private static func finds(_ phrase: Phrase, in text: String) -> Bool {
        !Knowledge(phrases: [phrase], providers: [], blocklists: []).matches(in: FoldedText(text)).isEmpty
    }
}

extension Phrase: CustomTestStringConvertible {
    public var testDescription: String { "\"\(words)\" (\(category.rawValue), sample \(sample.debugDescription))" }
}
