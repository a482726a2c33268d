import FoundationEssentials

/// A JSON value to look into: `answer["class"]["digit"] == 5`.
enum Value: Equatable {
    case absent
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([Value])
    case object([String: Value])

    /// Absent where the bytes are not JSON.
    init(_ json: Data) {
        self = (try? JSONDecoder().decode(Value.self, from: json)) ?? .absent
    }

    /// The member; absent where there is none, or where this is no object.
    subscript(name: String) -> Value {
        if case .object(let members) = self { members[name] ?? .absent } else { .absent }
    }

    subscript(index: Int) -> Value {
        index < items.count ? items[index] : .absent
    }

    /// Of a list; empty for anything else.
    var items: [Value] {
        if case .list(let items) = self { items } else { [] }
    }

    /// Names of an object's members; empty for anything else.
    var names: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    /// Empty for anything but a string.
    var string: String {
        if case .text(let text) = self { text } else { "" }
    }

    /// Every value in it named `name`, at any depth.
    func all(_ name: String) -> [Value] {
        switch self {
        case .list(let items): items.flatMap { $0.all(name) }
        case .object(let members): members.flatMap { ($0.key == name ? [$0.value] : []) + $0.value.all(name) }
        default: []
        }
    }

    var hasNull: Bool {
        switch self {
        case .null: true
        case .list(let items): items.contains(where: \.hasNull)
        case .object(let members): members.values.contains(where: \.hasNull)
        default: false
        }
    }
}

extension Value: Codable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let items = try? value.decode([Value].self) {
            self = .list(items)
        } else {
            self = .object(try value.decode([String: Value].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .absent, .null: try value.encodeNil()
        case .flag(let flag): try value.encode(flag)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let items): try value.encode(items)
        case .object(let members): try value.encode(members)
        }
    }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(integerLiteral number: Int) { self = .number(number) }
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral items: Value...) { self = .list(items) }
    init(dictionaryLiteral members: (String, Value)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }
}
