"""Vector-Jacobian products of the row transforms, along any axis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._abi import function
from ._address import address
from ._arrays import Rows, accumulator, floating, last, rows, suffix
from ._axis import blocks, each, worse
from ._docs import documented
from ._status import check, error
from .functional import _mask, options

__all__ = ["log_softmax_grad", "logsumexp_grad", "softmax_grad"]


@documented("softmax_grad", "", "f32")
def softmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    axis: int = -1,
    *,
    scale: Any = 1.0,
    x: ArrayLike | None = None,
    soft_cap: float | None = None,
    sink: Any = None,
    sink_share: ArrayLike | None = None,
    columns: ArrayLike | None = None,
    negate: bool = False,
    return_dsink: bool = False,
) -> Any:
    """softmax_grad(y, dy, axis=-1, *, scale=1.0, x=None, soft_cap=None, sink=None,
    sink_share=None, columns=None, negate=False, return_dsink=False)

    `y` is what `softmax` gave, `dy` the gradient in it; the result has the type of `y`.
    `scale`, `soft_cap`, `sink`, `columns`: as there. What else there was, a mask, a bias,
    is in `y`. `x`: what `softmax` was applied to, needed with `soft_cap` and `columns`.
    `negate`: of `softmin`. With `return_dsink` also the gradient in each row's sink;
    `sink_share` is its share, as `return_sink` gave it.
    """
    given = (scale, soft_cap, sink, columns, negate)
    return _of_results("softmax", y, dy, axis, given, x, sink_share, return_dsink)


@documented("log_softmax_grad", "", "f32")
def log_softmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    axis: int = -1,
    *,
    scale: Any = 1.0,
    x: ArrayLike | None = None,
    soft_cap: float | None = None,
    sink: Any = None,
    sink_share: ArrayLike | None = None,
    columns: ArrayLike | None = None,
    negate: bool = False,
    return_dsink: bool = False,
) -> Any:
    """log_softmax_grad(y, dy, axis=-1, *, scale=1.0, x=None, soft_cap=None, sink=None,
    sink_share=None, columns=None, negate=False, return_dsink=False)

    Arguments as those of `softmax_grad`.
    """
    given = (scale, soft_cap, sink, columns, negate)
    return _of_results("log_softmax", y, dy, axis, given, x, sink_share, return_dsink)


@documented("logsumexp_grad", "", "f32")
def logsumexp_grad(
    x: ArrayLike,
    lse: ArrayLike,
    dlse: ArrayLike,
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
    return_dsink: bool = False,
    empty: str = "nan",
) -> Any:
    """logsumexp_grad(x, lse, dlse, axis=-1, *, scale=1.0, mask=None, bias=None,
    causal=None, slope=0.0, soft_cap=None, sink=None, columns=None, return_dsink=False,
    empty="nan")

    `lse` is what `logsumexp` gave, `dlse` the gradient in it, with or without `axis`;
    the result has the type of `x`. With `return_dsink` also the gradient in each row's
    sink. `empty="zero"` is LGT_SOFTMAX_EMPTY_ZERO; otherwise an empty row is warned of
    (LogitudeWarning). Other arguments as those of `logsumexp`.
    """
    x = floating(x)
    if not x.ndim:
        raise error("LGT_E_SHAPE", "rows need an axis")
    masked = _mask(x, axis, scale, (mask, bias, causal, slope, soft_cap, sink, columns))
    opts = options(scale, empty) if masked is None else options(masked.scale, empty, masked)
    shape = last(x, axis).shape[:-1]
    sums = [_sums(a, x, axis, shape, name) for a, name in ((lse, "lse"), (dlse, "dlse"))]
    dx = np.empty(x.shape, x.dtype)
    allowed = ["LGT_EMPTY_ROW"] if empty == "zero" else []
    found = None if masked is not None or return_dsink else blocks(x, axis)
    if found:
        apply, status = function("logsumexp_cols", "grad", suffix(x.dtype)), 0
        n, m = found.rows, found.cols
        for source, first, second, to in each(found, x, *sums, dx):
            status = worse(status, apply(source, m, first, second, to, m, n, m, opts))
        check(status, *allowed)
        return dx
    source, dsink = rows(last(x, axis)), np.empty(shape) if return_dsink else None
    to = rows(last(dx, axis))
    status = function("logsumexp_grad", "", suffix(x.dtype))(
        source.address, source.stride, *(address(a) for a in sums), to.address, to.stride,
        None if dsink is None else address(dsink), source.rows, source.cols, opts,
    )  # fmt: skip
    check(status, *allowed)
    return _result(dx, to, axis, dsink)


def _of_results(
    family: str,
    y: Any,
    dy: Any,
    axis: int,
    given: Any,
    x: Any,
    sink_share: Any,
    return_dsink: bool,
) -> Any:
    scale, soft_cap, sink, columns, negate = given
    y, dy = floating(y), np.asarray(dy)
    if dy.shape != y.shape or not y.ndim:
        raise error("LGT_E_SHAPE", f"dy has the shape {dy.shape}, y {y.shape}")
    if x is None and not (soft_cap is None and columns is None):
        raise error("LGT_E_NULL", "with soft_cap or columns, x is needed")
    dy = dy.astype(y.dtype, copy=False)
    entries = y if x is None else np.asarray(x).astype(y.dtype, copy=False)
    what = (None, None, None, 0.0, soft_cap, sink, columns)
    masked = _mask(entries, axis, scale, what, negate)
    if (y.shape if masked is None else masked.result_shape) != y.shape:
        raise error("LGT_E_SHAPE", f"y has the shape {y.shape}, x {entries.shape}")
    opts = options(scale) if masked is None else options(masked.scale, "nan", masked)
    dx = np.empty(entries.shape, y.dtype)
    found = None if masked is not None or return_dsink else blocks(y, axis)
    if found:
        apply = function(f"{family}_cols", "grad", suffix(y.dtype))
        n, m = found.rows, found.cols
        for first, second, to in each(found, y, np.ascontiguousarray(dy), dx):
            check(apply(first, m, second, m, to, m, n, m, opts))
        return dx
    dsink = np.empty(last(y, axis).shape[:-1]) if return_dsink else None
    if sink_share is not None and masked is not None:
        masked.share()[...] = sink_share
    first, second, third = (rows(last(a, axis)) for a in (y, dy, entries))
    to = rows(last(dx, axis))
    status = function(f"{family}_grad", "", suffix(y.dtype))(
        first.address, first.stride, second.address, second.stride,
        third.address, third.stride, to.address, to.stride,
        None if dsink is None else address(dsink), first.rows, third.cols, opts,
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
