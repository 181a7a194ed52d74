"""Functions that write how many bytes something takes, asked of sizes up to the largest
there are, alone and two at once: they never write fewer bytes for more, as a product that
wraps around would be, and once they refuse a size they refuse all larger ones.

    python tools/faults/bytes_needed.py LIBRARY
"""

from __future__ import annotations

import ctypes
import sys
import time
from itertools import permutations
from typing import Any, Iterator

from isolated import CALLS, FUNCTIONS, STATUS, TABLE, Case, replay, report

LARGEST = {"size_t": 2**64 - 1, "uint64_t": 2**64 - 1, "uint32_t": 2**32 - 1}
ALONG = sorted({2**power + more for power in range(65) for more in (-1, 0, 1)} - {0})
BESIDE = [2**power for power in (1, 16, 31, 32, 33, 48, 61, 63)]
# Takes less again where an exact p-value is given up, and with it its table.
MAY_FALL = {"lgt_mann_whitney_scratch"}


def sequences(line: dict[str, Any]) -> Iterator[list[Case]]:
    """One size growing, alone and beside another large one."""
    sizes = {x["name"]: LARGEST[x["c"]] for x in FUNCTIONS[line["function"]]["args"]
             if x["role"] in ("size", "value") and x["c"] in LARGEST}
    for name, most in sizes.items():
        yield [Case(line, {name: value}) for value in ALONG if value <= most]
    for name, other in permutations(sizes, 2):
        for beside in (value for value in BESIDE if value <= sizes[other]):
            along = [value for value in ALONG if value <= sizes[name]]
            yield [Case(line, {name: value, other: beside}) for value in along]


def findings(library: replay.Library, sequence: list[Case]) -> Iterator[str]:
    line = sequence[0].line
    memory = library.memory(line)
    names = [x["name"] for x in FUNCTIONS[line["function"]]["args"]]
    written = memory[line["args"][names.index("bytes")][0]]
    refused, last = False, 0
    for case in sequence:
        ctypes.memset(written, 0, ctypes.sizeof(written))
        given = [replay.value(argument, memory) for argument in case.given()]
        status = STATUS[library.functions[case.function](*given)]
        bytes_needed = written[0].f0
        if status == "LGT_OK":
            if refused or bytes_needed < last or bytes_needed > 2**63 - 1:
                yield f"{case}: {bytes_needed} bytes after {'a refusal' if refused else last}"
            last = 0 if case.function in MAY_FALL else bytes_needed
        elif bytes_needed:
            yield f"{case}: {status}, but written"
        refused = refused or status == "LGT_E_SIZE"


def main(path: str) -> None:
    started = time.monotonic()
    library = replay.Library(path, TABLE)
    asking = (line for line in CALLS
              if any(x["name"] == "bytes" for x in FUNCTIONS[line["function"]]["args"]))
    all_sequences = [sequence for line in asking for sequence in sequences(line)]
    found = [finding for sequence in all_sequences for finding in findings(library, sequence)]
    cases = [case for sequence in all_sequences for case in sequence]
    report("sizes of scratch and states that overflow", cases, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
