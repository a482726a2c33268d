/// Words that tell how to read a message that is written for people.
///
/// A row is a role, a language, and words in lower case with plain spaces; white space in the text may be of any kind and
/// amount of one. To support another system or language, add its words to a row or add a row.
struct MailWords {
    /// What words tell.
    enum Role: UInt8, BitwiseCopyable {
        /// At the beginning of a line: the address behind them is a recipient.
        case label
        /// The same, and they say what is wrong with it.
        case cause
        /// At the beginning of a line of a transcript: the address behind them was tried.
        case transcript
        /// Right before an address: it is a recipient.
        case before
        /// Right behind an address: it is a recipient.
        case after
        /// Right before an address: it is somebody else.
        case stranger
        /// Right before an address: the recipient that was mailed, who stood for another one.
        case alias
        /// The reason follows.
        case reason
        /// Nobody tries any more.
        case gaveUp
        /// The message was not delivered, perhaps not yet.
        case failed
        /// Somebody goes on trying.
        case delayed
        case delivered
        /// A filter has taken the message itself away, not only a part of it: for all its recipients.
        case stopped
        /// It is about a message that the reader sent.
        case byReader
        /// It is about a message that was sent to the reader.
        case forReader
        /// The sender shall prove himself.
        case challenge
        /// A reader is away, or a program of his answers.
        case absent
        /// A transcript names the server that speaks from here on.
        case host
        /// The message that was sent follows.
        case original
        /// The line helps the reader, but says nothing of the cause.
        case help
        /// At the beginning of a line: a letter ends, and below stands whoever wrote it.
        case closing
        /// The paragraph is a legal notice or an advertisement, added on the way.
        case footer
    }

    struct Mark {
        let role: Role
        let start: UInt32
        let end: UInt32

        /// Does a letter end there: `Kind regards,` or `Thanks, the mail team`, alone on a line or last?
        func closes(_ line: ArraySlice<UInt8>) -> Bool {
            guard role == .closing, start >= line.startIndex, end <= line.endIndex else { return false }
            let before = line[..<Int(start)].trimmed
            let behind = line[Int(end)...].trimmed
            let ends = behind.isEmpty || behind.count == 1
            return before.isEmpty
                ? line.count <= 80 && (ends || Self.separates(behind.first!)) && !behind.contains(.ascii("@"))
                : ends && Self.separates(before.last!)
        }

        private static func separates(_ byte: UInt8) -> Bool { byte >= 0x80 || ",.;!-".utf8.contains(byte) }
    }

    private static let matcher = Matcher(
        rows.flatMap { row in row.words.map { (bytes: Array($0.utf8), value: row.role) } })

