"""Writes docs/proof.md from what the parts left in build/proof."""

from __future__ import annotations

import json
import platform
import subprocess
from pathlib import Path

from parts import PARTS, Part

HEAD = """\
# Proof

What was run against the library, and what it saw. `make proof` runs all of it and writes this
page; the command of a part runs that part. `make proof-selftest` plants faults in a copy and
shows that the check for each fails.
"""


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def number(value: object) -> str:
    """As a reader wants it: thousands apart, floats short."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value).replace("|", "\\|")
    return f"{value:,}" if isinstance(value, int) else f"{value:.3g}"


def table(rows: list[dict]) -> str:
    """Columns in the order in which they first come."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    numeric = [all(isinstance(row.get(c, 0), (int, float)) for row in rows) for c in columns]
    lines = ["| " + " | ".join(c.replace("_", " ") for c in columns) + " |",
             "|" + "|".join(" ---: " if n else " --- " for n in numeric) + "|"]
    lines += ["| " + " | ".join(number(row.get(c, "")) for c in columns) + " |" for row in rows]
    return "\n".join(lines)


def spread(rows: list[dict], over: str, value: str) -> list[dict]:
    """One row for those that differ in `over` alone, with a column of `value` for each."""
    merged: dict[tuple, dict] = {}
    names = list(dict.fromkeys(row[over] for row in rows))
    for row in rows:
        rest = {c: v for c, v in row.items() if c not in (over, value, "inputs", "histogram")}
        out = merged.setdefault(tuple(rest.values()), {**rest, "inputs": 0} | dict.fromkeys(names, ""))
        out[row[over]] = row[value]
        out["inputs"] += row.get("inputs", 0)
    return list(merged.values())


def tables(part: Part, rows: list[dict]) -> list[str]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        row = dict(row)
        found.setdefault(row.pop("table"), []).append(row)
    for name, of in found.items():
        if name in part.pivot:
            found[name] = spread(of, *part.pivot[name])
    return [table(of) for of in found.values()]


def section(part: Part, done: dict) -> str:
    words = [f"## {part.heading}", f"{part.shows} `{part.command}`."]
    missing = [f"- Not run: {what}." for what in done["left_out"]]
    return "\n\n".join(words + tables(part, done["rows"]) + ["\n".join(missing)] * bool(missing))


def bugs() -> str:
    """Commits that say so: `Bug: ` begins the subject of each that mends one."""
    log = said("git", "log", "--reverse", "--format=| %h | %s |", "--grep", "^Bug: ")
    lines = [line.replace("| Bug: ", "| ", 1) for line in log.splitlines() if "| Bug: " in line]
    return "\n".join(["## What it found", "", "Each with the commit that mended it.", "",
                      "| commit | what was wrong |", "| --- | --- |", *lines])


def summary(done: dict[str, dict], seconds: int) -> str:
    rows = [{"part": part.heading, "passed": "yes" if done[part.name]["passed"] else "NO",
             "seconds": done[part.name]["seconds"], "date": done[part.name]["date"],
             "commit": done[part.name]["commit"]} if part.name in done else
            {"part": part.heading, "passed": "not run"} for part in PARTS]
    machine = f"{processor()}; {said('rustc', '--version')}; {platform.system()} {platform.release()}."
    whole = f"In one run, after the library was built, two parts at a time: {seconds:,} s."
    return "\n\n".join([machine, table(rows)] + [whole] * (seconds > 0))


def write(folder: Path, target: Path, seconds: int = 0) -> None:
    """`seconds` is what the run took, if all of it is of one."""
    done = {p["part"]: p for p in (json.loads(f.read_text()) for f in folder.glob("*.json"))}
    sections = [section(part, done[part.name]) for part in PARTS if part.name in done]
    target.write_text("\n\n".join([HEAD.rstrip(), summary(done, seconds), *sections, bugs()]) + "\n")
