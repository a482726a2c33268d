import FoundationEssentials
import Glibc
import SMTPCatalog

/// `GET /metrics`, in the text format of Prometheus.
struct MetricsRoute {
    private var text = ""

    static func answer(
        _ statistics: Statistics, _ explanations: ExplanationCounts, since start: Date, rulesLoaded: Date,
        logLinesDropped: Int
    ) -> Data {
        var route = MetricsRoute()
        route.write(statistics)
        route.write(explanations)
        route.metric("smtp_codes_build_info", "gauge", "The version that runs.")
        route.sample("smtp_codes_build_info", ["version": Service.version], 1)
        route.metric("smtp_codes_rules_loaded_timestamp_seconds", "gauge", "When --rules was read last.")
        route.sample("smtp_codes_rules_loaded_timestamp_seconds", rulesLoaded.timeIntervalSince1970)
        route.metric("smtp_codes_log_lines_dropped_total", "counter", "Log lines lost as nobody read them.")
        route.sample("smtp_codes_log_lines_dropped_total", logLinesDropped)
        route.writeProcess(since: start)
        return Data(route.text.utf8)
    }

    private mutating func metric(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ value: some Numeric) { sample(name, [:], value) }

    private mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: some Numeric) {
        // Our labels are names and digits: nothing in them has to be escaped.
        let list = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    private mutating func write(_ statistics: Statistics) {
        metric("http_requests_total", "counter", "Requests answered.")
        for it in statistics.requests {
            sample(
                "http_requests_total",
                ["method": it.method, "route": name(it.route), "status": it.status == 0 ? "other" : String(it.status)],
                it.count)
        }
        metric("http_request_duration_seconds", "histogram", "From the request line to the end of the response.")
        for it in statistics.durations where it.counts.contains(where: { $0 > 0 }) {
            let route = name(it.route)
            var below: UInt64 = 0
            for (bound, count) in zip(statistics.bounds.map(\.description) + ["+Inf"], it.counts) {
                below += count
                sample("http_request_duration_seconds_bucket", ["route": route, "le": bound], below)
            }
            sample("http_request_duration_seconds_sum", ["route": route], it.seconds)
            sample("http_request_duration_seconds_count", ["route": route], below)
        }
        metric("http_connections", "gauge", "Connections that are open.")
        sample("http_connections", statistics.connections)
        metric("smtp_codes_connections_closed_total", "counter", "Connections closed without a whole answer, and why.")
        for (reason, count) in statistics.closings {
            sample("smtp_codes_connections_closed_total", ["reason": reason], count)
        }
    }

    private func name(_ route: Route?) -> String { route?.rawValue ?? "none" }

    private mutating func write(_ explanations: ExplanationCounts) {
        metric("smtp_codes_explanations_total", "counter", "Replies explained.")
        for (meaning, count) in explanations.byMeaning {
            sample(
                "smtp_codes_explanations_total",
                [
                    "category": meaning.category.rawValue, "disposition": meaning.disposition?.rawValue ?? "unknown",
                    "bounce": meaning.bounce.rawValue,
                ], count)
        }
        metric("smtp_explanations_total", "counter", "Replies explained, under the name of 1.0.")
        for (category, disposition, count) in explanations.byDisposition {
            sample(
                "smtp_explanations_total",
                ["category": category.rawValue, "disposition": disposition?.rawValue ?? "unknown"], count)
        }
        metric("smtp_codes_provider_explanations_total", "counter", "Replies explained, by whose they are.")
        for (provider, bounce, count) in explanations.byProvider {
            sample(
                "smtp_codes_provider_explanations_total", ["provider": provider, "bounce": bounce.rawValue], count)
        }
    }

    /// What every client library of Prometheus says of its process.
    private mutating func writeProcess(since start: Date) {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        let time = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
        metric("process_cpu_seconds_total", "counter", "User and system CPU time, in seconds.")
        sample("process_cpu_seconds_total", time[0] + time[1])
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        for (index, name) in ["process_virtual_memory_bytes", "process_resident_memory_bytes"].enumerated() {
            guard index < pages.count, let count = Int(pages[index]) else { continue }
            metric(name, "gauge", index == 0 ? "Virtual memory, in bytes." : "Resident memory, in bytes.")
            sample(name, count * Int(getpagesize()))
        }
        if let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            metric("process_open_fds", "gauge", "File descriptors that are open.")
            sample("process_open_fds", descriptors.count)
        }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        metric("process_max_fds", "gauge", "The most file descriptors that may be open.")
        sample("process_max_fds", limit.rlim_cur)
        metric("process_start_time_seconds", "gauge", "When the service started, in seconds since 1970.")
        sample("process_start_time_seconds", start.timeIntervalSince1970)
    }
}
