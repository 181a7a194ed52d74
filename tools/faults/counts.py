"""States of more rows than 32 bits count: merged with themselves again and again, which
doubles all that they have seen. What of a report doubles with the first rows, counts and
weights, doubles up to 2^60 of them, and what stays, means, stays: both to the last bit,
since the sums behind them are exact.

    python tools/faults/counts.py LIBRARY
"""

from __future__ import annotations

import ctypes
import math
import sys
import time
from typing import Any, Iterator

from isolated import CALLS, FUNCTIONS, TABLE, Case, replay, report

# How often a state is doubled before it is seen what each number does, and in all.
FIRST, LAST = 6, 60
# Keeps the rows themselves, as many as it has room for.
KEEPS_ROWS = "lgt_streaming_auroc_finish"


def finishing() -> Iterator[dict[str, Any]]:
    """Calls that make a report of a state that can be merged."""
    for line in CALLS:
        name = line["function"]
        merge = name.replace("_finish", "_merge")
        if name.endswith("_finish") and merge in FUNCTIONS and name != KEEPS_ROWS:
            yield line


def reports(library: replay.Library, line: dict[str, Any]) -> Iterator[list[Any]]:
    """The numbers that finish writes, of the state doubled 0, 1, 2, .. times."""
    merge = library.functions[line["function"].replace("_finish", "_merge")]
    memory = library.memory(line)
    other = library.allocate("bytes", line["memory"][line["args"][0][0]]["n"])
    state, kinds = memory[line["args"][0][0]], [block["type"] for block in line["memory"]]
    given = [replay.value(x, memory) for x in line["args"]]
    names = [x["name"] for x in FUNCTIONS[line["function"]]["args"]]
    written = [at[0] for name, at in zip(names, line["args"])
               if isinstance(at, list) and name not in ("state", "opts")]
    for _ in range(LAST + 1):
        library.functions[line["function"]](*given)
        yield [x for b in written for x in replay.read(memory[b], kinds[b])]
        ctypes.memmove(other, state, len(state))
        if merge(given[0], other) != 0:
            return


def findings(line: dict[str, Any], made: list[list[Any]]) -> Iterator[str]:
    if len(made) <= LAST:
        yield f"{line['function']}: not merged more than {len(made)} times"
        return
    for i in range(len(made[0])):
        values = [numbers[i] for numbers in made]
        for name, law in (("doubles", lambda k: math.ldexp(values[0], k)),
                          ("stays", lambda k: values[0])):
            if values[0] and all(same(values[k], law(k)) for k in range(FIRST)):
                wrong = [k for k, value in enumerate(values) if not same(value, law(k))]
                if wrong:
                    yield f"{line['function']}: number {i} {name} up to 2^{wrong[0] - 1} times"


def same(a: Any, b: Any) -> bool:
    return a == b or a is not None and math.isnan(a) and math.isnan(b)


def main(path: str) -> None:
    started = time.monotonic()
    library = replay.Library(path, TABLE)
    lines = list(finishing())
    made = [list(reports(library, line)) for line in lines]
    found = [x for line, numbers in zip(lines, made) for x in findings(line, numbers)]
    cases = [Case(line, {}) for line, numbers in zip(lines, made) for _ in numbers]
    report("states of 2^60 times the rows", cases, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
