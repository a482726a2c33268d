/// What a block of a log tells, in order.
public struct ReadBlock: Sendable {
    enum Entry: Sendable {
        case delivery(Delivery, ExplainedReply)
        case sender(queueID: String, address: String)
        case attempt(String, queueID: String, recipient: String)
    }

    var entries: [Entry] = []
    /// How many lines there were.
    public internal(set) var lines = 0

    public var deliveries: some Sequence<(Delivery, ExplainedReply)> {
        entries.lazy.compactMap {
            if case .delivery(let delivery, let explained) = $0 { (delivery, explained) } else { nil }
        }
    }
}

/// Reads and explains blocks of a log on one thread. Several of them may work on blocks of one log at a time; a
/// ``DeliveryStream`` gets what they found in the order of the blocks.
public struct BlockReader {
    private let now: LogTime
    private let joinsSenders: Bool
    private var explainer: DeliveryExplainer

    /// Which deliveries get an explanation of their own.
    public enum Explanations: Sendable {
        /// Those that were refused; all that differ in addresses, ids and numbers alone share one. What was sent is
        /// ``Category/accepted``, whoever said so.
        case refusals
        /// Likewise, with those that were sent.
        case all
        /// Each, with its own numbers and addresses, which takes far longer.
        case each
    }

    /// `now` tells the year of times that lack it. Senders stand in lines of their own, which takes time to join.
    public init(_ explainer: Explainer, now: LogTime, explaining wanted: Explanations, joinsSenders: Bool = true) {
        self.now = now
        self.joinsSenders = joinsSenders
        self.explainer = DeliveryExplainer(explainer, wanted)
    }

    /// Reads whole lines; `table` is what ``LogTable/init(startOf:)`` found at the start of the file.
    public mutating func read(_ block: [UInt8], table: LogTable?) -> ReadBlock {
        var events: [LogEvent] = []
        var reader = LogReader(now: now, joinsSenders: joinsSenders, table: table)
        reader.read(block.span, into: &events)
        return explained(events, lines: reader.lines)
    }

    /// Reads a file of JSON whose values are longer than a line; what is none is read as lines.
    public mutating func read(json file: [UInt8]) -> ReadBlock {
        guard let values = JSONLog.read(file.span) else { return read(file, table: nil) }
        var events: [LogEvent] = []
        var reader = LogReader(now: now, joinsSenders: joinsSenders, table: nil)
        reader.read(values, into: &events)
        return explained(events, lines: file.count { $0 == 0x0A })
    }

    private mutating func explained(_ events: [LogEvent], lines: Int) -> ReadBlock {
        var read = ReadBlock(entries: [], lines: lines)
        read.entries.reserveCapacity(events.count)
        for event in events {
            switch event {
            case .delivery(let delivery):
                if let explained = explainer.explain(delivery) { read.entries.append(.delivery(delivery, explained)) }
            case .knownSender(let id, let address): read.entries.append(.sender(queueID: id, address: address))
            case .sender: break
            case .attempt(let attempt, let id, let recipient):
                read.entries.append(.attempt(attempt, queueID: id, recipient: recipient))
            }
        }
        return read
    }

    /// Does a file begin with a value of JSON that goes on in the next lines?
    public static func isJSON(startOf file: [UInt8]) -> Bool {
        let rest = file.drop { $0.isSpace }
        guard let open = rest.first, open == .ascii("{") || open == .ascii("["),
            let next = rest.dropFirst().first(where: { !$0.isSpace }),
            next == .ascii("\"") || open == .ascii("[") && next == .ascii("{")
        else { return false }
        let line = Array(rest.prefix { $0 != 0x0A })
        return line.count > LogReader.mostBytesOfJSON || JSONLog.read(line.span) == nil
    }
}

extension BlockReader {
    /// Reads a message: what a bounce says of each of its recipients, at the time when it was written. Other messages
    /// have none.
    public mutating func read(message: [UInt8]) -> ReadBlock {
        var read = ReadBlock()
        let explained = explainer.explainer.explain(message: message)
        let sender = explained.original?.from.map(Self.bareAddress)
        var lines = Lines(message[...])
        let time = HeaderFields(&lines)["date"].flatMap(LogTime.init(mailDate:))
        for bounced in explained.recipients {
            let outcome: Delivery.Outcome =
                switch bounced.action {
                case "delayed": .deferred
                case "delivered", "relayed", "expanded": .sent
                default: .bounced
                }
            let delivery = Delivery(
                outcome, sender: sender, recipient: bounced.recipient, host: bounced.remoteMTA,
                reply: Array((bounced.diagnostic ?? "").utf8), time: time)
            read.entries.append(.delivery(delivery, ExplainedReply(bounced.explanation)))
        }
        return read
    }

    /// The address of `News <news@a.example>`.
    private static func bareAddress(_ field: String) -> String {
        guard let open = field.utf8.lastIndex(of: .ascii("<")), let close = field.utf8.lastIndex(of: .ascii(">")),
            open < close
        else { return field }
        return String(field[field.utf8.index(after: open)..<close])
    }

    /// Does a file that begins so hold a message: with two fields of a header (RFC 5322, section 2.2)?
    public static func isMessage(startOf file: [UInt8]) -> Bool {
        let lines = file.prefix(4096).split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count > 1, isField(lines[0]) else { return false }
        return isField(lines[1]) || lines[1].first?.isBlank == true
    }

    private static func isField(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.prefix { $0.isWordByte || $0 == .ascii("-") }
        guard (2...64).contains(name.count), name.first!.isLetter, name.endIndex + 1 < line.endIndex else {
            return false
        }
        return line[name.endIndex] == .ascii(":") && line[name.endIndex + 1].isSpace
    }
}

/// The deliveries of a log, from its blocks in order.
public struct DeliveryStream {
    private var joiner = DeliveryJoiner()

    public init() {}

    public mutating func take(_ block: ReadBlock, _ visit: (Delivery, ExplainedReply) -> Void) {
        for entry in block.entries {
            switch entry {
            case .delivery(var delivery, let explained):
                joiner.complete(&delivery)
                visit(delivery, explained)
            case .sender(let id, let address): joiner.remember(sender: address, queueID: id)
            case .attempt(let attempt, let id, let recipient):
                joiner.remember(attempt: attempt, queueID: id, recipient: recipient)
            }
        }
    }
}
