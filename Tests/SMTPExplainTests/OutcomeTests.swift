import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Replies whose class and words disagree: a failure is never taken for success, nor success for failure.
struct OutcomeTests {
    // swift-format-ignore
    @Test("a reply that refuses in its words is no success, whatever its code", arguments: [
        ("221 2.7.0 Error: you broke the rules of SMTP. Goodbye", Disposition.permanent, Verdict.Bounce.unknown),
        ("221 4.7.0 mx.example.org: too many errors from 192.0.2.9", .transient, .soft),
        ("221 2.0.0 Timeout while waiting for a command, closing", .transient, .soft),
        ("221 2.0.0 Idle for too long, disconnecting inactive client", .transient, .soft),
        ("221 Your host is blacklisted here, bye", .permanent, .block),
        ("250 Message rejected", .permanent, .unknown),
        ("250 2.0.0 Mail was discarded as spam", .permanent, .block),
        ("250 2.0.0 Nachricht abgelehnt: Spam", .permanent, .block),
        ("250 5.7.1 Refused by our policy", .permanent, .block),
        ("250 5.7.1", .permanent, .block),
        ("250 4.3.0 Try again later", .transient, .soft),
        ("250 not queued: the mailbox is full", .permanent, .soft),
        ("250 Your message could not be delivered", .permanent, .unknown),
        ("250 we are no longer accepting mail from you", .permanent, .unknown),
        ("235 2.7.0 Authentication failed", .permanent, .block),
        ("354 denied: no valid recipients", .permanent, .unknown),
        ("220 5.7.1 mx.example.org does not talk to you", .permanent, .block),
        ("2.0.0 Message rejected", .permanent, .unknown),
    ])
    func refusals(reply: String, disposition: Disposition, bounce: Verdict.Bounce) {
        let explanation = explainer.explain(reply)
        #expect(explanation.disposition == disposition)
        #expect(explanation.verdict.bounce == bounce)
        #expect(explanation.category != .accepted && explanation.category != .inProgress)
        #expect(explanation.confidence != .high)
        #expect(explanation.warnings.first?.contains("is one of success, but the reply refuses") == true)
    }

    // swift-format-ignore
    @Test("a refusal under a code of success is one in every script", arguments: [
        "250 Сообщение отклонено", "250 Письмо не принято", "250 2.0.0 Доставка не удалась: отказано",
        "250 Повідомлення відхилено", "250 Лист не доставлено", "250 Съобщението е отхвърлено",
        "250 Порука је одбијена", "250 Το μήνυμα απορρίφθηκε", "250 Το μήνυμα δεν έγινε δεκτό",
        "250 邮件被拒绝", "250 2.0.0 郵件已被拒絕", "250 信件未被接受", "250 投递失败", "250 已丢弃该邮件",
        "250 メッセージは拒否されました", "250 メールを受け付けられませんでした", "250 メッセージを破棄しました",
        "250 메시지가 거부되었습니다", "250 메일이 전달되지 않았습니다", "250 메일을 폐기했습니다",
        "250 تم رفض الرسالة", "250 لم يتم تسليم الرسالة", "250 الرسالة مرفوضة",
        "250 ההודעה נדחתה", "250 ההודעה לא התקבלה", "250 ข้อความถูกปฏิเสธ", "250 پیام رد شد",
        "250 İleti reddedildi", "250 Thư bị từ chối", "250 Az üzenet elutasítva", "250 Mesaj respins", "250 Viesti hylätty",
        "250 Pesan ditolak",
    ])
    func refusalsInEveryScript(reply: String) {
        let explanation = explainer.explain(reply)
        #expect(explanation.category != .accepted)
        #expect(explanation.disposition != .success)
        #expect(!explanation.suppress)
    }

