"""Checks the service's limits, and what it makes of variables and arguments, as its operator sees them.

    limits.py path/to/smtp-codes
"""

import re
import resource
import socket
import subprocess
import sys
import time

from probes import drip, is_closed, start_apart, status_of
from service import Checks, Service, wait_for

BINARY = sys.argv[1]
checks = Checks()


# A request that does not arrive


def half_a_request():
    """Is closed at --request-timeout, however it drips; a connection without a request is not."""
    head = b"GET /codes/550 HTTP/1.1\r\nHost: limits"
    body = b"POST /explain HTTP/1.1\r\nHost: limits\r\nContent-Length: 999\r\n\r\n5"
    with Service(BINARY, "--request-timeout", "1") as service:
        clients, began, lives = {}, {}, {}
        for name in ("half a head", "half a head, dripping", "half a body", "half a body, dripping", "nothing"):
            client = clients[name] = socket.create_connection(("127.0.0.1", service.port))
            began[name] = time.monotonic()
            client.sendall(head if "head" in name else body if "body" in name else b"")
        while len(lives) < 4 and time.monotonic() < began["nothing"] + 20:
            for name, client in clients.items():
                if name not in lives and is_closed(client, 0.01):
                    lives[name] = time.monotonic() - began[name]
                elif name not in lives and "dripping" in name:
                    drip(client)
        checks.equal("only half requests are closed", lives.keys(), clients.keys() - {"nothing"})
        for name, life in lives.items():
            checks.check(f"{name} is closed after a second", 1 <= life < 10, f"{life:.2f} s")
        for client in clients.values():
            client.close()
        checks.check("the service lives", service.lives())


# More connections than descriptors


def few_descriptors():
    with Service(BINARY, "--threads", "2", descriptors=64) as service:
        clients = []
        for _ in range(500):
            try:
                client = socket.create_connection(("127.0.0.1", service.port), timeout=5)
            except TimeoutError:
                break  # as the kernel has fewer wait to be accepted
            client.settimeout(20)
            client.sendall(b"GET /codes/550 HTTP/1.1\r\nHost: a\r\n\r\n")
            clients.append(client)
        answered = sum(client.recv(12) == b"HTTP/1.1 200" for client in clients[:10])
        checks.equal(f"the first of {len(clients)} connections are served", answered, 10)
        checks.check("no more descriptors are open than may be", service.descriptors() <= 64)
        checks.check(f"it lives with {len(clients)} connections tried", service.process.poll() is None)
        for client in clients:
            client.close()
        checks.check("it serves again when they are gone", service.lives())
        # It may have been started with more.
        warnings = re.findall(r"there can be (\d+) connections, not 4096", service.log())
        checks.equal("it warns once", len(warnings), 1)
        checks.check("of as many connections as can be", warnings and 20 <= int(warnings[0]) < 64, warnings)
        checks.check("its descriptors are free again", wait_for(lambda: service.descriptors() < 30, 20))
        checks.equal("it stops well", service.stop(), 0)


def fewest_descriptors():
    """With any number it either answers somebody, or ends with a reason."""
    numbers = range(7, 24)
    for number in numbers:
        process = start_apart(BINARY, "--threads", "2", descriptors=number)
        reason = process.stderr.readline().decode()
        if "listens on" in reason:
            port = int(re.search(r":(\d+) with", reason)[1])
            checks.equal(f"{number} descriptors are enough to answer", status_of(port, "/healthz"), 200)
            process.kill()
        else:
            found = process.wait(20), "open files" in reason
            checks.equal(f"{number} descriptors are said to be too few", found, (71, True))
        process.stderr.close()
        process.wait()


# Variables and arguments


def unknown_variables():
    of_kubernetes = {
        "SMTP_CODES_SERVICE_HOST": "10.0.0.1",
        "SMTP_CODES_SERVICE_PORT_HTTP": "80",
        "SMTP_CODES_PORT": "tcp://10.0.0.1:80",
        "SMTP_CODES_PORT_80_TCP_ADDR": "10.0.0.1",
    }
    known = {"SMTP_CODES_MAX_BODY": "1000", "SMTP_CODES_MAX_CONNECTIONS_PER_IP": "9", "SMTP_CODES_LOG_LEVEL": "info"}
    with Service(BINARY, environment=of_kubernetes | known) as service:
        checks.check("known variables are no warning", "is not known" not in service.log(), service.log())
    unknown = {"SMTP_CODES_MAXBODY": "1000", "SMTP_CODES_PORT": "8080", "SMTP_CODES_": ""}
    with Service(BINARY, environment=unknown) as service:
        warned = re.findall(r"warning .*?(SMTP_CODES_\w*) is not known", service.log())
        checks.equal("unknown variables are warned of", warned, sorted(unknown))


def no_arguments():
    """Without /proc Swift finds no arguments; to serve at the default port would be wrong."""
    apart = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*apart, "true"], capture_output=True).returncode != 0:
        print("not tried: a start without /proc, as unshare is not permitted here")
        return
    script = 'mount -t tmpfs none /proc && exec "$0" --port 0'
    result = subprocess.run([*apart, "sh", "-c", script, BINARY], capture_output=True, text=True, timeout=20)
    checks.equal("a start without arguments ends", result.returncode, 71)
    checks.check("and says why", "arguments cannot be read" in result.stderr, result.stderr)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    half_a_request()
    few_descriptors()
    fewest_descriptors()
    unknown_variables()
    no_arguments()
    checks.end()
