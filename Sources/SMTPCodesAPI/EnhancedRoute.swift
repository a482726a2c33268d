import SMTPCatalog

/// `GET /enhanced` and `GET /enhanced/{code}`.
enum EnhancedRoute {
    struct Entry: Encodable {
        let action: String
        let advice: String
        let category: String
        let `class`: DigitAnswer?
        let code: String
        let description: String
        let disposition: String?
        let meaning: String
        /// That the class makes no sense with the code.
        let note: String?
        let pattern: String
        let providers: [Use]?
        /// In lists: a whole range of codes has this entry.
        let range: Range?
        let references: [ReferenceAnswer]
        /// Does a standard define it, or only those who send it?
        let registered: Bool
        let replyCodes: [Int]
        let subject: DigitAnswer?
        let text: String
    }

    struct Range: Encodable {
        let first: String
        let last: String
    }

    /// What one provider means by the code.
    struct Use: Encodable {
        let advice: String
        let category: String
        let confirmed: Bool
        let href: String
        let meaning: String
        let name: String
        /// It means this only where the reply has these words.
        let wording: String?

        init(_ provider: Provider, _ code: ProviderCode) {
            advice = code.advice
            category = code.category.rawValue
            confirmed = code.confirmed
            href = ProvidersRoute.href(provider)
            meaning = code.meaning
            name = provider.name
            wording = code.wording
        }
    }

    /// A row of a provider's table that is about an enhanced code.
    private struct Row {
        let provider: Provider
        let code: ProviderCode
        let range: ClosedRange<EnhancedCode>
    }

    private static let rows: [Row] = Catalog.providers.flatMap { provider in
        provider.codes.compactMap { code in
            code.enhancedCodes.map { Row(provider: provider, code: code, range: $0) }
        }
    }

    private static func rows(for code: EnhancedCode) -> [Row] {
        rows.filter { row in
            // In the form x.7.606 a code stands for itself in any class.
            let code = row.range.lowerBound.classDigit.flatMap(code.inAnyClass) ?? code
            return row.range.contains(code) && row.range.lowerBound.classDigit == code.classDigit
                && row.range.lowerBound.subject == code.subject
        }
    }

    /// The paths of all entries that are not only part of a range.
    static let paths: [String] =
        Catalog.enhancedCodes.flatMap { entry in
            [entry.pattern] + [2, 4, 5].compactMap(entry.pattern.inClass)
        }.map { "/enhanced/\($0)" } + Set(rows.map(\.range.lowerBound)).sorted().map { "/enhanced/\($0)" }

    // MARK: - One entry

    /// What the code means in a word, and where to read more; nil where there is no entry.
    static func link(_ code: EnhancedCode) -> (href: String, meaning: String)? {
        guard let meaning = Catalog.entry(code)?.meaning ?? rows(for: code).first?.code.meaning else { return nil }
        return ("/enhanced/" + code.description, meaning)
    }

    static func entry(_ text: String) throws(Problem) -> Entry {
        guard let code = EnhancedCode(text) else {
            if let code = ReplyCode(text) {
                throw .malformedCode("\(code) is a reply code; it is at /codes/\(code).")
            }
            throw .malformedCode(
                "\(text.quoted) is no enhanced code: three numbers with dots, the first 2, 4, 5 or the letter x, as 5.1.1 or x.1.1."
            )
        }
        if let entry = Catalog.entry(code) { return registered(entry, code) }
        let uses = rows(for: code)
        if let row = uses.first(where: { $0.range.lowerBound == $0.range.upperBound }) ?? uses.first {
            return unregistered(code, row, uses)
        }
        throw .unknownCode(
            "No standard registers the enhanced code \(code), and no provider we know uses it; its class and subject still tell something (RFC 3463, section 2).",
            nearest: Nearest(code))
    }

