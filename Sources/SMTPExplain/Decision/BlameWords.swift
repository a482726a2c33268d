/// The small words between the nouns and the denials of a refusal, of all languages: what joins them to one name, and what
/// parts them.
extension Blame {
    /// What says whose something is.
    static let genitives = WordSet(
        """
        of for to du des de del della dello dell dei degli delle do da dos das di van von voor der den dem zu zum til för für pour
        per para por dla do для на від pro za του της al ai của dari untuk ของ
        """)
    static let articles = WordSet(
        """
        a an the this that your our la le el les los las l il lo gli i o os as dit deze der die das den dem des dieser
        dieses einen einer un una um uma email mail
        """)
    /// What is said in place of somebody, or of where he gets mail.
    static let namesOfMailboxes = WordSet(
        """
        name names id ids identity number email emails mail e-mail record entry listing login owner status state part rest
        spelling syntax existence validity copy one
        """)
    /// What has been done to an address that is there no more. Beside nothing but a noun it may be anything: `user deleted
    /// your message`.
    static let removals = WordSet(
        """
        deleted removed erased purged gelöscht entfernt supprimé supprimée effacé eliminado eliminada borrado borrada
        eliminato rimosso cancellato excluído removido verwijderd usunięty usunięte usunięta удален удалён видалено smazán odstraněn slettet
        fjernet borttagen raderad poistettu silinmiş törölt șters dihapus изтрит obrisan διαγραφεί
        """)
    /// What goes on from one denial to the next.
    static let lasting = WordSet("plus ya")
    /// What stands between an IP address and what is said of it.
    static let links = WordSet(
        """
        is was are ist war est es esta e era the this die der la le el address addresses adresse adres direccion dirección
        indirizzo endereço адрес 地址 アドレス は が
        """)
    /// What ends a name: who is `not found on the server` is no server.
    static let ends = WordSet(
        """
        in on at by from with to of for under via against and or but as than is was are were has have had does do did can could be
        been will not no cannot now already that which who whose if because
        im am an auf bei vom von für mit zu und oder ist wurde hat nicht kein dans sur à par chez de du des et est a pas
        en por con para y es no del su di da per e non nel sul em no na não ao op van voor met en niet på i hos av med
        och og er ikke inte w na przez z nie v ve na u s je не на в у с из от по για στο στον με στη și pe la cu nu
        di pada oleh dan tidak trong trên bởi không في على من لا ב על של לא در روی بر به از با
        """)
    /// What joins two nouns in scripts that have no spaces, or has to stand between two.
    static let joints = WordSet("的 の 의 का की के 邮件 郵件 的邮件 的郵件 メール のメール 메일 邮箱 的邮箱")
}

extension FoldedText {
    /// The words between two places; nil where more than blanks, hyphens and apostrophes stands between them.
    func words(from start: Int, to end: Int) -> [Range<Int>]? {
        guard start <= end else { return nil }
        var words: [Range<Int>] = []
        var i = start
        while i < end {
            let first = i
            while i < end, bytes[i].isLetter || bytes[i] >= 0x80 { i += 1 }
            if i > first {
                words.append(first..<i)
            } else if bytes[i] == 0x20 || bytes[i] == .ascii("-") {
                i += 1
            } else if bytes[i] == .ascii("'"), i > 0, bytes[i - 1] != 0x20 {
                // `user's`, `recipients'`, `l'utilisateur`
                i += bytes.has("'s ", at: i) ? 3 : 1
            } else {
                return nil
            }
        }
        return words
    }

    /// Do none but these words stand between two places near each other, whatever the marks?
    func has(only words: WordSet, from start: Int, to end: Int) -> Bool {
        guard start <= end, end - start <= 24 else { return false }
        return bytes[start..<end].split { !$0.isLetter && $0 < 0x80 }.allSatisfy { words.contains(packed($0.indices)) }
    }

    func packed(_ word: Range<Int>) -> UInt64 { WordSet.packed(bytes[word].prefix(8)) }

    /// Where the word for `or` ends that stands at `index`.
    func end(ofAlternativeAt index: Int) -> Int? {
        let word = Self.alternatives.first { bytes.has($0, at: index) }
        return word.map { index + $0.utf8CodeUnitCount }
    }

    /// With a blank behind, where words have blanks between.
    private static let alternatives: [StaticString] = [
        "or ", "oder ", "ou ", "o ", "eller ", "tai ", "lub ", "albo ", "nebo ", "или ", "або ", "veya ",
        "atau ", "hoac ", "vagy ", "sau ", "ή ", "או ", "أو ", "या ", "หรือ", "または", "もしくは", "或", "또는",
    ]

    /// Does the word for an address, which may be of mail or of a host, end here?
    func endsWithAddress(_ end: Int) -> Bool {
        Self.addressWords.contains { bytes.has($0, before: end) }
    }

    private static let addressWords: [StaticString] = [
        "address", "addresses", "adresse", "adres", "adresi", "adresa", "adress", "direccion", "indirizzo", "endereco",
        "адрес", "адреса", "地址", "アドレス", "주소", "osoite", "osoitetta", "alamat", "dia chi", "cim", "διευθυνση",
        "العنوان", "عنوان", "כתובת",
    ]
}

extension Array {
    /// Where the first stands of those that meet a condition, which none before it meets and all behind it do; their
    /// count where none does.
    func place(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
