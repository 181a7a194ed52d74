"""Coverage of prediction sets, as a mergeable state."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STATUSES, STRUCTS, function
from ._address import address
from ._arrays import count, rows
from ._docs import documented
from ._labelled import _label_type
from ._state import State
from ._status import check, error
from .counts import _address, _flat, _named, _read, _weights

__all__ = ["Coverage"]

Self = TypeVar("Self", bound="Coverage")

CoverageReport = _named("CoverageReport", "lgt_coverage_report")


@documented("coverage", "update", summary=False)
class Coverage(State):
    """Coverage(classes): how often prediction sets hold the true class, and how large
    they are; of all rows, of each class, and of each size."""

    _family, _parameter = "coverage", "classes"

    def __init__(self, classes: int) -> None:
        super().__init__(count(classes, "classes"))

    def update(self: Self, sets: Any, labels: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: sets, true classes, and weights, if any. Returns itself.

        `sets` is an array of bool, classes along the last axis, as `predict_set` of
        `ConformalClassifier` returns it; words of 64 bits (uint64), as `predict_masks`
        does; or a list of sets, or lists, of classes."""
        classes = self._param
        masks = rows(_masks(sets, classes))
        labels = _flat(labels, "labels", masks.rows)
        weights = _weights(weights, masks.rows)
        status = function("coverage", "update")(
            self._address, masks.address, masks.stride, address(labels), _label_type(labels),
            _address(weights), masks.rows, classes,
        )  # fmt: skip
        if status == STATUSES["LGT_E_LABEL"]:
            raise error("LGT_E_LABEL", f"a label is outside 0 .. {classes - 1}")
        check(status)
        return self

    def report(self, alpha: float = 0.1, edges: ArrayLike | None = None) -> Any:
        """Coverage and sizes, and how far coverage is from `1 - alpha` by class and by
        size, as a named tuple. `edges` are the largest sizes of the groups of sets that
        are compared but for the last, [1, 3, 10, 100] by default."""
        finish = function("coverage", "finish")
        groups = None if edges is None else _edges(edges)
        return _read(
            CoverageReport,
            "lgt_coverage_report",
            lambda to: finish(
                self._address, to, alpha, _address(groups), 0 if groups is None else groups.size
            ),
        )

    def compute(self) -> float:
        """The share of rows whose set holds their class."""
        return self.report().coverage

    def classes(self) -> NDArray[Any]:
        """Weight, covered weight and coverage of each class, as a structured array."""
        return self._groups("get_classes", self._param)

    def sizes(self) -> NDArray[Any]:
        """The same of each size of a set, from 0 to all classes."""
        return self._groups("get_sizes", self._param + 1)

    def _groups(self, verb: str, n: int) -> NDArray[Any]:
        made = np.empty(n, np.dtype(STRUCTS["lgt_coverage_group"]))
        check(function("coverage", verb)(self._address, address(made), n))
        return made


def _edges(edges: ArrayLike) -> NDArray[np.uint32]:
    return np.array([count(edge, "an edge") for edge in np.ravel(edges).tolist()], np.uint32)


def _masks(sets: Any, classes: int) -> NDArray[np.uint64]:
    """Sets as words, class c being bit c % 64 of word c // 64."""
    words = -(-classes // 64)
    if not hasattr(sets, "dtype"):
        sets = np.array([_bits(one, classes) for one in sets], bool).reshape(-1, classes)
    sets = np.asarray(sets)
    if sets.dtype.kind not in "bu" or sets.dtype.kind == "u" and sets.itemsize != 8:
        raise TypeError(f"sets are arrays of bool or uint64, not {sets.dtype}, or lists of sets")
    wanted = classes if sets.dtype.kind == "b" else words
    if sets.ndim == 0 or sets.shape[-1] != wanted:
        shape = sets.shape
        raise error("LGT_E_SHAPE", f"sets have the shape {shape}, the last axis is to be {wanted}")
    if sets.dtype.kind == "u":
        return sets.astype(np.uint64, copy=False)
    octets = np.zeros((*sets.shape[:-1], 8 * words), np.uint8)
    octets[..., : -(-classes // 8)] = np.packbits(sets, axis=-1, bitorder="little")
    return octets.view("<u8").astype(np.uint64, copy=False)


def _bits(one: Any, classes: int) -> NDArray[np.bool_]:
    """A row of a list: classes, or a bool for each."""
    one = np.array(list(one))
    if one.dtype.kind == "b":
        if len(one) != classes:
            raise error("LGT_E_SHAPE", f"a set of {len(one)} of {classes} classes")
        return one
    bits = np.zeros(classes, bool)
    if one.size:
        if one.dtype.kind not in "iu":
            raise TypeError(f"classes in a set must be integers, not {one.dtype}")
        if one.min() < 0 or one.max() >= classes:
            raise error("LGT_E_LABEL", f"a class in a set is outside 0 .. {classes - 1}")
        bits[one] = True
    return bits
