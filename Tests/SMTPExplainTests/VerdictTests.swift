import Foundation
import SMTPCatalog
import Testing

@testable import SMTPExplain

struct VerdictTests {
    private func verdict(
        _ category: SMTPCatalog.Category, _ disposition: Disposition?, _ action: Action? = nil,
        doubt: Verdict.Doubt? = nil, saidSeconds: Int? = nil, providerSeconds: Int? = nil
    ) -> Verdict {
        Verdict(
            category, disposition, action: action ?? category.entry.action(disposition), doubt: doubt,
            saidSeconds: saidSeconds, providerSeconds: providerSeconds)
    }

    @Test("the README's table is the one that decides")
    func readme() throws {
        let rows = SMTPCatalog.Category.allCases.map { category in
            let (final, forNow) = (verdict(category, .permanent), verdict(category, .transient))
            func cell(_ it: Verdict) -> String { "\(it.bounce.rawValue), `\(it.action.rawValue)`" }
            let settled = "none, `\(category.entry.action.rawValue)` |"
            return "| `\(category.rawValue)` | "
                + (final.bounce == .none ? settled : "\(cell(final)) | \(cell(forNow))") + " |"
        }
        let table = rows.joined(separator: "\n")
        print(table)  // to be copied
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        #expect(
            try String(contentsOf: file, encoding: .utf8).contains(table), "README.md has another table than\n\(table)")
    }

    @Test("whatever is in doubt suppresses nothing", arguments: SMTPCatalog.Category.allCases)
    func doubt(category: SMTPCatalog.Category) {
        let actions: [Action] = [
            .none, .continue, .retry, .slowDown, .suppress, .fixAddress, .fixMessage, .fixSender, .requestDelisting,
            .contactRecipient, .investigate,
        ]
        for disposition in Disposition.allCases + [nil] {
            for action in actions {
                for doubt in Verdict.Doubt.allCases + [nil] {
                    let it = verdict(category, disposition, action, doubt: doubt)
                    let isSure = doubt == nil && !category.blamesOthers
                    if !isSure || disposition != .permanent && disposition != nil { #expect(!it.suppress) }
                    #expect(it.suppress == (it.action == .suppress || it.action == .fixAddress && it.bounce == .hard))
                    if it.suppress { #expect(it.bounce == .hard && it.retry == nil) }
                }
            }
        }
    }

    @Test(
        "what is said of an address before it was named blames somebody else",
        arguments: ["CONNECT", "EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "MAIL"])
    func beforeRecipient(command: String) {
        #expect(Verdict.Doubt(command: command) == .beforeRecipient)
        let it = verdict(.unknownRecipient, .permanent, doubt: .beforeRecipient)
        #expect(it.bounce == .block)
        #expect(it.action == .investigate)
    }

    @Test(
        "what is said once the recipient is named may blame it",
        arguments: [nil, "RCPT", "DATA", "BDAT", "VRFY", "EXPN"])
    func afterRecipient(command: String?) {
        #expect(Verdict.Doubt(command: command) == nil)
    }

    // swift-format-ignore
    @Test("a code that no words back gives no address up where the words say something else", arguments: [
        "550 5.1.1 <ann@example.org>: parcel kept back by the tenant's guard",
        "550 5.1.1 correspondence from outside is switched off", "550 5.1.1 Kindly write through our web form",
        "550 5.1.1 Your firm has been excluded", "550 5.1.1 compliance hold", "550 5.1.1 outside office hours",
        "550 5.1.1 by decision of the administrator", "550 5.1.1 Zustellung durch eine Richtlinie untersagt",
        "550 5.1.6 please see our terms", "550 5.1.10 stopped by connector rule 7", "521 Message not accepted",
        "521 5.3.0 Sorry", "556 not for you", "550 5.1.1 我们不喜欢你们公司",
        "550 5.1.1 Your account manager must approve", "550 5.1.1 You broke the user agreement",
        "550 5.1.1 Contact the mailbox administrator for permission", "550 5.1.1 Mailbox gone fishing forever",
        "550 5.1.1 User must first accept your invitation", "550 5.1.2 The domain owner demands encryption",
        "550 5.2.1 The account holder has no credit left", "550 5.1.6 mailbox move in progress, back in an hour",
        "550 5.1.1 Der Empfänger nimmt nur verschlüsselte Nachrichten an", "550 5.1.1 收件人拒绝接收贵公司的来信",
        "550 5.1.1 Le gestionnaire du compte doit donner son accord", "550 5.1.1 アカウント担当者の承認が必要です",
        "550 5.1.1 El administrador de la cuenta debe autorizar su envío", "550 5.1.1 계정 관리자의 승인이 필요합니다",
        "550 5.1.1 Получатель запретил письма от вашей компании", "550 5.1.1 De ontvanger wil geen reclame",
    ])
    func unread(reply: String) {
        let it = explainer.explain(reply)
        #expect(!it.suppress)
        #expect(it.bounce != .hard)
    }

    // swift-format-ignore
    @Test("a code is enough where the words say nothing, or only name the address", arguments: [
        "550 5.1.1", "550 5.1.1 <ann@example.org>", "550 5.1.1 <ann@example.org>... rejected", "550 5.1.1 Sorry",
        "550 5.1.1 Requested action not taken", "550 5.1.1 Message not accepted", "550 5.1.1 Recipient error 17",
        "550 5.1.1 mx1.example.org rejected <ann@example.org> (ref 0x4711)", "521", "556",
        "550 5.1.1 Benutzer gibt es bei uns keinen", "550 5.1.1 The recipient's mailbox", "550 5.1.2 domain error",
    ])
    func codeAlone(reply: String) {
        #expect(explainer.explain(reply).suppress)
    }

    @Test(
        "a bare \"user unknown\" to the message, whose recipient had been taken, gives no address up",
        arguments: [
            ("550 Unknown user", "DATA", false), ("550 : User unknown", "DATA", false),
            ("550 User unknown", "BDAT", false), ("550 User unknown", "RCPT", true),
            ("550 5.1.1 User unknown", "DATA", true),
            ("550 User unknown in the directory of example.org", "DATA", true),
        ])
    func afterRecipient(reply: String, command: String, suppress: Bool) {
        #expect(explainer.explain(reply, known: Circumstances(command: command)).suppress == suppress)
    }

    @Test(
        "an address that is closed for now is not given up, in any language",
        arguments: [
            "550 5.2.1 Mailbox temporarily disabled", "550 Account temporarily suspended for inactivity",
            "550 5.2.1 Deze mailbox is tijdelijk geblokkeerd", "550 Ce compte est temporairement suspendu",
            "550 5.2.1 Das Postfach ist vorübergehend gesperrt", "550 La cuenta está temporalmente deshabilitada",
            "550 Аккаунт временно заблокирован", "550 Конто користувача тимчасово заблоковано",
            "550 Konto jest tymczasowo zablokowane", "550 このアカウントは一時的に停止されています",
            "550 该帐号暂时被停用", "550 Casella temporaneamente disattivata", "550 Conta temporariamente suspensa",
            "550 5.2.1 This mailbox is locked for the time being", "550 temporary disabled account",
            "550 Hesap geçici olarak askıya alındı", "550 Kontot är tillfälligt spärrat",
        ])
    func forNow(reply: String) {
        let it = explainer.explain(reply)
        #expect(!it.suppress, "\(it.trace)")
        #expect(it.verdict.bounce != .hard)
    }

    @Test("to be closed for now is soft, and tried again")
    func forNowIsTriedAgain() {
        let it = explainer.explain("550 5.2.1 Mailbox temporarily disabled")
        #expect(it.verdict.bounce == .soft)
        #expect(it.action == .retry)
        #expect(it.retry != nil)
    }

    @Test(
        "what a refusal means for the address",
        arguments: [
            ("550 5.1.1 No such user here", Verdict.Bounce.hard, true, Action.suppress),
            ("501 5.1.3 Bad recipient address syntax", .hard, true, .fixAddress),
            ("551 User not local", .hard, true, .fixAddress),
            ("450 4.1.1 No such user here", .soft, false, .retry),
            ("550", .unknown, false, .investigate),
            ("550 5.1.1 MAIL FROM: no such user here (in reply to MAIL FROM command)", .block, false, .fixSender),
            ("552 5.2.2 Mailbox full", .soft, false, .contactRecipient),
            ("554 5.7.1 Service unavailable; blocked using zen.spamhaus.org", .block, false, .requestDelisting),
            ("250 2.0.0 Ok", .none, false, .none), ("354 Go on", .none, false, .continue),
            ("554 Sorry", .unknown, false, .investigate), ("Sorry", .unknown, false, .investigate),
        ])
    func meaning(reply: String, bounce: Verdict.Bounce, suppress: Bool, action: Action) {
        let it = explainer.explain(reply)
        #expect(it.bounce == bounce)
        #expect(it.suppress == suppress)
        #expect(it.action == action)
        #expect(suppress || !it.advice.hasPrefix("Stop mailing"), "\(it.advice)")
    }

    @Test("words that blame the address and something else suppress nothing")
    func otherBlame() {
        let it = explainer.explain("550 5.1.1 No such user here, or your message was rejected as spam")
        #expect(!it.suppress)
        #expect(it.bounce != .hard)
    }

    @Test(
        "sending again: when, and who says so",
        arguments: [
            ("451 4.7.1 Greylisted, try again in 120 seconds", 120, Verdict.Retry.Basis.reply),
            ("451 4.7.1 Greylisted", 300, .usual), ("452 4.2.2 Mailbox full", 1800, .usual),
            ("421 4.4.2 Connection timed out", 1800, .usual), ("450 4.1.1 No such user here", 1800, .usual),
        ])
    func retry(reply: String, seconds: Int, basis: Verdict.Retry.Basis) {
        let it = explainer.explain(reply).retry
        #expect(it?.afterSeconds == seconds)
        #expect(it?.basis == basis)
        #expect(it?.giveUpAfterSeconds == 432_000)
    }

    @Test(
        "what is final, or was not refused, is not sent again",
        arguments: ["250 Ok", "354 Go on", "550 5.1.1 No such user here", "552 5.2.2 Mailbox full", "554 Sorry"])
    func noRetry(reply: String) {
        #expect(explainer.explain(reply).retry == nil)
    }

    @Test("a provider's pause is used where the reply names none, and none is longer than the time to give up")
    func pause() {
        #expect(verdict(.rateLimited, .transient, providerSeconds: 14_400).retry?.basis == .provider)
        #expect(verdict(.rateLimited, .transient, saidSeconds: 60, providerSeconds: 14_400).retry?.afterSeconds == 60)
        let week = verdict(.rateLimited, .transient, saidSeconds: 604_800).retry
        #expect(week?.giveUpAfterSeconds == 604_800)
        #expect(verdict(.senderBlocked, .permanent, saidSeconds: 3600).retry?.afterSeconds == 3600)
        #expect(verdict(.senderBlocked, .permanent).retry == nil)
        #expect(verdict(.malware, .transient).retry == nil)
    }

    @Test("nobody has to act where nothing was refused, and nobody is named where nothing tells")
    func party() {
        #expect(explainer.explain("250 Ok").party == nil)
        #expect(explainer.explain("354 Go on").party == nil)
        #expect(explainer.explain("asdf qwer").party == .unknown)
        #expect(explainer.explain("550 5.1.1 No such user here").party == .recipient)
    }
}
