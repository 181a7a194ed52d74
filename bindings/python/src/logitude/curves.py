"""Curves of two classes, and what sums them up: AUROC, average precision, ROC,
precision-recall and DET curves, thresholds chosen by a rule; AUROC and average precision
of many classes and labels.

Scores come first, the higher the more likely is label 1; then as many labels 0 or 1
and, if given, weights. Scores are equal only if their values are. What is not defined,
as of one class, is NaN with a LogitudeWarning.
"""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import rows
from ._docs import documented
from ._labelled import Labelled, _integers, _label_type
from ._status import check, error
from .calibration_error import _choice, _named, _Points, _tuple

__all__ = [
    "average_precision",
    "det_curve",
    "equal_error_rate",
    "multiclass_average_precision",
    "multiclass_roc_auc",
    "multilabel_average_precision",
    "multilabel_roc_auc",
    "operating_point",
    "precision_recall_curve",
    "roc_auc",
    "roc_curve",
]

AUROCReport = _named("AUROCReport", "lgt_auroc_report")
AveragePrecisionReport = _named("AveragePrecisionReport", "lgt_average_precision_report")
OperatingPointReport = _named("OperatingPointReport", "lgt_operating_point_report")

_MEANS = STRUCTS["lgt_multiclass_auroc_report"]
MulticlassAUROCReport = namedtuple(
    "MulticlassAUROCReport",
    [field for field, _ in _MEANS._fields_] + ["auroc", "average_precision"],
)


class ROCCurve(NamedTuple):
    """False and true positive rates, from the highest threshold down."""

    fpr: NDArray[np.float64]
    tpr: NDArray[np.float64]
    thresholds: NDArray[Any]


class PrecisionRecallCurve(NamedTuple):
    """Precision and recall, from the lowest threshold up; last 1 and 0, which have no
    threshold."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    thresholds: NDArray[Any]


class DETCurve(NamedTuple):
    """Rates of false positives and false negatives, from the lowest threshold up."""

    fpr: NDArray[np.float64]
    fnr: NDArray[np.float64]
    thresholds: NDArray[Any]


def _scratch(family: str, points: Any) -> NDArray[np.uint64]:
    size = ctypes.c_size_t()
    weighted = int(points.weights is not None)
    status = function(family, "scratch")(
        points.n, points.probs.itemsize, weighted, ctypes.byref(size)
    )
    check(status)
    return np.empty(size.value // 8, np.uint64)


def _report(
    family: str, named: Any, data: tuple[Any, Any, Any], parameters: tuple[Any, ...] = ()
) -> Any:
    points = _Points(*data)
    report, scratch = STRUCTS[f"lgt_{family}_report"](), _scratch(family, points)
    status = function(family, "", points.suffix)(
        *points.arguments(), ctypes.byref(report), points.n, *parameters,
        address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return _tuple(named, report)


def _curve(family: str, data: tuple[Any, Any, Any], corners: bool) -> tuple[Any, Any, Any]:
    points = _Points(*data)
    report, scratch = STRUCTS["lgt_roc_curve_report"](), _scratch(family, points)
    room = points.n + 1
    first, second, thresholds = np.empty(room), np.empty(room), np.empty(room, points.probs.dtype)
    status = function(family, "", points.suffix)(
        *points.arguments(), address(first), address(second), address(thresholds),
        ctypes.byref(report), points.n, room, int(bool(corners)),
        address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return tuple(column[: report.points].copy() for column in (first, second, thresholds))


@documented("auroc", "", "f32", summary=False)
def roc_auc(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    max_fpr: float | None = None,
    report: bool = False,
) -> Any:
    """The area under the ROC curve; with `max_fpr`, the standardised area up to there, as
    of scikit-learn's `roc_auc_score`. All that is known is in the report."""
    most = 1.0 if max_fpr is None else float(max_fpr)
    result = _report("auroc", AUROCReport, (scores, labels, weights), (most,))
    return result if report else result.standardized


@documented("average_precision", "", "f32", summary=False)
def average_precision(
    scores: ArrayLike, labels: ArrayLike, weights: Any = None, *, report: bool = False
) -> Any:
    """The mean of precision at each row of label 1."""
    result = _report("average_precision", AveragePrecisionReport, (scores, labels, weights))
    return result if report else result.average_precision


@documented("roc_curve", "", "f32", summary=False)
def roc_curve(
    scores: ArrayLike, labels: ArrayLike, weights: Any = None, *, drop_intermediate: bool = True
) -> ROCCurve:
    """The ROC curve; without points between others on a straight line unless
    `drop_intermediate` is False."""
    return ROCCurve(*_curve("roc_curve", (scores, labels, weights), drop_intermediate))


@documented("precision_recall_curve", "", "f32", summary=False)
def precision_recall_curve(
    scores: ArrayLike, labels: ArrayLike, weights: Any = None, *, drop_intermediate: bool = False
) -> PrecisionRecallCurve:
    """The precision-recall curve; there is one threshold less than there are points."""
    data = (scores, labels, weights)
    precision, recall, thresholds = _curve("precision_recall_curve", data, drop_intermediate)
    return PrecisionRecallCurve(precision, recall, thresholds[:-1])


@documented("det_curve", "", "f32", summary=False)
def det_curve(
    scores: ArrayLike, labels: ArrayLike, weights: Any = None, *, drop_intermediate: bool = False
) -> DETCurve:
    """The detection error tradeoff curve."""
    return DETCurve(*_curve("det_curve", (scores, labels, weights), drop_intermediate))


