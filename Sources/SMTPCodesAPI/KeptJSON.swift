import Synchronization

/// The JSON of texts that come again and again, as JSONEncoder wrote it the first time. Nobody waits for another here.
final class KeptJSON: Sendable {
    static let shared = KeptJSON()

    private struct Text {
        let text: String
        let json: UnsafeRawBufferPointer
    }

    /// More than the catalog has texts, codes and paths, so that few want the place of another.
    private static let size = 8192
    /// Each is filled once, and keeps its text for as long as the process lives: whom it is lent to counts no references.
    // What is in a place never changes.
    private nonisolated(unsafe) let places = InlineArray<8192, Atomic<UnsafePointer<Text>?>> { _ in Atomic(nil) }

    /// Nil where others stand in its places, as may happen to the texts of large rules.
    func json(of text: String) -> UnsafeRawBufferPointer? {
        let first = Self.hash(text)
        for step in 0..<4 {
            let kept = self.text(at: (first &+ step) & (Self.size - 1), orFirst: text)
            if kept.pointee.text == text { return kept.pointee.json }
        }
        return nil
    }

    /// The text at a place; `first` where nobody was there before.
    private func text(at place: Int, orFirst first: String) -> UnsafePointer<Text> {
        if let kept = places[place].load(ordering: .acquiring) { return kept }
        let made = UnsafeMutablePointer<Text>.allocate(capacity: 1)
        made.initialize(to: Text(text: first, json: Self.written(first)))
        let (isFirst, kept) = places[place].compareExchange(
            expected: nil, desired: UnsafePointer(made), ordering: .acquiringAndReleasing)
        if isFirst { return UnsafePointer(made) }
        made.pointee.json.deallocate()
        made.deinitialize(count: 1)
        made.deallocate()
        return kept!
    }

    /// By JSONEncoder, with `end` behind; its owner deallocates it, or nobody does.
    static func written(_ text: String, end: String = "") -> UnsafeRawBufferPointer {
        let json = Array(Service.encode(text, pretty: false)) + end.utf8
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: json.count, alignment: 1)
        room.copyBytes(from: json)
        return UnsafeRawBufferPointer(room)
    }

    /// Of texts that nobody chooses to collide: Swift's own takes longer than all else here.
    private static func hash(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            var hash = UInt64(bytes.count)
            var index = 0
            while index + 8 <= bytes.count {
                hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 32
                index += 8
            }
            for byte in bytes[index...] { hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
            return Int(truncatingIfNeeded: hash >> 32)
        }
    }
}
