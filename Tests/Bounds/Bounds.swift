import FoundationEssentials
import Glibc
import SMTPCodesAPI

// Makes hostile inputs from a seed, and fails where one costs more than its bytes may cost.
//
//     bounds [--seconds N] [--seed N] [--only KIND]
//
// What failed can be made again by the seed that is printed with it, and is kept in .build/bounds; after a crash,
// .build/bounds/trying names the kind and its seed.

/// What a request may cost.
enum Bound {
    /// Of work, for four times the bytes.
    static let growth = 6.0
    /// What is not worth a look, as it may be noise.
    static let noise = 0.001 * slowness
    static let secondsPerByte = 1e-6 * slowness
    /// For each reply or recipient: below some 50 bytes, it costs more to explain one than to read it.
    static let secondsPerItem = 50e-6 * slowness
    static let answerPerByte = 16
    static let answerPerItem = 64 << 10
    static let memory = 128 << 20
}

@main
struct Bounds {
    private let service = Service(maxBody: 2 << 20)
    private var seconds = 60.0
    private var seed = UInt64.random(in: 0..<1_000_000)
    private var only: String?
    private var passed = 0
    private var failed = 0
    private var worst: [String: (growth: Double, nanosecondsPerByte: Double, answerPerByte: Double)] = [:]

    static func main() {
        var bounds = Bounds(CommandLine.arguments.dropFirst())
        bounds.tryKnownCases()
        bounds.tryRandomInputs()
        print("\(bounds.passed) passed, \(bounds.failed) failed")
        exit(bounds.failed == 0 ? 0 : 1)
    }

    private init(_ arguments: ArraySlice<String>) {
        var arguments = arguments
        while let flag = arguments.popFirst() {
            let value = arguments.popFirst()
            switch (flag, value, value.flatMap(Double.init), value.flatMap({ UInt64($0) })) {
            case ("--seconds", _, let seconds?, _): self.seconds = seconds
            case ("--seed", _, _, let seed?): self.seed = seed
            case ("--only", let kind?, _, _): only = kind
            default:
                print("usage: bounds [--seconds N] [--seed N] [--only KIND]")
                exit(64)
            }
        }
    }

    // MARK: - Known cases

    private mutating func tryKnownCases() {
        for it in KnownCase.all where only == nil || only == "known" {
            let mostSeconds = it.mostSeconds * slowness
            var cost = measure(service, it.request)
            for _ in 0..<4 where cost.seconds > mostSeconds {
                cost.seconds = min(cost.seconds, measure(service, it.request).seconds)
            }
            var faults = self.faults(cost, it.request, seconds: mostSeconds)
            if cost.items < it.leastItems { faults.append("\(it.leastItems) were to be explained") }
            print(
                "\(faults.isEmpty ? "ok  " : "FAIL") \(it.name): \(it.request.size) bytes, \(milliseconds(cost.seconds)), "
                    + "answer \(cost.answerBytes) bytes, \(cost.items) items, "
                    + "memory \((cost.peakMemory ?? 0) >> 20) MiB\(faults.map { "; " + $0 }.joined())")
            count(faults)
        }
    }

    private mutating func count(_ faults: [String]) {
        if faults.isEmpty { passed += 1 } else { failed += 1 }
    }

    // MARK: - Random inputs

    /// Goes through the kinds in turn, until the time is over.
    private mutating func tryRandomInputs() {
        let kinds = Kind.all.filter { only == nil || only == $0.name }
        print("seed \(seed); this machine takes \(slowness.short) x the time for which the bounds are")
        let end = ContinuousClock.now + .seconds(seconds)
        var tried = 0
        while !kinds.isEmpty, tried == 0 || ContinuousClock.now < end {
            for kind in kinds { tryRandomInput(kind, seed &+ UInt64(tried)) }
            tried += 1
        }
        for kind in kinds {
            guard let worst = worst[kind.name] else { continue }
            print(
                "\(kind.name): \(tried) inputs; the worst took \(worst.growth.short) x the time for 4 x the bytes, "
                    + "\(worst.nanosecondsPerByte.short) ns a byte, and \(worst.answerPerByte.short) bytes of answer a byte"
            )
        }
    }

