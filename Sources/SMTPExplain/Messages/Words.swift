/// The words that say why, out of the lines that are about a recipient.
enum Words {
    /// The reason, its lines kept: what a remote server said, else what follows words that announce a reason, else all
    /// but what only frames it.
    static func about(
        _ sections: [(host: Range<Int>, lines: Range<Int>)], in text: [UInt8], _ marks: [MailWords.Mark]
    ) -> [UInt8] {
        var reader = Reader(text: text, marks: marks)
        for section in sections { reader.read(section.host, section.lines) }
        return reader.words
    }

    private struct Reader {
        let text: [UInt8]
        let marks: [MailWords.Mark]
        private var all: [UInt8] = []
        /// What a transcript, or a remark in brackets, says that the server replied.
        private var reply: [UInt8] = []
        private var replied = false
        /// Behind words that announce a reason.
        private var reasons: [UInt8] = []
        private var reasonEnds = true
        private var reasonHasWords = false
        private var reasonHasReply = false
        /// Do all the words together have a reply code?
        private var hasReply = false
        private var paragraph = 0
        private var isFooter = false
        /// Has a letter ended? Who wrote it stands below.
        private var isClosed = false

        init(text: [UInt8], marks: [MailWords.Mark]) {
            self.text = text
            self.marks = marks
        }

        var words: [UInt8] {
            if !reply.isEmpty { return reply }
            return reasonHasWords && (reasonHasReply || !hasReply) ? reasons : all
        }

        mutating func read(_ host: Range<Int>, _ range: Range<Int>) {
            if !host.isEmpty, reply.isEmpty { all += text[host] + [0x0A] }
            var next = marks.firstIndex(from: range.lowerBound)
            var lines = Lines(text[range])
            endParagraph()
            isClosed = false
            while let line = lines.next() {
                let trimmed = line.trimmed
                let first = next
                while next < marks.count, marks[next].start < line.endIndex { next += 1 }
                take(trimmed, marks[first..<next], host)
            }
            endParagraph()
        }

        private mutating func endParagraph() {
            paragraph = all.count
            isFooter = false
        }

        private mutating func take(_ line: ArraySlice<UInt8>, _ marks: ArraySlice<MailWords.Mark>, _ host: Range<Int>) {
            guard line.contains(where: { $0.isWordByte || $0 >= 0x80 }) else {
                if line.isEmpty { endParagraph() }
                if reasonHasWords { reasonEnds = true }
                return
            }
            if marks.contains(where: { Self.outcomes.contains($0.role) }) || hasReply(line) { isClosed = false }
            if isFooter || isClosed { return }
            var line = line
            if let closing = marks.first(where: { $0.closes(line) }) {
                isClosed = true
                line = line[..<Int(closing.start)].trimmed
                if line.isEmpty { return }
            }
            if marks.contains(where: { $0.role == .footer }), !hasReply(line) {
                // The whole paragraph is one.
                isFooter = true
                all.removeLast(all.count - paragraph)
                return
            }
            if takeReply(line, host) { return }
            if let mark = marks.first(where: { $0.role == .help || $0.role == .alias }),
                !marks.contains(where: { $0.role == .reason })
            {
                line = sentences(of: line, before: Int(mark.start))
                if line.isEmpty { return }
            }
            takeReason(line, marks)
            hasReply = hasReply || hasReply(line)
            if announces(line, marks) { return }
            all += line
            all.append(0x0A)
        }

        /// The whole sentences that end before that place.
        private func sentences(of line: ArraySlice<UInt8>, before index: Int) -> ArraySlice<UInt8> {
            var end = min(max(index, line.startIndex), line.endIndex)
            while end > line.startIndex {
                let ends = end < line.endIndex && line[end] == 0x20 && ".!?".utf8.contains(line[end - 1])
                if ends || line[..<end].suffix(3).elementsEqual("。".utf8) { return line[..<end] }
                end -= 1
            }
            return line[..<end]
        }

        private static let outcomes: Set<MailWords.Role> = [.reason, .failed, .gaveUp, .delayed]

        /// `The following recipients did not receive your message:`
        private func announces(_ line: ArraySlice<UInt8>, _ marks: ArraySlice<MailWords.Mark>) -> Bool {
            line.last == .ascii(":") && !hasReply(line)
                && marks.contains { Self.outcomes.contains($0.role) }
        }

        /// `<<< 550 ...`: the first refusal, not what the server says after it, nor what the local one makes of it.
        private mutating func takeReply(_ line: ArraySlice<UInt8>, _ host: Range<Int>) -> Bool {
            if text.has("(reason: ", at: line.startIndex) {
                guard !replied || reply.isEmpty else { return true }
                reply = Array(line.dropFirst(9))
                if reply.last == .ascii(")") { reply.removeLast() }
                reply.append(0x0A)
                replied = true
                return true
            }
            let marks: [StaticString] = ["<<< ", "<<<- ", "received >>> ", "<- ", "s: "]
            guard let mark = marks.first(where: { text.has($0, at: line.startIndex) }) else {
                if !reply.isEmpty { replied = true }
                return false
            }
            let said = line.dropFirst(mark.utf8CodeUnitCount)
            guard let first = said.first, first == .ascii("4") || first == .ascii("5"),
                said.prefix(3).allSatisfy(\.isDigit)
            else {
                if !reply.isEmpty { replied = true }
                return text.has("<<< ", at: line.startIndex)
            }
            if !replied {
                if reply.isEmpty, !host.isEmpty { reply += text[host] + [0x0A] }
                reply += said + [0x0A]
            }
            return true
        }

        /// A second announcement counts where the first brought no reply.
        private mutating func takeReason(_ line: ArraySlice<UInt8>, _ marks: ArraySlice<MailWords.Mark>) {
            var words = line
            if !hasReply, let mark = marks.last(where: { $0.role == .reason && announces($0, line) }) {
                words = line[Int(mark.end)...]
                if hasWords(words) || reasonEnds {
                    reasons.removeAll(keepingCapacity: true)
                    reasonHasWords = false
                }
                reasonEnds = false
            }
            guard !reasonEnds else { return }
            reasons += words
            reasons.append(0x0A)
            reasonHasWords = reasonHasWords || hasWords(words)
            reasonHasReply = reasonHasReply || hasReply(words)
        }

        /// A reason is announced at the beginning of a line or at its end; in between, a reply speaks of one.
        private func announces(_ mark: MailWords.Mark, _ line: ArraySlice<UInt8>) -> Bool {
            guard mark.start >= line.startIndex, mark.end <= line.endIndex else { return false }
            return !hasWords(line[..<Int(mark.start)]) || !hasWords(line[Int(mark.end)...])
        }

        private func hasWords(_ line: ArraySlice<UInt8>) -> Bool { line.contains { $0.isWordByte || $0 >= 0x80 } }

        /// Does a reply code of a refusal stand there?
        private func hasReply(_ line: ArraySlice<UInt8>) -> Bool {
            var last: UInt8 = 0x20
            for (index, byte) in zip(line.indices, line.prefix(4096)) {
                defer { last = byte }
                guard byte == .ascii("4") || byte == .ascii("5"), last.isSpace || "\"'(<[;>#".utf8.contains(last) else {
                    continue
                }
                let code = line[index...].prefix(4)
                guard code.count >= 3, code.prefix(3).allSatisfy(\.isDigit) else { continue }
                if code.count == 3 || code.last! == 0x20 || code.last! == .ascii("-") || code.last! == .ascii(":") {
                    return true
                }
            }
            return false
        }
    }
}
