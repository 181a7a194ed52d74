"""Calibrators of scores of two classes with two or three parameters."""

from __future__ import annotations

from typing import Any

from ._arrays import count
from ._docs import documented
from ._of_scores import OfScores, choice, defaults

__all__ = ["BetaCalibration", "PlattScaling"]


_PLATT, _BETA = defaults("platt"), defaults("beta")


@documented("platt", "fit", "f32")
class PlattScaling(OfScores):
    """PlattScaling(targets="smoothed", max_iter=100, tol=1e-6)

    `fit(scores, labels)`, then `predict_proba(scores)`. `targets` is "smoothed" or
    "plain". After fitting: `a_`, `b_`, `nll_before_`, `nll_after_`, `n_iter_`, and
    `status_`, the name of how the fit ended; any end but LGT_OK is warned of
    (LogitudeWarning). Pickles as its parameters and the bytes of the model.
    """

    _family = "platt"

    def __init__(
        self, targets: str = "smoothed", max_iter: int = _PLATT.max_iter, tol: float = _PLATT.tol
    ) -> None:
        self.targets, self.max_iter, self.tol = targets, max_iter, tol

    def _options(self) -> Any:
        options = defaults("platt")
        options.targets = choice("platt", "targets", self.targets, ("smoothed", "plain"))
        options.max_iter, options.tol = count(self.max_iter, "max_iter"), self.tol
        return options

    @property
    def a_(self) -> float:
        return float(self._parameters()[0])

    @property
    def b_(self) -> float:
        return float(self._parameters()[1])


@documented("beta", "fit", "f32")
class BetaCalibration(OfScores):
    """BetaCalibration(variant="abm", eps=2**-52, max_iter=100, tol=1e-6)

    `fit(probs, labels)`, then `predict_proba(probs)`, with probabilities of class 1.
    `variant` is "abm", "am" or "ab". After fitting: `a_`, `b_`, `c_`, `nll_before_`,
    `nll_after_`, `n_iter_`, and `status_`, the name of how the fit ended; any end but
    LGT_OK is warned of (LogitudeWarning). Pickles as its parameters and the bytes of the
    model.
    """

    _family = "beta"

    def __init__(
        self,
        variant: str = "abm",
        eps: float = _BETA.eps,
        max_iter: int = _BETA.max_iter,
        tol: float = _BETA.tol,
    ) -> None:
        self.variant, self.eps, self.max_iter, self.tol = variant, eps, max_iter, tol

    def _options(self) -> Any:
        options = defaults("beta")
        options.variant = choice("beta", "variant", self.variant, ("abm", "am", "ab"))
        options.max_iter = count(self.max_iter, "max_iter")
        options.eps, options.tol = self.eps, self.tol
        return options

    @property
    def a_(self) -> float:
        return float(self._parameters()[0])

    @property
    def b_(self) -> float:
        return float(self._parameters()[1])

    @property
    def c_(self) -> float:
        return float(self._parameters()[2])