    private static func registered(_ entry: EnhancedCodeEntry, _ code: EnhancedCode) -> Entry {
        let uses = code.classDigit == nil ? [] : rows(for: code)
        let fits = code.classDigit.map(entry.usefulClasses.contains) ?? true
        return Entry(
            action: entry.action(classDigit: code.classDigit).rawValue,
            advice: entry.advice(classDigit: code.classDigit),
            category: entry.category(classDigit: code.classDigit).rawValue, class: code.class.map(DigitAnswer.init),
            code: code.description, description: entry.description,
            disposition: code.classDigit.flatMap(Disposition.init(classDigit:))?.rawValue, meaning: entry.meaning,
            note: fits ? nil : "The standard sees no use for this code with class \(code.classDigit!).",
            pattern: code.pattern.description,
            providers: uses.isEmpty ? nil : uses.map { Use($0.provider, $0.code) }, range: nil,
            references: entry.references.map(ReferenceAnswer.init), registered: true,
            replyCodes: entry.replyCodes(classDigit: code.classDigit).map(\.rawValue),
            subject: code.subjectMeaning.map(DigitAnswer.init), text: entry.text)
    }

    /// A code that only receivers define: the first of them says what it means.
    private static func unregistered(_ code: EnhancedCode, _ row: Row, _ uses: [Row], listed: Bool = false) -> Entry {
        let disposition = code.classDigit.flatMap(Disposition.init(classDigit:))
        let isRange = listed && row.range.lowerBound != row.range.upperBound
        return Entry(
            action: row.code.category.entry.action(disposition).rawValue, advice: row.code.advice,
            category: row.code.category.rawValue, class: code.class.map(DigitAnswer.init), code: code.description,
            description: "No standard defines this code. \(row.provider.name) sends it. \(row.code.meaning)",
            disposition: disposition?.rawValue, meaning: row.code.meaning, note: nil,
            pattern: code.pattern.description, providers: uses.map { Use($0.provider, $0.code) },
            range: isRange
                ? Range(first: row.range.lowerBound.description, last: row.range.upperBound.description) : nil,
            references: [ReferenceAnswer(name: row.provider.name, url: row.code.source)], registered: false,
            replyCodes: row.code.replies.map(\.rawValue), subject: code.subjectMeaning.map(DigitAnswer.init),
            text: row.code.meaning)
    }

    // MARK: - The list

    /// Every registered code, and every code or range that only providers define, in the order of codes.
    ///
    /// Without a class, registered codes are listed once, in the form `x.1.1`; with one, as they are in that
    /// class, where they make sense in it.
    static func list(_ query: Query) throws(Problem) -> ListAnswer<Entry> {
        let digit = try query.digit("class", among: [2, 4, 5])
        let subject = try query.digit("subject", among: Array(0...7))
        let words = try query.words()
        let registered = Catalog.enhancedCodes
            .filter { digit == nil || $0.usefulClasses.contains(digit!) }
            .map { Self.registered($0, digit.flatMap($0.pattern.inClass) ?? $0.pattern) }
        let found = (registered + providerEntries.filter { digit == nil || $0.class?.digit == digit }).filter { entry in
            (subject == nil || entry.subject?.digit == subject) && words.allStand(in: entry.searchText)
        }
        return ListAnswer(found)
    }

    /// The codes and ranges that only providers define.
    private static let providerEntries: [Entry] = {
        var entries: [EnhancedCode: Entry] = [:]
        for row in rows where Catalog.entry(row.range.lowerBound) == nil && entries[row.range.lowerBound] == nil {
            let code = row.range.lowerBound
            entries[code] = unregistered(code, row, rows(for: code), listed: true)
        }
        return entries.sorted { $0.key < $1.key }.map(\.value)
    }()
}

extension EnhancedCode {
    /// The code in this class if it is in the form x.1.1, else itself.
    fileprivate func inAnyClass(_ digit: Int) -> EnhancedCode? { classDigit == nil ? inClass(digit) : self }
}

extension EnhancedRoute.Entry {
    fileprivate var searchText: String {
        // A code that stands for any class is found by its number in each.
        let forms = code == pattern ? "2\(code.dropFirst()) 4\(code.dropFirst()) 5\(code.dropFirst())" : ""
        return "\(code) \(pattern) \(forms) \(range?.last ?? "") \(meaning) \(text) \(description)".lowercased()
    }
}
