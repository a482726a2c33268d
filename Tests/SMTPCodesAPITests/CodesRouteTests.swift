import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("GET /codes")
struct CodesRouteTests {
    @Test("a reply code has the facts of its catalog entry", arguments: Catalog.replyCodes.map(\.code))
    func entryHasItsFacts(code: ReplyCode) throws {
        let entry = try #require(Catalog.entry(code))
        let response = service.get("/codes/\(code)")
        let answer = response.json
        #expect(response.status == 200)
        #expect(answer["code"] == .number(code.rawValue))
        #expect(answer["meaning"] == .text(entry.meaning))
        #expect(answer["text"] == .text(entry.text))
        #expect(answer["description"] == .text(entry.description))
        #expect(answer["advice"] == .text(entry.advice))
        #expect(answer["action"] == .text(entry.action.rawValue))
        #expect(answer["category"] == .text(entry.category.rawValue))
        #expect(answer["disposition"] == .text(entry.disposition.rawValue))
        #expect(answer["class"]["digit"] == .number(code.rawValue / 100))
        #expect(answer["group"]["digit"] == entry.code.group.map { .number($0.digit) } ?? .absent)
        #expect(answer["registered"] == .flag(entry.isRegistered))
        #expect(answer["issuedFor"] == .list(entry.issuedFor.map(Value.text)))
        guard entry.isRegistered else { return }
        #expect(answer["references"].items.map { $0["name"].string } == entry.references.map(\.name))
        #expect(answer["references"].items.allSatisfy { $0["url"].string.hasPrefix("https://") })
        #expect(answer["providers"] == .absent)
    }

    @Test(
        "a code that no standard has names those who use it, where they are known",
        arguments: [
            (571, ["Verizon (legacy)", "La Poste"]), (541, ["Zoho"]), (540, ["Rambler"]), (442, ["OpenSMTPD"]),
            (254, ["Oracle Email Delivery"]), (512, []), (447, []),
        ])
    func unregistered(code: Int, names: [String]) {
        let answer = service.get("/codes/\(code)").json
        #expect(answer["registered"] == .flag(false))
        #expect(Set(answer["providers"].items.map { $0["name"].string }) == Set(names))
        #expect(Set(answer["references"].items.map { $0["name"].string }) == Set(names))
        #expect(answer["providers"].items.allSatisfy { !$0["meaning"].string.isEmpty })
    }

    @Test("550 is answered as the design says")
    func fiveFifty() {
        let answer = service.get("/codes/550").json
        #expect(
            answer.names == [
                "action", "advice", "category", "class", "code", "description", "disposition", "enhancedCodes", "group",
                "issuedFor", "meaning", "references", "registered", "text",
            ])
        #expect(answer["class"]["name"] == "Permanent Negative Completion")
        #expect(answer["group"]["name"] == "Mail system")
        #expect(answer["disposition"] == "permanent")
        #expect(answer["meaning"] == "Requested action not taken: mailbox unavailable")
        #expect(answer["enhancedCodes"].items.contains("5.1.1"))
        #expect(answer["issuedFor"].items.contains("RCPT"))
    }

    @Test("the list has every code, in order, as it is on its own")
    func listIsWhole() {
        let list = service.get("/codes").json
        #expect(list.names == ["codes", "count"])
        #expect(list["count"] == .number(Catalog.replyCodes.count))
        #expect(list["codes"].items.map { $0["code"] } == Catalog.replyCodes.map { .number($0.code.rawValue) })
        for entry in list["codes"].items {
            guard case .number(let code) = entry["code"] else { continue }
            #expect(entry == service.get("/codes/\(code)").json)
        }
    }

    @Test("class narrows the list to codes with that first digit", arguments: 2...5)
    func classNarrows(digit: Int) {
        let list = service.get("/codes?class=\(digit)").json
        let expected = Catalog.replyCodes.map(\.code.rawValue).filter { $0 / 100 == digit }
        #expect(!expected.isEmpty)
        #expect(list["codes"].items.map { $0["code"] } == expected.map(Value.number))
        #expect(list["count"] == .number(expected.count))
    }

    @Test(
        "q finds codes by words in any order and letter case, in code, meaning and description",
        arguments: [
            ("q=mailbox+unavailable", 550, 354), ("q=unavailable%20mailbox", 550, 354), ("q=MAILBOX", 550, 354),
            ("q=%6Dailbox", 550, 354), ("q=++mailbox++", 550, 354), ("q=421", 421, 550), ("q=greylist", 451, 250),
            ("q=a+mailbox\(String(repeating: "+a", count: 2000))", 550, 354), ("q=mailbox%00UNavailable", 550, 354),
            ("q=mailbox&class=4", 450, 550), ("class=4&q=mailbox", 450, 550),
        ])
    func searchFinds(query: String, found: Int, missing: Int) {
        let codes = service.get("/codes?\(query)").json["codes"].items.map { $0["code"] }
        #expect(codes.contains(.number(found)))
        #expect(!codes.contains(.number(missing)))
    }

    @Test(
        "words that stand nowhere together find nothing", arguments: ["q=zyzzyva", "q=mailbox+zyzzyva", "q=mailbox%01"])
    func searchFindsNothing(query: String) {
        #expect(service.get("/codes?\(query)").text == #"{"codes":[],"count":0}"#)
    }

    @Test("a search without words finds all", arguments: ["q=", "q", "q=+", ""])
    func emptySearchFindsAll(query: String) {
        #expect(service.get("/codes?\(query)").bytes == service.get("/codes").bytes)
    }

    @Test(
        "what is not three digits from 200 to 599 is malformed",
        arguments: [
            "abc", "55", "5500", "199", "600", "000", "5 0", " 550", "+55", "-50", "5.0", "0x5", "５５０", "٥٥٠", "55e",
        ])
    func malformedCode(code: String) {
        let response = service.get("/codes/\(code)")
        #expect(response.status == 400)
        #expect(response.json["type"] == "urn:smtp-codes:problem:malformed-code")
        #expect(response.json["detail"].string.contains("\"\(code)\""))
        #expect(response.json["nearest"] == .absent)
    }

    @Test(
        "a well-formed code that no standard defines is told its class, group and disposition",
        arguments: [
            (299, 2, "success", nil), (399, 3, "intermediate", nil), (418, 4, "transient", "Information"),
            (457, 4, "transient", "Mail system"), (560, 5, "permanent", nil), (599, 5, "permanent", nil),
        ] as [(Int, Int, String, String?)])
    func unknownCode(code: Int, digit: Int, disposition: String, group: String?) {
        let response = service.get("/codes/\(code)")
        let nearest = response.json["nearest"]
        #expect(response.status == 404)
        #expect(response.json["type"] == "urn:smtp-codes:problem:unknown-code")
        #expect(nearest["class"]["digit"] == .number(digit))
        #expect(nearest["disposition"] == .text(disposition))
        #expect(nearest["group"]["name"] == (group.map(Value.text) ?? .absent))
        #expect(service.get(nearest["href"].string).status == 200)
    }
}
