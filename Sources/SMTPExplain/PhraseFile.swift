import CPhrases
import SMTPCatalog

/// The phrases of one language, and the words for their slots, as `Phrases/LANGUAGE.tsv` has them.
///
///     # a remark
///     {mailbox}<TAB>mailbox | inbox | account
///     {mailbox} does not exist<TAB>unknown-recipient
///     unavailable<TAB>system-unavailable<TAB>vague
///     service currently unavailable<TAB>greylisted<TAB>450 4.3.2
struct PhraseFile: Sendable {
    let language: String
    /// For each slot, without its braces, the words that may stand there. A `*` at the end lets the last word go on.
    private(set) var slots: [String: [String]] = [:]
    /// Where its phrases stand among those of all files.
    let phrases: Range<Int>

    /// The built-in files, English first, and their phrases.
    static let builtIn: (files: [PhraseFile], phrases: [Phrase]) = {
        var files: [PhraseFile] = []
        var phrases: [Phrase] = []
        // Some more than there are.
        phrases.reserveCapacity(8000)
        while let file = phrase_file_at(files.count) {
            let bytes = UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.size)
            do {
                files.append(try PhraseFile(String(cString: file.pointee.language), bytes, &phrases))
            } catch {
                preconditionFailure("\(error)")
            }
        }
        return (files, phrases)
    }()

    /// A line that is none of the three.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Appends its phrases to those of other files.
    init(
        _ language: String, _ bytes: UnsafeBufferPointer<UInt8>, _ phrases: inout [Phrase]
    ) throws(Fault) {
        func fault(_ what: String, _ line: Slice<UnsafeBufferPointer<UInt8>>) -> Fault {
            Fault(description: "\(language).tsv: \(what): \(String(decoding: line, as: UTF8.self))")
        }
        self.language = language
        let first = phrases.count
        var (name, category) = ("", Category.undetermined)
        var lines = bytes[...]
        while !lines.isEmpty {
            let line = lines.cut(at: .ascii("\n"))
            if line.isEmpty || line.first == .ascii("#") { continue }
            var fields = line
            let words = String(decoding: fields.cut(at: .ascii("\t")), as: UTF8.self)
            let meaning = fields.cut(at: .ascii("\t"))
            guard !meaning.isEmpty else { throw fault("no phrase", line) }
            if fields.isEmpty, words.utf8.first == .ascii("{"), let slot = Self.slot(words) {
                slots[slot, default: []] += Self.choices(meaning)
                continue
            }
            // Most lines mean what the line before means.
            if !meaning.elementsEqual(name.utf8) {
                name = String(decoding: meaning, as: UTF8.self)
                guard let it = Category(rawValue: name) else { throw fault("no such category", line) }
                category = it
            }
            var strength = Phrase.Strength.specific
            var codes: Phrase.Codes?
            while !fields.isEmpty {
                let field = String(decoding: fields.cut(at: .ascii("\t")), as: UTF8.self)
                if let it = Phrase.Strength(rawValue: field) {
                    strength = it
                } else if let it = Phrase.Codes(field) {
                    codes = it
                } else {
                    throw fault("neither strength nor codes", line)
                }
            }
            phrases.append(Phrase(words, category, strength, language: language, codes: codes))
        }
        self.phrases = first..<phrases.count
    }

    /// The name of a slot, if that is all there is.
    private static func slot(_ words: String) -> String? {
        guard words.utf8.last == .ascii("}"), words.utf8.count(where: { $0 == .ascii("{") }) == 1 else { return nil }
        return String(words.dropFirst().dropLast())
    }

    private static func choices(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
        var choices: [String] = []
        var field = field
        while !field.isEmpty {
            var choice = field.cut(at: .ascii("|"))
            while choice.first == 0x20 { choice.removeFirst() }
            while choice.last == 0x20 { choice.removeLast() }
            if !choice.isEmpty { choices.append(String(decoding: choice, as: UTF8.self)) }
        }
        return choices
    }
}

extension Collection<UInt8> where SubSequence == Self {
    /// Takes off what stands before the first `separator`, and that: all, where there is none.
    fileprivate mutating func cut(at separator: UInt8) -> Self {
        let end = firstIndex(of: separator) ?? endIndex
        defer { self = end < endIndex ? self[index(after: end)...] : self[end...] }
        return self[..<end]
    }
}
