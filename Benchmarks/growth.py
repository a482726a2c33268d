"""Start, size and memory of the service, how long lookups wait for bulk work, and what grows with the load."""

import resource
import shutil
import subprocess
import time
from math import inf
from statistics import median

from loads import CODE, Load, Wrk, asked, batch, cost, get, ndjson, post, reply_of, run_wrk
from servers import CORES, bare, output, service


def start_times(paths, count):
    """Milliseconds from exec to the first 200."""
    times = []
    for _ in range(count):
        with service(paths.service, len(CORES)) as server:
            if server.ask(get(CODE)).status != 200:
                raise SystemExit("bench: the first answer is not 200")
            times.append((time.perf_counter() - server.started) * 1e3)
    return times


def stripped_size(paths):
    """MiB."""
    stripped = paths.work / "stripped"
    shutil.copy(paths.service, stripped)
    subprocess.run(["strip", stripped], check=True)
    return stripped.stat().st_size / 2**20


def waits(paths, rounds, lookups):
    """99th percentiles of a lookup in milliseconds, a pair a round: alone, and while two bulk requests run."""

    def probe(server):
        printed = output([paths.work / "probe", str(server.port), CODE, str(lookups), "1000", "32"], CORES)
        return float(printed.split()[1]) / 1e3

    pairs = []
    bulk = Load("bulk", [ndjson(10000)], connections=2)
    with service(paths.service, len(CORES), CORES) as server:
        for _ in range(rounds):
            alone = probe(server)
            with Wrk(paths.work, server, bulk, cores=CORES):
                time.sleep(0.2)
                pairs.append((alone, probe(server)))
    return pairs


def mixture():
    """What a service is asked in a long life: lookups, searches and replies."""
    codes = [211, 220, 250, 354, 421, 450, 451, 452, 500, 503, 530, 535, 550, 551, 552, 553, 554, 556]
    gets = [get(f"/codes/{code}") for code in codes] + [get(path) for path in (
        "/codes", "/codes?class=4", "/codes?q=mailbox", "/codes/550?pretty", "/enhanced/5.1.1", "/enhanced/x.7.1",
        "/enhanced?q=full", "/providers/google", "/categories/greylisted", "/", "/healthz", "/readyz")]
    posts = [post(it) for it in asked(420)]
    return [it for i, one in enumerate(posts) for it in (gets[i % len(gets)], gets[(i * 7 + 3) % len(gets)], one)]


def by_requests(paths, targets):
    """For each number of requests served: resident MiB then, and what lookups cost then."""
    rows = []
    load = Load("mixture", mixture())
    lookups = Load("lookups", [get(CODE)], times=400)
    # On one core: where the threads happen to run would change the cost of a lookup more than its past does.
    with service(paths.service, len(CORES)) as server:
        served = 0
        for target in targets:
            while target - served > 1000:
                served += run_wrk(paths.work, server, load, min(2, target / 1e5))
            with server.connect() as connection:
                for ask in load.asks[:max(0, target - served)]:
                    server.ask(ask, connection)
                    served += 1
            memory = server.memory()
            rows.append((target, memory, median(cost(paths.work, server, lookups, 0) for _ in range(5))))
    return rows


def by_connections(paths, rounds, seconds):
    """For each number of connections: microseconds a lookup and lookups a second, of the service and of bare
    libmicrohttpd."""
    rows = []
    with service(paths.service) as ours, bare(paths.work, "growth", [ours.ask(get(CODE))]) as theirs:
        for count in (1, 10, 100, 128, 256, 1000):
            load = Load("connections", [get(CODE)], connections=count)
            figures = ([], [])
            for _ in range(rounds):
                for server, column in zip((ours, theirs), figures):
                    column.append(busy(paths, server, load, seconds))
            row = [count]
            for column in figures:
                rate, cores, _ = (median(it) for it in zip(*column))
                row += [cores / rate * 1e6 if rate else inf, rate]
            rows.append(row)
    return rows


def medians(paths, rounds, loads):
    """The median cost of each load, in microseconds a part."""
    costs = [[] for _ in loads]
    with service(paths.service) as server:
        for _ in range(rounds):
            for load, figures in zip(loads, costs):
                figures.append(cost(paths.work, server, load, 0))
    return [median(figures) for figures in costs]


def by_replies(paths, rounds, replies):
    """Microseconds for a reply by their number in a request, in a batch and as NDJSON; about `replies` a round."""
    counts = (10, 100, 1000, 10000)
    loads = [
        Load(f"{make.__name__}-{count}", [make(count)], times=max(1, replies // count), parts=count)
        for count in counts for make in (batch, ndjson) if make is ndjson or count <= 1000]
    figures = dict(zip((load.name for load in loads), medians(paths, rounds, loads)))
    return [(count, figures.get(f"batch-{count}"), figures[f"ndjson-{count}"]) for count in counts]


def by_bytes(paths, rounds, size):
    """Nanoseconds for a byte by the length of one reply; about `size` bytes a round."""
    lengths = (100, 1 << 10, 10 << 10, 100 << 10, 1 << 20)
    loads = [
        Load(f"bytes-{length}", [post(reply_of(length), "text/plain")], times=min(2000, max(1, size // length)),
             parts=length) for length in lengths]
    return [(length, figure * 1e3) for length, figure in zip(lengths, medians(paths, rounds, loads))]


def by_threads(paths, rounds, seconds):
    """For each load and number of threads: requests a second, the cores that the server and wrk kept busy, and
    what keeps it from being more."""
    loads = [Load("lookups", [get(CODE)]), Load("posts", [post(it) for it in asked(1000)])]
    figures = {}
    for _ in range(rounds):
        for load in loads:
            for threads in (1, 2):
                with service(paths.service, threads, CORES) as server:
                    figures.setdefault((load.name, threads), []).append(
                        busy(paths, server, load, seconds, threads=2, cores=CORES))
    rows = []
    for (name, threads), columns in figures.items():
        rate, server_cores, wrk_cores = (median(it) for it in zip(*columns))
        rows.append((name, threads, rate, server_cores, wrk_cores, bound(threads, server_cores, wrk_cores)))
    return rows


def bound(threads, server_cores, wrk_cores):
    if server_cores > 0.9 * threads:
        return "the worker threads"
    if server_cores + wrk_cores > 0.9 * len(CORES):
        return "the cores, which wrk shares"
    return "other processes"


def busy(paths, server, load, seconds, **options):
    """Requests a second, and the cores that the server and wrk kept busy."""

    def generated():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    start, server_before, wrk_before = time.perf_counter(), server.cpu(), generated()
    count = run_wrk(paths.work, server, load, seconds, **options)
    wall = time.perf_counter() - start
    return count / wall, (server.cpu() - server_before) / 1e9 / wall, (generated() - wrk_before) / wall
