"""Extreme classification: a few of very many labels, and what was predicted of them.

`XMC` is a mergeable state, as those of `logitude.metrics`; `xmc_metrics` is all of it at
once. Labels are a scipy sparse matrix, a pair (indptr, indices) or lists of labels with
`cols`, or an array of 0 and 1. Predictions are a sparse matrix of scores, an array of
scores of all labels, or an array of integers: labels in order, -1 for none.

`precision`, `recall`, `ndcg`, `psprecision`, `psrecall`, `psndcg` and
`compute_inv_propensity` in this module are called as those of pyxclib, and equal them.
"""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from . import _sparse
from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import count, floating, rows, suffix
from ._docs import documented
from ._labelled import _label_type
from ._state import State
from ._status import check, error

__all__ = ["XMC", "inverse_propensity", "label_counts", "xmc_metrics"]

Self = TypeVar("Self", bound="XMC")

XMCReport = namedtuple(
    "XMCReport", [field for field, _ in STRUCTS["lgt_xmc_report"]._fields_]
)


@documented("xmc", "update", "f32", summary=False)
class XMC(State):
    """XMC(k=5, *, propensities=False): precision, recall and nDCG at every cutoff up to
    k, and with `propensities` what weighs labels by them."""

    _family, _parameter = "xmc", "k"

    def __init__(self, k: int = 5, *, propensities: bool = False) -> None:
        flags = CONSTANTS["LGT_XMC_PROPENSITIES"] if propensities else 0
        super().__init__(count(k, "k"), flags)

    def update(
        self: Self,
        predicted: Any,
        labels: Any,
        inverse_propensities: Any = None,
        *,
        cols: int | None = None,
    ) -> Self:
        """Adds rows; `cols`, the number of labels, is only needed where neither
        predictions nor labels tell it. Returns itself."""
        given, top = None, None
        if _sparse.is_sparse(predicted):
            given, numbers = _sparse.scores(predicted)
            n, cols = given.rows, given.cols
        else:
            array = np.asarray(predicted)
            if array.ndim != 2:
                raise error("LGT_E_SHAPE", f"predictions have two axes, not {array.ndim}")
            top = array.dtype.kind in "iu"
            x = rows(array if top else floating(array))
            n, cols = x.rows, cols if top else x.cols
        weights = inverse_propensities
        if weights is not None:
            weights = np.require(np.asarray(weights, np.float64), np.float64, ["C", "A"])
            cols = weights.size if cols is None else cols
        truth = _sparse.labels(labels, cols)
        if cols is not None and truth.cols != cols or truth.rows != n:
            shapes = (n, cols), (truth.rows, truth.cols)
            raise error("LGT_E_SHAPE", f"predictions and labels have the shapes {shapes}")
        if weights is not None and weights.size != truth.cols:
            raise error("LGT_E_SHAPE", f"{weights.size} propensities of {truth.cols} labels")
        shape = (
            truth.address, None if weights is None else address(weights), n, truth.cols
        )  # fmt: skip
        if given is not None:
            kind = suffix(numbers.dtype)
            made = function("xmc", "update", kind)(
                self._address, given.address, address(numbers), *shape
            )
        elif top:
            made = function("xmc", "update_top")(
                self._address, x.address, x.stride, _label_type(x.array), x.cols, *shape
            )
        else:
            made = function("xmc", "update_dense", suffix(x.array.dtype))(
                self._address, x.address, x.stride, *shape
            )
        check(made)
        return self

    def report(self, k: int | None = None, *, count_empty: bool = False) -> Any:
        """All that is known at a cutoff, by default the largest, as a named tuple.
        With `count_empty` rows without labels are zeros to precision, recall and
        nDCG, else they are left out."""
        return self._report_of(k, count_empty)

    def _report_of(self, k: int | None, count_empty: bool, *expected: str) -> Any:
        made = STRUCTS["lgt_xmc_report"]()
        flags = CONSTANTS["LGT_XMC_COUNT_EMPTY"] if count_empty else 0
        k = self._param if k is None else count(k, "k")
        finish = function("xmc", "finish")
        check(finish(self._address, ctypes.byref(made), k, flags), *expected)
        return XMCReport(*(getattr(made, name) for name in XMCReport._fields))

    def compute(self) -> float:
        """Precision at the largest cutoff."""
        return self.report().precision

    def curves(self, *, count_empty: bool = False) -> Any:
        """The named tuple of `report` with an array for each number: at 1, 2, .. k."""
        first = self.report(1, count_empty=count_empty)
        rest = (self._report_of(k, count_empty, "LGT_UNDEFINED") for k in range(2, self._param + 1))
        return XMCReport(*map(np.array, zip(first, *rest)))


