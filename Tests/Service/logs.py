"""Checks the service's log: what it tells of requests, what it keeps to itself, and that nobody waits for its reader.

    logs.py path/to/smtp-codes
"""

import fcntl
import json
import os
import re
import socket
import sys
import time
from contextlib import suppress

from probes import metric, start_apart, status_of
from service import Checks, Service, wait_for

BINARY = sys.argv[1]
checks = Checks()

SECRETS = ("bob", "secret", "No such user", "127.0.0.1", "hunter2", "curious")
DROPPED = "smtp_codes_log_lines_dropped_total"
FIELDS = {"method", "route", "status", "bytes", "microseconds"}

# A request, and what the log may tell of it.
LOGGED = [
    (("GET", "/codes/550", None, {"X-Request-Id": "id-1"}), ("GET", "/codes/{code}", "200", "id-1")),
    (("GET", "/codes/550?pretty&q=secret", None, {}), ("GET", "/codes/{code}", "400", None)),
    (("GET", "/codes/550", None, {"If-None-Match": "*"}), ("GET", "/codes/{code}", "304", None)),
    (("HEAD", "/codes?q=secret", None, {}), ("HEAD", "/codes", "200", None)),
    (("POST", "/explain", "550 5.1.1 <bob@b.example>: No such user", {}), ("POST", "/explain", "200", None)),
    (
        ("POST", "/explain", '"550 No such user"\n', {"Content-Type": "application/x-ndjson"}),
        ("POST", "/explain", "200", None),
    ),
    (("POST", "/explain?secret", "550", {}), ("POST", "/explain", "400", None)),
    (
        ("POST", "/explain", "550", {"Content-Type": "image/png", "Cookie": "hunter2"}),
        ("POST", "/explain", "415", None),
    ),
    (("GET", "/secret/path", None, {"User-Agent": "curious", "X-Request-Id": "bad id"}), ("GET", "none", "404", None)),
    (("GET", "/providers/secret", None, {}), ("GET", "/providers/{name}", "404", None)),
    (("OPTIONS", "/codes", None, {"Origin": "https://secret.example"}), ("OPTIONS", "/codes", "204", None)),
    (("SECRET", "/codes", None, {}), ("other", "/codes", "405", None)),
    (
        ("GET", "/healthz", None, {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}),
        ("GET", "/healthz", "200", "4bf92f3577b34da6a3ce929d0e0e4736"),
    ),
]


def read_log(text, form):
    """The fields of each request's line."""
    if form == "json":
        lines = [json.loads(line) for line in text.splitlines()]
        return [line for line in lines if line["message"] == "request"]
    lines = [line for line in text.splitlines() if line.endswith(" request")]
    return [dict(re.findall(r"(\w+)=(\S+)", line)) for line in lines]


def access_log(form):
    with Service(BINARY, "--access-log", "--log-format", form) as service:
        answers = [service.ask(*asked) for asked, _ in LOGGED]
        # A line is written when the answer is sent, which its client may see first.
        wait_for(lambda: len(read_log(service.log(), form)) >= len(LOGGED), 20)
        checks.equal("it stops well", service.stop(), 0)
        started, _, rest = service.log().partition("\n")
        lines = read_log(rest, form)
        checks.equal(f"{form}: a line for each request", len(lines), len(LOGGED))
        # Requests of several connections may be logged in another order than they were asked in.
        told = [(line["method"], line["route"], str(line["status"]), line.get("request_id")) for line in lines]
        checks.equal(f"{form}: what the lines tell", sorted(told, key=str), sorted((it for _, it in LOGGED), key=str))
        for line in lines:
            checks.check(f"{form}: every line has its fields", FIELDS <= line.keys(), line)
            checks.check(f"{form}: its time is one", 0 <= int(line["microseconds"]) < 20_000_000, line)
        sent = sorted(len(answer.content) for answer in answers)
        checks.equal(f"{form}: the bytes are those sent", sorted(int(line["bytes"]) for line in lines), sent)
        for secret in SECRETS:
            checks.check(f"{form}: {secret!r} is not in the log", secret not in rest)
        if form == "json":
            for line in service.log().splitlines():
                fields = json.loads(line).keys()
                is_whole = {"time", "level", "message"} <= fields
                checks.check("json: every line has time, level and message", is_whole, line)
    with Service(BINARY, "--log-format", form) as service:
        for asked, _ in LOGGED:
            service.ask(*asked)
        service.stop()
        checks.equal(f"{form}: nothing is logged unasked", read_log(service.log(), form), [])
        for secret in SECRETS:
            checks.check(f"{form}: {secret!r} is not in the log", secret not in service.log().partition("\n")[2])


