import SMTPExplain
import Testing

/// What a package that uses the library writes; nothing here needs more than `import SMTPExplain`.
struct LibraryTests {
    @Test("the example of the README compiles and is true")
    func example() {
        let explainer = Explainer()  // make one, share it between threads
        let it = explainer.explain("550 5.1.1 <bob@corp.example>: User unknown")
        #expect(it.category.rawValue == "unknown-recipient")
        #expect(it.disposition?.rawValue == "permanent")
        #expect(it.action.rawValue == "suppress")
        #expect(it.party?.rawValue == "recipient")
        #expect(it.suppress && it.bounce.rawValue == "hard" && it.retry == nil)
        #expect(it.confidence == .high)
        #expect(it.evidence.map(\.found) == ["User unknown", "5.1.1"])
        #expect(it.text == "<bob@corp.example>: User unknown")
        #expect(it.warnings.isEmpty)
    }

    @Test("one explainer serves many tasks at once")
    func concurrent() async {
        let explainer = Explainer()
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<64 {
                group.addTask { explainer.explain("452 4.2.2 Mailbox full").category.rawValue }
            }
            for await category in group { #expect(category == "mailbox-full") }
        }
    }
}
