"""Rows 2^32 elements apart: every call of tests/calls.json with strides that no 32 bits
hold, its rows in memory of which only they are touched. The answers have the same bits.

    python tools/faults/strides.py LIBRARY
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import Any

from isolated import CALLS, Case, TABLE, guard, replay, report
from sizes import Arrays, expression

STRIDE = 2**32 + 5
READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE = 3, 0x4022


class Rows:
    """The rows of one array, close together and far apart."""

    def __init__(self, arrays: Arrays, argument: dict[str, Any], near: int) -> None:
        extent, given = argument["extent"], {**arrays.usual, "picked": arrays.usual.get("cols")}
        self.rows, self.cols = (expression(extent[x])(given) for x in ("rows", "cols"))
        self.each = arrays.each[argument["name"]]
        self.near, self.stride = near, given[extent["stride"]]
        length = (STRIDE * (self.rows - 1) + self.cols) * self.each
        self.far = guard.libc.mmap(
            None, length, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0
        )

    def spread(self) -> None:
        for r in range(self.rows):
            self._copy(self.far + r * STRIDE * self.each, self.near + r * self.stride * self.each)

    def gather(self) -> None:
        for r in range(self.rows):
            self._copy(self.near + r * self.stride * self.each, self.far + r * STRIDE * self.each)

    def _copy(self, to: int, of: int) -> None:
        ctypes.memmove(to, of, self.cols * self.each)


def far_apart(library: replay.Library, line: dict[str, Any]) -> bool | None:
    """Whether a call answers the same; None if its rows do not have a stride."""
    arrays = Arrays(library, line)
    strided = [x for x in arrays.arrays if "stride" in x["extent"]]
    usual, memory = library.memory(line), library.memory(line)
    given = {x["name"]: replay.value(y, memory) for x, y in zip(arrays.arguments, line["args"])}
    at: dict[int, Rows] = {}
    try:
        for argument in strided:
            near = given[argument["name"]]
            at.setdefault(near, Rows(arrays, argument, near))
    except KeyError:
        return None
    if not at:
        return None
    function = library.functions[line["function"]]
    expected = function(*(replay.value(x, usual) for x in line["args"]))
    for rows in at.values():
        rows.spread()
    for argument in strided:
        given[argument["name"]] = at[given[argument["name"]]].far
        given[argument["extent"]["stride"]] = STRIDE
    answer = function(*given.values())
    for rows in at.values():
        rows.gather()
    blocks = zip(line["memory"], usual, memory)
    same = (bytes(a) == bytes(b) for block, a, b in blocks if is_compared(library, block))
    return answer == expected and all(same)


def is_compared(library: replay.Library, block: dict[str, Any]) -> bool:
    """Not scratch, nor a struct with addresses."""
    is_scratch = block["type"] == "bytes" and block.get("after", 0) is None
    return not is_scratch and all(c in replay.SCALARS for c in library.scalars(block["type"]))


def outcome(library: replay.Library, line: dict[str, Any]) -> str:
    """In a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit({True: 0, False: 1, None: 2}[far_apart(library, line)])
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {0: "same", 1: "another answer", 2: "no stride"}.get(ended, f"ended by {-ended}")


def main(path: str) -> None:
    started = time.monotonic()
    library = replay.Library(path, TABLE)
    level = library.functions["lgt_cpu_level_name"](library.functions["lgt_cpu_level"]()).decode()
    wanted = os.environ.get("LOGITUDE_LEVEL", level)
    if wanted != level:
        sys.exit(print(f"NOT RUN: rows 2^32 elements apart at {wanted}, which this machine lacks"))
    made = [(line, outcome(library, line)) for line in CALLS]
    tried = [Case(line, {}) for line, how in made if how != "no stride"]
    found = [f"{line['function']}: {how}" for line, how in made if how not in ("same", "no stride")]
    report(f"rows 2^32 elements apart, {level}", tried, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
