/// When something happened by the clock of the log that tells it, whatever its time zone.
public struct LogTime: Hashable, Comparable, Sendable {
    /// Since 1970-01-01 00:00:00 on that clock.
    public let seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    /// Nil for what is no date and no time.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second), (1970...9999).contains(year)
        else { return nil }
        seconds = Self.days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    }

    /// Reads `2026-03-05`, `2026-03-05 10:11` and `2026-03-05T10:11:12`; nil for anything else.
    public init?(_ text: String) {
        var text = text
        guard let read = text.withUTF8({ Self.read(iso: $0.span, at: 0) }), read.end == text.utf8.count else {
            return nil
        }
        self = read.time
    }

    public static func < (one: LogTime, other: LogTime) -> Bool { one.seconds < other.seconds }

    /// As `2026-03-05`.
    public var day: String { String(description.prefix(10)) }

    /// As `2026-03-05 10:00`.
    public var hour: String { "\(day) \(Self.padded(seconds % 86400 / 3600)):00" }

    /// Days since 1970-01-01, in the calendar that the Gregorian reform made; years begin in March, so that a leap day
    /// is the last one.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    private var date: (year: Int, month: Int, day: Int) {
        let days = seconds / 86400 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month > 9 ? 1 : 0), month > 9 ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    var year: Int { date.year }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension LogTime: CustomStringConvertible {
    /// As `2026-03-05T10:11:12`.
    public var description: String {
        let (year, month, day) = date
        let rest = seconds % 86400
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map(Self.padded).joined(separator: ":")
        return "\(year)-\(Self.padded(month))-\(Self.padded(day))T\(clock)"
    }
}

extension LogTime {
    /// Reads a time at `start` as ISO 8601 and RFC 3339 have it, with `T` or a blank, the clock and what follows its
    /// minutes optional; also where it ends.
    static func read(iso line: Span<UInt8>, at start: Int) -> (time: LogTime, end: Int)? {
        guard start + 10 <= line.count, line[start + 4] == .ascii("-"), line[start + 7] == .ascii("-"),
            let year = line.number(at: start, length: 4), let month = line.number(at: start + 5, length: 2),
            let day = line.number(at: start + 8, length: 2)
        else { return nil }
        var (hour, minute, second) = (0, 0, 0)
        var i = start + 10
        if i < line.count, line[i] == .ascii("T") || line[i] == 0x20, let read = line.number(at: i + 1, length: 2) {
            hour = read
            i += 3
            if i < line.count, line[i] == .ascii(":"), let read = line.number(at: i + 1, length: 2) {
                minute = read
                i += 3
                if i < line.count, line[i] == .ascii(":"), let read = line.number(at: i + 1, length: 2) {
                    second = read
                    i += 3
                }
            }
            i = endOfFractionAndZone(line, at: i)
        }
        guard
            let time = LogTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        return (time, i)
    }

    private static func endOfFractionAndZone(_ line: Span<UInt8>, at start: Int) -> Int {
        var i = start
        if i < line.count, line[i] == .ascii(".") {
            i += 1
            while i < line.count, line[i].isDigit { i += 1 }
        }
        if i < line.count, line[i] == .ascii("Z") { return i + 1 }
        if i + 2 < line.count, line[i] == .ascii("+") || line[i] == .ascii("-"), line[i + 1].isDigit {
            i += 1
            while i < line.count, line[i].isDigit || line[i] == .ascii(":") { i += 1 }
        }
        return i
    }
}

extension LogTime {
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// 1 for `Jan`; nil for what is no month.
    static func month(_ line: Span<UInt8>, at start: Int) -> Int? {
        months.firstIndex { line.has($0, at: start) }.map { $0 + 1 }
    }

    /// Reads the time of a message, `Thu, 5 Mar 2026 10:11:12 +0100`, day of the week and seconds optional (RFC 5322,
    /// section 3.3); nil for anything else.
    init?(mailDate: String) {
        var words = mailDate.utf8.split { $0 == 0x20 || $0 == 0x09 }.map(Array.init)
        if words.first?.last == .ascii(",") { words.removeFirst() }
        guard words.count >= 4, let day = Int(words[0]), let year = Int(words[2]) else { return nil }
        let name = words[1]
        guard let month = Self.month(name.span, at: 0) else { return nil }
        let clock = words[3].split(separator: .ascii(":")).map { Int($0) ?? -1 }
        guard (2...3).contains(clock.count) else { return nil }
        self.init(
            year: year, month: month, day: day, hour: clock[0], minute: clock[1],
            second: clock.count == 3 ? clock[2] : 0)
    }
}

extension Int {
    /// Nil for what is no number in decimal digits.
    fileprivate init?(_ digits: some Collection<UInt8>) {
        guard (1...9).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        self = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
