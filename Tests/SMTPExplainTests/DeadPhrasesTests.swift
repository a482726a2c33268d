import SMTPCatalog
import Testing

@testable import SMTPExplain

/// No line of the phrase files is there for nothing: without it, a reply in its own words would be read differently.
struct DeadPhrasesTests {
    /// Each phrase is tried without those of its group, so its reading comes from lines outside. Its words choose the
    /// group, so that a new line changes no other one's.
    @Test("no line says only what others say", arguments: [7])
    func dead(groups: Int) {
        let all = Phrase.all
        var dead: [Int] = []
        for group in 0..<groups {
            let members = all.indices.filter {
                all[$0].words.utf8.reduce(0) { ($0 * 31 + Int($1)) % 65521 } % groups == group
            }
            let gone = Set(dead).union(members)
            let without = Explainer(phrases: all.indices.filter { !gone.contains($0) }.map { all[$0] })
            dead += members.filter { number in
                all[number].isPlain
                    && all[number].replies.allSatisfy { reading($0, by: explainer) == reading($0, by: without) }
            }
        }
        let lines = dead.map { "\(all[$0].language): \(all[$0].words)" }
        #expect(lines.isEmpty, "\(lines.count) lines can go:\n\(lines.joined(separator: "\n"))")
    }

    /// What decides, and what else is found.
    private struct Reading: Equatable {
        let category: SMTPCatalog.Category
        let rank: Int
        let confidence: Confidence
        let suppress: Bool
        let categories: Set<SMTPCatalog.Category>
    }

    private func reading(_ words: String, by explainer: Explainer) -> Reading {
        let reply = ReplyReader.read(words)
        let signals = Signals(reply, explainer.knowledge, Search(reply, explainer.knowledge)).ranked
        let decision = Decision(reply, signals, isUnread: false, saidSeconds: nil, providerSeconds: nil)
        return Reading(
            category: decision.category, rank: signals.first?.rank ?? 0, confidence: decision.confidence,
            suppress: decision.verdict.suppress, categories: Set(signals.map(\.category)))
    }
}

extension Phrase {
    /// Not those that mean something only beside a code, or in names, or only hide others; nor with more than one
    /// slot: their words are too many.
    fileprivate var isPlain: Bool {
        codes == nil && strength != .name && strength != .forNow && category != .undetermined
            && words.utf8.count { $0 == .ascii("{") } < 2
    }

    /// Replies in its own words: each word of each slot once, and something in each gap.
    fileprivate var replies: [String] {
        let slots = Dictionary(uniqueKeysWithValues: PhraseFile.builtIn.files.map { ($0.language, $0.slots) })
        let steps = Pattern(words, language: language).steps
        let choices = steps.map { step -> [String] in
            switch step.part {
            case .words(let bytes, _):
                let words = String(decoding: bytes, as: UTF8.self)
                return words.hasSuffix("*") ? [String(words.dropLast()), words.dropLast() + "zz"] : [words]
            case .slot(let name, let language):
                return (slots[language]?[name] ?? slots["en"]?[name] ?? []).map { String($0).replacing("*", with: "") }
            }
        }
        var texts: [String] = []
        for varied in steps.indices {
            for choice in choices[varied] {
                texts.append(
                    steps.indices.reduce("") { text, i in
                        let joint = i == 0 ? "" : steps[i].joint == .gap ? " qzx qzy " : " "
                        return text + joint + (i == varied ? choice : choices[i][0])
                    })
            }
        }
        return Set(texts).flatMap {
            ["\($0)", "550 \($0)", "450 4.7.1 \($0)", "550 5.1.1 \($0)", "554 5.7.1 \($0) for b.example"]
        }
    }
}
