"""Losses that a student is taught with by a teacher, or by itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, function
from ._address import address
from ._arrays import suffix
from ._columns import scratch
from ._docs import documented
from ._loss import Loss, Losses, loss_options
from ._status import error

__all__ = ["USKD", "dkd", "kd", "nkd", "uskd", "uskd_targets", "zipf_targets"]

_ORDERS = ("all", "others")


class USKD(NamedTuple):
    """Each row's loss, the gradient of the reduced one in the student's logits and in the
    weak head's, and the reduced one."""

    loss: Any
    grad: Any
    weak_grad: Any
    total: float


@documented("kd", "", "f32")
def kd(
    logits: ArrayLike,
    teacher: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    temperature: float = 4.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of the student's logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("kd", losses.beside(teacher, "teacher's logits"), (temperature,))


@documented("nkd", "", "f32")
def nkd(
    logits: ArrayLike,
    teacher: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    gamma: float = 1.5,
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of the student's logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    before = (*losses.beside(teacher, "teacher's logits"), *losses.labelled(labels))
    return losses.call("nkd", before, (gamma, temperature))


@documented("dkd", "", "f32")
def dkd(
    logits: ArrayLike,
    teacher: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    alpha: float = 1.0,
    beta: float = 8.0,
    temperature: float = 4.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of the student's logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    before = (*losses.beside(teacher, "teacher's logits"), *losses.labelled(labels))
    return losses.call("dkd", before, (alpha, beta, temperature))


def _order(order: str) -> int:
    if order not in _ORDERS:
        raise error("LGT_E_OPTION", f"order is one of {_ORDERS}, not {order!r}")
    return CONSTANTS[f"LGT_ZIPF_{order.upper()}"]


@documented("uskd", "", "f32")
def uskd(
    logits: ArrayLike,
    weak: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    alpha: float = 1.0,
    beta: float = 0.1,
    mu: float = 0.005,
    smoothing: float = 0.1,
    order: str = "all",
    compat: bool = False,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> USKD:
    """`loss` of each row of the student's logits, `grad`, `weak_grad`, `total`; ranks are
    those among "all" classes or the "others"."""
    losses = Losses(logits, weights)
    losses.opts = loss_options("lgt_uskd_opts", reduction, grad_scale)
    opts = losses.opts
    opts.alpha, opts.beta, opts.mu, opts.smoothing = alpha, beta, mu, smoothing
    opts.order, opts.compat = _order(order), bool(compat)
    weak_grad, room = np.empty(losses.shape, losses.x.array.dtype), scratch("uskd", losses.x.cols)
    found = losses.call(
        "uskd",
        (*losses.beside(weak, "weak logits"), *losses.labelled(labels)),
        outputs=(address(weak_grad), losses.x.cols),
        behind=(address(room), room.nbytes),
    )
    return USKD(found.loss, found.grad, weak_grad, found.total)


@documented("uskd_targets", "", "f32")
def uskd_targets(
    logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
) -> NDArray[Any]:
    """The target of each row's label."""
    losses = Losses(logits, weights)
    x, labelled = losses.x, losses.labelled(labels)
    given = None if losses.weights is None else address(losses.weights)
    targets = np.empty(losses.shape[:-1])
    status = function("uskd_targets", "", suffix(x.array.dtype))(
        x.address, x.stride, *labelled, given, address(targets), x.rows, x.cols
    )
    losses.check(status)
    return targets[()]


@documented("zipf_targets", "", "f32")
def zipf_targets(scores: ArrayLike, labels: ArrayLike, order: str = "all") -> NDArray[Any]:
    """Targets of each row; ranks are those among "all" classes or the "others"."""
    losses = Losses(scores)
    x, room = losses.x, scratch("uskd", losses.x.cols)
    y = np.empty(losses.shape, x.array.dtype)
    status = function("zipf_targets", "", suffix(x.array.dtype))(
        x.address,
        x.stride,
        *losses.labelled(labels),
        _order(order),
        address(y),
        x.cols,
        x.rows,
        x.cols,
        address(room),
        room.nbytes,
    )
    losses.check(status)
    return y
