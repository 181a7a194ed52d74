"""Temperatures by robust optimisation: losses to learn them with, the temperature at which
a row is as sure as it may be, and a network's head that predicts them."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STATUSES, function
from ._address import address
from ._arrays import Rows, floating, rows, suffix
from ._docs import documented
from ._labelled import Labelled, _label_type
from ._status import check, error
from .correctness_aware import Temperatures

__all__ = ["contrastive_dro", "dro_kl", "dro_temperature", "tau_cross_entropy", "tempnet"]

TauLoss = namedtuple("TauLoss", ["loss", "logits", "tau"])
ContrastiveDRO = namedtuple("ContrastiveDRO", ["loss", "similarities", "tau"])
DROTemperature = namedtuple("DROTemperature", ["tau", "kl"])
DROKL = namedtuple("DROKL", ["value", "tau", "weights"])


def _rows(x: ArrayLike, name: str) -> Rows:
    x = floating(x)
    if x.ndim == 0:
        raise error("LGT_E_SHAPE", f"{name} need an axis")
    return rows(x)


@documented("tau_cross_entropy", "", "f32")
def tau_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, tau: ArrayLike = 1.0, rho: float = 0.0
) -> TauLoss:
    """The loss of each row with its derivatives: `loss`, `logits`, `tau`. `tau` is one
    number, or one a row."""
    data = Labelled(logits, labels)
    x, shape = data.scores, data.labels.shape
    taus = Temperatures(tau, shape + (0,))
    loss, dtau = np.empty(shape), np.empty(shape)
    dx = np.empty(shape + (x.cols,), x.array.dtype)
    labelled = address(data.labels), _label_type(data.labels)
    status = function("tau_cross_entropy", "", data.suffix)(
        x.address,
        x.stride,
        *labelled,
        *taus.arguments,
        rho,
        address(loss),
        address(dx),
        x.cols,
        address(dtau),
        x.rows,
        x.cols,
    )
    if status == STATUSES["LGT_E_LABEL"]:
        raise data._bad_label(*labelled)
    check(status)
    return TauLoss(loss, dx, dtau)


@documented("contrastive_dro", "", "f32")
def contrastive_dro(
    similarities: ArrayLike, tau: ArrayLike = 1.0, rho: float = 0.0
) -> ContrastiveDRO:
    """The loss of each anchor with its derivatives: `loss`, `similarities`, `tau`; the
    partner of row i is column i."""
    x = _rows(similarities, "similarities")
    if x.array.ndim != 2:
        raise error("LGT_E_SHAPE", "similarities need two axes")
    taus = Temperatures(tau, x.array.shape)
    loss, dtau, dx = np.empty(x.rows), np.empty(x.rows), np.empty(x.array.shape, x.array.dtype)
    status = function("contrastive_dro", "", suffix(x.array.dtype))(
        x.address,
        x.stride,
        *taus.arguments,
        rho,
        address(loss),
        address(dx),
        x.cols,
        address(dtau),
        x.rows,
        x.cols,
    )
    check(status)
    return ContrastiveDRO(loss, dx, dtau)


@documented("dro_temperature", "", "f32")
def dro_temperature(
    x: ArrayLike, rho: float, tau_min: float = 0.01, tau_max: float = 100.0
) -> DROTemperature:
    """The temperature of each row, `tau`, and the divergence there, `kl`."""
    x = _rows(x, "scores")
    tau, kl = np.empty(x.array.shape[:-1]), np.empty(x.array.shape[:-1])
    solve = function("dro_temperature", "", suffix(x.array.dtype))
    places = address(tau), address(kl)
    check(solve(x.address, x.stride, rho, tau_min, tau_max, *places, x.rows, x.cols))
    return DROTemperature(tau, kl)


@documented("dro_kl", "", "f32")
def dro_kl(
    losses: ArrayLike, rho: float, tau_min: float = 0.01, tau_max: float = 100.0
) -> DROKL:
    """The worst mean of each row of losses: its `value`, its `tau`, and the `weights`."""
    x = _rows(losses, "losses")
    value, tau = np.empty(x.array.shape[:-1]), np.empty(x.array.shape[:-1])
    weights = np.empty(x.array.shape, x.array.dtype)
    status = function("dro_kl", "", suffix(x.array.dtype))(
        x.address,
        x.stride,
        rho,
        tau_min,
        tau_max,
        address(value),
        address(tau),
        address(weights),
        x.cols,
        x.rows,
        x.cols,
    )
    check(status)
    return DROKL(value, tau, weights)


@documented("tempnet", "", "f32")
def tempnet(
    x: ArrayLike,
    parameters: ArrayLike,
    outputs: int,
    tau_min: float = 0.01,
    tau_max: float = 2.0,
) -> NDArray[np.float64]:
    """A temperature for each row; the number of `parameters`, one array, and of `outputs`
    say how many hidden units there are."""
    x = _rows(x, "rows")
    values = np.ascontiguousarray(parameters, np.float64)
    hidden, rest = divmod(values.size - 2 * outputs - 2, x.cols + 1 + outputs)
    if values.ndim != 1 or outputs < 1 or rest or hidden < 0:
        raise error(
            "LGT_E_SHAPE",
            f"{values.shape} parameters are not those of {outputs} outputs and {x.cols} inputs",
        )
    size = ctypes.c_size_t()
    check(function("tempnet", "scratch")(hidden, outputs, ctypes.byref(size)))
    scratch: NDArray[Any] = np.empty(size.value // 8)
    tau = np.empty(x.array.shape[:-1])
    status = function("tempnet", "", suffix(x.array.dtype))(
        x.address,
        x.stride,
        address(values),
        address(tau),
        x.rows,
        x.cols,
        hidden,
        outputs,
        tau_min,
        tau_max,
        address(scratch),
        size.value,
    )
    check(status)
    return tau
