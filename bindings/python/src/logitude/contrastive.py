"""Losses of similarities: positives against negatives."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS
from ._address import address
from ._docs import documented
from ._labelled import _integers, _label_type
from ._loss import Loss, Losses
from ._status import error

__all__ = ["DecoupledSoftmax", "decoupled_softmax", "info_nce"]


class DecoupledSoftmax(NamedTuple):
    """Each row's `loss`, the gradient of the reduced one in the scores, the reduced one, and
    what the shares of each row's negatives are multiplied by in the gradient."""

    loss: Any
    grad: Any
    total: float
    pull: Any


@documented("decoupled_softmax", "", "f32")
def decoupled_softmax(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    gains: ArrayLike | None = None,
    lse: ArrayLike | None = None,
    temperature: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> DecoupledSoftmax:
    """`loss` of each row of scores, `grad`, `total`, `pull`. `labels` are of the shape of the
    scores."""
    losses = Losses(scores, weights, reduction, grad_scale)
    roles = np.ascontiguousarray(_integers(labels))
    if roles.shape != losses.shape:
        raise error("LGT_E_SHAPE", f"labels have the shape {roles.shape}, scores {losses.shape}")
    given = (None, 0) if gains is None else losses.beside(gains, "gains")
    before = (address(roles), losses.x.cols, _label_type(roles), *given)
    logs = None if lse is None else np.ravel(np.asarray(lse, np.float64))
    after = (losses.column(logs, "lse", losses.x.rows, "f8"), temperature)
    pull = np.zeros(losses.shape[:-1])
    found = losses.call("decoupled_softmax", before, after, beside=(address(pull),))
    return DecoupledSoftmax(*found, pull[()])


@documented("info_nce", "", "f32")
def info_nce(
    similarities: ArrayLike,
    labels: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    temperature: float = 1.0,
    symmetric: bool = False,
    reduction: str = "mean",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each row of similarities, `grad`, `total`. `labels` are one column a row;
    without them, the diagonal."""
    losses = Losses(similarities, weights, reduction, grad_scale)
    before = (None, CONSTANTS["LGT_I32"]) if labels is None else losses.labelled(labels)
    direction = CONSTANTS["LGT_INFO_NCE_SYMMETRIC" if symmetric else "LGT_INFO_NCE_ROWS"]
    return losses.call("info_nce", before, (temperature, direction))
