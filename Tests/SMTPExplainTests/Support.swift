import SMTPCatalog

@testable import SMTPExplain

/// One for all tests: making it takes time.
let explainer = Explainer()

/// The same numbers on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension FoldedText {
    convenience init(_ text: String) { self.init(Array(text.utf8)) }

    var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension ReplyReader {
    static func read(_ text: String) -> ReadReply { read(text.utf8) }
}

extension ReadReply {
    var words: String { String(decoding: text, as: UTF8.self) }
}

extension Explanation {
    /// What was found, with its category, for messages of failed tests.
    var trace: String {
        "\(category.rawValue) by \(evidence.map { "\"\($0.found)\" \($0.category.rawValue)" })"
    }
}