    private mutating func tryRandomInput(_ kind: Kind, _ seed: UInt64) {
        var random = Random(seed: seed)
        // Most are small, as many can be tried then.
        let size = min(kind.mostBytes, seed % 8 == 0 ? 1 << 20 : 96 << 10)
        let recipe = Recipe(of: kind.vocabulary, size: size, &random)
        func request(_ size: Int) -> Request {
            var choices = random
            return kind.request(recipe.bytes(size), &choices)
        }
        let (small, large) = (request(size / 4), request(size))
        keep(Data("--seed \(seed) --only \(kind.name) --seconds 0\n".utf8), "trying")
        var (fewer, more) = (measure(service, small), measure(service, large))
        var tries = 0
        let most = Double(large.size) * Bound.secondsPerByte + Double(more.items) * Bound.secondsPerItem + Bound.noise
        var grown = growth(from: (small, fewer), to: (large, more))
        while tries < 6, more.seconds > most || grown > Bound.growth {
            more.seconds = min(more.seconds, measure(service, large).seconds)
            fewer.seconds = min(fewer.seconds, measure(service, small).seconds)
            grown = growth(from: (small, fewer), to: (large, more))
            tries += 1
        }
        // What begins to cost at some size, as where the first words that tell something stand, costs so much once.
        if grown > Bound.growth {
            let larger = request(size * 4)
            grown = min(grown, growth(from: (large, more), to: (larger, measure(service, larger))))
        }
        var faults = self.faults(more, large, seconds: most)
        if grown > Bound.growth {
            faults.append(
                "\(small.size) bytes take \(milliseconds(fewer.seconds)), \(large.size) take \(milliseconds(more.seconds))"
            )
        }
        note(kind, large, more, grown)
        count(faults)
        guard !faults.isEmpty else { return }
        print("FAIL \(kind.name), --seed \(seed) --only \(kind.name) --seconds 0\n  \(recipe)")
        for fault in faults { print("  " + fault) }
        keep(large.made, "\(kind.name)-\(seed)")
    }

    /// How many times the work grew where four times the bytes, or recipients, are expected.
    private func growth(from fewer: (request: Request, cost: Cost), to more: (request: Request, cost: Cost)) -> Double {
        // The sizes are not quite as planned, and more items may be cut out of a larger input than four times as many.
        let bytes = Double(more.request.size) / Double(fewer.request.size)
        let items = Double(more.cost.items) / Double(fewer.cost.items)
        let expected = fewer.cost.seconds * max(4, bytes, items) / 4
        // A small input may be refused at sight, and a large one be cheap all the same.
        let cheap = max(Bound.noise, Double(more.request.size) * Bound.secondsPerByte / 20)
        return (more.cost.seconds - cheap) / expected
    }

    private mutating func note(_ kind: Kind, _ request: Request, _ cost: Cost, _ growth: Double) {
        let worst = self.worst[kind.name] ?? (0, 0, 0)
        let seconds = max(0, cost.seconds - Bound.noise - Double(cost.items) * Bound.secondsPerItem)
        self.worst[kind.name] = (
            max(worst.growth, growth), max(worst.nanosecondsPerByte, seconds * 1e9 / Double(request.size)),
            max(worst.answerPerByte, Double(cost.answerBytes) / Double(request.size))
        )
    }

    /// What an answer costs that it may not.
    private func faults(_ cost: Cost, _ request: Request, seconds: Double) -> [String] {
        var faults: [String] = []
        if cost.seconds > seconds {
            faults.append(
                "\(request.size) bytes take \(milliseconds(cost.seconds)), more than \(milliseconds(seconds))")
        }
        let mostAnswer = Bound.answerPerByte * request.size + Bound.answerPerItem * cost.items
        if cost.answerBytes > mostAnswer {
            faults.append("the answer has \(cost.answerBytes) bytes, more than \(mostAnswer) for \(cost.items) items")
        }
        if let memory = cost.peakMemory, memory > Bound.memory {
            faults.append("the process held \(memory >> 20) MiB, more than \(Bound.memory >> 20)")
        }
        return faults
    }

    private func keep(_ bytes: Data, _ name: String) {
        let folder = ".build/bounds"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? bytes.write(to: URL(filePath: "\(folder)/\(name)"))
    }
}

extension Request {
    /// What was made for it.
    fileprivate var made: Data { route == .explain ? body : Data((query ?? parameter ?? "").utf8) }

    /// In bytes, without the header.
    var size: Int { path.utf8.count + (query?.utf8.count ?? 0) + decodedLength }

    /// A member of gzip ends with the length of what it holds (RFC 1952, section 2.3.1), the lowest byte first.
    private var decodedLength: Int {
        contentEncoding == "gzip" ? body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) } : body.count
    }
}

private func milliseconds(_ seconds: Double) -> String { "\((seconds * 1000).short) ms" }

extension Double {
    fileprivate var short: String { "\((self * 10).rounded() / 10)" }
}