    // swift-format-ignore
    @Test("an acceptance is one in every script", arguments: [
        "250 OK письмо принято", "250 2.0.0 Сообщение поставлено в очередь", "250 Принято, проверка на спам: ошибок нет",
        "250 Доставлено в папку спам", "250 OK", "250 Прийнято до доставки", "250 Съобщението е прието",
        "250 Το μήνυμα παραδόθηκε", "250 邮件已接收", "250 OK 邮件已进入队列", "250 投递成功", "250 未被拒绝，已发送",
        "250 メッセージを受け付けました", "250 OK キューに入りました", "250 受信完了、エラーなし",
        "250 메일이 접수되었습니다", "250 성공", "250 OK 대기열에 추가됨, 오류 없음", "250 تم قبول الرسالة",
        "250 تم التسليم بنجاح", "250 OK ההודעה התקבלה", "250 ההודעה נמסרה", "250 ส่งแล้ว", "250 پیام پذیرفته شد",
        "250 İleti kabul edildi", "250 Đã nhận thư", "250 Üzenet elfogadva", "250 Viesti toimitettu", "250 Pesan diterima",
        "220 mx.example.org 欢迎，垃圾邮件将被拒绝", "250 谢谢", "250 ありがとう",
    ])
    func acceptancesInEveryScript(reply: String) {
        let explanation = explainer.explain(reply)
        #expect(explanation.category == .accepted)
        #expect(explanation.disposition == .success)
    }

    @Test(
        "no address is given up for a reply whose code is one of success",
        arguments: [
            "250 5.1.1 <ann@example.org>: user unknown", "250 2.1.5 No such user here", "221 User unknown",
            "250 5.2.1 Mailbox disabled", "221 5.1.1 too many unknown users",
        ])
    func keepsAddress(reply: String) {
        let explanation = explainer.explain(reply)
        #expect(explanation.verdict.bounce != .none)
        #expect(!explanation.verdict.suppress)
    }

    @Test(
        "a reply that accepts may speak of spam, blocks and errors",
        arguments: [
            "250 queued as 4F2AB, spam-check ok", "250 2.0.0 Ok: queued as 77A1, virus scan passed",
            "250 Spam score 0.2, id 12", "250 2.0.0 SPF fail, DKIM pass; id 4711", "250 0 errors, 1 message taken",
            "250 No errors", "250 never rejected: whitelisted sender", "250 2.1.0 <blocked@example.org>... Sender ok",
            "250 2.1.5 Recipient verified", "250 2.0.0 AB12CD34EF", "250 bericht aangenomen",
            "250-mx.example.org\n250-SIZE 10240000\n250-AUTH LOGIN\n250-STARTTLS\n250 DSN",
            "220 mx.example.org ESMTP no spam please", "220 mx.example.org ESMTP NO UCE",
            "220 mx.example.org ESMTP; spam is rejected, and relaying denied", "214 2.0.0 To report errors write to us",
            "251 User not local; will forward to <bob@example.net>", "252 2.5.1 VRFY is disabled",
            "252 Cannot VRFY user, but will take the message", "235 2.7.0 Authentication successful",
            "221 Bye", "221 2.0.0 Service closing transmission channel", "221 mx.example.org Connection closed",
            "221 2.0.0 closing connection ab12-3 - gsmtp",
        ])
    func acceptances(reply: String) {
        let explanation = explainer.explain(reply)
        #expect(explanation.category == .accepted)
        #expect(explanation.disposition == .success)
        #expect(explanation.confidence == .high)
        #expect(explanation.warnings == [])
    }

    @Test(
        "a reply that accepts and refuses in one is accepted, with a warning",
        arguments: ["250 Ok, discarded, id=42 - spam", "250 Message received, then dropped by the filter"])
    func both(reply: String) {
        let explanation = explainer.explain(reply)
        #expect(explanation.category == .accepted)
        #expect(explanation.warnings.count == 1)
    }

    @Test("the sending side's own word stands where there is no reply code")
    func delivered() {
        let line =
            "Nov 28 01:00:00 mx postfix/local[12]: 4F2AB: to=<ann@example.org>, relay=local, delay=1, dsn=2.0.0, "
            + "status=sent (delivered to command: /usr/bin/rejected)"
        #expect(explainer.explain(line).category == .accepted)
    }
}
