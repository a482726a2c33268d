import Testing

@testable import SMTPCatalog

struct EnhancedCodeTests {
    @Test(
        "class, subject and detail are read",
        arguments: [
            ("2.0.0", 2, 0, 0), ("2.1.5", 2, 1, 5), ("2.6.10", 2, 6, 10), ("4.0.0", 4, 0, 0), ("4.4.2", 4, 4, 2),
            ("4.4.317", 4, 4, 317), ("4.999.999", 4, 999, 999), ("5.1.1", 5, 1, 1), ("5.1.10", 5, 1, 10),
            ("5.7.26", 5, 7, 26), ("5.7.606", 5, 7, 606), ("5.100.20", 5, 100, 20),
        ])
    func accepted(text: String, classDigit: Int, subject: Int, detail: Int) throws {
        let code = try #require(EnhancedCode(text))
        #expect(code.classDigit == classDigit)
        #expect(code.subject == subject)
        #expect(code.detail == detail)
        #expect(code.description == text)
        #expect(code == EnhancedCode(classDigit: classDigit, subject: subject, detail: detail))
    }

    @Test("the letter x stands for any class", arguments: ["x.1.1", "X.1.1"])
    func anyClass(text: String) throws {
        let code = try #require(EnhancedCode(text))
        #expect(code.classDigit == nil)
        #expect(code.description == "x.1.1")
        #expect(code.pattern == code)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", ".", "..", "5", "5.1", "5.1.", "5..1", ".1.1", "5.1.1.1", "5.1.1.", "5.1000.1", "5.1.1000",
            "05.1.1", "5.01.1", "5.1.01", "5.00.0", "5.1.00", "1.1.1", "3.1.1", "6.1.1", "0.0.0", "55.1.1", " 5.1.1",
            "5.1.1 ", "5. 1.1", "5.1.1\n", "+5.1.1", "-5.1.1", "5.+1.1", "5.-1.1", "5,1,1", "5.1.x", "5.x.1", "x.1",
            "xx.1.1", "y.1.1", "v5.1.1", "5.1.1a", "５.１.１", "5.1.１", "٥.١.١", "5.1.1\u{0}", "5.1.99999999999999999999",
        ])
    func refused(text: String) {
        #expect(EnhancedCode(text) == nil)
    }

    @Test(
        "numbers that RFC 3463 does not allow are refused",
        arguments: [(3, 1, 1), (0, 0, 0), (6, 1, 1), (-5, 1, 1), (5, -1, 1), (5, 1, -1), (5, 1000, 1), (5, 1, 1000)])
    func refusedNumbers(classDigit: Int, subject: Int, detail: Int) {
        #expect(EnhancedCode(classDigit: classDigit, subject: subject, detail: detail) == nil)
    }

    @Test("a code can be moved to the classes that exist", arguments: [2, 4, 5])
    func inClass(digit: Int) throws {
        let code = try #require(EnhancedCode("x.1.10"))
        #expect(code.inClass(digit)?.description == "\(digit).1.10")
        #expect(code.inClass(digit)?.pattern == code)
    }

    @Test("a code can not be moved to a class that does not exist", arguments: [-1, 0, 1, 3, 6, 9])
    func inNoClass(digit: Int) throws {
        let code = try #require(EnhancedCode("5.1.1"))
        #expect(code.inClass(digit) == nil)
    }

    @Test("codes are in the order of subject, detail, class, as numbers")
    func order() throws {
        let sorted = ["x.0.0", "5.0.0", "x.1.1", "2.1.1", "4.1.1", "5.1.1", "5.1.2", "2.1.10", "4.2.0", "5.10.0"]
        let codes = try sorted.map { try #require(EnhancedCode($0)) }
        #expect(codes.reversed().sorted() == codes)
    }

    struct Use: Sendable {
        let pattern: String
        let classDigit: Int?
        let category: Category
        let action: Action
    }

    @Test(
        "the class of a code decides its category and action",
        arguments: [
            Use(pattern: "x.1.1", classDigit: 5, category: .unknownRecipient, action: .suppress),
            Use(pattern: "x.1.1", classDigit: 4, category: .unknownRecipient, action: .retry),
            Use(pattern: "x.1.1", classDigit: 2, category: .accepted, action: .none),
            Use(pattern: "x.1.1", classDigit: nil, category: .unknownRecipient, action: .suppress),
            Use(pattern: "x.1.2", classDigit: 5, category: .badDestinationDomain, action: .suppress),
            Use(pattern: "x.1.2", classDigit: 4, category: .dnsFailure, action: .retry),
            Use(pattern: "x.2.2", classDigit: 4, category: .mailboxFull, action: .retry),
            Use(pattern: "x.2.2", classDigit: 5, category: .mailboxFull, action: .contactRecipient),
            Use(pattern: "x.2.4", classDigit: 5, category: .systemUnavailable, action: .contactRecipient),
            Use(pattern: "x.2.4", classDigit: 4, category: .systemUnavailable, action: .retry),
            Use(pattern: "x.4.4", classDigit: 5, category: .routingFailure, action: .investigate),
            Use(pattern: "x.4.4", classDigit: 4, category: .dnsFailure, action: .retry),
            Use(pattern: "x.5.3", classDigit: 4, category: .tooManyRecipients, action: .slowDown),
            Use(pattern: "x.7.17", classDigit: 5, category: .recipientMoved, action: .suppress),
            Use(pattern: "x.7.26", classDigit: 5, category: .senderUnauthenticated, action: .fixSender),
            Use(pattern: "x.7.28", classDigit: 4, category: .rateLimited, action: .slowDown),
        ])
    func byClass(use: Use) throws {
        let entry = try #require(EnhancedCode(use.pattern).flatMap(Catalog.entry))
        #expect(entry.category(classDigit: use.classDigit) == use.category)
        #expect(entry.action(classDigit: use.classDigit) == use.action)
    }

    @Test("a success needs no advice of its own, whatever the code")
    func adviceOfSuccess() {
        for entry in Catalog.enhancedCodes {
            #expect(entry.category(classDigit: 2) == .accepted, "\(entry.pattern)")
            #expect(entry.action(classDigit: 2) == .none, "\(entry.pattern)")
            #expect(entry.advice(classDigit: 2) == Category.accepted.entry.advice, "\(entry.pattern)")
        }
    }

    @Test("a refusal for now never ends in suppressing the address")
    func transientIsNeverSuppressed() {
        for entry in Catalog.enhancedCodes {
            #expect(entry.action(classDigit: 4) != .suppress, "\(entry.pattern)")
        }
        for entry in CategoryEntry.all {
            #expect(entry.action(.transient) != .suppress, "\(entry.category)")
        }
    }

    @Test("a refusal for now has its own advice, or that of its category")
    func adviceOfTransient() throws {
        let own = try #require(EnhancedCode("4.1.1").flatMap(Catalog.entry))
        #expect(own.advice(classDigit: 4).contains("retry"))
        #expect(own.advice(classDigit: 4) != own.advice(classDigit: 5))
        #expect(own.advice(classDigit: nil) == own.advice(classDigit: 5))
        let borrowed = try #require(EnhancedCode("4.1.3").flatMap(Catalog.entry))
        #expect(borrowed.advice(classDigit: 4) == Category.badRecipientAddress.entry.transientAdvice)
    }

    @Test("an enhanced code lists the reply codes it is registered with")
    func replyCodes() throws {
        func codes(_ text: String) throws -> [Int] {
            let code = try #require(EnhancedCode(text))
            return try #require(Catalog.entry(code)).replyCodes(classDigit: code.classDigit).map(\.rawValue)
        }
        #expect(try codes("5.1.1") == [451, 550])
        #expect(try codes("5.2.2") == [552])
        #expect(try codes("5.4.7") == [])
        #expect(try codes("x.0.0") == Catalog.replyCodes.filter(\.isRegistered).map(\.code.rawValue))
        #expect(try codes("4.0.0") == [421, 422, 430, 432, 450, 451, 452, 453, 454, 455, 458, 459])
        #expect(
            try codes("5.7.17") == Catalog.replyCodes.filter { $0.isRegistered && $0.code >= 500 }.map(\.code.rawValue))
    }

    @Test("an enhanced code that nobody registered has no entry", arguments: ["5.7.606", "5.1.11", "4.8.0", "x.9.9"])
    func noEntry(text: String) throws {
        let code = try #require(EnhancedCode(text))
        #expect(Catalog.entry(code) == nil)
    }
}
