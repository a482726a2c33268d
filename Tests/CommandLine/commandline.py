"""Runs `smtp-codes explain` and `smtp-codes show` as an operator does: files good and bad, pipes, signals.

    commandline.py path/to/smtp-codes
"""

import bz2
import fcntl
import gzip
import json
import lzma
import mailbox
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "Service"))
from service import Checks, Service, wait_for  # noqa: E402

BINARY = str(Path(sys.argv[1]).resolve())
CORPUS = Path(__file__).parent.parent / "Corpus"
LOGS = CORPUS / "logs"
checks = Checks()

BOUNCED = (
    "Mar  5 10:00:{0:02d} a postfix/smtp[1]: 4C{0}: to=<user{0}@b.example>, relay=mx.b.example[192.0.2.1]:25, delay=1, "
    "delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown)\n"
)


def run(*arguments, input=b"", **options):
    """Exit status, what it wrote, and what it complained of."""
    result = subprocess.run([BINARY, *map(str, arguments)], input=input, capture_output=True, timeout=120, **options)
    return result.returncode, result.stdout, result.stderr.decode()


def counted(*arguments, **options):
    """How many replies the summary has."""
    status, out, words = run("explain", "--output", "json", *arguments, **options)
    return json.loads(out)["count"] if out else None


def one_reply():
    status, out, words = run("explain", "550 5.1.1 No such user")
    checks.equal("one reply", (status, words), (0, ""))
    checks.check("its verdict comes first", out.startswith(b"HARD BOUNCE: stop mailing this address."), out)
    status, out, _ = run("explain", "--output", "json", "452 4.2.2 Mailbox full")
    checks.equal("one reply as JSON", (status, json.loads(out)["category"]), (0, "mailbox-full"))
    status, out, words = run("explain", "no-such-file.log")
    checks.equal("a name of nothing is no reply", (status, out), (66, b""))
    checks.check("what is missing is named", "no-such-file.log" in words, words)


def same_verdict_as_the_service():
    """Whoever asks, and however: the answer is the same."""
    replies = [
        json.loads(line)["input"]
        for name in ("replies.jsonl", "replies-more.jsonl", "replies-kept.jsonl")
        for line in (CORPUS / name).read_text().splitlines()
    ]
    lines = "".join(json.dumps({"reply": reply}) + "\n" for reply in replies).encode()
    _, out, _ = run("explain", "--output", "ndjson", "-", input=lines)
    told = [json.loads(line) for line in out.splitlines()]
    checks.equal("every reply is explained", len(told), len(replies))
    with Service(BINARY) as service:
        answer = service.ask("POST", "/explain", lines, {"Content-Type": "application/x-ndjson"})
        answers = [json.loads(line) for line in answer.content.splitlines()]
        for reply in replies[::50]:
            _, out, _ = run("explain", "--output", "json", "--", reply)
            headers = {"Content-Type": "application/json"}
            served = json.loads(service.ask("POST", "/explain", json.dumps(reply), headers).content)
            checks.equal(f"{reply!r} as an argument", verdict(json.loads(out)), verdict(served))
    for reply, one, other in zip(replies, told, answers):
        checks.equal(f"{reply!r} as a line", verdict(one), verdict(other))


def same_events_as_the_service():
    events = (LOGS / "events.json").read_text().splitlines()
    _, out, _ = run("explain", "--output", "ndjson", LOGS / "events.json")
    told = [verdict(json.loads(line)) for line in out.splitlines()]
    with Service(BINARY) as service:
        for event in events:
            answer = json.loads(service.ask("POST", "/explain", event, {"Content-Type": "application/json"}).content)
            if '"Reception"' in event:
                continue  # has a reply, and is no delivery
            for explanation in answer.get("explanations", [answer] if "category" in answer else []):
                if "category" in explanation:
                    checks.equal(f"{event} as a line", told.pop(0), verdict(explanation))
    checks.equal("no event is left", told, [])


def verdict(answer):
    """What a program decides by."""
    names = ("action", "bounce", "category", "confidence", "disposition", "evidence", "party", "retry", "suppress", "text")
    return {name: answer.get(name) for name in names}


