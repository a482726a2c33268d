import FoundationEssentials

/// An answer in pieces, each made when there is room to send it.
final class ExplainStream: BodyStream {
    /// How long one call may go on making pieces. Others on the thread wait meanwhile.
    private static let slice = Duration.milliseconds(5)

    private let nextPiece: () -> Data?
    /// The piece that is being sent, and how much of it was.
    private var piece = Data()
    private var sent = 0

    /// `nextPiece` gives nil at the end, and an empty piece where it has worked for nothing.
    init(_ nextPiece: @escaping () -> Data?) {
        self.nextPiece = nextPiece
    }

    package func next(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let begin = ContinuousClock.now
        var filled = 0
        while filled < buffer.count {
            if sent == piece.count {
                // A piece takes long only if it is long itself; do not begin another one then.
                if filled > 0, piece.count > buffer.count || ContinuousClock.now - begin > Self.slice { break }
                guard let next = nextPiece() else { break }
                piece = next
                sent = 0
            }
            let count = min(buffer.count - filled, piece.count - sent)
            piece.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), from: sent..<sent + count)
            sent += count
            filled += count
        }
        return filled
    }
}
