"""Axes on which a rate stands where the normal distribution function reaches it."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from numpy.typing import ArrayLike, NDArray

_NORMAL = NormalDist()
_INVERSE = np.frompyfunc(_NORMAL.inv_cdf, 1, 1)
_DISTRIBUTION = np.frompyfunc(_NORMAL.cdf, 1, 1)
_FURTHEST = 1e-12  # 0 and 1 have no deviate: a line to them leaves the picture

_TICKS = (1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)


def deviates(shares: ArrayLike) -> NDArray[np.float64]:
    """The normal distribution's quantiles."""
    inside = np.clip(np.asarray(shares, np.float64), _FURTHEST, 1 - _FURTHEST)
    found: NDArray[np.float64] = np.full(inside.shape, np.nan)
    known = ~np.isnan(inside)
    found[known] = _INVERSE(inside[known])
    return found


def rates(at: ArrayLike) -> NDArray[np.float64]:
    """Its distribution function, the inverse of `deviates`."""
    return np.asarray(_DISTRIBUTION(np.asarray(at, np.float64)), np.float64)


def columns(low: float, high: float, count: int) -> NDArray[np.float64]:
    """Rates between which columns of a picture are equally wide."""
    ends = deviates([low, high])
    return rates(np.linspace(ends[0], ends[1], count + 1))


def scale_axes(ax: Axes, low: float, high: float) -> None:
    """Both axes, equally long, from the rate `low` to `high`."""
    for axis, name in ((ax.xaxis, "x"), (ax.yaxis, "y")):
        scale: Any = getattr(ax, f"set_{name}scale")
        scale("function", functions=(deviates, rates))
        axis.set_major_locator(FixedLocator(_TICKS))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(_percent))
    ax.set(xlim=(low, high), ylim=(low, high))
    ax.set_box_aspect(1)


def _percent(share: float, _: Any) -> str:
    return f"{100 * share:g}%"
