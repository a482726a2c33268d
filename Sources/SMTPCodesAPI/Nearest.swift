import SMTPCatalog

/// What applies to a well-formed code that is not in the catalog: its class, and its group or subject; or the name that
/// was perhaps meant.
struct Nearest: Encodable {
    let `class`: DigitAnswer?
    let group: DigitAnswer?
    let subject: DigitAnswer?
    let disposition: String?
    /// The code that stands for the whole subject.
    let code: String?
    let meaning: String?
    /// Of a provider or category that is spelled nearly alike.
    let name: String?
    let href: String

    init(name: String, href: String) {
        `class` = nil
        group = nil
        subject = nil
        disposition = nil
        code = nil
        meaning = nil
        self.name = name
        self.href = href
    }

    init(_ code: ReplyCode) {
        `class` = DigitAnswer(code.class)
        group = code.group.map(DigitAnswer.init)
        subject = nil
        disposition = Disposition(classDigit: code.classDigit)?.rawValue
        self.code = nil
        meaning = code.class.meaning
        name = nil
        href = "/codes?class=\(code.classDigit)"
    }

    init(_ code: EnhancedCode) {
        let known = code.subjectMeaning == nil ? 0 : code.subject
        let general = EnhancedCode(classDigit: code.classDigit, subject: known, detail: 0)!
        `class` = code.class.map(DigitAnswer.init)
        group = nil
        subject = code.subjectMeaning.map(DigitAnswer.init)
        disposition = code.classDigit.flatMap(Disposition.init(classDigit:))?.rawValue
        self.code = general.description
        meaning = Catalog.entry(general)?.meaning
        name = nil
        href = "/enhanced/\(general)"
    }
}
