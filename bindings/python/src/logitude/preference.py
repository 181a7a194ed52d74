"""Losses of pairs of answers of which one is preferred."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS, function
from ._address import address
from ._arrays import accumulator, floating, suffix
from ._docs import documented
from ._loss import Loss, loss_options
from ._status import check, error

__all__ = ["DPO", "dpo", "pairwise_reward"]

_FORMS = ("sigmoid", "hinge", "ipo")


class DPO(NamedTuple):
    """Each pair's loss, the derivative of the reduced one in the policy's log-likelihood of
    what was chosen, each pair's margin, and the reduced loss."""

    loss: Any
    grad: Any
    margin: Any
    total: float


class _Pairs:
    """Numbers, one a pair, of the shape and type of the first."""

    def __init__(self, first: Any) -> None:
        first = floating(first)
        self.shape, self.dtype = first.shape, first.dtype
        self.kept: list[np.ndarray] = []
        self.chosen = self.beside(first, "chosen")

    def beside(self, values: Any, name: str, dtype: Any = None) -> int | None:
        if values is None:
            return None
        kept = np.ascontiguousarray(values, dtype or self.dtype).reshape(np.shape(values))
        if kept.shape != self.shape:
            raise error("LGT_E_SHAPE", f"{name} has the shape {kept.shape}, chosen {self.shape}")
        self.kept.append(kept)
        return address(kept)

    def weights(self, weights: Any) -> int | None:
        return self.beside(weights, "weights", accumulator(self.dtype))


@documented("dpo", "", "f32")
def dpo(
    chosen: ArrayLike,
    rejected: ArrayLike,
    reference_chosen: ArrayLike | None = None,
    reference_rejected: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    beta: float = 0.1,
    form: str = "sigmoid",
    label_smoothing: float = 0.0,
    gamma: float = 1.0,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> DPO:
    """`loss` of each pair, `grad`, `margin`, `total`; `form` is "sigmoid", "hinge" or
    "ipo"."""
    if form not in _FORMS:
        raise error("LGT_E_OPTION", f"form is one of {_FORMS}, not {form!r}")
    pairs = _Pairs(chosen)
    opts = loss_options("lgt_dpo_opts", reduction, grad_scale)
    opts.beta, opts.label_smoothing, opts.gamma = beta, label_smoothing, gamma
    opts.form = CONSTANTS[f"LGT_DPO_{form.upper()}"]
    loss, margin, total = np.empty(pairs.shape), np.empty(pairs.shape), ctypes.c_double()
    grad = np.empty(pairs.shape, pairs.dtype)
    check(
        function("dpo", "", suffix(pairs.dtype))(
            pairs.chosen,
            pairs.beside(rejected, "rejected"),
            pairs.beside(reference_chosen, "reference_chosen"),
            pairs.beside(reference_rejected, "reference_rejected"),
            pairs.weights(weights),
            address(loss),
            address(grad),
            address(margin),
            ctypes.byref(total),
            loss.size,
            ctypes.byref(opts),
        )
    )
    return DPO(loss[()], grad[()], margin[()], total.value)


@documented("pairwise_reward", "", "f32")
def pairwise_reward(
    chosen: ArrayLike,
    rejected: ArrayLike,
    margin: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    reduction: str = "sum",
    grad_scale: float = 1.0,
) -> Loss:
    """`loss` of each pair, `grad`, `total`."""
    pairs = _Pairs(chosen)
    opts = loss_options("lgt_loss_opts", reduction, grad_scale)
    loss, total = np.empty(pairs.shape), ctypes.c_double()
    grad = np.empty(pairs.shape, pairs.dtype)
    check(
        function("pairwise_reward", "", suffix(pairs.dtype))(
            pairs.chosen,
            pairs.beside(rejected, "rejected"),
            pairs.beside(margin, "margin"),
            pairs.weights(weights),
            address(loss),
            address(grad),
            ctypes.byref(total),
            loss.size,
            ctypes.byref(opts),
        )
    )
    return Loss(loss[()], grad[()], total.value)