def no_access_log():
    with Service(BINARY, "--no-access-log", environment={"SMTP_CODES_ACCESS_LOG": "true"}) as service:
        service.lives()
        service.stop()
        checks.equal("a flag turns off what a variable turned on", read_log(service.log(), "text"), [])


# Whoever reads it


def closed_log():
    """Its log may not land in a connection that took the place of standard error."""
    port = free_port()
    process = start_apart(BINARY, "--port", str(port), "--access-log", stderr=None, preexec_fn=lambda: os.close(2))
    checks.check("it starts without standard error", wait_for(lambda: status_of(port, "/healthz") == 200, 20))
    for _ in range(20):
        checks.equal("it serves without standard error", status_of(port, "/codes/550"), 200)
    process.terminate()
    checks.equal("it stops well without standard error", process.wait(20), 0)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Tally:
    """Of `asked` requests and those for the tally itself: which lines were read, and how many were dropped.

    A line is written, or found to be for nobody, behind the answer to its request, so the last ones come later."""

    def __init__(self, port, asked, pipe=None):
        self.port, self.asked, self.pipe = port, asked, pipe
        self.read, self.dropped = b"", 0

    def is_whole(self):
        self.read += read_now(self.pipe) if self.pipe else b""
        self.dropped = metric(self.port, DROPPED)
        self.asked += 1
        lines = re.findall(rb"^\S+ info .* method=GET .* route=/\S+ status=200 .* request$", self.read, re.M)
        return len(lines) + self.dropped == self.asked - 1

    def __str__(self):
        return f"{self.asked} asked, {self.read.count(b'request')} read, {self.dropped} dropped"


def read_now(pipe):
    """What is there."""
    os.set_blocking(pipe.fileno(), False)
    found = b""
    with suppress(BlockingIOError):
        while piece := os.read(pipe.fileno(), 1 << 20):
            found += piece
    os.set_blocking(pipe.fileno(), True)
    return found


def log_without_reader():
    process = start_apart(BINARY, "--access-log")
    port = int(re.search(rb":(\d+) with", process.stderr.readline())[1])
    process.stderr.close()
    for _ in range(20):
        checks.equal("it serves when nobody reads its log any more", status_of(port, "/codes/550"), 200)
    tally = Tally(port, 20)
    checks.check("lines for nobody are counted as dropped", wait_for(tally.is_whole, 20), tally)
    process.terminate()
    checks.equal("it stops well when nobody reads its log any more", process.wait(20), 0)


def full_log():
    """A reader that stalls stops nobody; what he misses is counted."""
    process = start_apart(BINARY, "--access-log")
    fcntl.fcntl(process.stderr, fcntl.F_SETPIPE_SZ, 4096)
    port = int(re.search(rb":(\d+) with", process.stderr.readline())[1])
    asked = 20_000
    slowest = ask_often(port, asked)
    checks.check("no request waits for the log", slowest < 2, f"{slowest:.2f} s")
    tally = Tally(port, asked, process.stderr)
    checks.check("every line is whole, or counted as dropped", wait_for(tally.is_whole, 20), tally)
    checks.check("what does not fit is dropped, and no more", 0 < tally.dropped < asked, tally)
    checks.equal("it logs again", status_of(port, "/codes/551"), 200)
    checks.check("and says so", wait_for(lambda: b"route=/codes/{code}" in process.stderr.readline(), 20))
    ask_often(port, asked)
    begin = time.monotonic()
    process.terminate()
    checks.equal("it stops well with its log full", process.wait(20), 0)
    checks.check("within seconds", time.monotonic() - begin < 5)


def ask_often(port, count, at_once=100):
    """Asks for /codes/550 again and again on one connection; the seconds that the slowest hundred took."""
    request = b"GET /codes/550 HTTP/1.1\r\nHost: a\r\n\r\n"
    slowest = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(request)
        size = len(client.recv(65536))
        for _ in range((count - 1) // at_once + 1):
            this = min(at_once, count - 1)
            count -= this
            begin = time.monotonic()
            client.sendall(request * this)
            left = size * this
            while left > 0:
                left -= len(client.recv(1 << 20))
            slowest = max(slowest, time.monotonic() - begin)
    return slowest


if __name__ == "__main__":
    access_log("text")
    access_log("json")
    no_access_log()
    closed_log()
    log_without_reader()
    full_log()
    checks.end()
