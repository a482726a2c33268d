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

/// The JSON of elements, written one behind the other, in pieces: a run of JSONEncoder is for as many as there are
/// within a millisecond, up to 8 KiB. `front` stands before all of them.
func jsonPieces<Element>(
    of elements: @escaping Source<Element>, behind front: Data = Data(),
    _ write: @escaping (Element, inout JoinedJSON) throws -> Void
) -> Source<Data> {
    var front = front
    return {
        var json = JoinedJSON()
        json.append(front)
        let begin = ContinuousClock.now
        while json.count < 8 << 10 {
            switch elements() {
            case .one(let element): Service.encoding { try write(element, &json) }
            // What stands before the first goes out with it.
            case .nothing where json.count == front.count: return .nothing
            case .nothing: break
            case .end where json.count == 0: return .end
            case .end:
                front = Data()
                return .one(Service.encoding { try json.joined() })
            }
            if ContinuousClock.now - begin > .milliseconds(1) { break }
        }
        front = Data()
        return .one(Service.encoding { try json.joined() })
    }
}

/// A JSON object with a list of any length, in pieces: its members in front of the list, the elements, and the members
/// behind. Never indented.
func object<Element: JSONObject>(
    _ front: Data, list name: MemberName, _ elements: @escaping Source<Element>, _ back: @escaping () -> Data
) -> Source<Data> {
    let opening = front.dropLast() + Data(",\"\(name.rawValue)\":[".utf8)
    let list = jsonPieces(of: elements, behind: opening) { try $1.write(element: $0) }
    var hasEnded = false
    return {
        if hasEnded { return .end }
        let piece = list()
        guard case .end = piece else { return piece }
        hasEnded = true
        let back = back()
        return .one(Data((back.count > 2 ? "]," : "]").utf8) + back.dropFirst())
    }
}
