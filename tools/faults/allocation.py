"""That the library never asks for memory: a call of every function, with malloc, calloc,
realloc, free, mmap, munmap, brk and their like looking at who calls them. There is no
allocation that could fail, so none whose failure is to be tried; what the library needs is
lent to it, and scratch.py lends too little.

    python tools/faults/allocation.py LIBRARY

starts itself again with allocation.c, compiled, before the C library. glibc only.
"""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from isolated import CALLS, TABLE, Case, replay, report

SOURCE = Path(__file__).with_suffix(".c")


def code_of(part: str) -> tuple[int, int]:
    """From where to where the code of a library lies in this process."""
    real = os.path.realpath(part)
    for line in Path("/proc/self/maps").read_text(encoding="ascii").splitlines():
        addresses, permissions, *_, name = line.split()
        if name == real and "x" in permissions:
            start, end = (int(address, 16) for address in addresses.split("-"))
            return start, end
    sys.exit(f"no code of {part}")


def main(path: str) -> None:
    started = time.monotonic()
    hooks = ctypes.CDLL(None)
    count = hooks.count_calls_from
    count.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
    count.restype = ctypes.c_long
    count(*code_of(os.environ["LD_PRELOAD"]))
    hooks.ask()
    if count(0, 0) != 3:
        sys.exit("the hooks do not count")
    library = replay.Library(path, TABLE)
    range_of_code = code_of(path)
    found = []
    for line in CALLS:
        memory = library.memory(line)
        count(*range_of_code)
        library.call(line, memory)
        asked = count(0, 0)
        if asked:
            found.append(f"{line['function']} asked for memory, {asked} times")
    report("memory asked for", [Case(line, {}) for line in CALLS], found, started)


def with_hooks() -> None:
    if platform.libc_ver()[0] != "glibc":
        sys.exit(print("NOT RUN: hooks before another C library than glibc"))
    with tempfile.TemporaryDirectory() as folder:
        hooks = f"{folder}/allocation.so"
        compiler = [os.environ.get("CC", "cc"), "-O1", "-fno-builtin", "-shared", "-fPIC"]
        subprocess.run([*compiler, "-o", hooks, SOURCE, "-ldl"], check=True)
        environment = {**os.environ, "LD_PRELOAD": hooks}
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=environment).returncode)


if __name__ == "__main__":
    if "allocation.so" in os.environ.get("LD_PRELOAD", ""):
        main(sys.argv[1])
    else:
        with_hooks()
