import FoundationEssentials
import Glibc

/// The answers to a body of NDJSON, one line after another, each made when there is room to send it.
final class ExplainStream: BodyStream {
    private let route: ExplainRoute
    private let body: Data
    /// Where the next line begins.
    private var position = 0
    private var line = 0
    /// The answer that is being sent, and how much of it was.
    private var answer = Data()
    private var sent = 0

    init(_ route: ExplainRoute, _ body: Data) {
        self.route = route
        self.body = body
    }

    package func next(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count {
            if sent == answer.count {
                // A line takes long only if it is long itself; do not begin another one then.
                if filled > 0, answer.count > buffer.count { break }
                guard let next = nextLine() else { break }
                switch route.element(json: next, line: line) {
                case .answer(let explanation): answer = Service.encode(explanation, pretty: false)
                case .problem(let problem): answer = Service.encode(problem, pretty: false)
                }
                answer.append(0x0A)
                sent = 0
            }
            let count = min(buffer.count - filled, answer.count - sent)
            answer.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), from: sent..<sent + count)
            sent += count
            filled += count
        }
        return filled
    }

    /// The next line that is not blank.
    private func nextLine() -> Data? {
        while position < body.count {
            let end = endOfLine()
            let next = body[position..<end]
            position = end + 1
            line += 1
            if next.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { return next }
        }
        return nil
    }

    private func endOfLine() -> Int {
        body.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            guard let found = memchr(rest.baseAddress!, 0x0A, rest.count) else { return bytes.count }
            return UnsafeRawPointer(found) - bytes.baseAddress!
        }
    }
}
