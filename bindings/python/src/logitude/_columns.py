"""Two columns of numbers, as the functions over them take them."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any

import numpy as np

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import accumulator, floating, suffix
from ._labelled import _column
from ._status import check


def named(name: str, family: str) -> Any:
    return namedtuple(name, [field for field, _ in STRUCTS[f"lgt_{family}_report"]._fields_])


class Columns:
    """Two columns of one type and, if given, one weight a row."""

    def __init__(self, x: Any, y: Any, weights: Any = None) -> None:
        x, y = floating(x), floating(y)
        if x.dtype != y.dtype:
            # Every type that the library knows fits.
            x, y = x.astype(np.float64), y.astype(np.float64)
        self.suffix, self.n = suffix(x.dtype), x.size
        rowlike = (*x.shape, 1)
        self.x = np.require(x, None, ["C", "A"])
        self.y = _column(y, "the second column's numbers", rowlike)
        self.weights: np.ndarray | None = None
        if weights is not None:
            weights = np.asarray(weights, accumulator(x.dtype))
            self.weights = _column(weights, "weights", rowlike)

    def add_to(self, family: str, state: Any) -> None:
        """Adds all rows to a state."""
        weights = None if self.weights is None else address(self.weights)
        add = function(family, "update", self.suffix)
        check(add(state, address(self.x), address(self.y), weights, self.n))

    def report(self, family: str, kind: Any, *parameters: Any, labels: Any = ()) -> Any:
        """The report of a function over both columns, called with scratch."""
        report = STRUCTS[f"lgt_{family}_report"]()
        room = scratch(family, self.n)
        status = function(family, "", self.suffix)(
            address(self.x), address(self.y), *labels, ctypes.byref(report), self.n,
            *parameters, address(room), room.nbytes,
        )  # fmt: skip
        check(status)
        return as_tuple(kind, report)


def scratch(family: str, n: int) -> Any:
    size = ctypes.c_size_t()
    check(function(family, "scratch")(n, ctypes.byref(size)))
    return np.empty(size.value // 8, np.uint64)


def as_tuple(kind: Any, report: Any) -> Any:
    return kind(*(getattr(report, field) for field in kind._fields))
