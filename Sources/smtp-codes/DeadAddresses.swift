import FoundationEssentials
import SMTPExplain

/// The addresses that are to be mailed no more, each with the last reply that says so.
struct DeadAddresses {
    private var found: [String: (time: LogTime?, reply: ExplainedReply)] = [:]

    /// Only what was given up counts: an address that is tried again is not dead.
    mutating func add(_ delivery: Delivery, _ explained: ExplainedReply) {
        guard explained.explanation.suppress, delivery.refusal(explained.explanation) == .bounced,
            let address = delivery.recipient ?? explained.explanation.recipient,
            address.utf8.contains(UInt8(ascii: "@"))
        else { return }
        if let known = found[address]?.time, let time = delivery.time, time < known { return }
        found[address] = (delivery.time, explained)
    }

    /// One a line, in order: the address, when, and the reply, with tabs between.
    func write(to file: String) throws {
        let lines = found.sorted { $0.key < $1.key }.map { address, it in
            "\(address)\t\(it.time?.description ?? "")\t\(it.reply.line)\n"
        }
        do {
            try Data(lines.joined().utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Failure(description: "\(file) cannot be written", exitCode: 73)
        }
    }
}
