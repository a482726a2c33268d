import Glibc
import Synchronization

/// Turns bytes in any character set into UTF-8, through the C library's `iconv`.
public enum Charset {
    /// The bytes as UTF-8. `declared` is the name that the message gives, if it gives one; where it gives none or one
    /// that nobody knows, or the bytes are not in it, they tell: what is UTF-8 stays, and of the rest that set counts
    /// in which they read most like words. What no set has becomes `?`.
    public static func utf8(_ bytes: [UInt8], declared: String? = nil) -> [UInt8] {
        if isPlainASCII(bytes) { return bytes }
        if let name = declared.map(canonical), !isVague(name), name != "utf-8", let text = converted(bytes, from: name)
        {
            return text
        }
        if bytes.contains(0x1B), let text = converted(bytes, from: "iso-2022-jp") { return text }
        if let name = byteOrder(bytes), let text = converted(bytes, from: name) { return text }
        return isUTF8(bytes) ? bytes : guessed(bytes)
    }

    /// The same as a string, of text that comes without a name for its set, as raw replies do.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        // ESC begins the shifts of ISO-2022, whose bytes are all ASCII.
        if !bytes.contains(0x1B), let text = String(validating: bytes, as: UTF8.self) { return text }
        return utf8(bytes)[...].string
    }

    /// ASCII but for the escape that ISO-2022 begins with; a zero byte stands in no text but UTF-16.
    private static func isPlainASCII(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 < 0x80 && $0 != 0x1B && $0 != 0 }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// Names that writers give sets they do not mean, and others that `iconv` knows by another name.
    private static func canonical(_ name: String) -> String {
        let name = name.lowercased().filter { $0 != "\"" && $0 != "'" && $0 != " " }
        return aliases[name] ?? name
    }

    private static let aliases = [
        "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "x-sjis": "cp932",
        "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-euc-jp": "euc-jp", "gb2312": "gb18030",
        "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
        "ksc5601": "cp949", "big5": "big5-hkscs", "iso-8859-1": "windows-1252", "latin1": "windows-1252",
        "iso-8859-8-i": "iso-8859-8", "iso-8859-9": "windows-1254", "iso-8859-11": "windows-874",
        "iso-2022-jp": "iso-2022-jp-ms", "koi8-r": "koi8-ru",
    ]

    /// Writers call text ASCII, or nothing at all, and then put in what they like.
    private static func isVague(_ name: String) -> Bool {
        ["", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "8bit", "binary"].contains(
            name)
    }

    /// Of UTF-16, by its mark or by the zeros that Latin letters have in it.
    private static func byteOrder(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "utf-16" }
        let head = bytes.prefix(512)
        let zeros = head.indices.lazy.filter { head[$0] == 0 }
        guard zeros.count * 3 > head.count else { return nil }
        return zeros.count { $0 % 2 == 1 } > zeros.count / 2 ? "utf-16le" : "utf-16be"
    }

    /// Sets that come undeclared, the more often met first.
    private static let undeclared = [
        "windows-1252", "cp932", "euc-jp", "gb18030", "big5-hkscs", "cp949", "windows-1251", "koi8-ru",
    ]

    private static func guessed(_ bytes: [UInt8]) -> [UInt8] {
        // A few hundred bytes tell as much as all.
        let high = bytes.firstIndex { $0 >= 0x80 } ?? 0
        var sample = Array(bytes[max(0, high - 1)...].prefix(2048))
        // A character that the cut parts says nothing.
        if let end = sample.lastIndex(where: { $0 < 0x40 }), end > 0 { sample = Array(sample[...end]) }
        let scored = undeclared.map { name in (name, converted(sample, from: name).map { likeness($0, name) } ?? -1) }
        let best = scored.max { $0.1 < $1.1 }!
        return converted(bytes, from: best.0) ?? bytes
    }

    /// How much a text looks like words that people write, from 0 to 1: the share of its letters beyond ASCII that
    /// are usual in their script, less those that no text has.
    private static func likeness(_ text: [UInt8], _ name: String) -> Double {
        var (good, all) = (0.0, 0.0)
        var last: Unicode.Scalar = " "
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            defer { last = scalar }
            guard scalar.value >= 0x80 else { continue }
            // A character of two bytes says twice as much as one of one.
            let size = scalar.value >= 0x2E80 ? 2.0 : 1.0
            all += size
            // Scripts are not mixed within a word.
            if size == 2, isPlainLetter(last) { continue }
            switch scalar.value {
            case 0x3040...0x30FF, 0x3001...0x3002, 0xFF01, 0xFF0C, 0xFF1A: good += size
            // Korean is hardly written with them any more.
            case 0x4E00...0x9FFF: good += name == "cp949" ? 0 : size * (commonHan.contains(scalar) ? 1 : 0.7)
            case 0xAC00...0xD7A3: good += size * 0.95
            // Small letters follow each other in Cyrillic; Latin letters with marks stand among plain ones.
            case 0x0430...0x044F: good += isCyrillic(last) ? 0.9 : isPlainLetter(last) ? 0 : 0.6
            case 0x0410...0x042F: good += isCyrillic(last) ? 0.3 : isPlainLetter(last) ? 0 : 0.7
            case 0xC0...0xFF:
                good += last.properties.isAlphabetic && last.value < 0x80 ? 0.95 : last.value < 0x80 ? 0.5 : 0
            case 0xA0...0xBF, 0x2010...0x2026: good += 0.3
            case 0xFF61...0xFF9F: good += 0.1
            case 0xE000...0xF8FF, 0xFFFD, 0x80...0x9F: good -= size
            default: break
            }
        }
        return all > 0 ? good / all : 0
    }

    /// The most frequent characters of Chinese, and those of mail, in both scripts.
    private static let commonHan = Set(
        """
        的一是不了在人有我他这個个们中来上大为和国地到以说時时要就出会會可也你对對生能而子那得于着下自之年过過发後后作里用道行所然\
        家种事成方多经經么去法学如都同现當当没动面起看定天分还進进好小部其些主样理心她本前开但因只从想实日軍者意无無力它與与\
        长長把机十民第公此已工使情明性知全三又关關点正业業外将將两高间間由问問很最重并物手应應战向头頭文体體政美相见見被利什二等产\
        邮郵件信收送退址户戶失败敗请請您您投递遞达達回系统統箱满滿服务務器原因拒绝絕错錯误誤
        """.unicodeScalars)

    private static func isPlainLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && UInt8(ascii: scalar).isLetter
    }

    private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool { (0x0400...0x04FF).contains(scalar.value) }

    /// The converters that stay open, by their sets; as many as there are names that `iconv` knows, at most.
    private static let open = Mutex<[String: UInt]>([:])

    /// Nil where there is no such set. A byte that is not of the set becomes `?`; many of them, and it is not in the set.
    static func converted(_ bytes: [UInt8], from name: String, to other: String = "UTF-8") -> [UInt8]? {
        // A name is letters and digits (RFC 2978); `iconv` takes options behind slashes.
        guard name.utf8.count <= 40, name.utf8.allSatisfy({ $0.isWordByte || "-_.:+()".utf8.contains($0) }) else {
            return nil
        }
        guard let converter = iconv_open(other, name), converter != iconv_t(bitPattern: -1) else { return nil }
        // With its last converter, iconv unloads a set from memory, and loading it takes a hundred times as long as a
        // short text: so the first of each stays open.
        let stays = open.withLock { open in
            guard open["\(name) \(other)"] == nil else { return false }
            open["\(name) \(other)"] = UInt(bitPattern: converter)
            return true
        }
        defer { if !stays { iconv_close(converter) } }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 2)
        var faults = 0
        var input = bytes
        input.withUnsafeMutableBytes { input in
            var from: UnsafeMutablePointer<CChar>? = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = input.count
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { room in
                while left > 0 {
                    var to: UnsafeMutablePointer<CChar>? = room.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var free = room.count
                    let status = iconv(converter, &from, &left, &to, &free)
                    let fault = errno
                    result += room[..<(room.count - free)]
                    guard status == Int(bitPattern: UInt(bitPattern: -1)), fault != E2BIG else { continue }
                    // A byte that begins nothing, or a character that the end parts.
                    faults += 1
                    result.append(.ascii("?"))
                    from = from?.advanced(by: 1)
                    left -= 1
                }
            }
        }
        return faults * 20 > bytes.count { $0 >= 0x80 } + 20 ? nil : result
    }
}
