"""Ensemble temperature scaling: a mixture of the softmax at a fitted temperature, the
softmax as it is and the uniform distribution."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import check_out, floating, suffix
from ._calibrator import Calibrator
from ._docs import documented
from ._labelled import Labelled
from ._status import check
from .calibration import _DEFAULT, TemperatureScaling
from .functional import write_rows

__all__ = ["EnsembleTemperatureScaling"]


@documented("ensemble_temperature", "fit", "f32")
class EnsembleTemperatureScaling(Calibrator):
    """EnsembleTemperatureScaling(t_min=0.01, t_max=100.0, max_iter=50, tol=1e-8, start=0.0)

    `fit(logits, labels)`, then `predict_proba(logits)`. The parameters are those of
    `TemperatureScaling`. After fitting: `temperature_`, `weights_` (of the scaled softmax,
    the softmax as it is and the uniform distribution), `nll_before_`, `nll_after_`,
    `n_iter_` and `status_`.
    """

    _family = "ensemble_temperature"

    def __init__(
        self,
        t_min: float = _DEFAULT.t_min,
        t_max: float = _DEFAULT.t_max,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        start: float = _DEFAULT.start,
    ) -> None:
        self.t_min, self.t_max, self.max_iter, self.tol = t_min, t_max, max_iter, tol
        self.start = start

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> EnsembleTemperatureScaling:
        """Finds the temperature, then the weights. Returns itself."""
        options = TemperatureScaling(**self.get_params())._options()
        data, size = Labelled(logits, labels, weights), ctypes.c_size_t()
        check(function(self._family, "scratch")(data.scores.rows, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        model = np.zeros(ctypes.sizeof(STRUCTS["lgt_ensemble_temperature_model"]) // 8, np.uint64)
        room = address(scratch), scratch.nbytes
        data.pass_to(self._family, "fit", address(model), ctypes.byref(options), *room)
        self._keep(model)
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written
        to `out` if given, which may be `logits`."""
        model = self._address
        x = floating(logits)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function(self._family, "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows, x.cols)

        check(write_rows(x, result, call))
        return result

    @property
    def temperature_(self) -> float:
        return float(self._parameters()[0])

    @property
    def weights_(self) -> NDArray[np.float64]:
        """Of the scaled softmax, the softmax as it is and the uniform distribution."""
        return self._parameters()[1:].copy()
