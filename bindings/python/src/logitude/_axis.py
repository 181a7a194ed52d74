"""Transforms along an axis that is not the last: the columns of what lies behind it."""

from __future__ import annotations

import math
import operator
from typing import Any, NamedTuple

import numpy as np


class Blocks(NamedTuple):
    """An array of outer x rows x cols numbers, without a copy."""

    outer: int
    rows: int
    cols: int


def blocks(x: np.ndarray, axis: int) -> Blocks | None:
    """`x` along an axis with contiguous numbers behind it, if it is that and the blocks are
    worth a call each."""
    axis = operator.index(axis)
    if not -x.ndim <= axis < x.ndim or not (x.flags.c_contiguous and x.flags.aligned):
        return None
    axis %= x.ndim
    outer, cols = math.prod(x.shape[:axis]), math.prod(x.shape[axis + 1 :])
    found = Blocks(outer, x.shape[axis], cols)
    worth = cols >= 8 and (outer == 1 or found.rows * cols >= 1024)
    return found if worth else None


def each(found: Blocks, *arrays: Any) -> Any:
    """The addresses of every block: of arrays of its shape, of one number a column, or None."""
    steps = [
        None if a is None else (a.ctypes.data, a.nbytes // found.outer if found.outer else 0)
        for a in arrays
    ]
    for i in range(found.outer):
        yield [None if step is None else step[0] + i * step[1] for step in steps]