def forms(folder):
    log = LOGS / "postfix.log"
    expected = counted(log)
    checks.equal("a log", expected, 9)
    checks.equal("standard input", counted(input=log.read_bytes()), expected)
    checks.equal("- is standard input", counted("-", input=log.read_bytes()), expected)
    packed = folder / "mail.log.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    checks.equal("gzip", counted(packed), expected)
    checks.equal("gzip on standard input", counted(input=packed.read_bytes()), expected)
    packed.write_bytes(b"".join(gzip.compress(line) for line in log.read_bytes().splitlines(keepends=True)))
    checks.equal("gzip of several members", counted(packed), expected)
    checks.equal("several files", counted(log, packed, log), 3 * expected)
    events = [json.loads(line) for line in (LOGS / "events.json").read_text().splitlines()]
    expected = counted(LOGS / "events.json")
    for indent in (None, 2):
        listed = json.dumps(events, indent=indent).encode()
        checks.equal(f"events as a list, indented by {indent}", counted(input=listed), expected)
    many = json.dumps(events * 30).encode()
    checks.check("a list in a long line", counted(input=many) == 30 * expected and len(many) > 1 << 18, len(many))
    checks.equal("a longer one", counted(input=json.dumps(events * 150).encode()), 150 * expected)
    status, _, words = run("explain", LOGS)
    checks.equal("a folder", (status, words), (0, ""))
    bounces = [CORPUS / "bounces" / name for name in ("postfix-user-unknown.eml", "postfix-several-recipients.eml")]
    alone = [counted(bounce) for bounce in bounces]
    checks.check("a bounce", alone[0] == 1 and alone[1] > 1, alone)
    box = mailbox.mbox(folder / "box")
    maildir = mailbox.Maildir(folder / "Maildir")
    for bounce in bounces:
        box.add(bounce.read_bytes())
        maildir.add(bounce.read_bytes())
    box.flush()
    checks.equal("a mailbox", counted(folder / "box"), sum(alone))
    checks.equal("a Maildir", counted(folder / "Maildir"), sum(alone))


def hostile(folder):
    log = (LOGS / "postfix.log").read_bytes()
    empty = folder / "empty"
    empty.touch()
    status, out, words = run("explain", empty)
    checks.equal("an empty file", (status, out), (65, b""))
    checks.check("says so", "nothing to read" in words, words)
    status, _, words = run("explain", input=b"Mar  5 10:00:00 a cron[1]: (root) CMD (x)\n" * 20)
    checks.check("lines of something else", status == 65 and "none of the 20 lines carries a reply" in words, words)
    for name, pack in (("bzip2", bz2.compress), ("xz", lzma.compress)):
        other = folder / f"other.{name}"
        other.write_bytes(pack(log))
        status, _, words = run("explain", other)
        checks.check(f"{name} is told", status == 66 and f"as by {name} -dc" in words, words)
    inside = folder / "inside"
    inside.mkdir()
    os.mkfifo(inside / "pipe")
    (inside / "again").symlink_to(inside)
    (inside / "linked.log").symlink_to(LOGS / "postfix.log")
    checks.equal("pipes in a folder, and links back to it, are left out", counted(inside), 9)
    cut = folder / "cut.gz"
    cut.write_bytes(gzip.compress(log * 100)[:-30])
    status, out, words = run("explain", cut)
    checks.check("cut gzip: what could be read is counted", status == 66 and out and "cut.gz" in words, (status, words))
    bad = folder / "bad.gz"
    bad.write_bytes(b"\x1f\x8bnothing")
    status, _, words = run("explain", bad, LOGS / "exim.log")
    checks.check("bad gzip: the other file is read", status == 66 and "bad.gz" in words and _, (status, words))
    # All but the journal's export, whose entries are no lines.
    logs = sorted(path for path in LOGS.iterdir() if path.suffix != ".export")
    mixed = b"".join(path.read_bytes() for path in logs)
    checks.equal("formats in one file", counted(input=mixed), sum(counted(path) for path in logs))
    journal = (LOGS / "journal.export").read_bytes()
    checks.equal("a journal's export", counted(input=journal), counted(LOGS / "journal.json"))
    checks.equal("cut within a delivery", counted(input=journal[: journal.index(b"root@a.example")]), 8)
    noise = b"\x00" * 1000 + b"\n" + b"\xe9\xfc\n" + log.replace(b"\n", b"\r\n") + b"\x00\n"
    checks.equal("NULs, Latin-1, CRLF", counted(input=noise), 9)
    dangling = folder / "dangling"
    dangling.symlink_to(folder / "nowhere")
    status, out, words = run("explain", dangling, LOGS / "exim.log")
    checks.check("a file that is gone", status == 66 and out and "dangling" in words, (status, words))
    status, _, words = run("explain", "/proc/self/mem")
    checks.check("a file that cannot be read", status == 66 and "/proc/self/mem" in words, (status, words))


