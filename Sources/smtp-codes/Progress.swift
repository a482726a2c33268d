import Glibc

/// How far the reading is, on standard error where that is a terminal.
struct Progress {
    var lines = 0

    private let width = Terminal.columns(of: STDERR_FILENO)
    private let begin = Self.seconds
    private var lastShown = 0.0

    mutating func show(_ bytes: Int, of all: Int) {
        guard let width, Self.seconds - lastShown > 0.1 else { return }
        lastShown = Self.seconds
        let elapsed = max(lastShown - begin, 0.001)
        // What is read just begins; it would tell nothing yet.
        guard elapsed > 0.3 else { return }
        let speed = Double(bytes) / elapsed
        var text = "\(lines.grouped) lines, \(Int(speed / 1e6)) MB/s"
        if all > bytes {
            let share = Double(bytes) / Double(all)
            let left = Int(Double(all - bytes) / speed + 0.5)
            text = "\(Int(share * 100)) %  \(text), \(left) s left"
            text = Bar.text(share, width: max(0, min(30, width - text.count - 3))) + "  " + text
        }
        Terminal.write("\r\(text.prefix(width - 1))\u{1B}[K", to: STDERR_FILENO)
    }

    func clear() {
        if lastShown > 0 { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private static var seconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

/// A bar of blocks, an eighth of a column fine.
enum Bar {
    static func text(_ share: Double, width: Int) -> String {
        let eighths = Int((share * Double(width * 8)).rounded())
        let full = min(eighths / 8, width)
        let rest = full < width ? ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] : ""
        let bar = String(repeating: "█", count: full) + rest
        return bar + String(repeating: " ", count: max(0, width - bar.count))
    }
}

extension Int {
    /// As `1,234,567`.
    var grouped: String {
        var digits = Array(String(magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (self < 0 ? "-" : "") + String(digits)
    }
}
