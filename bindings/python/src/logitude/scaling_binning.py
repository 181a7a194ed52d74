"""Scaling-binning: a logistic regression on scores of two classes, in bins."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._arrays import count
from ._docs import documented
from ._of_scores import InScratch, choice, defaults

__all__ = ["ScalingBinning"]


@documented("scaling_binning", "fit", "f32")
class ScalingBinning(InScratch):
    """ScalingBinning(bins=10, scaling="smoothed", max_iter=100, tol=1e-6, eps=2**-52)

    `fit(scores, labels)`, then `predict_proba(scores)`. `scaling` is "smoothed" or "plain",
    of scores of any kind, or "logit", of probabilities. After fitting: `a_` and `b_` of the
    regression, `begins_`, where each bin begins, `values_`, `nll_before_`, `nll_after_`,
    `n_iter_`, and `status_`, the name of how the fit ended; any end but LGT_OK is warned of
    (LogitudeWarning). Pickles as its parameters and the bytes of the model.
    """

    _family = "scaling_binning"

    def __init__(
        self,
        bins: int = 10,
        scaling: str = "smoothed",
        max_iter: int = 100,
        tol: float = 1e-6,
        eps: float = 2.0**-52,
    ) -> None:
        self.bins, self.scaling = bins, scaling
        self.max_iter, self.tol, self.eps = max_iter, tol, eps

    def _options(self) -> Any:
        options, scalings = defaults("scaling_binning"), ("smoothed", "plain", "logit")
        options.bins = count(self.bins, "bins")
        options.scaling = choice(self._family, "scaling", self.scaling, scalings)
        options.max_iter = count(self.max_iter, "max_iter")
        options.tol, options.eps = self.tol, self.eps
        return options

    def _sizes(self, rows: int, weighted: int, *opts: Any) -> tuple[tuple[Any, ...], ...]:
        return (rows, *opts), ()

    @property
    def a_(self) -> float:
        return float(self._parameters()[0])

    @property
    def b_(self) -> float:
        return float(self._parameters()[1])

    @property
    def begins_(self) -> NDArray[np.float64]:
        """Where each bin begins; the first goes on below."""
        return np.split(self._parameters()[3:], 2)[0].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The probability of each bin."""
        return np.split(self._parameters()[3:], 2)[1].copy()
