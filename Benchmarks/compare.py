"""The service beside a bare libmicrohttpd server, nginx and the plain JSON work, in alternating rounds."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field

from loads import CODE, Load, asked, batch, cost, get, ndjson, post
from servers import SERVER_CORE, answers_file, bare, nginx, output, service

OURS, BARE, NGINX = "smtp-codes", "bare libmicrohttpd", "nginx"
# Does the JSON of each POST as well, and so shows the floor of a service that answers in JSON.
BARE_JSON = "bare libmicrohttpd with JSON"


@dataclass
class Comparison:
    """Microseconds of CPU, one figure a round."""

    costs: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    # The JSON of a POST with no socket around.
    loop: list[float] = field(default_factory=list)
    # MiB at most, after all loads.
    peak: dict[str, float] = field(default_factory=dict)

    def ratios(self, load, other):
        """The service's cost as a multiple of the other's, each pair from one round."""
        costs = self.costs[load]
        return [ours / theirs for ours, theirs in zip(costs[OURS], costs[other])]

    def floor(self):
        """What the JSON of a POST adds to bare libmicrohttpd."""
        costs = self.costs[POST]
        return [with_json - without for with_json, without in zip(costs[BARE_JSON], costs[BARE])]

    def between(self, load, other_load):
        return [a / b for a, b in zip(self.costs[load][OURS], self.costs[other_load][OURS])]


LOOKUP, UNCHANGED, POST = f"GET {CODE}", f"GET {CODE}, 304", "POST /explain, one reply"
BATCH, NDJSON = "batch of 1,000, per reply", "NDJSON of 10,000, per reply"


def all_loads(etag, replies):
    """About so many `replies` in a round of the bulk loads."""
    return [
        Load(LOOKUP, [get(CODE)]),
        Load(UNCHANGED, [get(CODE, f"If-None-Match: {etag}")]),
        Load(POST, [post(it) for it in asked(1000)]),
        Load(BATCH, [batch(1000)], times=replies // 1000, parts=1000),
        Load(NDJSON, [ndjson(10000)], times=max(1, replies // 10000), parts=10000),
        Load("GET /codes", [get("/codes")]),
        Load(f"GET {CODE}, 16 pipelined", [get(CODE)], connections=16, pipelined=16),
        Load(f"GET {CODE}, not kept alive", [get(CODE, "Connection: close")]),
    ]


def start_all(stack, paths, ours, load):
    """The servers by name, each giving the same answers to this load."""
    answers = [ours.ask(ask) for ask in load.asks]
    servers = {OURS: ours, BARE: stack.enter_context(bare(paths.work, load.slug, answers))}
    if load.name == POST:
        servers[BARE_JSON] = stack.enter_context(bare(paths.work, load.slug, answers, paths.explain_cost))
    if load.asks[0].startswith(b"GET"):
        servers[NGINX] = stack.enter_context(nginx(paths.work, load.slug, answers[0]))
    for name, server in servers.items():
        if not all(answer.is_in(server.ask(ask)) for answer, ask in zip(answers, load.asks)):
            raise SystemExit(f"bench: {name} does not answer as {OURS} does: {load.name}")
    return servers


def json_in_loop(paths, answers):
    """Microseconds to decode a request of the POST load and to encode its answer, with no socket around."""
    requests = paths.work / "floor.ndjson"
    requests.write_text("\n".join(asked(1000)))
    printed = output([paths.explain_cost, requests, answers, "3"], [SERVER_CORE])
    return float(re.search(r"JSON floor ([\d.]+) us", printed)[1])


def compare(paths, rounds, seconds, replies):
    result = Comparison()
    with ExitStack() as stack:
        ours = stack.enter_context(service(paths.service))
        etag = dict(ours.ask(get(CODE)).headers)["ETag"]
        loads = [(it, start_all(stack, paths, ours, it)) for it in all_loads(etag, replies)]
        posted = next(load for load, _ in loads if load.name == POST)
        for turn in range(rounds):
            print(f"round {turn + 1} of {rounds}", flush=True)
            for load, servers in loads:
                costs = result.costs.setdefault(load.name, {name: [] for name in servers})
                names = list(servers)
                first = turn % len(names)
                for name in names[first:] + names[:first]:
                    costs[name].append(cost(paths.work, servers[name], load, seconds))
            result.loop.append(json_in_loop(paths, answers_file(paths.work, posted.slug)))
        for _, servers in loads:
            for name, server in servers.items():
                result.peak[name] = max(result.peak.get(name, 0), server.memory("VmHWM"))
    return result
