// What an explanation costs beside its JSON.
//
//     explain-cost REQUESTS ANSWERS [ROUNDS]
//
// compares the two in this process: no socket, one thread, CPU time. A line of REQUESTS is the JSON to post,
// {"reply": ...}; ANSWERS has the service's answers to them, as `bare.h` says.
//
//     explain-cost --serve PORT ANSWERS
//
// is the bare libmicrohttpd server of Benchmarks/Bare that does the JSON of each request, and nothing else.

import CBare
import FoundationEssentials
import Glibc
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

/// The answers of the file, which the bare server gives as well.
func readAnswers(_ path: String) throws -> [Answered] {
    bare_read(path)
    var answers: [Answered] = []
    var length = 0
    while let body = bare_body(answers.count, &length) {
        answers.append(try decoder.decode(Answered.self, from: Data(bytes: body, count: length)))
    }
    return answers
}

/// Those of the server, which serves for ever; only its one thread uses them.
nonisolated(unsafe) private var served: [Answered] = []

func serve(port: UInt16, answersFrom path: String) throws {
    served = try readAnswers(path)
    bare_serve(port) { body, length, answer in
        do {
            try doJSON(Data(bytes: body!, count: length), served[answer])
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

/// Compares the rounds in turn, so that both suffer alike from what else the machine does.
func compare(_ requests: [Data], _ answers: [Answered], rounds: Int) throws {
    let replies = try requests.map { try decoder.decode(Asked.self, from: $0).reply }
    let explainer = Explainer()
    var floor: [Double] = []
    var explanation: [Double] = []
    for _ in 0..<rounds {
        floor.append(
            try cost(requests.count) {
                for (request, answer) in zip(requests, answers) { try doJSON(request, answer) }
            })
        explanation.append(cost(replies.count) { for reply in replies { _ = explainer.explain(reply) } })
    }
    print("medians of \(rounds) rounds, microseconds of CPU a reply; \(replies.count) replies")
    for (name, costs) in [("JSON floor", floor), ("explanation alone", explanation)] {
        print(name, (costs.sorted()[rounds / 2] * 100).rounded() / 100, "us")
    }
}

@main
struct ExplainCost {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.count == 3, arguments[1] == "--serve", let port = UInt16(arguments[2]) {
            try serve(port: port, answersFrom: arguments[3])
        }
        guard arguments.count == 2 || arguments.count == 3,
            let rounds = Int(arguments.count == 3 ? arguments[3] : "40"),
            rounds > 0
        else {
            print("usage: explain-cost REQUESTS ANSWERS [ROUNDS] | --serve PORT ANSWERS")
            exit(64)
        }
        let requests = try Data(contentsOf: URL(filePath: arguments[1])).split(separator: UInt8(ascii: "\n"))
        try compare(requests, readAnswers(arguments[2]), rounds: rounds)
    }
}
