"""Calibration by the slope of a spline along the order of scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._abi import function
from ._arrays import count
from ._docs import documented
from ._of_scores import InScratch, choice, defaults

__all__ = ["SplineCalibration"]


@documented("spline", "fit", "f32")
class SplineCalibration(InScratch):
    """SplineCalibration(knots=6, target="difference")

    `fit(scores, labels)`, then `predict_proba(scores)`. `target` is "difference", for which
    scores are probabilities, or "hits". After fitting: `spline_`, its values at the knots;
    `scores_` and `values_`, the lines of the fitted function before they are held in 0 .. 1;
    `nll_before_`, `nll_after_`, and `status_`, the name of how the fit ended;
    LGT_DEGENERATE is warned of (LogitudeWarning). Pickles as its parameters and the bytes of
    the model.
    """

    _family = "spline"

    def __init__(self, knots: int = 6, target: str = "difference") -> None:
        self.knots, self.target = knots, target

    def _options(self) -> Any:
        options = defaults("spline")
        options.knots = count(self.knots, "knots")
        options.target = choice("spline", "target", self.target, ("difference", "hits"))
        return options

    def _sizes(self, rows: int, weighted: int, *opts: Any) -> tuple[tuple[Any, ...], ...]:
        return (rows, *opts), ()

    def _table(self) -> list[NDArray[np.float64]]:
        return np.split(self._parameters()[self._param() & 0xFF :], 2)

    @property
    def spline_(self) -> NDArray[np.float64]:
        """Values of the spline at its knots, which are evenly spaced over 0 .. 1."""
        return self._parameters()[: self._param() & 0xFF].copy()

    @property
    def scores_(self) -> NDArray[np.float64]:
        """Scores at which the value is known."""
        return self._table()[0].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The value at each of them."""
        return self._table()[1].copy()
