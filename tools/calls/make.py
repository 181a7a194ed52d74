"""Makes tests/calls.json: a call of every function of api.json, with ordinary input and
what it answers at the portable level. tests/calls.md says how the file is to be read.

    python tools/calls/make.py LIBRARY

Arrays are exactly as long as extents.py says. States and models come from the functions
that make them: a family's `init` leaves one that its `update` adds to, and what that
leaves is merged, finished and applied.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

import extents  # noqa: E402
import inputs  # noqa: E402
import more  # noqa: E402
import replay  # noqa: E402
import states  # noqa: E402
import text  # noqa: E402
from lines import Line  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
PORTABLE = 0
# What depends on the machine: that they answer is all there is to see.
LOCAL = {"lgt_build_info", "lgt_cpu_level"}
# Its call leaves another level than a replay may be at.
LAST = "lgt_cpu_set_level"


class Maker:
    def __init__(self, library: replay.Library) -> None:
        self.library = library
        self.entries = {entry["name"]: entry for entry in TABLE["functions"]}
        self.states = states.States()

    def called(self, line: dict[str, Any]) -> tuple[list[Any], list[Any]]:
        """The answers, and the memory after them."""
        memory = self.library.memory(line)
        return self.library.call(line, memory), memory

    def options(self, family: str, kind: str) -> list[Any]:
        """The defaults of these options, but for what inputs.py says."""
        name = next(
            name
            for name, entry in self.entries.items()
            if name.endswith("_default") and entry["args"][0]["c"] == f"{kind} *"
        )
        call = {"function": name, "args": [[0, 0]], "memory": [{"type": kind, "n": 1}]}
        found = self._written(self.called(call)[1][0], kind)
        fields = self._fields(kind)
        changed = {} if family in inputs.DEFAULTS else inputs.OPTS.get(kind, {})
        for field, number in changed.items():
            found[fields.index(field)] = number
        return found

    def line(self, name: str) -> dict[str, Any]:
        """The call of a function with its answer; states and models are remembered."""
        entry, line = self.entries[name], Line(self, self.entries[name]).made()
        if entry["verb"] == "update" and entry["family"] in states.FINISHED:
            self._finish(entry["family"], line)
        rooms = self.answer(line)
        for argument, given in zip(entry["args"], line["args"]):
            if not isinstance(given, list):
                continue
            block, room = line["memory"][given[0]], rooms[given[0]]
            if argument["name"] == "scratch":
                block["after"] = None
            elif extents.is_headed(argument) and "const" not in argument["c"]:
                self.states.keep(entry, argument["name"], self._written(room, block["type"]))
                fields = self._fields(block["type"])
                states.mark(entry, argument["name"], block, "then" in line, fields)
                if name == "lgt_temperature_search_state" and argument["name"] == "state":
                    self._tell_search()
        return line

    def answer(self, line: dict[str, Any]) -> list[Any]:
        """Puts answers into a line. Returns its memory."""
        answers, rooms = self.called(line)
        for block, room in zip(line["memory"], rooms):
            nothing = self.library.allocate(block["type"], block["n"])
            before = block.get("before", self._written(nothing, block["type"]))
            after = self._written(room, block["type"])
            if block["type"] in self.library.structs:  # addresses are read as None
                after = [a if isinstance(a, list) else b for a, b in zip(before, after)]
            if after != before:
                block["after"] = after
        for step, answer in zip(replay.steps(line), answers):
            if self.entries[step["function"]]["returns"] != "void":
                if step["function"] not in LOCAL:
                    step["returns"] = text.number(answer, self.entries[step["function"]]["returns"])
        return rooms

    def _finish(self, family: str, line: dict[str, Any]) -> None:
        """Lets an update be followed by what is read of its state."""
        finish = Line(self, self.entries[f"lgt_{family}_finish"]).made()
        beside = len(line["memory"]) - 1
        line["memory"] += finish["memory"][1:]
        args = [
            [x[0] + beside, x[1]] if isinstance(x, list) and x[0] else x for x in finish["args"]
        ]
        line["then"] = {"function": finish["function"], "args": args}

    def _tell_search(self) -> None:
        """What a search asks of the data, found."""
        line = Line(self, self.entries["lgt_temperature_loss_update_f64"]).made()
        asked = self.states.known("asked")
        line["memory"][0].update(n=len(replay.unpacked(asked)), before=asked)
        self.states.used["asked"] = self._written(self.called(line)[1][0], "bytes")

    def _fields(self, kind: str) -> list[str]:
        """The names of a struct's numbers, in the order in which they stand."""
        found = []
        for field in self.library.structs.get(kind, ()):
            found += self._fields(field["c"]) or [field["name"]]
        return found

    def _written(self, room: Any, kind: str) -> list[Any]:
        """A block as it stands in the file."""
        if kind == "bytes":
            return text.packed(bytes(room))
        scalars = self.library.scalars(kind) * len(room)
        return [text.number(x, c) for x, c in zip(replay.read(room, kind), scalars)]

    def lines(self) -> list[dict[str, Any]]:
        """Every function, in the order of the table but for the last. Those that need what
        another makes wait for it."""
        names = sorted(self.entries, key=lambda n: self.entries[n]["dtype"] not in (None, "f64"))
        made: dict[str, Any] = {}
        while names:
            waiting = []
            for name in names:
                try:
                    made[name] = self.line(name)
                except states.Unknown:
                    waiting.append(name)
            if len(waiting) == len(names):
                raise SystemExit(f"Nothing to begin with: {', '.join(waiting)}")
            names = waiting
        extra = more.lines(self)
        for line in extra:
            self.answer(line)
        ordered = [made[name] for name in self.entries if name != LAST]
        return [*ordered, *extra, made[LAST]]


def main(path: str) -> None:
    library = replay.Library(path, TABLE)
    library.functions["lgt_cpu_set_level"](PORTABLE)
    lines = [json.dumps(line, separators=(",", ":")) for line in Maker(library).lines()]
    content = "[\n" + ",\n".join(lines) + "\n]\n"
    (ROOT / "tests/calls.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
