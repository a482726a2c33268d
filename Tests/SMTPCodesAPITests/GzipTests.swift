import Foundation
import Testing

@testable import SMTPCodesAPI

struct GzipTests {
    private static let bytes = Data("550 5.1.1 No such user\n".utf8)

    private func compressed(_ bytes: Data) throws -> Data { try #require(Gzip.compressed(bytes)) }

    @Test("what is compressed comes back", arguments: [0, 1, 100, 32 << 10, 1 << 20])
    func roundTrip(count: Int) throws {
        let bytes = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) })
        #expect(try Gzip.decompressed(compressed(bytes), atMost: count) == bytes)
    }

    @Test("several members are one text, as `cat a.gz b.gz` makes them")
    func members() throws {
        let two = try compressed(Self.bytes) + compressed(Self.bytes)
        #expect(try Gzip.decompressed(two, atMost: 1000) == Self.bytes + Self.bytes)
    }

    @Test("a bomb stops at the limit")
    func bomb() throws {
        let bomb = try compressed(Data(count: 10 << 20))
        #expect(bomb.count < 20 << 10)
        #expect(throws: Gzip.Fault.tooLarge) { try Gzip.decompressed(bomb, atMost: 2 << 20) }
        #expect(throws: Gzip.Fault.tooLarge) {
            try Gzip.decompressed(compressed(Self.bytes), atMost: Self.bytes.count - 1)
        }
    }

    @Test("it is asked for each piece whether there is room, and none is held beyond")
    func room() throws {
        let bytes = Data(count: 1 << 20)
        var held = 0
        func hold(most: Int) -> (Int) -> Bool {
            held = 0
            return { size in
                if held + size > most { return false }
                held += size
                return true
            }
        }
        #expect(try Gzip.decompressed(compressed(bytes), atMost: bytes.count, hold: hold(most: bytes.count)) == bytes)
        #expect(held == bytes.count)
        #expect(throws: Gzip.Fault.noRoom) {
            try Gzip.decompressed(compressed(bytes), atMost: bytes.count, hold: hold(most: bytes.count - 1))
        }
    }

    @Test("what is no gzip, is cut, or has another checksum is refused")
    func malformed() throws {
        let whole = try compressed(Self.bytes)
        var changed = whole
        changed[changed.endIndex - 5] ^= 1
        let wrong: [Data] =
            [Data(), Self.bytes, Data([0x1F, 0x8B]), changed, whole + Data([0])]
            + (1..<whole.count).map { Data(whole.prefix($0)) }
        for bytes in wrong {
            #expect(throws: Gzip.Fault.malformed) { try Gzip.decompressed(bytes, atMost: 1000) }
        }
    }

    @Test("the same bytes are compressed to the same bytes")
    func deterministic() throws {
        #expect(try compressed(Self.bytes) == compressed(Self.bytes))
    }
}