def xmc_metrics(
    predicted: Any,
    labels: Any,
    k: int = 5,
    inverse_propensities: Any = None,
    *,
    cols: int | None = None,
    count_empty: bool = False,
) -> Any:
    """P@k, R@k, nDCG@k and, with propensities, PSP@k, PSnDCG@k and PS-recall@k, at all
    cutoffs from 1 to k, as a named tuple of arrays; see `XMC`."""
    state = XMC(k, propensities=inverse_propensities is not None)
    state.update(predicted, labels, inverse_propensities, cols=cols)
    return state.curves(count_empty=count_empty)


@documented("csr", "count")
def label_counts(labels: Any, *, cols: int | None = None) -> NDArray[np.uint64]:
    """label_counts(labels, *, cols=None): how many rows have each label."""
    truth = _sparse.labels(labels, cols)
    counts = np.zeros(truth.cols, np.uint64)
    check(
        function("csr", "count")(truth.address, address(counts), truth.rows, truth.cols)
    )
    return counts


@documented("inverse_propensity")
def inverse_propensity(
    counts: Any, rows: int, a: float = 0.55, b: float = 1.5
) -> NDArray[np.float64]:
    """inverse_propensity(counts, rows, a=0.55, b=1.5): what each label weighs, by how
    many of `rows` rows have it; see `label_counts`."""
    counts = np.require(np.asarray(counts, np.uint64), np.uint64, ["C", "A"])
    weights = np.empty(counts.shape)
    check(
        function("inverse_propensity")(
            address(counts), address(weights), counts.size, rows, a, b
        )
    )
    return weights


def compute_inv_propensity(labels: Any, A: float, B: float) -> NDArray[np.float64]:
    """Inverse propensities from a matrix of labels, as pyxclib's `compute_inv_propesity`."""
    return inverse_propensity(label_counts(labels), labels.shape[0], A, B)


def _curve(name: str, predicted: Any, labels: Any, k: int, inverse: Any = None) -> Any:
    return getattr(xmc_metrics(predicted, labels, k, inverse, count_empty=True), name)


def precision(X: Any, true_labels: Any, k: int = 5) -> NDArray[np.float64]:
    """Precision at 1 to k; rows without labels count as 0."""
    return _curve("precision", X, true_labels, k)


def recall(X: Any, true_labels: Any, k: int = 5) -> NDArray[np.float64]:
    """Recall at 1 to k; rows without labels count as 0."""
    return _curve("recall", X, true_labels, k)


def ndcg(X: Any, true_labels: Any, k: int = 5) -> NDArray[np.float64]:
    """nDCG at 1 to k; rows without labels count as 0."""
    return _curve("ndcg", X, true_labels, k)


def psprecision(X: Any, true_labels: Any, inv_psp: Any, k: int = 5) -> NDArray[np.float64]:
    """PSP at 1 to k: sum of gains / sum of ideal gains."""
    return _curve("psp", X, true_labels, k, inv_psp)


def psrecall(X: Any, true_labels: Any, inv_psp: Any, k: int = 5) -> NDArray[np.float64]:
    """PS-recall at 1 to k."""
    return _curve("psrecall", X, true_labels, k, inv_psp)


def psndcg(X: Any, true_labels: Any, inv_psp: Any, k: int = 5) -> NDArray[np.float64]:
    """PSnDCG at 1 to k, each row divided by its ideal DCG first."""
    return _curve("psndcg_normalized", X, true_labels, k, inv_psp)
