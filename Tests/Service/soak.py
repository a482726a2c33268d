"""Puts the service under a crowd of bad clients, all at once, and sees whether a polite one notices.

    soak.py path/to/smtp-codes SECONDS

2,000 idle connections, 500 clients that drip a byte a second, 64 in a closed loop (wrk) and 100 aborted uploads
a second; meanwhile a polite client asks 50 times a second and compares each answer with the right one. When the
crowd has gone, the service must be what it was: in connections, threads, descriptors and memory. What it keeps
for any crowd it has after a first, short one: the second, long one may leave no more.
"""

import asyncio
import re
import resource
import shutil
import socket
import statistics
import struct
import sys
import tempfile
import time
from contextlib import suppress

from service import Checks, Service

IDLE, SLOW, LOOPING, UPLOADS_A_SECOND, POLITE_A_SECOND = 2000, 500, 64, 100, 50
FIRST_CROWD_SECONDS = 5
REQUEST_TIMEOUT = 10
MOST_MEMORY = 64 * 1024  # KiB
# What the allocator may keep in pieces that the first crowd did not happen to need.
MEMORY_SLACK = 8 * 1024

# A lookup, a search, a reply and a bulk of them, in turn.
LOOP = """
local requests, turn = {}, 0
function init()
    local bulk = string.rep('"550 5.1.1 No such user"\\n', 20)
    requests = {
        wrk.format("GET", "/codes/550"), wrk.format("GET", "/enhanced?q=mailbox"),
        wrk.format("POST", "/explain", nil, "452 4.2.2 Mailbox full"),
        wrk.format("POST", "/explain", {["Content-Type"] = "application/x-ndjson"}, bulk),
    }
end
function request()
    turn = turn % #requests + 1
    return requests[turn]
end
"""

POLITE = [
    ("GET", "/codes/550", ""),
    ("GET", "/enhanced/5.7.606", ""),
    ("POST", "/explain", "550 5.1.1 No such user"),
    ("GET", "/codes?class=4&q=mailbox", ""),
    ("GET", "/codes/299", ""),
    ("POST", "/explain", '["451 4.7.1 Greylisted, try again in 300 seconds","552 5.2.2 Mailbox full"]'),
    ("GET", "/healthz", ""),
]

DRIPPED = [
    b"POST /explain HTTP/1.1\r\nHost: soak\r\nX-Dripping: ",
    b"POST /explain HTTP/1.1\r\nHost: soak\r\nContent-Length: 100000\r\n\r\n",
]


def is_closed(client):
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


async def connect(port):
    client = socket.socket()
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
    return client


async def beats(a_second):
    """Counts at this pace. What was missed while the machine stood still is not made up for at once."""
    count, due = 0, time.monotonic()
    while True:
        yield count
        count += 1
        due = max(due + 1 / a_second, time.monotonic() - 0.5)
        await asyncio.sleep(max(0, due - time.monotonic()))


class Idle:
    """Connections on which nothing happens; every fifth has had an answer before."""

    def __init__(self, port):
        self.port = port
        self.clients = []

    async def run(self):
        loop = asyncio.get_running_loop()
        for index in range(IDLE):
            client = await connect(self.port)
            self.clients.append(client)
            if index % 5 == 0:
                await loop.sock_sendall(client, b"GET /codes/550 HTTP/1.1\r\nHost: soak\r\n\r\n")
                while not (await loop.sock_recv(client, 65536)).endswith(b"}"):
                    pass

    def count_closed(self):
        return sum(map(is_closed, self.clients))

    def leave(self):
        for client in self.clients:
            client.close()


class Slow:
    """Clients that send a byte a second, of headers or of a body, and come back when they are thrown out."""

    def __init__(self, port):
        self.port = port
        self.clients = {}
        self.lives = []

    async def run(self):
        slots = [[] for _ in range(10)]
        for index in range(SLOW):
            slots[index % 10].append(DRIPPED[index % 2])
        await asyncio.gather(*(self.drip(beginnings, slot / 10) for slot, beginnings in enumerate(slots)))

    async def drip(self, beginnings, offset):
        """Some of them, a byte each, once a second."""
        await asyncio.sleep(offset)
        clients = [None] * len(beginnings)
        while True:
            for index, beginning in enumerate(beginnings):
                client = clients[index]
                if client is None or is_closed(client):
                    if client is not None:
                        self.lives.append(time.monotonic() - self.clients.pop(client))
                        client.close()
                    client = clients[index] = await connect(self.port)
                    self.clients[client] = time.monotonic()
                    client.send(beginning)
                else:
                    with suppress(OSError):  # it is found closed the next time
                        client.send(b"x")
            await asyncio.sleep(1)

    def leave(self):
        for client in self.clients:
            client.close()


