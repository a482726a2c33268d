import SMTPCatalog
import Testing

@testable import SMTPExplain

/// What a message is, where only words tell; above all what is no failure.
struct MessageKindTests {
    private func read(_ from: String, _ subject: String, _ fields: String, _ words: String) -> ExplainedMessage {
        let type = "Content-Type: text/plain; charset=utf-8"
        let message = "From: \(from)\nTo: chris@a.example\nSubject: \(subject)\n\(fields)\(type)\n\n\(words)\n"
        return explainer.explain(message: message.utf8)
    }

    private static let daemon = "Mail Delivery System <MAILER-DAEMON@mx.a.example>"

    private func actions(_ it: ExplainedMessage) -> [String] {
        it.recipients.map { "\($0.recipient ?? "-") \($0.action ?? "-")" }
    }

    // swift-format-ignore
    @Test("a reader's absence is told by his words, whatever the language", arguments: [
        ("Re: Lunch", "I am out of the office until Monday."), ("AW: Essen", "Ich bin bis Montag nicht erreichbar; Ihre Mail wird nicht weitergeleitet."),
        ("Re: Repas", "Je suis absente jusqu'à lundi."), ("RE: Comida", "Estoy ausente hasta el lunes."), ("RES: Almoço", "Estou ausente até segunda-feira."),
        ("R: Pranzo", "Sono assente fino a lunedì."), ("Antw: Lunch", "Ik ben afwezig tot maandag."), ("SV: Lunch", "Jag är på semester till måndag."),
        ("SV: Frokost", "Jeg holder ferie til mandag."), ("VS: Lounas", "Olen lomalla maanantaihin."), ("Odp: Obiad", "Jestem na urlopie do poniedziałku."),
        ("Re: Oběd", "Do pondělí mám dovolenou."), ("Re: Ebéd", "Hétfőig szabadságon vagyok."), ("Ynt: Yemek", "Pazartesiye kadar izinliyim."),
        ("Re: Prânz", "Sunt în concediu până luni."), ("Re: Обед", "Я в отпуске до понедельника."), ("Re: Обід", "Я у відпустці до понеділка."),
        ("Re: 昼食", "月曜日まで休暇をいただいております。"), ("答复: 午餐", "我正在休假，星期一回来。"), ("Re: 점심", "월요일까지 휴가 중입니다."), ("Re: Γεύμα", "Είμαι εκτός γραφείου."),
    ])
    func absence(subject: String, words: String) {
        for path in ["", "Return-Path: <>\n"] {
            let it = read("Pat <pat@b.example>", subject, path + "In-Reply-To: <1@a.example>\n", words)
            #expect(it.kind == .autoReply)
            #expect(actions(it).isEmpty)
            #expect(it.original?.messageID == "1@a.example")
        }
    }

