"""    PYTHONPATH=tools python -m parity LIBRARY [--quick] [--functions=PART,..]

Calls are made in a process of their own, which says before each what it is about to do: a
fault is that call's, and the next function goes on in a new process. Linux only."""

from __future__ import annotations

import json
import mmap
import os
import pickle
import signal
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

from .case import Library  # noqa: E402
from .checks import QUICK, Checker, Plan, Report  # noqa: E402
from .compare import BUCKETS, Tally  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
CALLS = json.loads((ROOT / "tests/calls.json").read_text(encoding="utf-8"))
PATIENCE = 60  # Seconds for one function.


def reports(library: Library, lines: list[dict[str, Any]], plan: Plan) -> Any:
    """Of every line, whatever becomes of the processes."""
    note, done = mmap.mmap(-1, 4096), 0
    while done < len(lines):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            work(library, lines[done:], plan, note, os.fdopen(write, "wb"))
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


def work(library: Library, lines: list[dict[str, Any]], plan: Plan, note: mmap.mmap, answers: Any) -> None:
    """The process that makes calls."""

    def say(text: str) -> None:
        note[:] = text.encode()[:4096].ljust(4096, b"\0")

    checker = Checker(library, CALLS, plan, say)
    for line in lines:
        signal.alarm(PATIENCE)
        pickle.dump(checker.check(line), answers)
        answers.flush()
    os._exit(0)


def histogram(tally: Tally) -> str:
    names = ["0", *(f"<={bucket}" for bucket in BUCKETS[1:]), f">{BUCKETS[-1]}"]
    return " ".join(f"{name}: {count}" for name, count in zip(names, tally.counts) if count)


def main(arguments: list[str]) -> int:
    path = next(a for a in arguments if not a.startswith("--"))
    parts = next((a.split("=")[1].split(",") for a in arguments if a.startswith("--functions=")), [""])
    plan = QUICK if "--quick" in arguments else Plan()
    lines = [line for line in CALLS if any(part in line["function"] for part in parts)]
    library, start = Library(path, TABLE), time.process_time()
    found: list[Report] = []
    for report in reports(library, lines, plan):
        found.append(report)
        for failure in report.failures[:8]:
            print("FAILED", failure, flush=True)
        if len(report.failures) > 8:
            print("FAILED", report.name, len(report.failures) - 8, "more", flush=True)
    show(found)
    return any(report.failures for report in found)


def show(found: list[Report]) -> None:
    families = {report.family: [r for r in found if r.family == report.family] for report in found}
    for family, those in families.items():
        for level in those[0].tallies:
            tally = Tally()
            for report in those:
                tally.merge(report.tallies.get(level, Tally()))
            row = {"table": "sweep", "family": family, "functions": len({r.name for r in those}), "level": level, "inputs": tally.inputs, "max_ulp": round(tally.worst, 2), "histogram": histogram(tally)}
            print("proof", json.dumps(row))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
