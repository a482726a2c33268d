import SMTPCatalog

/// Words that receivers use, and what they mean by them: a line of `Phrases/LANGUAGE.tsv`.
///
/// The words are matched against the reply in lower case, with runs of space folded into one, typographic
/// quotes made plain, Latin letters without their marks (`plné` is `plne`), and mail addresses left out
/// (`User <a@b.example> unknown` reads `user unknown`). They match whole words; a `*` at the end lets the last
/// word go on (`blacklist*`); ` ... ` skips up to 60 bytes of the same sentence (`mailbox ... is full`); and `{absent}`
/// stands for each of the words that the file lists for that slot. Beside a slot, small words (`the`, `is`), names
/// and quotes may stand between. A phrase inside a longer one does not count, unless it is stronger or stands in its
/// gap. One that is `undetermined` says nothing, and hides what stands in it: `{no} {bad}`.
public struct Phrase: Sendable {
    /// How much the words say.
    public enum Strength: String, Comparable, Sendable, BitwiseCopyable {
        /// They go with several causes; a specific code is better evidence.
        case vague
        /// They name the cause.
        case specific
        /// A name that names the cause, of a program's or a service's, wherever it stands: in a URL or an identifier too.
        case name
        /// They name the cause beyond doubt, whatever else the reply says.
        case decisive
        /// The operator's own words.
        case rule
        /// They say that it is so for the time being, whatever it is: no address is given up for it. Else as `vague`.
        case forNow = "for-now"

        private var order: Int {
            switch self {
            case .vague, .forNow: 0
            case .specific, .name: 1
            case .decisive: 2
            case .rule: 3
            }
        }

        public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
    }

    public let words: String
    public let category: Category
    public let strength: Strength
    /// The file whose slots it uses.
    let language: String
    /// They mean this only beside these codes; beside others, or none, they say nothing.
    let codes: Codes?

    /// Codes that a reply must have: `450 4.3.2`, or of which class: `4`.
    struct Codes: Sendable {
        private(set) var classDigit: Int?
        private(set) var code: ReplyCode?
        private(set) var enhanced: EnhancedCode?

        init?(_ codes: String) {
            for word in codes.split(separator: " ") {
                if let number = Int(word), (2...5).contains(number) {
                    classDigit = number
                } else if let code = Int(word).flatMap(ReplyCode.init(rawValue:)) {
                    self.code = code
                } else if let enhanced = EnhancedCode(String(word)) {
                    self.enhanced = enhanced
                } else {
                    return nil
                }
            }
        }

        func fit(_ code: ReplyCode?, _ enhanced: EnhancedCode?) -> Bool {
            (self.code == nil || self.code == code) && (self.enhanced == nil || self.enhanced == enhanced)
                && (classDigit == nil || classDigit == code?.classDigit ?? enhanced?.classDigit)
        }
    }

    init(
        _ words: String, _ category: Category, _ strength: Strength = .specific, language: String = "en",
        codes: Codes? = nil
    ) {
        self.words = words
        self.category = category
        self.strength = strength
        self.language = language
        self.codes = codes
    }

    /// All that are built in; the order carries no meaning.
    public static var all: [Phrase] { PhraseFile.builtIn.phrases }
}
