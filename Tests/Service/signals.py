"""Checks what signals do to the service: SIGHUP reads its rules again, SIGTERM and SIGINT end it, others do nothing.

    signals.py path/to/smtp-codes
"""

import json
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

from probes import metric, reload
from service import Checks, Service, wait_for

BINARY = sys.argv[1]
checks = Checks()


def reload_rules(folder):
    file = folder / "rules.json"

    def write(category):
        file.write_text(json.dumps({"phrases": [{"words": "the hamster sleeps", "category": category}]}))

    def category():
        answer = service.ask("POST", "/explain", "550 The hamster sleeps")
        return json.loads(answer.content)["category"]

    write("rate-limited")
    with Service(BINARY, "--rules", str(file)) as service:
        checks.equal("the rules count", category(), "rate-limited")
        write("mailbox-full")
        checks.equal("until SIGHUP the old rules count", category(), "rate-limited")
        before = metric(service.port, "smtp_codes_rules_loaded_timestamp_seconds")
        time.sleep(1)
        reload(service, checks, "read again")
        checks.equal("SIGHUP reads the rules again", category(), "mailbox-full")
        after = metric(service.port, "smtp_codes_rules_loaded_timestamp_seconds")
        checks.check("the time at which they were read is told", after > before, (before, after))
        for bad in ("{", '{"phrases": [{"words": "a", "category": "no-such"}]}', None):
            file.unlink() if bad is None else file.write_text(bad)
            reload(service, checks, "goes on with what it had")
            checks.equal("bad rules change nothing", category(), "mailbox-full")
        write("greylisted")
        for _ in range(20):
            service.send(signal.SIGHUP)
            checks.check("it answers while it reads", service.lives())
        checks.check("SIGHUP reads them again and again", wait_for(lambda: category() == "greylisted", 20))
        checks.equal("it stops well", service.stop(), 0)


def meaningless_signals():
    with Service(BINARY) as service:
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE):
            service.send(number)
            time.sleep(0.1)
            checks.check(f"{number.name} does nothing", service.process.poll() is None and service.lives())
        checks.equal("it stops well", service.stop(), 0)


# The end


def drain_delay():
    """While it lasts, new connections are served; only /readyz says that they should go elsewhere."""
    with Service(BINARY, "--drain-delay", "4") as service:
        kept = service.connect()
        checks.equal("ready", service.ask("GET", "/readyz", connection=kept).status, 200)
        begin = time.monotonic()
        service.send(signal.SIGTERM)
        ready = wait_for(lambda: service.ask("GET", "/readyz").status == 503, 3)
        checks.check("readyz says 503 in the delay", ready)
        for _ in range(5):
            checks.equal("new connections are served in the delay", service.ask("GET", "/codes/550").status, 200)
            answer = service.ask("GET", "/healthz", connection=kept)
            checks.equal("so are kept ones", (answer.status, answer.headers["Connection"]), (200, None))
            time.sleep(0.1)
        status = service.process.wait(20)
        took = time.monotonic() - begin
        checks.equal("it stops well after the delay", status, 0)
        checks.check("the delay is kept", took >= 4, f"{took:.2f} s")


def second_signal():
    for first, second, flags in [
        (signal.SIGTERM, signal.SIGTERM, ["--drain-delay", "60"]),
        (signal.SIGINT, signal.SIGTERM, ["--drain-timeout", "60"]),
        (signal.SIGTERM, signal.SIGINT, ["--drain-timeout", "60"]),
    ]:
        with Service(BINARY, *flags) as service:
            # It would be waited for.
            with socket.create_connection(("127.0.0.1", service.port)) as unfinished:
                unfinished.sendall(
                    b"POST /explain HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                )
                unfinished.recv(100)
                service.send(first)
                wait_for(lambda: "draining" in service.log(), 20)
                time.sleep(0.3)
                checks.check("the first signal drains", service.process.poll() is None)
                begin = time.monotonic()
                status = service.stop(second)
                took = time.monotonic() - begin
                checks.check("the second signal ends it at once", took < 15, f"{took:.2f} s")
                checks.equal("its exit status tells which", status, 128 + second)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="smtp-codes-") as folder:
        reload_rules(Path(folder))
    meaningless_signals()
    drain_delay()
    second_signal()
    checks.end()
