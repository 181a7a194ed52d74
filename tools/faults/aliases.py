"""Results in the place of what is read: every array that a call writes, in turn where each
of its other arrays is, with room for both. The call says `LGT_E_ALIAS`, or computes with
what it has written over; it does not read or write elsewhere, nor without end.

    python tools/faults/aliases.py LIBRARY
"""

from __future__ import annotations

import ctypes
import sys
import time
from typing import Any, Iterator

from isolated import CALLS, FUNCTIONS, Case, guard, outcomes, pointers, replay, report

# Blocks have a multiple of so many elements, to begin where every type may.
WORD = 8


def cases(library: replay.Library, line: dict[str, Any]) -> Iterator[Case]:
    given = [(argument, at) for argument, at in pointers(line) if at is not None]
    each = [ctypes.sizeof(replay.Library.allocate(library, x["type"], 1)) for x in line["memory"]]
    for to, (block, offset) in given:
        if to["c"].startswith("const"):
            continue
        written = (line["memory"][block]["n"] - offset) * each[block]
        for _, place in given:
            if place[0] == block:
                continue
            memory = [dict(x) for x in line["memory"]]
            both = memory[place[0]]["n"] - written // -each[place[0]]
            memory[place[0]]["n"] = both - both % -WORD
            yield Case({**line, "memory": memory}, {to["name"]: place})


def main(path: str) -> None:
    started = time.monotonic()
    library = guard.Guarded(path, guard.TABLE)
    answering = [x for x in CALLS if FUNCTIONS[x["function"]]["returns"] == "lgt_status"]
    all_cases = [case for line in answering for case in cases(library, line)]
    made = outcomes(library, all_cases)
    found = [f"{case}: {outcome}" for case, outcome in zip(all_cases, made) if outcome.signal]
    report("results where something is read", all_cases, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
