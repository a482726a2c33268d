"""Checks openapi.yaml against the running service.

    contract.py path/to/smtp-codes

Every example of an answer in the file is asked for again, and has to be the real answer to the letter; one of a
request alone has to be answered as the schema says. What to ask stands in the file too:

- in the examples that parameters and the request body have under the same name, or
- in the summary of the example, where the request is a wrong one that parameters cannot state:
  "GET /codes/650", "POST /explain with text/plain: 550", "POST /explain with no body",
  "POST /explain with 9000 bytes", "POST /explain with 9000 bytes while bodies may have 8192",
  "GET /codes with the header Host: a b", "GET /codes with a header of 16385 bytes",
  "GET /codes?q= with a target of 8193 bytes", "GET /readyz while draining".

Examples of NDJSON are compared line by line, and each line has to fit `x-itemSchema`. Examples of metrics are
compared without their values. A multipart body is sent with the boundary that it begins with.

Each answer has the headers that the file describes, and no other ones.
"""

import http.client
import json
import re
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from openapi_spec_validator import validate

sys.path.append(str(Path(__file__).parents[1] / "Service"))
from service import Service  # noqa: E402

FILE = Path(__file__).parents[2] / "openapi.yaml"
JSON_TYPES = ("application/json", "application/problem+json")
NDJSON = "application/x-ndjson"
METRICS = "text/plain; version=0.0.4; charset=utf-8"
REQUEST = re.compile(
    r"(?P<method>[A-Z]+) (?P<target>/\S*)(?: with (?P<addition>.+?))?"
    r"(?: while (?P<state>draining|bodies may have (?P<memory>\d+)))?"
)
REQUEST_ID = "contract-1"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
# Of HTTP itself, and of the media type.
UNLISTED_HEADERS = {"connection", "content-length", "content-type", "date", "transfer-encoding"}
PREFLIGHT_HEADERS = {f"access-control-{name}" for name in ("allow-headers", "allow-methods", "max-age")}


def start(*flags):
    """The service, as all scripts here ask it."""
    return Service(sys.argv[1], "--drain-timeout", "60", *flags)


def ask_while_draining(service, method, target, headers):
    """Keeps one request unfinished, stops the service, and asks on a connection that was open before."""
    with socket.create_connection((service.host, service.port)) as unfinished:
        unfinished.sendall(b"POST /explain HTTP/1.1\r\nHost: contract\r\nContent-Length: 3\r\n\r\n5")
        connection = service.connect()
        response = service.ask(method, target, connection=connection)
        time.sleep(1)  # until the service has begun to read the unfinished request
        service.send(signal.SIGTERM)
        while response.status == 200:
            response = service.ask(method, target, headers=headers, connection=connection)
        unfinished.sendall(b"50")
        return response


