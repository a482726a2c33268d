import Testing

@testable import SMTPCatalog

/// What each row of the providers' tables keeps to.
struct ProviderTests {
    /// A row with the name of its provider, for messages.
    struct Row: Sendable, CustomTestStringConvertible {
        let provider: Provider
        let code: ProviderCode

        var testDescription: String { "\(provider.name) \(code.code ?? "") \(code.wording ?? "")" }

        static let all = Catalog.providers.flatMap { provider in
            provider.codes.map { Row(provider: provider, code: $0) }
        }
    }

    @Test("at least 850 codes of providers are there")
    func count() {
        #expect(Row.all.count >= 850)
    }

    @Test("no two providers share a name, or the path made of it")
    func uniqueNames() {
        let names = Catalog.providers.map(\.name)
        #expect(names.repeated == [])
        let paths = names.map { name in
            name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
        }
        #expect(paths.repeated == [])
        #expect(!paths.contains(""))
    }

    @Test("a mark leads to one provider only")
    func uniqueSignatures() {
        let marks = Catalog.providers.flatMap { provider in
            provider.signatures.map { signature in
                switch signature {
                case .text(let text): "text " + text.lowercased()
                case .host(let host): "host " + host.lowercased()
                }
            }
        }
        #expect(marks.repeated == [])
    }

    @Test("every provider is complete", arguments: Catalog.providers)
    func complete(provider: Provider) {
        #expect(faults(inTitle: provider.name) == [])
        #expect(faults(inTitle: provider.service) == [])
        #expect(!provider.codes.isEmpty || !provider.signatures.isEmpty)
        for signature in provider.signatures {
            switch signature {
            case .text(let text):
                #expect(faults(inTitle: text) == [])
            case .host(let host):
                #expect(host == host.lowercased())
                #expect(!host.isEmpty && !host.hasPrefix(".") && !host.hasSuffix(".") && !host.contains(" "), "\(host)")
            }
        }
    }

    @Test("no provider says the same code and wording twice", arguments: Catalog.providers)
    func uniqueCodes(provider: Provider) {
        #expect(provider.codes.map { "\($0.code ?? "-") \($0.wording?.lowercased() ?? "-")" }.repeated == [])
    }

