"""Makes tests/calls.json: one call of every function of api.json, with ordinary input and
what it answers at the portable level. tests/calls.md says how the file is to be read.

    python tools/calls/make.py LIBRARY

Arrays are exactly as long as extents.py says. States and models come from the functions
that make them: a family's `init` leaves one that its `update` adds to, and what that
leaves is merged, finished and applied.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

import extents  # noqa: E402
import inputs  # noqa: E402
import replay  # noqa: E402
from lines import Line, owner  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
PORTABLE = 0
# What depends on the machine: that they answer is all there is to see.
LOCAL = {"lgt_build_info", "lgt_cpu_level"}
# Verbs that leave a state as others do not want it.
ASIDE = {"merge", "reset", "add_to"}


class Maker:
    def __init__(self, library: replay.Library) -> None:
        self.library = library
        self.entries = {entry["name"]: entry for entry in TABLE["functions"]}
        self._fresh: dict[str, list[Any]] = {}  # what `init` left
        self._used: dict[str, list[Any]] = {}  # what others made of it

    def known(self, family: str, fresh: bool) -> list[Any]:
        """A state or model of this family; LookupError if none was made yet."""
        first, second = (self._fresh, self._used) if fresh else (self._used, self._fresh)
        return first[family] if family in first else second[family]

    def options(self, family: str, kind: str) -> list[Any]:
        """The defaults of these options, but for what inputs.py says."""
        name = next(n for n, e in self.entries.items() if n.endswith("_default") and e["args"][0]["c"] == f"{kind} *")
        call = {"function": name, "args": [[0, 0]], "memory": [{"type": kind, "n": 1}]}
        found = written(self.library.call(call)[1][0], kind)
        if family in inputs.DEFAULTS:
            return found
        fields = [field["name"] for field in self.library.structs[kind]]
        for field, number in inputs.OPTS.get(kind, {}).items():
            found[fields.index(field)] = number
        return found

    def answered(self, name: str) -> dict[str, Any]:
        """The call of a function with its answer; states and models are remembered."""
        entry, line = self.entries[name], Line(self, self.entries[name]).made()
        answer, rooms = self.library.call(line)
        for block, room in zip(line["memory"], rooms):
            after = written(room, block["type"])
            if after != block.get("before", written(self.library.allocate(block["type"], block["n"]), block["type"])):
                block["after"] = after
        if entry["returns"] != "void" and name not in LOCAL:
            line["returns"] = plain(answer, entry["returns"])
        for argument, given in zip(entry["args"], line["args"]):
            if argument["name"] == "scratch":
                line["memory"][given[0]]["after"] = None
            elif argument["name"] in extents.HEADED and "const" not in argument["c"]:
                self._keep(entry, argument["name"], line["memory"][given[0]])
        return line

    def _keep(self, entry: dict[str, Any], name: str, block: dict[str, Any]) -> None:
        if entry["verb"] not in ASIDE and entry["dtype"] in (None, "f64"):
            kept = self._fresh if entry["verb"] in ("init", "set") else self._used
            kept[owner(entry, name)] = block.get("after") or block["before"]
        if entry["name"] == "lgt_temperature_search_state" and name == "state":
            self._answer_search()

    def _answer_search(self) -> None:
        """What the search asked for is found of the data."""
        line = Line(self, self.entries["lgt_temperature_loss_update_f64"]).made()
        state = line["memory"][line["args"][0][0]]
        state.update(n=len(replay.unpacked(self._used["asked"])), before=self._used["asked"])
        _, rooms = self.library.call(line)
        self._used["asked"] = written(rooms[line["args"][0][0]], "bytes")

    def all(self) -> list[dict[str, Any]]:
        """Every function, in the order of the table. Those that need what a later one makes
        wait for it."""
        names = sorted(self.entries, key=lambda n: self.entries[n]["dtype"] not in (None, "f64"))
        made: dict[str, Any] = {}
        while names:
            waiting = []
            for name in names:
                try:
                    made[name] = self.answered(name)
                except KeyError:
                    waiting.append(name)
            if len(waiting) == len(names):
                raise SystemExit(f"Nothing to begin with: {', '.join(waiting)}")
            names = waiting
        return [made[name] for name in self.entries]


def plain(number: Any, c: str) -> Any:
    """A number as JSON and every language can hold it."""
    if isinstance(number, int) and abs(number) >= 2**53:
        return str(number)
    if not isinstance(number, float):
        return number
    if number != number:
        return "NaN"
    if abs(number) == float("inf"):
        return "Infinity" if number > 0 else "-Infinity"
    if c != "float":
        return number
    tries = (float(f"{number:.{digits}g}") for digits in range(1, 10))
    return next(x for x in tries if struct.unpack("f", struct.pack("f", x))[0] == number)


def written(room: Any, kind: str) -> list[Any]:
    """A block as it stands in the file."""
    if kind == "bytes":
        return packed(bytes(room))
    scalars = LIBRARY.scalars(kind) * len(room)
    return [plain(x, c) for x, c in zip(replay.read(room, kind), scalars)]


def packed(data: bytes) -> list[Any]:
    """Words that are not zero as hexadecimal digits, and how many bytes of zeros between."""
    found: list[Any] = []
    for at in range(0, len(data), 8):
        word = data[at : at + 8]
        new = word.hex() if any(word) else len(word)
        if found and isinstance(found[-1], type(new)):
            found[-1] += new
        else:
            found.append(new)
    return found


def dump(lines: list[dict[str, Any]]) -> str:
    texts = (json.dumps(line, separators=(",", ":")) for line in lines)
    return "[\n" + ",\n".join(texts) + "\n]\n"


if __name__ == "__main__":
    LIBRARY = replay.Library(sys.argv[1], TABLE)
    LIBRARY.functions["lgt_cpu_set_level"](PORTABLE)
    (ROOT / "tests/calls.json").write_text(dump(Maker(LIBRARY).all()), encoding="utf-8")
