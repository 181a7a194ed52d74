"""Tries extents.py: every call of tests/calls.json with its arrays right behind a page that
may not be touched, and right before one.

    python tools/calls/guard.py LIBRARY

Prints what touches it. Then each array stands with its last number in that page: printed
is what does not miss it, being room for more than this call has, or a state's bytes that
this call does not look at. Linux only.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

import replay  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
CALLS = json.loads((ROOT / "tests/calls.json").read_text(encoding="utf-8"))
PAGE = os.sysconf("SC_PAGE_SIZE")
NO_ACCESS, READ_WRITE, PRIVATE_ANONYMOUS = 0, 3, 0x22

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


class Guarded(replay.Library):
    """Its arrays are placed by a function of room, size and the array's number."""

    def try_with(self, line: dict[str, Any], place: Any) -> bool:
        """Whether the call ends well, in a process of its own."""
        child = os.fork()
        if child == 0:
            self.call(line, self.guarded(line, place))
            os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    def guarded(self, line: dict[str, Any], place: Any) -> list[Any]:
        """The memory of a line, each array between pages that may not be touched."""
        self._place, self._count, self._guards = place, 0, []
        memory = self.memory(line)
        for page in self._guards:
            libc.mprotect(page, PAGE, NO_ACCESS)
        return memory

    def allocate(self, kind: str, n: int) -> Any:
        array = type(super().allocate(kind, n))
        size = ctypes.sizeof(array)
        pages = -(-size // PAGE) or 1
        front = libc.mmap(None, (pages + 2) * PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)
        behind = front + (pages + 1) * PAGE
        self._guards += [front, behind]
        unit = 8 if kind == "bytes" else ctypes.sizeof(array._type_)
        at = self._place(self._count, front + PAGE, behind - size, unit)
        self._count += 1
        return array.from_address(at)


def at_front(number: int, first: int, last: int, unit: int) -> int:
    return first


def at_end(number: int, first: int, last: int, unit: int) -> int:
    return last


def cut(which: int) -> Any:
    """One array a number too far."""
    return lambda number, first, last, unit: last + unit if number == which else last


def main(path: str) -> None:
    library = Guarded(path, TABLE)
    arguments = {entry["name"]: entry["args"] for entry in TABLE["functions"]}
    for line in CALLS:
        if not all(library.try_with(line, place) for place in (at_front, at_end)):
            print("too short:", line["function"])
    for line in CALLS:
        for argument, given in zip(arguments[line["function"]], line["args"]):
            is_array = isinstance(given, list) and argument["name"] != "scratch"
            if is_array and library.try_with(line, cut(given[0])):
                print("not missed:", line["function"], argument["name"])


if __name__ == "__main__":
    main(sys.argv[1])
