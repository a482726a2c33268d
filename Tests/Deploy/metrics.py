"""Compares /metrics with what was asked: Prometheus can read it, and each request is counted once, where it belongs.

    metrics.py path/to/smtp-codes
"""

import random
import sys
import threading
import time
from collections import Counter

from prometheus_client.parser import text_string_to_metric_families

from client import Request, Service

# A request, and what is counted of it: the route, the status, and the categories and dispositions explained.
ASKED = [
    (Request("GET", "/codes/550"), "/codes/{code}", 200, []),
    (Request("HEAD", "/codes/550"), "/codes/{code}", 200, []),
    (Request("GET", "/codes/299"), "/codes/{code}", 404, []),
    (Request("GET", "/codes/x"), "/codes/{code}", 400, []),
    (Request("GET", "/codes?q=mailbox"), "/codes", 200, []),
    (Request("GET", "/enhanced/5.1.1"), "/enhanced/{code}", 200, []),
    (Request("OPTIONS", "/explain"), "/explain", 204, []),
    (Request("GET", "/explain"), "/explain", 405, []),
    (Request("GET", "/nothing/here"), "none", 404, []),
    (Request("GET", "/readyz"), "/readyz", 200, []),
    (
        Request("POST", "/explain", "550 5.1.1 No such user", "text/plain"),
        "/explain",
        200,
        [("unknown-recipient", "permanent")],
    ),
    (Request("POST", "/explain", "{", "application/json"), "/explain", 400, []),
    (Request("POST", "/explain", "550", "image/png"), "/explain", 415, []),
    (
        Request("POST", "/explain", '["452 4.2.2 Mailbox full","250 Ok"]', "application/json"),
        "/explain",
        200,
        [("mailbox-full", "transient"), ("accepted", "success")],
    ),
    (
        Request("POST", "/explain", '"550 5.1.1 No such user"\n' * 50, "application/x-ndjson"),
        "/explain",
        200,
        [("unknown-recipient", "permanent")] * 50,
    ),
]

PROCESS = [
    "process_cpu_seconds",
    "process_resident_memory_bytes",
    "process_virtual_memory_bytes",
    "process_open_fds",
    "process_max_fds",
    "process_start_time_seconds",
]


def ask_often(service, requests, explanations, lock):
    """Asks at random on a connection that is kept, and counts what should be counted."""
    connection = service.connect()
    for _ in range(250):
        request, route, status, explained = random.choice(ASKED)
        request.send(connection)
        connection.getresponse().read()
        with lock:
            requests[request.method, route, str(status)] += 1
            explanations.update(explained)
    connection.close()


class Metrics:
    """One reading of /metrics."""

    def __init__(self, service):
        response = service.ask("GET", "/metrics")
        self.type = response.headers["Content-Type"]
        self.families = {it.name: it for it in text_string_to_metric_families(response.content.decode())}

    def counts(self, family, *labels):
        """The samples of a counter by these labels."""
        return {
            tuple(sample.labels[label] for label in labels): sample.value
            for sample in self.families[family].samples
            if sample.name == family + "_total"
        }

    def requests(self):
        """Without those for /metrics itself, of which the last is always missing."""
        counts = self.counts("http_requests", "method", "route", "status")
        return {labels: count for labels, count in counts.items() if labels[1] != "/metrics"}

    def misfits(self):
        """What is wrong with the histogram."""
        requests = Counter()
        for (_, route, _), count in self.counts("http_requests", "method", "route", "status").items():
            requests[route] += count
        family = self.families["http_request_duration_seconds"]
        for route in requests:
            samples = [sample for sample in family.samples if sample.labels["route"] == route]
            buckets = [sample for sample in samples if sample.name.endswith("_bucket")]
            bounds = [float(bucket.labels["le"]) for bucket in buckets]
            counts = [bucket.value for bucket in buckets]
            values = {sample.name.rpartition("_")[2]: sample.value for sample in samples}
            if not buckets or bounds != sorted(bounds) or counts != sorted(counts):
                yield f"the buckets of {route} do not ascend"
            elif bounds[-1] != float("inf") or counts[-1] != values["count"]:
                yield f"the last bucket of {route} is not all of it"
            elif values["count"] != requests[route]:
                yield f"{route} has {values['count']} durations of {requests[route]} requests"
            elif not 0 < values["sum"] < 10 * values["count"]:
                yield f"{route} took {values['sum']} s"


def main(binary):
    requests, explanations, lock = Counter(), Counter(), threading.Lock()
    with Service(binary) as service:
        asking = [
            threading.Thread(target=ask_often, args=[service, requests, explanations, lock]) for _ in range(4)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        # A request is counted when its answer has been sent: a moment after the client has the last of them.
        end = time.monotonic() + 20
        metrics = Metrics(service)
        while metrics.requests() != requests and time.monotonic() < end:
            metrics = Metrics(service)
    families = metrics.families
    checks = {
        "content type": metrics.type == "text/plain; version=0.0.4; charset=utf-8",
        "http_requests_total": metrics.requests() == requests,
        "smtp_explanations_total": metrics.counts("smtp_explanations", "category", "disposition") == explanations,
        "smtp_codes_explanations_total": metrics.counts("smtp_codes_explanations", "category", "disposition")
        == explanations,
        "smtp_codes_provider_explanations_total": sum(
            metrics.counts("smtp_codes_provider_explanations", "provider", "bounce").values()
        )
        == explanations.total(),
        "smtp_codes_build_info": [it.value for it in families["smtp_codes_build_info"].samples] == [1],
        "http_connections": families["http_connections"].samples[0].value >= 1,
        "help": all(family.documentation for family in families.values()),
        "types": all(family.type != "unknown" for family in families.values()),
    }
    for name in PROCESS:
        checks[name] = name in families and families[name].samples[0].value > 0
    misfits = list(metrics.misfits())
    checks["http_request_duration_seconds" + "".join(f"; {misfit}" for misfit in misfits)] = not misfits
    for name, is_right in checks.items():
        if not is_right:
            print(f"{name} is wrong")
    failed = sum(not is_right for is_right in checks.values())
    print(f"{requests.total()} requests, {explanations.total()} explanations")
    print(f"{len(checks) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
