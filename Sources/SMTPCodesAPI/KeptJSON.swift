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
    /// Each is filled once, and keeps its text for as long as the process lives.
    private let places = InlineArray<8192, Atomic<Unmanaged<Text>?>> { _ in Atomic(nil) }

    /// Nil where others stand in its places, as may happen to the texts of large rules.
    func json(of text: String) -> [UInt8]? {
        let first = text.hashValue
        for step in 0..<4 {
            let kept = self.text(at: (first &+ step) & (Self.size - 1), orFirst: text)
            if kept.text == text { return kept.json }
        }
        return nil
    }

    /// The text at a place; `first` where nobody was there before.
    private func text(at place: Int, orFirst first: String) -> Text {
        if let kept = places[place].load(ordering: .acquiring) { return kept.takeUnretainedValue() }
        let made = Unmanaged.passRetained(Text(first))
        let (isFirst, kept) = places[place].compareExchange(
            expected: nil, desired: made, ordering: .acquiringAndReleasing)
        if isFirst { return made.takeUnretainedValue() }
        made.release()
        return kept!.takeUnretainedValue()
    }
}
