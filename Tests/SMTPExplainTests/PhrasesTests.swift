import FoundationEssentials
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// A reply of our own writing, and what it must be taken for: a line of samples.tsv.
struct Sample: Sendable, CustomTestStringConvertible {
    let reply: String
    let category: String
    let language: String

    var testDescription: String { reply.debugDescription }

    static let all: [Sample] = {
        let file = #filePath.prefix(through: #filePath.lastIndex(of: "/")!) + "samples.tsv"
        guard let text = try? String(contentsOfFile: String(file), encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t").map(String.init)
            let reply = fields[0].replacing("\\n", with: "\n").replacing("\\r", with: "\r").replacing(
                "\\\\", with: "\\")
            return Sample(reply: reply, category: fields[1], language: fields[2])
        }
    }()
}

/// The phrase files are written as the matcher wants them, and replies in these words are understood.
struct PhrasesTests {
    @Test("there are samples of every language")
    func languages() {
        #expect(Set(Sample.all.map(\.language)) == Set(PhraseFile.builtIn.files.map(\.language)))
    }

    @Test("a reply in such words is understood", arguments: Sample.all)
    func sample(sample: Sample) {
        let it = explainer.explain(sample.reply)
        #expect(it.category.rawValue == sample.category, "\(it.trace)")
    }

    @Test("words of many replies, mixed without an end to any, are explained", arguments: 1...40 as ClosedRange<UInt64>)
    func beginnings(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Words of few replies make beginnings that stay open, one beside the other.
        let some = (0..<4).map { _ in Sample.all.randomElement(using: &random)! }
        let words = some.flatMap { $0.reply.split(separator: " ") }
        let text = (0..<2000).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
        #expect(explainer.explain(text).evidence.count <= 8)
    }

    @Test("no words stand in two lines", arguments: PhraseFile.builtIn.files)
    func unique(file: PhraseFile) {
        var seen: Set<[UInt8]> = []
        let repeated = Phrase.all[file.phrases].filter { $0.codes == nil }.map(\.words).filter {
            !seen.insert(FoldedText.fold($0.utf8)).inserted
        }
        #expect(repeated == [])
    }

    @Test("no words mean two things, whatever the language")
    func conflicts() {
        let plain = Phrase.all.filter { $0.codes == nil && !$0.words.contains("{") }
        let meanings = Dictionary(grouping: plain, by: { FoldedText.fold($0.words.utf8) })
        #expect(meanings.values.filter { Set($0.map(\.category)).count > 1 }.map { $0[0].words } == [])
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

    @Test("every slot that a phrase names is listed", arguments: Phrase.all)
    func slots(phrase: Phrase) {
        for step in Pattern(phrase.words, language: phrase.language).steps {
            guard case .slot(let name, let language) = step.part else { continue }
            let files = PhraseFile.builtIn.files.filter { $0.language == language || $0.language == "en" }
            #expect(files.contains { $0.slots[name]?.isEmpty == false }, "{\(name)}")
        }
    }

    @Test("a sample names reserved domains and addresses only", arguments: Sample.all)
    func isReserved(sample: Sample) {
        for address in sample.reply.matches(of: /@([\p{L}\d.-]*[\p{L}\d])/) {
            let labels = address.output.1.lowercased().split(separator: ".")
            let isReserved =
                labels.count == 1 || ["example", "test", "invalid", "localhost"].contains(labels.last)
                || ["example.com", "example.net", "example.org"].contains(labels.suffix(2).joined(separator: "."))
            #expect(isReserved, "\(address.output.0)")
        }
        for address in sample.reply.matches(
            of: /(?:^|[^\d.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(?![\d.]*\d|\.in-addr)/)
        {
            let isReserved = ["192.0.2", "198.51.100", "203.0.113", "127.0.0"].contains(address.output.1)
            #expect(isReserved, "\(address.output.0)")
        }
    }
}

extension Phrase: CustomTestStringConvertible {
    public var testDescription: String { "\"\(words)\" (\(category.rawValue))" }
}

extension PhraseFile: CustomTestStringConvertible {
    public var testDescription: String { language }
}