    // swift-format-ignore
    @Test("who goes on trying has not failed; what the sender should do is nothing that the server does", arguments: [
        (MessageKind.delay, "Your message to pat@b.example could not be delivered for 4 hours. We will keep trying."),
        (MessageKind.delay, "Your message to pat@b.example is still queued. If it cannot be delivered within 5 days, it will be given up."),
        (MessageKind.delay, "This is not a permanent error: delivery to <pat@b.example> is delayed."),
        (MessageKind.delay, "Your message to pat@b.example had transient errors. It remains in the queue; further attempts will be made."),
        (MessageKind.delay, "Ihre Nachricht an pat@b.example ist verzögert. Falls sie endgültig fehlgeschlagen ist, hören Sie von uns."),
        (MessageKind.delay, "Ihre Nachricht an pat@b.example konnte seit 4 Stunden nicht zugestellt werden. Wir versuchen es weiter."),
        (MessageKind.delay, "Votre message à pat@b.example n'a pas encore pu être remis. Le serveur poursuivra ses tentatives."),
        (MessageKind.delay, "Su mensaje a pat@b.example aún no se ha podido entregar. Seguiremos intentando la entrega."),
        (MessageKind.delay, "A sua mensagem para pat@b.example ainda não pôde ser entregue. O servidor continuará a tentar."),
        (MessageKind.delay, "Il messaggio a pat@b.example non è ancora stato consegnato. Il server continuerà a provare."),
        (MessageKind.delay, "Uw bericht aan pat@b.example kon nog niet worden bezorgd. Wij blijven het proberen; u hoeft niets te doen."),
        (MessageKind.delay, "Ditt meddelande till pat@b.example har ännu inte levererats. Servern fortsätter att försöka."),
        (MessageKind.delay, "Wiadomość nie została jeszcze dostarczona do pat@b.example. Serwer będzie ponawiał próby."),
        (MessageKind.delay, "Zprávu pro pat@b.example se zatím nepodařilo doručit. Server se bude pokoušet dál, zatím nebyla doručena."),
        (MessageKind.delay, "Письмо для pat@b.example пока не удалось доставить. Мы будем продолжать попытки."),
        (MessageKind.delay, "pat@b.example への配送が遅れています。引き続き配送を試みます。再送する必要はありません。"),
        (MessageKind.delay, "您发送给 pat@b.example 的邮件暂时无法投递，系统将继续尝试。"),
        (.failure, "次の宛先に送信できませんでした。アドレスを確認して再送信してください。\n\n<pat@b.example>"),
        (.failure, "Your message to <pat@b.example> was not delivered. No further delivery attempts will be made."),
        (.failure, "The delivery to <pat@b.example> failed; the server will not continue trying."),
        (.failure, "Votre message n'a pas pu être remis à <pat@b.example>. Aucune nouvelle tentative ne sera faite."),
        (.failure, "Ihre Nachricht konnte nicht zugestellt werden an:\n\npat@b.example\n\nEs folgen keine weiteren Zustellversuche."),
        (.failure, "No se pudo entregar su mensaje a <pat@b.example>. No se volverá a intentar."),
        (.failure, "Wiadomość nie została dostarczona do adresata pat@b.example. Serwer nie będzie ponawiał prób."),
    ])
    func trying(kind: MessageKind, words: String) {
        let it = read(Self.daemon, "Your mail", "", words)
        #expect(it.kind == kind)
        #expect(actions(it) == ["pat@b.example \(kind == .delay ? "delayed" : "failed")"])
        for recipient in it.recipients where kind == .delay {
            #expect(recipient.explanation.disposition == .transient && !recipient.explanation.suppress)
        }
    }

    // swift-format-ignore
    @Test("a delivery and its denial differ by one word", arguments: [
        ("Delivered: Lunch", "Your message was successfully delivered to:", "Not delivered: Lunch", "Your message was not successfully delivered to:"),
        ("Zugestellt: Essen", "Ihre Nachricht wurde erfolgreich zugestellt:", "Nicht zugestellt: Essen", "Ihre Nachricht wurde nicht erfolgreich zugestellt:"),
        ("Remis : Repas", "Votre message a été remis avec succès à :", "Non remis : Repas", "Votre message n'a pas été remis à :"),
        ("Entregado: Comida", "El mensaje se entregó a:", "No entregado: Comida", "El mensaje no fue entregado a:"),
        ("Dostarczono: Obiad", "Wiadomość została dostarczona do:", "Nie dostarczono: Obiad", "Wiadomość nie została dostarczona do:"),
        ("Doručeno: Oběd", "Zpráva byla doručena:", "Nedoručitelné: Oběd", "Zpráva nebyla doručena:"),
        ("Доставлено: Обед", "Сообщение успешно доставлено:", "Не доставлено: Обед", "Сообщение не доставлено:"),
        ("已送达: 午餐", "您的邮件已成功送达：", "未送达: 午餐", "您的邮件未送达："),
    ])
    func success(subject: String, words: String, denial: String, wordsOfDenial: String) {
        let it = read(Self.daemon, subject, "", words + "\n\npat@b.example")
        #expect(it.kind == .success)
        #expect(actions(it) == ["pat@b.example delivered"])
        for (subject, words) in [(denial, wordsOfDenial), ("Your mail", wordsOfDenial), (denial, "")] {
            let it = read(Self.daemon, subject, "", words + "\n\n<pat@b.example>")
            #expect(it.kind == .failure)
            #expect(actions(it) == ["pat@b.example failed"])
        }
    }

