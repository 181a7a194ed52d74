"""Calls of tests/calls.json with some arguments changed, between guard pages and in a
process of their own, so that one that ends the process is a finding and not the end.

Linux only, for the guard pages of tools/calls/guard.py.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools/calls"), str(ROOT / "bindings/python/tests")]

import guard  # noqa: E402
import replay  # noqa: E402

TABLE: dict[str, Any] = guard.TABLE
CALLS: list[dict[str, Any]] = guard.CALLS
FUNCTIONS = {entry["name"]: entry for entry in TABLE["functions"]}
STATUS = {x["value"]: x["name"] for x in TABLE["enums"][0]["values"]}
# What a case may take before it counts as hung.
SECONDS = 10


@dataclass(frozen=True)
class Case:
    """A call, and what is given in place of some of its arguments, by their names."""

    line: dict[str, Any]
    changed: dict[str, Any]

    @property
    def function(self) -> str:
        return self.line["function"]

    def given(self) -> list[Any]:
        names = [argument["name"] for argument in FUNCTIONS[self.function]["args"]]
        return [self.changed.get(name, old) for name, old in zip(names, self.line["args"])]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(f'{k}={v}' for k, v in self.changed.items())})"


@dataclass(frozen=True)
class Outcome:
    """How a case went: a status with whether memory changed, or the signal that ended it."""

    status: int | None
    touched: bool
    signal: int = 0

    @property
    def refused(self) -> bool:
        return self.signal == 0 and self.status is not None and self.status < 0 and not self.touched

    def __str__(self) -> str:
        if self.signal:
            return signal.Signals(self.signal).name
        touched = ", memory changed" if self.touched else ""
        return STATUS.get(self.status, str(self.status)) + touched


def outcomes(library: guard.Guarded, cases: list[Case]) -> list[Outcome]:
    """Makes the calls, going on in a new process after one that ended its own."""
    found: list[Outcome] = []
    while len(found) < len(cases):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _make(library, cases[len(found) :], writer)
            os._exit(0)
        os.close(writer)
        with open(reader, encoding="ascii") as lines:
            for line in lines:
                status, touched = line.split()
                found.append(Outcome(int(status), touched == "1"))
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended < 0:
            found.append(Outcome(None, False, -ended))
        elif ended > 0:
            sys.exit("the calls could not be made")
    return found


def _make(library: guard.Guarded, cases: list[Case], writer: int) -> None:
    """One line for each case, written before the next begins."""
    line, memory, before = None, [], []
    for case in cases:
        if case.line is not line:
            line, memory = case.line, library.guarded(case.line, guard.at_end)
            before = [bytes(block) for block in memory]
        given = [replay.value(argument, memory) for argument in case.given()]
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        status = library.functions[case.function](*given)
        signal.setitimer(signal.ITIMER_REAL, 0)
        touched = [bytes(block) for block in memory] != before
        os.write(writer, f"{status} {int(touched)}\n".encode())
        for block, was in zip(memory, before) if touched else ():
            ctypes.memmove(block, was, len(was))


def pointers(line: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """The pointers among the arguments of a call, each with what it is given."""
    for argument, given in zip(FUNCTIONS[line["function"]]["args"], line["args"]):
        if "extent" in argument:
            yield argument, given


def report(fault: str, cases: list[Case], found: list[str], started: float) -> None:
    """The line for docs/proof.md, and a bad end if something was found."""
    for finding in found:
        print("FOUND", finding)
    line = {
        "table": "faults",
        "fault": fault,
        "functions": len({case.function for case in cases}),
        "cases": len(cases),
        "findings": len(found),
        "seconds": round(time.monotonic() - started, 1),
    }
    print("proof", json.dumps(line))
    sys.exit(bool(found))
