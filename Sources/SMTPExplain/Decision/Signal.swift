import SMTPCatalog

/// One piece of evidence. Numbers only: its words are made where they are shown.
struct Signal {
    /// Where it stands.
    enum Place: Equatable {
        /// In the folded text of the reply, or of what stands around it.
        case text(Range<Int>)
        case context(Range<Int>)
        case enhancedCode(EnhancedCode)
        case replyCode(ReplyCode)
        case whole

        /// Does the other stand in it, or is it the same?
        func contains(_ other: Place) -> Bool {
            switch (self, other) {
            case (.text(let a), .text(let b)), (.context(let a), .context(let b)): b.clamped(to: a) == b
            default: false
            }
        }

        /// Does one of the two say no more than the other?
        func overlaps(_ other: Place) -> Bool {
            switch (self, other) {
            case (.text(let a), .text(let b)), (.context(let a), .context(let b)):
                a.clamped(to: b) == a || b.clamped(to: a) == b
            default: self == other
            }
        }
    }

    /// What it says happened.
    var category: Category
    var source: Source
    let scope: Scope
    let kind: Evidence.Kind
    let place: Place
    /// The row of a provider's table that says so, if one does.
    var row: Knowledge.ProviderRow?
    /// Does it mean something else than usual, because of the command? Then the catalog's words for it do not fit.
    var isReadByStage = false

    init(
        _ category: Category, _ source: Source, _ scope: Scope, _ kind: Evidence.Kind, _ place: Place,
        row: Knowledge.ProviderRow? = nil
    ) {
        self.category = category
        self.source = source
        self.scope = scope
        self.kind = kind
        self.place = place
        self.row = row
    }

    /// Is it the wording of the provider whose reply it is?
    var isOwnWording: Bool { row != nil && kind == .text }

    /// Is it words that anybody uses, and that are not beyond doubt?
    var isPhrase: Bool {
        switch source {
        case .words, .wordsWithCode, .vagueWords: row == nil
        default: false
        }
    }

    /// Is it a standard's code, which no words back?
    var isCodeAlone: Bool { row == nil && (kind == .enhancedCode || kind == .replyCode) }

    var rank: Int { Rank.of(source, scope) }

    /// Length of the match; the longer of two equals says more.
    var length: Int {
        switch place {
        case .text(let range), .context(let range): range.count
        default: 0
        }
    }
}

extension EnhancedCode {
    /// Is it of class 4 or 5?
    var refuses: Bool { classDigit.map { $0 >= 4 } ?? false }
}
