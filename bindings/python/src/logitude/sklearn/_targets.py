"""What true and predicted classes are: one class a row, or 0 and 1 for each label."""

from __future__ import annotations

import functools
from typing import Any, Callable, TypeVar

import numpy as np

from .. import _sparse
from .._arrays import floating

Metric = TypeVar("Metric", bound=Callable[..., Any])


def _flags(y: Any, name: str) -> Any:
    """Rows of 0 and 1, or None if `y` is one class a row."""
    if _sparse.is_sparse(y):
        y = y.toarray()
    y = np.asarray(y)
    if y.ndim != 2 or y.shape[1] < 2:
        return None
    if not ((y == 0) | (y == 1)).all():
        raise ValueError(f"{name} has {y.shape[1]} columns, which are to be of 0 and 1")
    return y.astype(np.uint8)


def classes(y: Any, name: str) -> Any:
    """One class a row: numbers without fractions, or strings."""
    y = np.asarray(y)
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1:
        raise ValueError(f"{name} has the shape {y.shape}: one class a row is needed")
    if y.dtype.kind == "O" and not all(isinstance(value, str) for value in y):
        y = np.array(y.tolist())
    if y.dtype.kind not in "biufUSO" or y.dtype.kind == "f" and not (y == np.floor(y)).all():
        raise ValueError(f"{name} is of {y.dtype} and not of classes")
    return y


def same_rows(**columns: Any) -> None:
    """Raises unless there are rows, and as many in each."""
    rows = {name: len(column) for name, column in columns.items()}
    if len(set(rows.values())) > 1:
        raise ValueError(f"numbers of rows differ: {rows}")
    if 0 in rows.values():
        raise ValueError(f"no rows in {', '.join(rows)}")


def numbers(x: Any, name: str) -> Any:
    """Numbers of a type that the library knows, all finite."""
    x = floating(x)
    if not np.isfinite(x).all():
        raise ValueError(f"{name} has NaN or infinity")
    return x


def weighted(metric: Metric) -> Metric:
    """A metric whose `sample_weight` is checked: one number a row, none below 0, not all 0."""

    @functools.wraps(metric)
    def checked(*data: Any, **options: Any) -> Any:
        weights = options.get("sample_weight")
        if weights is not None:
            first = data[0] if data else next(iter(options.values()))
            options["sample_weight"] = _weights(weights, np.shape(first)[0])
        return metric(*data, **options)

    return checked  # type: ignore[return-value]


def _weights(weights: Any, rows: int) -> Any:
    weights = np.asarray(weights)
    if weights.shape != (rows,):
        raise ValueError(f"sample_weight has the shape {weights.shape}, not ({rows},)")
    # NaN is not at least 0 either.
    if weights.dtype.kind not in "biuf" or not (weights >= 0).all() or not weights.any():
        raise ValueError("sample_weight is to be of numbers of at least 0, not all of them 0")
    return weights


def both(y_true: Any, y_pred: Any) -> tuple[bool, Any, Any]:
    """Whether there are several labels a row, and both as arrays."""
    truth, given = _flags(y_true, "y_true"), _flags(y_pred, "y_pred")
    if (truth is None) != (given is None):
        raise ValueError("of y_true and y_pred one has several labels a row, one has not")
    if truth is not None:
        if truth.shape != given.shape:
            raise ValueError(f"y_true and y_pred have the shapes {truth.shape} and {given.shape}")
    else:
        truth, given = classes(y_true, "y_true"), classes(y_pred, "y_pred")
        if (truth.dtype.kind in "USO") != (given.dtype.kind in "USO"):
            raise ValueError("of y_true and y_pred one is of strings, one of numbers")
    same_rows(y_true=truth, y_pred=given)
    return np.ndim(truth) == 2, truth, given


def one_class(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    """Both as one class a row."""
    multilabel, y_true, y_pred = both(y_true, y_pred)
    if multilabel:
        raise ValueError("several labels a row are not supported: give one class a row")
    return y_true, y_pred


def multilabel(y: Any) -> Any:
    """Rows of 0 and 1, or None if `y` is one class a row."""
    return _flags(y, "y_true")


def present(*columns: Any) -> Any:
    """The classes that occur, in order."""
    return np.unique(np.concatenate(columns))


def indicators(y: Any, labels: Any) -> Any:
    """Of one class a row, whether it is each of `labels`; of flags, these columns."""
    labels = np.asarray(labels)
    if np.ndim(y) == 1:
        return (y[:, None] == labels[None]).astype(np.uint8)
    if labels.dtype.kind not in "iu" or not ((labels >= 0) & (labels < y.shape[1])).all():
        raise ValueError(f"labels are to be columns, 0 .. {y.shape[1] - 1}: {labels.tolist()}")
    return np.ascontiguousarray(y[:, labels])


def encoded(y_true: Any, labels: Any, columns: int) -> tuple[Any, Any]:
    """The column of each row's class, and what the columns stand for: `labels`, which must
    be in order, or the classes that occur."""
    y_true = classes(y_true, "y_true")
    if labels is None:
        known = np.unique(y_true)
    else:
        labels = np.asarray(labels)
        known = np.unique(labels)
        if known.size != labels.size or (known != labels).any():
            raise ValueError(f"labels are not in order, each once: {labels.tolist()}")
        unknown = np.setdiff1d(y_true, known)
        if unknown.size:
            raise ValueError(f"y_true has the classes {unknown.tolist()}, which labels lack")
    if known.size != columns:
        hint = "; name all classes in labels" if labels is None else ""
        raise ValueError(f"{known.size} classes, and scores of {columns}{hint}")
    return np.searchsorted(known, y_true), known


def positive(y_true: Any, pos_label: Any) -> Any:
    """Whether each row is of the positive class, which is 1 unless told otherwise."""
    y_true = classes(y_true, "y_true")
    known = np.unique(y_true)
    if len(known) > 2:
        raise ValueError(f"y_true has {len(known)} classes: two are needed")
    if pos_label is None:
        if known.dtype.kind in "USO" or not {*known.tolist()} <= {0, 1} and (
            not {*known.tolist()} <= {-1, 1}
        ):
            raise ValueError(f"pos_label is needed: y_true has the classes {known.tolist()}")
        pos_label = 1
    return (y_true == pos_label).astype(np.uint8)
