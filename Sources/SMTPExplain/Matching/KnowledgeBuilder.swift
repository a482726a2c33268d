import SMTPCatalog

extension Knowledge {
    /// Collects the parts of patterns.
    struct Builder {
        /// By language and name, the words that may stand in a slot.
        let slots: [String: [String: [String]]]
        private(set) var byEnhancedCode: [EnhancedCode: [ProviderRow]] = [:]
        private(set) var byReplyCode: [ReplyCode: [ProviderRow]] = [:]
        private(set) var ranges: [(range: ClosedRange<EnhancedCode>, row: ProviderRow)] = []
        private(set) var literals = Literals<Use>()
        private(set) var sequences = Sequences()
        private(set) var meanings: [Meaning] = []
        private var parts: [Pattern.Part: UInt32] = [:]
        private var languages: [String: Int] = [:]

        /// Of the slots whose words mean something by themselves, those that English phrases have in full.
        private let written: [[UInt8]: Slot]

        /// For about so many phrases.
        init(slots: [String: [String: [String]]], phrases: Int) {
            self.slots = slots
            meanings.reserveCapacity(phrases + phrases / 4)
            literals.reserve(phrases * 3)
            parts.reserveCapacity(phrases)
            sequences.reserve(phrases / 2)
            let english = [Slot.mailbox, .disabled].flatMap { slot in
                (slots["en"]?[slot.rawValue] ?? []).map { (Array($0.utf8), slot) }
            }
            written = Dictionary(english, uniquingKeysWith: { first, _ in first })
        }

        mutating func add(_ words: String, _ meaning: Meaning, slotsOf language: String = "en", isName: Bool = false) {
            let number = UInt32(meanings.count)
            meanings.append(meaning)
            if Pattern.isPlain(words) {
                let kind: Use.Kind = if case .phrase = meaning { .phrase } else { .other }
                var words = words
                words.withUTF8 { addLiteral($0, kind, number, isName: isName) }
            } else {
                let steps = Pattern(words, language: language).steps
                sequences.add(steps.map { (part($0.part), $0.joint) }, pattern: number)
            }
        }

        /// A `*` at the end lets the last word go on.
        private mutating func addLiteral(
            _ words: UnsafeBufferPointer<UInt8>, _ kind: Use.Kind, _ number: UInt32, isName: Bool = false,
            slot: Slot = .other
        ) {
            let isOpen = words.last == .ascii("*")
            var closed = isOpen ? words.dropLast() : words[...]
            while closed.last == .ascii(" ") { closed.removeLast() }
            let hasNames = closed.contains {
                $0.isDigit || $0 == .ascii(".") || $0 == .ascii("_") || $0 == .ascii("/")
            }
            let use = Use(number: number, kind: kind, isOpen: isOpen, isName: isName || hasNames, slot: slot)
            literals.append(use, isOpen: isOpen) { FoldedText.fold(closed, onto: &$0) }
        }

        private mutating func languageNumber(_ language: String) -> Int {
            if let known = languages[language] { return known }
            languages[language] = languages.count
            return languages.count - 1
        }

        /// What says what came of a message stands in no pattern, nor does what a recipient has.
        mutating func addLoneSlots(_ language: String) {
            for slot in [Slot.accepted, .rejected, .thing] where slots[language]?[slot.rawValue] != nil {
                _ = part(.slot(slot.rawValue, language: language))
            }
        }

        /// A bit for each of these languages that has phrases.
        func languages(_ names: [String]) -> UInt64 {
            names.compactMap { languages[$0] }.reduce(0) { $0 | 1 << UInt64($1 & 63) }
        }

        /// The number of a part, whose literals are added when it first comes up.
        private mutating func part(_ part: Pattern.Part) -> UInt32 {
            if let known = parts[part] { return known }
            let language = languageNumber(part.language)
            let number = sequences.addPart(language: language, isAddress: part == .slot("ip", language: part.language))
            parts[part] = number
            switch part {
            case .words(let bytes, _):
                let slot = written[bytes] ?? .other
                bytes.withUnsafeBufferPointer { addLiteral($0, .part, number, slot: slot) }
            case .slot(let name, let language):
                let slot = Slot(rawValue: name) ?? .other
                for var choice in slots[language]?[name] ?? slots["en"]?[name] ?? [] {
                    choice.withUTF8 { addLiteral($0, .part, number, slot: slot) }
                }
            }
            return number
        }

        mutating func add(_ provider: Provider, _ number: Int) {
            let name = Array(provider.name.prefix { $0 != " " }.lowercased().utf8)
            var marks: [[UInt8]] = []
            for signature in provider.signatures {
                switch signature {
                case .text(let text):
                    add(text + "*", .signature(provider: number))
                    marks.append(Array(text.lowercased().utf8))
                    // Addresses are left out of the text, but not their domains.
                    if let at = text.firstIndex(of: "@") {
                        add(String(text[text.index(after: at)...]), .host(provider: number))
                    }
                case .host(let host): add(host, .host(provider: number))
                }
            }
            for (rowNumber, code) in provider.codes.enumerated() {
                let row = ProviderRow(provider: number, row: rowNumber)
                if let wording = code.wording {
                    let about = Wording(wording, name: name, marks: marks)
                    add(Knowledge.withoutCode(wording), .wording(row, about))
                }
                if let codes = code.enhancedCodes {
                    if codes.lowerBound == codes.upperBound {
                        byEnhancedCode[codes.lowerBound, default: []].append(row)
                    } else {
                        ranges.append((codes, row))
                    }
                } else if let reply = code.code.flatMap({ Int($0) }).flatMap(ReplyCode.init(rawValue:)) {
                    byReplyCode[reply, default: []].append(row)
                } else if let token = code.code {
                    add(token, .token(row))
                }
            }
        }
    }

    /// The words of a wording that begins with a code, as the reader leaves them.
    fileprivate static func withoutCode(_ wording: String) -> String {
        let words = wording.drop { $0.isNumber || $0 == "." || $0 == "#" }
        return words.hasPrefix(" ") ? String(words.dropFirst()) : wording
    }
}
