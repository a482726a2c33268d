import Synchronization

/// The JSON of texts that come again and again, as JSONEncoder wrote it the first time. Nobody waits for another here.
final class KeptJSON: Sendable {
    static let shared = KeptJSON()

    private final class Text: Sendable {
        let text: String
        let json: [UInt8]

        init(_ text: String) {
            self.text = text
            json = Array(Service.encode(text, pretty: false))
        }
    }

    /// More than twice as many as the catalog has texts, so that few want the place of another.
    private static let size = 8192
    private let places = InlineArray<8192, AtomicLazyReference<Text>> { _ in AtomicLazyReference() }

    /// Nil where others stand in its places, as may happen to the texts of large rules.
    func json(of text: String) -> [UInt8]? {
        let first = text.hashValue
        for step in 0..<4 {
            let place = (first &+ step) & (Self.size - 1)
            let kept = places[place].load() ?? places[place].storeIfNil(Text(text))
            if kept.text == text { return kept.json }
        }
        return nil
    }
}
