"""The service as a process of its own, for all scripts below Tests."""

import http.client
import re
import resource
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTED = re.compile(r"listens on (https?)://([\d.]+):(\d+) with (\d+) threads")

# The certificates of these tests vouch for nobody.
TRUSTING = ssl._create_unverified_context()


class Service:
    """A running binary, on a port of its own choice unless the flags name another; its log goes to a file, so that
    nobody has to read it."""

    def __init__(self, binary, *flags, environment=None, descriptors=None):
        self.file = tempfile.NamedTemporaryFile(prefix="smtp-codes-", suffix=".log")

        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

        self.process = subprocess.Popen(
            [binary, "--port", "0", *flags],
            stderr=self.file,
            env=environment,
            preexec_fn=limit if descriptors else None,
        )
        found = wait_for(lambda: STARTED.search(self.log()) or self.process.poll() is not None, 20)
        if not isinstance(found, re.Match):
            self.kill()
            sys.exit(f"{binary} did not start: {self.log().strip()}")
        self.origin = f"{found[1]}://{found[2]}:{found[3]}"
        self.is_tls, self.host, self.port, self.threads = found[1] == "https", found[2], int(found[3]), int(found[4])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        self.file.close()

    def kill(self):
        self.stop(signal.SIGKILL)

    def log(self):
        return Path(self.file.name).read_text()

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM, timeout=20):
        """The exit status."""
        if self.process.poll() is None:
            self.send(number)
        return self.process.wait(timeout)

    # What the kernel says of it

    def descriptors(self):
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def tasks(self):
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))

    def resident(self):
        """KiB of memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])

    # Asking it

    def connect(self):
        if self.is_tls:
            return http.client.HTTPSConnection(self.host, self.port, timeout=20, context=TRUSTING)
        return http.client.HTTPConnection(self.host, self.port, timeout=20)

    def ask(self, method, target, body=None, headers={}, connection=None):
        """The answer, its body read into `content`; on a connection of its own unless one is given."""
        own = connection or self.connect()
        # What http.client's request() sends with a POST that has no body is Content-Length: 0.
        own.putrequest(method, target, skip_host="Host" in headers)
        body = body.encode() if isinstance(body, str) else body
        if body is not None:
            headers = headers | {"Content-Length": str(len(body))}
        for name, value in headers.items():
            own.putheader(name, value)
        own.endheaders(body)
        response = own.getresponse()
        response.content = response.read()
        if connection is None:
            own.close()
        return response

    def lives(self):
        return self.ask("GET", "/healthz").status == 200


class Checks:
    """Counts what holds and what does not, and goes on."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, subject, holds, found=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"not so: {subject}{f' ({found})' if found != '' else ''}", flush=True)
        return holds

    def equal(self, subject, found, wanted):
        return self.check(subject, found == wanted, f"{found!r}, not {wanted!r}")

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def wait_for(condition, seconds):
    """What the condition gives as soon as it is true; at the end of the time, whatever it gives then."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return found
