"""Calls to losses of rows: what all of them are given and give back."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import numpy as np

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import accumulator, floating, rows, suffix
from ._labelled import Labelled
from ._status import check, error

_REDUCTIONS = ("sum", "mean")


class Loss(NamedTuple):
    """What a loss comes to: each row's own, the gradient of the reduced one in the first
    argument, and the reduced one."""

    loss: Any
    grad: Any
    total: float


class Losses:
    """Rows of a loss with its options."""

    def __init__(
        self, x: Any, weights: Any = None, reduction: str = "sum", grad_scale: float = 1.0
    ) -> None:
        x = floating(x)
        if x.ndim == 0:
            raise error("LGT_E_SHAPE", "rows need an axis")
        self.x = rows(x)
        self.shape = x.shape
        self.weights = None
        if weights is not None:
            values = np.ascontiguousarray(weights, accumulator(x.dtype))
            if values.shape != x.shape[:-1]:
                raise error(
                    "LGT_E_SHAPE",
                    f"weights have the shape {values.shape}, rows {x.shape}: "
                    "one is needed for each row",
                )
            self.weights = values
        self.opts = loss_options("lgt_loss_opts", reduction, grad_scale)

    def labelled(self, labels: Any) -> tuple[int, int]:
        """One label a row, as C takes them; the array is kept."""
        self._labels = Labelled(self.x.array.reshape(self.shape), labels)
        return self._labels.label_arguments()

    def beside(self, other: Any, name: str) -> tuple[int, int]:
        """Rows of the same shape and type, as C takes them; the array is kept."""
        other = np.asarray(other)
        if other.shape != self.shape:
            raise error("LGT_E_SHAPE", f"{name} have the shape {other.shape}, rows {self.shape}")
        kept = rows(other.astype(self.x.array.dtype, copy=False))
        self.__dict__.setdefault("_kept", []).append(kept)
        return kept.address, kept.stride

    def column(self, values: Any, name: str, n: int, dtype: Any) -> int | None:
        """`n` numbers, or None, as C takes them; the array is kept."""
        if values is None:
            return None
        kept = np.ascontiguousarray(values, dtype)
        if kept.shape != (n,):
            raise error("LGT_E_SHAPE", f"{name} have the shape {kept.shape}, not ({n},)")
        self.__dict__.setdefault("_kept", []).append(kept)
        return address(kept)

    def call(
        self,
        family: str,
        before: Any = (),
        after: Any = (),
        verb: str = "",
        *,
        beside: Any = (),
        outputs: Any = (),
        behind: Any = (),
    ) -> Loss:
        """Calls a loss: `before` stands between the rows and their weights, `after`
        behind those, `beside` behind the place for each row's loss, `outputs` behind the
        gradient, `behind` at the end."""
        x = self.x
        loss, total = np.empty(self.shape[:-1]), ctypes.c_double()
        grad = np.empty(self.shape, x.array.dtype)
        weights = None if self.weights is None else address(self.weights)
        status = function(family, verb, suffix(x.array.dtype))(
            x.address,
            x.stride,
            *before,
            weights,
            *after,
            address(loss),
            *beside,
            address(grad),
            x.cols,
            *outputs,
            ctypes.byref(total),
            x.rows,
            x.cols,
            ctypes.byref(self.opts),
            *behind,
        )
        self.check(status)
        return Loss(loss[()], grad, total.value)

    def check(self, status: int) -> None:
        """Raises what a call came to, with the label that is not a class."""
        if status == STATUSES["LGT_E_LABEL"] and hasattr(self, "_labels"):
            raise self._labels._bad_label(*self._labels.label_arguments())
        check(status)


def loss_options(struct: str, reduction: str, grad_scale: float) -> Any:
    """An options struct that starts as that of all losses does."""
    if reduction not in _REDUCTIONS:
        raise error("LGT_E_OPTION", f"reduction is one of {_REDUCTIONS}, not {reduction!r}")
    opts = STRUCTS[struct]()
    opts.struct_size = ctypes.sizeof(opts)
    opts.reduction = CONSTANTS[f"LGT_REDUCTION_{reduction.upper()}"]
    opts.grad_scale = grad_scale
    return opts
