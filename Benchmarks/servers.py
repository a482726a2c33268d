"""The servers that are measured: started on a free port, asked for CPU time and memory, stopped."""

import http.client
import os
import shutil
import signal
import socket
import string
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).parent
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
# Headers that differ with the time, the connection or the server's name.
VARYING = {"date", "connection", "content-length", "transfer-encoding", "server"}


def start(command, cores, **options):
    """A process on these cores. This one keeps to the core of the load, but for the moment of the start."""
    os.sched_setaffinity(0, cores)
    try:
        return subprocess.Popen(command, **options)
    finally:
        os.sched_setaffinity(0, [LOAD_CORE])


def output(command, cores):
    """What a process on these cores prints, once it has ended well."""
    with start(command, cores, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read()
    if process.returncode != 0:
        raise SystemExit(f"bench: {Path(command[0]).name} ended with {process.returncode}")
    return printed


class Answer:
    """What a server answered, without what varies."""

    def __init__(self, response):
        self.status = response.status
        self.headers = [(name, value) for name, value in response.getheaders() if name.lower() not in VARYING]
        self.body = response.read()

    def is_in(self, other):
        """Has the other the same status and body, and every header? (nginx cannot give a 304 a Content-Type.)"""
        headers = [it for it in self.headers if self.status == 200 or it[0] != "Content-Type"]
        return (self.status, self.body) == (other.status, other.body) and set(headers) <= set(other.headers)


class Server:
    """A server process that takes requests, until the `with` block ends."""

    def __init__(self, command, cores, directory=None):
        """`command` makes the command line from the port; the process may use these cores."""
        self.port = free_port()
        arguments = command(self.port)
        self.name = Path(arguments[0]).name
        self.started = time.perf_counter()
        self.process = start(arguments, cores, cwd=directory, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            self.wait_until_up()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_until_up(self):
        while True:
            try:
                return self.connect().close()
            except ConnectionRefusedError:
                if self.process.poll() is not None:
                    raise SystemExit(f"bench: {self.name}: {self.process.stderr.read().decode()}")
                if time.perf_counter() - self.started > 10:
                    raise SystemExit(f"bench: {self.name} does not listen")
                time.sleep(0.0002)

    def stop(self):
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port))

    def ask(self, request, connection=None):
        """Sends the bytes of a request and returns the Answer."""
        own = connection or self.connect()
        try:
            own.sendall(request)
            response = http.client.HTTPResponse(own)
            response.begin()
            return Answer(response)
        finally:
            if connection is None:
                own.close()

    def cpu(self):
        """Nanoseconds of CPU, utime + stime of all threads: what /proc/PID/stat has in ticks of 10 ms."""
        return time.clock_gettime_ns(~self.process.pid << 3 | 2)  # as clock_getcpuclockid(3) makes it

    def memory(self, field="VmRSS"):
        """MiB; VmHWM is the peak."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def service(binary, threads=1, cores=(SERVER_CORE,)):
    return Server(lambda port: [binary, "--port", str(port), "--threads", str(threads)], cores)


def answers_file(work, name):
    """What the bare server of this name answers."""
    return work / f"{name}.answers"


def bare(work, name, answers, with_json=None):
    """libmicrohttpd with nothing around it, giving the answers in turn; or, where the program `with_json` is given,
    with the JSON work of each request."""
    path = answers_file(work, name)
    with open(path, "wb") as file:
        for answer in answers:
            file.write(f"{answer.status} {len(answer.headers)} {len(answer.body)}\n".encode())
            file.writelines(f"{header}: {value}\n".encode() for header, value in answer.headers)
            file.write(answer.body)
    command = [with_json, "--serve"] if with_json else [work / "bare"]
    return Server(lambda port: [*command, str(port), path], [SERVER_CORE])


def quoted(text):
    """A string of nginx's configuration."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def nginx(work, name, answer):
    """nginx, giving the answer from memory where its configuration can hold it, else from a file."""
    directory = work / f"nginx-{name}"
    directory.mkdir(exist_ok=True)
    (directory / "body").write_bytes(answer.body)
    body = quoted(answer.body.decode())
    if answer.status != 200:
        answered = f"return {answer.status}"
    elif len(body) < 4000 and "$" not in body:
        answered = f"return 200 {body}"
    else:
        answered = "root .; try_files /body =404"
    headers = "".join(
        f"add_header {name} {quoted(value)};" for name, value in answer.headers if name.lower() != "content-type")
    template = string.Template((HERE / "nginx.conf").read_text())
    binary = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")

    def command(port):
        (directory / "nginx.conf").write_text(template.substitute(port=port, headers=headers, answer=answered))
        return [binary, "-p", ".", "-c", "nginx.conf", "-e", "stderr"]

    return Server(command, [SERVER_CORE], directory)
