import Foundation
import SMTPCatalog
import Testing

@testable import SMTPExplain

/// A log of each format in `Tests/Corpus/logs`, and what it tells.
struct LogFixture: CustomTestStringConvertible {
    let file: String
    let sent, deferred, bounced: Int
    /// How many deliveries the log names the sender of.
    let senders: Int
    /// Of what was refused.
    let categories: [SMTPCatalog.Category: Int]
    let dead: Int

    var testDescription: String { file }

    static let all = [
        LogFixture(
            file: "postfix.log", sent: 5, deferred: 2, bounced: 2, senders: 7,
            categories: [.mailboxDisabled: 1, .mailboxFull: 1, .networkFailure: 1, .unknownRecipient: 1], dead: 2),
        LogFixture(
            file: "syslog-forms.log", sent: 5, deferred: 2, bounced: 2, senders: 7,
            categories: [.mailboxDisabled: 1, .mailboxFull: 1, .networkFailure: 1, .unknownRecipient: 1], dead: 2),
        LogFixture(
            file: "journal.json", sent: 5, deferred: 2, bounced: 2, senders: 7,
            categories: [.mailboxDisabled: 1, .mailboxFull: 1, .networkFailure: 1, .unknownRecipient: 1], dead: 2),
        LogFixture(
            file: "journal.export", sent: 5, deferred: 2, bounced: 2, senders: 7,
            categories: [.mailboxDisabled: 1, .mailboxFull: 1, .networkFailure: 1, .unknownRecipient: 1], dead: 2),
        LogFixture(
            file: "exim-syslog.log", sent: 5, deferred: 1, bounced: 2, senders: 8,
            categories: [.greylisted: 1, .messageTooLarge: 1, .senderBlocked: 1], dead: 0),
        LogFixture(
            file: "events.json", sent: 9, deferred: 8, bounced: 13, senders: 22,
            categories: [
                .unknownRecipient: 6, .suppressed: 3, .mailboxFull: 5, .greylisted: 2, .senderBlocked: 1,
                .mailboxDisabled: 1, .systemUnavailable: 1, .messageTooLarge: 1, .expired: 1,
            ], dead: 7),
        LogFixture(
            file: "exim.log", sent: 6, deferred: 2, bounced: 4, senders: 10,
            categories: [
                .greylisted: 1, .mailboxFull: 1, .messageTooLarge: 1, .senderBlocked: 1, .systemUnavailable: 1,
                .unknownRecipient: 1,
            ], dead: 1),
        LogFixture(
            file: "sendmail.log", sent: 7, deferred: 4, bounced: 4, senders: 13,
            categories: [
                .badDestinationDomain: 1, .greylisted: 1, .mailboxDisabled: 1, .mailboxFull: 1, .networkFailure: 2,
                .systemUnavailable: 1, .unknownRecipient: 1,
            ], dead: 2),
        LogFixture(
            file: "qmail.log", sent: 4, deferred: 1, bounced: 2, senders: 7,
            categories: [.messageTooLarge: 1, .senderBlocked: 1, .systemUnavailable: 1], dead: 0),
        LogFixture(
            file: "opensmtpd.log", sent: 6, deferred: 2, bounced: 2, senders: 10,
            categories: [.greylisted: 1, .mailboxDisabled: 1, .mailboxFull: 1, .unknownRecipient: 1], dead: 2),
        LogFixture(
            file: "haraka.log", sent: 7, deferred: 2, bounced: 2, senders: 0,
            categories: [.mailboxFull: 1, .messageTooLarge: 1, .senderBlocked: 1, .systemUnavailable: 1], dead: 0),
        LogFixture(
            file: "powermta.csv", sent: 15, deferred: 6, bounced: 6, senders: 27,
            categories: [
                .greylisted: 2, .mailboxDisabled: 2, .mailboxFull: 2, .messageTooLarge: 1, .senderBlocked: 1,
                .systemUnavailable: 2, .unknownRecipient: 2,
            ], dead: 4),
        LogFixture(
            file: "kumomta.json", sent: 15, deferred: 6, bounced: 6, senders: 27,
            categories: [
                .greylisted: 2, .mailboxDisabled: 1, .mailboxFull: 2, .messageTooLarge: 2, .senderBlocked: 2,
                .systemUnavailable: 2, .unknownRecipient: 1,
            ], dead: 2),
        LogFixture(
            file: "exchange.csv", sent: 15, deferred: 4, bounced: 7, senders: 26,
            categories: [
                .greylisted: 2, .mailboxDisabled: 2, .mailboxFull: 1, .messageTooLarge: 1, .senderBlocked: 1,
                .systemUnavailable: 1, .unknownRecipient: 3,
            ], dead: 5),
        LogFixture(
            file: "stalwart.log", sent: 6, deferred: 2, bounced: 2, senders: 10,
            categories: [.mailboxDisabled: 1, .mailboxFull: 1, .senderBlocked: 1, .systemUnavailable: 1], dead: 1),
    ]

