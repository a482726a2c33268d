"""Floods the service and sees whether others notice.

    floods.py path/to/smtp-codes SECONDS [FLOOD...]

Floods: bulk (3,500 clients that post 12 KB of NDJSON, again and again), slow (40 clients that read the answers to
2 MB of NDJSON at 2 KB/s), halves (9,000 half requests from one address, opened again when they are closed) and all
three at once. Meanwhile a polite client asks for /healthz, /codes/550 and an explanation, on new connections and on
kept ones: each of its answers must be right, and 99 of 100 lookups must come within 250 ms.
"""

import os
import resource
import select
import signal
import socket
import sys
import threading
import time
from contextlib import suppress

from service import Checks, Service

MOST_MILLISECONDS = 250
POLITE_A_SECOND = 40
RESPONSE_TIMEOUT = 30

BULK_BODY = b'"550 5.1.1 No such user here"\n' * 400
LARGE_BODY = b'"550 5.1.1 No such user here"\n' * 66_000


def post(body, kind="application/x-ndjson"):
    head = f"POST /explain HTTP/1.1\r\nHost: flood\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Flood:
    """Connections of one kind, each opened again when the service closes it; runs in a process of its own."""

    count = 0
    address = "127.0.0.1"
    request = b""

    def __init__(self, port):
        self.port = port
        self.poll = select.epoll()
        self.clients = {}
        self.missing = self.count

    def run(self):
        while True:
            self.open_missing()
            for number, events in self.poll.poll(self.patience()):
                if number not in self.clients:
                    continue
                client, _ = self.clients[number]
                try:
                    if events & (select.EPOLLERR | select.EPOLLHUP):
                        raise OSError
                    if events & select.EPOLLOUT:
                        self.write(client)
                    if events & select.EPOLLIN:
                        self.read(client)
                except BlockingIOError:
                    pass
                except OSError:
                    self.close(client)
            self.tick()

    def patience(self):
        return 0.1 if not self.missing else 0.005

    def open_missing(self):
        for _ in range(min(self.missing, 200)):
            client = socket.socket()
            client.setblocking(False)
            if self.address != "127.0.0.1":
                client.bind((self.address, 0))
            client.connect_ex(("127.0.0.1", self.port))
            self.clients[client.fileno()] = (client, memoryview(self.request))
            self.poll.register(client, select.EPOLLOUT | select.EPOLLIN)
            self.missing -= 1

    def close(self, client):
        del self.clients[client.fileno()]
        client.close()
        self.missing += 1

    def write(self, client):
        _, rest = self.clients[client.fileno()]
        rest = rest[client.send(rest) :]
        self.clients[client.fileno()] = (client, rest)
        if not rest:
            self.sent(client)

    def sent(self, client):
        self.poll.modify(client, select.EPOLLIN)

    def read(self, client):
        if not client.recv(65536):
            raise OSError

    def tick(self):
        pass


class Bulk(Flood):
    count = 3500
    request = post(BULK_BODY)

    def read(self, client):
        content = client.recv(262144)
        if not content:
            raise OSError
        if content.endswith(b"0\r\n\r\n") or b"HTTP/1.1 503" in content[:20]:
            self.clients[client.fileno()] = (client, memoryview(self.request))
            self.poll.modify(client, select.EPOLLIN | select.EPOLLOUT)


class Slow(Flood):
    count = 40
    request = post(LARGE_BODY)
    read_at = 0.0

    def sent(self, client):
        self.poll.modify(client, select.EPOLLHUP)

    def patience(self):
        return 0.1

    def tick(self):
        """Twice a second, a kilobyte each."""
        if time.monotonic() < self.read_at:
            return
        self.read_at = time.monotonic() + 0.5
        for client, _ in list(self.clients.values()):
            try:
                if not client.recv(1024):
                    self.close(client)
            except BlockingIOError:
                pass
            except OSError:
                self.close(client)


class Halves(Flood):
    count = 9000
    address = "127.0.0.9"
    request = b"POST /explain HTTP/1.1\r\nHost: flood\r\nContent-Length: 100\r\n\r\n550"


