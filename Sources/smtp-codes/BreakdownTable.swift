import SMTPExplain

/// A breakdown as a table with bars.
struct BreakdownTable {
    let width: Int
    let color: Bool
    /// How many rows; 0: all.
    let top: Int

    func text(_ breakdown: Breakdown, _ span: (first: LogTime, last: LogTime)?) -> String {
        guard breakdown.total.deliveries > 0 else { return "" }
        let rows = breakdown.sorted
        let shown = top == 0 ? rows : Array(rows.prefix(top))
        // Next to those that were sent, nothing else would be seen.
        let most = shown.map(\.row.refused).max() ?? 0
        let nameWidth = max(breakdown.pivot.rawValue.count, min(shown.map(\.name.count).max() ?? 0, 40))
        var lines = [heading(breakdown.total, span), ""]
        let columns = breakdown.pivot.isVerdict ? ["replies", "share"] : ["deliveries", "refused", "share"]
        lines.append(bold(breakdown.pivot.rawValue.padded(nameWidth) + columns.map { $0.paddedLeft(12) }.joined()))
        for (name, row) in shown {
            lines.append(line(name.padded(nameWidth), row, breakdown, most))
            if let (reply, count) = row.commonestReply { lines.append(sample(reply, count, of: row.refused)) }
        }
        if shown.count < rows.count {
            lines.append("and \((rows.count - shown.count).grouped) more; --top 0 shows all")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ total: Breakdown.Row, _ span: (first: LogTime, last: LogTime)?) -> String {
        let sent = total.deliveries - total.refused
        let when = span.map {
            $0.first.day == $0.last.day ? ", \($0.first.day)" : ", \($0.first.day) to \($0.last.day)"
        }
        return "\(bold(total.deliveries.grouped)) deliveries\(when ?? ""): "
            + "\(share(sent, total.deliveries)) sent, \(share(total.deferred, total.deliveries)) deferred, "
            + "\(share(total.bounced, total.deliveries)) bounced"
    }

    private func line(_ name: String, _ row: Breakdown.Row, _ breakdown: Breakdown, _ most: Int) -> String {
        let numbers =
            breakdown.pivot.isVerdict
            ? [row.deliveries.grouped, share(row.deliveries, breakdown.total.deliveries)]
            : [row.deliveries.grouped, row.refused.grouped, share(row.refused, row.deliveries)]
        let text = name + numbers.map { $0.paddedLeft(12) }.joined()
        guard row.refused > 0, width - text.count > 8 else { return text }
        let bar = Bar.text(Double(row.refused) / Double(most), width: min(40, width - text.count - 3))
        return text + "  " + (color ? "\u{1B}[31m\(bar)\u{1B}[0m" : bar.trimmedRight)
    }

    private func sample(_ reply: ExplainedReply, _ count: Int, of all: Int) -> String {
        let count = "  \(share(count, all).paddedLeft(7))  "
        let text = count + reply.line.printable(width - count.count)
        return color ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    private func share(_ part: Int, _ all: Int) -> String {
        guard all > 0 else { return "-" }
        let tenths = (part * 1000 + all / 2) / all
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func bold(_ text: String) -> String { color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// All rows, as RFC 4180 has it.
    static func csv(_ breakdown: Breakdown) -> String {
        var text = "\(breakdown.pivot.rawValue),deliveries,deferred,bounced,reply,replies\r\n"
        for (name, row) in breakdown.sorted {
            let reply = row.commonestReply
            let fields = [
                name, String(row.deliveries), String(row.deferred), String(row.bounced), reply?.reply.line ?? "",
                reply.map { String($0.count) } ?? "",
            ]
            text += fields.map(\.csvField).joined(separator: ",") + "\r\n"
        }
        return text
    }
}

extension String {
    func padded(_ width: Int) -> String { prefix(width) + String(repeating: " ", count: max(0, width - count)) }

    func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    fileprivate var trimmedRight: String { String(reversed().drop { $0 == " " }.reversed()) }

    /// Without what would move a terminal's cursor or change its colours, cut to a width.
    func printable(_ width: Int) -> String {
        let scalars = unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? " " : $0 }
        let text = String(String.UnicodeScalarView(scalars))
        return text.count > width ? text.prefix(max(0, width - 1)) + "…" : text
    }

    /// A spreadsheet would take what begins so for a formula.
    fileprivate var csvField: String {
        let text = first.map { "=+-@".contains($0) } == true ? "'" + self : self
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
