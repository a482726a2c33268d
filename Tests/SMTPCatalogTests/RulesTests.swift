import Testing

/// The rules that the other tests lean on can fail.
struct RulesTests {
    @Test(
        "a sound sentence has no fault",
        arguments: ["Retry later.", "Look at https://a.example/ first. Then retry."])
    func soundProse(text: String) {
        #expect(faults(inProse: text) == [])
    }

    @Test(
        "a fault in a sentence is found",
        arguments: [
            "", "Retry later", "Retry  later.", "Retry\u{2014}later.", " Retry.", "Retry. ", "Retry...", "A\nb.",
        ])
    func faultyProse(text: String) {
        #expect(faults(inProse: text) != [])
    }

    @Test("a web address is one", arguments: ["https://a.example/", "http://a.example", "https://a.example/x?y=z#1.2"])
    func webAddress(text: String) {
        #expect(isWebAddress(text))
    }

    @Test(
        "what is no web address is refused",
        arguments: [
            "", "-", "a.example", "https://", "https:///x", "ftp://a.example/", "https://a .example/",
            "https://a.example/x y", "mailto:a@b.example", "https://localhost/", "https://ä.example/",
        ])
    func noWebAddress(text: String) {
        #expect(!isWebAddress(text))
    }
}
