import FoundationEssentials
import SMTPCatalog
import StrictJSON

/// An operator's own phrases, provider codes and blocklists, which are stronger than the built-in ones.
public struct Rules: Sendable {
    /// What is wrong with a rules file, and where.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// As `phrases[3].category`; empty where the whole is at fault.
        public let item: String
        /// As `at line 4, column 12 (byte 230)`; empty where the whole is at fault.
        public let position: String
        public let reason: String

        public var description: String {
            [item, position].filter { !$0.isEmpty }.joined(separator: " ") + (position.isEmpty ? "" : ": ") + reason
        }
    }

    /// Of a file, in bytes.
    public static let mostBytes = 16 << 20

    let phrases: [Phrase]
    let providers: [Provider]
    let blocklists: [Blocklist]

    /// No rules.
    public init() { self.init([], [], []) }

    init(_ phrases: [Phrase], _ providers: [Provider], _ blocklists: [Blocklist]) {
        self.phrases = phrases
        self.providers = providers
        self.blocklists = blocklists
    }

    /// Reads rules from JSON; throws at the first item that makes no rule, or one that can never count.
    public init(json: Data) throws(Fault) {
        guard json.count <= Self.mostBytes else {
            throw Fault(item: "", position: "", reason: "has more than \(Self.mostBytes) bytes")
        }
        self = try json.withUnsafeBytes { bytes in Result { () throws(Fault) in try Self.read(bytes) } }.get()
    }

    private static func read(_ json: UnsafeRawBufferPointer) throws(Fault) -> Rules {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONReader.read(json)
        } catch {
            throw Fault(item: "", position: error.position, reason: "is no JSON (RFC 8259)")
        }
        do throws(RulesItem.Fault) {
            return try Rules(RulesItem(value))
        } catch {
            throw Fault(
                item: value.name(error.way), position: JSONReader.position(error.way, in: json), reason: error.reason)
        }
    }

    /// The built-in providers and the operator's; codes for a provider that is built in come before its own.
    func merged(with builtIn: [Provider]) -> [Provider] {
        var merged = builtIn
        var places = Dictionary(
            merged.enumerated().map { ($0.element.name.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for provider in providers {
            if let at = places[provider.name.lowercased()] {
                merged[at] = merged[at].adding(provider)
            } else {
                places[provider.name.lowercased()] = merged.count
                merged.append(provider)
            }
        }
        return merged
    }
}

extension JSONValue {
    /// What leads to a value, member by member and element by element: `phrases[3].category`.
    fileprivate func name(_ way: [Int]) -> String {
        var value = self
        var name = ""
        for number in way {
            switch value {
            case .object(let members):
                name += (name.isEmpty ? "" : ".") + members[number].name
                value = members[number].value
            case .array(let elements):
                name += "[\(number)]"
                value = elements[number]
            case .string, .number, .word: return name
            }
        }
        return name
    }
}
