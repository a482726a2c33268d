"""Checks the service's limits, its TLS, its logs and its end, as its operator sees them.

    limits.py path/to/smtp-codes
"""

import fcntl
import http.client
import json
import os
import re
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path

from service import TRUSTING, Checks, Service, wait_for

BINARY = sys.argv[1]
checks = Checks()


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


# A request that does not arrive


def half_a_request():
    """Is closed at --request-timeout, however it drips; a connection without a request is not."""
    head = b"GET /codes/550 HTTP/1.1\r\nHost: limits"
    body = b"POST /explain HTTP/1.1\r\nHost: limits\r\nContent-Length: 999\r\n\r\n5"
    with Service(BINARY, "--request-timeout", "1") as service:
        clients = {}
        for name in ("half a head", "half a head, dripping", "half a body", "half a body, dripping", "nothing"):
            client = clients[name] = socket.create_connection(("127.0.0.1", service.port))
            client.sendall(head if "head" in name else body if "body" in name else b"")
        begin = time.monotonic()
        lives = {}
        while len(lives) < 4 and time.monotonic() < begin + 10:
            for name, client in clients.items():
                if name not in lives and is_closed(client, 0.01):
                    lives[name] = time.monotonic() - begin
                elif name not in lives and "dripping" in name:
                    drip(client)
        checks.equal("only half requests are closed", lives.keys(), clients.keys() - {"nothing"})
        for name, life in lives.items():
            checks.check(f"{name} is closed after a second", 0.9 < life < 3, f"{life:.2f} s")
        for client in clients.values():
            client.close()
        checks.check("the service lives", service.lives())


# More connections than descriptors


def few_descriptors():
    with Service(BINARY, "--threads", "2", descriptors=64) as service:
        clients = []
        for _ in range(500):
            client = socket.create_connection(("127.0.0.1", service.port), timeout=20)
            client.sendall(b"GET /codes/550 HTTP/1.1\r\nHost: a\r\n\r\n")
            clients.append(client)
        answered = sum(client.recv(12) == b"HTTP/1.1 200" for client in clients[:10])
        checks.equal("the first of 500 connections are served", answered, 10)
        checks.check("no more descriptors are open than may be", service.descriptors() <= 64)
        checks.check("it lives with 500 connections tried", service.process.poll() is None)
        for client in clients:
            client.close()
        checks.check("it serves again when they are gone", service.lives())
        # It may have been started with more.
        warnings = re.findall(r"there can be (\d+) connections, not 4096", service.log())
        checks.equal("it warns once", len(warnings), 1)
        checks.check("of as many connections as can be", warnings and 20 <= int(warnings[0]) < 64, warnings)
        checks.check("its descriptors are free again", wait_for(lambda: service.descriptors() < 30, 5))
        checks.equal("it stops well", service.stop(), 0)


def fewest_descriptors():
    """With any number it either answers somebody, or ends with a reason."""
    numbers = range(7, 24)
    for number in numbers:
        process = start_apart("--threads", "2", descriptors=number)
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


def start_apart(*flags, **options):
    """The process, its standard error a pipe unless the options say otherwise."""
    descriptors = options.pop("descriptors", None)

    def limit():
        if descriptors:
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    # Unbuffered, so that all that was not read is in the pipe.
    options = {"stderr": subprocess.PIPE, "preexec_fn": limit, "bufsize": 0} | options
    return subprocess.Popen([BINARY, "--port", "0", *flags], **options)


