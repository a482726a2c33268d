"""What the tests here share: the service as a process, and a client that knows what each answer has to be."""

import http.client
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "Service"))
from service import Service, wait_for  # noqa: E402, F401


def drain(service, timeout):
    """SIGTERM; the exit status and the seconds it took. None is the status of a process that does not end."""
    began = time.monotonic()
    try:
        status = service.stop(timeout=timeout)
    except subprocess.TimeoutExpired:
        status = None
    return status, time.monotonic() - began


class Request:
    def __init__(self, method, target, body=None, content_type=None):
        self.method, self.target, self.body = method, target, body and body.encode()
        self.headers = {"Content-Type": content_type} if content_type else {}
        if body is not None:
            self.headers["Content-Length"] = str(len(self.body))

    def __str__(self):
        return f"{self.method} {self.target}"

    def send(self, connection, pause=lambda: None, closes=False):
        """Sends it, with a pause between the head and the body."""
        connection.putrequest(self.method, self.target)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        if closes:
            connection.putheader("Connection", "close")
        connection.endheaders()
        if self.body:
            pause()
            connection.send(self.body)


REPLIES = "\n".join(f'"550 5.1.1 <user{number}@b.example>: User unknown"' for number in range(100))

# Their answers are handed to the system in one piece: kept bytes, a search, and what is explained.
SHORT = [
    Request("GET", "/codes/550"),
    Request("GET", "/enhanced/5.1.1"),
    Request("GET", "/codes?q=mailbox"),
    Request("POST", "/explain", "550 5.1.1 No such user"),
    Request("POST", "/explain", '{"replies":["452 4.2.2 Mailbox full","250 Ok"]}', "application/json"),
]
# Theirs take longer: one is larger than a socket's buffer, the other is made while it is sent.
LONG = [
    Request("GET", "/openapi.yaml"),
    Request("POST", "/explain", REPLIES, "application/x-ndjson"),
]


def right_answers(host, port):
    """The body of the answer to each request, of a service that nobody disturbs."""
    bodies = {}
    for request in SHORT + LONG:
        connection = http.client.HTTPConnection(host, port, timeout=10)
        request.send(connection)
        response = connection.getresponse()
        bodies[request] = response.read()
        connection.close()
        if response.status != 200:
            raise SystemExit(f"{request} is answered {response.status}")
    return bodies


class Load:
    """Threads that ask until they are stopped or find nobody there.

    `askers` send all of the requests, one or more on a connection, and pause now and then, also in the middle of
    a request. `knockers` do nothing but connect and ask, as fast as they can.

    `counts` has the requests answered, the connections, those refused, what failed, and what crossed the close of
    a connection that was idle for so long that the service might close it; `failures` says what failed.
    """

    IDLE = 0.15  # the service waits for 200 ms, by a clock of the kernel's that ticks all 10 ms
    MOST_PAUSE = 0.03

    def __init__(self, host, port, answers, requests=SHORT + LONG, askers=6, knockers=2):
        self.host, self.port, self.answers, self.requests = host, port, answers, requests
        self.counts, self.failures = Counter(), []
        self.ends = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=[self.ask]) for _ in range(askers)]
        self.threads += [threading.Thread(target=self.run, args=[self.knock]) for _ in range(knockers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join()

    def join(self):
        for thread in self.threads:
            thread.join()

    def count(self, what, failure=None):
        with self.lock:
            self.counts[what] += 1
            if failure:
                self.failures.append(failure)

    def run(self, ask):
        """Asks on one connection after another."""
        while not self.ends.is_set():
            opened = time.monotonic()
            try:
                connection = socket.create_connection((self.host, self.port), timeout=20)
            except (ConnectionRefusedError, ConnectionResetError):
                # Nobody is there, or was any more when the end of the handshake came, so nothing was accepted.
                self.count("refused")
                return
            except OSError as error:
                self.count("failed", f"connect: {error!r}")
                continue
            self.count("connections")
            with connection:
                ask(connection, opened)

    def lost(self, quiet_since, sent, failure):
        """Counts a request without an answer; `sent` is None where it could not even be sent.

        HTTP cannot tell who was first where a request crosses the close of an idle connection, and has the client
        ask again (RFC 9112, section 9.3.1). Our clients should be quicker than that, if they get a processor."""
        is_late = (sent or time.monotonic()) - quiet_since > self.IDLE
        self.count("crossed" if is_late else "failed", None if is_late else failure)

    def knock(self, connection, opened):
        request = SHORT[0]
        sent, answer = None, b""
        try:
            connection.sendall(f"GET {request.target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
            sent = time.monotonic()
            while piece := connection.recv(65536):
                answer += piece
        except OSError as error:
            self.lost(opened, sent, f"{request}: {error!r}")
            return
        if not answer:
            self.lost(opened, sent, f"{request}: no answer")
            return
        is_right = answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"\r\n\r\n" + self.answers[request])
        self.count("requests" if is_right else "failed", None if is_right else f"{request}: {len(answer)} bytes")

    def ask(self, connection, quiet_since):
        client = http.client.HTTPConnection(self.host)
        client.sock = connection
        for left in reversed(range(random.choice([1, 2, 20]))):
            request = random.choice(self.requests)
            sent, asked = None, time.monotonic()
            try:
                request.send(client, self.pause, closes=left == 0 and random.random() < 0.5)
                sent = time.monotonic()
                response = client.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.lost(quiet_since, sent, f"{request}: {error!r}")
                return
            if response.status == 200 and body == self.answers[request]:
                self.count("requests")
            else:
                self.count("failed", f"{request}: {response.status} with {len(body)} bytes")
            if response.will_close or self.ends.is_set():
                return
            quiet_since = asked
            self.pause()

    def pause(self):
        if random.random() < 0.2:
            time.sleep(random.uniform(0, self.MOST_PAUSE))
