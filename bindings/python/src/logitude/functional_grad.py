"""Vector-Jacobian products of the row transforms, along any axis."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._abi import STRUCTS, function
from ._arrays import Rows, accumulator, floating, last, rows, suffix
from ._axis import blocks, each
from ._docs import documented
from ._status import check, error
from .functional import options

__all__ = ["log_softmax_grad", "logsumexp_grad", "softmax_grad"]


@documented("softmax_grad", "", "f32")
def softmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    axis: int = -1,
    *,
    scale: float = 1.0,
    x: ArrayLike | None = None,
    mask: Any = None,
    return_dsink: bool = False,
) -> Any:
    """softmax_grad(y, dy, axis=-1, *, scale=1.0, x=None, mask=None, return_dsink=False)

    `y` is what `softmax` gave, `dy` the gradient in it; the result has the type of `y`.
    """
    return _of_results("softmax", y, dy, axis, scale, x, mask, return_dsink)


@documented("log_softmax_grad", "", "f32")
def log_softmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    axis: int = -1,
    *,
    scale: float = 1.0,
    x: ArrayLike | None = None,
    mask: Any = None,
    return_dsink: bool = False,
) -> Any:
    """log_softmax_grad(y, dy, axis=-1, *, scale=1.0, x=None, mask=None, return_dsink=False)

    Arguments as those of `softmax_grad`.
    """
    return _of_results("log_softmax", y, dy, axis, scale, x, mask, return_dsink)


@documented("logsumexp_grad", "", "f32")
def logsumexp_grad(
    x: ArrayLike,
    lse: ArrayLike,
    dlse: ArrayLike,
    axis: int = -1,
    *,
    scale: float = 1.0,
    empty: str = "nan",
    mask: Any = None,
    return_dsink: bool = False,
) -> Any:
    """logsumexp_grad(x, lse, dlse, axis=-1, *, scale=1.0, empty="nan", mask=None,
    return_dsink=False)

    `lse` is what `logsumexp` gave, `dlse` the gradient in it, with or without `axis`;
    the result has the type of `x`. `empty="zero"` is LGT_SOFTMAX_EMPTY_ZERO; otherwise an
    empty row is warned of (LogitudeWarning).
    """
    x = floating(x)
    if not x.ndim:
        raise error("LGT_E_SHAPE", "rows need an axis")
    opts = _options(scale, empty, mask)
    shape = tuple(np.delete(x.shape, axis))
    sums = [_sums(a, x, axis, shape, name) for a, name in ((lse, "lse"), (dlse, "dlse"))]
    dx = np.empty(x.shape, x.dtype)
    allowed = ["LGT_EMPTY_ROW"] if empty == "zero" else []
    found = None if mask is not None or return_dsink else blocks(x, axis)
    if found:
        apply, status = function("logsumexp_cols", "grad", suffix(x.dtype)), 0
        n, m = found.rows, found.cols
        for source, first, second, to in each(found, x, *sums, dx):
            done = apply(source, m, first, second, to, m, n, m, opts)
            status = done if done < 0 else max(status, done)
        check(status, *allowed)
        return dx
    source, dsink = rows(last(x, axis)), np.empty(shape) if return_dsink else None
    to = rows(last(dx, axis))
    status = function("logsumexp_grad", "", suffix(x.dtype))(
        source.address, source.stride, *(a.ctypes.data for a in sums), to.address, to.stride,
        None if dsink is None else dsink.ctypes.data, source.rows, source.cols, opts,
    )  # fmt: skip
    check(status, *allowed)
    return _result(dx, to, axis, dsink)


def _of_results(
    family: str,
    y: Any,
    dy: Any,
    axis: int,
    scale: float,
    x: Any,
    mask: Any,
    return_dsink: bool,
) -> Any:
    y, opts = floating(y), _options(scale, "nan", mask)
    dy = np.asarray(dy)
    if dy.shape != y.shape or not y.ndim:
        raise error("LGT_E_SHAPE", f"dy has the shape {dy.shape}, y {y.shape}")
    dy = dy.astype(y.dtype, copy=False)
    found = None if mask is not None or return_dsink or x is not None else blocks(y, axis)
    if found:
        dx, dy = np.empty(y.shape, y.dtype), np.ascontiguousarray(dy)
        apply = function(f"{family}_cols", "grad", suffix(y.dtype))
        n, m = found.rows, found.cols
        for first, second, to in each(found, y, dy, dx):
            check(apply(first, m, second, m, to, m, n, m, opts))
        return dx
    entries = y if x is None else np.asarray(x).astype(y.dtype, copy=False)
    lead = list(last(y, axis).shape[:-1])
    if list(last(entries, axis).shape[:-1]) != lead:
        raise error("LGT_E_SHAPE", f"x has the shape {entries.shape}, y {y.shape}")
    dx = np.empty(entries.shape, y.dtype)
    dsink = np.empty(lead) if return_dsink else None
    first, second, third = (rows(last(a, axis)) for a in (y, dy, entries))
    to = rows(last(dx, axis))
    status = function(f"{family}_grad", "", suffix(y.dtype))(
        first.address, first.stride, second.address, second.stride,
        third.address, third.stride, to.address, to.stride,
        None if dsink is None else dsink.ctypes.data, first.rows, third.cols, opts,
    )  # fmt: skip
    check(status)
    return _result(dx, to, axis, dsink)


def _result(dx: np.ndarray, to: Rows, axis: int, dsink: Any) -> Any:
    if to.array is not dx:
        last(dx, axis)[...] = to.array
    return dx if dsink is None else (dx, dsink[()])


def _sums(values: Any, x: np.ndarray, axis: int, shape: Any, name: str) -> np.ndarray:
    """One number a row, whether its axis was kept or not."""
    values = np.asarray(values, accumulator(x.dtype))
    if values.ndim == x.ndim:
        values = values.squeeze(axis)
    if values.shape != shape:
        raise error("LGT_E_SHAPE", f"{name} has the shape {values.shape}, not {shape}")
    return np.ascontiguousarray(values)


def _options(scale: float, empty: str, mask: Any) -> Any:
    given = options(scale, empty)
    if mask is None:
        return given
    opts = STRUCTS["lgt_softmax_opts"]()
    if given is None:
        opts.struct_size, opts.scale = ctypes.sizeof(opts), 1.0
    else:
        ctypes.memmove(ctypes.byref(opts), given, ctypes.sizeof(opts))
    opts.mask = ctypes.addressof(mask)
    return ctypes.byref(opts)