    // swift-format-ignore
    @Test("a filter that takes a message away has failed all its recipients", arguments: [
        ("Gateway <mailgate@b.example>", "Message stopped: Plans", "The gateway has stopped the e-mail below.\n\nFrom: chris@a.example\nTo: pat@b.example; kim@b.example\nWhy: the attachment is of a type that is not accepted."),
        ("Filter <filter@b.example>", "Email quarantined", "Your email has been quarantined.\n\nTo: pat@b.example, kim@b.example\nReason: attachment not allowed"),
        ("Mailfilter <mailfilter@b.example>", "Ihre E-Mail wurde blockiert", "Ihre E-Mail wurde blockiert.\n\nEmpfänger: pat@b.example, kim@b.example\nGrund: Der Anhang ist nicht erlaubt."),
    ])
    func filter(from: String, subject: String, words: String) {
        let it = read(from, subject, "", words)
        #expect(it.kind == .failure)
        #expect(actions(it) == ["pat@b.example failed", "kim@b.example failed"])
        #expect(it.recipients.allSatisfy { $0.explanation.category == .contentRejected && !$0.explanation.suppress })
    }

    // swift-format-ignore
    @Test("nobody's message has failed", arguments: [
        ("Filter <filter@b.example>", "Message blocked", "", "A message that was sent to you was blocked.\n\nFrom: pat@b.example"),
        ("Filter <filter@b.example>", "Attachment removed", "", "The attachment x.exe was removed from your message to pat@b.example. The rest was delivered."),
        ("Kim <kim@b.example>", "mail to pat@b.example undeliverable?", "", "My mail to pat@b.example could not be delivered: 550 5.1.1 user unknown. Why?"),
        ("Postmaster <postmaster@b.example>", "Re: Undelivered Mail Returned to Sender", "In-Reply-To: <1@a.example>\n", "It works again.\n\n> <pat@b.example>: 550 5.1.1 user unknown; could not be delivered"),
        ("Parcels <noreply@b.example>", "Delivery failed: your parcel", "", "Your parcel could not be delivered. We will try again. Write to pat@b.example."),
        ("Shop <noreply@b.example>", "Your order is delayed", "", "Your order has been delayed."),
        ("root@mx.a.example (Cron Daemon)", "Cron <root@mx> mailreport", "Auto-Submitted: auto-generated\n", "to=<pat@b.example>, status=bounced (550 5.1.1 user unknown)"),
        ("Ismail Kaya <ismail@b.example>", "delivery failed yesterday", "", "The parcel for pat@b.example could not be delivered."),
        ("Mail Weekly <noreply@b.example>", "How to fix delivery failed errors", "List-Unsubscribe: <mailto:u@b.example>\n", "Your message to pat@b.example could not be delivered? Read on."),
        ("kim@b.example", "[mailop] Undelivered Mail", "List-Id: <mailop.b.example>\n", "We get this: message could not be delivered\n\n<pat@b.example>: 550 5.1.1 user unknown"),
        ("Watch <watch@mx.a.example>", "512 messages delayed", "", "4 messages could not be delivered."),
    ])
    func nobody(from: String, subject: String, fields: String, words: String) {
        let it = read(from, subject, fields, words)
        #expect(it.kind == .other)
        #expect(actions(it).isEmpty)
    }

