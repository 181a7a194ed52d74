"""Soft labels: kept as their largest shares, made whole again, adapted, mixed."""

from __future__ import annotations

import ctypes
import operator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, floating, rows, suffix
from ._docs import documented
from ._loss import Losses
from ._status import check, error

__all__ = [
    "SoftLabelRegions",
    "SoftLabelTopk",
    "mix_labels",
    "soft_label_expand",
    "soft_label_regions",
    "soft_label_topk",
]

_MODES = ("smooth", "renorm")
_CONFIDENCES = ("max", "label")


class SoftLabelTopk(NamedTuple):
    """Where the largest shares of each row stand, and what they are."""

    indices: Any
    values: Any


class SoftLabelRegions(NamedTuple):
    """Adapted labels, the weight of each row, and its region."""

    labels: Any
    weights: Any
    region: Any


@documented("soft_label", "topk", "f32")
def soft_label_topk(probabilities: ArrayLike, k: int) -> SoftLabelTopk:
    """`indices` and `values` of the `k` largest of each row."""
    losses = Losses(probabilities)
    x, k = losses.x, operator.index(k)
    if k < 0:
        raise error("LGT_E_SIZE", f"k = {k} is below 0")
    shape = (*losses.shape[:-1], k)
    indices, values = np.empty(shape, np.uint32), np.empty(shape, x.array.dtype)
    check(
        function("soft_label", "topk", suffix(x.array.dtype))(
            x.address,
            x.stride,
            k,
            address(indices),
            k,
            address(values),
            k,
            x.rows,
            x.cols,
        )
    )
    return SoftLabelTopk(indices, values)


@documented("soft_label", "expand", "f32")
def soft_label_expand(
    indices: ArrayLike, values: ArrayLike, cols: int, mode: str = "smooth"
) -> NDArray[Any]:
    """Rows of `cols` classes; `mode` is "smooth" or "renorm"."""
    if mode not in _MODES:
        raise error("LGT_E_OPTION", f"mode is one of {_MODES}, not {mode!r}")
    losses = Losses(values)
    places, v, cols = np.asarray(indices), losses.x, operator.index(cols)
    if places.shape != losses.shape:
        raise error(
            "LGT_E_SHAPE", f"indices have the shape {places.shape}, values {losses.shape}"
        )
    if places.dtype.kind not in "iu" and places.size:
        raise TypeError(f"indices must be integers, not {places.dtype}")
    if cols < 0 or (places.size and (places.min() < 0 or places.max() >= cols)):
        raise error("LGT_E_LABEL", f"an index is outside 0 .. {cols - 1}")
    places = np.ascontiguousarray(places, np.uint32)
    y = np.empty((*losses.shape[:-1], cols), v.array.dtype)
    check(
        function("soft_label", "expand", suffix(v.array.dtype))(
            address(places),
            v.cols,
            v.address,
            v.stride,
            v.cols,
            CONSTANTS[f"LGT_SOFT_LABEL_{mode.upper()}"],
            address(y),
            cols,
            v.rows,
            cols,
        )
    )
    return y


@documented("soft_label_regions", "", "f32")
def soft_label_regions(
    probabilities: ArrayLike,
    labels: ArrayLike,
    *,
    low: float = 0.15,
    mid: float = 0.5,
    top: float = 0.95,
    smoothing: float = 0.1,
    confidence: str = "max",
) -> SoftLabelRegions:
    """`labels`, `weights` and `region` of each row; it is as sure as its largest share
    ("max") or its label's ("label")."""
    if confidence not in _CONFIDENCES:
        raise error("LGT_E_OPTION", f"confidence is one of {_CONFIDENCES}, not {confidence!r}")
    losses = Losses(probabilities)
    x, shape = losses.x, losses.shape[:-1]
    y = np.empty(losses.shape, x.array.dtype)
    weights, region = np.empty(shape, accumulator(x.array.dtype)), np.empty(shape, np.uint8)
    opts = STRUCTS["lgt_soft_label_regions_opts"]()
    opts.struct_size = ctypes.sizeof(opts)
    opts.confidence = CONSTANTS[f"LGT_CONFIDENCE_{confidence.upper()}"]
    opts.low, opts.mid, opts.top, opts.smoothing = low, mid, top, smoothing
    status = function("soft_label_regions", "", suffix(x.array.dtype))(
        x.address,
        x.stride,
        *losses.labelled(labels),
        address(y),
        x.cols,
        address(weights),
        address(region),
        x.rows,
        x.cols,
        ctypes.byref(opts),
    )
    losses.check(status)
    return SoftLabelRegions(y, weights[()], region[()])


@documented("mix_labels", "", "f32")
def mix_labels(first: ArrayLike, second: ArrayLike, share: ArrayLike) -> NDArray[Any]:
    """Rows of both, mixed; `share` is one number, or one a row."""
    first = floating(first)
    losses = Losses(first)
    a, (b, b_stride) = losses.x, losses.beside(second, "second labels")
    shares = np.ascontiguousarray(share, np.float64)
    if np.ndim(share) and shares.shape != losses.shape[:-1]:
        raise error("LGT_E_SHAPE", f"share has the shape {shares.shape}, rows {losses.shape}")
    y = rows(np.empty(losses.shape, a.array.dtype))
    check(
        function("mix_labels", "", suffix(a.array.dtype))(
            a.address,
            a.stride,
            b,
            b_stride,
            address(shares),
            shares.size,
            y.address,
            a.cols,
            a.rows,
            a.cols,
        )
    )
    return y.array
