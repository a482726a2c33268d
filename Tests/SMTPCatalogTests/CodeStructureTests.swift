import Testing

@testable import SMTPCatalog

struct CodeStructureTests {
    @Test(
        "the classes of reply codes have the names of RFC 5321, section 4.2.1",
        arguments: [
            (2, "Positive Completion"), (3, "Positive Intermediate"), (4, "Transient Negative Completion"),
            (5, "Permanent Negative Completion"),
        ])
    func replyClass(digit: Int, name: String) {
        #expect(ReplyCode.classes.count == 4)
        for number in digit * 100..<digit * 100 + 100 {
            let found = ReplyCode(rawValue: number)?.class
            #expect(found?.digit == digit)
            #expect(found?.name == name)
        }
    }

    @Test(
        "the groups of reply codes have the names of RFC 5321, section 4.2.1",
        arguments: [
            (0, "Syntax"), (1, "Information"), (2, "Connections"), (3, "Unspecified"), (4, "Unspecified"),
            (5, "Mail system"),
        ])
    func replyGroup(digit: Int, name: String) throws {
        #expect(ReplyCode.groups.map(\.digit) == [0, 1, 2, 3, 4, 5])
        for classDigit in 2...5 {
            let code = try #require(ReplyCode(rawValue: classDigit * 100 + digit * 10 + 9))
            #expect(code.group?.digit == digit)
            #expect(code.group?.name == name)
        }
    }

    @Test("a second digit from 6 to 9 is of no group", arguments: [260, 379, 480, 571, 599])
    func noGroup(number: Int) throws {
        #expect(try #require(ReplyCode(rawValue: number)).group == nil)
    }

    @Test(
        "the classes of enhanced codes have the names of RFC 3463, section 2",
        arguments: [(2, "Success"), (4, "Persistent Transient Failure"), (5, "Permanent Failure")])
    func enhancedClass(digit: Int, name: String) {
        let found = EnhancedCode(classDigit: digit, subject: 1, detail: 1)?.class
        #expect(found?.digit == digit)
        #expect(found?.name == name)
        #expect(EnhancedCode.classes.count == 3)
    }

    @Test("the form without a class is of none")
    func noClass() throws {
        #expect(try #require(EnhancedCode("x.1.1")).class == nil)
    }

    @Test(
        "the subjects have the names of RFC 3463, section 3",
        arguments: [
            (0, "Other or Undefined Status"), (1, "Addressing Status"), (2, "Mailbox Status"),
            (3, "Mail System Status"), (4, "Network and Routing Status"), (5, "Mail Delivery Protocol Status"),
            (6, "Message Content or Media Status"), (7, "Security or Policy Status"),
        ])
    func subject(digit: Int, name: String) {
        let found = EnhancedCode(classDigit: 5, subject: digit, detail: 999)?.subjectMeaning
        #expect(found?.digit == digit)
        #expect(found?.name == name)
        #expect(EnhancedCode.subjects.count == 8)
    }

    @Test("a subject that nobody registered has no meaning", arguments: [8, 9, 70, 999])
    func noSubject(digit: Int) throws {
        #expect(try #require(EnhancedCode(classDigit: 4, subject: digit, detail: 0)).subjectMeaning == nil)
    }

    @Test("every digit is explained in a sentence")
    func meanings() {
        for entry in ReplyCode.classes + ReplyCode.groups + EnhancedCode.classes + EnhancedCode.subjects {
            #expect(faults(inProse: entry.meaning) == [], "\(entry.name)")
        }
    }
}
