import Testing

@testable import SMTPExplain

struct FoldedTextTests {
    @Test(
        "capitals become small",
        arguments: [
            ("User Unknown", "user unknown"), ("MAILBOX FULL", "mailbox full"), ("5.1.1 X-Y_Z", "5.1.1 x-y_z"),
            ("ПОЛЬЗОВАТЕЛЬ Не Найден", "пользователь не найден"),
            ("Ёмкость в чёрном", "емкость в черном"),
            ("@[\\]^_`{|}~", "@[\\]^_`{|}~"), ("邮箱 不存在", "邮箱 不存在"),
        ])
    func capitals(text: String, folded: String) {
        #expect(FoldedText(text).string == folded)
    }

    @Test(
        "Latin letters lose their marks",
        arguments: [
            ("ÜBERPRÜFT ÉCHEC À Ý", "uberpruft echec a y"), ("größer Œuvre Ærø", "grosser oeuvre aero"),
            ("na czarnej liście", "na czarnej liscie"), ("příjemce Kullanıcı İleti", "prijemce kullanici ileti"),
            ("e\u{301}chec", "echec"), ("3 × 4 ÷ 2", "3 × 4 ÷ 2"),
        ])
    func marks(text: String, folded: String) {
        #expect(FoldedText(text).string == folded)
    }

    @Test("what was folded is found again with its marks")
    func originalWithMarks() {
        #expect(FoldedText("Échec: boîte pleiné.").original(0..<5) == "Échec")
        #expect(FoldedText("la boîte, pleiné.").original(10..<16) == "pleiné")
    }

    @Test(
        "space of any kind and number becomes one space",
        arguments: [
            ("user  unknown", "user unknown"), ("user\tunknown", "user unknown"), ("user\r\n  unknown", "user unknown"),
            ("user\u{A0}unknown", "user unknown"), ("user \u{A0} \u{0B}\u{0C}unknown", "user unknown"),
            ("  user", " user"), ("user  ", "user "),
        ])
    func spaces(text: String, folded: String) {
        #expect(FoldedText(text).string == folded)
    }

    @Test(
        "typographic quotes and dashes become plain",
        arguments: [
            ("doesn’t exist", "doesn't exist"), ("‘a’", "'a'"), ("“no such user”", "\"no such user\""),
            ("rate–limited", "rate-limited"), ("rate‑limited", "rate-limited"), ("a—b", "a-b"), ("wait…", "wait…"),
        ])
    func quotes(text: String, folded: String) {
        #expect(FoldedText(text).string == folded)
    }

    @Test(
        "mail addresses are left out, with what encloses them",
        arguments: [
            ("收件人a@b.example不存在", "收件人不存在"), ("宛先「a@b.example」は無効", "宛先\"\"は無効"),
            ("邮件地址（a@b.example）不存在", "邮件地址()不存在"), ("用户@例え.example 不存在", " 不存在"),
            ("User jörg@bücher.example unknown", "user unknown"), ("почта@пример.example не найден", " не найден"),
            ("User <a@b.example> unknown", "user unknown"), ("user a@b.example unknown", "user unknown"),
            ("user 'a@b.example' unknown", "user unknown"), ("user \"a@b.example\" unknown", "user unknown"),
            ("user (a@b.example) unknown", "user unknown"), ("<a@b.example>: unknown", ": unknown"),
            ("a.b+c=d_e-f@sub.b-c.example is full", " is full"), ("mail a@b.example.", "mail ."),
            ("a@b.example, c@d.example", ", "), ("jörg@münchen.example fehlt", " fehlt"), ("a@b", ""),
        ])
    func addresses(text: String, folded: String) {
        #expect(FoldedText(text).string == folded)
    }

    @Test(
        "what is no mail address stays",
        arguments: [
            "@", "user @ home", "<> unknown", "<a> unknown", "look @b.example", "a@", "a@.", "b.example (192.0.2.1)",
        ])
    func noAddresses(text: String) {
        #expect(FoldedText(text).string == text)
    }

    @Test(
        "what was folded leads back to the original",
        arguments: [
            ("550 User <a@b.example> Unknown here", "user unknown", "User <a@b.example> Unknown"),
            ("It DOESN’T  exist", "doesn't exist", "DOESN’T  exist"), ("ПОЛНЫЙ Ящик!", "полный ящик", "ПОЛНЫЙ Ящик"),
            ("\tFull\r\n Mailbox", "full mailbox", "Full\r\n Mailbox"),
            ("Boîte PLEINÉ", "boite pleine", "Boîte PLEINÉ"),
        ])
    func original(text: String, folded: String, original: String) throws {
        let it = FoldedText(text)
        let range = try #require(it.bytes.firstRange(of: Array(folded.utf8)))
        #expect(it.original(range) == original)
    }

    @Test("an empty range leads to nothing")
    func emptyRange() {
        #expect(FoldedText("user").original(2..<2) == "")
        #expect(FoldedText("").bytes == [])
    }

    @Test("whatever the bytes, folding keeps their number or lessens it, and a second folding changes nothing")
    func anyBytes() {
        var random = SeededGenerator(seed: 3)
        let pieces: [[UInt8]] = [
            [0xE2, 0x80], [0xE2, 0x80, 0x99], [0xC2, 0xA0], [0xC2], [0xC3, 0x9F], [0xC3, 0x84], [0xD0, 0x9F], [0xD0],
            [0xFF], [0], Array("@".utf8), Array("A@b.c".utf8), Array("<".utf8), Array(">".utf8), [0x20], [0x0D, 0x0A],
            Array("Full.".utf8), Array("(x".utf8), Array("'".utf8),
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
                pieces.randomElement(using: &random)!
            }
            let once = FoldedText(text)
            #expect(once.bytes.count <= text.count, "\(text)")
            _ = once.original(0..<once.bytes.count)
            let noAddress = !text.contains(UInt8(ascii: "@"))
            if noAddress { #expect(FoldedText(once.bytes).bytes == once.bytes, "\(text)") }
        }
    }

    @Test("a character that is cut off, or goes on as none does, stays within its bytes", arguments: 0x80...0xFF)
    func brokenCharacters(lead: Int) {
        let lead = UInt8(lead)
        #expect(FoldedText([0x61, lead]).bytes.count <= 2)
        for next in UInt8.min...UInt8.max {
            #expect(FoldedText([lead, next]).bytes.count <= 2)
            #expect(FoldedText([lead, next, lead]).bytes.count <= 3)
            #expect(FoldedText([lead, 0x80, next]).bytes.count <= 3)
        }
    }
}
