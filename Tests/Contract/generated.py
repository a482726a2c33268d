"""Sends thousands of generated requests to the running service and compares its answers with openapi.yaml.

    generated.py path/to/smtp-codes [--seed 2] [--max-examples 5000]

schemathesis makes requests that fit the file and such that do not, and runs all its checks on the answers. This
file starts it, and is loaded by it again for what stands below: a check of its own, what the body of each media
type is, and where a check is wrong for this service.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import schemathesis

from contract import FILE, JSON_TYPES, NDJSON, Contract, content_type, lines, start

CONTRACT = Contract()
# The types of bodies that are text, with the first example of each.
TEXTS = {
    media_type: next(iter(media["examples"].values()))["value"]
    for media_type, media in CONTRACT.spec["paths"]["/explain"]["post"]["requestBody"]["content"].items()
    if media_type not in JSON_TYPES
}

EVENTS = CONTRACT.spec["components"]["schemas"]["ServiceEvent"]["anyOf"]


def run():
    with start() as service, tempfile.TemporaryDirectory() as directory:
        # For schemathesis, `format: binary` is any bytes; here it is text that is sent as it is.
        copy = Path(directory) / FILE.name
        copy.write_text(FILE.read_text().replace("      format: binary\n", ""))
        command = [sys.executable, "-m", "schemathesis.cli", "run", str(copy)]
        command += ["--url", f"http://127.0.0.1:{service.port}", "--report-json-path", "report.json"]
        command += ["--seed", "1", "--max-examples", "200", "--continue-on-failure", *sys.argv[2:]]
        command += ["--suppress-health-check", "too_slow"]  # how quick the machine is, is not asked
        environment = os.environ | {"SCHEMATHESIS_HOOKS": "generated", "PYTHONPATH": str(Path(__file__).parent)}
        ran = subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.PIPE, text=True)
        report = json.loads((Path(directory) / "report.json").read_text())
    cases = report["test_cases"]
    # A warning says what it could not check.
    failed = cases["with_failures"] + cases["errored"] + sum(map(len, report["warnings"].values()))
    failed = failed or ran.returncode
    if failed:
        print(ran.stdout)
    print(f"{cases['generated'] - cases['with_failures'] - cases['errored']} passed, {failed} failed")
    return failed > 0


# What schemathesis does not know by itself


@schemathesis.serializer(*TEXTS)
def text(context, value):
    return (value if isinstance(value, str) else json.dumps(value)).encode()


@schemathesis.hook
def map_case(context, case):
    """Text by chance is hardly ever JSON or a bounce, so half of it goes behind the example of the file."""
    if case.media_type in TEXTS and case.meta.generation.mode.is_positive and len(str(case.body)) % 2:
        case.body = f"{TEXTS[case.media_type]}\n{case.body}"
    return case


@schemathesis.hook
def before_call(context, case, **_):
    # It sends a multipart body without a type, unless that has a boundary.
    if (case.media_type or "").startswith("multipart/"):
        case.headers.setdefault("Content-Type", content_type(case.media_type, TEXTS[case.media_type]))


@schemathesis.deserializer(NDJSON, "text/html")
def as_it_is(context, response):
    return response.content.decode()


@schemathesis.check
def headers_and_lines(context, response, case):
    """Are there the headers that the file describes and no other ones, and does each line fit `x-itemSchema`?"""
    if response.request.method == "OPTIONS":
        return  # contract.py's
    operation = CONTRACT.spec["paths"][case.path][case.operation.method]
    described = CONTRACT.resolved(operation["responses"][str(response.status_code)])
    headers = {name: values[0] for name, values in response.headers.items()}
    assert not (misfit := CONTRACT.header_misfit(headers, described.get("headers", {}), response.status_code)), misfit
    media = described.get("content", {}).get(headers.get("content-type"), {})
    for line in lines(response.content.decode()) if "x-itemSchema" in media else []:
        assert not (misfit := CONTRACT.mismatch(line, media["x-itemSchema"])), misfit


# Where its checks are wrong for this service


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # Text has hardly any control characters, which is no matter of a pattern; lines are asked of text alone.
    if type(failure).__name__ == "RejectedPositiveData":
        kind = response.json()["type"].removeprefix("urn:smtp-codes:problem:")
        if kind == "no-text" or kind == "malformed-query" and case.query.get("each"):
            return False
    if case.media_type not in TEXTS:
        # A batch may be a bare array as well, which generated clients can't do with; and whatever an event has, it is
        # taken if there is a reply in it, which a schema cannot say.
        is_batch = case.operation.path == "/explain" and isinstance(case.body, list)
        if type(failure).__name__ == "AcceptedNegativeData":
            return not (is_batch or is_event(case.body))
        return not (type(failure).__name__ == "RejectedPositiveData" and is_event(case.body))
    # It sends a number or an object where the body is text. On the way it has become the text of one.
    if type(failure).__name__ == "AcceptedNegativeData" and not isinstance(case.body, str):
        return False
    # The body of a form is read as JSON if it looks like JSON, which a schema of text cannot say.
    is_form = case.media_type == "application/x-www-form-urlencoded"
    looks_like_json = str(case.body).removeprefix("\ufeff").strip("\t\n\v\f\r ")[:1] in ('{', '[', '"')
    return not (type(failure).__name__ == "RejectedPositiveData" and is_form and looks_like_json)


def is_event(body):
    """Has it a member by which an event of a mail service is told?"""
    marks = {name for kind in EVENTS for name in CONTRACT.resolved(kind)["required"]}
    return isinstance(body, dict) and not marks.isdisjoint(body)


if __name__ == "__main__":
    sys.exit(run())
