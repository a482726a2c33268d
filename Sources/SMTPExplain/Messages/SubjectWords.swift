/// What the Subject of a message says of its kind. To know another language or system, add its words to a row.
enum SubjectWords {
    /// The kinds whose words stand in a subject, that of the first words first.
    static func kinds(of subject: String) -> [MessageKind] {
        var kinds: [MessageKind] = []
        var failureEnd = 0
        matcher.scan(folded(subject)) { row, range in
            let kind = rows[Int(row)].kind
            if kind == .failure { failureEnd = range.upperBound }
            // `Not delivered:` has the words of `Delivered:` in it.
            if kind == .success, range.lowerBound < failureEnd { return }
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds
    }

    /// Does it begin with words of a failure, a delay or a success?
    static func beginsWithDelivery(_ subject: String) -> Bool {
        var begins = false
        matcher.scan(folded(subject)) { row, range in
            if range.lowerBound == 0, [.failure, .delay, .success].contains(rows[Int(row)].kind) { begins = true }
        }
        return begins
    }

    private static func folded(_ subject: String) -> [UInt8] {
        PlainText.plain(Array(subject.lowercased().utf8.prefix(4096)))
    }

    private static let matcher = Matcher(
        rows.enumerated().flatMap { index, row in row.words.map { (bytes: Array($0.utf8), value: UInt8(index)) } })

    private struct Row {
        let kind: MessageKind
        let language: String
        let words: [String]

        init(_ kind: MessageKind, _ language: String, _ words: String...) {
            self.kind = kind
            self.language = language
            self.words = words
        }
    }

    // swift-format-ignore
    private static let rows: [Row] = [
        .init(.failure, "en",
              "undeliver", "ndn:", "delivery fail", "(failure", "failure notice", "returned mail", "returned to sender", "returning message to sender", "returning to sender", "delivery failed", "delivery has failed", "delivery error", "mail system error", "could not be delivered", "couldn't be delivered", "not be delivered", "was not delivered", "not delivered", "non-delivery", "nondelivery", "non delivery", "nondeliverable", "non-deliverable", "unable to deliver", "mail error", "mail failed", "failed mail", "failed delivery", "mail failure", "message failure", "failed to deliver", "permanent delivery failure", "processing error", "nameserver error", "delivery report (failure)", "delivery status notification: failed", "delivery problem", "delivery impossible", "message blocked", "message stopped", "message quarantined", "e-mail blocked", "email blocked", "email quarantined", "e-mail quarantined", "message rejected", "mail rejected", "automatically rejected", "rejected:", "user unknown", "bounced", "bounce:", "bounce message", "see transcript for details", "notice: mail delivery status", "status notification: failed", "mail could not", "message could not", "wasn't delivered", "address not found", "message you sent was blocked", "e-mail address error", "unsolicited bulk email", "banned contents", "virus in message", "permanent failure", "mail delivery status report", "delivery status notification", "delivery notification: ", "denied", "permanent fatal"),
        .init(.failure, "de", "unzustellbar", "nicht zugestellt", "nicht zustellbar", "zustellung fehlgeschlagen", "zustellfehler", "fehler bei der zustellung", "fehlgeschlagen", "zurückgewiesen"),
        .init(.failure, "fr", "non remis", "non délivr", "non distribu", "échec", "echec", "retour à l'expéditeur", "non recens", "message non", "notification d'échec", "impossible de remettre"),
        .init(.failure, "es pt", "no se puede entregar", "no se ha podido entregar", "no se pudo entregar", "no entregado", "error de entrega", "fallo en la entrega", "entrega fallida", "devuelto", "imposible entregar", "não entregue", "não é possível entregar", "não foi possível entregar", "falha na entrega", "falha de entrega", "devolvid", "no se ha entregado", "fallo de entrega", "notificación de estado de entrega"),
        .init(.failure, "it", "non recapitabile", "mancata consegna", "impossibile recapitare", "non consegnat", "mancato recapito", "consegna fallita", "errore di consegna"),
        .init(.failure, "nl sv da nb fi", "onbestelbaar", "niet bezorgd", "bezorging mislukt", "niet afgeleverd", "kan inte levereras", "kunde inte levereras", "olevererbar", "olevererat", "kan ikke leveres", "kunne ikke leveres", "ikke levert", "ikke leveret", "uleverbar", "ei voitu toimittaa", "toimitus epäonnistui", "ei voi toimittaa"),
        .init(.failure, "pl cs sk hu ro tr el", "niedostarcz", "nie dostarczono", "nie można dostarczyć", "nedoručit", "nebylo doručeno", "nelze doručit", "kézbesíthetetlen", "nem kézbesíthető", "kézbesítési hiba", "nelivrat", "nu a putut fi", "teslim edilemedi", "teslim edilemeyen", "δεν παραδόθηκε"),
        .init(.failure, "ru uk", "не доставлено", "недоставлен", "не удалось доставить", "ошибка доставки", "недоставка", "невозможно доставить", "не доставлений", "не доставлена"),
        .init(.failure, "ja", "配信不能", "配信できません", "配送できません", "配信に失敗", "送信できません", "送信エラー", "配信エラー", "メールエラー", "エラーメール", "未配達", "不達", "リターンメール", "届けられません", "配送不能", "失敗"),
        .init(.failure, "zh ko", "未达", "退信", "投递失败", "发送失败", "无法送达", "无法投递", "传递失败", "系统退信", "無法傳遞", "無法送達", "退回", "寄送失敗", "传送失败", "未传递", "未傳遞", "반송", "배달되지", "배달 실패", "전송 실패", "발송 실패", "배달 못함", "전달 실패"),
        .init(.delay, "en",
              "delayed", "(delay", "delay in", "delivery delay", "warning: could not send", "still being retried", "not yet been delivered", "delivery warning", "temporary delivery problem", "warning: message", "message delayed", "status notification: delayed", "temporary failures", "mail delivery warning", "still trying", "incomplete"),
        .init(.delay, "other", "verzögert", "verzögerung", "retardé", "différé", "retrasad", "retraso", "atrasad", "atraso", "ritardat", "ritardo", "vertraag", "försena", "forsink", "viivästy", "opóźnion", "zpožděn", "késés", "задерж", "отложен", "gecik", "遅延", "遅れて", "延迟", "延遲", "지연"),
        .init(.success, "en", "(success", "successful mail delivery", "notification: delivered", "notification: relayed", "successfully delivered", "delivered:", "relayed:", "expanded:", "(relay", "delivery confirmation"),
        .init(.success, "other", "zugestellt:", "übermittelt:", "remis :", "entregado:", "entregue:", "recapitato:", "bezorgd:", "доставлено:", "dostarczono:", "doručeno:", "doručené:", "levererat:", "leveret:", "levert:", "toimitettu:", "kézbesítve:", "livrat:", "teslim edildi:", "配信済み", "已送达", "已传递"),
        .init(.receipt, "en", "read:", "not read:", "return receipt", "read receipt", "read-receipt", "disposition notification", "message displayed", "deleted without being read"),
        .init(.receipt, "other", "gelesen:", "ungelesen gelöscht", "lu :", "lu:", "leído:", "leido:", "lido:", "lida:", "letto:", "gelezen:", "läst:", "lest:", "læst:", "luettu:", "lesebestätigung", "accusé de lecture", "confirmation de lecture", "confirmación de lectura", "confirmação de leitura", "conferma di lettura", "przeczytano:", "прочитано:", "přečteno:", "開封", "已读", "읽음"),
        .init(.autoReply, "en",
              "out of office", "out-of-office", "out of the office", "out of my office", "automatic reply", "autoreply", "auto-reply", "auto reply", "auto response", "auto-response", "autoresponse", "autorespond", "auto-respond", "auto respond", "automatic response", "automated response", "automated reply", "automatic answer", "auto:", "vacation", "on holiday", "annual leave", "on leave", "maternity leave", "away from", "am away", "is away", "i'm away", "out of town", "currently unavailable", "no longer with", "left the company", "thank you for contacting", "thank you for your e-mail", "thank you for your email", "thank you for your message", "we have received your", "your message has been received", "ticket received", "[auto", "(auto"),
        .init(.autoReply, "de", "abwesenheit", "abwesend", "automatische antwort", "automatische rückantwort", "nicht im büro", "nicht im hause", "außer haus", "urlaub", "eingangsbestätigung"),
        .init(.autoReply, "fr", "réponse automatique", "reponse automatique", "absence", "absent du bureau", "je suis absent", "congé", "message automatique", "accusé de réception"),
        .init(.autoReply, "es pt", "respuesta automática", "respuesta automatica", "fuera de la oficina", "ausencia", "vacaciones", "resposta automática", "resposta automatica", "fora do escritório", "ausência", "férias", "ausente"),
        .init(.autoReply, "it", "risposta automatica", "fuori sede", "fuori ufficio", "assenza", "in ferie", "assente"),
        .init(.autoReply, "nl sv da nb fi", "automatisch antwoord", "afwezig", "afwezigheid", "automatische reactie", "autosvar", "automatiskt svar", "automatisk svar", "frånvar", "fravær", "ikke til stede", "inte på kontoret", "automaattinen vastaus", "poissa", "sjálfvirkt svar"),
        .init(.autoReply, "pl cs sk hu ro tr el", "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "nieobecn", "poza biurem", "automatická odpověď", "mimo kancelář", "nepřítomn", "automatická odpoveď", "mimo kancelárie", "automatikus válasz", "nincs az irodában", "házon kívül", "răspuns automat", "otomatik yanıt", "otomatik cevap", "ofis dışında", "αυτόματη απάντηση", "εκτός γραφείου", "automatski odgovor", "samodejni odgovor", "avtomatski odgovor", "automatinis atsakymas", "automaatvastus", "automātiska atbilde", "automātiskā atbilde", "automatiska atbilde", "prombūtn"),
        .init(.autoReply, "ru uk bg", "автоответ", "автоматический ответ", "отсутств", "в отпуске", "нет в офисе", "автоматична відповідь", "автоматичен отговор"),
        .init(.autoReply, "ja zh ko", "自動応答", "自動返信", "自動送信", "不在", "休暇", "自动回复", "自动答复", "自動回覆", "自動答覆", "外出", "不在办公室", "휴가", "자동 회신", "자동 응답", "자동회신", "자동응답", "부재중"),
        .init(.autoReply, "other", "resposta automàtica", "erantzun automatikoa", "resposta automatizada", "trả lời tự động", "thư trả lời tự động", "ตอบกลับอัตโนมัติ", "balasan otomatis", "balasan automatik", "رد تلقائي", "תשובה אוטומטית", "מענה אוטומטי", "پاسخ خودکار"),
        .init(.challenge, "en", "please confirm your", "please confirm you", "confirm your message", "confirmation required", "action required", "verification required", "verify your e", "sender verification", "requires verification", "requires confirmation", "anti-spam verification", "your email requires", "awaiting your confirmation", "spam protection", "spam challenge", "challenge message", "human verification", "waitlisted", "please authenticate", "authentication required", "whitelist request", "spamarrest", "prove you are human"),
        .init(.challenge, "other", "bestätigung erforderlich", "absenderbestätigung", "demande d'authentification", "confirmation requise", "confirmación requerida", "confirmação de envio", "confirmação necessária", "conferma richiesta", "bevestiging vereist", "wymagane potwierdzenie", "требуется подтверждение", "antispam uol", "подтвердите отправку"),
        .init(.complaint, "en", "complaint about message from", "email feedback report for", "client tos notification", "feedback loop", "fbl report", "abuse report", "abuse complaint", "spam complaint", "spam report", "[spamcop", "junk mail report", "email abuse", "email complaint", "feedback report"),
        .init(.report, "en", "report domain:", "report-domain:", "tls report", "tlsrpt", "dmarc aggregate", "dmarc report", "message tracking", "quarantine report", "quarantine summary", "spam digest", "dmarc failure report"),
    ]
}
