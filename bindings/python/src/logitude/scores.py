"""Proper scores of probabilities, and what goes with them for two classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS
from ._docs import documented
from .metrics import Metric, _report

__all__ = [
    "RPS",
    "LogLoss",
    "Spherical",
    "log_loss",
    "ranked_probability_score",
    "spherical_score",
]

LogLossReport = _report("LogLossReport", "log_loss")
SphericalReport = _report("SphericalReport", "spherical")
RPSReport = _report("RPSReport", "rps")


@documented("log_loss", "update", "f32", summary=False)
class LogLoss(Metric):
    """LogLoss(eps=0.0, renormalize=False): mean of -ln p_label, from probabilities.

    `report().clipped_rows` counts the rows that `eps` changed.
    """

    _family, _value, _report = "log_loss", "log_loss", LogLossReport

    def __init__(self, eps: float = 0.0, renormalize: bool = False) -> None:
        super().__init__(eps, CONSTANTS["LGT_LOG_LOSS_RENORMALIZE"] if renormalize else 0)

    def __repr__(self) -> str:
        eps = self._state[2:3].view(np.float64)[0]
        return f"LogLoss(eps={float(eps)!r}, renormalize={bool(self._param)})"


@documented("spherical", "update", "f32", summary=False)
class Spherical(Metric):
    """Spherical(): mean of p_label / |p|, from probabilities; higher is better."""

    _family, _value, _report = "spherical", "spherical", SphericalReport

    def __init__(self) -> None:
        super().__init__()


@documented("rps", "update", "f32", summary=False)
class RPS(Metric):
    """RPS(normalize=False): ranked probability score of ordered classes, from
    probabilities; lower is better. `normalize` divides by the classes less one."""

    _family, _value, _report = "rps", "rps", RPSReport

    def __init__(self, normalize: bool = False) -> None:
        super().__init__(CONSTANTS["LGT_RPS_NORMALIZE"] if normalize else 0)

    def __repr__(self) -> str:
        return f"RPS(normalize={bool(self._param)})"


def log_loss(
    probs: ArrayLike,
    labels: ArrayLike,
    eps: float = 0.0,
    weights: Any = None,
    renormalize: bool = False,
) -> float:
    """Mean of -ln p_label, with p clipped to [eps, 1 - eps]; see `LogLoss`."""
    return LogLoss(eps, renormalize).update(probs, labels, weights).compute()


def spherical_score(probs: ArrayLike, labels: ArrayLike, weights: Any = None) -> float:
    """Mean of p_label / |p|, higher is better; see `Spherical`."""
    return Spherical().update(probs, labels, weights).compute()


def ranked_probability_score(
    probs: ArrayLike, labels: ArrayLike, normalize: bool = False, weights: Any = None
) -> float:
    """Ranked probability score of ordered classes, lower is better; see `RPS`."""
    return RPS(normalize).update(probs, labels, weights).compute()
