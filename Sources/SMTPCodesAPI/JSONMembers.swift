/// Takes the members of a JSON object, which come in the order of their names.
///
/// One that describes its members to it can be written in either way: ``PlainMembers`` hands them to an encoder,
/// ``JoinedJSON`` joins what JSONEncoder has written before.
protocol JSONMembers {
    /// A text of the client's, or made for it.
    mutating func add(_ name: MemberName, _ text: String) throws
    /// A text of the catalog's or of the rules', which comes again and again.
    mutating func add(_ name: MemberName, kept text: String) throws
    mutating func add(_ name: MemberName, _ number: Int) throws
    mutating func add(_ name: MemberName, _ flag: Bool) throws
    mutating func add(_ name: MemberName, _ texts: [String]) throws
    mutating func add(_ name: MemberName, value: some Encodable) throws
    /// An object.
    mutating func add(_ name: MemberName, _ members: (inout Self) throws -> Void) throws
    /// A list of objects.
    mutating func add<Element>(
        _ name: MemberName, each elements: [Element], _ members: (Element, inout Self) throws -> Void) throws
}

/// What is written as an object, by one description of its members in the order of their names.
protocol JSONObject: Encodable {
    func write(to members: inout some JSONMembers) throws
}

extension JSONObject {
    func encode(to encoder: any Encoder) throws {
        var members = PlainMembers(encoder.container(keyedBy: MemberName.self))
        try write(to: &members)
    }
}

/// The names of the members of such objects.
enum MemberName: String, CaseIterable, CodingKey {
    case action, advice, afterSeconds, basis, blocklists, bounce, category, code, command, complaint, confidence, count
    case detail, diagnostic, disposition, enhanced, evidence, explanation, explanations, finalRecipient, found
    case giveUpAfterSeconds, href, id, index, input, instance, kind, line, links, lookup, meaning, name, nearest, notes
    case original, party, provider, recipient, recipients, rel, remoteHost, remoteMTA, reply, reportingMTA, retry
    case retryAfterSeconds, status, summary, suppress, text, title, truncated, type, url, warnings

    /// Its place in ``allCases``: a case without values is kept as its number, in one byte.
    var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}

/// The members in an encoder's containers.
struct PlainMembers: JSONMembers {
    private var members: KeyedEncodingContainer<MemberName>

    init(_ members: KeyedEncodingContainer<MemberName>) { self.members = members }

    mutating func add(_ name: MemberName, _ text: String) throws { try members.encode(text, forKey: name) }
    mutating func add(_ name: MemberName, kept text: String) throws { try members.encode(text, forKey: name) }
    mutating func add(_ name: MemberName, _ number: Int) throws { try members.encode(number, forKey: name) }
    mutating func add(_ name: MemberName, _ flag: Bool) throws { try members.encode(flag, forKey: name) }
    mutating func add(_ name: MemberName, _ texts: [String]) throws { try members.encode(texts, forKey: name) }
    mutating func add(_ name: MemberName, value: some Encodable) throws { try members.encode(value, forKey: name) }

    mutating func add(_ name: MemberName, _ write: (inout Self) throws -> Void) throws {
        var object = Self(members.nestedContainer(keyedBy: MemberName.self, forKey: name))
        try write(&object)
    }

    mutating func add<Element>(
        _ name: MemberName, each elements: [Element], _ write: (Element, inout Self) throws -> Void
    ) throws {
        var list = members.nestedUnkeyedContainer(forKey: name)
        for element in elements {
            var object = Self(list.nestedContainer(keyedBy: MemberName.self))
            try write(element, &object)
        }
    }
}
