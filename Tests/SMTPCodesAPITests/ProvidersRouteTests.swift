import SMTPCatalog
import Testing

@testable import SMTPCodesAPI

@Suite("GET /providers and /categories")
struct ProvidersRouteTests {
    @Test("the list of providers leads to each of them")
    func listLeadsToEach() {
        let list = service.get("/providers").json
        #expect(list.names == ["count", "providers"])
        #expect(list["count"] == .number(Catalog.providers.count))
        #expect(list["providers"].items.map { $0["name"].string } == Catalog.providers.map(\.name))
        for item in list["providers"].items {
            let entry = service.get(item["href"].string).json
            #expect(entry["name"] == item["name"])
            #expect(entry["count"] == item["count"])
        }
    }

    @Test(
        "a provider's codes are all there, each with a category and where it is known from",
        arguments: Catalog.providers.indices)
    func codesAreWhole(index: Int) {
        let provider = Catalog.providers[index]
        let answer = service.get(ProvidersRoute.href(provider)).json
        #expect(answer.names == ["codes", "count", "kind", "links", "name"])
        #expect(answer["kind"].string == provider.kind.rawValue)
        #expect(answer["links"].items.map { $0["url"].string } == provider.links.map(\.url))
        #expect(answer["count"] == .number(provider.codes.count))
        #expect(answer["codes"].items.map { $0["meaning"].string } == provider.codes.map(\.meaning))
        #expect(answer["codes"].items.map { $0["code"].string } == provider.codes.map { $0.code ?? "" })
        #expect(answer["codes"].items.allSatisfy { Category(rawValue: $0["category"].string) != nil })
        #expect(answer["codes"].items.allSatisfy { $0["confirmed"] == true || $0["confirmed"] == false })
    }

    @Test("at least 850 provider codes are reachable")
    func manyCodes() {
        let counts = service.get("/providers").json["providers"].items.map { $0["count"] }
        #expect(counts.reduce(0) { if case .number(let n) = $1 { $0 + n } else { $0 } } >= 850)
    }

    @Test(
        "a provider goes by its name or its service's, in any letter case",
        arguments: ["google", "Google", "GOOGLE", "gmail", "Gmail"])
    func otherNames(name: String) {
        #expect(service.get("/providers/\(name)").json["name"] == "Google")
    }

    @Test("a code that is not an enhanced code stands under its provider")
    func providersOwnCode() {
        let codes = service.get("/providers").json["providers"].items.flatMap {
            service.get($0["href"].string).json["codes"].items
        }
        #expect(codes.contains { $0["code"] == "TSS04" })
        #expect(codes.contains { $0["code"] == "S3140" })
    }

    @Test(
        "an unknown name is not found",
        arguments: ["/providers/nobody", "/providers/-", "/categories/nothing", "/categories/spam content"])
    func unknownName(path: String) {
        let response = service.get(path)
        #expect(response.status == 404)
        #expect(response.json["type"] == "urn:smtp-codes:problem:not-found")
        #expect(response.json["instance"] == .text(path))
    }

    @Test("the list of categories has each as it is on its own")
    func categoriesAreWhole() {
        let list = service.get("/categories").json
        #expect(list.names == ["categories", "count"])
        #expect(list["count"] == .number(Category.allCases.count))
        #expect(Set(list["categories"].items.map { $0["name"].string }) == Set(Category.allCases.map(\.rawValue)))
        for item in list["categories"].items {
            #expect(service.get(item["href"].string).json == item)
        }
    }

    @Test(
        "a category says what it means for the address, and when to try again",
        arguments: [
            ("unknown-recipient", "hard", nil, "soft", 1800), ("mailbox-full", "soft", nil, "soft", 1800),
            ("greylisted", "soft", 300, "soft", 300), ("policy", "block", nil, "soft", 1800),
            ("malware", "block", nil, "block", nil), ("accepted", "none", nil, "none", nil),
            ("suppressed", "block", nil, "block", nil),
        ] as [(String, String, Int?, String, Int?)])
    func categoryHasItsVerdict(name: String, bounce: String, retry: Int?, forNow: String, retryForNow: Int?) {
        let answer = service.get("/categories/\(name)").json
        #expect(answer["bounce"].string == bounce)
        #expect(answer["retry"]["afterSeconds"] == retry.map(Value.number) ?? .absent)
        #expect(answer["whileTransient"]["bounce"].string == forNow)
        #expect(answer["whileTransient"]["retry"]["afterSeconds"] == retryForNow.map(Value.number) ?? .absent)
    }

    @Test("a category says whose problem it is and what to do, now and for good", arguments: Category.allCases)
    func categoryHasItsFacts(category: SMTPCatalog.Category) {
        let answer = service.get("/categories/\(category.rawValue)").json
        #expect(answer["name"] == .text(category.rawValue))
        #expect(answer["title"] == .text(category.entry.title))
        #expect(answer["party"].string == category.entry.party?.rawValue ?? "")
        #expect(answer["action"] == .text(category.entry.action.rawValue))
        #expect(answer["advice"] == .text(category.entry.advice))
        #expect(!answer["whileTransient"]["advice"].string.isEmpty)
        #expect(answer["links"].items.map { $0["url"].string } == category.entry.references.map(\.url))
        #expect(
            service.get("/categories/\(category.rawValue.uppercased())").bytes
                == service.get("/categories/\(category.rawValue)").bytes)
    }
}
