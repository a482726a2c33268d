"""Compares the service's explanations with the labels of the corpus, and prints each miss.

    accuracy.py path/to/smtp-codes [--quiet] [--at-least PERCENT] FILE.jsonl|FOLDER...

It fails where the categories of one of them agree less often than that, where `high` is right in less than 97 % or
`medium` in less than 85 % of its cases, and where more addresses than one in a hundred would be suppressed wrongly.
A file has one labelled reply a line; a folder has bounces, NAME.eml beside NAME.json.
"""

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "Service"))
from service import Service  # noqa: E402

# The categories that blame the address.
DEAD = {
    "unknown-recipient", "bad-recipient-address", "recipient-moved", "bad-destination-domain", "mailbox-disabled",
}
PROMISED = {"high": 97, "medium": 85}
# The script of a reply tells its language apart as far as an unlabelled corpus can.
SCRIPTS = [
    (0x370, 0x3FF, "Greek"), (0x400, 0x52F, "Cyrillic"), (0x590, 0x8FF, "Hebrew, Arabic"), (0xAC00, 0xD7AF, "Korean"),
    (0x3040, 0x30FF, "Japanese"), (0x3400, 0x9FFF, "Chinese, Japanese"), (0xC0, 0x24F, "Latin with marks"),
]


def script(text):
    for character in filter(str.isalpha, text):
        for first, last, name in SCRIPTS:
            if first <= ord(character) <= last:
                return name
    return "ASCII"


class Tally:
    """How often things of each name are right."""

    def __init__(self):
        self.right, self.all = Counter(), Counter()

    def count(self, name, is_right):
        self.all[name] += 1
        self.right[name] += is_right

    def percent(self, name):
        return 100 * self.right[name] / self.all[name] if self.all[name] else 100

    def text(self, name):
        return f"{self.right[name]}/{self.all[name]} ({self.percent(name):.1f} %)"


class Comparison:
    """Counts agreement, and remembers the misses of one item."""

    def __init__(self, quiet):
        self.quiet = quiet
        self.misses = []
        self.fields, self.categories, self.confidence, self.scripts = Tally(), Tally(), Tally(), Tally()
        # The two harms: a live address given up, and a dead one not noticed.
        self.harms = Tally()

    def compare(self, field, expected, got):
        self.fields.count(field, expected == got)
        if expected != got:
            self.misses.append(f"{field}: expected {expected}, got {got}")

    def compare_explanation(self, label, got):
        """What is the same in a reply and in a recipient of a bounce."""
        category, is_right = label["category"], label["category"] == got["category"]
        self.categories.count(category, is_right)
        self.confidence.count(got["confidence"], is_right)
        self.scripts.count(script(got["text"]), is_right)
        if category not in DEAD:
            self.harms.count("suppressed wrongly", got["suppress"])
        elif got.get("disposition") == "permanent":
            self.harms.count("dead and not noticed", not got["suppress"])
        self.compare("category", category, got["category"])
        for field, answered in ("code", "reply"), ("enhanced", "enhanced"):
            self.compare(field, label.get(field), got.get(answered, {}).get("code"))
        if "disposition" in label:
            self.compare("disposition", label["disposition"], got.get("disposition"))

    def report(self, item, evidence=()):
        if self.misses and not self.quiet:
            print(item)
            for miss in self.misses:
                print(f"    {miss}")
            print("    evidence: " + "; ".join(f"{it['found']} ({it['category']})" for it in evidence))
        self.misses = []

    def summarize(self, title):
        print(title)
        for name in sorted(self.fields.all):
            print(f"  {name}: {self.fields.text(name)}")
        for heading, tally, names in [
            ("by category", self.categories, sorted(self.categories.all)),
            ("by confidence", self.confidence, ["high", "medium", "low"]),
            ("by script", self.scripts, sorted(self.scripts.all)),
        ]:
            print(f"  {heading}:")
            for name in names:
                print(f"    {name}: {tally.text(name)}")
        for harm in "suppressed wrongly", "dead and not noticed":
            print(f"  {harm}: {self.harms.text(harm)}")

    def faults(self, least):
        """What does not hold of what is asked for and promised. A few cases are no measure of a promise."""
        if self.fields.percent("category") < least:
            yield f"the categories agree in less than {least} %"
        for level, promised in PROMISED.items():
            if self.confidence.all[level] >= 50 and self.confidence.percent(level) < promised:
                yield f"{level} is right in {self.confidence.text(level)}, less than {promised} %"
        harm = "suppressed wrongly"
        if self.harms.all[harm] >= 50 and self.harms.percent(harm) > 1:
            yield f"{harm}: {self.harms.text(harm)}"


def compare_replies(service, file, comparison):
    labels = [json.loads(line) for line in file.read_text().splitlines()]
    asked = "".join(json.dumps({"reply": label["input"]}) + "\n" for label in labels)
    answer = service.ask("POST", "/explain", asked, {"Content-Type": "application/x-ndjson"})
    explanations = [json.loads(line) for line in answer.content.splitlines()]
    for number, (label, it) in enumerate(zip(labels, explanations, strict=True)):
        comparison.compare_explanation(label, it)
        if "provider" in label:
            comparison.compare("provider", label["provider"], it.get("provider", {}).get("name"))
        if "blocklists" in label:
            comparison.compare("blocklists", set(label["blocklists"]), {list["name"] for list in it["blocklists"]})
        comparison.compare("retryAfterSeconds", label.get("retryAfterSeconds"), it.get("retryAfterSeconds"))
        if "command" in label:
            comparison.compare("command", label["command"], it.get("command"))
        comparison.report(f"{number + 1}: {json.dumps(label['input'], ensure_ascii=False)}", it["evidence"])
    comparison.summarize(f"{file}: {len(labels)} replies")


def compare_bounces(service, folder, comparison):
    files = sorted(folder.glob("*.eml"))
    for file in files:
        labels = json.loads(file.with_suffix(".json").read_text())["recipients"]
        is_report_alone = file.stem.endswith("-delivery-status")
        content_type = "message/delivery-status" if is_report_alone else "message/rfc822"
        answer = service.ask("POST", "/explain", file.read_bytes(), {"Content-Type": content_type})
        recipients = json.loads(answer.content)["recipients"]
        comparison.compare(
            "recipients", [it.get("recipient") for it in labels], [it.get("recipient") for it in recipients])
        comparison.report(file.name)
        for label, it in zip(labels, recipients):
            comparison.compare_explanation(label, it["explanation"])
            for field in "action", "status":
                comparison.compare(field, label.get(field), it.get(field))
            if "remoteMTA" in label:
                comparison.compare("remoteMTA", label["remoteMTA"], it.get("remoteMTA"))
            title = f"{file.name}: {it.get('recipient', '-')}: {it.get('diagnostic', '-')}"
            comparison.report(title, it["explanation"]["evidence"])
    comparison.summarize(f"{folder}: {len(files)} bounces")


def main(binary, *arguments):
    quiet, least, failed = False, 0, False
    arguments = iter(arguments)
    with Service(binary) as service:
        for argument in arguments:
            if argument == "--quiet":
                quiet = True
            elif argument == "--at-least":
                least = float(next(arguments))
            else:
                comparison, place = Comparison(quiet), Path(argument)
                (compare_replies if place.is_file() else compare_bounces)(service, place, comparison)
                for fault in comparison.faults(least) if least else ():
                    print(f"{place}: {fault}")
                    failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
