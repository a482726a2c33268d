"""Drains, kills and restarts three processes in turn behind HAProxy under load: its clients may see nothing of it.

    balance.py path/to/smtp-codes

Clients ask HAProxy all kinds of requests on connections that they keep and on new ones, and compare each answer
with the right one, byte by byte. A process is drained as Kubernetes does it: SIGTERM, then for two seconds /readyz
says 503 while all else is answered; so HAProxy sends no more before the process refuses anything. A process that
is killed takes the requests that it has with it; HAProxy sends those again to another one. It cannot do that once
a part of the answer is with the client, so while processes are killed, clients ask for short answers only.
"""

import csv
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from client import LONG, SHORT, Load, Service, drain, right_answers

HAPROXY = "/usr/sbin/haproxy"  # where Debian has it, and not every PATH
REPLICAS = 3
DRAIN_DELAY, DRAIN_TIMEOUT = 2, 30

# A POST is sent again as well: to be asked for an explanation twice changes nothing.
CONFIGURATION = """
global
    stats socket {statistics}
defaults
    mode http
    timeout connect 2s
    timeout client 20s
    timeout server 10s
    timeout check 5s
    # To be sent again, a request must be there as a whole.
    option http-buffer-request
    retries 3
    # Of a process that was killed there is a connection that fails, or no answer at all.
    retry-on conn-failure empty-response response-timeout
    option redispatch 1
frontend public
    bind fd@{listener}
    default_backend replicas
backend replicas
    balance roundrobin
    option httpchk GET /readyz
    default-server check inter 100ms fall 1 rise 1
{servers}
"""


class Replicas:
    """The processes, each always on the same address.

    They have one of 127.0.0.0/8 each, as no client's connection takes a port there while a process is down.
    """

    def __init__(self, binary):
        self.binary = binary
        self.hosts = [f"127.0.0.{11 + number}" for number in range(REPLICAS)]
        self.services = [self.start(host, 0) for host in self.hosts]
        self.ports = [service.port for service in self.services]

    def start(self, host, port):
        times = ["--drain-delay", str(DRAIN_DELAY), "--drain-timeout", str(DRAIN_TIMEOUT)]
        return Service(self.binary, "--host", host, "--port", str(port), *times)

    def drain(self, number):
        """What went wrong; empty where nothing did."""
        status, took = drain(self.services[number], timeout=2 * (DRAIN_DELAY + DRAIN_TIMEOUT))
        return "" if status == 0 else f"exit status {status} after {took:.1f} s"

    def kill(self, number):
        self.services[number].kill()
        time.sleep(0.3)  # while it is away
        return ""

    def restart(self, number):
        self.services[number].kill()
        self.services[number] = self.start(self.hosts[number], self.ports[number])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for service in self.services:
            service.kill()


class Balancer:
    def __init__(self, replicas, folder):
        listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = listener.getsockname()[1]
        self.statistics = f"{folder}/statistics"
        servers = [
            f"    server replica{number} {host}:{port}"
            for number, (host, port) in enumerate(zip(replicas.hosts, replicas.ports))
        ]
        file = Path(folder, "haproxy.cfg")
        file.write_text(
            CONFIGURATION.format(
                statistics=self.statistics, listener=listener.fileno(), servers="\n".join(servers)
            )
        )
        self.process = subprocess.Popen([HAPROXY, "-q", "-db", "-f", file], pass_fds=[listener.fileno()])
        listener.close()

    def __enter__(self):
        for number in range(REPLICAS):
            self.wait_for(number)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def replicas(self):
        """What HAProxy says of each."""
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(self.statistics)
            asking.sendall(b"show stat replicas 4 -1\n")
            with asking.makefile() as answer:
                return list(csv.DictReader(line for line in answer if line.strip()))

    def wait_for(self, number):
        """Until HAProxy has found that the process is ready."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                it = self.replicas()[number]
                if it["status"] == "UP" and it["check_status"] == "L7OK":
                    return
            except OSError:
                pass  # HAProxy has not opened the socket yet
            time.sleep(0.05)
        raise SystemExit(f"HAProxy does not find that replica {number} is ready")


def disturb(replicas, balancer, take_down):
    """Takes each process down; what went wrong with each."""
    for number in range(REPLICAS):
        yield take_down(number)
        replicas.restart(number)
        balancer.wait_for(number)
        time.sleep(0.3)  # with all of them


def main(binary):
    passed = failed = 0
    with Replicas(binary) as replicas, tempfile.TemporaryDirectory() as folder:
        answers = right_answers(replicas.hosts[0], replicas.ports[0])
        with Balancer(replicas, folder) as balancer:
            for take_down, requests in (replicas.drain, SHORT + LONG), (replicas.kill, SHORT):
                with Load("127.0.0.1", balancer.port, answers, requests) as load:
                    problems = list(disturb(replicas, balancer, take_down))
                lost = load.counts["failed"] + load.counts["refused"] + load.counts["crossed"]
                problems.append(f"{lost} requests failed" if lost else "")
                problems.append("" if load.counts["requests"] else "nothing was asked")
                for problem in filter(None, load.failures + problems):
                    print(f"{take_down.__name__}: {problem}")
                print(f"{take_down.__name__}: {load.counts['requests']} requests, {lost} failed")
                failed += sum(map(bool, problems))
                passed += sum(not problem for problem in problems)
            print(f"HAProxy sent {sum(int(it['wretr']) for it in balancer.replicas())} requests again")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
