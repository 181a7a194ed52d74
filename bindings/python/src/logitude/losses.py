"""Losses of rows, each with its gradient."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS
from ._docs import documented
from ._loss import Loss, Losses
from ._status import error

__all__ = ["Loss", "binary_cross_entropy", "focal", "hinge", "pinball"]


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


@documented("hinge", "", "f32")
def hinge(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    margin: float = 1.0,
    power: int = 1,
    form: str = "mean",
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of scores, `grad`, `total`. `form` is "mean" or "max"."""
    if form not in ("mean", "max"):
        raise error("LGT_E_OPTION", f"form is 'mean' or 'max', not {form!r}")
    losses = Losses(scores, weights, reduction, grad_scale)
    after = (margin, power, CONSTANTS[f"LGT_HINGE_{form.upper()}"])
    return losses.call("hinge", losses.labelled(labels), after)


@documented("pinball", "", "f32")
def pinball(
    predictions: ArrayLike,
    targets: ArrayLike,
    levels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of predicted quantiles, `grad`, `total`. `targets` are of the shape
    of the predictions, or one a row; `levels` are one a column, or one for all."""
    losses = Losses(predictions, weights, reduction, grad_scale)
    targets = np.asarray(targets)
    if targets.shape == losses.shape[:-1]:
        targets = np.repeat(targets[..., None], losses.x.cols, axis=-1)
    levels = np.asarray(levels, np.float64)
    if levels.ndim == 0:
        levels = np.full(losses.x.cols, levels)
    each = losses.column(levels, "levels", losses.x.cols, "f8")
    return losses.call("pinball", (*losses.beside(targets, "targets"), each))
