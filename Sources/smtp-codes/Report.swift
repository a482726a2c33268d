import FoundationEssentials
import SMTPExplain

/// What comes out of many replies, in the form that was asked for.
struct Report {
    private let output: Explain.Output
    private let top: Int
    private var breakdown: Breakdown
    private var summary = Summary()
    private var span: (first: LogTime, last: LogTime)?
    /// Lines that are not written yet.
    private var pending = Data()

    init(_ options: Explain) {
        output = options.output
        top = options.top
        breakdown = Breakdown(by: options.by)
    }

    /// `json` is that of the explanation, for ndjson.
    mutating func add(_ delivery: Delivery, _ explained: ExplainedReply, json: Data?) {
        switch output {
        case .ndjson: if let json { pending += DeliveryLine.json(delivery, explained.explanation, json) }
        case .json: summary.add(explained.explanation, recipient: delivery.recipient)
        case .text, .csv:
            breakdown.add(delivery, explained)
            if let time = delivery.time {
                span = span.map { (min($0.first, time), max($0.last, time)) } ?? (time, time)
            }
        }
    }

    /// Writes what is ready.
    mutating func flush() {
        pending.withUnsafeBytes { Terminal.write($0) }
        pending.removeAll(keepingCapacity: true)
    }

    mutating func finish() {
        switch output {
        case .ndjson: flush()
        case .json: Terminal.write(String(decoding: DeliveryLine.encode(summary), as: UTF8.self) + "\n")
        case .csv: Terminal.write(BreakdownTable.csv(breakdown))
        case .text:
            Terminal.write(
                BreakdownTable(width: Terminal.width ?? 100, color: Terminal.showsColor, top: top)
                    .text(breakdown, span))
        }
    }
}

/// A delivery as one line of JSON: what the log tells of it, and what `/explain` answers.
enum DeliveryLine {
    private struct Circumstances: Encodable {
        let outcome: String
        let queueId: String?
        let recipient: String?
        let sender: String?
        let time: String?
    }

    static func json(_ delivery: Delivery, _ explanation: Explanation, _ json: Data) -> Data {
        // The two objects become one. The explanation has the recipient already, unless another line told it.
        let circumstances = Circumstances(
            outcome: (delivery.outcome == .unknown ? delivery.refusal(explanation) ?? .sent : delivery.outcome)
                .rawValue,
            queueId: delivery.queueID, recipient: explanation.recipient == nil ? delivery.recipient : nil,
            sender: delivery.sender, time: delivery.time?.description)
        return json.dropLast() + Data(",".utf8) + encode(circumstances).dropFirst() + Data("\n".utf8)
    }

    static func encode(_ value: some Encodable) -> Data {
        do {
            return try encoder.encode(value)
        } catch {
            // Strings and numbers always encode.
            preconditionFailure("\(type(of: value)) does not encode: \(error)")
        }
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
}