class Uploads:
    """Clients that announce a body of a megabyte, send a part of it, and hang up or crash."""

    HEAD = b"POST /explain HTTP/1.1\r\nHost: soak\r\nContent-Length: 1000000\r\n\r\n"
    CRASH = struct.pack("ii", 1, 0)

    def __init__(self, port):
        self.port = port
        self.count = 0
        self.tasks = set()

    async def run(self):
        async for number in beats(UPLOADS_A_SECOND):
            task = asyncio.create_task(self.upload(number))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            self.count += 1

    async def upload(self, number):
        client = await connect(self.port)
        with client, suppress(OSError):
            await asyncio.get_running_loop().sock_sendall(client, self.HEAD + b"5" * (number % 4) * 40000)
            await asyncio.sleep(number % 3 * 0.1)
            if number % 2:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, self.CRASH)


class Polite:
    """Asks at its own pace, whatever the answers take; on connections that it keeps and, each fifth time, a new one."""

    def __init__(self, service):
        self.port = service.port
        self.right = [self.key(service.ask(method, target, body)) for method, target, body in POLITE]
        self.asked = 0
        self.wrong = []
        self.seconds = []
        self.kept = []
        self.tasks = set()

    @staticmethod
    def key(response):
        return response.status, response.content

    async def run(self):
        async for number in beats(POLITE_A_SECOND):
            task = asyncio.create_task(self.note(number))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            self.asked += 1

    async def note(self, number):
        begin = time.monotonic()
        try:
            answer = await asyncio.wait_for(self.ask(number), 20)
        except (OSError, EOFError, asyncio.TimeoutError) as error:
            answer = repr(error)
        self.seconds.append(time.monotonic() - begin)
        if answer != self.right[number % len(POLITE)]:
            self.wrong.append((POLITE[number % len(POLITE)], answer))

    async def ask(self, number):
        method, target, body = POLITE[number % len(POLITE)]
        is_new = number % 5 == 0 or not self.kept
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port) if is_new else self.kept.pop()
        head = f"{method} {target} HTTP/1.1\r\nHost: soak\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        content = await reader.readexactly(int(re.search(r"Content-Length: (\d+)", head)[1]))
        if number % 5:
            self.kept.append((reader, writer))
        else:
            writer.close()
        return int(head.split()[1]), content

    async def finish(self):
        await asyncio.gather(*self.tasks)
        for _, writer in self.kept:
            writer.close()


class Samples:
    """What the service takes while it is under load."""

    def __init__(self, service):
        self.service = service
        self.memory, self.descriptors, self.threads = [], [], []

    async def run(self):
        while True:
            self.memory.append(self.service.resident())
            self.descriptors.append(self.service.descriptors())
            self.threads.append(self.service.tasks())
            await asyncio.sleep(0.25)


