/// Finds how long a reply asks to wait: `try again in 5 minutes`, `retry after 300s`, `00:05:00`.
enum RetryTime {
    /// Longer than a queue lives, nobody means it.
    private static let most = 7 * 24 * 3600
    /// More durations than a reply has; this bounds the work on a text made of them.
    private static let mostDurations = 32

    /// Seconds to wait, where the folded text says so.
    static func seconds(in text: [UInt8]) -> Int? {
        guard let first = seconds(in: text, from: 0) else { return nil }
        // "Remaining: 3540 seconds of 60 minutes" asks for what remains.
        let remaining = text.firstIndex(of: "remaining", in: text.indices)
        return remaining.flatMap { seconds(in: text, from: $0) } ?? first
    }

    private static func seconds(in text: [UInt8], from start: Int) -> Int? {
        var i = text.firstDigit(from: start)
        var durations = 0
        while i < text.count, durations < mostDurations {
            guard i == 0 || !text[i - 1].isWordByte && text[i - 1] != .ascii(".") else {
                i = text.firstDigit(from: i + 1)
                continue
            }
            let start = i
            if let (seconds, end) = duration(in: text, at: start) {
                if asksToWait(text, before: start, after: end) { return (1...most).contains(seconds) ? seconds : nil }
                durations += 1
            }
            while i < text.count, text[i].isWordByte { i += 1 }
            i = text.firstDigit(from: i)
        }
        return nil
    }

    /// A duration at `start`, in seconds, and where it ends.
    private static func duration(in text: [UInt8], at start: Int) -> (Int, Int)? {
        guard var (value, end) = number(in: text, at: start) else { return nil }
        if end < text.count, text[end] == .ascii(":") {
            // hh:mm:ss
            guard let (minutes, middle) = number(in: text, at: end + 1), middle < text.count,
                text[middle] == .ascii(":"), let (seconds, last) = number(in: text, at: middle + 1),
                minutes < 60, seconds < 60
            else { return nil }
            return (value * 3600 + minutes * 60 + seconds, last)
        }
        while end < text.count, text[end].isBlank || text[end] == .ascii("-") { end += 1 }
        guard end < text.count, text[end].isLetter else { return nil }
        let units: [(StaticString, Int)] = [
            ("seconds", 1), ("second", 1), ("secs", 1), ("sec", 1), ("sekunden", 1), ("s", 1),
            ("minutes", 60), ("minute", 60), ("mins", 60), ("min", 60), ("minuten", 60), ("m", 60),
            ("hours", 3600), ("hour", 3600), ("hrs", 3600), ("hr", 3600), ("stunden", 3600), ("h", 3600),
            ("days", 86400), ("day", 86400), ("d", 86400),
            ("segundos", 1), ("secondes", 1), ("secondi", 1), ("sekund", 1), ("sekundy", 1), ("seconden", 1),
            ("minutos", 60), ("minuti", 60), ("minut", 60), ("minuty", 60), ("minuut", 60),
            ("horas", 3600), ("hora", 3600), ("heures", 3600), ("heure", 3600), ("ore", 3600), ("ora", 3600),
            ("stunde", 3600), ("uur", 3600), ("godzin", 3600), ("godziny", 3600), ("hodin", 3600),
            ("tage", 86400), ("tagen", 86400), ("dias", 86400), ("jours", 86400), ("giorni", 86400), ("dagen", 86400),
        ]
        let length = text[end...].prefix(9).prefix(while: \.isLetter).count
        for (unit, factor) in units where unit.utf8CodeUnitCount == length && text.has(unit, at: end) {
            value *= factor
            return (value, end + length)
        }
        return nil
    }

    private static func number(in text: [UInt8], at start: Int) -> (Int, Int)? {
        var i = start
        var value = 0
        while i < text.count, text[i].isDigit, i - start < 8 {
            value = value * 10 + Int(text[i] - 0x30)
            i += 1
        }
        return i > start && (i == text.count || !text[i].isDigit) ? (value, i) : nil
    }

    /// Do the words around a duration ask to come back after it?
    private static func asksToWait(_ text: [UInt8], before start: Int, after end: Int) -> Bool {
        // A rate, a time of day, or a time that has passed.
        let others: [StaticString] = ["per ", "por ", "par ", "pro ", "every ", "each ", "at ", "last ", "past ", " -"]
        if others.contains(where: { text.has($0, before: start) }) { return false }
        let near = max(0, start - 48)..<start
        let behind = end..<min(text.count, end + 32)
        if text.firstIndex(of: "gave up", in: near) != nil || text.firstIndex(of: "queue", in: behind) != nil {
            return false
        }
        let strong: [StaticString] = [
            "try again", "retry", "retrying", "come back", "wait ", "again in", "again after", "greylist", "graylist",
            "try later", "resend", "reconnect", "delayed", "deferred for", "blocked for", "try in", "try after",
            "remaining", "versuchen", "erneut", "wiederholen", "essayer", "essayez", "intente", "tente novamente",
            "riprova", "intentar", "novamente", "reessayer", "reessayez", "probeer", "opnieuw", "sprobuj", "ponownie",
            "zkuste", "znovu",
        ]
        if strong.contains(where: { text.firstIndex(of: $0, in: near) != nil }) { return true }
        let afterwards: [StaticString] = [
            "and try again", "before retry", "before try", "before resend", "then try", "and retry", "erneut",
        ]
        return afterwards.contains { text.firstIndex(of: $0, in: behind) != nil }
    }
}
