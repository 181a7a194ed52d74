"""Curves of scores, and the areas below them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import curves as native
from .._abi import STATUSES
from .._status import check
from . import _targets

__all__ = [
    "auc",
    "average_precision_score",
    "confusion_matrix_at_thresholds",
    "det_curve",
    "precision_recall_curve",
    "roc_auc_score",
    "roc_curve",
]

_AVERAGES = ("macro", "micro", "weighted", "samples", None)


def _binary(y_true: Any, y_score: Any, pos_label: Any) -> tuple[Any, Any]:
    """Scores of a class, and whether rows are of it."""
    scores = _targets.numbers(y_score, "y_score")
    if scores.ndim == 2 and scores.shape[1] == 1:
        scores = scores[:, 0]
    if scores.ndim != 1:
        raise ValueError(f"y_score has the shape {scores.shape}: one score a row is needed")
    if pos_label is not None:  # the others are one class
        flags = (_targets.classes(y_true, "y_true") == pos_label).astype(np.uint8)
    else:
        flags = _targets.positive(y_true, None)
    _targets.same_rows(y_true=flags, y_score=scores)
    return scores, flags


@_targets.weighted
def roc_curve(
    y_true: Any,
    y_score: Any,
    *,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = True,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """False and true positive rates from the highest threshold down, and thresholds."""
    data = _binary(y_true, y_score, pos_label)
    made = native.roc_curve(*data, sample_weight, drop_intermediate=drop_intermediate)
    return made.fpr, made.tpr, made.thresholds.astype(np.float64)


@_targets.weighted
def precision_recall_curve(
    y_true: Any,
    y_score: Any,
    *,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = False,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Precision and recall from the lowest threshold up, and thresholds. Where nothing is
    positive recall counts as 1."""
    data = _binary(y_true, y_score, pos_label)
    made = native.precision_recall_curve(
        *data, sample_weight, drop_intermediate=drop_intermediate
    )
    recall = np.where(np.isnan(made.recall), 1.0, made.recall)
    recall[-1] = 0
    return made.precision, recall, made.thresholds.astype(np.asarray(y_score).dtype)


