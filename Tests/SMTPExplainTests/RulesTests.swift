import FoundationEssentials
import Glibc
import Testing

@testable import SMTPExplain

/// An operator's own rules.
struct RulesTests {
    private func rules(_ json: String) throws(Rules.Fault) -> Rules { try Rules(json: Data(json.utf8)) }

    @Test("an own phrase is stronger than all that is built in")
    func phrase() throws {
        let own = Explainer(
            rules: try rules(#"{"phrases":[{"words":"The Hamster ... asleep","category":"system-unavailable"}]}"#))
        let it = own.explain("550 5.1.1 user unknown, the hamster in the wheel is asleep")
        #expect(it.category == .systemUnavailable)
        #expect(it.evidence.first?.found == "the hamster in the wheel is asleep")
        #expect(it.evidence.contains { $0.category == .unknownRecipient })
    }

    @Test("an own provider is known by its host, and its codes say what they mean")
    func provider() throws {
        let own = Explainer(
            rules: try rules(
                #"{"providers":[{"name":"Acme","hosts":["acme.example"],"codes":[{"code":"ACME-12","category":"rate-limited","meaning":"Acme is full.","advice":"Wait."}]}]}"#
            ))
        let it = own.explain("host mx.acme.example[192.0.2.1] said: 550 5.1.1 no such user ACME-12")
        #expect(it.category == .rateLimited)
        #expect(it.provider?.name == "Acme")
        #expect(it.advice == "Wait.")
    }

    @Test(
        "odd words in a rule harm nothing",
        arguments: ["@ x", "a", #"x\u0000"#, "ß*", "*x", "e\u{301}*"])
    func oddWords(words: String) throws {
        let own = Explainer(
            rules: try rules(
                """
                {"phrases":[{"words":"\(words)","category":"policy"}],
                 "blocklists":[{"name":" L","kind":"ip","signature":"\(words)"}],
                 "providers":[{"name":" A","hosts":["\(words)"],"texts":["\(words)"],
                               "codes":[{"wording":"a b","category":"policy"}]}]}
                """))
        #expect(own.explain("550 5.1.1 The wheel \(words), user unknown").reply?.rawValue == 550)
    }

    @Test(
        "words are found however they are spelled in the file",
        arguments: [
            ("THE HAMSTER", "550 the hamster"), ("hämster", "550 Ha\u{308}mster"), ("ԱԲԳ", "550 ԱԲԳ"),
            (" x y * ", "550 x yz"),
            ("a {mailbox} sleeps", "550 a mailbox sleeps"),
            ("hub {ip} hates {ip}", "550 hub 192.0.2.1 hates ip"),
            ("hub {ip} hates {ip}", "550 hub ip hates 192.0.2.1"),
            ("hub" + String(repeating: " {ip}", count: 40), "550 hub" + String(repeating: " 192.0.2.1", count: 40)),
        ])
    func spelling(words: String, reply: String) throws {
        let own = Explainer(rules: try rules(#"{"phrases":[{"words":"\#(words)","category":"greylisted"}]}"#))
        #expect(own.explain(reply).category == .greylisted)
    }

    @Test(
        "words that no reply can have are refused, wherever they stand",
        arguments: [
            "*", " * ", " ... ", "... ", "a ... ", " ... a", "a ...  ... b", "a ... *", "a@b.example",
            "user <a@b.example> unknown",
            "\u{301}", "a ... \u{301}", "{hamster} sleeps", "",
        ])
    func neverFound(words: String) {
        let items = [
            (#"{"phrases":[{"words":"\#(words)","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"blocklists":[{"name":"A","signature":"\#(words)"}]}"#, "blocklists[0].signature"),
            (#"{"providers":[{"name":"A","hosts":["a.example","\#(words)"]}]}"#, "providers[0].hosts[1]"),
            (
                #"{"providers":[{"name":"A","codes":[{"wording":"\#(words)","category":"policy"}]}]}"#,
                "providers[0].codes[0].wording"
            ),
        ]
        for (json, item) in items { expectFault(json, item) }
    }

    @Test(
        "a phrase may ask for codes, beside its words or before them",
        arguments: [
            (#""words":"the hamster","code":"550""#, "550 the hamster", true),
            (#""words":"the hamster","code":"550""#, "554 the hamster", false),
            (#""words":"the hamster","code":"550 5.7.1""#, "550 5.7.1 no, the hamster", true),
            (#""words":"the hamster","code":"550 5.7.1""#, "550 5.7.2 no, the hamster", false),
            (#""words":"the hamster","code":"4""#, "451 the hamster", true),
            (#""words":"the hamster","code":"4""#, "551 the hamster", false),
            (#""words":"550 the hamster""#, "550 the hamster", true),
            (#""words":"550 the hamster""#, "554 the hamster", false),
            (#""words":"550 the hamster""#, "554 we were told: 550 the hamster", true),
            (#""words":"550 5.7.1 the {mailbox} wheel*""#, "550-5.7.1 the mailbox\r\n550 5.7.1 wheels", true),
            (#""words":"5.7.1 hamster""#, "550 5.7.1 hamster", true),
            (#""words":"5.7.1 hamster""#, "550 hamster", false),
            (#""words":"550 ... hamster""#, "550 5.1.1 no hamster", true),
            (#""words":"300 hamsters""#, "550 you have sent 300 hamsters", true),
        ])
    func codes(phrase: String, reply: String, isFound: Bool) throws {
        let own = Explainer(rules: try rules(#"{"phrases":[{\#(phrase),"category":"greylisted"}]}"#))
        #expect((own.explain(reply).category == .greylisted) == isFound)
    }

    @Test("a reply code means what the provider's rule says, in its replies")
    func replyCode() throws {
        let own = Explainer(
            rules: try rules(
                #"{"providers":[{"name":"Acme","hosts":["acme.example"],"codes":[{"code":"521","category":"rate-limited"}]}]}"#
            ))
        #expect(
            own.explain("521 user unknown", known: Circumstances(host: "mx.acme.example")).category == .rateLimited)
        #expect(own.explain("521 user unknown").category == .unknownRecipient)
    }

    @Test("codes for a built-in provider come before its own")
    func merged() throws {
        let own = Explainer(
            rules: try rules(
                #"{"providers":[{"name":"google","codes":[{"code":"5.7.26","category":"policy","meaning":"Ours."}]}]}"#)
        )
        #expect(own.explain("550 5.7.26 unauthenticated - gsmtp").summary.hasPrefix("Ours."))
        #expect(own.explain("550 5.7.26 unauthenticated - gsmtp").provider?.service == "Gmail")
    }

    @Test("an own blocklist is named with its page")
    func blocklist() throws {
        let own = Explainer(
            rules: try rules(
                #"{"blocklists":[{"name":"Acme BL","kind":"ip","signature":"bl.acme.example","lookup":"https://bl.acme.example/"}]}"#
            ))
        let it = own.explain("554 5.7.1 rejected, see bl.acme.example")
        #expect(it.category == .senderBlocked)
        #expect(it.blocklists.map(\.lookup) == ["https://bl.acme.example/"])
    }

    @Test("an own provider may be known by an address, of which the domain counts")
    func address() throws {
        let own = Explainer(rules: try rules(#"{"providers":[{"name":"Acme","texts":["postmaster@acme.example"]}]}"#))
        #expect(own.explain("550 5.1.1 refused, ask postmaster@acme.example").provider?.name == "Acme")
    }

    @Test(
        "a bad file is refused with item and reason",
        arguments: [
            (#"{"phrases":[{"words":"x y","category":"nope"}]}"#, "phrases[0].category"),
            (#"{"phrases":[{"words":"x y","category":"policy"},{"word":"x","category":"policy"}]}"#, "phrases[1].word"),
            (#"{"phrases":[{"words":" ","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[{"words":7,"category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[{"category":"policy"}]}"#, "phrases[0]"),
            (#"{"phrases":["x"]}"#, "phrases[0]"),
            (#"{"phrases":[{"words":"550","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[{"words":"550 5.7.1","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[{"words":"x","code":"hamster","category":"policy"}]}"#, "phrases[0].code"),
            (#"{"phrases":[{"words":"x","code":"650","category":"policy"}]}"#, "phrases[0].code"),
            (#"{"phrases":[{"words":"x","code":"","category":"policy"}]}"#, "phrases[0].code"),
            (#"{"phrases":[{"words":"x","code":550,"category":"policy"}]}"#, "phrases[0].code"),
            (#"{"phrases":[{"words":"x","words":"y","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[],"phrases":[]}"#, "phrases"),
            (#"{"phrases":{}}"#, "phrases"),
            (#"{"phrase":[]}"#, "phrase"),
            (#"{"providers":[{"name":"A","codes":[{"category":"policy"}]}]}"#, "providers[0].codes[0]"),
            (#"{"providers":[{"name":"A","codes":[{"code":" ","category":"policy"}]}]}"#, "providers[0].codes[0].code"),
            (#"{"blocklists":[{"name":"A","signature":"a.example","kind":"url"}]}"#, "blocklists[0].kind"),
            (#"{"phrases":["#, ""), (#"{"phrases":[],}"#, ""), ("[]", ""), ("", ""),
        ])
    func faults(json: String, item: String) { expectFault(json, item) }

    private func expectFault(_ json: String, _ item: String) {
        #expect {
            try rules(json)
        } throws: { error in
            guard let fault = error as? Rules.Fault else { return false }
            return fault.item == item && !fault.reason.isEmpty && fault.position.hasPrefix("at line 1, column ")
        }
    }

    @Test("a fault says where it stands, however deep")
    func positions() {
        let json = """
            {"blocklists": [],
             "phrases": [
               {"words": "a \\" b", "category": "policy"},
               {"category" : "policy",
                "words" : "*"}]}
            """
        let fault = #expect(throws: Rules.Fault.self) { try rules(json) }
        #expect(fault?.description == #"phrases[1].words at line 5, column 5 (byte 110): is only "*""#)
        let comma = #expect(throws: Rules.Fault.self) { try rules("{\n \"phrases\": [],\n}") }
        #expect(comma?.description == "at line 3, column 1 (byte 18): is no JSON (RFC 8259)")
    }

    @Test("a file is at most 16 MiB")
    func size() throws {
        let rest = Data(repeating: 0x20, count: Rules.mostBytes - 2)
        #expect(try Rules(json: Data("{}".utf8) + rest).phrases.isEmpty)
        #expect(throws: Rules.Fault.self) { try Rules(json: Data("{}".utf8) + rest + [0x20]) }
    }

    /// Of work, however many tests share the processors.
    private func secondsOfThisThread() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("many rules of a kind take no more than their number")
    func many() throws {
        let phrases = (0..<20_000).map { #"{"words":"hamster \#($0) ... asleep","category":"policy"}"# }
        let providers = (0..<20_000).map { #"{"name":"Acme \#($0)","hosts":["h\#($0).example"]}"# }
        let json =
            #"{"phrases":[\#(phrases.joined(separator: ","))],"providers":[\#(providers.joined(separator: ","))]}"#
        let begin = secondsOfThisThread()
        let own = Explainer(rules: try rules(json))
        // Some two in a debug build; by each with each it would take minutes.
        #expect(secondsOfThisThread() - begin < 60)
        #expect(own.explain("550 5.1.1 hamster 19999 is asleep").category == .policy)
    }
}
