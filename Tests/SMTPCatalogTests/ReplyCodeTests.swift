import Testing

@testable import SMTPCatalog

struct ReplyCodeTests {
    @Test(
        "three ASCII digits from 200 to 599 are a reply code",
        arguments: [
            ("200", 200), ("211", 211), ("250", 250), ("299", 299), ("300", 300), ("354", 354), ("399", 399),
            ("400", 400), ("421", 421), ("452", 452), ("499", 499), ("500", 500), ("550", 550), ("571", 571),
            ("598", 598), ("599", 599),
        ])
    func accepted(text: String, number: Int) throws {
        let code = try #require(ReplyCode(text))
        #expect(code.rawValue == number)
        #expect(code.description == text)
        #expect(code == ReplyCode(rawValue: number))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "5", "55", "5500", "000", "055", "100", "199", "600", "999", " 550", "550 ", "550\n", "+55", "-55",
            "5.5", "5e2", "0x2", "abc", "55o", "５５０", "5５0", "٥٥٠", "²⁵⁰", "5 0", "55\u{0}",
        ])
    func refused(text: String) {
        #expect(ReplyCode(text) == nil)
    }

    @Test("a number outside 200 to 599 is no reply code", arguments: [Int.min, -550, 0, 1, 199, 600, 999, Int.max])
    func refusedNumber(number: Int) {
        #expect(ReplyCode(rawValue: number) == nil)
    }

    @Test("a part of a longer text can be read")
    func substring() {
        #expect(ReplyCode("550 5.1.1 User unknown".prefix(3)) == 550)
    }

    @Test("each digit of a code is where it belongs", arguments: [(250, 2, 5), (354, 3, 5), (421, 4, 2), (503, 5, 0)])
    func digits(number: Int, classDigit: Int, groupDigit: Int) throws {
        let code = try #require(ReplyCode(rawValue: number))
        #expect(code.classDigit == classDigit)
        #expect(code.groupDigit == groupDigit)
    }

    @Test("the first digit gives the disposition", arguments: zip(2...5, Disposition.allCases))
    func disposition(digit: Int, disposition: Disposition) {
        #expect(Disposition(classDigit: digit) == disposition)
        for entry in Catalog.replyCodes where entry.code.classDigit == digit {
            #expect(entry.disposition == disposition, "\(entry.code)")
        }
    }

    @Test("a digit that begins no reply has no disposition", arguments: [-1, 0, 1, 6, 9, 55])
    func noDisposition(digit: Int) {
        #expect(Disposition(classDigit: digit) == nil)
    }

    @Test(
        "a reply code lists the enhanced codes that IANA registers with it, in its class",
        arguments: [
            (250, "2.1.5 2.3.0 2.3.6 2.5.0 2.6.4"),
            (421, "4.3.0 4.4.2"),
            (450, "4.2.4 4.7.0 4.7.15"),
            (451, "4.1.1 4.1.8 4.3.0 4.4.1 4.4.3 4.4.5 4.5.0 4.5.3 4.5.4 4.7.1 4.7.24"),
            (452, "4.2.4 4.3.1 4.5.0"),
            (535, "5.7.0 5.7.8 5.7.14"),
            (
                550,
                "5.1.1 5.3.0 5.4.3 5.5.1 5.5.2 5.5.4 5.6.7 5.6.8 5.6.9 5.7.0 5.7.1 5.7.2 5.7.15 5.7.20 5.7.21 5.7.22 "
                    + "5.7.23 5.7.24 5.7.25 5.7.26 5.7.27 5.7.29 5.7.30"
            ),
            (552, "5.2.2 5.2.3 5.3.4 5.7.16"),
            (554, "5.3.0 5.3.4 5.5.0 5.5.1 5.6.3 5.6.6 5.7.8 5.7.14"),
            (556, "5.1.10"),
            (354, ""), (551, "5.7.1"),
        ])
    func enhancedCodes(number: Int, expected: String) throws {
        let entry = try #require(ReplyCode(rawValue: number).flatMap(Catalog.entry))
        #expect(entry.enhancedCodes.map(\.description).joined(separator: " ") == expected)
    }

    @Test(
        "a reply code tells its category and action",
        arguments: [
            (250, Category.accepted, Action.none), (354, .inProgress, .continue), (421, .systemUnavailable, .retry),
            (452, .systemFull, .retry), (454, .systemUnavailable, .retry), (503, .protocolError, .fixSender),
            (530, .encryptionRequired, .fixSender), (535, .credentials, .fixSender),
            (552, .mailboxFull, .contactRecipient), (556, .badDestinationDomain, .suppress),
        ])
    func category(number: Int, category: Category, action: Action) throws {
        let entry = try #require(ReplyCode(rawValue: number).flatMap(Catalog.entry))
        #expect(entry.category == category)
        #expect(entry.action == action)
    }

    @Test("a reply code that nobody is known to use has no entry", arguments: [200, 299, 399, 410, 499, 520, 572, 599])
    func noEntry(number: Int) throws {
        let code = try #require(ReplyCode(rawValue: number))
        #expect(Catalog.entry(code) == nil)
    }
}
