"""Transforms along an axis that is not the last: the columns of what lies behind it."""

from __future__ import annotations

import math
import operator
from typing import Any, NamedTuple

import numpy as np

from ._abi import function
from ._address import address
from ._arrays import accumulator, suffix
from ._status import check


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
        None if a is None else (address(a), a.nbytes // found.outer if found.outer else 0)
        for a in arrays
    ]
    for i in range(found.outer):
        yield [None if step is None else step[0] + i * step[1] for step in steps]


def of_columns(
    family: str,
    x: np.ndarray,
    axis: int,
    result: np.ndarray,
    found: Blocks,
    opts: Any,
    return_lse: bool,
    empty: str,
) -> Any:
    """Softmax or log-softmax of `x`, written to `result`."""
    lse = np.empty(np.delete(x.shape, axis), accumulator(x.dtype)) if return_lse else None
    apply, status, n = function(f"{family}_cols", "", suffix(x.dtype)), 0, found.cols
    for source, to, sums in each(found, x, result, lse):
        status = worse(status, apply(source, n, to, n, sums, found.rows, n, opts))
    check(status, *(["LGT_EMPTY_ROW"] if empty == "zero" else []))
    return result if lse is None else (result, lse[()])


def sums_of_columns(x: np.ndarray, axis: int, keepdims: bool, found: Blocks, opts: Any) -> Any:
    """Logsumexp of `x`."""
    lse = np.empty(np.delete(x.shape, axis), accumulator(x.dtype))
    apply, status = function("logsumexp_cols", "", suffix(x.dtype)), 0
    for source, sums in each(found, x, lse):
        status = worse(status, apply(source, found.cols, sums, found.rows, found.cols, opts))
    check(status, "LGT_EMPTY_ROW")
    return np.expand_dims(lse, axis) if keepdims else lse[()]


def worse(status: int, other: int) -> int:
    """What both come to: an error, or an advisory."""
    return min(status, other) if min(status, other) < 0 else max(status, other)
