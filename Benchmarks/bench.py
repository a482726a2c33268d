"""What the service costs, beside a bare libmicrohttpd server, nginx and the JSON work alone.

    bench.py --service BINARY --explain-cost BINARY --work DIRECTORY [--quick]

The directory has the programs `bare` and `probe`, and gets the files that wrk and the servers read. Prints
Markdown, and writes it to the file --markdown. A server has one core to itself, wrk another; CPU is what the
operating system counts for the server, divided by the requests that were answered. Servers take turns, round
after round; ratios are medians of the ratios within a round.
"""

import argparse
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import growth
import logs
import report
from compare import BARE, BARE_JSON, BATCH, LOOKUP, NDJSON, NGINX, OURS, POST, UNCHANGED, compare
from report import Verdict, spread
from servers import CORES, LOAD_CORE


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    rounds: int
    seconds: float
    growth_rounds: int
    growth_seconds: float
    starts: int
    wait_rounds: int
    lookups: int
    # In a round of the bulk loads.
    replies: int
    bytes: int
    # Requests served before a look at the memory; the last two are compared.
    served: tuple[int, ...]
    # Of a log, and how often it is read.
    lines: int
    log_rounds: int


FULL = Extent(
    rounds=20, seconds=0.4, growth_rounds=5, growth_seconds=1, starts=51, wait_rounds=7, lookups=2000,
    replies=20_000, bytes=5_000_000, served=(100, 10_000, 100_000, 1_000_000), lines=1_000_000, log_rounds=5)
QUICK = Extent(
    rounds=3, seconds=0.2, growth_rounds=1, growth_seconds=0.3, starts=7, wait_rounds=1, lookups=500,
    replies=5_000, bytes=500_000, served=(100, 1_000, 10_000, 30_000), lines=100_000, log_rounds=3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--service", type=Path, required=True)
    parser.add_argument("--explain-cost", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--markdown", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    paths = parser.parse_args()
    paths.service, paths.explain_cost, paths.work = (
        it.resolve() for it in (paths.service, paths.explain_cost, paths.work))
    if len(CORES) < 2:
        sys.exit("bench: the server and the load need a core each")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: terminated"))  # so that servers are stopped
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    os.sched_setaffinity(0, [LOAD_CORE])
    before = report.busy_seconds()
    text = measure(paths, QUICK if paths.quick else FULL)
    text += f"\n{report.others(before)}\n"
    paths.markdown.write_text(text)
    print(f"\n{text}\nwritten to {paths.markdown.name}")


def measure(paths, extent):
    compared = compare(paths, extent.rounds, extent.seconds, extent.replies)
    step("start and size")
    starts = growth.start_times(paths, extent.starts)
    size = growth.stripped_size(paths)
    step("lookups beside bulk work")
    waits = growth.waits(paths, extent.wait_rounds, extent.lookups)
    step("memory and growth")
    served = growth.by_requests(paths, extent.served)
    step("a log")
    read = logs.measure(paths.service, paths.work, extent.lines, extent.log_rounds)
    rounds, seconds = extent.growth_rounds, extent.growth_seconds
    return "\n\n".join([
        f"Measured on {report.machine(len(CORES))}; {extent.rounds} rounds.",
        report.verdicts(limits(compared, starts, size, waits, served) + logs.verdicts(read)),
        report.costs(compared, OURS, [BARE, BARE_JSON, NGINX]),
        f"The JSON floor, JSONDecoder of that one reply and JSONEncoder of its answer, is what they add to bare "
        f"libmicrohttpd: {median(compared.floor()):.2f} µs ({spread(compared.floor())}). In a loop with nothing "
        f"around it, they take {median(compared.loop):.2f} µs ({spread(compared.loop)}): there, caches hold nothing "
        f"else, and no client sleeps that must be woken for its answer. Peak resident memory: "
        + ", ".join(f"{name} {peak:.1f} MiB" for name, peak in compared.peak.items()) + ".",
        logs.tables(read, extent.lines),
        report.table(["requests served before", "resident, MiB", "a lookup then, µs"], served),
        report.table(
            ["connections", f"a lookup, {OURS}, µs", "a second", f"{BARE}, µs", "a second"],
            growth.by_connections(paths, rounds, seconds)),
        report.table(
            ["replies in a request", "a reply in a batch, µs", "a reply as NDJSON, µs"],
            growth.by_replies(paths, rounds, extent.replies)),
        report.table(["bytes of one reply", "ns a byte"], growth.by_bytes(paths, rounds, extent.bytes)),
        report.table(
            ["load", "worker threads", "requests a second", "cores busy: server", "wrk", "limited by"],
            growth.by_threads(paths, rounds, seconds)),
    ]) + "\n"


def step(what):
    print(what, flush=True)


def limits(compared, starts, size, waits, served):
    def ratio(what, figures, limit, unit="×"):
        return Verdict(what, median(figures), limit, unit, spread(figures))

    costs = compared.costs[POST]
    in_floors = [
        (ours - bare) / floor for ours, bare, floor in zip(costs[OURS], costs[BARE], compared.floor())]
    in_loops = [(ours - bare) / loop for ours, bare, loop in zip(costs[OURS], costs[BARE], compared.loop)]
    (fewer, memory_then, _), (more, memory, _) = served[-2:]
    return [
        ratio(f"{LOOKUP}, CPU, to bare libmicrohttpd", compared.ratios(LOOKUP, BARE), 1.05),
        ratio(f"{LOOKUP}, CPU, to nginx", compared.ratios(LOOKUP, NGINX), 1.05),
        ratio("304, CPU, to the 200", compared.between(UNCHANGED, LOOKUP), 1),
        ratio(f"{POST}, CPU beyond bare libmicrohttpd, to its JSON in a loop", in_loops, 1.25),
        ratio(f"{POST}, CPU beyond bare libmicrohttpd, to its JSON over the socket", in_floors, 1.1),
        ratio(f"{BATCH}, CPU, to a single POST", compared.between(BATCH, POST), 0.7),
        ratio(f"{NDJSON}, CPU, to a single POST", compared.between(NDJSON, POST), 0.7),
        ratio("lookups while two NDJSON requests run, 99th percentile, more than alone",
              [loaded - alone for alone, loaded in waits], 15, "ms"),
        ratio("exec to the first 200", starts, 20, "ms"),
        Verdict(f"resident after {more:,} requests", memory, 24, "MiB"),
        Verdict(f"the same, more or less than after {fewer:,}", abs(memory - memory_then), 1, "MiB"),
        Verdict("stripped binary", size, 20, "MiB"),
    ]


if __name__ == "__main__":
    main()