@_targets.weighted
def det_curve(
    y_true: Any,
    y_score: Any,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = False,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Rates of false positives and negatives from the lowest threshold up, and
    thresholds."""
    scores, flags = _binary(y_true, y_score, pos_label)
    if np.unique(_targets.classes(y_true, "y_true")).size != 2:
        raise ValueError("y_true has other than two classes: there is no DET curve of it")
    made = native.det_curve(scores, flags, sample_weight, drop_intermediate=drop_intermediate)
    return made.fpr, made.fnr, made.thresholds.astype(np.float64)


@_targets.weighted
def confusion_matrix_at_thresholds(
    y_true: Any, y_score: Any, *, pos_label: Any = None, sample_weight: Any = None
) -> tuple[NDArray[Any], ...]:
    """True negatives, false positives, false negatives, true positives and the thresholds
    they are counted at, from the highest down."""
    scores, flags = _binary(y_true, y_score, pos_label)
    weights = np.ones(len(flags)) if sample_weight is None else np.asarray(sample_weight)
    curve = native.roc_curve(scores, flags, sample_weight, drop_intermediate=False)
    negatives, positives = weights[flags == 0].sum(), weights[flags == 1].sum()
    # Of no rows rates are NaN.
    fps = np.nan_to_num(curve.fpr[1:]) * negatives
    tps = np.nan_to_num(curve.tpr[1:]) * positives
    if sample_weight is None:
        fps, tps = np.rint(fps), np.rint(tps)
    thresholds = curve.thresholds[1:].astype(np.asarray(y_score).dtype)
    return negatives - fps, fps, positives - tps, tps, thresholds


def auc(x: Any, y: Any) -> float:
    """The area below a curve of straight lines, by the trapezoidal rule."""
    x, y = np.asarray(x, np.float64).reshape(-1), np.asarray(y, np.float64).reshape(-1)
    _targets.same_rows(x=x, y=y)
    if len(x) < 2:
        raise ValueError(f"x has {len(x)} point: an area needs two")
    steps = np.diff(x)
    if (steps < 0).any() and (steps > 0).any():
        raise ValueError("x goes up and down: it needs to be in order")
    return float(abs(steps.sum()) and np.sign(steps.sum()) * (steps * (y[1:] + y[:-1]) / 2).sum())


def _shaped(flags: Any, scores: Any) -> Any:
    if scores.shape != flags.shape:
        raise ValueError(f"y_true has the shape {flags.shape}, y_score {scores.shape}")
    return scores


def _averaged(each: Any, flags: Any, average: str | None, sample_weight: Any) -> Any:
    """The mean over the values of labels, weighted by how many rows have them."""
    if average != "weighted":
        return each if average is None else float(each.mean())
    rows = None if sample_weight is None else np.asarray(sample_weight)[:, None]
    shares = flags.sum(axis=0) if rows is None else (flags * rows).sum(axis=0)
    # What no row has weighs nothing, whatever its value.
    return float(np.average(np.where(shares > 0, each, 0), weights=shares)) if shares.any() else 0


def _of_labels(of: Any, flags: Any, scores: Any, average: str | None, sample_weight: Any) -> Any:
    """`of` is the native function of labels."""
    if average not in _AVERAGES:
        raise ValueError(f"average is one of {_AVERAGES}, not {average!r}")
    scores = _shaped(flags, scores)
    if average == "micro":
        return of(scores, flags, sample_weight, average="micro")
    if average == "samples":
        rows = of(np.ascontiguousarray(scores.T), np.ascontiguousarray(flags.T), average=None)
        return float(np.average(rows, weights=sample_weight))
    return _averaged(of(scores, flags, sample_weight, average=None), flags, average, sample_weight)


def _partial(max_fpr: float | None) -> Any:
    """AUROC of labels up to a false positive rate; the native one has none."""
    if max_fpr is None or max_fpr == 1:
        return native.multilabel_roc_auc

    def of(scores: Any, flags: Any, weights: Any = None, *, average: str | None) -> Any:
        if average == "micro":
            weights = None if weights is None else np.repeat(weights, flags.shape[1])
            return native.roc_auc(scores.ravel(), flags.ravel(), weights, max_fpr=max_fpr)
        columns = zip(scores.T, flags.T)
        return np.array([native.roc_auc(s, y, weights, max_fpr=max_fpr) for s, y in columns])

    return of


@_targets.weighted
def roc_auc_score(
    y_true: Any,
    y_score: Any,
    *,
    average: str | None = "macro",
    sample_weight: Any = None,
    max_fpr: float | None = None,
    multi_class: str = "raise",
    labels: Any = None,
) -> Any:
    """AUROC of two classes, of several ("ovr" or "ovo") or of several labels a row."""
    scores, flags = _targets.numbers(y_score, "y_score"), _targets.multilabel(y_true)
    if flags is not None:
        return _of_labels(_partial(max_fpr), flags, scores, average, sample_weight)
    y_true = _targets.classes(y_true, "y_true")
    _targets.same_rows(y_true=y_true, y_score=scores)
    known = np.unique(y_true)
    if len(known) > 2 or scores.ndim == 2 and scores.shape[1] > 2:
        if max_fpr not in (None, 1):
            raise ValueError("max_fpr is for two classes")
        return _multiclass(y_true, scores, average, sample_weight, multi_class, labels)
    flags = (y_true == known[-1]) & (len(known) == 2)
    data = _binary(flags.astype(np.uint8), scores, 1)
    return native.roc_auc(*data, sample_weight, max_fpr=max_fpr)


def _multiclass(
    y_true: Any, scores: Any, average: str | None, weights: Any, multi_class: str, labels: Any
) -> Any:
    if multi_class not in ("ovr", "ovo"):
        raise ValueError(f"multi_class is 'ovr' or 'ovo' for several classes, not {multi_class!r}")
    if scores.ndim != 2 or not np.allclose(scores.sum(axis=1), 1):
        raise ValueError("y_score of several classes are to be rows that add up to 1")
    codes, _ = _targets.encoded(y_true, labels, scores.shape[1])
    if multi_class == "ovo":
        if average not in ("macro", "weighted"):
            raise NotImplementedError(f"average={average!r} is not defined for 'ovo'")
        if weights is not None:
            raise ValueError("sample_weight is not defined for 'ovo'")
        return native.multiclass_roc_auc(scores, codes, average=average, multi_class="ovo")
    if average == "samples" or average not in _AVERAGES:
        raise ValueError(f"average={average!r} is not defined for several classes")
    if average == "micro":
        return native.multiclass_roc_auc(scores, codes, weights, average="micro")
    each = native.multiclass_roc_auc(scores, codes, weights, average=None)
    flags = _targets.indicators(codes, np.arange(scores.shape[1]))
    return _averaged(each, flags, average, weights)


def _precision(scores: Any, flags: Any, weights: Any = None, *, average: str | None) -> Any:
    """Average precision, of a label that no row has 0."""
    made = native.multilabel_average_precision(scores, flags, weights, average=average)
    return np.nan_to_num(made) if average is None else made


@_targets.weighted
def average_precision_score(
    y_true: Any,
    y_score: Any,
    *,
    average: str | None = "macro",
    pos_label: Any = 1,
    sample_weight: Any = None,
) -> Any:
    """The mean of precision at each positive row; 0 where there is none."""
    scores, flags = _targets.numbers(y_score, "y_score"), _targets.multilabel(y_true)
    if flags is None:
        y_true = _targets.classes(y_true, "y_true")
        known = np.unique(y_true)
        if len(known) <= 2:
            if len(known) == 2 and pos_label not in known:
                raise ValueError(f"pos_label {pos_label!r} is none of {known.tolist()}")
            scores, flags = _binary(y_true, scores, pos_label)
            if not flags.any():
                check(STATUSES["LGT_UNDEFINED"])
                return 0.0
            return native.average_precision(scores, flags, sample_weight)
        flags = _targets.indicators(y_true, known)
    if pos_label != 1:
        raise ValueError("pos_label is for two classes")
    return _of_labels(_precision, flags, scores, average, sample_weight)
