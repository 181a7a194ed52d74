"""Losses of what is to be among the first, each with its gradient."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS
from ._address import address
from ._docs import documented
from ._labelled import _integers
from ._loss import Loss, Losses
from ._status import error

__all__ = ["soft_topk_loss"]


@documented("soft_topk_loss", "", "f32")
def soft_topk_loss(
    scores: ArrayLike,
    relevant: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    k: float,
    alpha: float = 2.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of scores, `grad`, `total`. `relevant` has the shape of `scores`:
    booleans, or integers 0 and 1."""
    losses = Losses(scores, weights, reduction, grad_scale)
    flags = np.ascontiguousarray(_integers(relevant))
    if flags.shape != losses.shape:
        raise error(
            "LGT_E_SHAPE", f"relevant has the shape {flags.shape}, scores {losses.shape}"
        )
    label_type = CONSTANTS[f"LGT_{flags.dtype.kind.upper()}{8 * flags.itemsize}"]
    before = (address(flags), losses.x.cols, label_type)
    return losses.call("soft_topk_loss", before, (k, alpha))
