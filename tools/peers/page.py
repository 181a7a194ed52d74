"""Writes docs/peers.md from answers.json and what this library says: `make answers`."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NamedTuple

from . import data, families, ours
from .entry import Entry, difference, evaluate

ANSWERS = Path(__file__).with_name("answers.json")
PAGE = Path(__file__).parents[2] / "docs" / "peers.md"

HEAD = """\
# Which peer equals which of our parameters

Every row was run: our call, the peer's, and how far apart they are. The inputs are
recipes in `tools/peers/data.py`: random ones, the digits of `examples/data`, and corners
(ties, absent classes, edges of bins, probabilities of 0 and 1, a single row). `make
answers` asks the peers and writes this page; `make test` asks this library alone, against
the peers' answers that it kept (`tools/peers/answers.json`), and fails if this page is not
what comes of them.

* *apart*: the largest relative difference over the inputs, rounded up to 1e-13, 1e-12 .. if
  both are equal. Where the peer computes in `f64`, equal means 1e-12; where it does not, or
  goes by iteration, the row says so. "(of 1)": relative to 1 for numbers below it, which
  are what is left of larger ones.
* **Wrong**: the peer's number is not what the definition says; the test compares ours with
  the definition (`tools/peers/truths.py`).
* `x` are logits, `p` probabilities, `y` labels, `yp` predicted labels, `w` weights of rows,
  `C` the number of classes; arrays of numpy for ours, of the peer's kind for the peer.
* `curve` are frequencies and confidences of bins that hold something.
"""


class Result(NamedTuple):
    """How far apart both sides are on each of an entry's inputs."""

    entry: Entry
    apart: dict[str, float]
    raised: str

    @property
    def most(self) -> float:
        return max(self.apart.values())


def load() -> dict[str, Any]:
    return json.loads(ANSWERS.read_text(encoding="utf-8"))


def value(expression: str, inputs: Any, **more: Any) -> list[float]:
    """What an expression of this library, or of `truths`, comes to."""
    return evaluate(expression, {**ours.NAMES, **vars(inputs), **more})


def compare(entry: Entry, inputs: dict[str, Any], answers: dict[str, Any]) -> Result:
    """The entry's row. KeyError if the peer was never asked."""
    apart, raised = {}, ""
    for name in entry.inputs:
        theirs = answers[entry.peer][name]
        if isinstance(theirs, str):
            apart[name], raised = math.inf, theirs
        else:
            mine = value(entry.ours, inputs[name])
            apart[name] = difference(mine, [float(t) for t in theirs], entry.scale)
    return Result(entry, apart, raised)


def _apart(result: Result) -> str:
    if result.raised:
        return f"raises {result.raised}"
    if not math.isfinite(result.most):
        return "NaN or ∞ on one side"
    floor = f" (of {result.entry.scale:g})" if result.entry.scale else ""
    return (_ceiling(result.most) if result.entry.equal else f"{result.most:.2g}") + floor


def _ceiling(value: float) -> str:
    """A power of ten that is no less; one for all that are roundings, which another
    machine has others of."""
    return f"1e{math.ceil(math.log10(max(value, 1e-13)))}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _row(result: Result) -> str:
    entry = result.entry
    equal = "yes" if entry.equal else "no"
    remark = f"**Wrong**: {entry.wrong}" if entry.wrong else entry.why or entry.coarse
    cells = [f"`{entry.ours}`", f"`{entry.peer}`", entry.on, _apart(result), equal, remark]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def text(kept: dict[str, Any], inputs: dict[str, Any]) -> str:
    """The page."""
    short = ", ".join(f"`{key}` is `{name}`" for key, name in families.PEERS.items() if key != name)
    used = ", ".join(f"{name} {version}" for name, version in kept["versions"].items())
    parts = [HEAD, f"Modules: {short}.\n\nVersions: {used}.\n"]
    for family in families.FAMILIES:
        parts.append(f"\n## {family.title}\n\n| ours | peer | inputs | apart | equal | |")
        parts.append("\n|---|---|---|---|---|---|\n")
        rows = (_row(compare(entry, inputs, kept["answers"])) for entry in family.entries)
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts[:2]) + "".join(parts[2:])


if __name__ == "__main__":
    PAGE.write_text(text(load(), data.load()), encoding="utf-8")
