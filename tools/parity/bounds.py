"""How far a result may be off: the numbers under "# Accuracy" in the docs, which are those of
tests/support/bounds.rs (`tests/header/bounds.rs` compares them)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import open_points

EPSILON = {"f2": 2.0**-10, "bf16": 2.0**-7, "f4": 2.0**-23, "f8": 2.0**-52}
NUMBER = r"(\d+(?:\.\d+)?e-\d+)"
# Of results where nothing is said but "exact" or "rounded a few times".
ROUNDED = 8 * EPSILON["f8"]


@dataclass
class Bound:
    """Of results: relative to what compare.py says. Of shares and of functions of one entry:
    `ulps` of the type computed in, besides what may be `lost`."""

    relative: float
    ulps: float
    lost: float
    computed: str


class Bounds:
    def __init__(self, entries: dict[str, Any]) -> None:
        self.entries = entries

    def text(self, name: str, depth: int = 3) -> str:
        """What a function says, and those that it refers to; other types refer to f32."""
        entry = self.entries.get(name) or self.entries.get(f"{name}_f32") or {"doc": ""}
        found = re.search(r"# Accuracy\n(.*?)(\n\n|\n#|$)", entry["doc"], re.S)
        if found:
            said = found.group(1).replace("\n", " ")
            others = [*re.findall(r"`(lgt_\w+)`", said), open_points.of(open_points.LIKE, name, "")]
        else:
            said, dtype = "", entry.get("dtype")
            others = [name.removesuffix(f"_{dtype}")] if dtype not in (None, "f32") else []
        return " ".join([said, *(self.text(other, depth - 1) for other in others if depth)])

    def of(self, entry: dict[str, Any]) -> Bound:
        """The loosest of the numbers that hold for its type."""
        double = entry["dtype"] in ("f64", None)
        said = self.text(entry["name"])
        pair = NUMBER + r"[^()]{0,40}\((?:f64: )?" + NUMBER + r"\)"
        pairs = re.findall(pair, said)
        ulps = [float(x) for x in re.findall(r"[Aa]t most (\d+) ulp", said)]
        numbers = [float(x) for x in re.findall(NUMBER, re.sub(pair, "", said))]
        numbers += [float(x[double]) for x in pairs]
        computed = "f4" if not double and (pairs or ulps) else "f8"
        lost = max([x for x in numbers if x < 1e-16], default=0.0)
        return Bound(max([*numbers, ROUNDED]), max(ulps, default=0.0), lost, computed)
