"""Losses of rows, each with its gradient."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ._docs import documented
from ._loss import Loss, Losses

__all__ = ["Loss", "binary_cross_entropy", "focal"]


@documented("binary_cross_entropy", "", "f32")
def binary_cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    positive: ArrayLike | None = None,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    dtype = "f8" if losses.x.array.dtype == "f8" else "f4"
    each = losses.column(positive, "positive", losses.x.cols, dtype)
    return losses.call("binary_cross_entropy", (*losses.beside(targets, "targets"), each))


@documented("focal", "", "f32")
def focal(
    logits: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    gamma: float = 2.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("focal", losses.labelled(labels), (gamma,))
