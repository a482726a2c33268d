import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("GET /enhanced")
struct EnhancedRouteTests {
    @Test(
        "an enhanced code has the facts of its catalog entry, in any class",
        arguments: Catalog.enhancedCodes.map(\.pattern))
    func entryHasItsFacts(pattern: EnhancedCode) throws {
        let entry = try #require(Catalog.entry(pattern))
        for code in [pattern] + [2, 4, 5].compactMap(pattern.inClass) {
            let response = service.get("/enhanced/\(code)")
            let answer = response.json
            #expect(response.status == 200)
            #expect(answer["code"] == .text(code.description))
            #expect(answer["pattern"] == .text(pattern.description))
            #expect(answer["meaning"] == .text(entry.meaning))
            #expect(answer["description"] == .text(entry.description))
            #expect(answer["registered"] == true)
            #expect(answer["subject"]["digit"] == .number(pattern.subject))
            #expect(answer["class"]["digit"] == (code.classDigit.map(Value.number) ?? .absent))
            #expect(answer["references"].items.map { $0["url"].string } == entry.references.map(\.url))
            #expect(!answer["advice"].string.isEmpty)
        }
    }

    @Test("5.1.1 is answered as the design says")
    func fiveOneOne() {
        let answer = service.get("/enhanced/5.1.1").json
        #expect(
            answer.names.isSuperset(of: [
                "action", "advice", "category", "class", "code", "description", "disposition", "meaning", "pattern",
                "references", "replyCodes", "subject",
            ]))
        #expect(answer["category"] == "unknown-recipient")
        #expect(answer["class"]["name"] == "Permanent Failure")
        #expect(answer["disposition"] == "permanent")
        #expect(answer["meaning"] == "Bad destination mailbox address")
        #expect(answer["pattern"] == "x.1.1")
        #expect(answer["replyCodes"] == [451, 550])
        #expect(answer["subject"]["name"] == "Addressing Status")
    }

    @Test("the x form has neither class nor disposition", arguments: ["x.1.1", "X.1.1"])
    func anyClass(code: String) {
        let answer = service.get("/enhanced/\(code)").json
        #expect(answer["code"] == "x.1.1")
        #expect(answer["class"] == .absent)
        #expect(answer["disposition"] == .absent)
    }

    @Test("the disposition follows the class", arguments: [(2, "success"), (4, "transient"), (5, "permanent")])
    func dispositionFollowsClass(digit: Int, disposition: String) {
        #expect(service.get("/enhanced/\(digit).2.2").json["disposition"] == .text(disposition))
    }

    @Test("a meaning is the source list's to the letter, its curly apostrophe included")
    func curlyApostrophe() {
        #expect(service.get("/enhanced/x.1.7").json["meaning"] == "Bad sender’s mailbox address syntax")
    }

    @Test("a class that makes no sense with the code is noted")
    func uselessClassIsNoted() throws {
        let entry = try #require(Catalog.enhancedCodes.first { !$0.usefulClasses.contains(2) })
        let useful = try #require(entry.usefulClasses.first)
        #expect(service.get("/enhanced/\(entry.pattern.inClass(2)!)").json["note"].string.contains("class 2"))
        #expect(service.get("/enhanced/\(entry.pattern.inClass(useful)!)").json["note"] == .absent)
    }

    @Test("receivers that use a code in their own way are listed with what they mean")
    func providersAreListed() {
        let uses = service.get("/enhanced/5.7.26").json["providers"].items
        #expect(uses.contains { $0["name"] == "Google" && $0["href"] == "/providers/google" })
        #expect(uses.allSatisfy { !$0["meaning"].string.isEmpty && !$0["advice"].string.isEmpty })
        #expect(uses.allSatisfy { Category(rawValue: $0["category"].string) != nil })
    }

    @Test(
        "a code that only a receiver defines is an entry too, also inside a range", arguments: ["5.7.606", "5.7.620"])
    func unregisteredCode(code: String) {
        let answer = service.get("/enhanced/\(code)").json
        #expect(answer["code"] == .text(code))
        #expect(answer["registered"] == false)
        #expect(answer["disposition"] == "permanent")
        #expect(!answer["providers"].items.isEmpty)
        #expect(answer["meaning"] == answer["providers"][0]["meaning"])
    }

    @Test("a provider's code counts in its own class only")
    func providerCodeHasItsClass() {
        #expect(service.get("/enhanced/2.7.606").status == 404)
    }

    @Test("the list has every registered code once, and what only receivers define")
    func listIsWhole() {
        let list = service.get("/enhanced").json
        let registered = list["codes"].items.filter { $0["registered"] == true }.map { $0["code"].string }
        let others = list["codes"].items.filter { $0["registered"] == false }
        #expect(list["count"] == .number(list["codes"].items.count))
        #expect(Set(registered) == Set(Catalog.enhancedCodes.map(\.pattern.description)))
        #expect(registered.count == Catalog.enhancedCodes.count)
        #expect(others.contains { $0["range"]["first"] == "5.7.606" && $0["range"]["last"] == "5.7.649" })
        #expect(Set(others.map { $0["code"].string }).count == others.count)
    }

    @Test(
        "class and subject narrow the list, alone and together",
        arguments: [
            ("class=2", 2, nil), ("class=4", 4, nil), ("class=5", 5, nil), ("subject=0", nil, 0), ("subject=7", nil, 7),
            ("class=5&subject=1", 5, 1), ("subject=2&class=4", 4, 2),
        ] as [(String, Int?, Int?)])
    func filtersNarrow(query: String, classDigit: Int?, subject: Int?) {
        let codes = service.get("/enhanced?\(query)").json["codes"].items
        #expect(!codes.isEmpty)
        #expect(codes.count < service.get("/enhanced").json["codes"].items.count)
        if let classDigit {
            #expect(codes.allSatisfy { $0["class"]["digit"] == .number(classDigit) })
        }
        if let subject {
            #expect(codes.allSatisfy { $0["subject"]["digit"] == .number(subject) })
        }
    }

    @Test(
        "q finds codes by words in any order and letter case",
        arguments: [
            ("q=mailbox+full", "x.2.2", "x.1.1"), ("q=FULL+mailbox", "x.2.2", "x.1.1"),
            ("q=x.7.26", "x.7.26", "x.7.25"),
            ("q=5.7.6&class=5", "5.7.606", "5.1.1"), ("q=mailbox+full&class=4", "4.2.2", "x.2.2"),
        ])
    func searchFinds(query: String, found: String, missing: String) {
        let codes = service.get("/enhanced?\(query)").json["codes"].items.map { $0["code"].string }
        #expect(codes.contains(found))
        #expect(!codes.contains(missing))
    }

    @Test(
        "what is not three numbers with a class of 2, 4, 5 or x is malformed",
        arguments: [
            "5", "5.1", "5.1.1.1", "3.1.1", "1.1.1", "0.1.1", "6.1.1", "5.01.1", "5.1.01", "5.1000.1", "5.1.1000",
            "5..1",
            ".1.1", "5.1.", "a.b.c", "xx.1.1", "y.1.1", "5.x.1", "5.1.-1", "+5.1.1", "5,1,1", "5.1.1 ", "５.1.1",
            "#5.1.1",
        ])
    func malformedCode(code: String) {
        let response = service.get("/enhanced/\(code)")
        #expect(response.status == 400)
        #expect(response.json["type"] == "urn:smtp-codes:problem:malformed-code")
        #expect(response.json["detail"].string.contains("\"\(code)\""))
    }

    @Test(
        "an unregistered code that nobody uses is told its class and subject",
        arguments: [
            ("5.1.999", "5.1.0", 5, 1), ("4.2.999", "4.2.0", 4, 2), ("2.7.999", "2.7.0", 2, 7),
            ("x.3.999", "x.3.0", nil, 3),
            ("5.9.1", "5.0.0", 5, nil), ("x.999.999", "x.0.0", nil, nil),
        ] as [(String, String, Int?, Int?)])
    func unknownCode(code: String, general: String, classDigit: Int?, subject: Int?) {
        let response = service.get("/enhanced/\(code)")
        let nearest = response.json["nearest"]
        #expect(response.status == 404)
        #expect(response.json["type"] == "urn:smtp-codes:problem:unknown-code")
        #expect(nearest["code"] == .text(general))
        #expect(nearest["class"]["digit"] == (classDigit.map(Value.number) ?? .absent))
        #expect(nearest["subject"]["digit"] == (subject.map(Value.number) ?? .absent))
        #expect(nearest["meaning"] == service.get(nearest["href"].string).json["meaning"])
    }
}