    /// All of them, in the order in which they begin.
    static func find(in text: [UInt8]) -> [Mark] {
        var marks: [Mark] = []
        var gaveUpEnd = 0
        matcher.scan(PlainText.lowercased(text)) { role, range in
            // A word that goes on is another word, but notices are written in any form of theirs.
            if role != .footer, range.upperBound < text.count, text[range.upperBound - 1].isWordByte,
                text[range.upperBound].isWordByte
            {
                return
            }
            if role == .delivered || role == .gaveUp, isNegated(text, range.lowerBound) { return }
            if role == .gaveUp, isConditional(text, range.lowerBound) { return }
            // `No further attempts will be made` is no promise of further attempts.
            if role == .gaveUp { gaveUpEnd = range.upperBound }
            if role == .delayed, range.lowerBound < gaveUpEnd { return }
            marks.append(Mark(role: role, start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
        }
        return marks
    }

    /// Does a word that denies stand right before that place (`has not been ...`), or is it amidst a word (`nebyla`)?
    private static func isNegated(_ text: [UInt8], _ index: Int) -> Bool {
        let before = text[max(0, index - 32)..<index]
        if let last = before.last, last.isWordByte { return true }
        return words(in: before, behind: ".:;,!?").suffix(4).contains { word in
            negations.contains(word) || word.hasSuffix("n't")
                || ["未", "没", "沒", "不", "못"].contains(where: word.hasSuffix)
        }
    }

    /// Does the sentence say up to there what will be if something happens?
    private static func isConditional(_ text: [UInt8], _ index: Int) -> Bool {
        words(in: text[max(0, index - 160)..<index], behind: ".!?").contains(where: conditions.contains)
    }

    /// In lower case.
    private static func words(in bytes: ArraySlice<UInt8>, behind marks: String) -> [String] {
        let start = bytes.lastIndex { marks.utf8.contains($0) }.map { $0 + 1 } ?? bytes.startIndex
        return bytes[start...].split { !$0.isWordByte && $0 < 0x80 && $0 != .ascii("'") }.map { $0.string.lowercased() }
    }

    private static let conditions: Set = [
        "if", "unless", "should", "wenn", "falls", "sollte", "si", "caso", "qualora", "indien", "hvis", "jos", "jeśli",
        "jeżeli", "pokud", "dacă", "если", "якщо", "eğer",
    ]

    private static let negations: Set = [
        "not", "never", "nicht", "pas", "no", "não", "non", "niet", "inte", "ikke", "ei", "nie", "ne", "nu", "не", "ні",
        "nem",
    ]

    private struct Row {
        let role: Role
        let language: String
        let words: [String]

        init(_ role: Role, _ language: String, _ words: String...) {
            self.init(role, language, words)
        }

        init(_ role: Role, _ language: String, _ words: [String]) {
            self.role = role
            self.language = language
            self.words = words
        }
    }

    /// `message was blocked`, `stopped your e-mail`: what filters say in English.
    private static let takenAway = ["message", "e-mail", "email", "mail"].flatMap { message in
        ["stopped", "blocked", "quarantined", "deleted", "intercepted", "discarded"].flatMap { verb in
            ["\(message) was \(verb)", "\(message) has been \(verb)"]
                + ["the", "your", "a", "an"].map { "\(verb) \($0) \(message)" }
        }
    }

    // swift-format-ignore
    private static let rows: [Row] = [
        // MARK: Who it was for
        .init(.label, "en",
              "recipient:", "recipients:", "recipient address:", "recipient(s):", "failed recipient:", "failed recipients:", "intended recipient:",
              "intended recipients:", "failed recipient(s):", "rcpt to:", "to address:", "error-for:", "undeliverable address:", "addressed to:",
              "could not be delivered to:", "unable to deliver to:",
              "unable to deliver message to:", "undeliverable to:", "not delivered to:", "delivery failed to:", "delivery to:",
              "failed address:", "failed addresses:", "final-recipient:", "final recipient:", "attempts to deliver to:",
              "account:", "mailbox:", "address:",
              "email address:", "e-mail address:", "recipient email address:", "envelope recipient:", "forward-path:"),
        .init(.cause, "en",
              "unknown user:", "user unknown:", "user not known at this site:", "not known at this site:", "user not known:", "invalid recipient:", "rejected recipient:", "undeliverable to", "undeliverable  to", "bad address:", "no such user:", "unknown recipient:", "invalid address:", "mailbox full:", "mailbox is full:", "user not found:", "no such mailbox:",
              "invalid final delivery userid:", "user mailbox exceeds allowed size:", "user's mailbox is full:", "unable to relay for", "relaying denied for", "over quota:", "mailbox not found:", "unknown address:"),
        .init(.cause, "other", "unbekannter empfänger:", "destinataire inconnu :", "destinatario desconocido:", "usuario desconocido:", "utente sconosciuto:", "usuário desconhecido:"),
        .init(.transcript, "transcript",
              ">>> rcpt to:", "sent <<< rcpt to:", "hmailserver sent: rcpt to:", "smtp:rcpt to:", "<== rcpt to:", "==> rcpt to:", "-> rcpt to:"),
        .init(.label, "de", "empfänger:", "empfaenger:", "empfänger(in):", "empfängeradresse:", "nicht zugestellt an:"),
        .init(.label, "fr", "destinataire:", "destinataire :", "destinataires:", "destinataires :", "adresse du destinataire :", "adresse :"),
        .init(.label, "es", "destinatario:", "destinatarios:", "dirección del destinatario:", "direccion:", "dirección:"),
        .init(.label, "pt", "destinatário:", "destinatários:", "endereço:", "endereco:"),
        .init(.label, "it", "destinatario :", "destinatari:", "indirizzo:", "indirizzo del destinatario:"),
        .init(.label, "nl", "ontvanger:", "ontvangers:", "geadresseerde:", "adres:"),
        .init(.label, "sv da nb", "mottagare:", "modtager:", "mottaker:", "mottagarens adress:"),
        .init(.label, "pl cs sk hu", "odbiorca:", "adresat:", "příjemce:", "adresát:", "príjemca:", "címzett:"),
        .init(.label, "ru uk", "получатель:", "адресат:", "адрес:", "одержувач:"),
        .init(.label, "tr el", "alıcı:", "παραλήπτης:"),
        .init(.label, "ja zh ko", "宛先:", "宛先：", "受信者:", "受信者：", "宛先アドレス:", "宛先アドレス：", "送信先:", "送信先：", "送信先アドレス:", "收件人:", "收件人：", "收件者:", "收件者：", "收信人：", "收信地址：", "收件人地址：", "收件人地址:", "收件人", "收件者", "收信人", "수신인:", "받는이:", "받는사람:", "받는 사람:", "수신자:", "수신자 :"),

        .init(.before, "en",
              "message to", "mail to", "messages to", "email to", "e-mail to", "delivered to", "deliver to", "delivery to", "delivering to",
              "deliver message to", "deliver your message to", "deliver mail to", "delivering your mail to", "delivering your message to", "addressed to", "email address :",
              "email address", "e-mail address", "addressed", "sent mail to", "sent to", "recipient", "recipients", "recipient address", "the recipient", "user", "unknown user", "the user", "the address",
              "address", "mailbox", "mailbox for", "mailbox of", "account", "the account", "the mailbox", "the following recipient", "following address", "following recipient:",
              "following recipients", "following recipients:", "following recipient(s):", "following address:", "following addresses:", "following address(es):", "local user", "rejected recipient", "reach", "not reach", "for user",
              "quota violation for", "gateway for", "no such user", "user unknown", "unknown local part", "no mailbox", "failed to deliver to", "attempts:", "local address",
              "message for", "mail for", "route to", "expand", "relay for", "relay to", "intended for", "destined for", "fatal errors for", "rcpt to", "warning:", "undeliverable:", "failed:", "original-recipient: rfc822;",
              "accepted for", "request to the", "posting to", "post to", "subscriber", "member", "unable to deliver to", "undeliverable to", "failed for", "rejected for", "refused for", "not found:", "undelivered:"),
        .init(.before, "x400", "dda:smtp=", "dda.smtp=", "ddt=smtp;ddv=", "rfc-822=", "smtp=", "smtp:", "[smtp:"),
        .init(.before, "de", "nachricht an", "mail an", "e-mail an", "zustellung an", "empfänger", "adresse", "adressat", "benutzer", "postfach", "postfach von", "den empfänger", "adressiert an", "gerichtet an", "teilnehmer"),
        .init(.before, "fr", "message à", "message a", "mail à", "courriel à", "adressé à", "envoyé à", "destinataire", "l'adresse", "adresse", "délivré à", "delivre a", "délivrer à", "remis à", "distribué à", "remettre à", "utilisateur", "compte", "à l'adresse"),
        .init(.before, "es", "mensaje a", "mensaje para", "correo a", "destinatario", "la dirección", "entregado a", "entregar a", "enviado a", "usuario", "buzón", "cuenta", "dirigido a", "a la dirección"),
        .init(.before, "pt", "mensagem para", "entregue a", "entregue para", "entregar a", "enviada para", "destinatário", "endereço", "usuário", "conta", "enviado para"),
        .init(.before, "it", "messaggio a", "messaggio per", "consegnato a", "consegnare a", "inviato a", "destinatario", "indirizzo", "l'indirizzo", "utente", "casella", "recapitato a", "recapitare a"),
        .init(.before, "nl", "bericht aan", "bezorgd bij", "bezorgd aan", "afgeleverd bij", "afgeleverd aan", "ontvanger", "adres", "gebruiker", "postvak"),
        .init(.before, "sv da nb fi", "meddelande till", "levereras till", "leveres til", "meddelelse til", "besked til", "melding til", "mottagaren", "modtageren", "mottakeren", "adressen", "vastaanottajalle", "osoite", "osoitteeseen"),
        .init(.before, "pl cs sk hu ro", "wiadomość do", "wiadomości do", "dostarczona do", "dostarczyć do", "odbiorcy", "adresata", "adres", "zprávu pro", "zpráva pro", "doručit na adresu", "doručena na adresu", "správu pre", "címre", "címzettnek", "mesajul către", "către"),
        .init(.before, "ru uk", "сообщение для", "письмо для", "письмо на", "доставлено адресату", "доставить на", "доставлено на", "получателю", "получатель", "адрес", "адресу", "адресата", "пользователь", "одержувачу"),
        .init(.before, "ja zh ko", "宛先", "宛先は", "アドレス", "受信者", "あて先", "收件人", "收件者", "地址", "发往", "发送到", "发送给", "發送給", "寄给", "寄給", "傳送給", "받는사람", "수신자", "주소"),

        .init(.after, "en",
              "could not be", "couldn't be", "can not be", "cannot be", "can't be", "was not delivered", "was not found", "was rejected", "was undeliverable", "has failed", "has not been",
              "has not yet been", "has been postponed", "has been delayed", "does not exist", "doesn't exist", "is not a", "isn't a", "is unknown", "is not known", "is full", "is over quota", "is undeliverable",
              "is no longer", "is not valid", "is invalid", "is disabled", "is unavailable", "is not available", "is inactive", "unknown", "user unknown", "unknown user", "no such user", "not found", "not listed", "invalid address", "mailbox", "bounced", "failed", "rejected", "wasn't", "refused", "did not", "has exceeded", "exceeded", "is currently", "- no such", "- user unknown", "was delayed", "because", "has reached our", "not known"),
        .init(.after, "de", "konnte nicht", "konnte noch nicht", "kann nicht", "existiert nicht", "ist unbekannt", "ist nicht", "ist voll", "wurde nicht", "unbekannt", "wurde abgelehnt"),
        .init(.after, "fr", "n'a pas", "n'existe pas", "est inconnu", "est inconnue", "n'est pas", "est plein", "est pleine", "inconnu", "ne peut", "a été rejeté"),
        .init(.after, "es pt", "no pudo", "no existe", "no se pudo", "no ha podido", "no ha sido", "está lleno", "desconocido", "não existe", "nao existe", "não pôde", "não pode", "não foi", "está cheia", "no puede", "inexistente"),
        .init(.after, "it nl", "non è", "non esiste", "sconosciuto", "non può", "è piena", "inesistente", "kon niet", "bestaat niet", "is onbekend", "onbekend", "kan niet"),
        .init(.after, "sv da nb fi", "kunde inte", "kunne ikke", "finns inte", "findes ikke", "finnes ikke", "okänd", "ukendt", "ukjent", "ei voitu", "ei ole"),
        .init(.after, "pl cs sk hu tr", "nie istnieje", "nie została", "nie mogła", "nieznany", "neexistuje", "nemohla být", "nebyla doručena", "nebolo", "nem létezik", "nem kézbesíthető", "teslim edilemedi", "bulunamadı"),
        .init(.after, "ru uk", "не существует", "не найден", "не может быть", "не доставлено", "неизвестен", "не было доставлено", "не удалось", "недоступен", "переполнен", "не існує"),
        .init(.after, "ja zh ko", "は存在しません", "が存在しません", "への配信", "へ配信", "宛の", "宛ての", "宛", "への配送", "に配信", "が見つかりません", "不存在", "无法", "無法", "失败", "已满", "被拒", "에게", "에 배달", "님에게", "으로"),

        .init(.alias, "en", "generated from", "expanded from", "expanded from:", "original address:", "originally addressed to", "original recipient:", "orig_to="),
        .init(.alias, "de fr es", "erzeugt aus", "généré à partir de", "generado desde"),

        // MARK: Who it was not for
        .init(.stranger, "en",
              "from", "from:", "mail from:", "mail from", "sender", "sender:", "sent by", "message from", "contact", "contact:", "reply to", "reply-to", "reply-to:", "send mail to", "send e-mail to", "send email to",
              "send an email to", "send an e-mail to", "send a message to", "sending mail to", "sending email to", "sending an email to", "write to", "writing to", "mailto:", "forward it to", "forward this message to", "forward to", "please email", "please e-mail", "please mail", "email us at", "report to", "report it to", "reported to",
              "notify", "notified", "copy to", "complaints to", "questions to", "support", "support at", "help", "help at", "assistance", "assistance:", "administrator", "administrator:", "administrator at", "postmaster", "postmaster at", "contact address", "system contact:", "owner", "moderator", "by", "envelope-from", "return-path", "return-path:", "message-id", "message-id:", "id", "cc:", "bcc:",
              "please use", "moved to", "new address", "new address is", "new email address is", "new e-mail address is", "email address is", "e-mail address is", "address at llnl is", "changed to", "instead to", "try", "such as", "for example", "e.g.", "example:", "like", "on behalf of", "webmaster", "abuse", "at email", "via", "x-sender:", "errors-to:", "subscribe", "unsubscribe", "in-reply-to:", "references:", "please contact", "contacting", "inform", "addressed by", "received from", "with sender", "postmaster:"),
        .init(.stranger, "de", "von", "von:", "absender", "absender:", "kontakt", "kontakt:", "kontaktieren sie", "wenden sie sich an", "schreiben sie an", "mail an den", "nachricht von", "postmaster unter", "neue adresse", "bitte an"),
        .init(.stranger, "fr", "de", "de :", "de:", "expéditeur", "expéditeur :", "contacter", "contactez", "écrire à", "écrivez à", "expediteur", "nouvelle adresse", "répondre à"),
        .init(.stranger, "es pt it", "remitente", "remitente:", "contacte", "contacte con", "contacto", "escriba a", "póngase en contacto con", "da", "da:", "mittente", "mittente:", "contattare", "scrivere a", "remetente", "remetente:", "contate", "nueva dirección"),
        .init(.stranger, "nl sv da nb", "van", "van:", "afzender", "afzender:", "neem contact op met", "från", "från:", "fra", "fra:", "avsändare", "afsender", "avsender", "kontakta"),
        .init(.stranger, "pl cs ru", "od", "od:", "nadawca", "nadawca:", "odesílatel", "от", "от:", "отправитель", "отправитель:", "напишите на", "обратитесь"),
        .init(.stranger, "ja zh ko", "送信者", "送信者:", "差出人", "差出人:", "差出人：", "发件人", "发件人:", "发件人：", "寄件者", "寄件人", "보낸사람:", "보낸 사람:", "연락처"),

        // MARK: Why
        .init(.reason, "en",
              "reason:", "why:", "(reason:", "reason is:", "the reason was:", "the reason for the problem:", "the following reason was given:", "for the following reason:", "for the following reason(s):", "for the following reasons:", "due to the following reason:", "due to the following reason(s):", "the reason is:", "reason given:", "failure reason:", "reason for failure:", "bounce reason:",
              "delay reason:", "error-text:", "error text:", "error message:", "error description:", "error:", "error details:", "the error message was:", "the error was:", "the error returned was:", "the error that the other server returned was:", "the response from the remote server was:", "the response was:", "the server responded:", "server responded:", "it responded as follows:", "generated following response:", "remote server replied:", "remote smtp server returned:", "because of", "because:", "technical details of permanent failure:", "technical details of temporary failure:", "technical details:", "full smtp response:", "error during the last delivery attempt:", "last error:", "failed permanently with error:", "diagnostic code:", "diagnostic-code:", "diagnostic information:", "diagnostic information for administrators:", "the problem appears to be :", "the problem appears to be:", "additional information follows :", "additional information follows:", "was automatically rejected:", "received >>>", "returned an error:", "the error message below was generated:", "response:", "message log follows:", "server message", "failure reasons", "information:", "non-delivered information", "the mail system said:", "details:", "explanation:", "cause:", "was returned:", "with the following error:", "the following error:", "error detail", "remote server response:", "final error:"),
        .init(.reason, "de", "grund:", "ursache:", "fehler:", "fehlermeldung:", "begründung:", "aus folgendem grund:", "diagnoseinformationen für administratoren:", "der grund ist:", "die antwort des servers lautete:", "antwort des servers:", "aufgrund des folgenden fehlers:"),
        .init(.reason, "fr", "raison:", "raison :", "motif:", "motif :", "erreur :", "erreur:", "pour la raison suivante :", "pour la raison suivante:", "cause :", "informations de diagnostic pour les administrateurs :"),
        .init(.reason, "es", "motivo:", "razón:", "razon:", "causa:", "error :", "por el siguiente motivo:", "por la siguiente razón:", "información de diagnóstico para administradores:", "la respuesta fue:"),
        .init(.reason, "pt it", "motivo :", "razão:", "erro:", "pelo seguinte motivo:", "informações de diagnóstico para administradores:", "ragione:", "errore:", "per il seguente motivo:", "informazioni di diagnostica per gli amministratori:"),
        .init(.reason, "nl sv da nb fi", "reden:", "fout:", "foutmelding:", "oorzaak:", "orsak:", "anledning:", "årsag:", "årsak:", "fejl:", "feil:", "syy:", "virhe:"),
        .init(.reason, "pl cs sk hu", "powód:", "przyczyna:", "błąd:", "důvod:", "chyba:", "dôvod:", "ok:", "hiba:"),
        .init(.reason, "ru uk tr", "причина:", "ошибка:", "по причине:", "по следующей причине:", "ответ сервера:", "текст ошибки:", "помилка:", "neden:", "hata:"),
        .init(.reason, "ja zh ko", "理由:", "理由：", "原因:", "原因：", "エラー:", "エラー：", "エラー内容:", "エラー内容：", "エラーメッセージ:", "失败原因：", "失败原因:", "退信原因：", "退信原因:", "错误信息：", "错误原因：", "失敗原因：", "원인:", "사유:", "오류:", "실패 사유:"),

        // MARK: What became of it
        .init(.gaveUp, "en",
              "permanent error", "permanent fatal errors", "permanent fatal", "failed permanently", "has failed permanently", "permanent failure", "permanently failed", "given up", "giving up", "gave up", "i've given up", "will not be retried", "no further attempts", "no further delivery attempts", "no more attempts", "will not continue", "not continue trying", "will not retry", "will not try again", "not keep trying", "no more delivery attempts", "no further deliveries", "will be deleted from queue", "message will be deleted", "could not be delivered for 5 days", "was aborted after", "has been removed from the mail queue", "retry timeout exceeded", "timed out, last error", "delivery attempts have failed", "not going to try again", "numerous attempts", "returning message to sender", "undelivered mail returned", "failed repeatedly", "delivery to the following addresses failed", "maximum delivery attempts", "has failed due to", "within the allowed queue period", "message was not delivered within"),
        .init(.gaveUp, "other", "dauerhafter fehler", "endgültig fehlgeschlagen", "permanenter fehler", "dauerhaft fehlgeschlagen", "erreur permanente", "échec définitif", "error permanente", "erro permanente", "errore permanente", "permanente fout", "permanent fel", "постоянная ошибка", "恒久的なエラー", "永久错误", "永久性错误", "aucune nouvelle tentative", "keine weiteren zustellversuche", "kein weiterer zustellversuch", "nicht erneut versucht", "no se volverá a intentar", "no se realizarán más intentos", "não haverá novas tentativas", "non saranno effettuati altri tentativi", "non verranno effettuati ulteriori tentativi", "nie będzie ponawiał", "nie będzie ponawiana", "błąd trwały", "trvalá chyba", "végleges hiba", "eroare permanentă", "kalıcı hata", "попыток доставки больше не будет", "больше не будет предпринимать", "постійна помилка", "配送を中止", "配信を中止", "再送は行いません", "再送されません", "不再重试", "不再重試", "영구적인 오류", "영구 오류"),
        .init(.failed, "en",
              "could not be delivered", "couldn't be delivered", "could not deliver", "can not be delivered", "cannot be delivered", "can't be delivered", "not be delivered", "was not delivered", "was not delivered to", "not been delivered", "has not been delivered", "wasn't delivered", "did not receive", "undeliverable", "undelivered", "unable to deliver", "unable to be delivered", "not able to deliver", "wasn't able to deliver", "failed to deliver", "failed to send", "could not send", "could not be sent", "delivery has failed", "delivery failed", "delivery failure", "delivery to the following recipients failed", "delivery to the following recipient failed", "following addresses failed", "following address failed", "following address(es) failed", "message failed", "did not reach", "couldn't reach", "could not be reached", "has been returned", "been returned to you", "is being returned", "returned to sender", "was rejected", "has been rejected", "were rejected", "been blocked", "was blocked", "an error occurred while", "was an error delivering", "not a valid user", "user unknown", "unknown user", "no such user", "does not exist", "doesn't exist", "not recognized", "mailbox is full", "mailbox full", "over quota", "quota exceeded", "exceeds allowed size", "delivery problems", "delivery errors", "had problems", "trouble delivering", "undeliverable address", "delivery attempts", "invalid final delivery", "was refused", "nondeliverable", "non-deliverable", "mail system error", "non-delivery report", "bounced", "rejected recipient", "was not relayed", "has been refused", "error was detected", "encountered an error", "address not found", "message blocked", "message not delivered", "message wasn't delivered", "didn't reach", "not delivered to", "deliver the following message", "automatically rejected", "impossible to distribute", "has been rejected by the"),
        .init(.failed, "de", "konnte nicht zugestellt werden", "nicht zugestellt werden", "nicht zugestellt", "unzustellbar", "nicht zustellbar", "fehler bei der zustellung", "zustellung fehlgeschlagen", "zustellung nicht möglich", "wurde abgelehnt", "konnte nicht gesendet werden", "nicht erreicht", "fehler bei der nachrichtenzustellung", "zustellfehler", "postfach voll", "nicht übermittelt"),
        .init(.failed, "fr", "n'a pas pu être remis", "n'a pas pu être délivré", "n'a pu être délivré", "n'a pas pu etre delivre", "n'a pas pu être envoyé", "n'a pas été délivré", "n'a pas été remis", "n'a pas pu être distribué", "non remis", "non délivré", "échec de la remise", "échec de remise", "impossible de remettre", "la remise a échoué", "n'a pu être remis", "n'existe pas", "échec de livraison", "n'a pas atteint"),
        .init(.failed, "es", "no se ha podido entregar", "no se pudo entregar", "no pudo ser entregado", "no ha podido ser entregado", "no ha sido entregado", "no fue entregado", "no entregado", "error de entrega", "error al entregar", "no se puede entregar", "imposible entregar", "no se ha entregado", "la entrega ha fallado", "error en la entrega", "no existe", "no ha llegado"),
        .init(.failed, "pt", "não pôde ser entregue", "não pode ser entregue", "nao pode ser enviada", "não foi possível entregar", "não foi entregue", "não entregue", "falha na entrega", "falha ao entregar", "não existe", "não foi possível enviar"),
        .init(.failed, "it", "non è stato possibile recapitare", "non è stato recapitato", "impossibile recapitare", "non recapitabile", "mancata consegna", "non è stato consegnato", "impossibile consegnare", "consegna non riuscita", "recapito non riuscito", "recapito fallito", "non esiste"),
        .init(.failed, "nl", "kon niet worden bezorgd", "niet worden bezorgd", "niet bezorgd", "onbestelbaar", "kan niet worden afgeleverd", "kon niet worden afgeleverd", "niet afgeleverd", "bezorging mislukt", "kan niet worden bezorgd"),
        .init(.failed, "sv da nb fi", "kunde inte levereras", "gick inte att leverera", "kan inte levereras", "olevererbart", "kunne ikke leveres", "kan ikke leveres", "blev ikke leveret", "ble ikke levert", "levering mislykkedes", "leveringen mislyktes", "ei voitu toimittaa", "toimitus epäonnistui"),
        .init(.failed, "pl cs sk hu ro tr", "nie mogła zostać dostarczona", "nie można dostarczyć", "nie została dostarczona", "nie udało się dostarczyć", "nelze doručit", "nebylo možné doručit", "nemohla být doručena", "nedoručitelná", "nebolo možné doručiť", "nem kézbesíthető", "nem sikerült kézbesíteni", "nu a putut fi livrat", "nu poate fi livrat", "teslim edilemedi", "iletilemedi"),
        .init(.failed, "ru uk el", "не было доставлено", "не может быть доставлено", "не удалось доставить", "не доставлено", "невозможно доставить", "доставка невозможна", "не может быть отправлено", "не вдалося доставити", "не доставлено", "δεν ήταν δυνατή η παράδοση"),
        .init(.failed, "ja", "配信できません", "配信できませんでした", "配送できません", "配送できませんでした", "お届けできません", "お届けできませんでした", "送信できません", "送信できませんでした", "配信に失敗", "配送に失敗", "送信に失敗", "配信不能", "届けることができません", "送達できません"),
        .init(.failed, "zh ko", "无法投递", "无法送达", "投递失败", "发送失败", "未送达", "退回", "无法发送", "被退回", "無法傳遞", "無法送達", "無法投遞", "寄送失敗", "传递失败", "被拒绝", "전송되지", "전송하지 못", "배달하지 못", "배달되지", "전송 실패", "전달하지 못", "전달되지", "보내지 못"),
        .init(.delayed, "en",
              "not yet been delivered", "not been delivered yet", "not yet delivered", "has been delayed", "is delayed", "was delayed", "are delayed", "been delayed of", "delayed for more than", "been delayed", "delivery is delayed", "delivery has been delayed", "delayed mail", "will be retried", "will retry", "will continue to", "we will keep trying", "will keep trying", "will try again", "still being retried", "is still trying", "still trying to deliver", "still undelivered", "continue to attempt", "attempts will continue", "delivery attempts will continue", "continue trying", "keeps trying", "warning only", "warning message only", "just a warning", "only a warning", "this is a warning", "do not need to resend", "do not need to re-send", "don't need to resend", "need not resend", "has been postponed", "only a temporary failure report", "advisory-only", "transient non-fatal errors", "there was a temporary problem", "temporary problem delivering", "delivery incomplete", "next attempts to deliver", "next delivery attempt", "will be attempted again", "queued for later delivery", "could not send message for past", "delays in delivering", "not necessary to resend", "no action is required on your part", "hasn't been delivered yet", "haven't been able to deliver", "trying to deliver this message for", "keep trying", "keep on trying", "go on trying", "continues to try", "will be tried again", "no need to resend", "no need to send it again", "nothing you need to do", "still in the queue", "still in our queue", "still queued", "not yet been able", "not yet able", "transient errors", "transient delivery errors", "further attempts will be", "further delivery attempts will be", "more delivery attempts will be", "more attempts will be", "attempts will be made to deliver", "stayed in the queue", "remains in the queue", "remains in our queue", "remains queued", "kept in the queue", "delivery status warning"),
        .init(.delayed, "de", "noch nicht zugestellt", "verzögert sich", "wurde verzögert", "ist verzögert", "verzögerte zustellung", "weiterhin versucht", "erneut versucht", "wird weiterhin versuchen", "nur eine warnung", "noch nicht ausgeliefert", "noch nicht übermittelt", "noch nicht gesendet", "konnte noch nicht", "konnten noch nicht", "bisher nicht zugestellt", "versuchen es noch", "versuchen es weiter", "versucht es weiter", "weiter versucht", "weiter versuchen", "weiterhin versuchen", "weitere zustellversuche", "zustellversuche werden fortgesetzt", "nicht erneut senden", "nicht erneut zu senden", "nicht noch einmal senden", "vorübergehend nicht zugestellt", "zustellung verzögert", "verzögerung bei der zustellung"),
        .init(.delayed, "fr", "pas encore été remis", "pas encore été délivré", "pas encore pu être", "a été retardé", "a été retardée", "est retardée", "est retardé", "remise différée", "nouvelle tentative aura lieu", "nouvelle tentative sera", "nouvelles tentatives seront", "poursuivra ses tentatives", "continuera à", "continuera d'essayer", "pas encore été", "pas encore pu", "continuera ses tentatives", "continuerons à essayer", "continuerons d'essayer", "tentera à nouveau", "réessaiera", "pas besoin de renvoyer", "inutile de renvoyer", "simple avertissement", "seulement un avertissement", "retardée"),
        .init(.delayed, "es pt", "todavía no se ha entregado", "aún no se ha entregado", "aún no ha sido entregado", "se ha retrasado", "ha sido retrasado", "está retrasada", "se retrasó", "aún no ha podido", "aún no se ha", "todavía no se ha", "todavía no ha", "seguirá intentando", "seguiremos intentando", "continuará intentando", "volverá a intentar", "se reintentará", "no es necesario reenviar", "no necesita reenviar", "sólo una advertencia", "solo es una advertencia", "entrega retrasada", "ainda não foi entregue", "está atrasada", "foi adiada", "ainda não foi", "ainda não pôde", "ainda não pode ser", "continuará tentando", "continuará a tentar", "continuaremos a tentar", "continuaremos tentando", "tentará novamente", "novas tentativas serão", "não é necessário reenviar", "não precisa reenviar", "apenas um aviso", "entrega atrasada"),
        .init(.delayed, "it nl", "non è stato ancora", "non è ancora stato", "è stato ritardato", "è in ritardo", "recapito ritardato", "consegna ritardata", "non è ancora", "continuerà a", "continueremo a", "ritenterà", "verrà ritentata", "nuovi tentativi saranno", "non è necessario inviare di nuovo", "non è necessario rispedire", "ulteriori tentativi saranno", "verranno effettuati ulteriori tentativi", "solo un avviso", "nog niet bezorgd", "nog niet afgeleverd", "is vertraagd", "vertraagd", "nog niet worden", "blijft proberen", "blijven proberen", "blijft het proberen", "hoeft niets te doen", "hoeft het bericht niet opnieuw", "opnieuw geprobeerd"),
        .init(.delayed, "sv da nb fi", "ännu inte", "fortsätter att försöka", "kommer att försöka igen", "endnu ikke", "vil forsøge igen", "forsøger igen", "fortsætter med at", "ennå ikke", "vil prøve igjen", "fortsetter å", "har försenats", "försenad", "försenats", "endnu ikke leveret", "er forsinket", "forsinket", "ennå ikke levert", "kommer att fortsätta", "vil fortsætte", "vil fortsette", "ei ole vielä", "yritetään uudelleen", "jatketaan yrittämistä", "viivästynyt", "viivästyy"),
        .init(.delayed, "pl cs hu ru tr", "nie została jeszcze", "jeszcze nie została", "będzie ponawiał", "będzie ponawiać", "ponawiał próby", "ponawiał dalsze próby", "kolejne próby będą", "nie trzeba wysyłać ponownie", "nie musisz wysyłać", "opóźnione", "opóźniona", "będzie ponawiana", "zatím nebyla", "zatím nebylo", "zatím se nepodařilo", "dosud nebyla", "bude se pokoušet", "zatiaľ nebola", "zatiaľ sa nepodarilo", "továbbra is próbál", "újra megpróbál", "încă nu a fost", "va continua să", "se va reîncerca", "zpožděno", "zpožděna", "még nem sikerült", "késik", "ещё не доставлено", "еще не доставлено", "пока не доставлено", "пока не удалось", "ещё не удалось", "еще не удалось", "продолжать попытки", "продолжит попытки", "продолжатся попытки", "повторять попытки", "попытки будут", "повторно не нужно", "повторно не требуется", "ще не доставлено", "продовжить спроби", "спроби доставки триватимуть", "задерживается", "задержана", "отложена", "попытки доставки будут", "будут продолжены", "henüz teslim", "denemeye devam", "tekrar denenecek", "gecikti"),
        .init(.delayed, "ja zh ko", "遅延", "まだ配信", "まだ届いて", "再送を試み", "再送信します", "再送信され", "自動的に再送", "再送する必要はありません", "引き続き配信", "引き続き配送", "再試行します", "再試行され", "再試行を続け", "配送が遅れ", "配信が遅れ", "まだ配送", "配送を続け", "配信を続け", "再送の必要はありません", "暂时无法投递", "仍在尝试", "无需重新发送", "不需要重新发送", "無需重新", "재시도합니다", "재시도할",  "延迟", "延遲", "尚未送达", "尚未投递", "继续尝试", "繼續嘗試", "将重试", "지연", "아직 배달", "아직 전송", "계속 시도", "다시 시도합니다"),
        .init(.delivered, "en", "successful delivery notifications", "was successfully delivered", "successfully delivered", "has been successfully delivered", "delivered successfully", "successful mail delivery"),
        .init(.delivered, "other", "została dostarczona do", "byla doručena", "har levererats till", "er leveret til", "er levert til", "on toimitettu", "kézbesítve a következő", "a fost livrat", "teslim edildi", "已成功送达", "已成功投递", "성공적으로 전달", "成功傳遞", "erfolgreich zugestellt", "a été remis avec succès", "entregado correctamente", "consegnato correttamente", "успешно доставлено", "配信されました"),
        .init(.stopped, "en", takenAway + ["message discarded", "message blocked", "message deleted", "message quarantined", "message stopped", "placed in quarantine", "was blocked by our", "was blocked because", "has been blocked because", "was blocked by the", "delete message", "quarantine message"]),
        .init(.stopped, "other", "nachricht wurde blockiert", "nachricht wurde gestoppt", "nachricht wurde in quarantäne", "nachricht wurde gelöscht", "e-mail wurde blockiert", "e-mail wurde gestoppt", "e-mail wurde in quarantäne", "e-mail wurde gelöscht", "mail wurde blockiert", "mail wurde gelöscht", "message a été bloqué", "message a été supprimé", "message a été mis en quarantaine", "courriel a été bloqué", "mensaje ha sido bloqueado", "mensaje fue bloqueado", "mensaje ha sido eliminado", "mensaje ha sido puesto en cuarentena", "mensagem foi bloqueada", "mensagem foi colocada em quarentena", "messaggio è stato bloccato", "messaggio è stato messo in quarantena", "bericht is geblokkeerd", "wiadomość została zablokowana", "wiadomość została zatrzymana", "zpráva byla zablokována", "сообщение было заблокировано", "письмо было заблокировано", "сообщение заблокировано", "ブロックされました", "ブロックしました", "隔離されました", "隔離しました", "邮件已被拦截", "邮件被拦截", "邮件已被隔离", "郵件已被攔截", "郵件已被隔離", "메일이 차단"),
        .init(.byReader, "en", "you sent", "you have sent", "your message", "your e-mail", "your email", "your mail", "sent by you", "you tried to send", "you attempted to send", "email you addressed", "e-mail you addressed"),
        .init(.byReader, "other", "ihre nachricht", "ihre e-mail", "ihre mail", "ihrer nachricht", "ihrer e-mail", "von ihnen gesendet", "votre message", "votre courriel", "votre e-mail", "vous avez envoyé", "su mensaje", "su correo", "ha enviado", "sua mensagem", "seu e-mail", "que você enviou", "il suo messaggio", "il tuo messaggio", "suo messaggio", "uw bericht", "uw e-mail", "ditt meddelande", "din meddelelse", "din melding", "viestisi", "twoja wiadomość", "vaše zpráva", "ваше сообщение", "ваше письмо", "вашего сообщения", "あなたが送信", "送信したメール", "お送りいただいた", "送信されたメール", "您发送的", "您的邮件", "您的郵件", "보내신 메일"),
        .init(.forReader, "en", "message sent to you", "messages sent to you", "message that was sent to you", "e-mail sent to you", "email sent to you", "mail sent to you", "e-mail that was sent to you", "email that was sent to you", "addressed to you", "message for you", "messages for you", "e-mail for you", "email for you", "mail for you", "a message to you", "an email to you", "an e-mail to you", "intended for you", "you were sent", "you have received a message", "you received a message", "your quarantine", "release this message", "release the message", "release these messages"),
        .init(.forReader, "other", "an sie gerichtet", "an sie gesendet", "nachricht an sie", "e-mail an sie", "in ihrer quarantäne", "qui vous est adressé", "qui vous était adressé", "vous a été envoyé", "dirigido a usted", "enviado a usted", "destinada a você", "enviada para você", "inviato a lei", "aan u gericht", "adresowana do ciebie", "адресованное вам", "あなた宛", "发送给您", "發送給您", "寄給您"),
        .init(.challenge, "en",
              "guest list", "allowed list", "approved senders", "approved sender list", "list of approved", "been waitlisted", "prove you are", "prove that you are", "are a human", "are human", "you are a real person", "verify that you are", "verify your email address so", "confirm that you sent", "confirm that this message", "confirm your message", "confirm you sent", "authenticate your", "requires verification", "sender verification", "complete the verification", "to ensure delivery of", "in order to deliver your message", "protecting their inbox", "protecting myself from receiving junk", "protected by a spam", "spam arrest", "challenge-response", "challenge/response", "one-time verification", "authorize yourself", "release your message", "your message will be delivered once", "added to my list of", "one time confirmation", "whitelist your", "reply to this message to confirm", "awaiting verification", "awaiting your confirmation"),
        .init(.challenge, "de fr es pt", "bestätigen sie, dass", "bestätigen sie ihre nachricht", "absenderbestätigung", "pour confirmer votre message", "confirmez votre envoi", "demande d'authentification", "vous authentifier", "confirmar que es", "para confirmar su mensaje", "confirmar que você", "antispam uol", "mailinblack", "solicitação de confirmação", "dass sie ein mensch sind", "dass sie kein roboter", "que vous êtes un humain", "que vous êtes une personne", "n'êtes pas un robot", "que es una persona", "que no es un robot", "que é uma pessoa", "que você é uma pessoa", "que não é um robô", "di essere una persona", "di non essere un robot", "dat u een mens bent", "że jesteś człowiekiem", "że nie jesteś robotem", "že jste člověk", "что вы человек", "что вы не робот", "подтвердите, что вы", "подтвердите отправку", "insan olduğunuzu"),

        .init(.absent, "en",
              "out of the office", "out of office", "on vacation", "on holiday", "on annual leave", "on leave", "maternity leave", "away from my desk", "i am away", "i'm away", "i am currently away", "will be back on", "automatic reply", "automated reply", "automatic response", "automated response", "auto-reply", "autoreply", "this is an automatic answer", "no longer work", "no longer works", "has left the company", "i will respond", "i will reply as soon", "i am out of", "i'm out of", "will be out of", "currently out of", "i am currently out", "not in the office", "currently away", "parental leave", "on sabbatical", "limited access to email", "limited access to e-mail", "limited access to my email", "is no longer employed", "no longer employed", "no longer with the company", "on my return", "upon my return", "when i return"),
        .init(.absent, "de", "nicht im büro", "im urlaub", "bin abwesend", "derzeit abwesend", "abwesend bis", "ich bin bis", "bin nicht erreichbar", "bin ich nicht erreichbar", "bin derzeit nicht", "bin zurzeit nicht", "bin zur zeit nicht", "wieder erreichbar", "nicht im hause", "nicht im haus", "außer haus", "nicht am arbeitsplatz", "automatische antwort", "arbeitet nicht mehr", "nicht mehr im unternehmen", "nicht mehr für das unternehmen", "in elternzeit", "im mutterschutz", "keinen zugriff auf meine", "nach meiner rückkehr"),
        .init(.absent, "fr", "absent du bureau", "absente du bureau", "je suis absent", "je suis absente", "actuellement absent", "actuellement absente", "je serai absent", "je serai absente", "en vacances", "en congé", "en congés", "à mon retour", "de retour le", "réponse automatique", "ne travaille plus", "n'est plus en poste", "ne fait plus partie", "a quitté l'entreprise", "a quitté la société"),
        .init(.absent, "es ca", "fuera de la oficina", "estoy fuera", "estaré fuera", "estoy ausente", "estaré ausente", "ausente hasta", "de vacaciones", "a mi regreso", "a mi vuelta", "respuesta automática", "ya no trabaja", "baja maternal", "de vacances", "fora de l'oficina"),
        .init(.absent, "pt", "fora do escritório", "estou fora", "estarei fora", "estou ausente", "estarei ausente", "ausente até", "de férias", "em férias", "resposta automática", "já não trabalha", "não trabalha mais", "quando regressar", "no meu regresso", "no meu retorno", "licença maternidade"),
        .init(.absent, "it", "fuori ufficio", "sono fuori sede", "sono assente", "sarò assente", "assente fino", "in ferie", "in congedo", "al mio rientro", "al mio ritorno", "risposta automatica", "non lavora più"),
        .init(.absent, "nl", "niet op kantoor", "automatisch antwoord", "ben afwezig", "ben ik afwezig", "afwezig tot", "niet aanwezig", "op vakantie", "met vakantie", "met verlof", "niet meer werkzaam", "werkt niet meer"),
        .init(.absent, "sv da nb", "automatiskt svar", "automatisk svar", "på semester", "har semester", "inte på kontoret", "åter på kontoret", "tillbaka på kontoret", "är frånvarande", "är ledig", "föräldraledig", "har slutat", "på ferie", "har ferie", "holder ferie", "ikke på kontoret", "er fraværende", "ikke til stede", "tilbage på kontoret", "tilbake på kontoret", "har sluttet", "på barsel"),
        .init(.absent, "fi et lv lt is", "automaattinen vastaus", "olen lomalla", "vuosilomalla", "olen poissa", "poissa toimistosta", "en ole toimistolla", "palaan töihin", "olen puhkusel", "puhkusel", "atvaļinājumā", "atostogauju", "atostogose", "í fríi", "í sumarfríi"),
        .init(.absent, "pl", "nie ma mnie w biurze", "poza biurem", "na urlopie", "jestem nieobecny", "jestem nieobecna", "będę nieobecny", "będę nieobecna", "nieobecny do", "nieobecna do", "nie pracuje już", "już nie pracuje", "po powrocie odpowiem"),
        .init(.absent, "cs sk sl hr sr", "na dovolené", "mám dovolenou", "čerpám dovolenou", "mimo kancelář", "nejsem v kanceláři", "nejsem přítomen", "nejsem přítomna", "na dovolenke", "mám dovolenku", "mimo kancelárie", "na dopustu", "na godišnjem", "izvan ureda", "van kancelarije"),
        .init(.absent, "hu ro tr el", "szabadságon", "nem vagyok az irodában", "házon kívül", "în concediu", "nu sunt la birou", "lipsesc din birou", "izinliyim", "izindeyim", "izinde olacağım", "yıllık izinde", "tatildeyim", "ofis dışındayım", "ofiste değilim", "εκτός γραφείου", "σε άδεια", "απουσιάζω"),
        .init(.absent, "ru uk bg", "в отпуске", "нет в офисе", "автоматический ответ", "в командировке", "буду отсутствовать", "отсутствую", "больше не работает", "у відпустці", "немає в офісі", "буду відсутній", "буду відсутня", "в отпуск съм", "извън офиса"),
        .init(.absent, "ja zh ko", "自動返信", "不在", "休暇をいただ", "休暇を頂", "休暇中", "休暇のため", "お休みをいただ", "お休みを頂", "休業とさせ", "退職いたしました", "自动回复", "自动答复", "自動回覆", "休假", "不在办公室", "不在辦公室", "已离职", "已離職", "휴가", "부재"),
        .init(.absent, "ar he vi th id", "خارج المكتب", "في إجازة", "מחוץ למשרד", "בחופשה", "nghỉ phép", "vắng mặt tại văn phòng", "ลาพักร้อน", "ไม่อยู่ที่สำนักงาน", "sedang cuti", "di luar kantor"),

        // MARK: What is around it
        .init(.host, "transcript", "... while talking to"),
        .init(.original, "en",
              "below this line is a copy", "below the next line is a copy", "below this line is the original", "this is a copy of the message", "this is a copy of your message", "here is a copy of", "is a copy of the message", "copy of the original message", "copy of the message header", "original message -", "- original message", "original message follows", "original message attached", "original message headers", "original message header", "original message details", "original message as received", "original headers", "of your original message follow", "of your message follow", "unsent message", "undelivered message follows", "undelivered message", "returned message", "returned mail follows", "start of returned message", "message header follows", "message headers follow", "message headers:", "message text follows", "message follows", "message header:", "header of the original", "header of the message", "header of the source mail", "headers of the original", "header and top", "your message reads", "old message:", "offending message", "summary of the undelivered message", "first part of the message", "message body suppressed", "the original message was:", "received headers", "message contents", "original mail follows", "undelivered-message", "forwarded message", "message details follow"),
        .init(.original, "other", "ursprüngliche nachricht", "ursprünglichen nachricht", "originalnachricht", "original-nachricht", "nachrichtenkopf", "message d'origine", "message original", "en-têtes de message d'origine", "mensaje original", "encabezados de mensajes originales", "mensagem original", "messaggio originale", "intestazioni originali", "oorspronkelijk bericht", "oorspronkelijke bericht", "ursprungligt meddelande", "oprindelig meddelelse", "opprinnelig melding", "alkuperäinen viesti", "oryginalna wiadomość", "původní zpráva", "исходное сообщение", "исходное письмо", "копия сообщения", "копия письма", "元のメッセージ", "オリジナルメッセージ", "原始邮件", "原邮件内容", "原邮件：", "原邮件:", "原始郵件", "原信", "원본 메시지"),
        .init(.help, "en",
              "for further assistance", "for assistance", "for more information", "for help", "please reply to", "if you feel this", "please check the above", "if you do so", "delete your own text", "please include this problem report", "please send mail to", "this message was created automatically", "this message was generated automatically", "this is an automatically generated", "this is an automated message", "this is the mail system at", "the mail system", "i'm sorry to have to inform you", "if you have any questions", "please contact", "contact your", "please do not reply", "do not reply", "you can safely ignore", "do you need help", "mime-aware", "mime-encapsulated message", "this is a mime", "this message is in mime format", "see the attached", "it's attached below", "is attached below", "copy of your message", "the original message was received at", "sorry it didn't work out", "i'm afraid i wasn't able", "this is the qmail-send program", "you do not need to", "no action is required", "some time, and this warning", "remains undelivered", "and when that happens", "your message was received at", "received-from-mta", "arrival-date", "if you sent the email to multiple"),
        .init(.help, "other", "kontaktieren sie", "wenden sie sich", "pour plus d'informations", "contactez", "para más información", "per ulteriori informazioni", "за помощью"),
        .init(.closing, "en", "regards", "kind regards", "best regards", "warm regards", "kindest regards", "with kind regards", "with best regards", "best wishes", "sincerely", "yours sincerely", "sincerely yours", "yours faithfully", "faithfully", "yours truly", "respectfully", "cheers", "thanks", "many thanks", "thank you", "thanks and regards", "thank you and regards", "cordially"),
        .init(.closing, "de", "mit freundlichen grüßen", "mit freundlichen gruessen", "mit freundlichem gruß", "mit freundlichem gruss", "freundliche grüße", "freundliche grüsse", "mit freundlichen grüssen", "mit besten grüßen", "beste grüße", "viele grüße", "herzliche grüße", "liebe grüße", "grüße", "gruß", "hochachtungsvoll", "mfg", "vielen dank"),
        .init(.closing, "fr", "cordialement", "bien cordialement", "très cordialement", "sincères salutations", "salutations", "salutations distinguées", "respectueusement", "bien à vous", "cdlt", "merci", "merci d'avance"),
        .init(.closing, "es pt it", "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordialmente", "atentamente", "muy atentamente", "le saluda atentamente", "gracias", "muchas gracias", "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "melhores cumprimentos", "obrigado", "obrigada", "cordiali saluti", "distinti saluti", "saluti", "un cordiale saluto", "grazie"),
        .init(.closing, "nl sv da nb fi", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "hoogachtend", "mvg", "med vänliga hälsningar", "med vänlig hälsning", "vänliga hälsningar", "hälsningar", "mvh", "med venlig hilsen", "venlig hilsen", "de bedste hilsner", "med vennlig hilsen", "vennlig hilsen", "hilsen", "ystävällisin terveisin", "terveisin", "parhain terveisin"),
        .init(.closing, "pl cs sk hu ro tr el", "z poważaniem", "pozdrawiam", "pozdrawiamy", "z wyrazami szacunku", "s pozdravem", "s přátelským pozdravem", "s úctou", "s pozdravom", "üdvözlettel", "tisztelettel", "cu stimă", "cu respect", "saygılarımızla", "saygılarımla", "με εκτίμηση"),
        .init(.closing, "ru uk bg", "с уважением", "с наилучшими пожеланиями", "спасибо", "з повагою", "с уважение"),
        .init(.closing, "ja zh ko", "敬具", "よろしくお願いいたします", "よろしくお願いします", "宜しくお願いいたします", "以上", "此致", "敬礼", "敬禮", "谢谢", "謝謝", "祝好", "감사합니다"),
        .init(.footer, "en",
              "this e-mail is confidential", "this email is confidential", "this message is confidential", "is confidential and", "confidential information", "may be confidential", "contain confidential", "not the intended recipient", "the intended recipient(s)", "for the intended recipient", "named recipient", "intended only for", "intended solely for", "legally privileged", "privileged and confidential", "privileged, ", "received this email in error", "received this e-mail in error", "received this message in error", "receive this email by mistake", "if you are not the", "disclaimer", "legal notice", "has been scanned", "been scanned for", "scanned by", "scanned for viruses", "virus-free", "checked by avg", "avast", "no virus found", "messagelabs", "mimecast", "before printing", "consider the environment", "think before you print", "do you yahoo", "sent from my", "get your free", "unsubscribe", "registered in england", "registered office", "found to be clean", "believed to be clean"),
        .init(.footer, "other", "vertrauliche", "vertraulich", "confidentiel", "confidencial", "riservat", "vertrouwelijk", "konfidentiell", "fortrolig", "poufn", "důvěrn", "конфиденциал", "機密", "保密", "à l'attention exclusive", "ce message et toutes les pièces jointes", "exclusivement à l'usage", "este mensaje y sus anexos", "esta mensagem é destinada", "le informazioni contenute", "este correo electrónico", "dieses e-mail", "diese e-mail enthält", "virengeprüft", "antivirus"),
    ]
}

extension [MailWords.Mark] {
    /// Of the first that begins there or behind.
    func firstIndex(from index: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle].start) < index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
