/// What stands before the message in a line of a log: the time and the program, as syslog, journald and the mail servers'
/// own logs write them.
struct LogHeader {
    /// How the time is written that begins the line.
    enum Clock {
        case none
        /// At the index: `Mar  5 10:11:12`, without a year.
        case syslog(Int)
        case iso(Int)
        /// `@400000005f...`, seconds since 1970 in hexadecimal (TAI64N).
        case tai(Int)
    }

    var clock = Clock.none
    /// As `postfix/smtp`; empty where none is named.
    var program = 0..<0
    /// Where the message begins.
    var message = 0

    init(_ line: Span<UInt8>) {
        guard line.count > 16 else { return }
        var start = 0
        if line[0] == .ascii("<"), let end = line.first(.ascii(">"), from: 1), end < 5 {
            start = end + 1
            // RFC 5424 has its version here.
            if line.has("1 ", at: start) {
                readRFC5424(line, from: start + 2)
                return
            }
        }
        if start + 16 < line.count, line[start + 3] == 0x20, line[start + 6] == 0x20, line[start + 9] == .ascii(":"),
            line[start + 12] == .ascii(":"), line[start + 15] == 0x20
        {
            clock = .syslog(start)
            readHostAndProgram(line, from: start + 16)
        } else if line[start].isDigit, let (_, end) = LogTime.read(iso: line, at: start), end < line.count {
            clock = .iso(start)
            message = end
            // A comma is that of a table.
            guard line[end] == 0x20 else { return }
            message = end + 1
            if line[start + 10] == .ascii("T") { readHostAndProgram(line, from: end + 1) }
        } else if line[start] == .ascii("@"), line.count > start + 26, line[start + 25] == 0x20 {
            clock = .tai(start + 1)
            message = start + 26
        }
    }

    /// `host program[pid]: message`; where no program is named, the message begins at once.
    private mutating func readHostAndProgram(_ line: Span<UInt8>, from start: Int) {
        message = start
        let host = line.endOfWord(from: start)
        guard host + 1 < line.count else { return }
        let end = line.endOfWord(from: host + 1)
        guard end < line.count, line[end - 1] == .ascii(":"), end - 1 > host + 1 else { return }
        program = host + 1..<end - 1
        message = end + 1
    }

    /// `2026-03-05T10:11:12Z host program pid id [data] message`
    private mutating func readRFC5424(_ line: Span<UInt8>, from start: Int) {
        clock = .iso(start)
        message = start
        var i = start
        for field in 0..<5 {
            let end = line.endOfWord(from: i)
            guard end < line.count else { return }
            if field == 2 { program = i..<end }
            i = end + 1
        }
        // Structured data: `-`, or elements in brackets, in which quotes hide a bracket.
        var isQuoted = false
        var isInside = false
        while i < line.count, isInside || line[i] != 0x20 {
            switch line[i] {
            case .ascii("\\"): i += 1
            case .ascii("\""): isQuoted.toggle()
            case .ascii("["): isInside = true
            case .ascii("]") where !isQuoted: isInside = false
            default: break
            }
            i += 1
        }
        i = min(i + 1, line.count)
        // Some senders begin the message with a byte-order mark.
        if i + 2 < line.count, line[i] == 0xEF, line[i + 1] == 0xBB, line[i + 2] == 0xBF { i += 3 }
        message = i
    }

    /// The time, where there is one. Syslog leaves out the year: it is the latest that is not after `now`.
    func time(in line: Span<UInt8>, now: LogTime) -> LogTime? {
        switch clock {
        case .none: return nil
        case .iso(let start): return LogTime.read(iso: line, at: start)?.time
        case .syslog(let start): return Self.syslogTime(line, start, now)
        case .tai(let start): return Self.taiTime(line, start)
        }
    }

    private static func syslogTime(_ line: Span<UInt8>, _ start: Int, _ now: LogTime) -> LogTime? {
        guard let month = LogTime.month(line, at: start),
            let day = line.number(at: start + 4, length: 2), let hour = line.number(at: start + 7, length: 2),
            let minute = line.number(at: start + 10, length: 2), let second = line.number(at: start + 13, length: 2)
        else { return nil }
        // A clock may be a day ahead.
        for year in [now.year, now.year - 1] {
            let time = LogTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
            if let time, time.seconds < now.seconds + 86400 { return time }
        }
        return nil
    }

    private static func taiTime(_ line: Span<UInt8>, _ start: Int) -> LogTime? {
        var seconds: UInt64 = 0
        for i in start..<start + 16 {
            let byte = line[i].lowercased
            guard byte.isDigit || (0x61...0x66).contains(byte) else { return nil }
            seconds = seconds << 4 | UInt64(byte.isDigit ? byte - 0x30 : byte - 0x57)
        }
        // TAI began ten seconds ahead of UTC; what leap seconds came since is less than a minute.
        guard seconds >= 1 << 62 + 10, seconds < 1 << 62 + 1 << 36 else { return nil }
        return LogTime(seconds: Int(seconds - 1 << 62) - 10)
    }
}
