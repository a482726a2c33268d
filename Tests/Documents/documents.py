"""Does what README.md and CONTRIBUTING.md say, and compares the answers.

    documents.py path/to/smtp-codes

In both, an indented line that begins with "$ curl" is run against the service, one that begins with "$ smtp-codes" is
run as it is, and what is indented below it must be its output. Paths in both must exist. A recipe in CONTRIBUTING.md
says "In `FILE`, below `LINE`:" and what to put there, indented; all of them are done in a copy of the tree, which is
built.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "Tests/Service"))
from service import Service  # noqa: E402

TREE = ROOT / ".build/documents/tree"
BUILD = ROOT / ".build/documents/build"
RECIPE = re.compile(r"In\s+`(?P<file>[^`]+)`,\s+below\s+`(?P<line>[^`]+)`:\n\n(?P<block>(?: {4}.*\n)+)")
EXAMPLE = re.compile(r"^ {4}\$ (?P<command>(?:curl|smtp-codes) .*)\n(?P<output>(?: {4}(?!\$ ).*\n|\n(?= {4}(?!\$ )))*)", re.MULTILINE)


PATH = re.compile(r"`((?:Sources|Tests|Benchmarks|deploy)(?:/[\w+-]+(?:\.\w+)*)+)`")


def missing_paths(document):
    """The paths that the document names and that are not there, and how many it names."""
    paths = set(PATH.findall((ROOT / document).read_text()))
    missing = [path for path in sorted(paths) if not (ROOT / path).exists()]
    for path in missing:
        print(f"{document}: there is no {path}")
    return len(paths), len(missing)


# Where the version of Service.swift is repeated.
VERSIONS = {
    "Dockerfile": r'image\.version="([\d.]+)"',
    "deploy/kustomization.yaml": r"newTag: ([\d.]+)",
    "openapi.yaml": r"^  version: ([\d.]+)$",
    "README.md": r"smtp-codes:([\d.]+)",
    "CHANGELOG.md": r"^## ([\d.]+)",
}


def other_versions():
    """How many of these there are, and how many are another one."""
    version = re.search(r'version = "([\d.]+)"', (ROOT / "Sources/SMTPCodesAPI/Service.swift").read_text())[1]
    wrong = 0
    for file, pattern in VERSIONS.items():
        found = re.search(pattern, (ROOT / file).read_text(), re.MULTILINE)
        if found is None or found[1].rstrip(".") != version:
            wrong += 1
            print(f"{file}: the version is not {version}")
    return len(VERSIONS), wrong


def without_indent(block):
    return [line[4:] for line in block.splitlines()]


def copy_tree():
    """Files that are the same keep their dates, so that not all is built again."""
    list_files = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(list_files, cwd=ROOT, check=True, text=True, capture_output=True).stdout.splitlines()
    shutil.rmtree(TREE, ignore_errors=True)
    for name in names:
        if (ROOT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, TREE / name)


def follow(recipe):
    file = TREE / recipe["file"]
    lines = file.read_text().splitlines()
    places = [number for number, text in enumerate(lines) if recipe["line"] in text]
    if len(places) != 1:
        sys.exit(f"{recipe['file']} has {len(places)} lines with {recipe['line']}")
    lines[places[0] + 1 : places[0] + 1] = without_indent(recipe["block"])
    file.write_text("\n".join(lines) + "\n")


def check(document, binary):
    """How many examples of the document there are, and how many are not true."""
    environment = os.environ | {"PATH": f"{Path(binary).resolve().parent}:{os.environ['PATH']}"}
    wrong = examples = 0
    with Service(binary) as service:
        for example in EXAMPLE.finditer((ROOT / document).read_text()):
            examples += 1
            asked = example["command"].replace("localhost:8080", f"{service.host}:{service.port}")
            answer = subprocess.run(
                ["bash", "-c", asked], text=True, capture_output=True, cwd=ROOT, env=environment).stdout
            if answer.strip() != "\n".join(without_indent(example["output"])).strip():
                wrong += 1
                print(f"{document}: {example['command']}\n{answer}")
    return examples, wrong


def main():
    named, missing = map(sum, zip(missing_paths("README.md"), missing_paths("CONTRIBUTING.md"), other_versions()))
    examples, wrong = check("README.md", sys.argv[1])
    copy_tree()
    for recipe in RECIPE.finditer((ROOT / "CONTRIBUTING.md").read_text()):
        follow(recipe)
    subprocess.run(["swift", "build", "--scratch-path", BUILD, "--product", "smtp-codes"], cwd=TREE, check=True)
    more, more_wrong = check("CONTRIBUTING.md", BUILD / "debug/smtp-codes")
    failed = wrong + more_wrong + missing
    passed = examples + more + named - failed
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or more == 0 or examples == 0)


main()