    var fileBytes: [UInt8] {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Corpus/logs/\(file)")
        return Array(try! Data(contentsOf: corpus))
    }

    /// As lines.
    var bytes: [UInt8] {
        guard JournalExport.begins(fileBytes) else { return fileBytes }
        var journal = JournalExport()
        return journal.lines(from: fileBytes) + journal.end()
    }
}

private let now = LogTime("2026-03-06")!

private typealias Read = (delivery: Delivery, explanation: Explanation)

/// The deliveries of a log that comes in blocks.
private func deliveries(
    _ blocks: [[UInt8]], _ wanted: BlockReader.Explanations = .refusals
) -> [Read] {
    var reader = BlockReader(explainer, now: now, explaining: wanted)
    var stream = DeliveryStream()
    let table = blocks.first.flatMap { LogTable(startOf: $0) }
    var found: [Read] = []
    for block in blocks {
        stream.take(reader.read(block, table: table)) { found.append(($0, $1.explanation)) }
    }
    return found
}

private func deliveries(_ text: String) -> [Read] { deliveries([Array(text.utf8)]) }

@Suite("Reading logs")
struct LogTests {
    @Test("deliveries are counted, not lines", arguments: LogFixture.all)
    func countsDeliveries(fixture: LogFixture) {
        let found = deliveries([fixture.bytes])
        let refusals = found.map { $0.delivery.refusal($0.explanation) }
        #expect(refusals.count { $0 == nil } == fixture.sent)
        #expect(refusals.count { $0 == .deferred } == fixture.deferred)
        #expect(refusals.count { $0 == .bounced } == fixture.bounced)
        #expect(found.count == fixture.sent + fixture.deferred + fixture.bounced)
        #expect(found.count { $0.delivery.sender == "news@a.example" } == fixture.senders)
    }

    @Test("what was refused is explained", arguments: LogFixture.all)
    func explainsRefusals(fixture: LogFixture) {
        let refused = deliveries([fixture.bytes]).filter { $0.delivery.refusal($0.explanation) != nil }
        let categories = Dictionary(refused.map { ($0.explanation.category, 1) }, uniquingKeysWith: +)
        #expect(categories == fixture.categories)
        let dead = refused.filter { $0.delivery.refusal($0.explanation) == .bounced && $0.explanation.suppress }
        #expect(dead.count == fixture.dead)
    }

    @Test("each delivery has its time and recipient", arguments: LogFixture.all)
    func readsCircumstances(fixture: LogFixture) {
        for (delivery, _) in deliveries([fixture.bytes]) {
            // A reply alone tells nothing of it.
            if delivery.outcome == .unknown { continue }
            #expect(delivery.time?.day == "2026-03-05")
            // Haraka does not log the recipient of what it has sent.
            #expect(delivery.recipient?.contains("@") == true || fixture.file == "haraka.log")
            #expect(delivery.queueID != nil)
        }
    }

    /// An entry that was cut is joined in its block alone.
    @Test(
        "a log reads the same in blocks of any lines",
        arguments: LogFixture.all.filter { $0.file != "exim-syslog.log" })
    func readsInBlocks(fixture: LogFixture) {
        let lines = fixture.bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
        let whole = deliveries([fixture.bytes]).map { "\($0.delivery)" }
        // The names of columns stand in the first block of a file.
        let head = LogTable(startOf: fixture.bytes) == nil ? 0 : 5
        let blocks = [Array(lines.prefix(head).joined())] + lines.dropFirst(head)
        #expect(deliveries(blocks).map { "\($0.delivery)" } == whole)
    }

    @Test("formats may be mixed")
    func readsMixedFormats() {
        let all = LogFixture.all.flatMap(\.bytes)
        let expected = LogFixture.all.reduce(0) { $0 + $1.sent + $1.deferred + $1.bounced }
        #expect(deliveries([all]).count == expected)
    }

