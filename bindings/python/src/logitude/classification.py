"""Classification metrics from labels, with the parameters of scikit-learn's."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STATUSES, STRUCTS, function
from ._address import address
from ._docs import documented
from ._labelled import _label_type
from ._status import check, error
from .counts import (
    ClassCounts,
    ConfusionMatrix,
    MultilabelCounts,
    _flat,
    _named,
    _read,
)

__all__ = [
    "adjusted_mutual_info",
    "adjusted_rand",
    "balanced_accuracy",
    "class_likelihood_ratios",
    "cohen_kappa",
    "confusion_matrix",
    "f1",
    "fbeta",
    "fowlkes_mallows",
    "hamming_loss",
    "homogeneity_completeness_v_measure",
    "jaccard",
    "matthews_corrcoef",
    "mcnemar",
    "mutual_info",
    "normalized_mutual_info",
    "precision_recall_fscore",
    "rand",
]

McNemarReport = _named("McNemarReport", "lgt_mcnemar_report")


def _encoded(
    y_true: Any, y_pred: Any, labels: Any, large: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both as classes from 0 on, and what these stand for; classes from `large` on are
    numbered anew."""
    y_true, y_pred = np.asarray(y_true).reshape(-1), np.asarray(y_pred).reshape(-1)
    if y_true.shape != y_pred.shape:
        raise error("LGT_E_SHAPE", f"{y_true.size} true and {y_pred.size} predicted classes")
    if y_true.size == 0:
        empty = np.zeros(0, np.int64)
        return empty, empty, np.asarray([0] if labels is None else labels)
    both = (y_true, y_pred)
    if labels is None and all(y.dtype.kind in "biu" for y in both):
        top = max(int(y.max()) for y in both)
        if top < large and all(y.dtype.kind != "i" or y.min() >= 0 for y in both):
            return y_true, y_pred, np.arange(top + 1)
    values = np.unique(np.concatenate(both))
    if labels is None:
        labels = values
    order = np.argsort(labels)
    sorted_labels = np.asarray(labels)[order]
    missing = np.setdiff1d(values, sorted_labels)
    if missing.size:
        raise error("LGT_E_LABEL", f"labels lack the classes {missing.tolist()}")
    codes = (order[np.searchsorted(sorted_labels, y)] for y in both)
    return (*codes, np.asarray(labels))


def _seen(kind: Any, y_true: Any, y_pred: Any, labels: Any, sample_weight: Any) -> Any:
    """A state of these rows, and what its classes stand for."""
    # A matrix grows with the square.
    large = 256 if kind is ConfusionMatrix else 65536
    y_true, y_pred, values = _encoded(y_true, y_pred, labels, large)
    state = kind(len(values), weighted=sample_weight is not None)
    return state.update(y_pred, y_true, sample_weight), values


def _value(value: float, *asked: Any) -> float:
    """Warns of NaN, unless it was asked for."""
    if value != value and not any(a != a for a in asked):
        check(STATUSES["LGT_UNDEFINED"])
    return value


_QUIET = "LGT_UNDEFINED"


def confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    normalize: str | None = None,
) -> NDArray[Any]:
    """Rows of each true class (first axis) that were given each class; see
    `ConfusionMatrix`. As scikit-learn's: without `labels`, of the classes that
    occur, in order; integers unless weighted or normalised."""
    state, values = _seen(ConfusionMatrix, y_true, y_pred, labels, sample_weight)
    plain = sample_weight is None and normalize is None
    made = state.counts().astype(np.int64) if plain else state.matrix(normalize)
    if labels is None:
        classes = state.classes()
        present = np.flatnonzero(classes["labelled"] + classes["predicted"] > 0)
        made = made[np.ix_(present, present)]
    return made


