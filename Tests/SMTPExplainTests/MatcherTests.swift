import Testing

@testable import SMTPExplain

struct MatcherTests {
    struct Hit: Hashable, Comparable {
        let literal: Int
        let range: Range<Int>

        static func < (a: Self, b: Self) -> Bool {
            (a.range.lowerBound, a.range.upperBound, a.literal) < (b.range.lowerBound, b.range.upperBound, b.literal)
        }
    }

    private static func hits(_ literals: [[UInt8]], in text: [UInt8]) -> [Hit] {
        var hits: [Hit] = []
        Matcher(literals.enumerated().map { ($1, $0) }).scan(text) { hits.append(Hit(literal: $0, range: $1)) }
        return hits
    }

    /// What looking at the beginning of every word for every literal finds, in the order in which the finds begin.
    private static func naiveHits(_ literals: [[UInt8]], in text: [UInt8]) -> [Hit] {
        var hits: [Hit] = []
        for (number, literal) in literals.enumerated() where literal.count <= text.count {
            for start in 0...text.count - literal.count where text[start...].starts(with: literal) {
                if start > 0, text[start - 1].isWordByte, text[start].isWordByte { continue }
                hits.append(Hit(literal: number, range: start..<start + literal.count))
            }
        }
        return hits.sorted()
    }

    private static func bytes(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

    @Test("overlapping, nested and repeated literals are all found, the shorter before the longer where both begin")
    func overlapping() {
        let literals = Self.bytes("user unknown", "unknown", "unknown user", "user", "unk")
        let text = Array("user unknown user unknown".utf8)
        #expect(
            Self.hits(literals, in: text) == [
                Hit(literal: 3, range: 0..<4), Hit(literal: 0, range: 0..<12), Hit(literal: 4, range: 5..<8),
                Hit(literal: 1, range: 5..<12), Hit(literal: 2, range: 5..<17), Hit(literal: 3, range: 13..<17),
                Hit(literal: 0, range: 13..<25), Hit(literal: 4, range: 18..<21), Hit(literal: 1, range: 18..<25),
            ])
    }

    @Test("a literal that overlaps itself is found at each place")
    func overlapsItself() {
        let hits = Self.hits(Self.bytes("--", "---"), in: Array("----".utf8))
        #expect(Set(hits.map(\.range)) == [0..<2, 1..<3, 2..<4, 0..<3, 1..<4])
        #expect(hits.count == 5)
    }

    @Test("a failed longer literal does not lose the shorter one inside it")
    func fallsBack() {
        #expect(Self.hits(Self.bytes("a b c d", "b c"), in: Array("a b c e".utf8)) == [Hit(literal: 1, range: 2..<5)])
        #expect(
            Self.hits(Self.bytes("a b a b", "b a c"), in: Array("a b a b a c".utf8)).map(\.range) == [0..<7, 6..<11])
    }

    @Test("a literal is not found where it begins inside a word")
    func insideWords() {
        #expect(Self.hits(Self.bytes("known", "own user"), in: Array("unknown user".utf8)) == [])
        #expect(Self.hits(Self.bytes("known"), in: Array("well-known".utf8)).map(\.range) == [5..<10])
        #expect(Self.hits(Self.bytes(" == "), in: Array("a == b".utf8)).map(\.range) == [1..<5])
    }

    @Test("letter case and kinds of white space do not matter")
    func folds() {
        #expect(Self.hits(Self.bytes("no user"), in: Array("NO\tUser".utf8)) == [Hit(literal: 0, range: 0..<7)])
    }

    @Test("the whole text can be one literal, of any bytes")
    func wholeText() {
        let all = (0...255).map(UInt8.init).filter { $0 == 0x20 || !$0.isSpace && $0 == $0.lowercased }
        #expect(Self.hits([all], in: all) == [Hit(literal: 0, range: 0..<all.count)])
        #expect(Self.hits([[0]], in: [1, 0, 0]) == [Hit(literal: 0, range: 1..<2), Hit(literal: 0, range: 2..<3)])
    }

    @Test("a literal that is there twice is found as each of them")
    func repeated() {
        let hits = Self.hits(Self.bytes("user", "no", "user"), in: Array("no user".utf8))
        #expect(hits == [Hit(literal: 1, range: 0..<2), Hit(literal: 0, range: 3..<7), Hit(literal: 2, range: 3..<7)])
    }

    @Test("a literal may be longer than what one node holds")
    func veryLong() {
        let long = [UInt8](repeating: 0x61, count: 200_000)
        let literals = [Array(long.dropLast()), long, long + [0x62], long + [0x63]]
        let hits = Self.hits(literals, in: long + [0x63])
        #expect(hits.map(\.literal) == [0, 1, 3])
    }

    @Test("an empty literal is never found")
    func empty() {
        #expect(Self.hits([[], Array("user".utf8)], in: Array("user".utf8)) == [Hit(literal: 1, range: 0..<4)])
    }

    @Test("nothing is found where there is nothing to find")
    func nothing() {
        #expect(Self.hits([], in: Array("user unknown".utf8)) == [])
        #expect(Self.hits(Self.bytes("user"), in: []) == [])
        #expect(Self.hits(Self.bytes("user"), in: Array("use".utf8)) == [])
        #expect(Self.hits(Self.bytes("user"), in: Array("us er".utf8)) == [])
    }

    @Test("it finds what a naive search finds", arguments: 1...200 as ClosedRange<UInt64>)
    func agreesWithNaiveSearch(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Few letters make literals that nest and overlap in every way; more of them make wide nodes.
        let letters = Array("a -bcdef".utf8.prefix(Int.random(in: 1...8, using: &random)))
        func word(_ lengths: ClosedRange<Int>) -> [UInt8] {
            (0..<Int.random(in: lengths, using: &random)).map { _ in letters.randomElement(using: &random)! }
        }
        let literals = (0..<Int.random(in: 1...60, using: &random)).map { _ in word(1...7) }
        let text = word(0...400)
        #expect(Self.hits(literals, in: text) == Self.naiveHits(literals, in: text))
    }
}
