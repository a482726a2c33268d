/// Every fact the service has: one catalog stands behind every route and every explanation.
public enum Catalog {
    public static let replyCodes = ReplyCodeEntry.all
    public static let enhancedCodes = EnhancedCodeEntry.all
    public static let blocklists = Blocklist.all
    public static let providers: [Provider] =
        [.google] + [.microsoft365, .outlookCom, .exchangeServer]
        + Provider.yahoo + Provider.american + Provider.french + Provider.european + Provider.asian + Provider.hosting
        + Provider.gateways + Provider.sendingServices + Provider.mailServers

    /// Nil for a code that no standard defines and nobody is known to use.
    public static func entry(_ code: ReplyCode) -> ReplyCodeEntry? { byReplyCode[code.rawValue] }

    /// The entry for the code's subject and detail, whatever its class; nil for one that nobody registered.
    public static func entry(_ code: EnhancedCode) -> EnhancedCodeEntry? {
        code.subject < subjects && code.detail < details ? byPattern[code.subject * details + code.detail] : nil
    }

    private static let byReplyCode: [ReplyCodeEntry?] = {
        var entries = [ReplyCodeEntry?](repeating: nil, count: 600)
        for entry in replyCodes { entries[entry.code.rawValue] = entry }
        return entries
    }()

    /// More than IANA has registered.
    private static let (subjects, details) = (8, 100)

    private static let byPattern: [EnhancedCodeEntry?] = {
        var entries = [EnhancedCodeEntry?](repeating: nil, count: subjects * details)
        for entry in enhancedCodes { entries[entry.subject * details + entry.detail] = entry }
        return entries
    }()
}

extension EnhancedCodeEntry {
    /// What the code tells in a class; nil as class stands for the form `x.1.1`.
    public func category(classDigit: Int?) -> Category {
        switch classDigit {
        case 2: .accepted
        case 4: transientCategory
        default: category
        }
    }

    public func action(classDigit: Int?) -> Action {
        guard classDigit == 5 || classDigit == nil, let action else {
            return category(classDigit: classDigit).entry.action(classDigit.flatMap(Disposition.init(classDigit:)))
        }
        return action
    }

    public func advice(classDigit: Int?) -> String {
        switch classDigit {
        case 2: Category.accepted.entry.advice
        case 4: transientAdvice ?? transientCategory.entry.transientAdvice
        default: advice
        }
    }

    private static let registered = Catalog.replyCodes.filter(\.isRegistered).map(\.code)

    /// The reply codes of the catalog that this one is registered with.
    public func replyCodes(classDigit: Int?) -> [ReplyCode] {
        switch replies {
        case .codes(let codes), .codesAndOthers(let codes): codes
        case .anyOfClass(let digit): Self.registered.filter { $0.classDigit == digit }
        case .any: Self.registered.filter { classDigit == nil || $0.classDigit == classDigit }
        }
    }
}

extension ReplyCodeEntry {
    /// The enhanced codes that are registered with this reply code by name, in its class.
    public var enhancedCodes: [EnhancedCode] {
        Catalog.enhancedCodes.compactMap { entry in
            switch entry.replies {
            case .codes(let codes), .codesAndOthers(let codes):
                codes.contains(code) ? entry.pattern.inClass(code.classDigit) : nil
            case .anyOfClass, .any: nil
            }
        }
    }
}

extension ProviderCode {
    /// The enhanced codes this one stands for: one, or a range over the last number; nil where its code
    /// is no enhanced code.
    public var enhancedCodes: ClosedRange<EnhancedCode>? {
        guard let code else { return nil }
        if let single = EnhancedCode(code) { return single...single }
        let ends = code.split(separator: "-")
        guard ends.count == 2, let first = EnhancedCode(ends[0]), let detail = Int(ends[1]),
            let last = EnhancedCode(classDigit: first.classDigit, subject: first.subject, detail: detail),
            first < last
        else { return nil }
        return first...last
    }
}