FLOODS = {"bulk": [Bulk], "slow": [Slow], "halves": [Halves], "all": [Bulk, Slow, Halves]}


def begin(flood, port):
    """The id of a process that floods, less important than the service and its polite client."""
    child = os.fork()
    if child == 0:
        with suppress(KeyboardInterrupt):
            os.nice(5)
            flood(port).run()
        os._exit(0)
    return child


class Polite:
    """Asks at a steady pace; notes how long each answer took, and which were wrong."""

    ASKED = [
        (b"GET /healthz HTTP/1.1\r\nHost: polite\r\n\r\n", b'{"status":"ok"}'),
        (b"GET /codes/550 HTTP/1.1\r\nHost: polite\r\n\r\n", b'"code":550'),
        (post(b"550 5.1.1 No such user", "text/plain"), b'"unknown-recipient"'),
    ]

    def __init__(self, port):
        self.port = port
        self.lookups, self.explanations, self.wrong = [], [], []
        self.ends = False

    def run(self):
        kept, turn, due = None, 0, time.monotonic()
        while not self.ends:
            request, wanted = self.ASKED[turn % 3]
            is_kept = turn % 2 == 0
            turn += 1
            begin = time.monotonic()
            try:
                if not is_kept or kept is None:
                    client = self.connect()
                    if is_kept:
                        kept = client
                else:
                    client = kept
                answer = self.ask(client, request)
                if not is_kept:
                    client.close()
            except OSError as error:
                answer = repr(error).encode()
                kept = None if is_kept else kept
            took = time.monotonic() - begin
            (self.explanations if request.startswith(b"POST") else self.lookups).append(took)
            if not (answer.startswith(b"HTTP/1.1 200") and wanted in answer):
                self.wrong.append((round(took, 3), request[:20], answer[:60]))
            due = max(due + 1 / POLITE_A_SECOND, time.monotonic() - 0.2)
            time.sleep(max(0, due - time.monotonic()))

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(self, client, request):
        client.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer or len(answer) < self.length(answer):
            chunk = client.recv(65536)
            if not chunk:
                raise ConnectionError("closed")
            answer += chunk
        return answer

    @staticmethod
    def length(answer):
        head, _, _ = answer.partition(b"\r\n\r\n")
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return len(head) + 4 + int(line.split(b":")[1])
        return len(head) + 4


def percentile(times, part):
    return sorted(times)[int((len(times) - 1) * part)] * 1000


def flood(binary, name, seconds, checks):
    with Service(binary, "--threads", "2") as service:
        polite = Polite(service.port)
        asking = threading.Thread(target=polite.run)
        children = [begin(kind, service.port) for kind in FLOODS[name]]
        try:
            time.sleep(3)  # until all are there
            polite.lookups.clear()
            asking.start()
            memory, end = [], time.monotonic() + seconds
            while time.monotonic() < end:
                memory.append(service.resident())
                time.sleep(0.25)
            polite.ends = True
            asking.join()
        finally:
            for child in children:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
        half, most, last = (percentile(polite.lookups, part) for part in (0.5, 0.99, 1))
        explained = percentile(polite.explanations, 0.99) if polite.explanations else 0
        count = len(polite.lookups) + len(polite.explanations)
        print(
            f"{name}: {count - len(polite.wrong)} of {count} answered right; lookups: median {half:.1f} ms, 99 % within "
            f"{most:.1f} ms, all within {last:.1f} ms; explanations: 99 % within {explained:.1f} ms; "
            f"memory at most {max(memory) / 1024:.1f} MiB",
            flush=True,
        )
        checks.equal(f"{name}: every answer to the polite client is right", polite.wrong[:3], [])
        checks.check(f"{name}: 99 of 100 lookups come in time", most < MOST_MILLISECONDS, f"{most:.1f} ms")
        checks.check(f"{name}: the service lives", service.lives())
        checks.equal(f"{name}: it stops", service.stop(timeout=60), 0)


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < 10000:
        sys.exit(f"{most} open files are allowed, which are too few for a flood")
    checks = Checks()
    for name in sys.argv[3:] or FLOODS:
        flood(sys.argv[1], name, int(sys.argv[2]), checks)
    checks.end()
