"""Calibrators: fitted to held-out logits, then applied to new ones."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._arrays import check_out, count, floating, suffix
from ._docs import documented
from ._labelled import Labelled
from ._status import check, error, status_name
from .functional import write_rows

__all__ = ["NotFittedError", "TemperatureScaling"]

_DEFAULT = STRUCTS["lgt_temperature_opts"]()
function("temperature", "opts_default")(ctypes.byref(_DEFAULT))


class NotFittedError(ValueError, AttributeError):
    """`fit` has not been called."""


@documented("temperature", "fit", "f32")
class TemperatureScaling:
    """TemperatureScaling(t_min=0.01, t_max=100.0, max_iter=50, tol=1e-7)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting:
    `temperature_`, `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name
    of how the fit ended; any end but LGT_OK is warned of (LogitudeWarning).
    Pickles as its parameters and the bytes of the model.
    """

    _model: Any = None

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
        model = STRUCTS["lgt_temperature_model"]()
        data = Labelled(logits, labels, weights)
        data.pass_to("temperature", "fit", ctypes.addressof(model), ctypes.byref(options))
        self._model = model
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written
        to `out` if given, which may be `logits`."""
        model = ctypes.byref(self._fitted())
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
        return self._fitted().temperature

    @property
    def nll_before_(self) -> float:
        return self._fitted().nll_before

    @property
    def nll_after_(self) -> float:
        return self._fitted().nll_after

    @property
    def n_iter_(self) -> int:
        return self._fitted().iterations

    @property
    def status_(self) -> str:
        return status_name(self._fitted().fit_status)

    def to_bytes(self) -> bytes:
        """The fitted model as bytes, to be stored or sent."""
        return bytes(self._fitted())

    @classmethod
    def from_bytes(cls, data: bytes) -> TemperatureScaling:
        """A calibrator with the model of these bytes; LogitudeError if they are no model."""
        scaling = cls()
        scaling._model = _model_of(data)
        return scaling

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name, as scikit-learn asks for them."""
        return {name: getattr(self, name) for name in ("t_min", "t_max", "max_iter", "tol")}

    def set_params(self, **params: Any) -> TemperatureScaling:
        """Changes parameters. Returns itself."""
        for name, value in params.items():
            if name not in self.get_params():
                raise ValueError(f"TemperatureScaling has no parameter {name!r}")
            setattr(self, name, value)
        return self

    def __getstate__(self) -> tuple[dict[str, Any], bytes | None]:
        return self.get_params(), None if self._model is None else self.to_bytes()

    def __setstate__(self, state: tuple[dict[str, Any], bytes | None]) -> None:
        params, model = state
        self.__dict__.update(params)
        if model is not None:
            self._model = _model_of(model)

    def __repr__(self) -> str:
        changed = [
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if value != getattr(_DEFAULT, name)
        ]
        return f"TemperatureScaling({', '.join(changed)})"

    def _fitted(self) -> Any:
        if self._model is None:
            raise NotFittedError("this TemperatureScaling is not fitted: call fit first")
        return self._model


def _model_of(data: bytes) -> Any:
    model = STRUCTS["lgt_temperature_model"]
    if len(data) != ctypes.sizeof(model):
        raise error("LGT_E_STATE", f"a model is {ctypes.sizeof(model)} bytes, not {len(data)}")
    made = model.from_buffer_copy(data)
    # No rows: only the model is looked at.
    check(function("temperature", "apply", "f32")(ctypes.byref(made), None, 0, None, 0, 0, 0))
    return made
