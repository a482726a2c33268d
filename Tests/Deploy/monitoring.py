"""Checks deploy/monitoring: promtool on the alerts, and a real Prometheus that asks the service under some load.

    monitoring.py path/to/smtp-codes

Every query of the dashboard and every side of an alert that is compared must have data then, and no alert may hold.
"""

import http.client
import json
import math
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

import yaml

import kustomize
from client import SHORT, Request, Service, wait_for

HERE = Path(__file__).parent
MONITORING = HERE.parents[1] / "deploy" / "monitoring"
# More than the memory that the service gets here, so that it is told to come later; and a reply that says nothing.
ASKED = [*SHORT, Request("POST", "/explain", "550 5.0.0 qwertz", "text/plain")]
REFUSED = Request("POST", "/explain", "x" * 200_000, "text/plain")
# As many as the ten seconds have over which rates are taken here.
SCRAPES = 10
CONFIGURATION = """
global: {scrape_interval: 1s}
scrape_configs: [{job_name: smtp-codes, static_configs: [{targets: ["%s:%d"]}]}]
"""


def load(name):
    return yaml.safe_load((MONITORING / name).read_text())


def promtool(rules, folder):
    Path(folder, "rules.yaml").write_text(yaml.safe_dump(rules))
    shutil.copy(HERE / "alerts.yaml", folder)
    for arguments in ["check", "rules", "rules.yaml"], ["test", "rules", "alerts.yaml"]:
        run = subprocess.run(["promtool", *arguments], cwd=folder, capture_output=True, text=True)
        yield " ".join(["promtool", *arguments]), "" if run.returncode == 0 else run.stdout + run.stderr
    tested = (HERE / "alerts.yaml").read_text()
    for alert in alerts(rules):
        yield f"{alert['alert']} is tested", "" if f"alertname: {alert['alert']}\n" in tested else "it is not"


def alerts(rules):
    return [rule for group in rules["groups"] for rule in group["rules"]]


def fits():
    """Whether the ServiceMonitor finds the Service, and kubectl, where there is one, can build the folder."""
    monitor = load("service-monitor.yaml")["spec"]
    services = [it for it in kustomize.build(MONITORING.parent) if it["kind"] == "Service"]
    metadata, ports = services[0]["metadata"], [port["name"] for port in services[0]["spec"]["ports"]]
    chosen = monitor["selector"]["matchLabels"].items() <= metadata["labels"].items()
    yield "the ServiceMonitor chooses the Service", "" if chosen else "it does not"
    known = all(endpoint["port"] in ports for endpoint in monitor["endpoints"])
    yield "the ServiceMonitor asks a port of the Service", "" if known else f"it has {ports}"
    yield "the job is the Service's name", "" if metadata["name"] == "smtp-codes" else metadata["name"]
    built = kustomize.build_by_kubectl(MONITORING)
    kinds = built and sorted(resource["kind"] for resource in built)
    right = kinds in (None, ["ConfigMap", "PrometheusRule", "ServiceMonitor"])
    yield "kubectl kustomize deploy/monitoring", "" if right else f"it gives {kinds}"


class Prometheus:
    def __init__(self, service, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        Path(folder, "prometheus.yaml").write_text(CONFIGURATION % (service.host, service.port))
        self.process = subprocess.Popen(
            [
                "prometheus",
                "--config.file=prometheus.yaml",
                "--storage.tsdb.path=data",
                f"--web.listen-address=127.0.0.1:{self.port}",
                "--log.level=error",
            ],
            cwd=folder,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def values(self, query):
        """Of each series that the query gives."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/api/v1/query?" + urllib.parse.urlencode({"query": query}))
        answer = json.loads(connection.getresponse().read())
        connection.close()
        if answer["status"] != "success":
            raise SystemExit(f"{query}: {answer['error']}")
        return [float(series["value"][1]) for series in answer["data"]["result"]]

    def scrapes(self):
        """How often it has asked the service; 0 while it does not answer yet."""
        try:
            return sum(self.values('count_over_time(up{job="smtp-codes"}[1h])'))
        except (OSError, ValueError, http.client.HTTPException):
            return 0


@contextmanager
def asked(service):
    """Some of everything is asked meanwhile."""
    ends = threading.Event()

    def ask():
        connection = service.connect()
        while not ends.wait(0.1):
            for request in ASKED * 20 + [REFUSED]:
                request.send(connection)
                connection.getresponse().read()
        connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        ends.set()
        asking.join()


def shown(dashboard):
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            query = target["expr"].replace("$__rate_interval", "10s").replace("$__range", "10s")
            yield f"panel {panel['title']}", query


def compared(rules):
    """What each alert compares with a number."""
    for alert in alerts(rules):
        yield f"alert {alert['alert']}", re.split(r" [<>] (?=[\d.]+$)", alert["expr"])[0]


def against_prometheus(binary, rules, folder):
    with Service(binary, "--memory", "65536") as service, Prometheus(service, folder) as prometheus:
        with asked(service):
            many = wait_for(lambda: prometheus.scrapes() >= SCRAPES, 120)
            yield "Prometheus reads the metrics", "" if many else f"{prometheus.scrapes()} times in two minutes"
            for subject, query in [*shown(load("dashboard.json")), *compared(rules)]:
                values = prometheus.values(query)
                problem = "" if values and not any(map(math.isnan, values)) else f"{query} gives {values}"
                print(f"{subject}: {len(values)} series, {', '.join(f'{value:.3g}' for value in values[:3])}")
                yield subject, problem
        for alert in alerts(rules):
            # The load here is made of what the first two are about; how busy the machine is, nobody knows.
            if alert["alert"] not in ("SMTPCodesNoRoom", "SMTPCodesUndetermined", "SMTPCodesSlow"):
                yield f"{alert['alert']} is quiet", "it holds" if prometheus.values(alert["expr"]) else ""


def main(binary):
    rules = load("alerts.yaml")["spec"]
    with tempfile.TemporaryDirectory() as folder:
        problems = [*fits(), *promtool(rules, folder), *against_prometheus(binary, rules, folder)]
    failed = [f"{subject}: {problem}" for subject, problem in problems if problem]
    print("\n".join([*failed, f"{len(problems) - len(failed)} passed, {len(failed)} failed"]))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