def precision_recall_fscore(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float = 1.0,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = None,
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """Precision, recall, F-beta and support, as scikit-learn's
    `precision_recall_fscore_support`: of each class, or averaged ("micro", "macro",
    "weighted", "binary"; of indicator matrices also "samples"). `labels`, if given,
    are all classes there may be."""
    names = "precision", "recall", "f"
    made = _scores(
        names, y_true, y_pred, beta, labels, pos_label, average, sample_weight, zero_division
    )
    return made


def _scores(
    names: tuple[str, ...],
    y_true: Any,
    y_pred: Any,
    beta: float,
    labels: Any,
    pos_label: Any,
    average: str | None,
    sample_weight: Any,
    zero_division: Any,
) -> Any:
    """The named scores, and the support if they are of single classes."""
    if np.ndim(y_true) == 2:
        return _multilabel_scores(
            names, y_true, y_pred, beta, average, sample_weight, zero_division
        )
    state, values = _seen(ClassCounts, y_true, y_pred, labels, sample_weight)
    if average in (None, "binary"):
        each = state.classes(beta=beta, zero_division=zero_division)
        if average == "binary":
            place = np.flatnonzero(values == pos_label)
            if place.size != 1 or len(values) > 2:
                raise error("LGT_E_VALUE", f"{pos_label!r} is none of two classes")
            one = each[place[0]]
            return (*(_value(float(one[name]), zero_division) for name in names), None)
        if labels is None:
            each = each[each["labelled"] + each["predicted"] > 0]
        support = each["labelled"]
        support = support.astype(np.int64) if sample_weight is None else support.copy()
        return (*(each[name].copy() for name in names), support)
    classes = "present" if labels is None else "all"
    report = state._report_of(average, beta, zero_division, classes, _QUIET)
    return (*(_value(getattr(report, name), zero_division) for name in names), None)


def _multilabel_scores(
    names: tuple[str, ...],
    y_true: Any,
    y_pred: Any,
    beta: float,
    average: str | None,
    sample_weight: Any,
    zero_division: Any,
) -> Any:
    state = MultilabelCounts(np.shape(y_true)[1], beta=beta, weighted=sample_weight is not None)
    state.update(y_pred, y_true, sample_weight)
    if average is None:
        each = state.labels(zero_division=zero_division)
        support = each["tp"] + each["fn_"]
        support = support.astype(np.int64) if sample_weight is None else support
        return (*(each[name].copy() for name in names), support)
    report = state._report_of(average, zero_division, _QUIET)
    return (*(_value(getattr(report, name), zero_division) for name in names), None)


def fbeta(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """F-beta, as scikit-learn's `fbeta_score`; see `precision_recall_fscore`."""
    return _scores(
        ("f",), y_true, y_pred, beta, labels, pos_label, average, sample_weight, zero_division
    )[0]


def f1(y_true: ArrayLike, y_pred: ArrayLike, **options: Any) -> Any:
    """F1, as scikit-learn's `f1_score`; see `fbeta`."""
    return fbeta(y_true, y_pred, beta=1.0, **options)


def jaccard(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """Intersection over union, as scikit-learn's `jaccard_score`."""
    return _scores(
        ("jaccard",), y_true, y_pred, 1.0, labels, pos_label, average, sample_weight, zero_division
    )[0]


def _overall(name: str, y_true: Any, y_pred: Any, sample_weight: Any) -> float:
    state, _ = _seen(ClassCounts, y_true, y_pred, None, sample_weight)
    return _value(getattr(state._report_of("macro", 1.0, 0, "present", _QUIET), name))


def matthews_corrcoef(y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None) -> float:
    """Matthews' correlation of any number of classes; 0 where truth or prediction is
    one class only, as in scikit-learn."""
    return _overall("mcc", y_true, y_pred, sample_weight)


def balanced_accuracy(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None, adjusted: bool = False
) -> float:
    """Mean recall of the classes that are true somewhere, as scikit-learn's
    `balanced_accuracy_score`."""
    name = "balanced_accuracy_adjusted" if adjusted else "balanced_accuracy"
    return _overall(name, y_true, y_pred, sample_weight)


def hamming_loss(y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None) -> float:
    """Share of rows, or of labels in indicator matrices, that are wrong."""
    if np.ndim(y_true) == 2:
        state = MultilabelCounts(np.shape(y_true)[1], weighted=sample_weight is not None)
        state.update(y_pred, y_true, sample_weight)
        return _value(state._report_of("micro", 0, _QUIET).hamming_loss)
    return _overall("hamming_loss", y_true, y_pred, sample_weight)


def cohen_kappa(
    y1: ArrayLike,
    y2: ArrayLike,
    *,
    labels: Any = None,
    weights: str | None = None,
    sample_weight: Any = None,
) -> float:
    """Cohen's kappa, as scikit-learn's `cohen_kappa_score`: `weights` is None,
    "linear" or "quadratic". Without `labels` distances are counted between the
    classes that occur."""
    if weights not in (None, "linear", "quadratic"):
        raise error("LGT_E_OPTION", f"weights is None, 'linear' or 'quadratic', not {weights!r}")
    if weights is None:
        return _overall("kappa", y1, y2, sample_weight)
    if labels is None:
        labels = np.unique(np.concatenate([np.ravel(y1), np.ravel(y2)]))
        labels = labels if labels.size else None
    state, _ = _seen(ConfusionMatrix, y1, y2, labels, sample_weight)
    return _value(getattr(state._agreement("arithmetic", 1.0, False, _QUIET), f"kappa_{weights}"))


def _clusters(
    name: str, labels_true: Any, labels_pred: Any, mean: str = "arithmetic", **options: Any
) -> float:
    state, _ = _seen(ConfusionMatrix, labels_true, labels_pred, None, None)
    options = {"beta": 1.0, "adjusted": False, **options}
    return _value(getattr(state._agreement(mean, *options.values(), _QUIET), name))


def mutual_info(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Mutual information in nats, as scikit-learn's `mutual_info_score`."""
    return _clusters("mutual_info", labels_true, labels_pred)


def normalized_mutual_info(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, average_method: str = "arithmetic"
) -> float:
    """Mutual information over a mean of the entropies."""
    return _clusters("normalized_mutual_info", labels_true, labels_pred, average_method)


def adjusted_mutual_info(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, average_method: str = "arithmetic"
) -> float:
    """Normalised mutual information, from 0 for chance to 1."""
    name = "adjusted_mutual_info"
    return _clusters(name, labels_true, labels_pred, average_method, adjusted=True)


def homogeneity_completeness_v_measure(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, beta: float = 1.0
) -> tuple[float, float, float]:
    """Homogeneity, completeness and their weighted harmonic mean."""
    state, _ = _seen(ConfusionMatrix, labels_true, labels_pred, None, None)
    made = state._agreement("arithmetic", beta, False, _QUIET)
    return _value(made.homogeneity), made.completeness, made.v_measure


def rand(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Rand index: the share of pairs of rows on which both agree."""
    return _clusters("rand", labels_true, labels_pred)


def adjusted_rand(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Rand index, from 0 for chance to 1."""
    return _clusters("adjusted_rand", labels_true, labels_pred)


def fowlkes_mallows(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Geometric mean of pairwise precision and recall."""
    return _clusters("fowlkes_mallows", labels_true, labels_pred)


@documented("likelihood_ratios")
def class_likelihood_ratios(
    y_true: ArrayLike, y_pred: ArrayLike, *, labels: Any = None, sample_weight: Any = None
) -> tuple[float, float]:
    """class_likelihood_ratios(y_true, y_pred, *, labels=None, sample_weight=None):
    LR+ and LR- of two classes, the second of which is the condition."""
    matrix = confusion_matrix(y_true, y_pred, labels=labels, sample_weight=sample_weight)
    if matrix.shape != (2, 2):
        raise error("LGT_E_SHAPE", f"two classes are needed, not {len(matrix)}")
    report = STRUCTS["lgt_likelihood_ratios_report"]()
    check(function("likelihood_ratios")(*matrix.ravel().tolist(), ctypes.byref(report)))
    return report.positive, report.negative


@documented("mcnemar")
def mcnemar(first: ArrayLike, second: ArrayLike, labels: ArrayLike | None = None) -> Any:
    """mcnemar(first, second, labels): whether two predictions are right equally
    often; or mcnemar(b, c), from how many rows only the one has right. Returns a
    named tuple."""
    name = "lgt_mcnemar_report"
    if labels is None:
        b, c = int(first), int(second)
        if min(b, c) < 0:
            raise error("LGT_E_VALUE", "counts are at least 0")
        return _read(McNemarReport, name, lambda to: function("mcnemar")(b, c, to))
    labels = _flat(labels, "labels")
    columns = [_flat(first, "first", labels.size), _flat(second, "second", labels.size), labels]
    arguments = [x for y in columns for x in (address(y), _label_type(y))]
    test = function("mcnemar", "labels")
    return _read(McNemarReport, name, lambda to: test(*arguments, to, labels.size))
