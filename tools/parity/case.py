"""A call of tests/calls.json as arrays, and the same call with other sizes."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import replay

TYPES = {
    "float": "f4",
    "double": "f8",
    "lgt_f16": "f2",
    "lgt_bf16": "u2",
    "size_t": "u8",
    "bytes": "u1",
    "lgt_status": "i4",
    **{f"int{bits}_t": f"i{bits // 8}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}_t": f"u{bits // 8}" for bits in (8, 16, 32, 64)},
}
FLOATS = ("float", "double", "lgt_f16", "lgt_bf16")


class Library(replay.Library):
    """With the entries of api.json by name."""

    def __init__(self, path: str, table: dict[str, Any]) -> None:
        super().__init__(path, table)
        self.entries = {entry["name"]: entry for entry in table["functions"]}


# Names of sizes that count rows, and columns.
ROWS = ("rows", "n", "m", "items", "count")
COLUMNS = ("cols", "classes", "labels", "raters", "inputs", "hidden")


@dataclass
class Block:
    """Memory of one kind; `pointers` are those of structs: byte, block, element."""

    kind: str
    data: np.ndarray
    pointers: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def element(self) -> int:
        return self.data.dtype.itemsize

    @property
    def unit(self) -> int:
        """What its address must be a multiple of."""
        return 8 if self.kind == "bytes" or self.data.dtype.names else self.element

    @property
    def image(self) -> bytes:
        return self.data.tobytes()


@dataclass
class View:
    """An array behind an argument: `rows` of `cols`, so far apart."""

    block: int
    start: int
    rows: int
    cols: int
    stride: int

    def of(self, data: np.ndarray) -> np.ndarray:
        if not self.rows or not self.cols:
            return data[:0].reshape(0, max(self.cols, 1))
        step = data.itemsize
        return np.lib.stride_tricks.as_strided(
            data[self.start :], (self.rows, self.cols), (self.stride * step, step)
        )


def dtype_of(library: Library, kind: str) -> np.dtype:
    if kind in TYPES:
        return np.dtype(TYPES[kind])
    fields = [(f"f{i}", TYPES.get(c, "u8")) for i, c in enumerate(library.scalars(kind))]
    return np.dtype(fields, align=True)


def block_of(library: Library, written: dict[str, Any]) -> Block:
    kind, before = written["type"], written.get("before", [])
    data = np.zeros(written["n"], dtype_of(library, kind))
    if kind == "bytes":
        if before:
            data[:] = np.frombuffer(replay.unpacked(before), "u1")
        return Block(kind, data)
    names = data.dtype.names
    block = Block(kind, data)
    for i, number in enumerate(before):
        at, name = divmod(i, len(names or [0]))
        if isinstance(number, list):
            offset = at * block.element + data.dtype.fields[names[name]][1]
            block.pointers.append((offset, *number))
        elif number is not None:
            target = data if not names else data[names[name]]
            target = target.view("u2") if kind == "lgt_f16" else target
            target[at] = replay.value(number, [])
    return block


class Case:
    """One call, and those that look at what it made."""

    def __init__(self, library: Library, entry: dict[str, Any], line: dict[str, Any]) -> None:
        self.library, self.entry = library, entry
        self.blocks = [block_of(library, written) for written in line["memory"]]
        self.kind = ""  # Of values, where they were replaced.
        self.steps = [(s["function"], list(s["args"])) for s in replay.steps(line)]
        # Fields that calls.md leaves uncompared, by block.
        self.ignored = [ignored(b, w) for b, w in zip(self.blocks, line["memory"])]
        roles: dict[int, set[str]] = {}
        for argument, given in zip(entry["args"], line["args"]):
            if isinstance(given, list):
                roles.setdefault(given[0], set()).add(argument["role"])
        self.roles = roles
        self.inputs = {b for b, r in roles.items() if r <= {"in", "opts"}}
        self.told = self._told()
        self.hidden: set[int] = set()  # States that a further call looks at.

    def _told(self) -> dict[str, int]:
        """What the head of a state knows (docs/state-format.md), or lengths tell."""
        told, values, rows = {}, self.value("values"), self.value("rows")
        if values and rows:
            told["measures"] = len(self.blocks[values[0]].data) // rows
        for name, words in (("state", ("classes", "categories")), ("layer", ("dims",))):
            given = self.value(name)
            if isinstance(given, list) and self.blocks[given[0]].kind == "bytes":
                numbers = np.frombuffer(self.blocks[given[0]].image, "u4", 6)
                told |= dict.fromkeys(words, int(numbers[3 if name == "state" else 4]))
        return told

    @property
    def args(self) -> list[Any]:
        return self.steps[0][1]

    def value(self, name: str) -> Any:
        return next((v for a, v in zip(self.entry["args"], self.args) if a["name"] == name), None)

    @property
    def scratch(self) -> int | None:
        given = self.value("scratch")
        return given[0] if isinstance(given, list) else None

    def names(self) -> dict[str, Any]:
        """What expressions of an extent may name."""
        found = {}
        for argument, given in zip(self.entry["args"], self.args):
            number = isinstance(given, (int, float)) or given is None
            found[argument["name"]] = (given or 0) if number else 1
        return {"picked": found.get("cols"), **self.told, **found}

    def evaluate(self, expression: str) -> int:
        """Of C, as far as extents need it."""
        chosen = re.fullmatch(r"(.*)\?(.*):(.*)", expression)
        if chosen:
            condition, yes, no = chosen.groups()
            return self.evaluate(yes if self.evaluate(condition) else no)
        return int(eval(expression.strip().replace("/", "//"), {}, self.names()))

    def view(self, argument: dict[str, Any], as_made: bool = True) -> View | None:
        """The array of an argument. Blocks of calls.json are as long as they must be, so
        that tells the columns; of other sizes, the extent does."""
        given, extent = self.value(argument["name"]), argument.get("extent", {})
        if not isinstance(given, list) or extent.get("kind") not in ("rows", "array"):
            return None
        block, start = given
        length = len(self.blocks[block].data) - start
        if extent["kind"] == "array":
            count = length if as_made else self.evaluate(extent["count"])
            return View(block, start, count, 1, 1)
        rows = self.evaluate(extent["rows"])
        if not as_made:
            cols = self.evaluate(extent["cols"])
        elif extent.get("stride"):
            cols = length - (rows - 1) * self.evaluate(extent["stride"]) if rows and length else 0
        else:
            cols = length // rows if rows else 0
        stride = self.evaluate(extent["stride"]) if extent.get("stride") else cols
        return View(block, start, rows, cols, stride)

    def views(self) -> list[tuple[dict[str, Any], View]]:
        found = [(argument, self.view(argument)) for argument in self.entry["args"]]
        return [(argument, view) for argument, view in found if view]

    def copy(self) -> Case:
        """Blocks are replaced, never written."""
        other = copy.copy(self)
        other.blocks = list(self.blocks)
        other.steps = [(name, list(args)) for name, args in self.steps]
        other.ignored, other.inputs = list(self.ignored), set(self.inputs)
        return other

    def put(self, number: int, data: np.ndarray) -> None:
        old = self.blocks[number]
        self.blocks[number] = Block(old.kind, data, old.pointers)

    def set(self, name: str, value: Any) -> None:
        for i, argument in enumerate(self.entry["args"]):
            if argument["name"] == name:
                self.args[i] = value


def ignored(block: Block, written: dict[str, Any]) -> set[str]:
    names, after = block.data.dtype.names, written.get("after")
    if not names or not after:
        return set()
    return {names[i % len(names)] for i, number in enumerate(after) if number is None}
