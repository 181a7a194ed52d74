"""Arrays that no address space could hold: for every function, sizes that make one of its
arrays longer than PTRDIFF_MAX bytes, also where the product of rows, stride and bytes of a
number wraps around to something small. The call says so and changes nothing; since what
arrays there are stand between guard pages, it has not looked beyond them either.

Then functions that write how many bytes something takes: never fewer than for less.

    python tools/faults/sizes.py LIBRARY
"""

from __future__ import annotations

import ctypes
import re
import sys
import time
from functools import lru_cache
from itertools import combinations
from typing import Any, Callable, Iterator

from isolated import CALLS, FUNCTIONS, TABLE, Case, guard, outcomes, replay, report

MOST = 2**63 - 1
LARGEST = {"size_t": 2**64 - 1, "uint64_t": 2**64 - 1, "uint32_t": 2**32 - 1}
# Alone: around where 1, 2, 4, 8, .. bytes of so many leave 63 or 64 bits. Two at once: where
# the product of both does.
ALONE = [2**power + more for power in range(56, 65) for more in (-1, 0, 1)]
TOGETHER = [2**31 + 1, 2**32, 2**33, 2**61, 2**63]
LABEL_BYTES = {x["value"]: int(x["name"].lstrip("LGT_IU")) // 8 for x in TABLE["constants"]
               if re.fullmatch("LGT_[IU](8|16|32|64)", x["name"])}
# Where a softmax has no soft cap, its gradient does not look at the scores.
UNREAD = {"lgt_softmax_grad": "x", "lgt_log_softmax_grad": "x"}


@lru_cache(None)
def expression(text: str) -> Callable[[dict[str, Any]], Any]:
    """An expression of api.json as a function of the arguments."""
    text = re.sub(r"(.+) \? (.+) : (.+)", r"(\2 if \1 else \3)", text).replace(" / ", " // ")
    return eval(f"lambda known: {re.sub('[a-z][a-z_.]*', _name, text)}")


def _name(found: re.Match[str]) -> str:
    word = found.group()
    return word if word in ("if", "else") else f"known[{word!r}]"


class Arrays:
    """The arrays of a call, as the `extent` of api.json says."""

    def __init__(self, library: replay.Library, line: dict[str, Any]) -> None:
        entry = FUNCTIONS[line["function"]]
        self.arguments = entry["args"]
        self.usual = dict(zip((x["name"] for x in self.arguments), line["args"]))
        short = line["function"].removesuffix(f"_{entry['dtype']}")
        self.arrays = [x for x in self.arguments if self._counts(x, UNREAD.get(short))]
        self.each = {x["name"]: self._bytes(library, x) for x in self.arrays}
        self.lent = {x["name"]: self._length(x, self.usual) for x in self.arrays}

    def _counts(self, argument: dict[str, Any], unread: str | None) -> bool:
        """Given, and as long as arguments say; room for results may be more than enough."""
        extent = argument.get("extent", {})
        room = argument["role"] == "out" and extent.get("count") == "count"
        given = self.usual[argument["name"]] is not None and argument["name"] != unread
        return given and not room and extent.get("kind") in ("array", "rows")

    def _bytes(self, library: replay.Library, argument: dict[str, Any]) -> int:
        if "element" in argument["extent"]:
            return LABEL_BYTES[self.usual[argument["extent"]["element"]]]
        kind = argument["c"].removeprefix("const ").removesuffix(" *")
        return ctypes.sizeof(replay.Library.allocate(library, kind, 1))

    def sizes(self) -> list[str]:
        """The arguments that lengths are made of."""
        texts = [text for x in self.arrays for text in map(str, x["extent"].values())]
        words = {word for text in texts for word in re.findall("[a-z_]+", text)}
        return [x["name"] for x in self.arguments if x["name"] in words and x["c"] == "size_t"]

    def strides(self) -> list[str]:
        return [x["extent"]["stride"] for x in self.arrays if "stride" in x["extent"]]

    def _length(self, argument: dict[str, Any], given: dict[str, Any]) -> int:
        """In bytes; 0 where it depends on what stands in memory."""
        extent = argument["extent"]
        try:
            if extent["kind"] == "array":
                return self.each[argument["name"]] * expression(extent["count"])(given)
            rows, cols = (expression(extent[name])(given) for name in ("rows", "cols"))
        except KeyError:
            return 0
        values = (rows - 1) * given[extent["stride"]] + cols if rows and cols else 0
        return self.each[argument["name"]] * values

    def is_case(self, given: dict[str, Any]) -> bool:
        """Whether an array cannot be, while what is said of all others is true."""
        lengths = {x["name"]: self._length(x, given) for x in self.arrays}
        impossible = {name for name, length in lengths.items() if length > MOST}
        return bool(impossible) and all(
            name in impossible or length <= self.lent[name] for name, length in lengths.items()
        )


def cases(library: replay.Library, line: dict[str, Any]) -> Iterator[Case]:
    """One size after the other, and two at once; with strides as they are, and as large."""
    arrays = Arrays(library, line)
    sizes = arrays.sizes()
    changes = [{name: value} for name in sizes for value in ALONE if value < 2**64]
    for a, b in combinations(sizes, 2):
        changes += [{a: x, b: y} for x in TOGETHER for y in TOGETHER]
    for change in changes:
        wide = dict.fromkeys(arrays.strides(), max(change.values())) | change
        for changed in (change, wide) if wide != change else (change,):
            if arrays.is_case(arrays.usual | changed):
                yield Case(line, changed)


def main(path: str) -> None:
    started = time.monotonic()
    library = guard.Guarded(path, TABLE)
    all_cases = [case for line in CALLS for case in cases(library, line)]
    made = outcomes(library, all_cases)
    found = [f"{case}: {x}" for case, x in zip(all_cases, made) if not x.refused]
    report("arrays of more than PTRDIFF_MAX bytes", all_cases, found, started)


if __name__ == "__main__":
    main(sys.argv[1])