async def closed_loop(port, seconds, script):
    """What wrk says."""
    command = ["wrk", "-t", "1", "-c", str(LOOPING), "-d", str(seconds), "--timeout", "20s", "-s", script]
    wrk = await asyncio.create_subprocess_exec(
        *command, f"http://127.0.0.1:{port}/", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await wrk.communicate()
    return output.decode()


async def crowd(service, seconds, checks):
    """Everybody at once for so long; then everybody leaves. What was measured."""
    idle, slow, uploads = Idle(service.port), Slow(service.port), Uploads(service.port)
    polite, samples = Polite(service), Samples(service)
    measuring = asyncio.create_task(samples.run())
    await idle.run()
    endless = [asyncio.create_task(it.run()) for it in (slow, uploads, polite)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LOOP)
        script.flush()
        loop = await closed_loop(service.port, seconds, script.name)
    for task in endless:
        checks.check("the crowd has lasted", not task.done(), task.done() and task.exception())
        task.cancel()
    await polite.finish()
    await asyncio.gather(*uploads.tasks, return_exceptions=True)
    measuring.cancel()
    closed = idle.count_closed()
    idle.leave()
    slow.leave()

    report(seconds, polite, slow, uploads, loop, samples)
    checks.equal("every answer to the polite client is right", polite.wrong[:3], [])
    checks.check("it has asked as often as it should", polite.asked >= 0.95 * seconds * POLITE_A_SECOND, polite.asked)
    checks.equal("idle connections that were closed", closed, 0)
    checks.check("memory stays below 64 MiB", max(samples.memory) < MOST_MEMORY, max(samples.memory))
    most = max(samples.descriptors)
    checks.check("the whole crowd was there", most > IDLE + SLOW + LOOPING, most)
    checks.equal("threads under load", set(samples.threads), {samples.threads[0]})
    checks.check("wrk got its answers", "Requests/sec" in loop and "Non-2xx" not in loop, loop)
    checks.check("wrk had no errors", "Socket errors" not in loop, loop)
    if seconds > REQUEST_TIMEOUT:
        # Each looks for itself once a second.
        fits = slow.lives and REQUEST_TIMEOUT <= min(slow.lives) and max(slow.lives) < REQUEST_TIMEOUT + 3
        checks.check("who drips is closed at the request timeout", fits, slow.lives and max(slow.lives))


def report(seconds, polite, slow, uploads, loop, samples):
    times = sorted(polite.seconds)
    right = polite.asked - len(polite.wrong)
    median, most, last = (f"{times[int((len(times) - 1) * part)] * 1000:.1f} ms" for part in (0.5, 0.99, 1))
    looped = re.search(r"(\d+) requests in", loop)
    print(f"{seconds} s")
    print(f"  polite: {right} of {polite.asked} answered right; median {median}, 99 % within {most}, all within {last}")
    print(f"  closed loop: {looped[1] if looped else 'no'} requests")
    lives = f" after {min(slow.lives):.1f} to {max(slow.lives):.1f} s" if slow.lives else ""
    print(f"  dripping: {len(slow.lives)} closed{lives}; uploads: {uploads.count} aborted")
    memory = f"{statistics.median(samples.memory) / 1024:.1f} MiB, at most {max(samples.memory) / 1024:.1f}"
    print(f"  memory: {memory}; descriptors: at most {max(samples.descriptors)}", flush=True)


def state(service):
    """Descriptors, threads and connections, but for the one that asks."""
    metrics = service.ask("GET", "/metrics").content.decode()
    connections = int(re.search(r"^http_connections (\d+)$", metrics, re.MULTILINE)[1]) - 1
    return {"descriptors": service.descriptors(), "threads": service.tasks(), "connections": connections}


def settle(service, wanted):
    """Its state as soon as it is the one wanted; after ten seconds, whatever it is then."""
    end = time.monotonic() + 10
    while (found := state(service)) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return found


def main(binary, seconds):
    checks = Checks()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < 4200:
        sys.exit(f"{most} open files are allowed, which are too few for the crowd")
    if not shutil.which("wrk"):
        sys.exit("wrk is missing")
    flags = ["--idle-timeout", "3600", "--request-timeout", str(REQUEST_TIMEOUT), "--max-connections", "4096"]
    with Service(binary, *flags) as service:
        before = {"descriptors": service.descriptors(), "threads": service.tasks(), "connections": 0}
        fresh = service.resident()
        asyncio.run(crowd(service, FIRST_CROWD_SECONDS, checks))
        settle(service, before)
        first = service.resident()
        asyncio.run(crowd(service, seconds, checks))
        checks.equal("what is left behind", settle(service, before), before)
        last = service.resident()
        first_mib, then_mib, last_mib = (f"{size / 1024:.1f} MiB" for size in (fresh, first, last))
        print(f"memory: {first_mib} at the start, {then_mib} after the first crowd, {last_mib} after the second")
        checks.check("no memory is left behind", last <= first + MEMORY_SLACK, f"{last - first} KiB")
        checks.equal("its log behind the first line", service.log().splitlines()[1:], [])
        checks.equal("it stops well", service.stop(), 0)
    checks.end()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
