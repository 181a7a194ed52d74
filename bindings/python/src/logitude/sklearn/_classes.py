"""Metrics of true and predicted classes."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import classification as native
from .._status import LogitudeWarning
from ..counts import ClassCounts, MultilabelCounts
from ._targets import both, indicators, one_class, present, weighted

__all__ = [
    "accuracy_score",
    "balanced_accuracy_score",
    "class_likelihood_ratios",
    "cohen_kappa_score",
    "confusion_matrix",
    "hamming_loss",
    "matthews_corrcoef",
    "multilabel_confusion_matrix",
    "zero_one_loss",
]


def _right(y_true: Any, y_pred: Any, sample_weight: Any) -> tuple[float, float]:
    """The share of rows that are right in all, and the weight of all rows."""
    multilabel, y_true, y_pred = both(y_true, y_pred)
    if multilabel:
        state = MultilabelCounts(y_true.shape[1], weighted=sample_weight is not None)
        report = state.update(y_pred, y_true, sample_weight)._report_of("micro", 0, native._QUIET)
        return report.exact_match, report.weight
    counts, _ = native._seen(ClassCounts, y_true, y_pred, None, sample_weight)
    report = counts._report_of("macro", 1.0, 0, "present", native._QUIET)
    return report.accuracy, report.weight


def _summed(share: float, weight: float, sample_weight: Any) -> float:
    return float(np.rint(share * weight)) if sample_weight is None else share * weight


@weighted
def accuracy_score(
    y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None
) -> float:
    """The share of rows that are right, or with `normalize=False` their number or weight;
    of several labels a row, that are right in all of them."""
    share, weight = _right(y_true, y_pred, sample_weight)
    return share if normalize else _summed(share, weight, sample_weight)


@weighted
def zero_one_loss(
    y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None
) -> float:
    """The share of rows that are wrong; see `accuracy_score`."""
    share, weight = _right(y_true, y_pred, sample_weight)
    return 1 - share if normalize else weight - _summed(share, weight, sample_weight)


@weighted
def balanced_accuracy_score(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, adjusted: bool = False
) -> float:
    """Mean recall of the classes that are true somewhere; see `balanced_accuracy`."""
    y_true, y_pred = one_class(y_true, y_pred)
    return native.balanced_accuracy(
        y_true, y_pred, sample_weight=sample_weight, adjusted=adjusted
    )


@weighted
def matthews_corrcoef(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """Matthews' correlation of any number of classes."""
    y_true, y_pred = one_class(y_true, y_pred)
    return native.matthews_corrcoef(y_true, y_pred, sample_weight=sample_weight)


@weighted
def hamming_loss(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The share of rows, or of labels where a row has several, that are wrong."""
    _, y_true, y_pred = both(y_true, y_pred)
    return native.hamming_loss(y_true, y_pred, sample_weight=sample_weight)


def _of_labels(
    y_true: Any, y_pred: Any, labels: Any, sample_weight: Any
) -> tuple[Any, Any, Any, Any]:
    """The rows whose both classes are among `labels`, and their weights."""
    y_true, y_pred = one_class(y_true, y_pred)
    if labels is None:
        return y_true, y_pred, None, sample_weight
    labels = np.asarray(labels)
    if labels.size == 0 or not np.isin(labels, y_true).any():
        raise ValueError(f"none of the labels {labels.tolist()} is in y_true")
    kept = np.isin(y_true, labels) & np.isin(y_pred, labels)
    if sample_weight is not None:
        sample_weight = np.asarray(sample_weight)[kept]
    return y_true[kept], y_pred[kept], labels, sample_weight


@weighted
def confusion_matrix(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    normalize: str | None = None,
) -> NDArray[Any]:
    """Rows of each true class (first axis) that were given each class; rows of a class that
    is not among `labels` are left out."""
    whole = sample_weight is not None and np.asarray(sample_weight).dtype.kind in "iub"
    y_true, y_pred, labels, weights = _of_labels(y_true, y_pred, labels, sample_weight)
    made = native.confusion_matrix(
        y_true, y_pred, labels=labels, sample_weight=weights, normalize=normalize
    )
    return made.astype(np.int64) if whole and normalize is None else made


@weighted
def multilabel_confusion_matrix(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    labels: Any = None,
    samplewise: bool = False,
) -> NDArray[Any]:
    """The 2 x 2 confusion matrix of each class against the rest, of each label, or with
    `samplewise` of each row of labels."""
    multilabel, y_true, y_pred = both(y_true, y_pred)
    if samplewise and not multilabel:
        raise ValueError("samplewise needs several labels a row")
    if labels is None and not multilabel:
        labels = present(y_true, y_pred)
    if labels is not None:
        y_true, y_pred = indicators(y_true, labels), indicators(y_pred, labels)
    weights = None if samplewise else sample_weight
    if samplewise:
        y_true, y_pred = y_true.T, y_pred.T
    state = MultilabelCounts(y_true.shape[1], weighted=weights is not None)
    each = state.update(y_pred, y_true, weights).labels()
    made = np.stack([each["tn"], each["fp"], each["fn_"], each["tp"]], axis=1).reshape(-1, 2, 2)
    if samplewise and sample_weight is not None:
        made = made * np.asarray(sample_weight)[:, None, None]
        whole = np.asarray(sample_weight).dtype.kind in "biu"
    else:
        whole = sample_weight is None
    return np.asarray(made, np.int64 if whole else np.float64)


@weighted
def cohen_kappa_score(
    y1: Any,
    y2: Any,
    *,
    labels: Any = None,
    weights: str | None = None,
    sample_weight: Any = None,
    replace_undefined_by: float = np.nan,
) -> float:
    """Cohen's kappa; `weights` is None, "linear" or "quadratic". See `cohen_kappa`."""
    y1, y2, labels, sample_weight = _of_labels(y1, y2, labels, sample_weight)
    made = float("nan")
    if y1.size:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LogitudeWarning)
            made = native.cohen_kappa(
                y1, y2, labels=labels, weights=weights, sample_weight=sample_weight
            )
    return native._value(replace_undefined_by) if made != made else made


@weighted
def class_likelihood_ratios(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    replace_undefined_by: Any = np.nan,
) -> tuple[float, float]:
    """LR+ and LR- of two classes, the second of which is the condition."""
    if isinstance(replace_undefined_by, dict):
        defaults = replace_undefined_by["LR+"], replace_undefined_by["LR-"]
    elif replace_undefined_by == 1 or replace_undefined_by != replace_undefined_by:
        defaults = replace_undefined_by, replace_undefined_by
    else:
        raise ValueError(
            "replace_undefined_by is NaN, 1 or a dictionary of LR+ and LR-, "
            f"not {replace_undefined_by!r}"
        )
    y_true, y_pred = one_class(y_true, y_pred)
    if present(y_true, y_pred).size > 2:
        raise ValueError("y_true and y_pred have more than two classes")
    y_true, y_pred, labels, weights = _of_labels(y_true, y_pred, labels, sample_weight)
    made = native.class_likelihood_ratios(y_true, y_pred, labels=labels, sample_weight=weights)
    (tn, fp), _ = confusion_matrix(y_true, y_pred, labels=labels, sample_weight=weights)
    divisors = fp, tn
    plus, minus = (d if by == 0 else m for m, d, by in zip(made, defaults, divisors))
    return float(plus), float(minus)
