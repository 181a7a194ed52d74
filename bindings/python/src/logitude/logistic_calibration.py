"""Calibrators of scores of two classes with two or three parameters."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._arrays import check_out, count, floating, suffix
from ._calibrator import Calibrator, Self
from ._docs import documented
from ._status import check, error
from .functional import write_rows
from .scores import _Column

__all__ = ["BetaCalibration", "PlattScaling"]


def _defaults(family: str) -> Any:
    opts = STRUCTS[f"lgt_{family}_opts"]()
    function(family, "opts_default")(ctypes.byref(opts))
    return opts


_PLATT, _BETA = _defaults("platt"), _defaults("beta")


def _choice(family: str, name: str, value: str, choices: tuple[str, ...]) -> int:
    if value not in choices:
        raise error("LGT_E_OPTION", f"{name} is one of {choices}, not {value!r}")
    return CONSTANTS[f"LGT_{family.upper()}_{value.upper()}"]


class _OfScores(Calibrator):
    """What calibrators of one score share."""

    def _options(self) -> Any:
        raise NotImplementedError

    def fit(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Finds the parameters for scores and labels of 0 and 1. Returns itself."""
        model = np.zeros(ctypes.sizeof(STRUCTS[f"lgt_{self._family}_model"]) // 8, np.uint64)
        options = ctypes.byref(self._options())
        data = _Column(scores, labels, weights)
        check(data.pass_to(self._family, "fit", model.ctypes.data, options))
        self._keep(model)
        return self

    def predict_proba(self, scores: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """The calibrated probability of class 1 for each score, in its shape, written to
        `out` if given, which may be `scores`."""
        model, x = self._address, floating(scores)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function(self._family, "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows)

        check(write_rows(x[..., np.newaxis], result[..., np.newaxis], call))
        return result


@documented("platt", "fit", "f32")
class PlattScaling(_OfScores):
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
        options = _defaults("platt")
        options.targets = _choice("platt", "targets", self.targets, ("smoothed", "plain"))
        options.max_iter, options.tol = count(self.max_iter, "max_iter"), self.tol
        return options

    @property
    def a_(self) -> float:
        return float(self._parameters()[0])

    @property
    def b_(self) -> float:
        return float(self._parameters()[1])


@documented("beta", "fit", "f32")
class BetaCalibration(_OfScores):
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
        options = _defaults("beta")
        options.variant = _choice("beta", "variant", self.variant, ("abm", "am", "ab"))
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
