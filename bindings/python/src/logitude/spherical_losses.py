"""Losses of the spherical family: of a row they want the label's output, the sum of all
and that of their squares."""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS, function
from ._address import address
from ._docs import documented
from ._loss import Loss, Losses
from ._status import check, error

__all__ = [
    "SphericalPartials",
    "spherical_family",
    "spherical_loss",
    "squared_error",
    "taylor_loss",
    "z_loss",
]

_KINDS = ("z", "taylor", "softmax", "squared_error")


@documented("z_loss", "", "f32")
def z_loss(
    outputs: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    a: float = 1.0,
    b: float = 0.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of outputs, `grad`, `total`."""
    losses = Losses(outputs, weights, reduction, grad_scale)
    return losses.call("z_loss", losses.labelled(labels), (a, b))


@documented("taylor_loss", "", "f32")
def taylor_loss(
    outputs: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of outputs, `grad`, `total`."""
    losses = Losses(outputs, weights, reduction, grad_scale)
    return losses.call("taylor_loss", losses.labelled(labels))


@documented("spherical_loss", "", "f32")
def spherical_loss(
    outputs: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    eps: float = 1e-4,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of outputs, `grad`, `total`."""
    losses = Losses(outputs, weights, reduction, grad_scale)
    return losses.call("spherical_loss", losses.labelled(labels), (eps,))


@documented("squared_error", "", "f32")
def squared_error(
    outputs: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of outputs, `grad`, `total`."""
    losses = Losses(outputs, weights, reduction, grad_scale)
    return losses.call("squared_error", losses.labelled(labels))


class SphericalPartials(NamedTuple):
    """Losses, and their derivatives in the labels' outputs, in the sum of all outputs, in
    that of their squares."""

    loss: Any
    d_own: Any
    d_sum: Any
    d_squares: Any


@documented("spherical_family")
def spherical_family(
    kind: str,
    own: ArrayLike,
    sum: ArrayLike,
    squares: ArrayLike,
    classes: int,
    *,
    a: float = 1.0,
    b: float = 0.0,
    eps: float = 1e-4,
) -> SphericalPartials:
    """`loss`, `d_own`, `d_sum` and `d_squares` for each of `own`, `sum` and `squares`, which
    may be numbers or arrays that go together. `kind` is "z" (with `a` and `b`), "taylor",
    "softmax" (with `eps`) or "squared_error"."""
    if kind not in _KINDS:
        raise error("LGT_E_OPTION", f"kind is one of {_KINDS}, not {kind!r}")
    classes = operator.index(classes)
    if not 1 <= classes < 2**64:
        raise error("LGT_E_VALUE", f"{classes} classes")
    given = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in (own, sum, squares)))
    inputs = [np.ascontiguousarray(x) for x in given]
    made = [np.empty(inputs[0].shape) for _ in range(4)]
    check(
        function("spherical_family", "")(
            CONSTANTS[f"LGT_SPHERICAL_{kind.upper()}"],
            eps if kind == "softmax" else a,
            b,
            *(address(x) for x in inputs),
            classes,
            *(address(y) for y in made),
            made[0].size,
        )
    )
    return SphericalPartials(*(y.reshape(given[0].shape)[()] for y in made))
