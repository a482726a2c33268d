import FoundationEssentials
import SMTPCatalog

/// How the service writes JSON: with sorted keys, so that every replica gives the same bytes.
enum JSON {
    static let compact = encoder([.sortedKeys, .withoutEscapingSlashes])
    static let pretty = encoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        return encoder
    }
}

// MARK: - Values of the catalog, as clients see them

struct DigitAnswer: Encodable {
    let digit: Int
    let name: String
    let meaning: String

    init(_ digit: DigitMeaning) {
        self.digit = digit.digit
        name = digit.name
        meaning = digit.meaning
    }
}

struct ReferenceAnswer: Encodable {
    let name: String
    let url: String
}

extension ReferenceAnswer {
    init(_ reference: Reference) { self.init(name: reference.name, url: reference.url) }
}

struct LinkAnswer: Encodable {
    let name: String
    let rel: String
    /// The URL with `{ip}` for an IP address, where the page takes one.
    let template: String?
    let url: String

    init(_ link: Link) {
        name = link.name
        rel = link.rel.rawValue
        template = link.template
        url = link.url
    }
}

/// A list, with its length first to be seen.
struct ListAnswer<Item: Encodable>: Encodable {
    let count: Int
    let codes: [Item]

    init(_ codes: [Item]) {
        count = codes.count
        self.codes = codes
    }
}