def unreadable_folder(folder):
    """Root may read all: so as somebody else."""
    locked = folder / "locked"
    locked.mkdir()
    (locked / "mail.log").write_bytes((LOGS / "exim.log").read_bytes())
    locked.chmod(0)
    options = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    readable = folder / "readable.log"
    readable.write_bytes((LOGS / "exim.log").read_bytes())
    folder.chmod(0o755)
    status, out, words = run("explain", locked, readable, **options)
    checks.check("a folder without rights", status == 66 and out and "locked: Permission denied" in words, (status, words))
    locked.chmod(0o755)


def long_line():
    """100 MB without the end of a line, between others, in little memory."""
    log = BOUNCED.format(1).encode()
    process = subprocess.Popen(
        [BINARY, "explain", "--output", "json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    process.stdin.write(log + b"550 5.1.1 ")
    for _ in range(100):
        process.stdin.write(b"x" * 1_000_000)
    process.stdin.write(b"\n" + log)
    process.stdin.close()
    count = json.loads(process.stdout.read())["count"]
    words = process.stderr.read().decode()
    _, _, usage = os.wait4(process.pid, 0)
    checks.check("it is told", "standard input: a line of more than 4 MiB is cut" in words, words)
    checks.check("a line of 100 MB: the others are counted", count in (2, 3), count)
    checks.check("in little memory", usage.ru_maxrss < 128 * 1024, f"{usage.ru_maxrss} KiB")


def pipes():
    many = "".join(BOUNCED.format(i % 60) for i in range(20_000)).encode()
    with tempfile.NamedTemporaryFile() as file:
        file.write(many)
        file.flush()
        script = f'"{BINARY}" explain --output ndjson {file.name} | head -n 1; echo "${{PIPESTATUS[0]}}"'
        result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
        lines = result.stdout.splitlines()
        checks.check("| head ends it quietly", len(lines) == 2 and result.stderr == "", (lines[1:], result.stderr))
        _, out, _ = run("explain", "--output", "ndjson", "--threads", "4", file.name)
        order = [json.loads(line)["queueId"] for line in out.splitlines()]
        checks.equal("order is kept", order, [f"4C{i % 60}" for i in range(20_000)])
        _, other, _ = run("explain", "--output", "ndjson", "--threads", "1", file.name)
        checks.check("any number of threads says the same", out == other)


def following():
    """As `tail -f` feeds it: a line comes out before the next one goes in."""
    process = subprocess.Popen(
        [BINARY, "explain", "--output", "ndjson", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    for number in range(5):
        process.stdin.write(BOUNCED.format(number).encode())
        ready, _, _ = select.select([process.stdout], [], [], 30)
        if checks.check("a line comes as it is written", ready):
            checks.equal("it is that line", json.loads(process.stdout.readline())["queueId"], f"4C{number}")
    process.stdin.close()
    checks.equal("it ends with its input", process.wait(30), 0)


def interrupted():
    """Ctrl-C ends the reading, not the report."""
    process = subprocess.Popen(
        [BINARY, "explain", "--output", "json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    process.stdin.write("".join(BOUNCED.format(i) for i in range(50)).encode())
    checks.check("it reads them", wait_for(lambda: unread(process.stdin) == 0, 30))
    time.sleep(0.2)  # to take what it has just read
    process.send_signal(signal.SIGINT)
    ready, _, _ = select.select([process.stdout], [], [], 30)
    counted = json.loads(process.stdout.read()) if ready else {}
    checks.equal("what was counted so far is told", counted.get("count"), 50)
    checks.equal("the exit status says why", process.wait(30), 130)


def unread(pipe):
    """How many bytes nobody has taken out of it yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]


def outputs(folder):
    log = "".join(BOUNCED.format(i % 30) for i in range(60)).encode() + (LOGS / "postfix.log").read_bytes()
    status, out, _ = run("explain", "--by", "domain", "--output", "csv", "-", input=log)
    lines = out.decode().splitlines()
    checks.equal("csv has a head", lines[0], "domain,deliveries,deferred,bounced,reply,replies")
    row = next((line for line in lines if line.startswith("b.example,")), "")
    checks.check("and a row for each domain", row.endswith(",60") or int(row.split(",")[1]) >= 60, row)
    for pivot in ("category", "bounce", "action", "provider", "domain", "sender", "hour", "day"):
        status, out, _ = run("explain", "--by", pivot, "-", input=log)
        checks.check(f"a table by {pivot}", status == 0 and pivot.encode() in out and b"\x1b" not in out, out)
    dead = folder / "dead.txt"
    run("explain", "--dead", dead, "-", input=log)
    addresses = [line.split("\t") for line in dead.read_text().splitlines()]
    checks.equal("dead addresses are there once, in order", [it[0] for it in addresses], sorted({it[0] for it in addresses}))
    checks.equal("30 of them and those of the log", len(addresses), 32)
    checks.check("with date and reply", all(len(it) == 3 and it[1] and it[2] for it in addresses), addresses[:2])
    checks.equal("since", counted("--since", f"{this_year()}-03-05T10:30", "-", input=log), 2)
    checks.equal("until", counted("--until", f"{this_year()}-03-05T10:00:10", "-", input=log), 21)
    bounce = CORPUS / "bounces" / "postfix-user-unknown.eml"
    checks.equal("a bounce has the time of its Date", counted("--since", "2024-05-14", "--until", "2024-05-15", bounce), 1)
    checks.equal("and not another", run("explain", "--since", "2024-05-15", bounce)[0], 65)
    status, _, words = run("explain", "--since", "2037-01-01", "-", input=log)
    checks.check("nothing since then", status == 65 and "none of the 69 deliveries is of that time" in words, words)
    for wrong in (["--by", "colour"], ["--since", "tomorrow"], ["--threads", "0"], ["--output", "xml"]):
        status, _, words = run("explain", *wrong, "-", input=log)
        checks.check(f"{' '.join(wrong)} is refused", status == 64 and words.startswith("smtp-codes: "), (status, words))


def this_year():
    """The year that a log of March has today."""
    now = time.localtime()
    return now.tm_year if (now.tm_mon, now.tm_mday) >= (3, 5) else now.tm_year - 1


def progress(folder):
    """A bar on a terminal, and only there."""
    file = folder / "large.log"
    file.write_bytes("".join(BOUNCED.format(i % 60) for i in range(60)).encode() * 3000)
    terminal, end = pty.openpty()
    process = subprocess.Popen([BINARY, "explain", "--output", "ndjson", file], stdout=subprocess.DEVNULL, stderr=end)
    os.close(end)
    shown = b""
    while process.poll() is None or select.select([terminal], [], [], 0)[0]:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
    checks.check("progress is shown on a terminal", b"%" in shown and b"MB/s" in shown, shown[:200])
    checks.check("and taken away at the end", shown.endswith(b"\r\x1b[K"), shown[-20:])


def shows():
    for name, words in [("550", "550"), ("5.1.1", "5.1.1"), ("google", "Google"), ("mailbox-full", "mailbox-full")]:
        status, out, _ = run("show", name)
        checks.check(f"show {name}", status == 0 and words in out.decode(), (status, out[:100]))
    status, _, words = run("show", "nothing-at-all")
    checks.check("show of nothing", status == 66 and "nothing-at-all" in words, (status, words))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="smtp-codes-") as folder:
        one_reply()
        same_verdict_as_the_service()
        same_events_as_the_service()
        forms(Path(folder))
        hostile(Path(folder))
        unreadable_folder(Path(folder))
        long_line()
        pipes()
        following()
        interrupted()
        outputs(Path(folder))
        progress(Path(folder))
        shows()
    checks.end()
