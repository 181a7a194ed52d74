"""Row transforms: softmax and its relatives, along any axis."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, check_out, floating, last, rows, suffix
from ._axis import blocks, of_columns, sums_of_columns
from ._docs import documented
from ._masks import Mask
from ._quick import quickly
from ._status import check, error

__all__ = ["log_softmax", "logsumexp", "softmax", "softmin"]

# What is done to scores first, besides a scale.
_MASK = ("mask", "bias", "causal", "slope", "soft_cap", "sink", "columns")


@quickly("softmax")
@documented("softmax", "", "f32")
def softmax(
    x: ArrayLike,
    axis: int = -1,
    *,
    scale: Any = 1.0,
    mask: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    causal: int | bool | None = None,
    slope: float = 0.0,
    soft_cap: float | None = None,
    sink: Any = None,
    columns: ArrayLike | None = None,
    out: NDArray[Any] | None = None,
    return_lse: bool = False,
    return_sink: bool = False,
    empty: str = "nan",
) -> Any:
    """softmax(x, axis=-1, *, scale=1.0, mask=None, bias=None, causal=None, slope=0.0,
    soft_cap=None, sink=None, columns=None, out=None, return_lse=False, return_sink=False,
    empty="nan")

    Rows run along `axis`. The result has the type of `x` (integers: float64) and
    goes to `out` if given, which may be `x`. With `return_lse` also the logsumexp
    of each row, as a second array, and with `return_sink` the share of its sink, as
    the last. `empty="zero"` is LGT_SOFTMAX_EMPTY_ZERO; otherwise an empty row is
    warned of (LogitudeWarning).

    An entry has the score cap(scale * x) + bias + slope * (its place in the row - its
    row - causal). `scale`: a number, or one for each row. `mask`: booleans that broadcast
    to `x`, true where an entry is kept. `bias`: numbers that broadcast to `x`. `causal`:
    True or 0 for entries up to the row's number, an integer for so many more; rows are
    counted along the last axis but that of the entries. `slope`: that of ALiBi. `soft_cap`:
    c of cap(u) = c tanh(u / c). `sink`: a score beside those of the row, a number or one
    for each row; 0 is the softmax "off by one". `columns`: which entries of `axis` stand
    in a row, in this order; the result, mask and bias are of as many.
    """
    given = (mask, bias, causal, slope, soft_cap, sink, columns)
    return _transform("softmax", x, axis, scale, given, out, return_lse, return_sink, empty)


@documented("softmax", "", "f32")
def softmin(
    x: ArrayLike,
    axis: int = -1,
    *,
    scale: Any = 1.0,
    mask: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    causal: int | bool | None = None,
    slope: float = 0.0,
    soft_cap: float | None = None,
    sink: Any = None,
    columns: ArrayLike | None = None,
    out: NDArray[Any] | None = None,
    return_lse: bool = False,
    return_sink: bool = False,
    empty: str = "nan",
) -> Any:
    """softmin(x, axis=-1, *, scale=1.0, mask=None, bias=None, causal=None, slope=0.0,
    soft_cap=None, sink=None, columns=None, out=None, return_lse=False, return_sink=False,
    empty="nan")

    `softmax` of `-x`. Arguments as those of `softmax`.
    """
    given = (mask, bias, causal, slope, soft_cap, sink, columns)
    return _transform("softmax", x, axis, scale, given, out, return_lse, return_sink, empty, True)


@quickly("log_softmax")
@documented("log_softmax", "", "f32")
def log_softmax(
    x: ArrayLike,
    axis: int = -1,
    *,
    scale: Any = 1.0,
    mask: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    causal: int | bool | None = None,
    slope: float = 0.0,
    soft_cap: float | None = None,
    sink: Any = None,
    columns: ArrayLike | None = None,
    out: NDArray[Any] | None = None,
    return_lse: bool = False,
    return_sink: bool = False,
    empty: str = "nan",
) -> Any:
    """log_softmax(x, axis=-1, *, scale=1.0, mask=None, bias=None, causal=None, slope=0.0,
    soft_cap=None, sink=None, columns=None, out=None, return_lse=False, return_sink=False,
    empty="nan")

    Arguments as those of `softmax`.
    """
    given = (mask, bias, causal, slope, soft_cap, sink, columns)
    return _transform("log_softmax", x, axis, scale, given, out, return_lse, return_sink, empty)


@documented("logsumexp", "", "f32")
def logsumexp(
    x: ArrayLike,
    axis: int = -1,
    keepdims: bool = False,
    scale: Any = 1.0,
    *,
    mask: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    causal: int | bool | None = None,
    slope: float = 0.0,
    soft_cap: float | None = None,
    sink: Any = None,
    columns: ArrayLike | None = None,
) -> Any:
    """logsumexp(x, axis=-1, keepdims=False, scale=1.0, *, mask=None, bias=None,
    causal=None, slope=0.0, soft_cap=None, sink=None, columns=None)

    Rows run along `axis`, which is left out of the result, or of length 1 with
    `keepdims`. float16 and bfloat16 give float32. Empty rows are not warned of:
    -inf is their logsumexp. Other arguments as those of `softmax`.
    """
    x = floating(x)
    given = (mask, bias, causal, slope, soft_cap, sink, columns)
    masked = _mask(x, axis, scale, given)
    if masked is None and (found := blocks(x, axis)):
        return sums_of_columns(x, axis, keepdims, found, options(scale))
    source = rows(last(x, axis))
    lse = np.empty(source.array.shape[:-1], accumulator(x.dtype))
    status = function("logsumexp", "", suffix(x.dtype))(
        source.address, source.stride, address(lse), source.rows, source.cols,
        options(scale) if masked is None else options(masked.scale, masked=masked),
    )  # fmt: skip
    check(status, "LGT_EMPTY_ROW")
    return np.expand_dims(lse, axis) if keepdims else lse[()]


def _mask(x: np.ndarray, axis: int, scale: Any, given: Any, negate: bool = False) -> Mask | None:
    """What the arguments come to; None for no mask."""
    mask, bias, causal, slope, soft_cap, sink, columns = given
    plain = mask is None and bias is None and (causal is None or causal is False)
    plain = plain and not slope and not soft_cap and sink is None and columns is None
    if plain and not negate and (isinstance(scale, (int, float)) or np.ndim(scale) == 0):
        return None
    return Mask(x, axis, scale=scale, negate=negate, **dict(zip(_MASK, given)))


def _transform(
    family: str,
    x: Any,
    axis: int,
    scale: Any,
    given: Any,
    out: Any,
    return_lse: bool,
    return_sink: bool,
    empty: str,
    negate: bool = False,
) -> Any:
    x = floating(x)
    masked = _mask(x, axis, scale, given, negate)
    if return_sink and masked is None:
        masked = Mask(x, axis, scale=scale)
    opts = options(scale, empty) if masked is None else options(masked.scale, empty, masked)
    shape = x.shape if masked is None else masked.result_shape
    result = np.empty(shape, x.dtype) if out is None else out
    check_out(result, x, shape)
    found = blocks(x, axis) if masked is None else None
    if found and result.flags.c_contiguous and result.flags.aligned:
        return of_columns(family, x, axis, result, found, opts, return_lse, empty)
    source, to = last(x, axis), last(result, axis)
    lse = np.empty(source.shape[:-1], accumulator(x.dtype)) if return_lse else None
    share = masked.share() if return_sink else None

    def call(x, y):
        return function(family, "", suffix(x.array.dtype))(
            x.address, x.stride, y.address, y.stride,
            None if lse is None else address(lse), x.rows, x.cols, opts,
        )  # fmt: skip

    check(write_rows(source, to, call), *(["LGT_EMPTY_ROW"] if empty == "zero" else []))
    if lse is None and share is None:
        return result
    beside = [one[()] for one in (lse, share) if one is not None]
    return (result, *beside)


def write_rows(source: np.ndarray, to: np.ndarray, call: Any) -> int:
    """`call(rows of source, rows of to)`, through a copy where `to` is no rows."""
    target = rows(to)
    status = call(rows(source), target)
    if target.array is not to and status >= 0:
        to[...] = target.array
    return status


def options(scale: float, empty: str = "nan", masked: Mask | None = None) -> Any:
    """`lgt_softmax_opts`, or None for the defaults."""
    if empty not in ("nan", "zero"):
        raise error("LGT_E_OPTION", f"empty is 'nan' or 'zero', not {empty!r}")
    if scale == 1 and empty == "nan" and masked is None:
        return None
    opts = STRUCTS["lgt_softmax_opts"]()
    opts.struct_size = ctypes.sizeof(opts)
    opts.flags = CONSTANTS["LGT_SOFTMAX_EMPTY_ZERO"] if empty == "zero" else 0
    opts.scale = scale
    opts.mask = None if masked is None else ctypes.addressof(masked.struct)
    return ctypes.byref(opts)
