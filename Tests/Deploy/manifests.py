"""Checks what kustomize makes of deploy/, and the Dockerfile, by their own rules and against the binary.

    manifests.py path/to/smtp-codes
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import kubernetes_validate

import kustomize

HOME = Path(__file__).parents[2]
DOCKERFILE = (HOME / "Dockerfile").read_text()
KUBERNETES = "1.37"


def validity(resources):
    """Whether each resource is as Kubernetes has it, without a field that it does not know."""
    for resource in resources:
        problem = ""
        try:
            kubernetes_validate.validate(resource, KUBERNETES, strict=True)
        except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError) as error:
            problem = str(error).splitlines()[0]
        yield f"{resource['kind']} {resource['metadata']['name']}", problem


def sense(resources, flags, version):
    """What no schema says: whether the parts fit each other and the binary."""
    kinds = {resource["kind"]: resource for resource in resources}
    template = kinds["Deployment"]["spec"]["template"]
    labels = template["metadata"]["labels"].items()
    container = template["spec"]["containers"][0]
    variables = {variable["name"]: variable["value"] for variable in container["env"]}
    ports = {port["name"]: str(port["containerPort"]) for port in container["ports"]}
    selectors = [
        kinds["Deployment"]["spec"]["selector"]["matchLabels"],
        kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        kinds["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        kinds["Service"]["spec"]["selector"],
        *(it["labelSelector"]["matchLabels"] for it in template["spec"]["topologySpreadConstraints"]),
    ]
    yield "all selectors choose the pods", all(selector.items() <= labels for selector in selectors)
    used = [
        kinds["Service"]["spec"]["ports"][0]["targetPort"],
        kinds["NetworkPolicy"]["spec"]["ingress"][0]["ports"][0]["port"],
        container["readinessProbe"]["httpGet"]["port"],
        container["livenessProbe"]["httpGet"]["port"],
    ]
    yield "all ports are that of the container", set(used) == set(ports)
    annotations = template["metadata"]["annotations"]
    yield "Prometheus asks that port", annotations["prometheus.io/port"] in ports.values()
    yield "the image is of the binary's version", container["image"].endswith(f":{version}")
    for name in variables:
        flag = "--" + name.removeprefix("SMTP_CODES_").lower().replace("_", "-")
        yield f"{name} is a variable of the binary", name.startswith("SMTP_CODES_") and flag in flags
    drain = sum(int(variables[f"SMTP_CODES_DRAIN_{part}"]) for part in ("DELAY", "TIMEOUT"))
    grace = template["spec"]["terminationGracePeriodSeconds"]
    yield "a pod is not killed while it drains", grace >= drain + 5
    probe = container["readinessProbe"]
    unready = probe["periodSeconds"] * probe["failureThreshold"] + probe["timeoutSeconds"]
    yield "/readyz is asked before the drain delay ends", unready < int(variables["SMTP_CODES_DRAIN_DELAY"])


def kind(resource):
    return resource["kind"]


def as_kubectl_has_it(resources):
    """Whether kubectl, where there is one, builds the same."""
    theirs = kustomize.build_by_kubectl(HOME / "deploy")
    if theirs is not None:
        same = sorted(theirs, key=kind) == sorted(resources, key=kind)
        yield "kubectl kustomize deploy gives the same resources", same


def dockerfile(version):
    hadolint = Path(sys.executable).with_name("hadolint")
    linted = subprocess.run([hadolint, HOME / "Dockerfile"], stdout=subprocess.PIPE, text=True)
    yield f"hadolint{linted.stdout and ': ' + linted.stdout}", linted.returncode == 0
    label = re.search(r'org\.opencontainers\.image\.version="(.*?)"', DOCKERFILE)
    yield "the label of the image is the binary's version", label and label[1] == version
    tags = re.findall(r"docker build -t smtp-codes:(\S+)", (HOME / "README.md").read_text())
    yield "the build in README.md tags the image so", tags == [version]


def image(binary, resources):
    """What the image holds and does, as far as it shows without an engine to build it."""
    deployment = next(resource for resource in resources if kind(resource) == "Deployment")
    security = deployment["spec"]["template"]["spec"]["securityContext"]
    user = re.findall(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)
    yield "its user is that of the pods", user == [(str(security["runAsUser"]), str(security["runAsGroup"]))]
    commands = re.findall(r"^(?:HEALTHCHECK.* CMD|ENTRYPOINT) (\[.*\])$", DOCKERFILE, re.MULTILINE)
    commands = list(map(json.loads, commands))
    place = re.search(r"^COPY --from=build \S+ (\S+)$", DOCKERFILE, re.MULTILINE)[1]
    yield "it runs the binary, and asks it for its health", [command[0] for command in commands] == [place] * 2
    for _, *arguments in commands:
        known = subprocess.run([binary, *arguments, "--help"], stdout=subprocess.DEVNULL).returncode == 0
        yield f"{arguments} are arguments of the binary", known
    packages = re.search(r"--include=(\S+)", DOCKERFILE)[1].split(",")
    needs = ["--recurse", "--no-suggests", "--no-recommends", "--no-conflicts", "--no-breaks", "--no-replaces"]
    held = set(output("apt-cache", "depends", *needs, *packages).split())
    for library in re.findall(r"^\t(\S+) =>", output("ldd", binary), re.MULTILINE):
        owners = re.findall(r"^(\S+?):", output("dpkg-query", "--search", f"*/{library}"), re.MULTILINE)
        yield f"it holds {library}, which the binary is linked with", not held.isdisjoint(owners)


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(binary):
    resources = kustomize.build(HOME / "deploy")
    usage = output(binary, "serve", "--help")
    version = output(binary, "--version").strip()
    problems = [f"{subject}: {problem}" if problem else "" for subject, problem in validity(resources)]
    flags = re.findall(r"--[a-z-]+", usage)
    claims = [*sense(resources, flags, version), *as_kubectl_has_it(resources)]
    claims += [*dockerfile(version), *image(binary, resources)]
    problems += ["" if holds else f"not so: {claim}" for claim, holds in claims]
    for problem in filter(None, problems):
        print(problem)
    failed = sum(map(bool, problems))
    print(f"{len(problems) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
