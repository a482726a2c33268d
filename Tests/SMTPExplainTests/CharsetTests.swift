import Testing

@testable import SMTPExplain

struct CharsetTests {
    private static let texts: [(charset: String, text: String)] = [
        ("iso-2022-jp", "宛先のメールボックスがいっぱいです"), ("shift_jis", "お客様のメールは配信できませんでした。"),
        ("euc-jp", "メールを配信できませんでした。宛先"), ("euc-kr", "메일을 전송하지 못했습니다"), ("gb18030", "很抱歉，您的邮件被退回。用户不存在"),
        ("big5", "很抱歉，無法傳遞您的郵件。使用者不存在"), ("koi8-r", "Почтовый ящик переполнен"),
        ("windows-1251", "Пользователь не найден"),
        ("windows-1252", "Postfach voll, Empfänger „x“ unbekannt"),
        ("iso-8859-2", "Skrzynka pełna, odbiorca nie przyjął"), ("utf-16", "No such user"),
        ("utf-16le", "Benutzer unbekannt: Größe"), ("utf-8", "Größe überschritten"),
    ]

    private func encoded(_ text: String, _ charset: String) throws -> [UInt8] {
        try #require(Charset.converted(Array(text.utf8), from: "utf-8", to: charset))
    }

    @Test("a declared set is decoded", arguments: texts)
    func declared(charset: String, text: String) throws {
        #expect(Charset.utf8(try encoded(text, charset), declared: charset)[...].string == text)
        #expect(Charset.utf8(try encoded(text, charset), declared: charset.uppercased())[...].string == text)
    }

    @Test("a set that nothing declares is told by its text", arguments: texts.filter { $0.charset != "iso-8859-2" })
    func undeclared(charset: String, text: String) throws {
        #expect(Charset.utf8(try encoded(text, charset))[...].string == text)
        #expect(Charset.utf8(try encoded(text, charset), declared: "us-ascii")[...].string == text)
    }

    // swift-format-ignore
    @Test("the same words give the same answer, in whatever set a list or a log has them", arguments: [
        ("iso-8859-1", "550 Destinataire inconnu à cette adresse, boîte supprimée"),
        ("windows-1252", "550 Empfänger unbekannt, Postfach gelöscht"),
        ("windows-1251", "550 Пользователь не найден"), ("koi8-r", "550 Почтовый ящик переполнен"),
        ("shift_jis", "550 宛先のメールボックスがいっぱいです"), ("iso-2022-jp", "550 宛先のメールボックスがいっぱいです"),
        ("gbk", "550 很抱歉，您的邮件被退回。用户不存在"), ("big5", "550 很抱歉，無法傳遞您的郵件。使用者不存在"),
        ("euc-kr", "550 메일을 전송하지 못했습니다. 존재하지 않는 사용자입니다"),
    ])
    func replies(charset: String, reply: String) throws {
        let known = explainer.explain(reply)
        #expect(known.category != .undetermined)
        let text = Array("250 Größe ok\n".utf8) + (try encoded(reply, charset)) + Array("\n550 No such user\n".utf8)
        let explained = Replies(text).compactMap { explainer.explain($0) }
        #expect(explained.map(\.category) == [.accepted, known.category, .unknownRecipient])
        #expect(explained.dropFirst().first?.text == known.text)
    }

    @Test("a set that is declared but is not it does not count")
    func wrong() throws {
        #expect(
            Charset.utf8(try encoded("Größe überschritten", "utf-8"), declared: "no-such-set")[...].string
                == "Größe überschritten")
        #expect(
            Charset.utf8(try encoded("Пользователь не найден", "windows-1251"), declared: "utf-8")[...].string
                == "Пользователь не найден")
    }

    @Test("a byte that no set has is a question mark, and the name of a set is no option of iconv")
    func faults() {
        #expect(Charset.utf8([0x61, 0xFF, 0x62], declared: "euc-jp")[...].string.contains("a"))
        #expect(Charset.converted([0x61], from: "utf-8//TRANSLIT") == nil)
        #expect(Charset.utf8([], declared: "utf-16").isEmpty)
    }

    @Test("marks of no width and odd spaces are no part of words, and capital letters of all scripts are small ones")
    func plain() {
        #expect(PlainText.plain(Array("n\u{2019}a\u{A0}pas\u{200B}".utf8))[...].string == "n'a pas")
        #expect(
            PlainText.lowercased(Array("ÉCHEC ŁÓDŹ ЯЩИК ПОЛЬ ΛΆΘΟΣ Ž".utf8))[...].string
                == "éCHEC łóDź ящик поль λΆθοσ ž")
    }
}
