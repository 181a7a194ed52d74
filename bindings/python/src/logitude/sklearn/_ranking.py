"""How good the order is that scores give documents, labels or classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _sparse
from .. import label_ranking as labels_native
from .. import ranking as native
from .._abi import STATUSES
from .._status import check
from ..metrics import Accuracy
from . import _targets

__all__ = [
    "coverage_error",
    "dcg_score",
    "label_ranking_average_precision_score",
    "label_ranking_loss",
    "ndcg_score",
    "top_k_accuracy_score",
]


@_targets.weighted
def ndcg_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int | None = None,
    sample_weight: Any = None,
    ignore_ties: bool = False,
) -> float:
    """Normalised discounted cumulative gain; 0 for rows without a gain."""
    gains, scores = _queries(y_true, y_score)
    if gains.min() < 0:
        raise ValueError("y_true has gains below 0")
    if gains.shape[1] < 2:
        raise ValueError("y_true has one document a row: there is no order")
    options: Any = {"k": k, "sample_weight": sample_weight, "ignore_ties": ignore_ties}
    return native.ndcg_score(gains, scores, empty=0, **options)


@_targets.weighted
def dcg_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int | None = None,
    log_base: float = 2,
    sample_weight: Any = None,
    ignore_ties: bool = False,
) -> float:
    """Discounted cumulative gain, with logarithms to `log_base`."""
    gains, scores = _queries(y_true, y_score)
    options: Any = {"k": k, "sample_weight": sample_weight, "ignore_ties": ignore_ties}
    return native.dcg_score(gains, scores, **options) * float(np.log2(log_base))


def _queries(y_true: Any, y_score: Any) -> tuple[Any, Any]:
    gains, scores = np.asarray(y_true), _targets.numbers(y_score, "y_score")
    if gains.ndim != 2 or gains.shape != scores.shape:
        shapes = gains.shape, scores.shape
        raise ValueError(f"y_true and y_score are rows of documents, not of shapes {shapes}")
    return gains, scores


def _labels(y_true: Any) -> Any:
    if _sparse.is_sparse(y_true):
        return y_true
    flags = _targets.multilabel(y_true)
    if flags is None:
        raise ValueError("y_true needs several labels a row, of 0 and 1")
    return flags


@_targets.weighted
def coverage_error(y_true: Any, y_score: Any, *, sample_weight: Any = None) -> float:
    """How far down the scores one has to go to cover all labels of a row."""
    return labels_native.coverage_error(_labels(y_true), y_score, sample_weight=sample_weight)


@_targets.weighted
def label_ranking_average_precision_score(
    y_true: Any, y_score: Any, *, sample_weight: Any = None
) -> float:
    """Of each label of a row, the share of its labels among those scored as high."""
    return labels_native.label_ranking_average_precision_score(
        _labels(y_true), y_score, sample_weight=sample_weight
    )


@_targets.weighted
def label_ranking_loss(y_true: Any, y_score: Any, *, sample_weight: Any = None) -> float:
    """The share of pairs of labels that are in the wrong order."""
    return labels_native.label_ranking_loss(_labels(y_true), y_score, sample_weight=sample_weight)


@_targets.weighted
def top_k_accuracy_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int = 2,
    normalize: bool = True,
    sample_weight: Any = None,
    labels: Any = None,
) -> float:
    """The share of rows whose class is among the k highest scores, or with
    `normalize=False` their number or weight. Of equal scores the lower class is first."""
    scores = _targets.numbers(y_score, "y_score")
    if scores.ndim == 2 and scores.shape[1] == 1:
        scores = scores[:, 0]
    codes, known = _targets.encoded(y_true, labels, 2 if scores.ndim == 1 else scores.shape[1])
    if scores.ndim == 1:
        # What is on the threshold is of the first class.
        middle = 0.5 if scores.min() >= 0 and scores.max() <= 1 else 0
        scores = np.stack([np.full_like(scores, middle), scores], axis=1)
    elif len(known) == 2:
        raise ValueError("y_score has two columns: of two classes give that of the second")
    _targets.same_rows(y_true=codes, y_score=scores)
    if k >= len(known):
        check(STATUSES["LGT_UNDEFINED"])
    report = Accuracy(k).update(scores, codes, sample_weight).report()
    if normalize:
        return float(report.accuracy)
    made = float(report.accuracy * report.weight)
    return float(np.rint(made)) if sample_weight is None else made
