import FoundationEssentials
import Glibc
import SMTPCodesAPI

/// What one answer cost.
struct Cost {
    /// Of this thread.
    var seconds: Double
    let answerBytes: Int
    /// Replies and recipients that the answer explains, or says in their place what is wrong with them.
    let items: Int
    /// The most memory that the process held meanwhile; nil where the system does not tell.
    let peakMemory: Int?
}

/// Has the service answer, and takes the answer as a connection does, piece by piece.
func measure(_ service: Service, _ request: Request) -> Cost {
    resetPeakMemory()
    let start = processSeconds()
    let response = service.answer(request)
    var counter = ItemCounter()
    switch response.body {
    case .whole(let bytes): bytes.withUnsafeBytes { counter.count($0) }
    case .stream(let stream):
        stream.forEachBlock { counter.count($0) }
    }
    let seconds = processSeconds() - start
    return Cost(
        seconds: seconds, answerBytes: counter.bytes, items: max(1, counter.items), peakMemory: peakMemory())
}

/// Counts the bytes of an answer, and its items by members that each of them has once: a quote inside of a string
/// is escaped, so no text of a client's looks like one.
private struct ItemCounter {
    private(set) var bytes = 0
    private(set) var items = 0
    private var before: [UInt8] = []

    private static let marks = ["\"confidence\":\"", "\"confidence\" : \"", "\"type\":\"urn:", "\"type\" : \"urn:"]

    mutating func count(_ piece: UnsafeRawBufferPointer) {
        bytes += piece.count
        // A mark may lie across two pieces.
        let text = before + piece
        for mark in Self.marks { items += occurrences(of: mark, in: text, from: before.count) }
        before = Array(text.suffix(31))
    }

    /// Those that end behind `start`.
    private func occurrences(of mark: String, in text: [UInt8], from start: Int) -> Int {
        let mark = Array(mark.utf8)
        return text.withUnsafeBytes { text in
            var count = 0
            var at = max(0, start - mark.count + 1)
            while at < text.count, let found = memchr(text.baseAddress! + at, Int32(mark[0]), text.count - at) {
                at = UnsafeRawPointer(found) - text.baseAddress!
                if at + mark.count <= text.count, memcmp(text.baseAddress! + at, mark, mark.count) == 0 { count += 1 }
                at += 1
            }
            return count
        }
    }
}

private func processSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How many times as long as where the bounds were set this machine takes for work of their kind: small pieces of text
/// are made, sorted and looked up. 1 where it is quicker.
let slowness: Double = {
    func work() -> Double {
        let start = processSeconds()
        let words = (0..<100_000).map { String($0 &* 2_654_435_761 % 1_000_003) }.sorted()
        let known = Set(words)
        precondition(words.allSatisfy(known.contains))
        return processSeconds() - start
    }
    return max(1, (0..<5).map { _ in work() }.min()! / 0.016)
}()

/// Linux remembers the peak until somebody writes this.
private func resetPeakMemory() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
}

private func peakMemory() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes << 10
}
