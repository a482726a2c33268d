import FoundationEssentials

/// An answer in pieces, each made when there is room to send it.
final class ExplainStream: BodyStream {
    /// How long one call may go on making pieces. Others on the thread wait meanwhile.
    private static let slice = Duration.milliseconds(5)

    private let source: Source<Data>
    /// The piece that is being sent, and how much of it was.
    private var piece = Data()
    private var sent = 0

    init(_ source: @escaping Source<Data>) {
        self.source = source
    }

    package func next(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let begin = ContinuousClock.now
        var filled = 0
        while filled < buffer.count {
            if sent == piece.count {
                // A piece takes long only if it is long itself; do not begin another one then.
                if filled > 0, piece.count > buffer.count { break }
                switch source() {
                case .one(let next): (piece, sent) = (next, 0)
                case .nothing: break
                case .end: return filled
                }
            }
            let count = min(buffer.count - filled, piece.count - sent)
            piece.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), from: sent..<sent + count)
            sent += count
            filled += count
            if ContinuousClock.now - begin > Self.slice { break }
        }
        return filled > 0 ? filled : nil
    }
}

/// A JSON object with a list of any length, in pieces: its members in front of the list, each element, and the members
/// behind. Never indented.
func object(
    _ front: Data, list name: StaticString, _ elements: @escaping Source<Data>, _ back: @escaping () -> Data
) -> Source<Data> {
    var opening: Data? = front.dropLast() + Data(",\"\(name)\":[".utf8)
    var separator = Data()
    var hasEnded = false
    return {
        if let front = opening {
            opening = nil
            return .one(front)
        }
        if hasEnded { return .end }
        switch elements() {
        case .one(let element):
            defer { separator = Data(",".utf8) }
            return .one(separator + element)
        case .nothing: return .nothing
        case .end:
            hasEnded = true
            let back = back()
            return .one(Data((back.count > 2 ? "]," : "]").utf8) + back.dropFirst())
        }
    }
}
