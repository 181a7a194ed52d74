"""Divergences and entropies of rows, each with its gradient."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS
from ._address import address
from ._docs import documented
from ._loss import Loss, Losses
from ._status import error

__all__ = ["JSDivergence", "entropy", "js_div", "kl_div", "renyi_entropy"]

_TARGETS = ("probabilities", "logits")


class JSDivergence(NamedTuple):
    """Each row's divergence, the gradient of the reduced one in both arguments, and the
    reduced one."""

    loss: Any
    grad: Any
    other_grad: Any
    total: float


@documented("kl_div", "", "f32")
def kl_div(
    logits: ArrayLike,
    targets: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    target_type: str = "probabilities",
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`; targets are "probabilities" or
    "logits"."""
    if target_type not in _TARGETS:
        raise error("LGT_E_OPTION", f"target_type is one of {_TARGETS}, not {target_type!r}")
    losses = Losses(logits, weights, reduction, grad_scale)
    kind = CONSTANTS[f"LGT_TARGETS_{target_type.upper()}"]
    return losses.call("kl_div", (*losses.beside(targets, "targets"), kind), (temperature,))


@documented("js_div", "", "f32")
def js_div(
    logits: ArrayLike,
    other: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> JSDivergence:
    """`loss` of each pair of rows, `grad`, `other_grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    other_grad = np.empty(losses.shape, losses.x.array.dtype)
    found = losses.call(
        "js_div",
        losses.beside(other, "other logits"),
        (temperature,),
        outputs=(address(other_grad), losses.x.cols),
    )
    return JSDivergence(found.loss, found.grad, other_grad, found.total)


@documented("entropy", "", "f32")
def entropy(
    logits: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, which is its entropy, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("entropy", (), (temperature,))


@documented("renyi_entropy", "", "f32")
def renyi_entropy(
    logits: ArrayLike,
    alpha: float,
    weights: ArrayLike | None = None,
    *,
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, which is its entropy, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("renyi_entropy", (), (alpha, temperature))
