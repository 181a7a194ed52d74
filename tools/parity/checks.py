"""What is asked of a call: everything that `make parity` compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np

from . import sizes, values
from .bounds import Bounds
from .case import FLOATS, Block, Case, Library, View
from .compare import Comparison, Field, Tally, results, scale_of
from .memory import Arena, Overwritten, Place, Result, at_end, at_front, shifted

LEVELS = {0: "portable", 1: "avx2", 2: "avx512"}
PORTABLE = 0


@dataclass
class Plan:
    """How much of it."""

    sizes: tuple[int, ...] = sizes.SIZES
    shifts: tuple[int, ...] = tuple(range(64))
    spreads: tuple[int, ...] = (1, 7, 16)
    shapes: tuple[dict[str, int], ...] = ()
    kinds: tuple[str, ...] = values.ORDINARY + values.STRANGE


QUICK = Plan((17,), (0, 4, 24, 36, 62), (3,), kinds=("normal", "nan", "zero"))


@dataclass
class Report:
    """Of one function."""

    name: str
    family: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    calls: int = 0
    answered: int = 0


class Checker:
    def __init__(self, library: Library, lines: list[dict[str, Any]], plan: Plan, note: Callable[[str], None]) -> None:
        self.library, self.plan, self.note = library, plan, note
        self.lines = {line["function"]: line for line in lines}
        self.arena, self.bounds = Arena(library), Bounds(library.entries)
        self.levels = [n for n in LEVELS if library.functions["lgt_cpu_set_level"](n) == 0]

    def check(self, line: dict[str, Any]) -> Report:
        """All of one function."""
        entry = self.library.entries[line["function"]]
        self.report = Report(entry["name"], entry["family"])
        self.report.tallies = {LEVELS[level]: Tally() for level in self.levels}
        before = self.arena.calls
        base = looked_at(Case(self.library, entry, line), self.lines)
        sibling = self.sibling(entry)
        for case, named, twin in self.cases(base, sibling):
            self.levels_of(case, named, twin)
        for case, named in self.for_layouts(base):
            self.alignments(case, named)
            self.strides(case, named)
        self.report.calls = self.arena.calls - before
        return self.report

    def sibling(self, entry: dict[str, Any]) -> Case | None:
        """The same of double, which is the truth for types that are shorter."""
        if entry["dtype"] in (None, "f64"):
            return None
        name = entry["name"].removesuffix(entry["dtype"]) + "f64"
        return looked_at(Case(self.library, self.library.entries[name], self.lines[name]), self.lines)

    def cases(self, base: Case, sibling: Case | None) -> Any:
        """The call as it is, in other sizes, and with other values."""
        yield base, "as recorded", widened(base, sibling)
        for shape in sizes.shapes(base, self.plan.sizes):
            case = sizes.resized(base, shape)
            if case:
                twin = sizes.resized(sibling, shape) if sibling else None
                case = values.filled(case, "normal", 1) or case
                yield case, said(shape), widened(case, twin)
        shape, case, twin = self.middle(base, sibling)
        for seed, kind in enumerate(self.plan.kinds):
            for weights in (False, True):
                other = values.filled(case, kind, seed, weights)
                if other:
                    truth = widened(other, twin) if kind in values.ORDINARY else None
                    yield other, f"{kind}{' weights' if weights else ''}, {said(shape)}", truth

    def middle(self, base: Case, sibling: Case | None) -> tuple[dict[str, int], Case, Case | None]:
        """Of a size that has whole vectors and a rest, if it can have."""
        rows, columns = sizes.resizable(base, sizes.ROWS), sizes.resizable(base, sizes.COLUMNS)
        shape = {**dict.fromkeys(rows, 21), **dict.fromkeys(columns, 37)}
        for tried in (shape, dict.fromkeys(rows, 21)):
            case = sizes.resized(base, tried)
            if case and self.arena.run(case, PORTABLE, at_end).answers[0] in (0, 1, 2):
                return tried, case, sizes.resized(sibling, tried) if sibling else None
        return {}, base, sibling

    def for_layouts(self, base: Case) -> Any:
        yield base, "as recorded"
        shape, case, _ = self.middle(base, None)
        if shape:
            yield values.filled(case, "normal", 1) or case, said(shape)

    def run(self, case: Case, level: int, place: Place, what: str) -> Result | None:
        self.note(f"{case.entry['name']}, {LEVELS[level]}: fault, {what}")
        try:
            return self.arena.run(case, level, place)
        except Overwritten as overwritten:
            self.fail(level, f"{what}: overwritten {overwritten}")
            return None

    def fail(self, level: int, what: str) -> None:
        self.report.failures.append(f"{self.report.name}, {LEVELS[level]}: {what}")

    def levels_of(self, case: Case, named: str, twin: Case | None) -> None:
        """Guard pages on both sides, the same bits at both, levels against portable, and
        that against double."""
        portable = None
        for level in self.levels:
            result = self.run(case, level, at_end, f"{named}, before a guard page")
            front = self.run(case, level, at_front, f"{named}, behind a guard page")
            if not (result and front):
                continue
            tally = self.report.tallies[LEVELS[level]]
            tally.inputs += 1
            self.same(case, result, front, level, f"{named}, behind a guard page")
            self.untouched(case, result, level, named)
            if level == PORTABLE:
                portable = result
                self.report.answered += succeeded(result)
                if twin:
                    self.against_double(case, twin, result, tally, named)
            elif portable:
                self.compare(case, portable, result, Comparison(self.bounds.of(case.entry), scale_of(case), tally), level, named)

    def against_double(self, case: Case, twin: Case, result: Result, tally: Tally, named: str) -> None:
        truth = self.run(twin, PORTABLE, at_end, f"{named}, of double")
        if not truth:
            return
        bound = self.bounds.of(case.entry)
        comparison = Comparison(bound, scale_of(case), tally, 1.0, 0.51)
        self.compare(case, result, truth, comparison, PORTABLE, f"{named}, against double", twin)

    def compare(self, case: Case, first: Result, second: Result, comparison: Comparison, level: int, named: str, twin: Case | None = None) -> None:
        if first.answers != second.answers:
            if case.entry["returns"] == "lgt_status" or level:
                self.fail(level, f"{named}: answers {first.answers} and {second.answers}")
            return
        if not succeeded(first):
            return
        pairs = zip(results(case, first, twin is None), results(twin or case, second, twin is None))
        for one, other in pairs:
            different = comparison.differ(one, other)
            if different:
                self.fail(level, f"{named}: {different}")

    def same(self, case: Case, first: Result, second: Result, level: int, named: str) -> None:
        """The same bits."""
        if first.answers != second.answers and case.entry["returns"] != "void *":
            self.fail(level, f"{named}: answers {first.answers} and {second.answers}")
        for one, other in zip(results(case, first), results(case, second)):
            if one.data.tobytes() != other.data.tobytes():
                self.fail(level, f"{named}: other bits of {one.name}")

    def untouched(self, case: Case, result: Result, level: int, named: str) -> None:
        """After an error nothing is written."""
        if len(result.answers) > 1 or case.entry["returns"] != "lgt_status" or result.answers[0] >= 0:
            return
        scratch = case.value("scratch")
        for number, (block, after) in enumerate(zip(case.blocks, result.blocks)):
            if block.image != after and not block.pointers and not (scratch and scratch[0] == number):
                self.fail(level, f"{named}: error {result.answers[0]}, but block {number} is written")

    def alignments(self, case: Case, named: str) -> None:
        """Every block so many bytes past a multiple of 64."""
        units = {block.unit for block in case.blocks}
        for level in self.levels:
            base, seen = None, set()
            for shift in self.plan.shifts:
                at = tuple(shift // unit for unit in sorted(units))
                if at in seen:
                    continue
                seen.add(at)
                result = self.run(case, level, shifted(shift), f"{named}, shifted by {shift}")
                base = base or result
                if result:
                    self.same(case, base, result, level, f"{named}, shifted by {shift}")

    def strides(self, case: Case, named: str) -> None:
        """Rows further apart: the same bits, and what is between them as it was."""
        for by in self.plan.spreads:
            spread = sizes.spread(case, by)
            if not spread:
                return
            other, moved = spread
            for level in self.levels:
                what = f"{named}, strides by {by} more"
                first, second = self.run(case, level, at_end, what), self.run(other, level, at_end, what)
                if first and second:
                    self.gathered(case, other, moved, first, second, level, what)

    def gathered(self, case: Case, other: Case, moved: dict[int, tuple[View, View]], first: Result, second: Result, level: int, what: str) -> None:
        """The arrays that were moved as they would stand at home; and their gaps."""
        blocks = list(second.blocks)
        for number, (old, new) in moved.items():
            kind = case.blocks[number].data.dtype
            made = np.frombuffer(second.blocks[number], kind)
            home = np.frombuffer(first.blocks[number], kind).copy()
            gaps = other.blocks[number].data.copy()
            old.of(home)[:] = new.of(made)
            new.of(gaps)[:] = new.of(made)
            if gaps.tobytes() != second.blocks[number]:
                self.fail(level, f"{what}: a gap of block {number} is written")
            blocks[number] = home.tobytes()
        self.same(case, first, Result(second.answers, blocks), level, what)


def said(shape: dict[str, int]) -> str:
    return ", ".join(f"{name} {size}" for name, size in shape.items()) or "as recorded"


def succeeded(result: Result) -> bool:
    return all(not isinstance(answer, int) or answer >= 0 for answer in result.answers)


def looked_at(case: Case, lines: dict[str, Any]) -> Case:
    """With the call that makes results of a state, whose bytes depend on each rounding."""
    case.hidden = set()
    state, finish = case.value("state"), lines.get(f"lgt_{case.entry['family']}_finish")
    if case.entry["verb"] == "update" and isinstance(state, list):
        if len(case.steps) == 1 and finish:
            add_step(case, state, finish)
        if len(case.steps) > 1:
            case.hidden = {state[0]}
    return case


def add_step(case: Case, state: list[int], finish: dict[str, Any]) -> None:
    """The recorded call of `finish`, of this state; its other blocks come behind ours."""
    other = Case(case.library, case.library.entries[finish["function"]], finish)
    named = [argument["name"] for argument in other.entry["args"]]
    if other.args[named.index("state")] != [0, 0] if "state" in named else True:
        return
    if other.blocks[0].image[:16] != case.blocks[state[0]].image[:16]:
        return
    first = len(case.blocks) - 1
    moved = [(x if x[0] else state) if isinstance(x, list) else x for x in other.args]
    moved = [[x[0] + first, x[1]] if isinstance(x, list) and x is not state else x for x in moved]
    for block in other.blocks[1:]:
        pointers = [(at, target + first, element) for at, target, element in block.pointers]
        case.blocks.append(Block(block.kind, block.data, pointers))
    case.ignored += other.ignored[1:]
    case.steps.append((finish["function"], moved))


def widened(case: Case, twin: Case | None) -> Case | None:
    """The call of double with the same inputs; None where it is not the same call."""
    if not twin or len(case.blocks) != len(twin.blocks):
        return None
    twin = twin.copy()
    for number, (block, other) in enumerate(zip(case.blocks, twin.blocks)):
        if len(block.data) != len(other.data) and number in case.inputs:
            return None
        if number not in case.inputs:
            continue
        if block.kind == other.kind:
            twin.put(number, block.data)
        elif block.kind in FLOATS and other.kind == "double":
            twin.put(number, values.widen(block.data, block.kind))
        else:
            return None
    return twin