def status_of(port, path, timeout=20):
    """The status of an answer; None without one."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None


# TLS


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def make_certificate(folder, name):
    """Files of a certificate and its key, in PEM."""
    files = folder / f"{name}.pem", folder / f"{name}.key"
    openssl(
        *["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
        *["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        *["-out", files[0], "-keyout", files[1]],
    )
    return [str(file) for file in files]


def handshake(port, version):
    """The TLS version that is spoken with a client that knows only this one, or how the service refuses it."""
    context = ssl._create_unverified_context()
    # What OpenSSL of today calls insecure is for the service to refuse.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            with context.wrap_socket(client) as secure:
                return secure.version()
    except ssl.SSLError as error:
        return error.reason


def tls(folder):
    certificate, key = make_certificate(folder, "own")
    versions = ssl.TLSVersion
    warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which is why they are asked for
    with Service(BINARY, "--tls-certificate", certificate, "--tls-key", key, "--request-timeout", "2") as service:
        checks.check("the start-up line says https", service.is_tls)
        checks.equal("TLS 1.3", handshake(service.port, versions.TLSv1_3), "TLSv1.3")
        checks.equal("TLS 1.2", handshake(service.port, versions.TLSv1_2), "TLSv1.2")
        # The service hears the client out and closes the connection.
        for old in (versions.TLSv1_1, versions.TLSv1):
            checks.equal("TLS before 1.2", handshake(service.port, old), "UNEXPECTED_EOF_WHILE_READING")
        checked = ssl.create_default_context(cafile=certificate)
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            with checked.wrap_socket(client, server_hostname="localhost") as secure:
                checks.check("the certificate is the one given", secure.version())
        connection = service.connect()
        for _ in range(3):
            answer = service.ask("GET", "/codes/550", connection=connection)
            checks.equal("an answer over TLS", (answer.status, json.loads(answer.content)["code"]), (200, 550))
        bulk = b'"550 5.1.1 No such user"\n' * 1000
        answer = service.ask("POST", "/explain", bulk, {"Content-Type": "application/x-ndjson"}, connection)
        checks.equal("a long answer over TLS", answer.content.count(b"\n"), 1000)
        connection.close()

        # Half a handshake, half a request, and no TLS at all
        for bytes in (b"\x16\x03\x01", b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", service.port)) as client:
                client.sendall(bytes)
                while chunk := read(client, 5):
                    checks.check("only a TLS alert comes back", chunk[:1] == b"\x15", chunk)
                checks.check(f"{bytes[:3]!r} is closed", chunk is not None)
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            with TRUSTING.wrap_socket(client) as secure:
                secure.sendall(b"GET /codes/550 HTTP/1.1\r\nHo")
                begin = time.monotonic()
                while not is_closed(secure, 0.2) and time.monotonic() < begin + 6:
                    drip(secure)
                took = time.monotonic() - begin
                checks.check("half a request over TLS is closed after 2 seconds", 1.8 < took < 4, f"{took:.2f} s")
        checks.check("the service lives", service.lives())
        healthchecks(service, certificate)
        checks.equal("it stops well", service.stop(), 0)
    environment = {"SMTP_CODES_TLS_CERTIFICATE": certificate, "SMTP_CODES_TLS_KEY": key}
    with Service(BINARY, environment=environment) as service:
        checks.check("variables say the same as flags", service.is_tls and service.lives())


def read(client, seconds):
    """The next bytes; empty at the end; None where nothing comes in time."""
    client.settimeout(seconds)
    try:
        return client.recv(4096)
    except ConnectionError:
        return b""
    except TimeoutError:
        return None


def run(*arguments, environment=None):
    """The exit status of the binary and what it says."""
    result = subprocess.run([BINARY, *arguments], env=environment, capture_output=True, text=True, timeout=20)
    return result.returncode, result.stderr.strip()


def healthchecks(service, certificate):
    """Against a running service; with a certificate it speaks TLS."""
    variables = {"PORT": str(service.port)} | ({"SMTP_CODES_TLS_CERTIFICATE": certificate} if certificate else {})
    scheme, other = ("https", "http") if certificate else ("http", "https")
    checks.equal("healthcheck by variables", run("healthcheck", environment=variables), (0, ""))
    url = f"://127.0.0.1:{service.port}/healthz"
    checks.equal(f"healthcheck of {scheme}", run("healthcheck", "--url", scheme + url), (0, ""))
    status, words = run("healthcheck", "--url", other + url)
    checks.check(f"healthcheck of {other} fails", status == 1 and "127.0.0.1" in words, (status, words))
    status, words = run("healthcheck", "--url", f"{scheme}://127.0.0.1:{service.port}/nothing")
    checks.check("healthcheck of what is not there fails", status == 1 and "404" in words, (status, words))


def healthcheck_without_service():
    with Service(BINARY) as service:
        healthchecks(service, None)
        port = service.port
        service.stop()
    for scheme in ("http", "https"):
        status, words = run("healthcheck", "--url", f"{scheme}://127.0.0.1:{port}/healthz")
        checks.check("healthcheck of nobody fails", status == 1 and "does not answer" in words, (status, words))


def bad_certificates(folder):
    certificate, key = make_certificate(folder, "one")
    other_certificate, other_key = make_certificate(folder, "other")
    nonsense = folder / "nonsense.pem"
    nonsense.write_text("-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n")
    binary = folder / "binary.pem"
    binary.write_bytes(bytes(range(256)))
    empty = folder / "empty.pem"
    empty.touch()
    locked = folder / "locked.key"
    openssl("ec", "-in", key, "-aes256", "-passout", "pass:secret", "-out", locked)
    missing = folder / "missing.pem"
    cases = [
        ("a missing certificate", missing, key, 78, f"{missing} cannot be read"),
        ("a missing key", certificate, missing, 78, f"{missing} cannot be read"),
        ("a folder", folder, key, 78, f"{folder} cannot be read"),
        ("a key of another certificate", certificate, other_key, 78, "do not match"),
        ("a certificate for a key", certificate, other_certificate, 78, other_certificate),
        ("a key for a certificate", key, key, 78, key),
        ("nonsense", nonsense, key, 78, str(nonsense)),
        ("binary bytes", binary, key, 78, str(binary)),
        ("an empty file", empty, key, 78, str(empty)),
        ("a key that is locked", certificate, locked, 78, str(locked)),
        ("no key", certificate, None, 64, "--tls-key"),
        ("no certificate", None, key, 64, "--tls-certificate"),
    ]
    for name, certificate_file, key_file, status, words in cases:
        flags = ["--tls-certificate", str(certificate_file)] if certificate_file else []
        flags += ["--tls-key", str(key_file)] if key_file else []
        found = run("--port", "0", *flags)
        checks.check(f"{name} ends the start with {status}", found[0] == status, found)
        is_clear = found[1].startswith("smtp-codes: ") and words in found[1] and "\n" not in found[1]
        checks.check(f"{name} is named in one line", is_clear, found[1])


# The log

SECRETS = ("bob", "secret", "No such user", "127.0.0.1", "hunter2", "curious")
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
        wait_for(lambda: len(read_log(service.log(), form)) >= len(LOGGED), 5)
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


def closed_log():
    """Its log may not land in a connection that took the place of standard error."""
    port = free_port()
    process = start_apart("--port", str(port), "--access-log", stderr=None, preexec_fn=lambda: os.close(2))
    checks.check("it starts without standard error", wait_for(lambda: status_of(port, "/healthz") == 200, 10))
    for _ in range(20):
        checks.equal("it serves without standard error", status_of(port, "/codes/550"), 200)
    process.terminate()
    checks.equal("it stops well without standard error", process.wait(20), 0)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def log_without_reader():
    process = start_apart("--access-log")
    port = int(re.search(rb":(\d+) with", process.stderr.readline())[1])
    process.stderr.close()
    for _ in range(20):
        checks.equal("it serves when nobody reads its log any more", status_of(port, "/codes/550"), 200)
    dropped = metric(port, "smtp_codes_log_lines_dropped_total")
    checks.check("lines for nobody are counted as dropped", dropped >= 15, dropped)
    process.terminate()
    checks.equal("it stops well when nobody reads its log any more", process.wait(20), 0)


def full_log():
    """A reader that stalls stops nobody; what he misses is counted."""
    process = start_apart("--access-log")
    fcntl.fcntl(process.stderr, fcntl.F_SETPIPE_SZ, 4096)
    port = int(re.search(rb":(\d+) with", process.stderr.readline())[1])
    asked = 20_000
    slowest = ask_often(port, asked)
    checks.check("no request waits for the log", slowest < 2, f"{slowest:.2f} s")
    dropped = metric(port, "smtp_codes_log_lines_dropped_total")
    checks.check("what does not fit is dropped and counted", 0 < dropped < asked, dropped)
    lines = read_until_quiet(process.stderr)
    logged = sum(b"route=/codes/{code}" in line and line.endswith(b" request\n") for line in lines)
    checks.equal("every line is whole, or counted as dropped", logged + dropped, asked)
    checks.equal("it logs again", status_of(port, "/codes/551"), 200)
    checks.check("and says so", b"request" in process.stderr.readline())
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


def metric(port, name):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    return int(float(re.search(rf"^{name} (\S+)$", connection.getresponse().read().decode(), re.M)[1]))


def read_until_quiet(pipe):
    os.set_blocking(pipe.fileno(), False)
    found, quiet = b"", 0
    while quiet < 20:
        try:
            found += os.read(pipe.fileno(), 1 << 20)
            quiet = 0
        except BlockingIOError:
            quiet += 1
            time.sleep(0.02)
    os.set_blocking(pipe.fileno(), True)
    return found.splitlines(keepends=True)


def no_access_log():
    with Service(BINARY, "--no-access-log", environment={"SMTP_CODES_ACCESS_LOG": "true"}) as service:
        service.lives()
        service.stop()
        checks.equal("a flag turns off what a variable turned on", read_log(service.log(), "text"), [])


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


# Signals


def reload_rules(folder):
    file = folder / "rules.json"

    def write(category):
        file.write_text(json.dumps({"phrases": [{"words": "the hamster sleeps", "category": category}]}))

    def category():
        answer = service.ask("POST", "/explain", "550 The hamster sleeps")
        return json.loads(answer.content)["category"]

    def reload(words):
        logged = len(service.log())
        service.send(signal.SIGHUP)
        checks.check(f"SIGHUP logs {words!r}", wait_for(lambda: words in service.log()[logged:], 10), service.log())

    write("rate-limited")
    with Service(BINARY, "--rules", str(file)) as service:
        checks.equal("the rules count", category(), "rate-limited")
        write("mailbox-full")
        checks.equal("until SIGHUP the old rules count", category(), "rate-limited")
        before = metric(service.port, "smtp_codes_rules_loaded_timestamp_seconds")
        time.sleep(1)
        reload("read again")
        checks.equal("SIGHUP reads the rules again", category(), "mailbox-full")
        after = metric(service.port, "smtp_codes_rules_loaded_timestamp_seconds")
        checks.check("the time at which they were read is told", after > before, (before, after))
        for bad in ("{", '{"phrases": [{"words": "a", "category": "no-such"}]}', None):
            file.unlink() if bad is None else file.write_text(bad)
            reload("goes on with what it had")
            checks.equal("bad rules change nothing", category(), "mailbox-full")
        write("greylisted")
        for _ in range(20):
            service.send(signal.SIGHUP)
            checks.check("it answers while it reads", service.lives())
        checks.check("SIGHUP reads them again and again", wait_for(lambda: category() == "greylisted", 10))
        checks.equal("it stops well", service.stop(), 0)


def tls_life(folder):
    """The first answer waits for nothing, and a client that has only shaken hands holds no drain."""
    certificate, key = make_certificate(folder, "life")
    with Service(BINARY, "--tls-certificate", certificate, "--tls-key", key, "--drain-timeout", "15") as service:
        for version in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2):
            context = ssl._create_unverified_context()
            context.minimum_version = context.maximum_version = version
            times = []
            for _ in range(21):
                with socket.create_connection(("127.0.0.1", service.port), timeout=20) as client:
                    with context.wrap_socket(client) as secure:
                        begin = time.monotonic()
                        secure.sendall(b"GET /codes/550 HTTP/1.1\r\nHost: a\r\n\r\n")
                        secure.recv(1)
                        times.append(time.monotonic() - begin)
            median = sorted(times)[10]
            checks.check(f"{version.name}: the first answer comes at once", median < 0.03, f"{median:.3f} s")
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            with TRUSTING.wrap_socket(client), socket.create_connection(("127.0.0.1", service.port)) as half:
                half.sendall(b"\x16\x03\x01")
                time.sleep(0.3)
                begin = time.monotonic()
                checks.equal("it stops well beside handshakes", service.stop(), 0)
                took = time.monotonic() - begin
                checks.check("it does not wait for them", took < 5, f"{took:.2f} s")


def renewed_certificate(folder):
    """SIGHUP takes a new certificate for the handshakes to come, and keeps the old one where the new one is bad."""
    texts = {}
    for name in ("first", "second"):
        texts[name] = [Path(file).read_text() for file in make_certificate(folder, name)]
    files = [folder / "served.pem", folder / "served.key"]

    def write(certificate, key):
        files[0].write_text(certificate)
        files[1].write_text(key)

    def served():
        shown = ssl.get_server_certificate(("127.0.0.1", service.port), timeout=20)
        return next((name for name, (text, _) in texts.items() if text.split() == shown.split()), None)

    def reload(words):
        logged = len(service.log())
        service.send(signal.SIGHUP)
        checks.check(f"SIGHUP logs {words!r}", wait_for(lambda: words in service.log()[logged:], 10), service.log())

    write(*texts["first"])
    with Service(BINARY, "--tls-certificate", str(files[0]), "--tls-key", str(files[1])) as service:
        kept = service.connect()
        checks.equal("it begins with the first certificate", served(), "first")
        checks.equal("who connects is served", service.ask("GET", "/healthz", connection=kept).status, 200)
        write(*texts["second"])
        reload("read again")
        checks.equal("SIGHUP takes the new certificate", served(), "second")
        checks.equal("who is connected stays so", service.ask("GET", "/healthz", connection=kept).status, 200)
        for bad in ((texts["first"][0], texts["second"][1]), ("nonsense", texts["first"][1])):
            write(*bad)
            reload("goes on with what it had")
            checks.equal("a bad one changes nothing", served(), "second")
        write(*texts["first"])
        reload("read again")
        checks.equal("a good one behind bad ones is taken", served(), "first")
        checks.equal("it stops well", service.stop(), 0)


def reload_certificate(folder):
    one, other = make_certificate(folder, "first"), make_certificate(folder, "second")
    served = [folder / "served.pem", folder / "served.key"]

    def put(files):
        for file, place in zip(files, served):
            place.write_bytes(Path(file).read_bytes())

    def shown():
        return ssl.get_server_certificate(("127.0.0.1", service.port)).strip()

    def reload(words):
        logged = len(service.log())
        service.send(signal.SIGHUP)
        checks.check(f"SIGHUP logs {words!r}", wait_for(lambda: words in service.log()[logged:], 10), service.log())

    put(one)
    with Service(BINARY, "--tls-certificate", str(served[0]), "--tls-key", str(served[1])) as service:
        checks.equal("the certificate is the one given", shown(), Path(one[0]).read_text().strip())
        kept = service.connect()
        service.ask("GET", "/healthz", connection=kept)
        put(other)
        reload("read again")
        checks.equal("new handshakes get the new one", shown(), Path(other[0]).read_text().strip())
        checks.equal("open connections go on", service.ask("GET", "/healthz", connection=kept).status, 200)
        for bad in ((one[0], other[1]), (one[1], one[1])):
            put(bad)
            reload("goes on with what it had")
            checks.equal("a bad one changes nothing", shown(), Path(other[0]).read_text().strip())
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
    with Service(BINARY, "--drain-delay", "2") as service:
        kept = service.connect()
        checks.equal("ready", service.ask("GET", "/readyz", connection=kept).status, 200)
        begin = time.monotonic()
        service.send(signal.SIGTERM)
        ready = wait_for(lambda: service.ask("GET", "/readyz").status == 503, 1)
        checks.check("readyz says 503 in the delay", ready)
        while time.monotonic() < begin + 1.5:
            checks.equal("new connections are served in the delay", service.ask("GET", "/codes/550").status, 200)
            answer = service.ask("GET", "/healthz", connection=kept)
            checks.equal("so are kept ones", (answer.status, answer.headers["Connection"]), (200, None))
            time.sleep(0.1)
        status = service.process.wait(20)
        took = time.monotonic() - begin
        checks.equal("it stops well after the delay", status, 0)
        checks.check("the delay is kept", 2 <= took < 5, f"{took:.2f} s")


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
                wait_for(lambda: "draining" in service.log(), 5)
                time.sleep(0.3)
                checks.check("the first signal drains", service.process.poll() is None)
                begin = time.monotonic()
                status = service.stop(second)
                took = time.monotonic() - begin
                checks.check("the second signal ends it at once", took < 1, f"{took:.2f} s")
                checks.equal("its exit status tells which", status, 128 + second)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory(prefix="smtp-codes-") as folder:
        half_a_request()
        few_descriptors()
        fewest_descriptors()
        tls(Path(folder))
        healthcheck_without_service()
        bad_certificates(Path(folder))
        access_log("text")
        access_log("json")
        no_access_log()
        closed_log()
        log_without_reader()
        full_log()
        unknown_variables()
        no_arguments()
        reload_rules(Path(folder))
        tls_life(Path(folder))
        renewed_certificate(Path(folder))
        reload_certificate(Path(folder))
        meaningless_signals()
        drain_delay()
        second_signal()
    checks.end()
