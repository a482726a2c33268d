import FoundationEssentials
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

    @Test("odd words in a rule harm nothing", arguments: ["", " ", "*", " ... ", "... ", "@", "a", #"\u0000"#, "ß*"])
    func oddWords(words: String) throws {
        let own = Explainer(
            rules: try rules(
                """
                {"phrases":[{"words":"\(words) x","category":"policy"}],
                 "blocklists":[{"name":" \(words) L","kind":"ip","signature":"\(words) l"}],
                 "providers":[{"name":" A","hosts":["\(words)"],"texts":["\(words)"],
                               "codes":[{"wording":"a b","category":"policy"}]}]}
                """))
        #expect(own.explain("550 5.1.1 The wheel \(words) x, user unknown").reply?.rawValue == 550)
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

    @Test(
        "a bad file is refused with item and reason",
        arguments: [
            (#"{"phrases":[{"words":"x y","category":"nope"}]}"#, "phrases[0].category"),
            (#"{"phrases":[{"words":"x y","category":"policy"},{"word":"x","category":"policy"}]}"#, "phrases[1].word"),
            (#"{"phrases":[{"words":" ","category":"policy"}]}"#, "phrases[0].words"),
            (#"{"phrases":[{"category":"policy"}]}"#, "phrases[0]"),
            (#"{"phrases":{}}"#, "phrases"),
            (#"{"phrase":[]}"#, "phrase"),
            (#"{"providers":[{"name":"A","codes":[{"category":"policy"}]}]}"#, "providers[0].codes[0]"),
            (#"{"blocklists":[{"name":"A","signature":"a.example","kind":"url"}]}"#, "blocklists[0].kind"),
            (#"{"phrases":["#, ""), ("[]", ""), ("", ""),
        ])
    func faults(json: String, item: String) {
        #expect { try rules(json) } throws: { error in
            guard let fault = error as? Rules.Fault else { return false }
            return fault.item == item && !fault.reason.isEmpty
        }
    }
}