    // swift-format-ignore
    @Test("an answer to a letter about a bounce is none", arguments: [
        ("Help <noreply@b.example>", "Ticket 5: undeliverable mail to pat@b.example", "We look into it.\n\n> pat@b.example: 550 5.1.1 user unknown"),
        ("Help <help@b.example>", "[#5] We got it: 550 user unknown", "You wrote:\n> <pat@b.example>: user unknown; message could not be delivered"),
        ("Postmaster <postmaster@b.example>", "Abwesenheitsnotiz", "pat@b.example wird nicht mehr gelesen, Ihre Nachricht wurde nicht zugestellt."),
        ("Pat <pat@b.example>", "Pat is gone", "I am no longer with the company; pat@b.example does not exist any longer and your message was not delivered."),
    ])
    func answer(from: String, subject: String, words: String) {
        let it = read(from, subject, "Return-Path: <>\nAuto-Submitted: auto-replied\n", words)
        #expect(it.kind == .autoReply)
        #expect(actions(it).isEmpty)
    }

    @Test(
        "a program that wants proof of a person sends a challenge",
        arguments: [
            "To have it delivered, prove that you are a person.", "Bitte bestätigen Sie, dass Sie ein Mensch sind.",
            "Confirme que é uma pessoa.", "Подтвердите, что вы человек.",
            "If you would like to be added to my list of approved senders, fill in the form.",
        ])
    func challenge(words: String) {
        let it = read("pat@b.example", "Re: Lunch", "Return-Path: <>\nAuto-Submitted: auto-replied\n", words)
        #expect(it.kind == .challenge)
        #expect(actions(it).isEmpty)
    }

    @Test(
        "who knows more is no recipient",
        arguments: [
            "Ask kim@c.example.", "Questions? kim@c.example can help.", "Our help desk (kim@c.example) knows more.",
            "You may find the right address by asking kim@c.example", "Please resend to kim@c.example",
            "Use kim@c.example from now on.", "Fragen Sie kim@c.example.", "Adressez-vous à kim@c.example.",
            "Pregunte a kim@c.example.", "Пишите kim@c.example.", "お問い合わせは kim@c.example まで。", "-- \nkim@c.example",
        ])
    func stranger(words: String) {
        let it = read(Self.daemon, "Undeliverable: Lunch", "", "There is no such user.\n\n" + words)
        #expect(it.kind == .failure)
        #expect(actions(it) == ["- failed"])
    }

    @Test("a receipt of a message that was deleted is no report that lost its type")
    func receipt() {
        let message = """
            From: Pat <pat@b.example>
            Subject: Not read: Lunch
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b

            Your message was deleted without being read.
            --b
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822; pat@b.example
            Original-Message-ID: <1@a.example>
            Disposition: automatic-action/MDN-sent-automatically; deleted
            --b--
            """
        let it = explainer.explain(message: message.utf8)
        #expect(it.kind == .receipt)
        #expect(actions(it).isEmpty)
    }

    @Test("a complaint with the message below its words, of which the sender finds his own")
    func complaint() {
        let it = read(
            "Reports <5@reports.b.example>", "[SpamCop (192.0.2.9) id:5]Lunch", "",
            "Mail from 192.0.2.9\n\n[ Offending message ]\nMessage-ID: <1@a.example>\nFrom: chris@a.example\nSubject: Lunch"
        )
        #expect(it.kind == .complaint)
        #expect(it.original?.messageID == "1@a.example")
        #expect(actions(it).isEmpty)
    }

    @Test("fields amidst the words tell of the original, and the recipients stand below them")
    func fieldsAmidst() {
        let it = read(
            "Postmaster <postmaster@b.example>", "Delivery has failed", "",
            "This is about a message with these fields:\n\n  Message-id: <1@a.example>\n  Subject: Lunch\n\n"
                + "It cannot be delivered to:\n\n  Recipient address: pat@b.example\n  Reason: unknown local user")
        #expect(it.original?.messageID == "1@a.example")
        #expect(it.original?.subject == "Lunch")
        #expect(actions(it) == ["pat@b.example failed"])
    }
}
