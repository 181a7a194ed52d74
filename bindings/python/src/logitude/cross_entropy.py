"""Cross-entropy of logits with labels or soft labels."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._address import address
from ._docs import documented
from ._loss import Losses, loss_options

__all__ = ["CrossEntropy", "cross_entropy"]


class CrossEntropy(NamedTuple):
    """Each row's `loss`, the gradient of the reduced one in the logits, the reduced one, and
    the logarithm of each row's sum of exponentials."""

    loss: Any
    grad: Any
    total: float
    lse: Any


@documented("cross_entropy", "soft", "f32")
@documented("cross_entropy", "", "f32")
def cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    label_smoothing: float = 0.0,
    lse_penalty: float = 0.0,
    scale: float = 1.0,
    class_weights: ArrayLike | None = None,
    ignore_index: int = -100,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> CrossEntropy:
    """`loss` of each row of logits, `grad`, `total`, `lse`. `targets` are labels, one a row,
    or soft labels of the shape of the logits."""
    losses = Losses(logits, weights, reduction, grad_scale)
    opts: Any = loss_options("lgt_cross_entropy_opts", reduction, grad_scale)
    opts.label_smoothing = label_smoothing
    opts.lse_penalty = lse_penalty
    opts.scale = scale
    opts.ignore_index = ignore_index
    opts.class_weights = losses.column(class_weights, "class_weights", losses.x.cols, "f8")
    losses.opts = opts
    targets = np.asarray(targets)
    lse = np.empty(losses.shape[:-1])
    beside = (address(lse),)
    if targets.shape == losses.shape:
        soft = losses.beside(targets, "targets")
        found = losses.call("cross_entropy", soft, verb="soft", beside=beside)
    else:
        labels = losses.labelled(targets)
        found = losses.call("cross_entropy", labels, beside=beside)
    return CrossEntropy(*found, lse[()])
