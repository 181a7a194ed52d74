"""Room that is not enough: scratch, and room for states and models, of every size below the
one that is needed; scratch at every wrong alignment; and none. The call says so and changes
nothing. What is lent ends at a guard page, so that a call that takes it has made do with it.

    python tools/faults/scratch.py LIBRARY
"""

from __future__ import annotations

import sys
import time
from typing import Any, Iterator

from isolated import CALLS, FUNCTIONS, Case, Outcome, STATUS, guard, outcomes, report

# Scratch begins at a multiple of this.
WORD = 8
# Smaller sizes that are tried of large room: all of the last, and one in so many.
LAST, EACH = 64, 41


def rooms(function: str) -> Iterator[tuple[str, str]]:
    """Pointer and size of each room of bytes that the caller lends."""
    for argument in FUNCTIONS[function]["args"]:
        extent = argument.get("extent", {})
        if extent.get("kind") == "bytes" and not argument["c"].startswith("const"):
            yield argument["name"], extent["size"]


def sizes(most: int) -> Iterator[int]:
    return (size for size in range(most + 1) if size % EACH == 0 or most - size <= LAST)


def cases(line: dict[str, Any]) -> Iterator[tuple[Case, set[str]]]:
    """What is given, and with which statuses it may be refused: with none if it is enough."""
    names = [argument["name"] for argument in FUNCTIONS[line["function"]]["args"]]
    given = dict(zip(names, line["args"]))
    for room, size in rooms(line["function"]):
        most, pointer = given[size], given[room]
        if not pointer or not most:
            continue
        block, offset = pointer
        small = {"LGT_E_SCRATCH"} if room == "scratch" else {"LGT_E_SIZE", "LGT_E_STATE"}
        yield Case(line, {room: None}), {"LGT_E_NULL"}
        wider = {**line, "memory": [dict(x) for x in line["memory"]]}
        wider["memory"][block]["n"] += WORD
        for off in range(1, WORD):
            yield Case(wider, {room: [block, offset + off]}), small
        for less in sizes(most):
            lent = [block, offset + (most - less) // WORD * WORD]
            yield Case(line, {room: lent, size: less}), small if less < most else set()


def findings(pairs: list[tuple[Case, set[str]]], made: list[Outcome]) -> Iterator[str]:
    """What is neither refused nor, from some size on, as with all the room."""
    enough = False
    for (case, right), outcome in zip(pairs, made):
        sized = len(case.changed) == 2
        if sized and outcome.signal == 0 and outcome.status == case.line["returns"]:
            enough = True
            continue
        if enough and sized or not outcome.refused or STATUS[outcome.status] not in right:
            yield f"{case}: {outcome}"
        enough = enough and sized


def main(path: str) -> None:
    started = time.monotonic()
    pairs = [pair for line in CALLS for pair in cases(line)]
    made = outcomes(guard.Guarded(path, guard.TABLE), [case for case, _ in pairs])
    found = list(findings(pairs, made))
    report("room too small, misaligned, none", [case for case, _ in pairs], found, started)


if __name__ == "__main__":
    main(sys.argv[1])