_RULES = {
    "tpr_at_least": "LGT_POINT_TPR_AT_LEAST",
    "tpr_nearest": "LGT_POINT_TPR_NEAREST",
    "fpr_at_most": "LGT_POINT_FPR_AT_MOST",
    "precision_at_least": "LGT_POINT_PRECISION_AT_LEAST",
    "recall_at_least": "LGT_POINT_RECALL_AT_LEAST",
    "equal_errors": "LGT_POINT_EQUAL_ERRORS",
    "max_f1": "LGT_POINT_MAX_F1",
    "max_youden": "LGT_POINT_MAX_YOUDEN",
}


@documented("operating_point", "", "f32", summary=False)
def operating_point(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    rule: str = "tpr_at_least",
    target: float = 0.95,
) -> Any:
    """A threshold chosen by a rule, and its rates, as a named tuple. `rule` is
    "tpr_at_least", "tpr_nearest", "fpr_at_most", "precision_at_least",
    "recall_at_least", "equal_errors", "max_f1" or "max_youden"."""
    parameters = (_choice(rule, "rule", _RULES), float(target))
    data = (scores, labels, weights)
    return _report("operating_point", OperatingPointReport, data, parameters)


@documented("operating_point", "", "f32", summary=False)
def equal_error_rate(scores: ArrayLike, labels: ArrayLike, weights: Any = None) -> Any:
    """The rate at which false positives and false negatives are equal, between two points
    of the ROC curve in proportion."""
    return operating_point(scores, labels, weights, rule="equal_errors").eer


class _Classes(Labelled):
    """Rows with one class each."""

    family = "multiclass_auroc"

    def truth(self) -> tuple[Any, ...]:
        return address(self.labels), _label_type(self.labels)


class _Flags(Labelled):
    """Rows with 0 or 1 for each label."""

    family = "multilabel_auroc"

    def __init__(self, scores: Any, labels: Any, weights: Any) -> None:
        flags = _integers(labels)
        super().__init__(scores, np.zeros(flags.shape[:-1], np.uint8), weights)
        shape = (*self.labels.shape, self.scores.cols)
        if flags.shape != shape:
            raise error("LGT_E_SHAPE", f"labels have the shape {flags.shape}, scores {shape}")
        self.flags = rows(np.require(flags, flags.dtype.newbyteorder("=")))

    def truth(self) -> tuple[Any, ...]:
        return self.flags.address, self.flags.stride, _label_type(self.flags.array)


def _averages(data: _Classes | _Flags, micro: bool) -> Any:
    x, report, size = data.scores, _MEANS(), ctypes.c_size_t()
    check(function(data.family, "scratch")(x.rows, x.cols, int(micro), ctypes.byref(size)))
    scratch = np.empty(size.value // 8, np.uint64)
    auroc, precision = np.empty(x.cols), np.empty(x.cols)
    weights = None if data.weights is None else address(data.weights)
    status = function(data.family, "", data.suffix)(
        x.address, x.stride, *data.truth(), weights, ctypes.byref(report), address(auroc),
        address(precision), x.rows, x.cols, int(micro), address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    fields = (getattr(report, field) for field, _ in report._fields_)
    return MulticlassAUROCReport(*fields, auroc, precision)


_AVERAGES = ("macro", "weighted", "micro", None)


def _average(data: _Classes | _Flags, of: str, average: str | None, report: bool) -> Any:
    if average not in _AVERAGES:
        raise error("LGT_E_VALUE", f"average is one of {_AVERAGES}, not {average!r}")
    result = _averages(data, average == "micro")
    if report:
        return result
    each = {"auroc": result.auroc, "precision": result.average_precision}
    return each[of] if average is None else getattr(result, f"{of}_{average}")


@documented("multiclass_auroc", "", "f32", summary=False)
def multiclass_roc_auc(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    average: str | None = "macro",
    multi_class: str = "ovr",
    report: bool = False,
) -> Any:
    """AUROC of many classes. `average` is "macro", "weighted", "micro" or, for an array of
    one number a class, None; `multi_class` is "ovr", each class against the rest, or "ovo",
    each against each other one, which has "macro" and "weighted". All that is known is in the
    report."""
    if multi_class not in ("ovr", "ovo") or multi_class == "ovo" and average in ("micro", None):
        raise error("LGT_E_VALUE", f"no average {average!r} of {multi_class!r}")
    of = "auroc" if multi_class == "ovr" else "ovo"
    return _average(_Classes(scores, labels, weights), of, average, report)


@documented("multiclass_auroc", "", "f32", summary=False)
def multiclass_average_precision(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    average: str | None = "macro",
    report: bool = False,
) -> Any:
    """Average precision of each class against the rest, averaged as `multiclass_roc_auc`
    does."""
    return _average(_Classes(scores, labels, weights), "precision", average, report)


@documented("multilabel_auroc", "", "f32", summary=False)
def multilabel_roc_auc(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    average: str | None = "macro",
    report: bool = False,
) -> Any:
    """AUROC of many labels, of which a row may have any. `average` is "macro", "weighted",
    "micro" or, for an array of one number a label, None."""
    return _average(_Flags(scores, labels, weights), "auroc", average, report)


@documented("multilabel_auroc", "", "f32", summary=False)
def multilabel_average_precision(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    average: str | None = "macro",
    report: bool = False,
) -> Any:
    """Average precision of each label, averaged as `multilabel_roc_auc` does."""
    return _average(_Flags(scores, labels, weights), "precision", average, report)
