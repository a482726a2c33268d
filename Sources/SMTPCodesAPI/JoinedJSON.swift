import FoundationEssentials
import Glibc

/// JSON that is joined from pieces: names and texts of the catalog, which JSONEncoder writes once for all; the texts that
/// are an answer's own, which it writes in one run; and numbers and flags, which have one form only. The bytes are those
/// of a run over the whole, which takes ten times as long.
struct JoinedJSON: JSONMembers {
    /// All but the answer's own texts.
    private var bytes: [UInt8] = []
    private var own = OwnTexts()
    /// Where in `bytes` each of them belongs.
    private var places: [Int] = []

    /// In one line.
    static func data(_ object: some JSONObject) throws -> Data {
        var json = JoinedJSON()
        json.bytes.reserveCapacity(2048)
        json.places.reserveCapacity(16)
        json.own.texts.reserveCapacity(16)
        try json.write(object)
        return try json.joined()
    }

    // MARK: - Several objects

    /// Of what it holds, in bytes, escapes aside.
    var count: Int { bytes.count + ownCount }
    private var ownCount = 0

    mutating func write(_ object: some JSONObject) throws {
        try write { try object.write(to: &$0) }
    }

    /// With a comma in front, unless a bracket opens there.
    mutating func write(element object: some JSONObject) throws {
        separate()
        try write(object)
    }

    /// JSON as it stands.
    mutating func append(_ json: some Collection<UInt8>) { bytes += json }

    // MARK: - The members

    mutating func add(_ name: MemberName, _ text: String) {
        begin(name)
        add(text)
    }

    mutating func add(_ name: MemberName, _ number: Int) {
        begin(name)
        bytes += String(number).utf8
    }

    mutating func add(_ name: MemberName, _ flag: Bool) {
        begin(name)
        bytes += (flag ? "true" : "false").utf8
    }

    mutating func add(_ name: MemberName, kept text: String) {
        guard let json = KeptJSON.shared.json(of: text) else { return add(name, text) }
        begin(name)
        bytes += json
    }

    mutating func add(_ name: MemberName, _ texts: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for text in texts {
            separate()
            add(text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func add(_ name: MemberName, value: some Encodable) throws {
        begin(name)
        bytes += try JSON.compact.encode(value)
    }

    mutating func add(_ name: MemberName, _ members: (inout Self) throws -> Void) throws {
        begin(name)
        try write(members)
    }

    mutating func add<Element>(
        _ name: MemberName, each elements: [Element], _ members: (Element, inout Self) throws -> Void
    ) throws {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for element in elements {
            separate()
            try write { try members(element, &$0) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func add(_ text: String) {
        places.append(bytes.count)
        own.texts.append(text)
        ownCount += text.utf8.count
    }

    private mutating func write(_ members: (inout Self) throws -> Void) rethrows {
        bytes.append(UInt8(ascii: "{"))
        try members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func begin(_ name: MemberName) {
        separate()
        bytes += Self.names[name.index]
    }

    /// With the colon behind.
    nonisolated(unsafe) private static let names = MemberName.allCases.map {
        KeptJSON.written($0.stringValue, end: ":")
    }

    /// Behind a bracket that opens comes no comma, unless a text of the answer's own stands between.
    private mutating func separate() {
        let isFirst = bytes.last == UInt8(ascii: "{") || bytes.last == UInt8(ascii: "[")
        if !isFirst || places.last == bytes.count { bytes.append(UInt8(ascii: ",")) }
    }

    // MARK: - Joining

    /// All of it, with its texts written in one run.
    func joined() throws -> Data {
        if places.isEmpty { return Data(bytes) }
        // With a bracket in front, and a comma or a bracket behind each.
        let written = try JSON.compact.encode(own)
        var data = Data(count: bytes.count + written.count - 1 - places.count)
        data.withUnsafeMutableBytes { room in
            written.withUnsafeBytes { written in
                bytes.withUnsafeBytes { bytes in
                    var rest = room[...]
                    func append(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) {
                        UnsafeMutableRawBufferPointer(rebasing: rest)
                            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
                        rest = rest.dropFirst(range.count)
                    }
                    var (done, start) = (0, 1)
                    for place in places {
                        append(done..<place, of: bytes)
                        let end = Self.end(ofTextAt: start, in: written)
                        append(start..<end, of: written)
                        (done, start) = (place, end + 1)
                    }
                    append(done..<bytes.count, of: bytes)
                }
            }
        }
        return data
    }

    /// Behind its second quote that no backslash escapes.
    private static func end(ofTextAt start: Int, in json: UnsafeRawBufferPointer) -> Int {
        var end = start + 1
        while true {
            let rest = json.baseAddress! + end
            end += memchr(rest, 0x22, json.count - end)! - UnsafeMutableRawPointer(mutating: rest) + 1
            let backslashes = json[..<(end - 1)].reversed().prefix { $0 == UInt8(ascii: "\\") }
            if backslashes.count.isMultiple(of: 2) { return end }
        }
    }
}

/// What JSONEncoder has to write for each answer anew. It takes a list of strings as such three times as long.
private struct OwnTexts: Encodable {
    var texts: [String] = []

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for text in texts { try list.encode(text) }
    }
}
