/// Character references of HTML: `&lt;`, `&#64;`, `&#x40;`.
enum HTMLEntities {
    /// The character that the reference at `index` stands for, and where the reference ends. The semicolon may be
    /// missing behind a number.
    static func entity(_ html: [UInt8], at index: Int) -> (Unicode.Scalar, end: Int)? {
        let rest = html[(index + 1)...].prefix(32)
        if rest.first == .ascii("#") { return number(rest.dropFirst()) }
        let name = rest.prefix(while: \.isWordByte)
        guard name.endIndex < rest.endIndex, html[name.endIndex] == .ascii(";"), let scalar = named[name.string] else {
            return nil
        }
        return (scalar, name.endIndex + 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> (Unicode.Scalar, end: Int)? {
        let isHex = digits.first.map { $0.lowercased == .ascii("x") } ?? false
        let digits = (isHex ? digits.dropFirst() : digits)
        let number = digits.prefix { isHex ? TransferEncoding.hexDigit($0) != nil : $0.isDigit }
        guard (1...7).contains(number.count), let value = UInt32(number.string, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(value), value != 0
        else { return nil }
        let end = number.endIndex
        return (scalar, end < digits.endIndex && digits[end] == .ascii(";") ? end + 1 : end)
    }

    private static let named: [String: Unicode.Scalar] = {
        let words = table.split(separator: " ")
        let pairs = stride(from: 0, to: words.count, by: 2).map {
            (String(words[$0]), UInt32(words[$0 + 1], radix: 16)!)
        }
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0, Unicode.Scalar($1)!) })
    }()

