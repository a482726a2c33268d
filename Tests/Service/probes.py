"""What the scripts of this folder that try one limit after the other share: clients that look closely, and the service
with its standard error in their hands."""

import http.client
import re
import resource
import signal
import subprocess
from contextlib import suppress

from service import wait_for


def start_apart(binary, *flags, **options):
    """The process, its standard error a pipe unless the options say otherwise."""
    descriptors = options.pop("descriptors", None)

    def limit():
        if descriptors:
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    # Unbuffered, so that all that was not read is in the pipe.
    options = {"stderr": subprocess.PIPE, "preexec_fn": limit, "bufsize": 0} | options
    return subprocess.Popen([binary, "--port", "0", *flags], **options)


def status_of(port, path, timeout=20):
    """The status of an answer; None without one."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None


def metric(port, name):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    return int(float(re.search(rf"^{name} (\S+)$", connection.getresponse().read().decode(), re.M)[1]))


def is_closed(client, seconds):
    """Does the other end close the connection without a word, in this time?"""
    client.settimeout(seconds)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def drip(client):
    with suppress(OSError):  # it may just have been closed
        client.send(b"x")


def read(client, seconds):
    """The next bytes; empty at the end; None where nothing comes in time."""
    client.settimeout(seconds)
    try:
        return client.recv(4096)
    except ConnectionError:
        return b""
    except TimeoutError:
        return None


def reload(service, checks, words):
    """Sends SIGHUP, which has to be answered in the log by these words."""
    logged = len(service.log())
    service.send(signal.SIGHUP)
    checks.check(f"SIGHUP logs {words!r}", wait_for(lambda: words in service.log()[logged:], 20), service.log())
