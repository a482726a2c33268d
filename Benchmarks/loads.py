"""What is asked of the servers, and what it costs them."""

import json
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from servers import HERE, LOAD_CORE, start

CORPUS = HERE.parent / "Tests/Corpus/replies.jsonl"
JSON = "application/json"
NDJSON = "application/x-ndjson"
CODE = "/codes/550"
# wrk ends when it is interrupted; this is for the case that nobody does.
LONGEST = "600s"


@dataclass
class Load:
    """Requests sent in turn: by wrk, as fast as they are answered, or each so many `times` by one client."""

    name: str
    asks: list[bytes]
    connections: int = 64
    pipelined: int = 1
    times: int = 0
    # What the cost is divided by, such as the replies in a request.
    parts: int = 1

    @property
    def slug(self):
        return re.sub("[^a-z0-9]+", "-", self.name.lower()).strip("-")


def get(path, *headers):
    return request("GET", path, headers)


def post(body, content_type=JSON):
    body = body.encode()
    headers = (f"Content-Type: {content_type}", f"Content-Length: {len(body)}")
    return request("POST", "/explain", headers) + body


def request(method, path, headers):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def replies(count):
    """Replies of the corpus, from the start again when it ends."""
    lines = CORPUS.read_text().splitlines()
    return [json.loads(lines[i % len(lines)])["input"] for i in range(count)]


def asked(count):
    """The JSON to ask about each of `count` replies."""
    return [json.dumps({"reply": it}, ensure_ascii=False, separators=(",", ":")) for it in replies(count)]


def batch(count):
    return post('{"replies":[' + ",".join(asked(count)) + "]}")


def ndjson(count):
    """The first thousand again and again, so that every load has the same replies."""
    thousand = asked(min(count, 1000))
    return post("\n".join(thousand[i % 1000] for i in range(count)) + "\n", NDJSON)


def reply_of(size):
    """One reply of so many bytes, of lines from the corpus."""
    lines = []
    while sum(map(len, lines)) < size:
        lines += [f"550-{line}\r\n" for it in replies(1000) for line in it.splitlines()]
    return "".join(lines).encode()[:size].decode(errors="ignore")


class Wrk:
    """wrk at work until stop() or the end of the `with` block."""

    def __init__(self, work, server, load, threads=1, cores=(LOAD_CORE,)):
        file = work / f"{load.slug}.requests"
        with open(file, "wb") as out:
            for ask in load.asks:
                out.write(b"%d\n%s" % (len(ask) * load.pipelined, ask * load.pipelined))
        self.what = f"{server.name}, {load.name}, {load.connections} connections"
        self.process = start(
            ["wrk", f"-t{threads}", f"-c{load.connections}", "-d", LONGEST, "--timeout", LONGEST,
             "-s", HERE / "requests.lua", f"http://127.0.0.1:{server.port}", "--", file],
            cores, stdout=subprocess.PIPE, text=True)
        while not self.heeds_interrupts():
            time.sleep(0.001)

    def heeds_interrupts(self):
        """Does it handle SIGINT already? Before, that would end it without a word."""
        caught = re.search("SigCgt:\t(.*)", Path(f"/proc/{self.process.pid}/status").read_text())
        return self.process.poll() is not None or int(caught[1], 16) & 1 << signal.SIGINT - 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        """How many requests were answered."""
        self.process.send_signal(signal.SIGINT)
        printed, _ = self.process.communicate()
        errors = re.search("Non-2xx or 3xx.*|Socket errors.*", printed)
        count = re.search(r"(\d+) requests in", printed)
        if errors or not count:
            raise SystemExit(f"bench: {self.what}: {errors[0] if errors else printed}")
        return int(count[1])


def run_wrk(work, server, load, seconds, **options):
    """How many requests were answered. Wrk looks up from its work each 0.1 s, so it takes a little longer."""
    with Wrk(work, server, load, **options) as wrk:
        time.sleep(seconds)
        return wrk.stop()


def cost(work, server, load, seconds):
    """Microseconds of the server's CPU for each part."""
    before = server.cpu()
    if load.times:
        count = len(load.asks) * load.times
        with server.connect() as connection:
            for ask in load.asks * load.times:
                server.ask(ask, connection)
    else:
        count = 0
        # Other processes may leave wrk so little time that what it does once outweighs the requests.
        patience = time.perf_counter() + 30
        while count < 1000:
            if time.perf_counter() > patience:
                raise SystemExit(f"bench: {server.name} answers next to nothing: {load.name}")
            count += run_wrk(work, server, load, seconds)
    return (server.cpu() - before) / 1e3 / count / load.parts
