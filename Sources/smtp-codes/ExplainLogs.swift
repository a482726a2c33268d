import FoundationEssentials
import Glibc
import SMTPExplain

/// Many replies: reads the inputs on this thread, explains them on all cores, and hands the deliveries on in order.
struct ExplainLogs {
    private struct Read: Sendable {
        let block: ReadBlock
        /// The JSON of each delivery's explanation, where it is wanted.
        let json: [Data]
    }

    private let options: Explain
    private let explainer: Explainer

    init(_ options: Explain, _ explainer: Explainer) {
        self.options = options
        self.explainer = explainer
    }

    func run() throws {
        Interrupt.watch()
        var inputs = Inputs(options.inputs.isEmpty ? ["-"] : options.inputs) { Terminal.complain($0) }
        var report = Report(options)
        var dead = options.dead.map { _ in DeadAddresses() }
        var stream = DeliveryStream()
        var progress = Progress()
        let workers = try makeWorkers()
        var (found, leftOut) = (0, 0)
        func hand(_ read: Read) {
            var number = 0
            stream.take(read.block) { delivery, explained in
                defer { number += 1 }
                guard isWanted(delivery) else {
                    leftOut += 1
                    return
                }
                found += 1
                dead?.add(delivery, explained)
                report.add(delivery, explained, json: read.json.isEmpty ? nil : read.json[number])
            }
            report.flush()
            progress.lines += read.block.lines
        }
        while !Interrupt.happened, let piece = inputs.next() {
            workers.give(piece)
            // What comes from a log that is still written goes out at once.
            while workers.isFull || inputs.isQuiet, let read = workers.take() { hand(read) }
            progress.show(inputs.bytesRead, of: inputs.bytesInAll)
        }
        while let read = workers.take() { hand(read) }
        workers.end()
        progress.clear()
        report.finish()
        if let dead, let file = options.dead { try dead.write(to: file) }
        if Interrupt.happened { Glibc.exit(130) }
        if inputs.hasFailed { Glibc.exit(66) }
        if found == 0 {
            let words =
                if leftOut > 0 {
                    "none of the \(leftOut.grouped) deliveries is of that time"
                } else if progress.lines > 0 {
                    "none of the \(progress.lines.grouped) lines carries a reply"
                } else {
                    inputs.bytesRead > 0 ? "nothing in it carries a reply" : "there is nothing to read"
                }
            throw Failure(description: words, exitCode: 65)
        }
    }

    private func isWanted(_ delivery: Delivery) -> Bool {
        if let since = options.since { guard let time = delivery.time, time >= since else { return false } }
        if let until = options.until { guard let time = delivery.time, time < until else { return false } }
        return true
    }

    private func makeWorkers() throws -> OrderedWorkers<Inputs.Piece, Read> {
        let (explainer, wantsJSON) = (explainer, options.output == .ndjson)
        let wanted: BlockReader.Explanations =
            if wantsJSON { .each } else if options.output == .json || options.by == .provider { .all } else {
                .refusals
            }
        let joinsSenders = wantsJSON || options.by == .sender
        let now = LogTime(seconds: Int(Date().timeIntervalSince1970) + Environment.secondsFromUTC)
        return try OrderedWorkers(threads: options.threads ?? Environment.cores) {
            var reader = BlockReader(explainer, now: now, explaining: wanted, joinsSenders: joinsSenders)
            return { piece in
                let block =
                    switch piece {
                    case .lines(let lines, let table): reader.read(lines, table: table)
                    case .json(let file): reader.read(json: file)
                    case .message(let message): reader.read(message: message)
                    }
                guard wantsJSON else { return Read(block: block, json: []) }
                return Read(block: block, json: block.deliveries.map { $1.explanation.json(input: $0.replyText) })
            }
        }
    }
}
