"""Whether rows are what they are said to be; the first that is not is named."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

# How far from 1 the sum of a row's probabilities may be: float16 has 11 bits.
_SUM_TOLERANCE = 0.01


def check_labels(
    labels: NDArray[Any], classes: int, numbers: NDArray[np.int64], name: str
) -> None:
    """Labels are classes."""
    if labels.dtype.kind != "b" and (labels.min() < 0 or labels.max() >= classes):
        at = int(np.argmax((labels < 0) | (labels >= classes)))
        raise InputError(
            f"{name}: the label of row {numbers[at]} is {labels[at]}, outside 0 .. {classes - 1}"
        )


def check_weights(
    weights: NDArray[Any] | None, numbers: NDArray[np.int64], name: str
) -> None:
    """Weights are finite and not negative."""
    if weights is None:
        return
    fine = np.isfinite(weights) & (weights >= 0)
    if not fine.all():
        at = int(np.argmin(fine))
        raise InputError(f"{name}: the weight of row {numbers[at]} is {weights[at]}")


def check_scores(
    x: NDArray[Any], fine: NDArray[np.bool_], numbers: NDArray[np.int64], input: str, name: str
) -> None:
    """Every row has probabilities."""
    if not fine.all():
        at = _first(~fine, numbers)
        infinite = "infinite" if (x[at] > 0).any() else "all -inf"
        what = "NaN" if np.isnan(x[at]).any() else infinite
        raise InputError(
            f"{name}: row {numbers[at]} has scores that are {what}, which gives no probabilities"
        )
    if input == "probabilities":
        _check_probabilities(x, numbers, name)


def _first(bad: NDArray[np.bool_], numbers: NDArray[np.int64]) -> int:
    """Where the bad row of the least number is; rows may be in any order."""
    places = np.flatnonzero(bad)
    return int(places[np.argmin(numbers[places])])


def _check_probabilities(x: NDArray[Any], numbers: NDArray[np.int64], name: str) -> None:
    sums = x.sum(axis=1)
    fine = (x.min(axis=1) >= 0) & (np.abs(sums - 1) <= _SUM_TOLERANCE)
    if not fine.all():
        at = _first(~fine, numbers)
        raise InputError(
            f"{name}: row {numbers[at]} holds no probabilities (its sum is {sums[at]:.4g}, "
            f"its least {x[at].min():.4g}); are they logits?"
        )