    @Test("whatever is cut or damaged, the rest is read", arguments: LogFixture.all)
    func readsDamagedLogs(fixture: LogFixture) {
        var random = SystemRandomNumberGenerator()
        let lines = fixture.bytes.split(separator: 0x0A).map(Array.init)
        let whole = deliveries([fixture.bytes]).count
        for _ in 0..<20 {
            let cut = lines.map { $0.prefix(Int.random(in: 0...$0.count, using: &random)) }
            #expect(deliveries([Array(cut.joined(separator: [0x0A]))]).count <= whole + lines.count)
            let damaged = lines.map { line in
                var line = line
                line[Int.random(in: 0..<line.count, using: &random)] = [0, 0xE9, 0x22, 0x5B].randomElement()!
                return line
            }
            _ = deliveries([Array(damaged.joined(separator: [0x0A]))])
        }
        // What is between lines takes nothing from them.
        let noise: [[UInt8]] = [[0, 0, 0], [0xE9, 0xFC], Array("  ".utf8), Array("x".utf8), []]
        let noisy = lines.dropFirst(LogTable(startOf: fixture.bytes) == nil ? 0 : 5).flatMap {
            [$0, noise.randomElement()!]
        }
        let head = lines.prefix(LogTable(startOf: fixture.bytes) == nil ? 0 : 5)
        #expect(deliveries([Array((head + noisy).joined(separator: [0x0A]))]).count == whole)
    }

    @Test(
        "what a server refuses itself, and what it only says, is no delivery",
        arguments: [
            "Mar  5 10:00:00 a postfix/smtpd[1]: NOQUEUE: reject: RCPT from b[192.0.2.1]: 550 5.1.1 <x@a.example>: User unknown",
            "Mar  5 10:00:00 a postfix/smtp[1]: 4C1: host mx.b.example[192.0.2.1] said: 450 4.2.0 Greylisted",
            "Mar  5 10:00:00 a sshd[550]: Failed password for root from 192.0.2.1 port 55022",
            "Mar  5 10:00:00 a dovecot: imap(x): 250 2.0.0 something",
            "2026-03-05 10:00:00 H=b [192.0.2.1] F=<x@b.example> rejected RCPT <y@a.example>: 550 unknown user",
            "2026-03-05 10:00:00 1rAbCd-000AbC-Xy Completed",
            "", "   ", "\u{0}", "#", "{", "{}", "[]", "\"\"", "type,", "b,2026",
        ])
    func leavesOutOtherLines(line: String) {
        #expect(deliveries(line + "\n").isEmpty)
    }

    @Test(
        "lines that go on are one",
        arguments: [
            "Mar  5 10:00:00 a postfix/smtp[1]: 4C1: to=<x@b.example>, relay=mx.b.example[192.0.2.1]:25,\n  delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said:\n\t550 5.1.1 User unknown)\n",
            "550-5.1.1 The account that you tried to reach\n550-5.1.1 does not exist.\n550 5.1.1 See the help\n",
        ])
    func joinsLines(text: String) {
        let found = deliveries(text)
        #expect(found.count == 1)
        #expect(found.first?.explanation.category == .unknownRecipient)
    }

    @Test(
        "what Exim cut for syslog is counted once, whatever piece is missing",
        arguments: [
            ([0, 1, 2], ["There is no such user here"]), ([0, 1], ["There is no such u"]), ([0], ["There is no"]),
            ([1, 2], []), ([2], []), ([0, 2], ["There is noser here"]),
            ([0, 0, 1, 2], ["There is no", "There is no such user here"]),
        ])
    func joinsPieces(pieces: [Int], texts: [String]) {
        let all = [
            "1/3] 2026-03-05 10:00:00 [9] 1rAbCd-000AbC-Xy ** x@b.example R=r T=t: SMTP error from remote mail server after RCPT TO:<x@b.example>: 550 5.1.1 There is no",
            "2/3]  such u", "3/3] ser here",
        ]
        let other = "Mar  5 10:00:00 a exim[10]: [2/2] nothing\nMar  5 10:00:00 a b[9]: [2/3] nothing\n"
        let found = deliveries(pieces.map { "Mar  5 10:00:00 a exim[9]: [\(all[$0])\n\(other)" }.joined())
        #expect(found.map(\.explanation.text) == texts)
        #expect(found.allSatisfy { $0.delivery.recipient == "x@b.example" && $0.delivery.outcome == .bounced })
    }

