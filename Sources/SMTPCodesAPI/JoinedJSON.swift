import FoundationEssentials

/// JSON that is joined from pieces, each written by JSONEncoder: names and texts of the catalog once for all, and what
/// is an answer's own in one run. The bytes are those of a run over the whole, which takes ten times as long.
struct JoinedJSON: JSONMembers {
    /// All but the answer's own values.
    private var bytes: [UInt8] = []
    private var own = OwnValues()
    /// Where in `bytes` each of them belongs.
    private var places: [Int] = []

    /// In one line.
    static func data(_ object: some JSONObject) throws -> Data {
        var json = JoinedJSON()
        json.bytes.reserveCapacity(2048)
        json.places.reserveCapacity(16)
        json.own.values.reserveCapacity(16)
        try json.write { try object.write(to: &$0) }
        return try json.joined()
    }

    // MARK: - The pieces

    mutating func add(_ name: MemberName, _ text: String) { add(name, .text(text)) }
    mutating func add(_ name: MemberName, _ number: Int) { add(name, .number(number)) }
    mutating func add(_ name: MemberName, _ flag: Bool) { add(name, .flag(flag)) }

    mutating func add(_ name: MemberName, kept text: String) {
        guard let json = KeptJSON.shared.json(of: text) else { return add(name, .text(text)) }
        begin(name)
        bytes += json
    }

    mutating func add(_ name: MemberName, _ texts: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for text in texts {
            separate()
            add(.text(text))
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

    private mutating func add(_ name: MemberName, _ value: OwnValues.Value) {
        begin(name)
        add(value)
    }

    private mutating func add(_ value: OwnValues.Value) {
        places.append(bytes.count)
        own.values.append(value)
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
    private static let names = MemberName.allCases.map {
        Array(Service.encode($0.stringValue, pretty: false)) + [UInt8(ascii: ":")]
    }

    /// Behind a bracket that opens comes no comma, unless a value of the answer's own stands between.
    private mutating func separate() {
        let isFirst = bytes.last == UInt8(ascii: "{") || bytes.last == UInt8(ascii: "[")
        if !isFirst || places.last == bytes.count { bytes.append(UInt8(ascii: ",")) }
    }

    // MARK: - Joining

    private func joined() throws -> Data {
        // With a bracket in front, and a comma or a bracket behind each.
        let written = try JSON.compact.encode(own)
        return written.withUnsafeBytes { written in
            bytes.withUnsafeBytes { bytes in
                Data(
                    [UInt8](unsafeUninitializedCapacity: bytes.count + written.count) { room, count in
                        func append(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) {
                            UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(room)[count...])
                                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
                            count += range.count
                        }
                        var (done, start) = (0, 1)
                        for place in places {
                            append(done..<place, of: bytes)
                            let end = Self.end(ofValueAt: start, in: written)
                            append(start..<end, of: written)
                            (done, start) = (place, end + 1)
                        }
                        append(done..<bytes.count, of: bytes)
                    })
            }
        }
    }

    /// Of a text, a number or a flag.
    private static func end(ofValueAt start: Int, in json: UnsafeRawBufferPointer) -> Int {
        var index = start
        if json[start] == UInt8(ascii: "\"") {
            index += 1
            while json[index] != UInt8(ascii: "\"") { index += json[index] == UInt8(ascii: "\\") ? 2 : 1 }
        }
        while json[index] != UInt8(ascii: ","), json[index] != UInt8(ascii: "]") { index += 1 }
        return index
    }
}

/// What JSONEncoder has to write for each answer anew.
private struct OwnValues: Encodable {
    enum Value {
        case text(String)
        case number(Int)
        case flag(Bool)
    }

    var values: [Value] = []

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for value in values {
            switch value {
            case .text(let text): try list.encode(text)
            case .number(let number): try list.encode(number)
            case .flag(let flag): try list.encode(flag)
            }
        }
    }
}
