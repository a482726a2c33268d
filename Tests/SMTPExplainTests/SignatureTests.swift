import SMTPCatalog
import Testing

@testable import SMTPExplain

/// Below a closing stands who wrote the letter, not whom it did not reach.
struct SignatureTests {
    private func recipients(_ words: String, to: String = "chris@a.example") -> [MessageRecipient] {
        let bounce = """
            From: Mail Delivery System <MAILER-DAEMON@mx.a.example>
            To: \(to)
            Subject: Undeliverable mail
            Content-Type: text/plain; charset=utf-8

            \(words)
            """
        return Array(explainer.explain(message: bounce.utf8).recipients)
    }

    @Test(
        "an address alone below a closing is no recipient",
        arguments: [
            "Regards,", "Kind regards", "Yours sincerely,", "Thanks, the mail team", "Thank you.", "Best wishes!",
            "Please ask us about it. Thank you,", "Mit freundlichen Grüßen", "Viele Grüße,", "Cordialement,",
            "Bien cordialement", "Atentamente,", "Saludos cordiales", "Cordiali saluti", "Atenciosamente,",
            "Met vriendelijke groet,", "Med vänlig hälsning", "Z poważaniem", "S pozdravem,", "С уважением,", "敬具",
            "よろしくお願いいたします。", "謝謝", "감사합니다.",
        ])
    func signature(closing: String) {
        let loss = "could not be delivered: no such user.\n\n\(closing)\n"
        for signature in ["helpdesk@b.example", "The mail team\nhelpdesk@b.example", "\n<helpdesk@b.example>"] {
            #expect(recipients("Your message \(loss)\(signature)\n").map(\.recipient) == [nil])
            let named = "Your message to pat@b.example \(loss)\(signature)\n"
            #expect(recipients(named).map(\.recipient) == ["pat@b.example"])
        }
    }

    @Test(
        "below a closing, what is said about an address, or a label, names a recipient",
        arguments: [
            "pat@b.example: no such user", "pat@b.example\n    550 5.1.1 No such user", "Recipient: pat@b.example",
            "The following recipients were not reached:\n\npat@b.example",
            "---- Recipients ----\n\npat@b.example",
        ])
    func list(list: String) {
        let words = "Your message could not be delivered.\n\nSincerely,\nThe mail system\n\n\(list)\n"
        #expect(recipients(words).map(\.recipient) == ["pat@b.example"])
    }

    @Test(
        "words that are no closing end no letter",
        arguments: [
            "Thank you for your message, which was not delivered to:", "Regards the failure of mail to",
            "Regardless, mail failed to",
        ])
    func noClosing(line: String) {
        #expect(recipients("\(line)\n\npat@b.example\n").map(\.recipient) == ["pat@b.example"])
    }

    @Test("who is the only addressee of the message that was sent is the recipient, also below a closing")
    func soleAddressee() {
        let words = """
            Your message could not be delivered: no such user.

            Regards,
            pat@b.example

            ---- Original message ----
            Received: from mx.a.example
            From: chris@a.example
            To: pat@b.example

            """
        #expect(recipients(words).map(\.recipient) == ["pat@b.example"])
    }

    @Test(
        "nor is one that ends words that announce nobody",
        arguments: [
            "The user pat@b.example is unknown here.\n\nService desk\n+49 30 1234\nhelpdesk@b.example",
            "The user pat@b.example is unknown here.\nhelpdesk@b.example",
            "Your message to pat@b.example was not delivered: no such user.\n\nMail Ltd\ninfo@b.example\nwww.b.example",
        ])
    func unannounced(words: String) {
        #expect(recipients(words + "\n").map(\.recipient) == ["pat@b.example"])
    }

    @Test("nobody is named where only a signature has an address")
    func unnamed() {
        let words = "Your message was not delivered: no such user.\n\nMail Ltd\nMain street 1\ninfo@b.example\n"
        #expect(recipients(words).map(\.recipient) == [nil])
    }

    @Test(
        "a list needs no colon",
        arguments: [
            "The message could not be delivered\n\npat@b.example\n\nsam@b.example",
            "pat@b.example\nsam@b.example",
            "pat@b.example\n no\nsam@b.example\n no",
            "The host was not there for:\n  pat@b.example\n    Connection timed out\n  sam@b.example\n    Connection refused",
            "--- Recipients ---\npat@b.example\nConnection timed out\n\nsam@b.example\nConnection refused",
        ])
    func lists(words: String) {
        #expect(recipients(words + "\n").map(\.recipient) == ["pat@b.example", "sam@b.example"])
    }

    @Test("a signature is no reason, nor is a request; what stands before them is")
    func reason() {
        let words = """
            Échec de la remise pour ces destinataires :

            pat@b.example
            La boîte aux lettres du destinataire est pleine. Renvoyez ce message ultérieurement ou contactez-nous.

            Cordialement,

            Le service de la messagerie
            helpdesk@b.example
            """
        let recipients = recipients(words)
        #expect(recipients.map(\.recipient) == ["pat@b.example"])
        #expect(recipients.map(\.explanation.category) == [.mailboxFull])
        #expect(recipients[0].diagnostic?.contains("Cordialement") == false)
    }
}
