"""Calibration that knows which predictions are right: the correctness-aware loss, the
temperature that minimises it, and what a temperature a row is predicted from."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import count, floating, rows, suffix
from ._docs import documented
from ._labelled import Labelled, _label_type
from ._status import check, error
from .calibration import TemperatureScaling
from .metrics import Metric, _report

__all__ = [
    "CALoss",
    "CATemperatureScaling",
    "ca_features",
    "ca_loss",
    "ca_loss_grad",
    "temperature_net",
    "temperature_net_grad",
]

CALossReport = _report("CALossReport", "ca_loss")
CALossGradient = namedtuple("CALossGradient", ["loss", "temperature", "scaled_logits"])

Self = TypeVar("Self", bound="CALoss")

_DEFAULT = STRUCTS["lgt_ca_temperature_opts"]()
function("ca_temperature", "opts_default")(ctypes.byref(_DEFAULT))


def _flags(balanced: bool) -> int:
    return 0 if balanced else CONSTANTS["LGT_CA_LOSS_UNIFORM"]


class Temperatures:
    """One for all rows or one a row, as C takes them."""

    def __init__(self, temperatures: ArrayLike, shape: tuple[int, ...]) -> None:
        values = np.asarray(temperatures, np.float64)
        if values.ndim and values.shape != shape[:-1]:
            raise error(
                "LGT_E_SHAPE",
                f"temperatures have the shape {values.shape}, scores {shape}: "
                "one is needed, or one for each row",
            )
        self._values = np.ascontiguousarray(values)
        # Of no rows there may be one temperature, but not none.
        self.arguments = address(self._values), self._values.size


def _pointers(data: Labelled) -> tuple[Any, ...]:
    weights = None if data.weights is None else address(data.weights)
    labels = address(data.labels), _label_type(data.labels)
    return data.scores.address, data.scores.stride, *labels, weights


def _check(status: int, data: Labelled) -> None:
    if status == STATUSES["LGT_E_LABEL"]:
        raise data._bad_label(address(data.labels), _label_type(data.labels))
    check(status)


@documented("ca_loss", "update", "f32", summary=False)
class CALoss(Metric):
    """CALoss(): the correctness-aware loss as a mergeable state, from logits; `compute`
    is the balanced loss, `report().uniform` the other."""

    _family, _value, _report = "ca_loss", "balanced", CALossReport

    def __init__(self) -> None:
        super().__init__()

    def update(
        self: Self,
        scores: ArrayLike,
        labels: ArrayLike,
        weights: ArrayLike | None = None,
        temperature: ArrayLike = 1.0,
    ) -> Self:
        """Adds rows of logits; `temperature` is one number, or one a row. Returns itself."""
        data = Labelled(scores, labels, weights)
        given = Temperatures(temperature, data.labels.shape + (0,))
        update, x = function("ca_loss", "update", data.suffix), data.scores
        status = update(self._address, *_pointers(data), *given.arguments, x.rows, x.cols)
        _check(status, data)
        return self


def ca_loss(
    logits: ArrayLike,
    labels: ArrayLike,
    temperature: ArrayLike = 1.0,
    weights: ArrayLike | None = None,
    *,
    balanced: bool = True,
) -> float:
    """The correctness-aware loss of `logits` at one temperature, or one a row; see
    `CALoss`."""
    report = CALoss().update(logits, labels, weights, temperature).report()
    return report.balanced if balanced else report.uniform


@documented("ca_loss", "grad", "f32")
def ca_loss_grad(
    logits: ArrayLike,
    labels: ArrayLike,
    temperature: ArrayLike = 1.0,
    weights: ArrayLike | None = None,
    *,
    balanced: bool = True,
) -> CALossGradient:
    """The correctness-aware loss with its gradients: `loss`; `temperature`, one number a
    row; `scaled_logits`, of the shape and type of `logits`."""
    data = Labelled(logits, labels, weights)
    x, shape = data.scores, data.labels.shape
    given = Temperatures(temperature, shape + (0,))
    loss, dt = ctypes.c_double(), np.empty(shape)
    du = np.empty(shape + (x.cols,), x.array.dtype)
    status = function("ca_loss", "grad", data.suffix)(
        *_pointers(data),
        *given.arguments,
        ctypes.byref(loss),
        address(dt),
        address(du),
        x.cols,
        x.rows,
        x.cols,
        _flags(balanced),
    )
    _check(status, data)
    return CALossGradient(loss.value, dt, du)


@documented("ca_temperature", "fit", "f32")
class CATemperatureScaling(TemperatureScaling):
    """CATemperatureScaling(balanced=True, t_min=0.1, t_max=10.0, grid=65, max_iter=100, tol=1e-9)

    `fit(logits, labels)`, then `predict_proba(logits)`, as `TemperatureScaling`, whose
    bytes it has; `nll_before_` and `nll_after_` are the correctness-aware loss.
    """

    def __init__(
        self,
        balanced: bool = True,
        t_min: float = _DEFAULT.t_min,
        t_max: float = _DEFAULT.t_max,
        grid: int = _DEFAULT.grid,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
    ) -> None:
        super().__init__(t_min, t_max, max_iter, tol)
        self.balanced, self.grid = balanced, grid

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> CATemperatureScaling:
        """Finds the temperature. Returns itself."""
        options = STRUCTS["lgt_ca_temperature_opts"]()
        options.struct_size, options.flags = ctypes.sizeof(options), _flags(self.balanced)
        options.grid, options.max_iter = count(self.grid, "grid"), count(self.max_iter, "max_iter")
        options.t_min, options.t_max, options.tol = self.t_min, self.t_max, self.tol
        model = np.zeros(ctypes.sizeof(STRUCTS["lgt_temperature_model"]) // 8, np.uint64)
        data = Labelled(logits, labels, weights)
        data.pass_to("ca_temperature", "fit", address(model), ctypes.byref(options))
        self._keep(model)
        return self


@documented("ca_features", "", "f32")
def ca_features(logits: ArrayLike, views: ArrayLike, k: int = 4) -> NDArray[Any]:
    """Features for `temperature_net`: `views` are the logits of transformed copies, with
    an axis more in front than `logits`. Returns rows of `len(views) * k` numbers."""
    x, views = floating(logits), floating(views)
    if x.ndim == 0 or views.shape[1:] != x.shape or views.dtype != x.dtype:
        raise error("LGT_E_SHAPE", f"views are needed of the shape (.., *{x.shape}), {x.dtype}")
    original, copies = rows(x), rows(np.ascontiguousarray(views))
    width = len(views) * k
    features = np.empty(x.shape[:-1] + (width,), x.dtype)
    status = function("ca_features", "", suffix(x.dtype))(
        original.address,
        original.stride,
        copies.address,
        copies.stride,
        original.rows * copies.stride,
        len(views),
        address(features),
        width,
        original.rows,
        original.cols,
        k,
    )
    check(status)
    return features


def _net(features: ArrayLike, parameters: ArrayLike) -> tuple[Any, np.ndarray, int]:
    """Rows, parameters, and the hidden units that so many parameters are for."""
    x = floating(features)
    if x.ndim == 0:
        raise error("LGT_E_SHAPE", "features need an axis")
    values = np.ascontiguousarray(parameters, np.float64)
    hidden, rest = divmod(values.size - 1, x.shape[-1] + 2)
    if values.ndim != 1 or rest or hidden < 0:
        raise error(
            "LGT_E_SHAPE",
            f"{values.shape} parameters are not hidden * ({x.shape[-1]} + 2) + 1 of them",
        )
    return rows(x), values, hidden


@documented("temperature_net", "", "f32")
def temperature_net(
    features: ArrayLike, parameters: ArrayLike, t_min: float = 0.1, t_max: float = 10.0
) -> NDArray[np.float64]:
    """A temperature for each row of `features`; their number and that of `parameters`, one
    array, say how many hidden units there are."""
    x, values, hidden = _net(features, parameters)
    t = np.empty(x.array.shape[:-1])
    forward = function("temperature_net", "", suffix(x.array.dtype))
    check(
        forward(
            x.address,
            x.stride,
            address(values),
            address(t),
            x.rows,
            x.cols,
            hidden,
            t_min,
            t_max,
        )
    )
    return t


@documented("temperature_net", "grad", "f32")
def temperature_net_grad(
    features: ArrayLike,
    parameters: ArrayLike,
    dt: ArrayLike,
    t_min: float = 0.1,
    t_max: float = 10.0,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The gradients in `parameters` and in `features`, from `dt`, those in the
    temperatures."""
    x, values, hidden = _net(features, parameters)
    given = np.ascontiguousarray(dt, np.float64)
    if given.shape != x.array.shape[:-1]:
        raise error("LGT_E_SHAPE", f"dt has the shape {given.shape}, features {x.array.shape}")
    dparameters, dx = np.empty_like(values), np.empty(x.array.shape)
    grad = function("temperature_net", "grad", suffix(x.array.dtype))
    check(
        grad(
            x.address,
            x.stride,
            address(values),
            address(given),
            address(dparameters),
            address(dx),
            x.rows,
            x.cols,
            hidden,
            t_min,
            t_max,
        )
    )
    return dparameters, dx
