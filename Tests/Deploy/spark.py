"""Runs deploy/spark.py in Spark's local mode on a generated log, and compares with the command's own summary.

    spark.py path/to/smtp-codes LINES
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    binary, lines = Path(sys.argv[1]).resolve(), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="smtp-codes-") as folder:
        log = Path(folder) / "mail.log"
        with log.open("w") as file:
            subprocess.run([sys.executable, ROOT / "Benchmarks/maillog.py", lines], stdout=file, check=True)
        environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        job = [sys.executable, ROOT / "deploy/spark.py", binary, log]
        spark = json.loads(subprocess.run(job, env=environment, check=True, capture_output=True).stdout)
        own = json.loads(output(binary, "--output", "json", log))
        days = output(binary, "--by", "day", "--output", "csv", log).decode().splitlines()[1:]
        wanted = {
            "byCategory": own["byCategory"],
            "byProvider": own["byProvider"],
            "byDay": {day.split(",")[0]: int(day.split(",")[1]) for day in days},
        }
    failed = [name for name in wanted if spark[name] != wanted[name]]
    for name in failed:
        print(f"not so: {name} is {spark[name]} under Spark, {wanted[name]} without")
    print(f"{len(wanted) - len(failed)} passed, {len(failed)} failed; {sum(wanted['byCategory'].values())} deliveries")
    sys.exit(len(failed) > 0)


def output(binary, *arguments):
    return subprocess.run([binary, "explain", *arguments], check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