class Contract:
    def __init__(self, service=None):
        self.service = service
        self.spec = yaml.safe_load(FILE.read_bytes())
        self.passed = self.failed = 0
        self.replayed = set()

    def check(self, subject, problem):
        """Counts one check; `problem` is empty where it passed."""
        if problem:
            self.failed += 1
            print(f"{subject}: {problem}")
        else:
            self.passed += 1

    def resolved(self, node):
        while "$ref" in node:
            target = self.spec
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = target
        return node

    def mismatch(self, value, schema):
        """What is wrong with a value by its schema; empty where nothing is."""
        schema = {"components": self.spec["components"], "allOf": [schema]}
        error = best_match(Draft202012Validator(schema).iter_errors(value))
        return f"{error.json_path} {error.message[:300]}" if error else ""

    def misfit(self, value, media):
        """What is wrong with a body by its media type object; empty where nothing is."""
        items = lines(value) if "x-itemSchema" in media else []
        misfits = (self.mismatch(item, media["x-itemSchema"]) for item in items)
        return self.mismatch(value, media["schema"]) or next(filter(None, misfits), "")

    def header_misfit(self, headers, described, status):
        """What is wrong with the headers of an answer; empty where nothing is. X-Request-Id may be absent."""
        common = self.spec["x-common-headers"]
        if status == 304:
            common = {name: common[name] for name in common if name == "Access-Control-Allow-Origin"}
        common = common | self.spec["x-compressed-headers"]
        expected = {name.lower(): self.resolved(header) for name, header in (common | described).items()}
        sent = [name.lower() for name in headers.keys() if name.lower() not in UNLISTED_HEADERS]
        missing = {name for name in expected if expected[name].get("required")} - set(sent)
        if missing or len(sent) > len(set(sent)) or not set(sent) <= set(expected):
            return f"has {sorted(sent)}, in the file {sorted(expected)}"
        misfits = (self.mismatch(headers[name], expected[name]["schema"]) for name in sent)
        return next((f"{name}: {misfit}" for name, misfit in zip(sent, misfits) if misfit), "")

    # The whole file

    def run(self):
        try:
            validate(self.spec)
            self.check("openapi.yaml", "")
        except Exception as error:
            self.check("openapi.yaml", f"is not OpenAPI: {error}".splitlines()[0])
        served = self.service.ask("GET", "/openapi.yaml").content
        self.check("GET /openapi.yaml", "" if served == FILE.read_bytes() else "serves another file")
        index = json.loads(self.service.ask("GET", "/").content)
        listed = {(route["method"], route["path"]) for route in index["routes"]}
        described = {
            (method.upper(), path) for path, item in self.spec["paths"].items() for method in item
        }
        for method, path in listed ^ described:
            self.check(f"{method} {path}", "is not in both GET / and the file")
        for path, item in self.spec["paths"].items():
            for method, operation in item.items():
                self.operation(method.upper(), path, operation)

    def operation(self, method, path, operation):
        parameters = [self.resolved(parameter) for parameter in operation.get("parameters", [])]
        content = operation.get("requestBody", {}).get("content", {})
        asked = set()
        for holder in parameters + list(content.values()):
            for name, example in holder.get("examples", {}).items():
                asked.add(name)
                self.check(
                    f"{method} {path}, example {name} of the request",
                    self.misfit(example["value"], holder),
                )
        for status, response in operation["responses"].items():
            response = self.resolved(response)
            for media_type, media in response.get("content", {}).items():
                for name, example in media.get("examples", {}).items():
                    example = self.resolved(example)
                    if status == "200":
                        asked.discard(name)
                    if id(example) in self.replayed:
                        continue  # of a shared response
                    self.replayed.add(id(example))
                    request = self.stated(example) or self.paired(method, path, parameters, content, name)
                    expected = (int(status), media_type, response.get("headers", {}), media)
                    self.replay(request, expected, example, operation["responses"].get("304"))
        answered = operation["responses"].get("200", {})
        for name in sorted(asked):  # whose answer is not in the file
            media_type, media = next(iter(answered["content"].items()))
            expected = (200, media_type, answered.get("headers", {}), media)
            self.replay(self.paired(method, path, parameters, content, name), expected, {}, None)
        self.preflight(path, "GET, HEAD, OPTIONS" if method == "GET" else f"{method}, OPTIONS")

    def preflight(self, path, allow):
        """What the file says of OPTIONS in words."""
        response = self.service.ask("OPTIONS", quote(path), headers={"X-Request-Id": REQUEST_ID})
        names = sorted(name.lower() for name in response.headers.keys() if name.lower() not in UNLISTED_HEADERS)
        common = {name.lower() for name in self.spec["x-common-headers"]}
        expected = sorted(common | PREFLIGHT_HEADERS | {"allow", "x-request-id"})
        fits = response.status == 204 and response.headers["Allow"] == allow and names == expected
        self.check(f"OPTIONS {path}", "" if fits else f"{response.status} {response.headers['Allow']} {names}")

    # One example

    def stated(self, example):
        """The request that an example's summary states."""
        return (found := REQUEST.fullmatch(example.get("summary", ""))) and found.groupdict()

    def paired(self, method, path, parameters, content, name):
        """The request that the examples of this name make up."""
        query = {}
        for parameter in parameters:
            if name in parameter.get("examples", {}):
                value = parameter["examples"][name]["value"]
                if parameter["in"] == "path":
                    path = path.replace("{" + parameter["name"] + "}", quote(str(value), safe=""))
                else:
                    query[parameter["name"]] = value
        request = {"method": method, "target": path + ("?" + urlencode(query) if query else "")}
        for media_type, media in content.items():
            if name in media.get("examples", {}):
                value = media["examples"][name]["value"]
                text = json.dumps(value) if media_type in JSON_TYPES else value
                request["addition"] = f"{media_type}: {text}"
        return request

    def send(self, request, accept):
        """The answer to a request, which has an id."""
        method, target, addition = request["method"], request["target"], request.get("addition") or "no body"
        headers, body = {"Accept": accept, "X-Request-Id": REQUEST_ID}, None
        if size := re.fullmatch(r"a target of (\d+) bytes", addition):
            target = target.ljust(int(size[1]), "5")
        elif size := re.fullmatch(r"a header of (\d+) bytes", addition):
            headers["Padding"] = "5" * int(size[1])
        elif header := re.fullmatch(r"the header (\S+): (.+)", addition):
            headers[header[1]] = header[2]
        elif size := re.fullmatch(r"(\d+) bytes", addition):
            headers["Content-Type"], body = "text/plain", b"5" * int(size[1])
        elif addition != "no body":
            media_type, _, text = addition.partition(":")
            headers["Content-Type"], body = content_type(media_type, text.lstrip(" ")), text.lstrip(" ").encode()
        if request.get("state") == "draining":
            with start() as service:
                return ask_while_draining(service, method, target, headers)
        if memory := request.get("memory"):
            with start("--body-memory", memory) as service:
                return service.ask(method, target, body, headers)
        return self.service.ask(method, target, body, headers)

    def replay(self, request, expected, example, not_modified):
        status, media_type, headers, media = expected
        addition = " ".join((request.get("addition") or "").split())
        subject = f"{request['method']} {request['target']} {addition[:60]}".strip()
        try:
            response = self.send(request, media_type)
        except (OSError, http.client.HTTPException) as error:
            self.check(subject, f"no answer: {error!r}")
            return
        if response.status != status or response.headers["Content-Type"] != media_type:
            self.check(subject, f"{response.status} {response.headers['Content-Type']}, not {status} {media_type}")
            return
        answer = parsed(response.content, media_type)
        self.check(f"{subject}, schema", self.misfit(answer, media))
        if "value" in example:
            comparable = {NDJSON: lines, METRICS: series}.get(media_type, lambda value: value)
            self.check(f"{subject}, example", difference(comparable(example["value"]), comparable(answer)))
        self.check(f"{subject}, headers", self.header_misfit(response.headers, headers, status))
        self.named(subject, response, headers, REQUEST_ID)
        if not_modified and status == 200:
            self.revalidate(subject, request["target"], response, self.resolved(not_modified)["headers"])

    def named(self, subject, response, headers, name):
        """Is the answer named as the request was, if the file says so?"""
        expected = name if "X-Request-Id" in headers else None
        found = response.headers["X-Request-Id"]
        self.check(f"{subject}, X-Request-Id", "" if found == expected else f"{found}, not {expected}")

    def revalidate(self, subject, target, response, headers):
        """HEAD, and GET by a client that has the answer."""
        asked = {"Accept": response.headers["Content-Type"], "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
        head = self.service.ask("HEAD", target, headers=asked)
        fits = head.status == 200 and not head.content and set(head.headers) == set(response.headers)
        self.check(f"{subject}, HEAD", "" if fits else f"{head.status} {head.headers.items()}")
        # What counts requests is never the same twice.
        tag = "*" if response.headers["Content-Type"] == METRICS else response.headers["ETag"]
        again = self.service.ask("GET", target, headers=asked | {"If-None-Match": f'"other", {tag}'})
        fits = again.status == 304 and not again.content
        self.check(f"{subject}, If-None-Match", "" if fits else f"{again.status}, not 304")
        self.check(f"{subject}, headers of 304", self.header_misfit(again.headers, headers, 304))
        self.named(f"{subject}, traceparent", again, headers, TRACE)


def content_type(media_type, body):
    """The media type as it is sent: a multipart one names the boundary that the body begins with."""
    if not media_type.startswith("multipart/"):
        return media_type
    boundary = body.partition("\n")[0].removeprefix("--")
    return f'{media_type}; boundary="{boundary}"'


def parsed(content, media_type):
    """A body as its schema describes it."""
    if media_type in JSON_TYPES:
        return json.loads(content)
    return yaml.safe_load(content) if media_type == "application/yaml" else content.decode()


def lines(text):
    """The values of NDJSON."""
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def series(text):
    """Of metrics, the comments, and the names with those of their labels."""
    found = (line if line.startswith("#") else re.sub(r'="[^"]*"| \S+$', "", line) for line in text.splitlines())
    return list(dict.fromkeys(found))


def difference(example, answer, place="$"):
    """Where two JSON values first differ; empty where they do not."""
    if isinstance(example, dict) and isinstance(answer, dict) and example.keys() == answer.keys():
        return next(filter(None, (difference(example[k], answer[k], f"{place}.{k}") for k in example)), "")
    if isinstance(example, list) and isinstance(answer, list) and len(example) == len(answer):
        pairs = enumerate(zip(example, answer))
        return next(filter(None, (difference(a, b, f"{place}[{i}]") for i, (a, b) in pairs)), "")
    if json.dumps(example) == json.dumps(answer):
        return ""
    return f"{place} is {json.dumps(answer)[:300]}, in the file {json.dumps(example)[:300]}"


if __name__ == "__main__":
    with start() as service:
        contract = Contract(service)
        contract.run()
    print(f"{contract.passed} passed, {contract.failed} failed")
    sys.exit(contract.failed > 0)
