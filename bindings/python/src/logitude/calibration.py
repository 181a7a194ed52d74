"""Calibrators: fitted to held-out logits, then applied to new ones."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._arrays import check_out, count, floating, suffix
from ._calibrator import Calibrator, NotFittedError
from ._docs import documented
from ._labelled import Labelled
from ._status import check
from .functional import write_rows

__all__ = ["NotFittedError", "TemperatureScaling"]

_DEFAULT = STRUCTS["lgt_temperature_opts"]()
function("temperature", "opts_default")(ctypes.byref(_DEFAULT))


@documented("temperature", "fit", "f32")
class TemperatureScaling(Calibrator):
    """TemperatureScaling(t_min=0.01, t_max=100.0, max_iter=50, tol=1e-7)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting:
    `temperature_`, `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name
    of how the fit ended; any end but LGT_OK is warned of (LogitudeWarning).
    Pickles as its parameters and the bytes of the model.
    """

    _family = "temperature"

    def __init__(
        self,
        t_min: float = _DEFAULT.t_min,
        t_max: float = _DEFAULT.t_max,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
    ) -> None:
        self.t_min, self.t_max, self.max_iter, self.tol = t_min, t_max, max_iter, tol

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> TemperatureScaling:
        """Finds the temperature. Returns itself."""
        options = STRUCTS["lgt_temperature_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.max_iter = count(self.max_iter, "max_iter")
        options.t_min, options.t_max, options.tol = self.t_min, self.t_max, self.tol
        model = np.zeros(ctypes.sizeof(STRUCTS["lgt_temperature_model"]) // 8, np.uint64)
        data = Labelled(logits, labels, weights)
        data.pass_to("temperature", "fit", model.ctypes.data, ctypes.byref(options))
        self._keep(model)
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written
        to `out` if given, which may be `logits`."""
        model = self._address
        x = floating(logits)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function("temperature", "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows, x.cols)

        check(write_rows(x, result, call))
        return result

    @property
    def temperature_(self) -> float:
        return float(self._parameters()[0])
