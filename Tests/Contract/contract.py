"""Checks openapi.yaml against the running service.

    contract.py path/to/smtp-codes

Every example of an answer in the file is asked for again, and has to be the real answer to the letter. What
to ask stands in the file too:

- in the examples that parameters and the request body have under the same name, or
- in the summary of the example, where the request is a wrong one that parameters cannot state:
  "GET /codes/650", "POST /explain with text/plain: 550", "POST /explain with no body",
  "POST /explain with 9000 bytes", "GET /readyz while draining".

Examples of NDJSON are compared line by line, and each line has to fit `x-itemSchema`. A multipart body is sent
with the boundary that it begins with.
"""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from openapi_spec_validator import validate

FILE = Path(__file__).parents[2] / "openapi.yaml"
JSON_TYPES = ("application/json", "application/problem+json")
NDJSON = "application/x-ndjson"
REQUEST = re.compile(r"(?P<method>[A-Z]+) (?P<target>/\S*)(?: with (?P<body>.+))?(?P<draining> while draining)?")


class Service:
    """The binary, on a port of its own choice."""

    def __enter__(self):
        command = [sys.argv[1], "--port", "0", "--drain-timeout", "5"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not port:
            sys.exit(f"{sys.argv[1]} did not start: {line.strip()}")
        self.port = int(port[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def ask(self, method, target, headers={}, body=None, connection=None):
        """The answer, its body read into `content`."""
        connection = connection or self.connect()
        connection.putrequest(method, target)
        if body is not None:
            headers = headers | {"Content-Length": str(len(body))}
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        response.content = response.read()
        return response

    def ask_while_draining(self, method, target):
        """Keeps one request unfinished, stops the service, and asks on a connection that was open before."""
        with socket.create_connection(("127.0.0.1", self.port)) as unfinished:
            unfinished.sendall(b"POST /explain HTTP/1.1\r\nHost: contract\r\nContent-Length: 3\r\n\r\n5")
            connection = self.connect()
            response = self.ask(method, target, connection=connection)
            time.sleep(1)  # until the service has begun to read the unfinished request
            self.process.send_signal(signal.SIGTERM)
            while response.status == 200:
                response = self.ask(method, target, connection=connection)
            unfinished.sendall(b"50")
            return response


class Contract:
    def __init__(self, service):
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
                    if status == "200":
                        asked.discard(name)
                    if id(example) in self.replayed or "value" not in example:
                        continue  # of a shared response, and done; or another check's
                    self.replayed.add(id(example))
                    request = self.stated(example) or self.paired(method, path, parameters, content, name)
                    expected = (int(status), media_type, response.get("headers", {}), media)
                    self.replay(request, expected, example["value"], "304" in operation["responses"])
        for name in asked:
            self.check(f"{method} {path}", f"the request {name} has no answer of that name")

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
                request["body"] = f"{media_type}: {text}"
        return request

    def send(self, request):
        method, target, body = request["method"], request["target"], request.get("body")
        if request.get("draining"):
            with Service() as service:
                return service.ask_while_draining(method, target)
        if body is None or body == "no body":
            return self.service.ask(method, target)
        if size := re.fullmatch(r"(\d+) bytes", body):
            media_type, body = "text/plain", "5" * int(size[1])
        else:
            media_type, _, body = body.partition(":")
            body = body.lstrip()
        if media_type.startswith("multipart/"):
            boundary = body.partition("\n")[0].removeprefix("--")
            media_type += f'; boundary="{boundary}"'
        return self.service.ask(method, target, {"Content-Type": media_type}, body.encode())

    def replay(self, request, expected, example, revalidates):
        status, media_type, headers, media = expected
        body = " ".join((request.get("body") or "").split())
        subject = f"{request['method']} {request['target']} {body[:60]}".strip()
        try:
            response = self.send(request)
        except (OSError, http.client.HTTPException) as error:
            self.check(subject, f"no answer: {error!r}")
            return
        if response.status != status or response.headers["Content-Type"] != media_type:
            self.check(subject, f"{response.status} {response.headers['Content-Type']}, not {status} {media_type}")
            return
        answer = json.loads(response.content) if media_type in JSON_TYPES else response.content.decode()
        self.check(f"{subject}, schema", self.misfit(answer, media))
        if media_type == NDJSON:
            example, answer = lines(example), lines(answer)
        self.check(f"{subject}, example", difference(example, answer))
        for name, header in headers.items():
            header = self.resolved(header)
            self.check(f"{subject}, header {name}", self.mismatch(response.headers[name], header["schema"]))
        if revalidates and status == 200:
            again = self.service.ask("GET", request["target"], {"If-None-Match": response.headers["ETag"]})
            fits = again.status == 304 and not again.content
            self.check(f"{subject}, If-None-Match", "" if fits else f"{again.status}, not 304")


def lines(text):
    """The values of NDJSON."""
    return [json.loads(line) for line in text.split("\n") if line.strip()]


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
    with Service() as service:
        contract = Contract(service)
        contract.run()
    print(f"{contract.passed} passed, {contract.failed} failed")
    sys.exit(contract.failed > 0)
