import FoundationEssentials

/// JSON in one line, written straight to its bytes. They are those of JSONEncoder, which takes ten times as long: names,
/// numbers and flags have one form only, and so has a text but for its escapes, which are JSONEncoder's.
struct CompactJSON: JSONMembers {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    static func data(_ object: some JSONObject) throws -> Data {
        var json = CompactJSON(capacity: 2048)
        try json.write(object)
        return Data(json.bytes)
    }

    // MARK: - Several objects

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
        append(text)
    }

    mutating func add(_ name: MemberName, _ number: Int) {
        begin(name)
        bytes += String(number).utf8
    }

    mutating func add(_ name: MemberName, _ flag: Bool) {
        begin(name)
        bytes += (flag ? "true" : "false").utf8
    }

    mutating func add(_ name: MemberName, _ texts: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for text in texts {
            separate()
            append(text)
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

    private mutating func write(_ members: (inout Self) throws -> Void) rethrows {
        bytes.append(UInt8(ascii: "{"))
        try members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func begin(_ name: MemberName) {
        separate()
        bytes += Self.names[name.index]
    }

    /// With quotes and the colon; never freed, so that nobody counts references to them.
    nonisolated(unsafe) private static let names = MemberName.allCases.map { name in
        let json = Array("\"\(name.rawValue)\":".utf8)
        let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: json.count)
        _ = kept.initialize(from: json)
        return UnsafeBufferPointer(kept)
    }

    /// Behind a bracket that opens comes no comma.
    private mutating func separate() {
        if bytes.last != UInt8(ascii: "{"), bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
    }

    // MARK: - Texts

    private mutating func append(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { text in
            var start = 0
            while let next = text.firstToEscape(from: start) {
                bytes += text[start..<next]
                bytes += Self.escapes[Int(text[next])]
                start = next + 1
            }
            bytes += text[start...]
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// How JSONEncoder writes what cannot stand in a text as it is.
    private static let escapes = (0...UInt8(ascii: "\\")).map { byte in
        byte.isToEscape ? Array(Service.encode(String(UnicodeScalar(byte)), pretty: false).dropFirst().dropLast()) : []
    }
}

extension UInt8 {
    /// RFC 8259, section 7.
    fileprivate var isToEscape: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the first byte from `start` on stands that is to be escaped. Eight bytes at a time, as most are not.
    fileprivate func firstToEscape(from start: Int) -> Int? {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        /// The top bit of each byte that is below `limit`, up to the first at least.
        func below(_ limit: UInt64, _ word: UInt64) -> UInt64 { (word &- ones &* limit) & ~word & tops }
        let bytes = UnsafeRawBufferPointer(self)
        var i = start
        while i + 8 <= count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            let found =
                below(0x20, word) | below(1, word ^ ones &* UInt64(UInt8(ascii: "\"")))
                | below(1, word ^ ones &* UInt64(UInt8(ascii: "\\")))
            if found != 0 { return i + found.trailingZeroBitCount / 8 }
            i += 8
        }
        return self[i...].firstIndex(where: \.isToEscape)
    }
}
