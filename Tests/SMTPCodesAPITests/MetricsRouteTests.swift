import FoundationEssentials
import SMTPExplain
import Testing

@testable import SMTPCodesAPI

@Suite("GET /metrics")
struct MetricsRouteTests {
    private static let statistics: Statistics = {
        var statistics = Statistics()
        statistics.requests = [
            .init(method: "GET", route: .code, status: 200, count: 7),
            .init(method: "other", route: nil, status: 0, count: 2),
        ]
        statistics.bounds = [0.001, 0.25]
        statistics.durations = [
            .init(route: .code, counts: [4, 2, 1], seconds: 1.5),
            .init(route: .explain, counts: [0, 0, 0], seconds: 0),
            .init(route: nil, counts: [0, 2, 0], seconds: 0.5),
        ]
        statistics.connections = 3
        return statistics
    }()

    private func lines(_ service: Service = Service(maxBody: maxBody)) -> [String] {
        var request = Request(get: "/metrics")
        request.statistics = Self.statistics
        return service.answer(request).text.split(separator: "\n").map(String.init)
    }

    @Test("requests are told with method, route and status")
    func requests() {
        let lines = lines()
        #expect(lines.contains(#"http_requests_total{method="GET",route="/codes/{code}",status="200"} 7"#))
        #expect(lines.contains(#"http_requests_total{method="other",route="none",status="other"} 2"#))
        #expect(lines.contains("http_connections 3"))
    }

    @Test("a bucket counts all that took no longer, and routes that nobody asked for have none")
    func durations() {
        let told = lines().filter { $0.hasPrefix("http_request_duration_seconds") }
        #expect(
            told == [
                #"http_request_duration_seconds_bucket{route="/codes/{code}",le="0.001"} 4"#,
                #"http_request_duration_seconds_bucket{route="/codes/{code}",le="0.25"} 6"#,
                #"http_request_duration_seconds_bucket{route="/codes/{code}",le="+Inf"} 7"#,
                #"http_request_duration_seconds_sum{route="/codes/{code}"} 1.5"#,
                #"http_request_duration_seconds_count{route="/codes/{code}"} 7"#,
                #"http_request_duration_seconds_bucket{route="none",le="0.001"} 0"#,
                #"http_request_duration_seconds_bucket{route="none",le="0.25"} 2"#,
                #"http_request_duration_seconds_bucket{route="none",le="+Inf"} 2"#,
                #"http_request_duration_seconds_sum{route="none"} 0.5"#,
                #"http_request_duration_seconds_count{route="none"} 2"#,
            ])
    }

    @Test("each explanation counts, in a batch and line by line as well")
    func explanations() {
        let service = Service(maxBody: maxBody)
        _ = service.explain("550 5.1.1 No such user", as: nil)
        _ = service.explain(#"{"replies":["550 5.1.1 No such user","452 4.2.2 Mailbox full",null]}"#)
        _ = service.explain("\"550 5.1.1 No such user\"\n", as: "application/x-ndjson").bytes
        let told = lines(service).filter { $0.hasPrefix("smtp_codes_explanations_total{") }
        #expect(
            Set(told) == [
                #"smtp_codes_explanations_total{category="unknown-recipient",disposition="permanent",bounce="hard"} 3"#,
                #"smtp_codes_explanations_total{category="mailbox-full",disposition="transient",bounce="soft"} 1"#,
            ])
    }

    @Test("each explanation counts for its provider, one of the operator's own for all of these together")
    func providers() throws {
        let rules = #"{"providers": [{"name": "Acme", "texts": ["Acme Gateway"], "codes": []}]}"#
        let service = Service(maxBody: maxBody, rules: try Rules(json: Data(rules.utf8)))
        _ = service.explain("550 5.1.1 No such user", as: nil)
        _ = service.explain("550 5.1.1 No such user at Acme Gateway", as: nil)
        _ = service.explain("550-5.1.1 The email account that you tried to reach does not exist. gsmtp", as: nil)
        let told = lines(service).filter { $0.hasPrefix("smtp_codes_provider_explanations_total{") }
        #expect(
            Set(told) == [
                #"smtp_codes_provider_explanations_total{provider="none",bounce="hard"} 1"#,
                #"smtp_codes_provider_explanations_total{provider="other",bounce="hard"} 1"#,
                #"smtp_codes_provider_explanations_total{provider="Google",bounce="hard"} 1"#,
            ])
    }

    @Test("every sample has its type and help before it, and a number")
    func format() {
        var described: Set<Substring> = []
        for line in lines() {
            let words = line.split(separator: " ")
            if line.hasPrefix("#") {
                #expect(["HELP", "TYPE"].contains(words[1]) && words.count > 3, "\(line)")
                described.insert(words[2])
                continue
            }
            let name = words[0].prefix { $0 != "{" }
            let family = ["_bucket", "_sum", "_count"].reduce(name) { $0.hasSuffix($1) ? $0.dropLast($1.count) : $0 }
            #expect(described.contains(family), "\(line)")
            #expect(Double(words[words.count - 1]) != nil, "\(line)")
        }
        for name in ["cpu_seconds_total", "resident_memory_bytes", "open_fds", "max_fds", "start_time_seconds"] {
            #expect(described.contains("process_\(name)"))
        }
        #expect(described.contains("smtp_codes_build_info"))
    }
}
