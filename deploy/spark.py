"""Explains logs of any size under Apache Spark: each partition is piped through smtp-codes, and Spark adds up.

    spark-submit deploy/spark.py path/to/smtp-codes LOGS... > summary.json

LOGS are what Spark reads as text: files, folders, patterns, of an object store as well, gzip included. Below some
hundred gigabytes `smtp-codes explain` itself, or `xargs -P` over files, is done before Spark has started.

Spark cuts files between lines: what needs another line, such as the sender or qmail's recipient, may be missing, and
tables whose first line names their columns (Exchange) are not for it.
"""

import json
import sys
from collections import Counter

from pyspark.sql import SparkSession


def main():
    binary, *logs = sys.argv[1:]
    spark = SparkSession.builder.appName("smtp-codes").getOrCreate()
    lines = spark.sparkContext.textFile(",".join(logs))
    # A partition may carry no reply at all, for which the exit status is 65: nothing is wrong with it.
    command = f"sh -c \"'{binary}' explain --threads 1 --output ndjson - || test $? = 65\""
    counts = (
        lines.pipe(command, checkCode=True)
        .flatMap(keys)
        .map(lambda key: (key, 1))
        .reduceByKey(lambda one, other: one + other)
        .collect()
    )
    spark.stop()
    json.dump(summary(counts), sys.stdout, indent=2, sort_keys=True)
    print()


def keys(line):
    """What a delivery is counted by."""
    delivery = json.loads(line)
    yield "category", delivery["category"]
    if "provider" in delivery:
        yield "provider", delivery["provider"]["name"]
    if "time" in delivery:
        yield "day", delivery["time"][:10]


def summary(counts):
    found = {"category": Counter(), "provider": Counter(), "day": Counter()}
    for (kind, name), count in counts:
        found[kind][name] += count
    return {"by" + kind.capitalize(): dict(names) for kind, names in found.items()}


if __name__ == "__main__":
    main()
