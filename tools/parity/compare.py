"""How far two results of a call are apart, field by field.

Errors are measured in ulp of the type stored (of the type computed in, where that is less
than what is stored) of what the bound is relative to: the result itself where the bound is
in ulp, else the largest of 1, the result and the inputs in magnitude."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator

import numpy as np

from . import open_points
from .bounds import EPSILON, Bound
from .case import FLOATS, Case
from .memory import Result
from .values import widen

BUCKETS = (0, 1, 2, 4, 8, 16)
STORED = {"float": "f4", "double": "f8", "lgt_f16": "f2", "lgt_bf16": "bf16"}
# From here on a number is rounded to infinity.
LARGEST = {"f4": 2.0**128 - 2.0**103, "f8": np.inf, "f2": 65520.0, "bf16": 2.0**128 - 2.0**119}
SUBNORMAL = {"f4": 2.0**-149, "f8": 2.0**-1074, "f2": 2.0**-24, "bf16": 2.0**-133}


@dataclass
class Tally:
    """Of one function and level."""

    inputs: int = 0
    worst: float = 0.0
    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))

    def add(self, ulps: np.ndarray) -> None:
        if ulps.size:
            self.worst = max(self.worst, float(ulps.max()))
            at = np.searchsorted(BUCKETS, ulps)
            self.counts = [a + int(b) for a, b in zip(self.counts, np.bincount(at, minlength=7))]

    def merge(self, other: Tally) -> None:
        self.inputs += other.inputs
        self.worst = max(self.worst, other.worst)
        self.counts = [a + b for a, b in zip(self.counts, other.counts)]


@dataclass
class Field:
    """Numbers of one block, or of one field of its structs."""

    name: str
    kind: str
    data: np.ndarray


def results(case: Case, result: Result, bytes_too: bool = True) -> Iterator[Field]:
    """What a call wrote, but for scratch and for states that a further call looks at."""
    for number, (block, made) in enumerate(zip(case.blocks, result.blocks)):
        hidden = number in case.hidden or number == case.scratch
        if number in case.inputs or hidden or not made:
            continue
        name = next(
            (a["name"] for a, v in zip(case.entry["args"], case.args) if v and v == [number, 0]),
            f"block {number}",
        )
        data = np.frombuffer(made, block.data.dtype)
        if not data.dtype.names:
            if block.kind != "bytes" or bytes_too:
                yield Field(name, block.kind, data)
            continue
        for part, c in zip(data.dtype.names, case.library.scalars(block.kind)):
            if part not in case.ignored[number]:
                yield Field(f"{name}.{part}", c, np.ascontiguousarray(data[part]))


def scale_of(case: Case) -> float:
    """The largest input in magnitude, or the logarithm of the columns."""
    largest = max(1.0, float(np.log(max(case.value("cols") or 1, 1))))
    for number in case.inputs:
        block = case.blocks[number]
        if block.kind in FLOATS and block.data.size:
            numbers = np.abs(widen(block.data, block.kind))
            largest = max(largest, float(np.max(numbers, where=np.isfinite(numbers), initial=1)))
    tempered = case.entry["name"].startswith(open_points.TEMPERED)
    return largest * max(case.value("temperature"), 1.0) ** 2 if tempered else largest


def spacing(numbers: np.ndarray, stored: str) -> np.ndarray:
    """An ulp of each."""
    with np.errstate(divide="ignore", invalid="ignore"):
        exponents = np.where(numbers != 0, np.frexp(numbers)[1] - 1, -2000)
        return np.maximum(np.ldexp(EPSILON[stored], exponents), SUBNORMAL[stored])


@dataclass
class Comparison:
    """Two results against the bound of their function: `roundings` of the type stored and
    `times` the bound may lie between them."""

    bound: Bound
    scale: float
    tally: Tally
    name: str
    times: float = 2.0
    roundings: float = 1.0
    rows: int = 1
    unbounded: bool = False

    def differ(self, first: Field, second: Field) -> str | None:
        """What is beyond the bound, if anything."""
        if first.kind == "bytes":
            return self._words(first, second)
        if first.name == open_points.of(open_points.COUNTS, self.name):
            return None
        if first.kind not in FLOATS:
            same = np.array_equal(first.data, second.data)
            return None if same else self._said(first, second, first.data != second.data)
        a, b = widen(first.data, first.kind), widen(second.data, second.kind)
        return self._floats(first, second, a, b)

    def _floats(self, first: Field, second: Field, a: Any, b: Any) -> str | None:
        stored = STORED[first.kind]
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        same |= np.isinf(a) & (np.abs(b) >= LARGEST[stored]) & (np.sign(a) == np.sign(b))
        if self.unbounded:
            same |= ~np.isfinite(a) & ~np.isfinite(b)
        with np.errstate(invalid="ignore", over="ignore"):
            error = np.where(same, 0, np.abs(a - b))
            size = np.maximum(np.abs(a), np.abs(b))
            strict = self.bound.ulps and first.name in ("y", "dx")
            relative = size if strict else np.maximum(size, self.scale)
            relative = relative * (self.rows if first.name == "total" else 1)
            unit = stored if EPSILON[stored] > EPSILON[self.bound.computed] else self.bound.computed
            off = self.bound.relative * relative
            if strict:
                off = self.bound.ulps * spacing(size, self.bound.computed)
            allowed = self.times * off + self.roundings * spacing(size, stored)
            lost = self.bound.lost * (self.scale if "_grad" in self.name else 1)
            error = np.where(error <= self.times * lost, 0, error)
            bad = ~same & ~(error <= allowed + self.times * lost)
            ulps = error / spacing(relative, unit)
        self.tally.add(ulps[np.isfinite(ulps)])
        return self._said(first, second, bad) if bad.any() else None

    def _words(self, first: Field, second: Field) -> str | None:
        """Bytes of a model: words that are small as whole numbers are, the rest are doubles."""
        if len(first.data) % 8:
            return None if np.array_equal(first.data, second.data) else f"{first.name}: bytes"
        a, b = first.data.view("u8"), second.data.view("u8")
        whole = ((a < 2**52) | (b < 2**52)) & ~(a.view("f8") == b.view("f8"))
        whole[open_points.of(open_points.ROUNDS, self.name, len(a)) :][:1] = False
        if np.any(whole & (a != b)):
            return self._said(first, second, whole & (a != b), a, b)
        doubles = [Field(first.name, "double", x.view("f8")) for x in (a, b)]
        with np.errstate(invalid="ignore"):
            return self._floats(*doubles, doubles[0].data, doubles[1].data)

    @staticmethod
    def _said(first: Field, second: Field, bad: np.ndarray, a: Any = None, b: Any = None) -> str:
        at = int(np.argmax(bad))
        if a is None and first.kind in FLOATS:
            a, b = widen(first.data, first.kind), widen(second.data, second.kind)
        elif a is None:
            a, b = first.data, second.data
        return f"{first.name}[{at}]: {a[at]!s} and {b[at]!s}"
