// What an explanation costs beside its JSON.
//
//     explain-cost FILE.jsonl [ROUNDS]
//
// compares the two in this process: no socket, one thread, CPU time. A line of the file is the JSON to post,
// {"reply": ...}, or an entry of the corpus, which has its reply in "input".
//
//     explain-cost --serve PORT ANSWERS
//
// is the bare libmicrohttpd server of Benchmarks/Bare that does the JSON of each request, and nothing else.

import CBare
import FoundationEssentials
import Glibc
import SMTPCodesAPI
import SMTPExplain

/// The request as plain as it can be decoded.
struct Asked: Codable {
    let reply: String
}

/// The answer as plain as it can be encoded.
struct Answered: Codable {
    struct Code<Value: Codable>: Codable {
        let code: Value
        let href: String?
        let meaning: String?
    }

    struct List: Codable {
        let kind: String
        let lookup: String?
        let name: String
    }

    struct Found: Codable {
        let category: String
        let found: String
        let kind: String
    }

    struct Origin: Codable {
        let href: String?
        let name: String
    }

    struct Link: Codable {
        let name: String
        let rel: String
        let url: String
    }

    struct Retry: Codable {
        let afterSeconds: Int
        let basis: String
        let giveUpAfterSeconds: Int
    }

    let action: String
    let advice: String
    let blocklists: [List]
    let bounce: String
    let category: String
    let command: String?
    let confidence: String
    let disposition: String?
    let enhanced: Code<String>?
    let evidence: [Found]
    let input: String
    let links: [Link]
    let notes: [String]
    let party: String?
    let provider: Origin?
    let recipient: String?
    let remoteHost: String?
    let reply: Code<Int>?
    let retry: Retry?
    let retryAfterSeconds: Int?
    let summary: String
    let suppress: Bool
    let text: String
    let truncated: Bool?
    let warnings: [String]
}

let decoder = JSONDecoder()
let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
}()

/// The least work there is: takes the request apart, and makes the answer.
@inline(never)
func doJSON(_ request: Data, _ answer: Answered) throws {
    _ = try decoder.decode(Asked.self, from: request)
    _ = try encoder.encode(answer)
}

/// Serves for ever; only its one thread uses `answers`.
nonisolated(unsafe) private var answers: [Answered] = []

func serve(port: UInt16, answersFrom path: String) throws {
    bare_read(path)
    var length = 0
    while let body = bare_body(answers.count, &length) {
        answers.append(try decoder.decode(Answered.self, from: Data(bytes: body, count: length)))
    }
    bare_serve(port) { body, length, answer in
        do {
            try doJSON(Data(bytes: body!, count: length), answers[answer])
        } catch {
            fatalError("\(error)")
        }
    }
}

/// CPU seconds that this process has used.
func cpuTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Microseconds of CPU for each of `count` runs.
func cost(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
    let start = cpuTime()
    try work()
    return (cpuTime() - start) * 1e6 / Double(count)
}

@main
struct ExplainCost {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "--serve", let port = UInt16(arguments[2]) {
            try serve(port: port, answersFrom: arguments[3])
        }
        struct Line: Decodable { let input: String? }
        let lines = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n")
        let requests = try lines.map { line in
            let line = Data(line.utf8)
            let input = try decoder.decode(Line.self, from: line).input
            return try input.map { try encoder.encode(Asked(reply: $0)) } ?? line
        }
        let service = Service(maxBody: 1 << 20)

        func answer(_ body: Data, _ type: String) -> Data {
            let response = service.answer(Request(route: .explain, path: "/explain", contentType: type, body: body))
            switch response.body {
            case .whole(let data): return data
            case .stream(let stream):
                var all = Data()
                stream.forEachBlock { all.append(contentsOf: $0) }
                return all
            }
        }

        let replies = try requests.map { try decoder.decode(Asked.self, from: $0).reply }
        let explainer = Explainer()
        let answers = try requests.map { try decoder.decode(Answered.self, from: answer($0, "application/json")) }
        let batch = Data("[".utf8) + requests.joined(separator: Data(",".utf8)) + Data("]".utf8)
        let ndjson = Data(requests.joined(separator: Data("\n".utf8)))
        let rounds = arguments.count > 2 ? Int(arguments[2])! : 40
        let count = requests.count
        print("medians of alternating rounds, microseconds of CPU a reply; \(count) replies")
        var figures: [String: [Double]] = [:]
        for _ in 0..<rounds {
            figures["1 JSON floor", default: []].append(
                try cost(count) {
                    for (request, answer) in zip(requests, answers) { try doJSON(request, answer) }
                })
            figures["5 explanation alone", default: []].append(
                cost(count) { for reply in replies { _ = explainer.explain(reply) } })
            figures["2 single POST", default: []].append(
                cost(count) { for request in requests { _ = answer(request, "application/json") } })
            figures["3 batch", default: []].append(cost(count) { _ = answer(batch, "application/json") })
            figures["4 NDJSON", default: []].append(cost(count) { _ = answer(ndjson, "application/x-ndjson") })
        }
        let medians = figures.mapValues { $0.sorted()[$0.count / 2] }
        let floor = medians["1 JSON floor"]!
        let single = medians["2 single POST"]!
        for (name, median) in medians.sorted(by: { $0.key < $1.key }) {
            print(
                name.dropFirst(2), (median * 100).rounded() / 100, "us,", (median / floor * 100).rounded() / 100,
                "x the floor,", (median / single * 100).rounded() / 100, "x a single POST")
        }
    }
}
