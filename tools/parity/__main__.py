"""    PYTHONPATH=tools python -m parity LIBRARY [--quick] [--functions=PART,..] [--planted]

Calls are made in a process of their own, which says before each what it is about to do: a
fault is that call's, and the next function goes on in a new process. Linux only."""

from __future__ import annotations

import json
import mmap
import os
import pickle
import resource
import signal
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

from .case import Library  # noqa: E402
from .checks import LEVELS, QUICK, Checker, Plan, Report  # noqa: E402
from .compare import BUCKETS, Tally  # noqa: E402
from .planted import PLANTS, Plant  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
CALLS = json.loads((ROOT / "tests/calls.json").read_text(encoding="utf-8"))
Line = dict[str, Any]
PATIENCE = 60  # Seconds of processor for one function.


def reports(library: Library, lines: list[Line], plan: Plan, plant: Plant | None = None) -> Any:
    """Of every line, whatever becomes of the processes."""
    note, done = mmap.mmap(-1, 4096), 0

    def say(text: str) -> None:
        note[:] = text.encode()[:4096].ljust(4096, b"\0")

    checker = Checker(library, CALLS, plan, say)
    checker.arena.plant = plant
    while done < len(lines):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            work(checker, lines[done:], os.fdopen(write, "wb"))
        os.close(write)
        with os.fdopen(read, "rb") as answers:
            while True:
                try:
                    yield pickle.load(answers)
                    done += 1
                except EOFError:
                    break
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            entry = library.entries[lines[done]["function"]]
            said = note[:].rstrip(b"\0").decode()
            reason = signal.Signals(-status).name if status < 0 else f"exit {status}"
            yield Report(entry["name"], entry["family"], failures=[f"{said} ({reason})"])
            done += 1


def work(checker: Checker, lines: list[Line], answers: Any) -> None:
    """The process that makes calls."""
    for line in lines:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        pickle.dump(checker.check(line), answers)
        answers.flush()
    os._exit(0)


def planted(library: Library) -> int:
    """Whether each planted fault is found."""
    lines, missed = [line for line in CALLS if line["function"] == "lgt_cross_entropy_f32"], 0
    for plant, said in PLANTS.items():
        found = [f for report in reports(library, lines, QUICK, plant) for f in report.failures]
        hit = any(said in failure for failure in found)
        missed += not hit
        line_of("sweep planted", fault=plant.__name__, found=hit)
    return missed


def histogram(tally: Tally) -> str:
    names = ["0", *(f"<={bucket}" for bucket in BUCKETS[1:]), f">{BUCKETS[-1]}"]
    return " ".join(f"{name}: {count}" for name, count in zip(names, tally.counts) if count)


def main(arguments: list[str]) -> int:
    path = next(a for a in arguments if not a.startswith("--"))
    chosen = next((a.split("=")[1] for a in arguments if a.startswith("--functions=")), "")
    parts = chosen.split(",")
    plan = QUICK if "--quick" in arguments else Plan()
    lines = [line for line in CALLS if any(part in line["function"] for part in parts)]
    library = Library(path, TABLE)
    if "--planted" in arguments:
        return planted(library)
    found: list[Report] = []
    for report in reports(library, lines, plan):
        found.append(report)
        for failure in report.failures[:8]:
            print("FAILED", failure, flush=True)
        if len(report.failures) > 8:
            print("FAILED", report.name, len(report.failures) - 8, "more", flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    show(found, used.ru_utime + used.ru_stime)
    return any(report.failures for report in found)


def show(found: list[Report], seconds: float) -> None:
    """A line for each family and level, but one a level for all whose levels never differ."""
    alike: list[Report] = []
    for family in dict.fromkeys(report.family for report in found):
        those = [report for report in found if report.family == family]
        tallies = {level: total(those, level) for level in those[0].tallies}
        if any(tally.worst for tally in tallies.values()):
            for level, tally in tallies.items():
                line_of("sweep", **row(family, those, level, tally))
        else:
            alike += those
    levels = list(dict.fromkeys(level for report in found for level in report.tallies))
    for level in LEVELS.values():
        if level not in levels:
            print(f"NOT RUN: {level}, which this machine lacks")
    families = len({report.family for report in alike})
    if alike:
        name = f"{families} more, whose results nowhere differ"
        for level in levels:
            line_of("sweep", **row(name, alike, level, total(alike, level)))
    line_of(
        "sweep totals",
        functions=len({report.name for report in found}),
        levels=", ".join(levels),
        inputs=sum(total(found, level).inputs for level in levels),
        answered=sum(report.answered for report in found),
        calls=sum(report.calls for report in found),
        failures=sum(len(report.failures) for report in found),
        seconds=round(seconds),
    )


def total(reports: list[Report], level: str) -> Tally:
    tally = Tally()
    for report in reports:
        tally.merge(report.tallies.get(level, Tally()))
    return tally


def row(family: str, reports: list[Report], level: str, tally: Tally) -> dict[str, Any]:
    return {
        "family": family,
        "functions": len({report.name for report in reports}),
        "level": level,
        "inputs": tally.inputs,
        "max_ulp": round(tally.worst, 2),
        "histogram": histogram(tally),
    }


def line_of(table: str, **columns: Any) -> None:
    print("proof", json.dumps({"table": table, **columns}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
