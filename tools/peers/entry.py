"""One comparison: an expression of this library, and one of a peer."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Entry:
    """What is compared, on which inputs.

    Both sides are Python as a user would write it, over the names of the inputs: the
    table shows what is run. With neither `why` nor `wrong` they must be equal to
    `rtol`, which is above 1e-12 only where the peer computes in less than f64, or by
    iteration (`coarse` says how). `why` says why they differ by more, everywhere on
    these inputs; `wrong`, what the peer does wrong: then ours must be equal to `truth`,
    of `truths.py`. Of numbers below `scale` the difference is taken relative to
    `scale`: for what is left of larger numbers.
    """

    ours: str
    peer: str
    on: str
    why: str = ""
    wrong: str = ""
    truth: str = ""
    coarse: str = ""
    rtol: float = 1e-12
    scale: float = 0.0

    @property
    def equal(self) -> bool:
        return not (self.why or self.wrong)

    @property
    def inputs(self) -> list[str]:
        return [name.strip() for name in self.on.split(",")]


def evaluate(expression: str, names: dict[str, Any]) -> list[float]:
    """Its value as a list of numbers, however it was nested."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = eval(expression, dict(names))
    return [float(number) for number in _leaves(value)]


def _leaves(value: Any) -> Any:
    if value is None:
        return
    if isinstance(value, (tuple, list)):
        for part in value:
            yield from _leaves(part)
    else:
        yield from np.asarray(value, np.float64).ravel()


def difference(ours: list[float], theirs: list[float], scale: float = 0.0) -> float:
    """The largest relative difference; infinite if one is no number, or infinite, where
    the other is not."""
    if len(ours) != len(theirs):
        return math.inf
    most = 0.0
    for a, b in zip(ours, theirs):
        if a == b or (a != a and b != b):
            continue
        apart = abs(a - b) / max(abs(a), abs(b), scale)
        most = max(most, apart if math.isfinite(apart) else math.inf)
    return most
