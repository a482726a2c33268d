import Glibc
import SMTPCodesAPI
import Synchronization

/// Standard error, for those who may not wait for it: lines go through a bounded buffer to a thread that writes
/// them. What finds the buffer full, as nobody reads the other end of the pipe, is dropped and counted.
final class LogOutput: TextOutputStream, Sendable {
    /// The most bytes that wait to be written.
    private static let capacity = 1 << 20

    private struct State {
        var waiting: [UInt8] = []
        /// Bytes that the thread has taken and not yet written.
        var taken = 0
        var dropped = 0

        var isEmpty: Bool { waiting.isEmpty && taken == 0 }
    }

    private let state = Mutex(State())
    private let news = Semaphore()

    /// Lives to the end of the process. Throws a ``Failure`` where there can be no thread.
    init() throws {
        try startThread { while true { self.writeWaiting() } }
    }

    /// How many lines were lost.
    var dropped: Int { state.withLock { $0.dropped } }

    /// Takes one line; never waits.
    func write(_ line: String) {
        var line = line
        let isFirst = line.withUTF8 { bytes in
            state.withLock { state in
                guard state.waiting.count + state.taken + bytes.count <= Self.capacity else {
                    state.dropped += 1
                    return false
                }
                state.waiting += bytes
                return state.waiting.count == bytes.count
            }
        }
        if isFirst { news.signal() }
    }

    /// Gives what was logged last a second to be read.
    func finish() {
        for _ in 0..<200 where !state.withLock(\.isEmpty) { usleep(5000) }
    }

    private func writeWaiting() {
        news.wait()
        let bytes = state.withLock { state in
            let bytes = state.waiting
            state.waiting = []
            state.taken = bytes.count
            return bytes
        }
        let written = bytes.withUnsafeBytes(Self.write)
        state.withLock { state in
            state.taken = 0
            state.dropped += bytes[written...].count { $0 == 0x0A }
        }
    }

    /// How many bytes the other end took before it failed.
    private static func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(STDERR_FILENO, bytes.baseAddress! + written, bytes.count - written)
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                // Whoever shares the pipe has made it so.
                var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                break
            }
        }
        return written
    }
}
