"""Rows that have a few of many columns: as scipy keeps them, as a pair of arrays, as
lists, or as an array of 0 and 1."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from ._abi import STRUCTS
from ._address import address
from ._arrays import floating
from ._labelled import _integers, _label_type
from ._status import error


class Csr:
    """A struct lgt_csr, and the owners of its arrays."""

    def __init__(self, indptr: Any, indices: Any, shape: tuple[int, int]) -> None:
        self.indptr, self.indices = (_run(_integers(x)) for x in (indptr, indices))
        self.rows, self.cols = shape
        if self.rows and len(self.indptr) != self.rows + 1:
            raise error("LGT_E_SHAPE", f"{len(self.indptr)} starts of {self.rows} rows")
        self.struct = STRUCTS["lgt_csr"](
            address(self.indptr),
            address(self.indices),
            len(self.indices),
            _label_type(self.indptr),
            _label_type(self.indices),
        )

    @property
    def address(self) -> Any:
        return ctypes.byref(self.struct)


def _run(x: np.ndarray) -> np.ndarray:
    return np.require(x, x.dtype.newbyteorder("="), ["C", "A"]).reshape(-1)


def is_sparse(x: Any) -> bool:
    """Whether it is a matrix of scipy.sparse, or one that says so."""
    return hasattr(x, "tocsr")


def labels(x: Any, cols: int | None = None) -> Csr:
    """Rows of labels: a sparse matrix, of which what is 0 is not there; a pair (indptr,
    indices); a list of lists of labels; or an array of 0 and 1."""
    if is_sparse(x):
        x = x.tocsr()
        if not x.has_canonical_format or not x.data.all():
            x = x.copy()
            x.sum_duplicates()
            x.eliminate_zeros()
        return Csr(x.indptr, x.indices, x.shape)
    if isinstance(x, tuple) and len(x) == 2 and cols is not None:
        indptr, indices = _integers(x[0]), _integers(x[1])
        return _sorted(indptr, indices, cols)
    if isinstance(x, (list, tuple)) and cols is not None:
        rows = [sorted({int(label) for label in row}) for row in x]
        indptr = np.cumsum([0, *map(len, rows)])
        return Csr(indptr, np.array([c for row in rows for c in row], np.int64), (len(rows), cols))
    dense = np.asarray(x)
    if dense.ndim != 2:
        raise error("LGT_E_SHAPE", "labels are a sparse matrix, lists, or an array of 0 and 1")
    if dense.dtype.kind not in "biu" or not np.isin(dense, (0, 1)).all():
        raise error("LGT_E_LABEL", "a label is neither 0 nor 1")
    rows, columns = np.nonzero(dense)
    indptr = np.searchsorted(rows, np.arange(len(dense) + 1))
    return Csr(indptr, columns, dense.shape)


def _sorted(indptr: np.ndarray, indices: np.ndarray, cols: int) -> Csr:
    """The pair, each row in order."""
    lengths = np.diff(indptr)
    if lengths.size and lengths.min() >= 0 and indptr[0] >= 0 and indptr[-1] <= len(indices):
        row = np.repeat(np.arange(len(lengths)), lengths)
        part = indices[indptr[0] : indptr[-1]]
        if (np.diff(part)[np.diff(row) == 0] <= 0).any():
            part = part[np.lexsort((part, row))]
            return Csr(indptr - indptr[0], part, (len(lengths), cols))
    return Csr(indptr, indices, (max(len(indptr) - 1, 0), cols))


def scores(x: Any) -> tuple[Csr, np.ndarray]:
    """A sparse matrix of scores: its entries, and their numbers."""
    x = x.tocsr()
    if not x.has_sorted_indices:
        x = x.sorted_indices()
    data = floating(x.data)
    return Csr(x.indptr, x.indices, x.shape), np.require(data, None, ["C", "A"])
