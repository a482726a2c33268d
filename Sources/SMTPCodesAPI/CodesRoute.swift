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
        let references: [ReferenceAnswer]
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
            references = entry.references.map(ReferenceAnswer.init)
            text = entry.text
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
            throw .malformedCode("\(text.quoted) is no reply code: three digits, the first 2 to 5, as 550.")
        }
        guard let entry = Catalog.entry(code) else {
            throw .unknownCode(
                "No standard defines the reply code \(code); a client goes by its first digit (RFC 5321, section 4.2.1).",
                nearest: Nearest(code))
        }
        return Entry(entry)
    }
}