    @Test("a journal's export reads the same in pieces of any length", arguments: [1, 7, 1000])
    func readsExport(length: Int) {
        let fixture = LogFixture.all.first { $0.file == "journal.export" }!
        var journal = JournalExport()
        var lines: [UInt8] = []
        var rest = fixture.fileBytes[...]
        while !rest.isEmpty {
            lines += journal.lines(from: Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        #expect(lines + journal.end() == fixture.bytes)
    }

    @Test("a value of a journal's export may have any length that it says")
    func readsLongValues() {
        func value(_ length: UInt64, _ bytes: Int) -> [UInt8] {
            Array("MESSAGE\n".utf8) + (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
                + Array(repeating: 0x78, count: bytes)
        }
        let next = Array("\n\n__CURSOR=x\nMESSAGE=y\n\n".utf8)
        for length in [0, 1, 70_000, 3_000_000] {
            var journal = JournalExport()
            let lines = journal.lines(from: value(UInt64(length), length) + next).split(separator: 0x0A)
            #expect(lines.count == 2 && lines[1].last == 0x79)
            #expect(lines[0].count < LogReader.mostBytes + 100)
        }
        var journal = JournalExport()
        #expect(journal.lines(from: value(.max, 100_000) + next).isEmpty)
        #expect(journal.end().count < LogReader.mostBytes + 100)
    }

    @Test(
        "a bounce happened when it was written",
        arguments: [
            ("Thu, 5 Mar 2026 10:11:12 +0100", "2026-03-05T10:11:12"), ("5 Mar 2026 10:11 GMT", "2026-03-05T10:11:00"),
            ("Thu,  05 Mar 2026 10:11:12 +0100 (CET)", "2026-03-05T10:11:12"), ("yesterday", nil), ("", nil),
            ("Thu, 5 Mar 26", nil), ("Thu, 99 Mar 2026 10:11:12", nil), ("Thu, 5 März 2026 10:11:12", nil),
        ])
    func readsDates(date: String, time: String?) {
        let bounce = """
            From: MAILER-DAEMON@a.example\r
            Subject: Undelivered Mail Returned to Sender\r
            Date: \(date)\r
            Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
            \r
            --b\r
            Content-Type: message/delivery-status\r
            \r
            Reporting-MTA: dns; a.example\r
            \r
            Final-Recipient: rfc822; x@b.example\r
            Action: failed\r
            Status: 5.1.1\r
            --b--\r\n
            """
        var reader = BlockReader(explainer, now: now, explaining: .refusals)
        let found = Array(reader.read(message: Array(bounce.utf8)).deliveries)
        #expect(found.map(\.0.time?.description) == [time])
    }

    @Test(
        "a line of JSON with a reply is no success where another member says that it failed",
        arguments: [
            (#"{"event":"not_delivered","code":250}"#, false), (#"{"event":"blocked","code":250}"#, false),
            (#"{"state":"failed","reply":"250 2.0.0 ok"}"#, false),
            (#"{"code":"250","message":"550 5.7.1 message refused"}"#, false),
            (#"{"success":false,"reply":"250 2.0.0 ok"}"#, false),
            (#"{"event":"delivered","code":250}"#, true), (#"{"reply":"250 2.0.0 ok","id":"4F1"}"#, true),
            (#"{"code":250,"text":"ok","recipient":"pat@b.example"}"#, true),
        ])
    func statedReply(line: String, isAccepted: Bool) {
        #expect(deliveries(line + "\n").map { $0.explanation.category == .accepted } == [isAccepted])
    }

    @Test("JSON may have line breaks and be one value or several")
    func readsJSON() {
        let events = LogFixture.all.first { $0.file == "events.json" }!
        let lines = events.bytes.split(separator: 0x0A).map {
            try! JSONSerialization.jsonObject(with: Data($0), options: .fragmentsAllowed)
        }
        let objects = lines.filter { !($0 is String) }
        let pretty = objects.map { try! JSONSerialization.data(withJSONObject: $0, options: .prettyPrinted) }
        let list = try! JSONSerialization.data(withJSONObject: lines, options: .prettyPrinted)
        var reader = BlockReader(explainer, now: now, explaining: .refusals)
        let expected = deliveries([events.bytes]).map(\.delivery.recipient)
        for (file, expected) in [(Data(pretty.joined(separator: [0x0A])), expected.dropLast()), (list, expected[...])] {
            #expect(BlockReader.isJSON(startOf: Array(file)))
            #expect(reader.read(json: Array(file)).deliveries.map(\.0.recipient) == Array(expected))
        }
        #expect(!BlockReader.isJSON(startOf: events.bytes))
        #expect(!BlockReader.isJSON(startOf: Array("[2026-03-05 10:00:00] 550 5.1.1 No\n".utf8)))
        // What is cut is read as lines.
        #expect(Array(reader.read(json: Array("{\n550 5.1.1 User unknown\n".utf8)).deliveries).count == 1)
    }

    @Test(
        "a line that only begins as some log's does is a reply by itself",
        arguments: [
            "status: 550 5.1.1 No such user", "status: failed, 550 5.1.1 No such user",
            "2026-03-05 10:00:00 status: 550 5.1.1 No such user",
            "delivery to ann@b.example failed: 550 5.1.1 No such user",
            "delivery status: failed (550 5.1.1 No such user)", "starting delivery of mail: 550 5.1.1 No such user",
            "new msg to ann@b.example: 550 5.1.1 No such user", "info msg: 550 5.1.1 No such user",
            "[ERROR] [mail] [worker-1] 550 5.1.1 No such user", "[WARN] [job 7] [smtp] 550 5.1.1 No such user",
            "2026-03-05T10:00:00.123Z [ERROR] [mail] [worker-1] 550 5.1.1 No such user",
            "ann@b.example (failed) code = 550 5.1.1 No such user",
            "2026-03-05 10:00:00 mailer (smtp) to = ann@b.example: 550 5.1.1 No such user",
            "H=mx.b.example: 550 5.1.1 No such user", "smtpd: 550 5.1.1 No such user",
            "job 7 evpid=1: 550 5.1.1 No such user",
        ])
    func readsOtherLines(line: String) {
        #expect(deliveries(line + "\n").map(\.explanation.category) == [.unknownRecipient])
    }

    @Test(
        "whoever keeps the message in the queue gives no address up, whatever the reply",
        arguments: [
            "Mar  5 10:00:00 a smtpd[1]: 1a2b mta delivery evpid=0cb88a1b414b3bf7 from=<n@a.example> to=<x@b.example> rcpt=<-> source=\"192.0.2.1\" relay=\"192.0.2.2 (mx.b.example)\" delay=1s result=\"TempFail\" stat=\"550 5.1.1 No such user\"",
            "Mar  5 10:00:00 a postfix/smtp[1]: 4C1: to=<x@b.example>, relay=mx.b.example[192.0.2.1]:25, delay=1, dsn=5.1.1, status=deferred (host mx.b.example[192.0.2.1] said: 550 5.1.1 No such user)",
            "@400000006569573b1f2a9c3c delivery 7: deferral: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/",
        ])
    func keepsDeferred(line: String) {
        let found = deliveries(line + "\n")
        #expect(found.map(\.delivery.outcome) == [.deferred])
        #expect(found.allSatisfy { !$0.explanation.suppress })
    }

    @Test("a list of replies is read a line each")
    func readsLists() {
        let found = deliveries(
            "550 5.1.1 User unknown\r\n452 4.2.2 Mailbox full\n{\"reply\":\"250 2.0.0 Ok\"}\nnothing here\n")
        #expect(found.map(\.explanation.category) == [.unknownRecipient, .mailboxFull, .accepted])
        #expect(found.map { $0.delivery.refusal($0.explanation) } == [.bounced, .deferred, nil])
    }

    @Test("addresses and names in Latin-1 are read")
    func readsLatin1() {
        let line =
            Array("Mar  5 10:00:00 a postfix/smtp[1]: 4C1: to=<j".utf8) + [0xFC]
            + Array("rgen@b.example>, relay=none, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (unknown)\n".utf8)
        #expect(deliveries([line]).first?.delivery.recipient == "jürgen@b.example")
    }

    @Test("a line without end is cut")
    func cutsLongLines() {
        let line = Array("550 5.1.1 User unknown ".utf8) + Array(repeating: 0x78, count: 1 << 20)
        let found = deliveries([line])
        #expect(found.count == 1)
        #expect(found[0].delivery.reply.count <= LogReader.mostBytes)
    }
}
