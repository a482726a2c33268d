"""Figures as Markdown."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles


@dataclass
class Verdict:
    """Whether a figure keeps to its limit, which is a number in the unit of the figure."""

    what: str
    figure: float
    limit: float
    unit: str
    spread: str = ""

    @property
    def met(self):
        return self.figure <= self.limit


def spread(figures):
    """The middle half of them."""
    if len(figures) < 2:
        return ""
    low, _, high = quantiles(figures, n=4, method="inclusive")
    return f"{low:.2f}–{high:.2f}"


def table(head, rows):
    cells = [[shown(it) for it in row] for row in rows]
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def shown(value):
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"
    return value


def verdicts(rows):
    return table(
        ["what", "figure", "middle half", "at most", "verdict"],
        [(it.what, f"{it.figure:.2f} {it.unit}".rstrip(), it.spread, f"{it.limit:g} {it.unit}".rstrip(),
          "met" if it.met else "**not met**") for it in rows])


def costs(result, ours, others):
    """The cost of each load for each server, and the service's as a multiple of the others'."""
    rows = []
    for load, by_server in result.costs.items():
        row = [load, *(median(by_server[it]) if it in by_server else None for it in (ours, *others))]
        for other in others:
            ratios = result.ratios(load, other) if other in by_server else None
            row.append(f"{median(ratios):.2f} ({spread(ratios)})" if ratios else None)
        rows.append(row)
    return table(["CPU a request, µs", ours, *others, *(f"× {it}" for it in others)], rows)


def machine(cores):
    """What it ran on."""
    cpu = re.search("model name\\s*: (.*)", Path("/proc/cpuinfo").read_text())
    library = subprocess.run(
        ["pkg-config", "--modversion", "libmicrohttpd"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return (f"{cores} cores, {cpu[1] if cpu else os.uname().machine}, "
            f"Linux {os.uname().release.split('-')[0]}, libmicrohttpd {library}")


def busy_seconds():
    """When it is, and the CPU seconds used so far: by the whole machine, and by this process and those it ended."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split()[1:8])
    used = os.times()
    own = used.user + used.system + used.children_user + used.children_system
    return time.monotonic(), (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK"), own


def others(before):
    """Says how much other processes disturbed the measurement since `before`."""
    wall, machine, own = (now - then for now, then in zip(busy_seconds(), before))
    cores = max(0, machine - own) / wall
    return f"Meanwhile other processes kept {cores:.1f} cores busy; from 0.2 on, times on the clock are doubtful."
