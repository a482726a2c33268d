import Glibc

/// What the outputs of this process are.
enum Terminal {
    /// Columns of standard output; nil where that is no terminal.
    static let width = columns(of: STDOUT_FILENO)
    static let showsColor = width != nil && Environment.text("NO_COLOR") == nil && Environment.text("TERM") != "dumb"

    static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Says in one line what is wrong.
    static func complain(_ message: String) { write("smtp-codes: \(message)\n", to: STDERR_FILENO) }

    /// Writes all of it; ends the process where nobody takes it, as `| head` does.
    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32 = STDOUT_FILENO) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                // 74: an error of input or output (sysexits.h).
                _exit(descriptor == STDOUT_FILENO && errno != EPIPE ? 74 : 0)
            }
        }
    }
}
