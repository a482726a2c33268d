import FoundationEssentials
import SMTPCatalog

/// An operator's own phrases, provider codes and blocklists, which are stronger than the built-in ones.
public struct Rules: Sendable {
    /// What is wrong with a rules file, and where.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// As `phrases[3].category`; empty where the whole is at fault.
        public let item: String
        public let reason: String

        public var description: String { item.isEmpty ? reason : "\(item): \(reason)" }
    }

    let phrases: [Phrase]
    let providers: [Provider]
    let blocklists: [Blocklist]

    /// No rules.
    public init() {
        phrases = []
        providers = []
        blocklists = []
    }

    /// Reads rules from JSON; throws at the first item that makes no rule.
    public init(json: Data) throws(Fault) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: json)
        } catch let fault as Fault {
            throw fault
        } catch let error as DecodingError {
            throw Self.fault(error)
        } catch {
            throw Fault(item: "", reason: "\(error)")
        }
        phrases = (file.phrases ?? []).map(\.phrase)
        providers = (file.providers ?? []).map(\.provider)
        blocklists = (file.blocklists ?? []).map(\.blocklist)
    }

    private static func fault(_ error: DecodingError) -> Fault {
        switch error {
        case .keyNotFound(let key, let context):
            Fault(item: path(context.codingPath), reason: "\"\(key.stringValue)\" is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            Fault(item: path(context.codingPath), reason: "is not a \(type)")
        case .dataCorrupted(let context): Fault(item: path(context.codingPath), reason: "is not JSON")
        @unknown default: Fault(item: "", reason: "\(error)")
        }
    }

    fileprivate static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return path + "[\(index)]" }
            return path.isEmpty ? key.stringValue : path + "." + key.stringValue
        }
    }

    /// The built-in providers and the operator's; codes for a provider that is built in come before its own.
    func merged(with builtIn: [Provider]) -> [Provider] {
        var merged = builtIn
        for provider in providers {
            if let at = merged.firstIndex(where: { $0.name.lowercased() == provider.name.lowercased() }) {
                merged[at] = merged[at].adding(provider)
            } else {
                merged.append(provider)
            }
        }
        return merged
    }
}

// MARK: - The file

extension Rules {
    private struct File: Decodable {
        let phrases: [PhraseItem]?
        let providers: [ProviderItem]?
        let blocklists: [BlocklistItem]?

        private enum Key: String, CodingKey, CaseIterable {
            case phrases, providers, blocklists
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.only(Key.self)
            phrases = try object.decodeIfPresent([PhraseItem].self, forKey: .phrases)
            providers = try object.decodeIfPresent([ProviderItem].self, forKey: .providers)
            blocklists = try object.decodeIfPresent([BlocklistItem].self, forKey: .blocklists)
        }
    }

    private struct PhraseItem: Decodable {
        let phrase: Phrase

        private enum Key: String, CodingKey, CaseIterable {
            case words, category
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.only(Key.self)
            phrase = Phrase(try object.words(.words).lowercased(), try object.category(.category), .rule)
        }
    }

    private struct ProviderItem: Decodable {
        let provider: Provider

        private enum Key: String, CodingKey, CaseIterable {
            case name, hosts, texts, codes
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.only(Key.self)
            let hosts = try object.decodeIfPresent([String].self, forKey: .hosts) ?? []
            let texts = try object.decodeIfPresent([String].self, forKey: .texts) ?? []
            provider = Provider(
                try object.words(.name),
                signatures: hosts.map { .host($0.lowercased()) } + texts.map { .text($0) },
                codes: try object.decodeIfPresent([CodeItem].self, forKey: .codes)?.map(\.code) ?? [])
        }
    }

    private struct CodeItem: Decodable {
        let code: ProviderCode

        private enum Key: String, CodingKey, CaseIterable {
            case code, wording, category, meaning, advice
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.only(Key.self)
            let name = object.contains(.code) ? try object.words(.code) : nil
            let wording = object.contains(.wording) ? try object.words(.wording) : nil
            guard name != nil || wording != nil else {
                throw Fault(item: Rules.path(decoder.codingPath), reason: "needs \"code\" or \"wording\"")
            }
            let category = try object.category(.category)
            code = ProviderCode(
                name, saying: wording, [], category,
                try object.decodeIfPresent(String.self, forKey: .meaning) ?? category.entry.description,
                try object.decodeIfPresent(String.self, forKey: .advice) ?? category.entry.advice, "", isRule: true)
        }
    }

    private struct BlocklistItem: Decodable {
        let blocklist: Blocklist

        private enum Key: String, CodingKey, CaseIterable {
            case name, `operator`, kind, signature, lookup
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.only(Key.self)
            let name = try object.words(.name)
            let kind = try object.decodeIfPresent(String.self, forKey: .kind) ?? "both"
            guard let kind = Blocklist.Kind(rawValue: kind) else {
                throw object.fault(.kind, "\"\(kind)\" is not ip, domain or both")
            }
            blocklist = Blocklist(
                name, try object.decodeIfPresent(String.self, forKey: .operator) ?? name, kind,
                try object.words(.signature), lookup: try object.decodeIfPresent(String.self, forKey: .lookup))
        }
    }
}

extension Decoder {
    /// An object with these keys and no others, so that a misspelt one is not silently without effect.
    fileprivate func only<Key: CodingKey & CaseIterable>(_ keys: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let known = Set(Key.allCases.map(\.stringValue))
        for key in try container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw Rules.Fault(
                item: Rules.path(codingPath + [key]), reason: "is not one of \(known.sorted().joined(separator: ", "))")
        }
        return try container(keyedBy: keys)
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer {
    fileprivate func fault(_ key: Key, _ reason: String) -> Rules.Fault {
        Rules.Fault(item: Rules.path(codingPath + [key]), reason: reason)
    }

    /// A string that is not blank.
    fileprivate func words(_ key: Key) throws -> String {
        let words = try decode(String.self, forKey: key)
        guard words.contains(where: { !$0.isWhitespace }) else { throw fault(key, "is empty") }
        return words
    }

    fileprivate func category(_ key: Key) throws -> SMTPCatalog.Category {
        let name = try decode(String.self, forKey: key)
        guard let category = SMTPCatalog.Category(rawValue: name) else {
            throw fault(key, "\"\(name)\" is no category; GET /categories lists them")
        }
        return category
    }
}
