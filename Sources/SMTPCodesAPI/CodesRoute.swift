import SMTPCatalog

/// `GET /codes` and `GET /codes/{code}`.
enum CodesRoute {
    struct Entry: Encodable {
        let action: String
        let advice: String
        let category: String
        let `class`: DigitAnswer
        let code: Int
        let description: String
        let disposition: String
        let enhancedCodes: [String]
        let group: DigitAnswer?
        let issuedFor: [String]
        let meaning: String
        /// Who uses a code that no standard has.
        let providers: [EnhancedRoute.Use]?
        let references: [ReferenceAnswer]
        /// Does a standard define it, or only those who send it?
        let registered: Bool
        let text: String

        init(_ entry: ReplyCodeEntry) {
            action = entry.action.rawValue
            advice = entry.advice
            category = entry.category.rawValue
            `class` = DigitAnswer(entry.code.class)
            code = entry.code.rawValue
            description = entry.description
            disposition = entry.disposition.rawValue
            enhancedCodes = entry.enhancedCodes.map(\.description)
            group = entry.code.group.map(DigitAnswer.init)
            issuedFor = entry.issuedFor
            meaning = entry.meaning
            let uses = entry.isRegistered ? [] : CodesRoute.uses(of: entry.code)
            providers = uses.isEmpty ? nil : uses.map { EnhancedRoute.Use($0.provider, $0.code) }
            references =
                entry.references.map(ReferenceAnswer.init)
                + Set(uses.map { Reference($0.provider.name, $0.code.source) }).map(ReferenceAnswer.init)
                .sorted { ($0.name, $0.url) < ($1.name, $1.url) }
            registered = entry.isRegistered
            text = entry.text
        }
    }

    /// What providers mean that reply with the code.
    private static func uses(of code: ReplyCode) -> [(provider: Provider, code: ProviderCode)] {
        Catalog.providers.flatMap { provider in
            provider.codes.filter { $0.replies.contains(code) }.map { (provider, $0) }
        }
    }

    static let paths = Catalog.replyCodes.map { "/codes/\($0.code)" }

    static func list(_ query: Query) throws(Problem) -> ListAnswer<Entry> {
        let digit = try query.digit("class", among: [2, 3, 4, 5])
        let words = try query.words()
        return ListAnswer(
            Catalog.replyCodes.filter { entry in
                (digit == nil || entry.code.classDigit == digit)
                    && words.allStand(
                        in: "\(entry.code) \(entry.meaning) \(entry.text) \(entry.description)".lowercased())
            }.map(Entry.init))
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        guard let code = ReplyCode(text) else {
            if let code = EnhancedCode(text) {
                throw .malformedCode("\(code) is an enhanced code; it is at /enhanced/\(code).")
            }
            throw .malformedCode("\(text.quoted) is no reply code: three digits, the first 2 to 5, as 550.")
        }
        guard let entry = Catalog.entry(code) else {
            throw .unknownCode(
                "No standard defines the reply code \(code), and nobody we know uses it; a client goes by its first digit (RFC 5321, section 4.2.1).",
                nearest: Nearest(code))
        }
        return Entry(entry)
    }
}
