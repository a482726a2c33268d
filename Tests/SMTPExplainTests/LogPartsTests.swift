import Testing

@testable import SMTPExplain

@Suite("Parts of logs")
struct LogPartsTests {
    @Test(
        "times are read",
        arguments: [
            ("2026-03-05", "2026-03-05T00:00:00"), ("2026-03-05 10:11", "2026-03-05T10:11:00"),
            ("2026-03-05T10:11:12", "2026-03-05T10:11:12"), ("2026-03-05T10:11:12.123456+01:00", "2026-03-05T10:11:12"),
            ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59"), ("1970-01-01 00:00:00", "1970-01-01T00:00:00"),
        ])
    func readsTimes(text: String, described: String) {
        #expect(LogTime(text)?.description == described)
    }

    @Test(
        "what is no time is none",
        arguments: [
            "", "2026", "2026-13-01", "2026-00-01", "2026-01-32", "2026-01-01T24:00:00", "2026-01-01x", "26-01-01",
            "2026/01/01", "2026-01-01T10:60", "yesterday",
        ])
    func refusesOtherTimes(text: String) {
        #expect(LogTime(text) == nil)
    }

    @Test("days count through leap years")
    func countsDays() {
        for day in 0..<40_000 {
            let time = LogTime(seconds: day * 86400 + 3601)
            if LogTime(time.description) != time { Issue.record("\(time)") }
        }
    }

    @Test(
        "a time without a year is of the last twelve months",
        arguments: [
            ("Mar  5 10:00:00", "2026-03-05"), ("Mar  6 20:00:00", "2026-03-06"), ("Mar 20 10:00:00", "2025-03-20"),
            ("Dec 31 23:59:59", "2025-12-31"),
        ])
    func findsYear(text: String, day: String) {
        let line = Array("\(text) host program[1]: message".utf8)
        let header = LogHeader(line.span)
        #expect(header.time(in: line.span, now: LogTime("2026-03-06")!)?.day == day)
        #expect(line.span.text(header.program) == "program[1]")
        #expect(line.span.text(header.message..<line.count) == "message")
    }

    @Test(
        "replies that differ in addresses, ids and numbers are alike",
        arguments: [
            ("550 5.1.1 <a@b.example>: User unknown", "550 5.1.1 <longer.name@c.example>: User unknown"),
            (
                "421 4.7.0 [192.0.2.1] Try again later h9si1234567abc.42 - gsmtp",
                "421 4.7.0 [198.51.100.200] Try again later x2mr7654321zyx.42 - gsmtp"
            ),
            ("250 Ok: queued as 4C1D2E3F4A5B", "250 Ok: queued as 9A8B7C6D5E4F"),
            ("451 Try again in 123456 seconds", "451 Try again in 654321 seconds"),
        ])
    func foldsAlike(one: String, other: String) {
        #expect(Folding.fold(Array(one.utf8).span) == Folding.fold(Array(other.utf8).span))
    }

    @Test(
        "replies that say something else are not",
        arguments: [
            ("550 5.1.1 No", "550 5.1.2 No"), ("550 5.7.1 TSS04", "550 5.7.1 TSS09"), ("550 S3140", "550 S3150"),
            ("550 OU-001", "550 OU-002"), ("550 5.7.1 [mx1.google.com]", "550 5.7.1 [mx1.yahoo.com]"),
            ("450 (1015)", "450 (1016)"), ("550 mx12345678.a.example", "550 mx12345678.b.example"),
        ])
    func foldsNothingElse(one: String, other: String) {
        #expect(Folding.fold(Array(one.utf8).span) != Folding.fold(Array(other.utf8).span))
    }

    @Test("the commonest reply is found among many that occur once")
    func findsCommonest() {
        let explainer = Explainer()
        var replies = CommonReplies()
        let common = ExplainedReply(explainer.explain("550 5.1.1 User unknown"))
        let words = "abcdefghijklmnopqrstuvwxyz".flatMap { a in "abcdefghij".map { "\(a)\($0)" } }
        for (number, word) in words.enumerated() {
            replies.add(ExplainedReply(explainer.explain("550 5.7.1 no \(word)")))
            if number % 10 == 0 { replies.add(common) }
        }
        #expect(replies.commonest?.reply.line == "550 5.1.1 User unknown")
    }

    @Test("what is remembered is bounded")
    func forgets() {
        var map = BoundedMap<Int>(most: 100)
        for number in 0..<10_000 { map["\(number)"] = number }
        #expect(map["9999"] == 9999)
        #expect(map["9900"] == 9900)
        #expect(map["9000"] == nil)
    }
}
