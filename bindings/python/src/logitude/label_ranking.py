"""How well scores put the labels that rows have before the others, by the names of
scikit-learn."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _sparse
from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import accumulator, floating, rows, suffix
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._state import State
from ._status import check, error

__all__ = [
    "LabelRanking",
    "coverage_error",
    "label_ranking_average_precision_score",
    "label_ranking_loss",
    "label_ranking_values",
    "one_error",
]

Self = TypeVar("Self", bound="LabelRanking")

LabelRankingReport = namedtuple(
    "LabelRankingReport", [field for field, _ in STRUCTS["lgt_label_ranking_report"]._fields_]
)


@documented("label_ranking", "update", "f32", summary=False)
class LabelRanking(State):
    """LabelRanking(*, skip=False): average precision, coverage error, ranking loss and
    one-error, as a mergeable state. With `skip` rows that a measure means nothing for
    are left out of it."""

    _family = "label_ranking"

    def __init__(self, *, skip: bool = False) -> None:
        super().__init__(CONSTANTS["LGT_LABEL_RANKING_SKIP"] if skip else 0)

    def update(self: Self, scores: ArrayLike, labels: Any, weights: Any = None) -> Self:
        """Adds rows of scores and of labels, which are 0 and 1 or a sparse matrix.
        Returns itself."""
        self._add(scores, labels, weights, None)
        return self

    def _add(self, scores: Any, labels: Any, weights: Any, values: Any) -> None:
        scores = floating(scores)
        if scores.ndim != 2:
            raise error("LGT_E_SHAPE", f"scores have two axes, not {scores.ndim}")
        x = rows(scores)
        if weights is not None:
            weights = _column(np.asarray(weights, accumulator(x.array.dtype)), "weights", scores.shape)
        sparse = _sparse.is_sparse(labels)
        truth = _sparse.labels(labels) if sparse else rows(_integers(labels))
        shape = (truth.rows, truth.cols) if sparse else truth.array.shape
        if shape != scores.shape:
            raise error("LGT_E_SHAPE", f"scores and labels have the shapes {scores.shape, shape}")
        verb = "update_csr" if sparse else "update"
        if sparse:
            y: Any = (truth.address,)
        else:
            y = truth.address, truth.stride, _label_type(truth.array)
        status = function("label_ranking", verb, suffix(x.array.dtype))(
            self._address, x.address, x.stride, *y,
            None if weights is None else address(weights),
            None if values is None else address(values), x.rows, x.cols,
        )  # fmt: skip
        if status == STATUSES["LGT_E_LABEL"] and not sparse:
            raise error("LGT_E_LABEL", "a label is neither 0 nor 1")
        check(status)

    def report(self) -> Any:
        """All that is known so far, as a named tuple."""
        made = STRUCTS["lgt_label_ranking_report"]()
        check(function("label_ranking", "finish")(self._address, ctypes.byref(made)))
        fields = LabelRankingReport._fields
        return LabelRankingReport(*(getattr(made, name) for name in fields))

    def compute(self) -> float:
        """Label ranking average precision."""
        return self.report().average_precision


def label_ranking_values(y_true: Any, y_score: ArrayLike) -> NDArray[np.float64]:
    """What each row comes to: average precision, coverage, ranking loss, one-error."""
    values = np.empty((len(np.asarray(y_score)), 4))
    LabelRanking()._add(y_score, y_true, None, values)
    return values


def _score(name: str, y_true: Any, y_score: Any, sample_weight: Any) -> float:
    return getattr(LabelRanking().update(y_score, y_true, sample_weight).report(), name)


def label_ranking_average_precision_score(
    y_true: Any, y_score: ArrayLike, *, sample_weight: Any = None
) -> float:
    """Label ranking average precision, as scikit-learn's; see `LabelRanking`."""
    return _score("average_precision", y_true, y_score, sample_weight)


def coverage_error(y_true: Any, y_score: ArrayLike, *, sample_weight: Any = None) -> float:
    """Coverage error, as scikit-learn's; see `LabelRanking`."""
    return _score("coverage_error", y_true, y_score, sample_weight)


def label_ranking_loss(y_true: Any, y_score: ArrayLike, *, sample_weight: Any = None) -> float:
    """Ranking loss, as scikit-learn's; see `LabelRanking`."""
    return _score("ranking_loss", y_true, y_score, sample_weight)


def one_error(y_true: Any, y_score: ArrayLike, *, sample_weight: Any = None) -> float:
    """The share of rows whose first label is not one of theirs; see `LabelRanking`."""
    return _score("one_error", y_true, y_score, sample_weight)
