"""Intervals for a share: of so many trials so many were successes."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._abi import function
from ._docs import documented
from ._status import check, error

__all__ = ["Interval", "proportion_interval"]

Interval = namedtuple("Interval", ["low", "high"])
Interval.__doc__ = "The bounds of a confidence interval."

_METHODS = ("wilson", "clopper_pearson", "jeffreys", "agresti_coull", "normal")


@documented("interval", "wilson")
def proportion_interval(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95, method: str = "wilson"
) -> Any:
    """proportion_interval(successes, trials, confidence=0.95, method="wilson")

    An `Interval` for the probability of success: of two floats, or of two arrays
    for arrays of counts, which broadcast. `method` is one of "wilson",
    "clopper_pearson" (never covers less than `confidence`), "jeffreys",
    "agresti_coull" and "normal". Of "wilson":
    """
    if method not in _METHODS:
        raise error("LGT_E_OPTION", f"method is one of {', '.join(_METHODS)}, not {method!r}")
    bounds, low, high = function("interval", method), ctypes.c_double(), ctypes.c_double()

    def one(k: float, n: float) -> tuple[float, float]:
        check(bounds(k, n, confidence, ctypes.byref(low), ctypes.byref(high)))
        return low.value, high.value

    k, n = np.broadcast_arrays(
        np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    )
    if k.ndim == 0:
        return Interval(*one(k.item(), n.item()))
    pairs = np.array([one(*pair) for pair in zip(k.flat, n.flat)]).reshape(-1, 2)
    return Interval(*(bound.reshape(k.shape) for bound in pairs.T))
