"""What is asked of a call: everything that `make parity` compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np

from . import open_points, options, sizes, values
from .bounds import Bounds
from .case import FLOATS, Block, Case, Library, View
from .compare import Comparison, Tally, results, scale_of
from .memory import Arena, Overwritten, Place, Result, at_end, at_front, shifted

LEVELS = {0: "portable", 1: "avx2", 2: "avx512"}
PORTABLE = 0


@dataclass
class Plan:
    """How much of it."""

    lengths: tuple[int, ...] = sizes.SIZES
    shifts: tuple[int, ...] = tuple(range(64))
    spreads: tuple[int, ...] = (1, 7, 16)
    kinds: tuple[str, ...] = values.ORDINARY + values.STRANGE
    long: int = sizes.LONG
    options: bool = True


QUICK = Plan((17,), (0, 4, 24, 36, 62), (3,), ("normal", "nan", "zero"), 0, False)


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
    """`note` is told what is about to be called."""

    def __init__(
        self,
        library: Library,
        lines: list[dict[str, Any]],
        plan: Plan,
        note: Callable[[str], None],
    ) -> None:
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
        for case, named in self.cases(base):
            self.levels_of(case, named)
        for case, named in self.for_layouts(base):
            self.alignments(case, named)
            self.strides(case, named)
        self.report.calls = self.arena.calls - before
        return self.report

    def cases(self, base: Case) -> Any:
        """The call as it is, in other sizes, with other values, and with other options."""
        yield base, "as recorded"
        for shape in sizes.shapes(base, self.plan.lengths, self.plan.long):
            case = sizes.resized(base, shape)
            if case:
                yield values.filled(case, "normal", 1) or case, said(shape)
        shape, case = self.middle(base)
        for seed, kind in enumerate(self.plan.kinds):
            for weights in (False, True):
                other = values.filled(case, kind, seed, weights)
                if other:
                    other.kind = kind
                    yield other, f"{kind}{' weights' if weights else ''}, {said(shape)}"
        case = values.filled(case, "normal", 1) or case
        for option, other in options.varied(case) if self.plan.options else ():
            yield other, f"{option}, {said(shape)}"

    def middle(self, base: Case) -> tuple[dict[str, int], Case]:
        """Of a size that has whole vectors and a rest, if it can have."""
        rows, columns = sizes.resizable(base, sizes.ROWS), sizes.resizable(base, sizes.COLUMNS)
        shape = {**dict.fromkeys(rows, 21), **dict.fromkeys(columns, 37)}
        for tried in (shape, dict.fromkeys(rows, 21)):
            case = sizes.resized(base, tried)
            result = case and self.run(case, PORTABLE, at_end, f"{said(tried)}, tried")
            if result and succeeded(result):
                return tried, case
        return {}, base

    def for_layouts(self, base: Case) -> Any:
        yield base, "as recorded"
        shape, case = self.middle(base)
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

    def levels_of(self, case: Case, named: str) -> None:
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
                twin = of_double(case) if case.kind not in values.STRANGE else None
                if twin:
                    self.against_double(case, twin, result, tally, named)
            elif portable:
                self.compare(case, portable, result, self.comparison(case, tally), level, named)

    def against_double(
        self, case: Case, twin: Case, result: Result, tally: Tally, named: str
    ) -> None:
        truth = self.run(twin, PORTABLE, at_end, f"{named}, of double")
        if truth:
            comparison = self.comparison(case, tally, 1.0, 0.51)
            named = f"{named}, against double"
            self.compare(case, result, truth, comparison, PORTABLE, named, twin)

    def comparison(
        self, case: Case, tally: Tally, times: float = 2.0, roundings: float = 1.0
    ) -> Comparison:
        name, kind = case.entry["name"], case.kind
        return Comparison(
            self.bounds.of(case.entry),
            scale_of(case),
            tally,
            name,
            times * open_points.of(open_points.FLAT, name, 1),
            roundings * (3 if name.startswith(open_points.ROUNDED_OFTEN) else 1),
            case.value("rows") or 1,
            "_grad" in name and kind in open_points.UNBOUNDED,
        )

    def compare(
        self,
        case: Case,
        first: Result,
        second: Result,
        comparison: Comparison,
        level: int,
        named: str,
        twin: Case | None = None,
    ) -> None:
        """Within the bound. A model of double may keep other bytes than that of its twin."""
        if open_points.is_open(case.entry["name"], case.kind):
            return
        if first.answers != second.answers:
            self.fail(level, f"{named}: answers {first.answers} and {second.answers}")
            return
        if not succeeded(first):
            return
        own = results(case, first, twin is None)
        for one, other in zip(own, results(twin or case, second, twin is None)):
            different = comparison.differ(one, other)
            if different:
                self.fail(level, f"{named}: {different}")

    def same(self, case: Case, first: Result, second: Result, level: int, named: str) -> None:
        """The same bits, of states and models too."""
        if first.answers != second.answers and case.entry["returns"] != "void *":
            self.fail(level, f"{named}: answers {first.answers} and {second.answers}")
        for number, (one, other) in enumerate(zip(first.blocks, second.blocks)):
            if one != other and number != case.scratch:
                self.fail(level, f"{named}: other bits of block {number}")

    def untouched(self, case: Case, result: Result, level: int, named: str) -> None:
        """After an error nothing is written, and a state is as it was."""
        error = result.answers[0]
        if case.entry["returns"] != "lgt_status" or error >= 0:
            return
        looked_at = len(result.answers) > 1
        for number, (block, after) in enumerate(zip(case.blocks, result.blocks)):
            open_to_change = number == case.scratch or looked_at and number not in case.hidden
            if block.image != after and not block.pointers and not open_to_change:
                self.fail(level, f"{named}: error {error}, but block {number} is written")

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
                first = self.run(case, level, at_end, what)
                second = self.run(other, level, at_end, what)
                if first and second:
                    home = self.gathered(case, other, moved, first, second, level, what)
                    self.same(case, first, home, level, what)

    def gathered(
        self,
        case: Case,
        other: Case,
        moved: dict[int, tuple[View, View]],
        first: Result,
        second: Result,
        level: int,
        what: str,
    ) -> Result:
        """The arrays that were moved as they would stand at home; gaps must be as they were."""
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
        return Result(second.answers, blocks)


def said(shape: dict[str, int]) -> str:
    return ", ".join(f"{name} {size}" for name, size in shape.items()) or "as recorded"


def succeeded(result: Result) -> bool:
    return all(not isinstance(answer, int) or answer >= 0 for answer in result.answers)


def looked_at(case: Case, lines: dict[str, Any]) -> Case:
    """With the call that makes results of a state, whose bytes depend on each rounding."""
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


def of_double(case: Case) -> Case | None:
    """The call of the `_f64` form with the same numbers, which is the truth for shorter types."""
    dtype = case.entry["dtype"]
    if dtype in (None, "f64"):
        return None
    twin, shorter = case.copy(), case.entry["args"]
    name = case.entry["name"].removesuffix(dtype) + "f64"
    twin.entry = case.library.entries[name]
    twin.steps[0] = name, twin.args
    for argument, own in zip(twin.entry["args"], shorter):
        given = twin.value(argument["name"])
        if isinstance(given, list) and argument["c"] != own["c"]:
            block = case.blocks[given[0]]
            twin.blocks[given[0]] = Block("double", values.widen(block.data, block.kind))
    for argument in twin.entry["args"]:
        sizes.ask(twin, argument)
    return twin
