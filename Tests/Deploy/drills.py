"""Stops the service in the middle of load, again and again: no request that it has accepted may be lost.

    drills.py path/to/smtp-codes [COUNT]

A drill starts the service, lets clients ask it, some on connections they keep and some on new ones, and sends
SIGTERM at a moment of chance. A request is lost if its connection was accepted, which to a client is when
connect() succeeds, and it has no whole and right answer. A client sends nothing more on a connection behind a
response that says "Connection: close", as HTTP has it. It stops when a connection is refused: from then on
nothing is accepted. The service must exit with 0 within its drain timeout.
"""

import random
import statistics
import sys
import time
from collections import Counter

from client import Load, Service, drain, right_answers

DRAIN_TIMEOUT = 30


def drill(binary, answers, totals, seconds):
    """What went wrong; empty where nothing did."""
    with Service(binary, "--drain-timeout", str(DRAIN_TIMEOUT)) as service:
        load = Load(service.host, service.port, answers)
        with load:
            time.sleep(random.uniform(0.02, 0.3))
            status, took = drain(service, timeout=2 * DRAIN_TIMEOUT)
            load.join()  # they end by themselves: nobody is there any more
        said = service.log()
    totals.update(load.counts)
    seconds.append(took)
    problems = list(load.failures)
    if status != 0:
        problems.append(f"exit status {status}; it said: {said}")
    if took > DRAIN_TIMEOUT:
        problems.append(f"it took {took:.1f} s")
    return problems


def main(binary, count=20):
    with Service(binary) as service:
        answers = right_answers(service.host, service.port)
    totals, seconds, failed = Counter(), [], 0
    for number in range(count):
        problems = drill(binary, answers, totals, seconds)
        failed += bool(problems)
        for problem in problems:
            print(f"drill {number + 1}: {problem}", flush=True)
    print(
        f"{count} drills, {totals['requests']} requests on {totals['connections']} connections, "
        f"{totals['failed']} lost, {totals['crossed']} crossed the close of an idle connection; "
        f"SIGTERM to exit {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s"
    )
    print(f"{count - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
