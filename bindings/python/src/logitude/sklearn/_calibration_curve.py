"""The points of a reliability diagram."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..calibration_error import BinaryECE
from . import _targets

__all__ = ["calibration_curve"]


def calibration_curve(
    y_true: Any,
    y_prob: Any,
    *,
    pos_label: Any = None,
    n_bins: int = 5,
    strategy: str = "uniform",
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share of positive rows and the mean probability of each bin that holds something:
    of bins of equal width ("uniform"), or between quantiles ("quantile")."""
    probs, flags = _targets.numbers(y_prob, "y_prob"), _targets.positive(y_true, pos_label)
    if probs.shape != flags.shape:
        raise ValueError(f"y_prob has the shape {probs.shape}, y_true {flags.shape}")
    _targets.same_rows(y_true=flags, y_prob=probs)
    if not (probs.min() >= 0 and probs.max() <= 1):
        raise ValueError("y_prob has numbers outside 0 .. 1")
    if strategy == "uniform":
        bins = BinaryECE(n_bins).update(probs, flags).bins()
        bins = bins[bins["rows"] > 0]
        return bins["frequency"].copy(), bins["confidence"].copy()
    if strategy != "quantile":
        raise ValueError(f"strategy is 'uniform' or 'quantile', not {strategy!r}")
    return _between_quantiles(probs, flags, n_bins)


def _between_quantiles(probs: Any, flags: Any, n_bins: int) -> tuple[Any, Any]:
    """As above, of bins whose edges lie between the probabilities that occur."""
    edges = np.quantile(probs, np.linspace(0, 1, n_bins + 1))[1:-1]
    bins = np.searchsorted(edges, probs)
    rows = np.bincount(bins, minlength=n_bins)
    sums = (np.bincount(bins, values, n_bins) for values in (flags, probs))
    share, mean = (each[rows > 0] / rows[rows > 0] for each in sums)
    return share, mean
