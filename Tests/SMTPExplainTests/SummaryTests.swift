import Foundation
import Testing

@testable import SMTPExplain

struct SummaryTests {
    private func summary(_ replies: String...) -> Summary {
        var summary = Summary()
        for reply in replies { summary.add(explainer.explain(reply)) }
        return summary
    }

    @Test("each answer is counted under what it says")
    func counts() {
        var it = summary(
            "550 5.1.1 <ann@B.example>: No such user", "452 4.2.2 <bob@b.example>: Mailbox full",
            "550-5.1.1 No such user here - gsmtp", "Sorry")
        it.addUnread()
        #expect(it.count == 5)
        #expect(it.explained == 4)
        #expect(it.byCategory == [.unknownRecipient: 2, .mailboxFull: 1, .undetermined: 1])
        #expect(it.byBounce == [.hard: 2, .soft: 1, .unknown: 1])
        #expect(it.byDisposition == [.permanent: 2, .transient: 1, nil: 1])
        #expect(it.byProvider == ["Gmail": 1])
        #expect(it.byDomain == ["b.example": 2])
    }

    @Test("two halves make the whole")
    func merge() throws {
        var half = summary("550 5.1.1 <ann@b.example>: No such user")
        half.merge(summary("452 4.2.2 <bob@c.example>: Mailbox full", "Sorry"))
        let whole = summary(
            "550 5.1.1 <ann@b.example>: No such user", "452 4.2.2 <bob@c.example>: Mailbox full", "Sorry")
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try encoder.encode(half) == encoder.encode(whole))
        #expect(
            try String(decoding: encoder.encode(whole), as: UTF8.self) == #"""
                {"byBounce":{"hard":1,"soft":1,"unknown":1},"byCategory":{"mailbox-full":1,"undetermined":1,\#
                "unknown-recipient":1},"byDisposition":{"permanent":1,"transient":1},\#
                "byDomain":{"b.example":1,"c.example":1},"byProvider":{},"count":3,"explained":3}
                """#)
    }

    @Test("of many domains the largest are given, always the same ones")
    func largest() {
        var it = Summary()
        let reply = explainer.explain("450 Sorry")
        for number in 0..<150 {
            for _ in 0...(number % 3) { it.add(reply, recipient: "a@\(number).example") }
        }
        let largest = Array(Summary.largest(it.byDomain))
        #expect(largest.count == Summary.most)
        #expect(largest.prefix(50).allSatisfy { $0.value == 3 })
        #expect(largest.dropFirst(50).allSatisfy { $0.value == 2 })
        #expect(largest[0].key == "101.example")
    }

    @Test(
        "what is no address has no domain",
        arguments: ["ann", "ann@", "", "@" + String(repeating: "b", count: 254)])
    func noDomain(recipient: String) {
        var it = Summary()
        it.add(explainer.explain("450 Sorry"), recipient: recipient)
        #expect(it.byDomain.isEmpty)
    }
}
