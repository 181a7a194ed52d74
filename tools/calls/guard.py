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
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
MAP_FAILED = ctypes.c_void_p(-1).value


class Guarded(replay.Library):
    """Its arrays are placed by a function of room, size and the array's number."""

    #: Address and bytes of what each array stands in, guards and all.
    _rooms: list[tuple[int, int]] = []

    def try_with(self, line: dict[str, Any], place: Any) -> bool:
        """Whether the call ends well, in a process of its own."""
        child = os.fork()
        if child == 0:
            self.call(line, self.guarded(line, place))
            os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    def guarded(self, line: dict[str, Any], place: Any) -> list[Any]:
        """The memory of a line, each array between pages that may not be touched. That of
        the line before is given back: a process may have but so many pieces."""
        for room, size in self._rooms:
            libc.munmap(room, size)
        self._place, self._rooms = place, []
        memory = self.memory(line)
        for room, size in self._rooms:
            libc.mprotect(room, PAGE, NO_ACCESS)
            libc.mprotect(room + size - PAGE, PAGE, NO_ACCESS)
        return memory

    def allocate(self, kind: str, n: int) -> Any:
        array = type(super().allocate(kind, n))
        size = ctypes.sizeof(array)
        pages = -(-size // PAGE) or 1
        whole = (pages + 2) * PAGE
        room = libc.mmap(None, whole, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)
        if room == MAP_FAILED:
            raise MemoryError(f"{kind}[{n}]")
        unit = 8 if kind == "bytes" else ctypes.sizeof(array._type_)
        at = self._place(len(self._rooms), room + PAGE, room + whole - PAGE - size, unit)
        self._rooms.append((room, whole))
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