    @Test("every row of a provider is worded soundly and names its source", arguments: Row.all)
    func words(row: Row) {
        #expect(faults(inProse: row.code.meaning) == [])
        #expect(faults(inProse: row.code.advice) == [])
        #expect(isWebAddress(row.code.source), "\(row.code.source)")
        if let wording = row.code.wording { #expect(faults(inTitle: wording) == []) }
        #expect(row.code.replies.repeated == [])
    }

    @Test("every row of a provider has a code of a known form, or a wording", arguments: Row.all)
    func form(row: Row) {
        guard let code = row.code.code else {
            #expect(row.code.wording != nil, "a row with neither code nor wording")
            return
        }
        #expect(Self.form(of: code) != nil, "\(code)")
        #expect((row.code.enhancedCodes != nil) == [.enhanced, .range].contains(Self.form(of: code)), "\(code)")
    }

    /// Where providers truly send a reply code of one class with an enhanced code of another.
    private static let mixed = [
        "Google 5.7.32 ", "Microsoft 365 4.4.7 ", "Exchange Server 4.4.7 ",
        "Oracle Email Delivery 4.7.1 Suppression for user",
    ]

    @Test("the first digit of a provider's enhanced code is that of its replies", arguments: Row.all)
    func classes(row: Row) {
        guard let digit = row.code.enhancedCodes?.lowerBound.classDigit, !Self.mixed.contains(row.testDescription)
        else { return }
        for reply in row.code.replies { #expect(reply.classDigit == digit, "\(reply)") }
    }

    enum Form { case enhanced, range, reply, token, prefix }

    /// The form of a provider's code; nil for what is none, such as a mistyped enhanced code.
    static func form(of code: String) -> Form? {
        if EnhancedCode(code) != nil { return .enhanced }
        let ends = code.split(separator: "-", omittingEmptySubsequences: false)
        if ends.count == 2, let first = EnhancedCode(ends[0]), first.classDigit != nil, let last = Int(ends[1]),
            first.detail < last, last <= 999
        {
            return .range
        }
        let isPrefix = code.hasSuffix("*")
        let name = isPrefix ? code.dropLast() : code[...]
        guard name.utf8.allSatisfy({ isLetterOrDigit($0) || "#:=_.-".utf8.contains($0) }), let first = name.utf8.first,
            let last = name.utf8.last, isLetterOrDigit(first), isLetterOrDigit(last)
        else { return nil }
        // Yahoo's 4.16.55.1 has four parts, Mailgun's own results are three digits that no reply begins with.
        if (0x30...0x39).contains(first) {
            if let number = Int(name), name.utf8.count == 3, number >= 400, !isPrefix {
                return number < 600 ? .reply : .token
            }
            return !isPrefix && name.split(separator: ".").count == 4 && name.allSatisfy { $0.isNumber || $0 == "." }
                ? .token : nil
        }
        return isPrefix ? .prefix : .token
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    @Test(
        "the form of a provider's code is told",
        arguments: [
            ("5.7.26", Form.enhanced), ("5.7.606-649", .range), ("TSS04", .token), ("S3140", .token),
            ("RP-001", .token), ("AUP#In-1310", .token), ("4.16.55.1", .token), ("p=NoSuchUser", .token),
            ("605", .token), ("521", .reply), ("TS*", .prefix), ("IPBL1*", .prefix),
        ])
    func knownForm(code: String, form: Form) {
        #expect(Self.form(of: code) == form)
    }

    @Test(
        "what is no code of a provider is refused",
        arguments: [
            "", "*", "-", "5.7", "5.07.1", "5.7.1-", "5.7.649-606", "5.7.1-1000", "5.7.x", "6.1.1", "250", "1605",
            "605*", "5.7.1a",
            "TSS 04", " TSS04", "TSS04 ", "T*S", "5.*", "[TSS04]",
        ])
    func unknownForm(code: String) {
        #expect(Self.form(of: code) == nil)
    }

    @Test(
        "an enhanced code or a range stands for the codes it covers",
        arguments: [
            ("5.7.26", "5.7.26", "5.7.26"), ("5.7.606-649", "5.7.606", "5.7.649"),
            ("4.4.316-317", "4.4.316", "4.4.317"),
        ])
    func covers(code: String, first: String, last: String) {
        let row = Self.row(code)
        #expect(row.enhancedCodes?.lowerBound.description == first)
        #expect(row.enhancedCodes?.upperBound.description == last)
    }

    @Test(
        "a code that is no enhanced code stands for none",
        arguments: [
            nil, "", "TSS04", "TS*", "RP-001", "5.7.606-", "-649", "5.7.649-606", "5.7.606-606", "5.7.606-1000",
            "5.7.606-607-608", "5.7", "4.16.55.1",
        ])
    func coversNothing(code: String?) {
        #expect(Self.row(code).enhancedCodes == nil)
    }

    private static func row(_ code: String?) -> ProviderCode {
        ProviderCode(code, [550], .policy, "Refused.", "Ask.", "https://a.example/")
    }

    @Test(
        "every provider is of a kind",
        arguments: [
            ("Postfix", Provider.Kind.software), ("Exchange Server", .software), ("Google", .receiver),
            ("Proofpoint", .gateway), ("Amazon SES", .sender),
        ])
    func kinds(name: String, expected: Provider.Kind) throws {
        #expect(try #require(Catalog.providers.first { $0.name == name }).kind == expected)
    }

    @Test("Gmail is the service of Google")
    func service() throws {
        let google = try #require(Catalog.providers.first { $0.name == "Google" })
        #expect(google.service == "Gmail")
    }
}

extension Provider: CustomTestStringConvertible {
    public var testDescription: String { name }
}
