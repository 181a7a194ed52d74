"""Losses of rows whose shares are sparse, each with its gradient."""

from __future__ import annotations

from numpy.typing import ArrayLike

from ._docs import documented
from ._loss import Loss, Losses

__all__ = ["entmax15_loss", "entmax_loss", "sparsemax_loss"]


@documented("sparsemax_loss", "", "f32")
def sparsemax_loss(
    logits: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("sparsemax_loss", losses.labelled(labels))


@documented("entmax15_loss", "", "f32")
def entmax15_loss(
    logits: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("entmax15_loss", losses.labelled(labels))


@documented("entmax_loss", "", "f32")
def entmax_loss(
    logits: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    alpha: float = 1.5,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of logits, `grad`, `total`."""
    losses = Losses(logits, weights, reduction, grad_scale)
    return losses.call("entmax_loss", losses.labelled(labels), (alpha,))
