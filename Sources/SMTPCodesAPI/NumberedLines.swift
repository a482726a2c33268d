import FoundationEssentials
import Glibc

/// The lines of NDJSON that are not blank, with their numbers.
struct NumberedLines: Sequence, IteratorProtocol {
    private let body: Data
    private var position = 0
    private var number = 0

    init(_ body: Data) {
        self.body = body
    }

    mutating func next() -> (line: Data, number: Int)? {
        while position < body.count {
            let end = endOfLine()
            let line = body[position..<end]
            position = end + 1
            number += 1
            if line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { return (line, number) }
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
