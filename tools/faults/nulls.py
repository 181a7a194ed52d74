"""No array where one must be: every pointer of every call in turn is NULL, unless the
documentation says what that means. The call answers `LGT_E_NULL` and changes nothing.

    python tools/faults/nulls.py LIBRARY
"""

from __future__ import annotations

import sys
import time
from typing import Any, Iterator

from isolated import CALLS, FUNCTIONS, STATUS, Case, guard, outcomes, pointers, report


def cases(line: dict[str, Any]) -> Iterator[Case]:
    for argument, given in pointers(line):
        if given is not None and not argument["extent"].get("null"):
            yield Case(line, {argument["name"]: None})


def main(path: str) -> None:
    started = time.monotonic()
    answering = (x for x in CALLS if FUNCTIONS[x["function"]]["returns"] == "lgt_status")
    all_cases = [case for line in answering for case in cases(line)]
    made = outcomes(guard.Guarded(path, guard.TABLE), all_cases)
    found = [
        f"{case}: {outcome}"
        for case, outcome in zip(all_cases, made)
        if not outcome.refused or STATUS[outcome.status] != "LGT_E_NULL"
    ]
    report("NULL for each array", all_cases, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
