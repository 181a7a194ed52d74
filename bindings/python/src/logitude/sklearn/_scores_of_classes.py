"""Precision, recall, F and Jaccard scores."""

from __future__ import annotations

from typing import Any


from .. import classification as native
from ..counts import ClassCounts
from ._targets import both, indicators, weighted

__all__ = [
    "f1_score",
    "fbeta_score",
    "jaccard_score",
    "precision_recall_fscore_support",
    "precision_score",
    "recall_score",
]

_AVERAGES = (None, "binary", "micro", "macro", "weighted", "samples")


def _scores(
    names: tuple[str, ...],
    y_true: Any,
    y_pred: Any,
    labels: Any,
    pos_label: Any,
    average: str | None,
    sample_weight: Any,
    zero_division: Any,
    beta: float = 1.0,
) -> tuple[Any, ...]:
    """The named scores, and the support if they are of single classes. With `labels` what
    is counted are these classes alone, each against all others."""
    multilabel, y_true, y_pred = both(y_true, y_pred)
    if average not in _AVERAGES:
        raise ValueError(f"average is one of {_AVERAGES}, not {average!r}")
    if average == "samples" and not multilabel:
        raise ValueError("average='samples' needs several labels a row")
    if average == "binary":
        if multilabel:
            raise ValueError("average='binary' is of one class a row: choose another average")
        each = _of_two(y_true, y_pred, pos_label, sample_weight, zero_division, beta)
        return (*(float(each[name]) for name in names), None)
    if labels is not None:
        y_true, y_pred = indicators(y_true, labels), indicators(y_pred, labels)
    return native._scores(  # type: ignore[no-any-return]
        names, y_true, y_pred, beta, None, pos_label, average, sample_weight, zero_division
    )


def _of_two(
    y_true: Any, y_pred: Any, pos_label: Any, sample_weight: Any, zero_division: Any, beta: float
) -> Any:
    """All scores of the positive one of two classes."""
    state, classes = native._seen(ClassCounts, y_true, y_pred, None, sample_weight)
    each = state.classes(beta=beta, zero_division=zero_division)
    there = each["labelled"] + each["predicted"] > 0
    known = classes[there].tolist()
    if len(known) > 2:
        raise ValueError(f"average='binary' is of two classes, not {known}: choose another")
    if pos_label in known:
        return each[there][known.index(pos_label)]
    if len(known) == 2:
        raise ValueError(f"pos_label {pos_label!r} is none of the classes {known}")
    # As a class that no row is of nor was given.
    return ClassCounts(1).classes(beta=beta, zero_division=zero_division)[0]


@weighted
def precision_recall_fscore_support(
    y_true: Any,
    y_pred: Any,
    *,
    beta: float = 1.0,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = None,
    warn_for: Any = ("precision", "recall", "f-score"),
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """Precision, recall, F-beta and support; `warn_for` has no effect."""
    return _scores(
        ("precision", "recall", "f"), y_true, y_pred, labels, pos_label, average,
        sample_weight, zero_division, beta,
    )  # fmt: skip


@weighted
def fbeta_score(
    y_true: Any,
    y_pred: Any,
    *,
    beta: float,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """F-beta, the weighted harmonic mean of precision and recall."""
    options = labels, pos_label, average, sample_weight, zero_division, beta
    return _scores(("f",), y_true, y_pred, *options)[0]


@weighted
def f1_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """F1, the harmonic mean of precision and recall."""
    options = labels, pos_label, average, sample_weight, zero_division
    return _scores(("f",), y_true, y_pred, *options)[0]


@weighted
def precision_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The share of what was given a class that is of it."""
    options = labels, pos_label, average, sample_weight, zero_division
    return _scores(("precision",), y_true, y_pred, *options)[0]


@weighted
def recall_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The share of what is of a class that was given it."""
    options = labels, pos_label, average, sample_weight, zero_division
    return _scores(("recall",), y_true, y_pred, *options)[0]


@weighted
def jaccard_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """Intersection over union."""
    options = labels, pos_label, average, sample_weight, zero_division
    return _scores(("jaccard",), y_true, y_pred, *options)[0]
