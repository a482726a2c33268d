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
    private(set) var phrases: [Phrase] = []

    /// The built-in files; English comes first.
    static let builtIn: [PhraseFile] = {
        var files: [PhraseFile] = []
        while let file = phrase_file_at(files.count) {
            let bytes = UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.size)
            do {
                files.append(try PhraseFile(String(cString: file.pointee.language), bytes))
            } catch {
                preconditionFailure("\(error)")
            }
        }
        return files
    }()

    /// A line that is none of the three.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    init(_ language: String, _ bytes: some Collection<UInt8>) throws(Fault) {
        self.language = language
        for line in bytes.split(separator: .ascii("\n")) where line.first != .ascii("#") {
            let fields = line.split(separator: .ascii("\t")).map { String(decoding: $0, as: UTF8.self) }
            guard let words = fields.first, fields.count >= 2 else { throw fault("no phrase", line) }
            if fields.count == 2, words.utf8.first == .ascii("{"), let slot = Self.slot(words) {
                slots[slot, default: []] += Self.choices(fields[1])
                continue
            }
            guard let category = Category(rawValue: fields[1]) else { throw fault("no such category", line) }
            var strength = Phrase.Strength.specific
            var codes: Phrase.Codes?
            for field in fields.dropFirst(2) {
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
    }

    private func fault(_ what: String, _ line: some Collection<UInt8>) -> Fault {
        Fault(description: "\(language).tsv: \(what): \(String(decoding: line, as: UTF8.self))")
    }

    /// The name of a slot, if that is all there is.
    private static func slot(_ words: String) -> String? {
        guard words.utf8.last == .ascii("}"), words.utf8.count(where: { $0 == .ascii("{") }) == 1 else { return nil }
        return String(words.dropFirst().dropLast())
    }

    private static func choices(_ field: String) -> [String] {
        field.utf8.split(separator: .ascii("|")).map { String(Substring($0)).trimmingSpaces }.filter { !$0.isEmpty }
    }
}

extension String {
    fileprivate var trimmingSpaces: String { Array(utf8)[...].trimmed.string }
}
