"""Checks the service's TLS: handshakes, certificates good and bad, new ones, and the healthcheck over it.

    tls.py path/to/smtp-codes
"""

import functools
import json
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from probes import drip, is_closed, read, reload
from service import TRUSTING, Checks, Service

BINARY = sys.argv[1]
checks = Checks()


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
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError):  # which, differs by the version of OpenSSL
        return "hung up"


def connections(folder):
    certificate, key = make_certificate(folder, "own")
    versions = ssl.TLSVersion
    warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which is why they are asked for
    with Service(BINARY, "--tls-certificate", certificate, "--tls-key", key, "--request-timeout", "2") as service:
        checks.check("the start-up line says https", service.is_tls)
        checks.equal("TLS 1.3", handshake(service.port, versions.TLSv1_3), "TLSv1.3")
        checks.equal("TLS 1.2", handshake(service.port, versions.TLSv1_2), "TLSv1.2")
        # The service hears the client out and closes the connection.
        for old in (versions.TLSv1_1, versions.TLSv1):
            checks.equal("TLS before 1.2", handshake(service.port, old), "hung up")
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
                while chunk := read(client, 20):
                    checks.check("only a TLS alert comes back", chunk[:1] == b"\x15", chunk)
                checks.check(f"{bytes[:3]!r} is closed", chunk is not None)
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            with TRUSTING.wrap_socket(client) as secure:
                begin = time.monotonic()
                secure.sendall(b"GET /codes/550 HTTP/1.1\r\nHo")
                while not is_closed(secure, 0.2) and time.monotonic() < begin + 20:
                    drip(secure)
                took = time.monotonic() - begin
                checks.check("half a request over TLS is closed after 2 seconds", 2 <= took < 15, f"{took:.2f} s")
        checks.check("the service lives", service.lives())
        healthchecks(service, certificate)
        checks.equal("it stops well", service.stop(), 0)
    environment = {"SMTP_CODES_TLS_CERTIFICATE": certificate, "SMTP_CODES_TLS_KEY": key}
    with Service(BINARY, environment=environment) as service:
        checks.check("variables say the same as flags", service.is_tls and service.lives())


def first_answer_and_drain(folder):
    """The first answer waits for nothing, and a client that has only shaken hands does not hold a drain for long."""
    certificate, key = make_certificate(folder, "life")
    with Service(BINARY, "--tls-certificate", certificate, "--tls-key", key, "--drain-timeout", "60") as service:
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
            # One that waits for the acknowledgement of what was sent before it takes 40 ms, each time.
            quickest = min(times)
            checks.check(f"{version.name}: the first answer comes at once", quickest < 0.03, f"{quickest:.3f} s")
        connect = functools.partial(socket.create_connection, ("127.0.0.1", service.port), timeout=20)
        with connect() as client, connect() as half, connect() as late:
            with TRUSTING.wrap_socket(client):
                half.sendall(b"\x16\x03\x01")
                begin = time.monotonic()
                service.send(signal.SIGTERM)
                time.sleep(1)
                with TRUSTING.wrap_socket(late) as secure:
                    secure.sendall(b"GET /codes/550 HTTP/1.1\r\nHost: a\r\n\r\n")
                    answer = secure.recv(100)
                    checks.check("who was connected shakes hands and is served", b" 200 " in answer, answer)
                checks.equal("it stops well beside handshakes", service.process.wait(timeout=90), 0)
                took = time.monotonic() - begin
                checks.check("it does not wait for those that go no further", took < 20, f"{took:.2f} s")


# The healthcheck


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


# Certificates


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

    write(*texts["first"])
    with Service(BINARY, "--tls-certificate", str(files[0]), "--tls-key", str(files[1])) as service:
        kept = service.connect()
        checks.equal("it begins with the first certificate", served(), "first")
        checks.equal("who connects is served", service.ask("GET", "/healthz", connection=kept).status, 200)
        write(*texts["second"])
        reload(service, checks, "read again")
        checks.equal("SIGHUP takes the new certificate", served(), "second")
        checks.equal("who is connected stays so", service.ask("GET", "/healthz", connection=kept).status, 200)
        certificate, key = texts["first"]
        for bad in ((certificate, texts["second"][1]), ("nonsense", key), (key, key)):
            write(*bad)
            reload(service, checks, "goes on with what it had")
            checks.equal("a bad one changes nothing", served(), "second")
        write(*texts["first"])
        reload(service, checks, "read again")
        checks.equal("a good one behind bad ones is taken", served(), "first")
        checks.equal("it stops well", service.stop(), 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="smtp-codes-") as folder:
        connections(Path(folder))
        first_answer_and_drain(Path(folder))
        healthcheck_without_service()
        bad_certificates(Path(folder))
        renewed_certificate(Path(folder))
    checks.end()
