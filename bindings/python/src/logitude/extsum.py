"""Sums of exponentials as mergeable states: rows whose columns are in shards, or
come in pieces, have their logsumexp and softmax without being put together."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import function
from ._address import address
from ._arrays import check_out, count, floating, rows, suffix
from ._docs import documented
from ._state import State
from ._status import check, error
from .functional import options, write_rows

__all__ = ["ExtSum"]

Self = TypeVar("Self", bound="ExtSum")


@documented("extsum", "update", "f32", summary=False)
class ExtSum(State):
    """ExtSum(rows): the sum of exponentials of each of `rows` rows.

    Give each shard of the columns to a state of its own and merge them (`a + b`),
    or update one state with one piece after another. `lse` gives the logarithms
    of the sums, `scale` the shares that columns have of them. The `scale` of
    updates and shares, an inverse temperature, should be one.
    """

    _family, _parameter = "extsum", "rows"

    def __init__(self, rows: int) -> None:
        super().__init__(count(rows, "rows"))

    def update(self: Self, x: ArrayLike, *, scale: float = 1.0) -> Self:
        """Adds columns, which run along the last axis of `x`, to the sums of their
        rows. Returns itself."""
        x, opts = rows(_columns(x)), options(scale)
        add = function(self._family, "update", suffix(x.array.dtype))
        check(add(self._address, x.address, x.stride, x.rows, x.cols, opts))
        return self

    def lse(self) -> NDArray[np.float64]:
        """The natural logarithm of each sum; -inf where nothing was added."""
        lse = np.empty(self._param, np.float64)
        check(function(self._family, "lse")(self._address, address(lse)), "LGT_EMPTY_ROW")
        return lse

    def scale(
        self,
        x: ArrayLike,
        *,
        scale: float = 1.0,
        out: NDArray[Any] | None = None,
        empty: str = "nan",
    ) -> NDArray[Any]:
        """exp(scale * x) / sum: what is the softmax of rows that were added whole,
        in any shards. `out` may be `x`; `empty` as in `softmax`."""
        opts = options(scale, empty)
        x = _columns(x)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)

        def call(x, y):
            share = function(self._family, "scale", suffix(x.array.dtype))
            return share(
                self._address, x.address, x.stride, y.address, y.stride, x.rows, x.cols, opts
            )

        check(write_rows(x, result, call), *(["LGT_EMPTY_ROW"] if empty == "zero" else []))
        return result


def _columns(x: Any) -> np.ndarray:
    x = floating(x)
    if x.ndim == 0:
        raise error("LGT_E_SHAPE", "x needs an axis of columns")
    return x
