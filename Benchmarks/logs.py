"""What a log of Postfix costs, beside pflogsumm and grep; alternating, whole processes.

    logs.py path/to/smtp-codes FOLDER [LINES] [ROUNDS]
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import report
from report import Verdict, spread
from servers import CORES

OURS, OURS_GZIP, PFLOGSUMM, GREP = "smtp-codes explain", "the same, gzip", "pflogsumm", "grep -c"


def measure(binary, folder, lines, rounds):
    """Seconds, CPU seconds and MiB of each command, a list of rounds each."""
    log = folder / f"mail-{lines}.log"
    packed = Path(f"{log}.gz")
    # In processes of their own: the peak of a child is at least what its parent had when it was made.
    if not log.exists():
        with log.open("w") as file:
            subprocess.run([sys.executable, Path(__file__).with_name("maillog.py"), str(lines)], stdout=file, check=True)
    if not packed.exists():
        with packed.open("w") as file:
            subprocess.run(["gzip", "-c", log], stdout=file, check=True)
    commands = {
        OURS: [binary, "explain", log],
        OURS_GZIP: [binary, "explain", packed],
        PFLOGSUMM: ["pflogsumm", log],
        GREP: ["grep", "-c", "status=bounced", log],
    }
    found = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(run(command))
    return found


def run(command):
    os.sched_setaffinity(0, CORES)
    begin = time.perf_counter()
    # grep looks at nothing where its output goes to /dev/null.
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"bench: {command[0]} ended with {status}")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tables(found, lines):
    rows = [
        [name, *(median(column) for column in zip(*figures)), median(it[0] for it in figures) / lines * 1e6]
        for name, figures in found.items()]
    return report.table([f"{lines:,} lines of Postfix", "seconds", "CPU seconds", "MiB", "µs a line"], rows)


def verdicts(found):
    def ratios(one, other):
        return [a[0] / b[0] for a, b in zip(found[one], found[other])]

    to_pflogsumm, to_plain = ratios(OURS, PFLOGSUMM), ratios(OURS_GZIP, OURS)
    return [
        Verdict("a log, wall time, to pflogsumm", median(to_pflogsumm), 0.15, "×", spread(to_pflogsumm)),
        Verdict("the same log, gzip, to plain", median(to_plain), 1.5, "×", spread(to_plain)),
        Verdict("a log, peak memory", max(it[2] for it in found[OURS]), 128, "MiB"),
    ]


def main():
    binary, folder = Path(sys.argv[1]), Path(sys.argv[2])
    lines = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    if shutil.which("pflogsumm") is None:
        sys.exit("bench: pflogsumm is not installed")
    found = measure(binary, folder, lines, rounds)
    print(tables(found, lines), report.verdicts(verdicts(found)), sep="\n\n")


if __name__ == "__main__":
    main()
