"""Row transforms: softmax and its relatives, along any axis."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._arrays import accumulator, check_out, floating, last, rows, suffix
from ._axis import blocks, each
from ._docs import documented
from ._status import check, error

__all__ = ["log_softmax", "logsumexp", "softmax"]


@documented("softmax", "", "f32")
def softmax(
    x: ArrayLike,
    axis: int = -1,
    *,
    scale: float = 1.0,
    out: NDArray[Any] | None = None,
    return_lse: bool = False,
    empty: str = "nan",
) -> Any:
    """softmax(x, axis=-1, *, scale=1.0, out=None, return_lse=False, empty="nan")

    Rows run along `axis`. The result has the type of `x` (integers: float64) and
    goes to `out` if given, which may be `x`. With `return_lse` also the logsumexp
    of each row, as a second array. `empty="zero"` is LGT_SOFTMAX_EMPTY_ZERO;
    otherwise an empty row is warned of (LogitudeWarning).
    """
    return _transform("softmax", x, axis, scale, out, return_lse, empty)


@documented("log_softmax", "", "f32")
def log_softmax(
    x: ArrayLike,
    axis: int = -1,
    *,
    scale: float = 1.0,
    out: NDArray[Any] | None = None,
    return_lse: bool = False,
    empty: str = "nan",
) -> Any:
    """log_softmax(x, axis=-1, *, scale=1.0, out=None, return_lse=False, empty="nan")

    Arguments as those of `softmax`.
    """
    return _transform("log_softmax", x, axis, scale, out, return_lse, empty)


@documented("logsumexp", "", "f32")
def logsumexp(x: ArrayLike, axis: int = -1, keepdims: bool = False, scale: float = 1.0) -> Any:
    """logsumexp(x, axis=-1, keepdims=False, scale=1.0)

    Rows run along `axis`, which is left out of the result, or of length 1 with
    `keepdims`. float16 and bfloat16 give float32. Empty rows are not warned of:
    -inf is their logsumexp.
    """
    x = floating(x)
    if found := blocks(x, axis):
        return _sums_of_columns(x, axis, keepdims, found, options(scale))
    source = rows(last(x, axis))
    lse = np.empty(source.array.shape[:-1], accumulator(x.dtype))
    status = function("logsumexp", "", suffix(x.dtype))(
        source.address, source.stride, lse.ctypes.data, source.rows, source.cols, options(scale)
    )
    check(status, "LGT_EMPTY_ROW")
    return np.expand_dims(lse, axis) if keepdims else lse[()]


def _transform(
    family: str, x: Any, axis: int, scale: float, out: Any, return_lse: bool, empty: str
) -> Any:
    opts = options(scale, empty)
    x = floating(x)
    result = np.empty(x.shape, x.dtype) if out is None else out
    check_out(result, x)
    found = blocks(x, axis)
    if found and result.flags.c_contiguous and result.flags.aligned:
        return _columns(family, x, axis, result, found, opts, return_lse, empty)
    source, to = last(x, axis), last(result, axis)
    lse = np.empty(source.shape[:-1], accumulator(x.dtype)) if return_lse else None

    def call(x, y):
        return function(family, "", suffix(x.array.dtype))(
            x.address, x.stride, y.address, y.stride,
            None if lse is None else lse.ctypes.data, x.rows, x.cols, opts,
        )  # fmt: skip

    check(write_rows(source, to, call), *(["LGT_EMPTY_ROW"] if empty == "zero" else []))
    return result if lse is None else (result, lse[()])


def _columns(
    family: str, x: Any, axis: int, result: Any, found: Any, opts: Any, return_lse: bool, empty: str
) -> Any:
    """A transform along an axis that is not the last, of what is not to be copied."""
    lse = np.empty(np.delete(x.shape, axis), accumulator(x.dtype)) if return_lse else None
    apply, status = function(f"{family}_cols", "", suffix(x.dtype)), 0
    for source, to, sums in each(found, x, result, lse):
        done = apply(source, found.cols, to, found.cols, sums, found.rows, found.cols, opts)
        status = done if done < 0 else max(status, done)
    check(status, *(["LGT_EMPTY_ROW"] if empty == "zero" else []))
    return result if lse is None else (result, lse[()])


def _sums_of_columns(x: Any, axis: int, keepdims: bool, found: Any, opts: Any) -> Any:
    lse, status = np.empty(np.delete(x.shape, axis), accumulator(x.dtype)), 0
    apply = function("logsumexp_cols", "", suffix(x.dtype))
    for source, sums in each(found, x, lse):
        done = apply(source, found.cols, sums, found.rows, found.cols, opts)
        status = done if done < 0 else max(status, done)
    check(status, "LGT_EMPTY_ROW")
    return np.expand_dims(lse, axis) if keepdims else lse[()]


def write_rows(source: np.ndarray, to: np.ndarray, call: Any) -> int:
    """`call(rows of source, rows of to)`, through a copy where `to` is no rows."""
    target = rows(to)
    status = call(rows(source), target)
    if target.array is not to and status >= 0:
        to[...] = target.array
    return status


def options(scale: float, empty: str = "nan") -> Any:
    """`lgt_softmax_opts`, or None for the defaults."""
    if empty not in ("nan", "zero"):
        raise error("LGT_E_OPTION", f"empty is 'nan' or 'zero', not {empty!r}")
    if scale == 1 and empty == "nan":
        return None
    opts = STRUCTS["lgt_softmax_opts"]()
    opts.struct_size = ctypes.sizeof(opts)
    opts.flags = CONSTANTS["LGT_SOFTMAX_EMPTY_ZERO"] if empty == "zero" else 0
    opts.scale = scale
    return ctypes.byref(opts)