    /// Names and code points: those of HTML 4, the marks of ASCII, and the letters of European languages
    /// (https://html.spec.whatwg.org/multipage/named-characters.html).
    private static let table = """
        AElig C6 Aacute C1 Abreve 102 Acirc C2 Acy 410 Agrave C0 Alpha 391 Amacr 100 Aogon 104 Aring C5 Atilde C3 \
        Auml C4 Bcy 411 Beta 392 CHcy 427 Cacute 106 Ccaron 10C Ccedil C7 Ccirc 108 Cdot 10A Chi 3A7 DJcy 402 DScy 405 \
        DZcy 40F Dagger 2021 Dcaron 10E Dcy 414 Delta 394 Dstrok 110 ENG 14A ETH D0 Eacute C9 Ecaron 11A Ecirc CA \
        Ecy 42D Edot 116 Egrave C8 Emacr 112 Eogon 118 Epsilon 395 Eta 397 Euml CB Fcy 424 GJcy 403 Gamma 393 \
        Gbreve 11E Gcedil 122 Gcirc 11C Gcy 413 Gdot 120 HARDcy 42A Hcirc 124 Hstrok 126 IEcy 415 IJlig 132 IOcy 401 \
        Iacute CD Icirc CE Icy 418 Idot 130 Igrave CC Imacr 12A Iogon 12E Iota 399 Itilde 128 Iukcy 406 Iuml CF \
        Jcirc 134 Jcy 419 Jsercy 408 Jukcy 404 KHcy 425 KJcy 40C Kappa 39A Kcedil 136 Kcy 41A LJcy 409 Lacute 139 \
        Lambda 39B Lcaron 13D Lcedil 13B Lcy 41B Lmidot 13F Lstrok 141 Mcy 41C Mu 39C NJcy 40A Nacute 143 Ncaron 147 \
        Ncedil 145 Ncy 41D NewLine A Ntilde D1 Nu 39D OElig 152 Oacute D3 Ocirc D4 Ocy 41E Odblac 150 Ograve D2 \
        Omacr 14C Omega 3A9 Omicron 39F Oslash D8 Otilde D5 Ouml D6 Pcy 41F Phi 3A6 Pi 3A0 Prime 2033 Psi 3A8 \
        Racute 154 Rcaron 158 Rcedil 156 Rcy 420 Rho 3A1 SHCHcy 429 SHcy 428 SOFTcy 42C Sacute 15A Scaron 160 \
        Scedil 15E Scirc 15C Scy 421 Sigma 3A3 THORN DE TSHcy 40B TScy 426 Tab 9 Tau 3A4 Tcaron 164 Tcedil 162 Tcy 422 \
        Theta 398 Tstrok 166 Uacute DA Ubrcy 40E Ubreve 16C Ucirc DB Ucy 423 Udblac 170 Ugrave D9 Umacr 16A Uogon 172 \
        Upsilon 3A5 Uring 16E Utilde 168 Uuml DC Vcy 412 Wcirc 174 Xi 39E YAcy 42F YIcy 407 YUcy 42E Yacute DD \
        Ycirc 176 Ycy 42B Yuml 178 ZHcy 416 Zacute 179 Zcaron 17D Zcy 417 Zdot 17B Zeta 396 aacute E1 abreve 103 \
        acirc E2 acute B4 acy 430 aelig E6 agrave E0 alefsym 2135 alpha 3B1 amacr 101 amp 26 and 2227 ang 2220 \
        aogon 105 apos 27 aring E5 ast 2A asymp 2248 atilde E3 auml E4 bcy 431 bdquo 201E beta 3B2 brvbar A6 bsol 5C \
        bull 2022 cacute 107 cap 2229 ccaron 10D ccedil E7 ccirc 109 cdot 10B cedil B8 cent A2 chcy 447 check 2713 \
        chi 3C7 circ 2C6 clubs 2663 colon 3A comma 2C commat 40 cong 2245 copy A9 crarr 21B5 cross 2717 cup 222A \
        curren A4 dArr 21D3 dagger 2020 darr 2193 dash 2010 dcaron 10F dcy 434 deg B0 delta 3B4 diams 2666 divide F7 \
        djcy 452 dollar 24 dscy 455 dstrok 111 dzcy 45F eacute E9 ecaron 11B ecirc EA ecy 44D edot 117 egrave E8 \
        emacr 113 empty 2205 emsp 2003 eng 14B ensp 2002 eogon 119 epsilon 3B5 equals 3D equiv 2261 eta 3B7 eth F0 \
        euml EB euro 20AC excl 21 exist 2203 fcy 444 fnof 192 forall 2200 frac12 BD frac14 BC frac34 BE frasl 2044 \
        gamma 3B3 gbreve 11F gcirc 11D gcy 433 gdot 121 ge 2265 gjcy 453 grave 60 gt 3E hArr 21D4 hardcy 44A harr 2194 \
        hcirc 125 hearts 2665 hellip 2026 horbar 2015 hstrok 127 hyphen 2010 iacute ED icirc EE icy 438 iecy 435 \
        iexcl A1 igrave EC ijlig 133 imacr 12B image 2111 imath 131 infin 221E inodot 131 int 222B iocy 451 iogon 12F \
        iota 3B9 iquest BF isin 2208 itilde 129 iukcy 456 iuml EF jcirc 135 jcy 439 jsercy 458 jukcy 454 kappa 3BA \
        kcedil 137 kcy 43A kgreen 138 khcy 445 kjcy 45C lArr 21D0 lacute 13A lambda 3BB lang 2329 laquo AB larr 2190 \
        lbrack 5B lcaron 13E lcedil 13C lceil 2308 lcub 7B lcy 43B ldquo 201C le 2264 lfloor 230A ljcy 459 lmidot 140 \
        lowast 2217 lowbar 5F loz 25CA lpar 28 lrm 200E lsaquo 2039 lsqb 5B lsquo 2018 lstrok 142 lt 3C macr AF mcy 43C \
        mdash 2014 micro B5 middot B7 minus 2212 mu 3BC nabla 2207 nacute 144 napos 149 nbsp A0 ncaron 148 ncedil 146 \
        ncy 43D ndash 2013 ne 2260 ni 220B njcy 45A not AC notin 2209 nsub 2284 ntilde F1 nu 3BD num 23 oacute F3 \
        ocirc F4 ocy 43E odblac 151 oelig 153 ograve F2 oline 203E omacr 14D omega 3C9 omicron 3BF oplus 2295 or 2228 \
        ordf AA ordm BA oslash F8 otilde F5 otimes 2297 ouml F6 para B6 part 2202 pcy 43F percnt 25 period 2E \
        permil 2030 perp 22A5 phi 3C6 phone 260E pi 3C0 piv 3D6 plus 2B plusmn B1 pound A3 prime 2032 prod 220F \
        prop 221D psi 3C8 quest 3F quot 22 rArr 21D2 racute 155 radic 221A rang 232A raquo BB rarr 2192 rbrack 5D \
        rcaron 159 rcedil 157 rceil 2309 rcub 7D rcy 440 rdquo 201D real 211C reg AE rfloor 230B rho 3C1 rlm 200F \
        rpar 29 rsaquo 203A rsqb 5D rsquo 2019 sacute 15B sbquo 201A scaron 161 scedil 15F scirc 15D scy 441 sdot 22C5 \
        sect A7 semi 3B shchcy 449 shcy 448 shy AD sigma 3C3 sigmaf 3C2 sim 223C softcy 44C sol 2F spades 2660 \
        star 2606 sub 2282 sube 2286 sum 2211 sup 2283 sup1 B9 sup2 B2 sup3 B3 supe 2287 szlig DF tau 3C4 tcaron 165 \
        tcedil 163 tcy 442 there4 2234 theta 3B8 thetasym 3D1 thinsp 2009 thorn FE tilde 2DC times D7 trade 2122 \
        tscy 446 tshcy 45B tstrok 167 uArr 21D1 uacute FA uarr 2191 ubrcy 45E ubreve 16D ucirc FB ucy 443 udblac 171 \
        ugrave F9 umacr 16B uml A8 uogon 173 upsih 3D2 upsilon 3C5 uring 16F utilde 169 uuml FC vcy 432 verbar 7C \
        vert 7C wcirc 175 weierp 2118 xi 3BE yacute FD yacy 44F ycirc 177 ycy 44B yen A5 yicy 457 yucy 44E yuml FF \
        zacute 17A zcaron 17E zcy 437 zdot 17C zeta 3B6 zhcy 436 zwj 200D zwnj 200C
        """
}
