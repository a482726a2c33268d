import ArgumentParser
import FoundationEssentials
import SMTPCodesAPI

/// Prints an entry of the catalog.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what a code, a category or a provider's own codes mean.",
        discussion: """
            EXAMPLES
              smtp-codes show 550
              smtp-codes show 5.1.1
              smtp-codes show mailbox-full
              smtp-codes show --output json google
            """)

    @Argument(help: "A reply code, an enhanced code, a category or a provider.")
    var name: String

    @Option(help: "text or json. (default: text)")
    var output: LogFormat?

    func run() throws {
        guard let json = EntryJSON.find(name) else {
            throw Failure(description: "nothing in the catalog is called \(name)", exitCode: 66)
        }
        guard output != .json else { return Terminal.write(String(decoding: json, as: UTF8.self) + "\n") }
        let entry = try JSONDecoder().decode(Entry.self, from: json)
        Terminal.write(entry.lines.joined(separator: "\n") + "\n")
    }
}

/// What the entries of all kinds have between them.
private struct Entry: Decodable {
    struct Code: Decodable {
        let advice: String
        let category: String
        let code: String?
        let meaning: String
        let wording: String?

        /// What stands in a reply.
        var name: String { [code, wording.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: " ") }
    }

    let action: String?
    let advice: String?
    let category: String?
    let code: Name?
    let codes: [Code]?
    let description: String?
    let disposition: String?
    let meaning: String?
    let name: String?
    let party: String?
    let title: String?

    /// Reply codes are numbers, enhanced codes are not.
    struct Name: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
        }
    }

    var lines: [String] {
        let heading = [code?.text, title ?? meaning, name].compactMap(\.self).joined(separator: " ")
        var lines = [heading, ""] + [description, advice].compactMap(\.self)
        let members = [("category", category), ("party", party), ("disposition", disposition), ("action", action)]
        lines += members.compactMap { name, value in value.map { "\(name.padded(11)) \($0)" } }
        for code in codes ?? [] {
            lines += ["\(code.name) (\(code.category))", "    \(code.meaning)", "    \(code.advice)", ""]
        }
        return lines
    }
}
