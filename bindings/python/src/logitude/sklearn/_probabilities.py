"""Scores of probabilities and of decisions."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._abi import STATUSES
from .._status import check
from ..losses import hinge
from ..metrics import brier
from ..scores import LogLoss
from . import _targets

__all__ = ["brier_score_loss", "d2_brier_score", "d2_log_loss_score", "hinge_loss", "log_loss"]

# Below it a probability counts as this, whatever the type: the epsilon of float64.
_LEAST = 2.0**-52


def _both_columns(positive: NDArray[Any]) -> NDArray[Any]:
    return np.stack([1 - positive, positive], axis=1)


def _columns(y_true: Any, y_proba: Any, labels: Any) -> tuple[Any, Any]:
    """Labels from 0 on, and a column of probabilities for each."""
    p = _targets.numbers(y_proba, "y_proba")
    if p.ndim == 1 or p.ndim == 2 and p.shape[1] == 1:
        p = _both_columns(p.reshape(-1))
    if p.ndim != 2:
        raise ValueError(f"y_proba has the shape {p.shape}: rows of classes are needed")
    _targets.same_rows(y_true=y_true, y_proba=p)
    if p.min() < 0 or p.max() > 1:
        raise ValueError(f"y_proba goes from {p.min()} to {p.max()}: probabilities are needed")
    one_hot = _targets.multilabel(y_true)
    if one_hot is None:
        return _targets.encoded(y_true, labels, p.shape[1])[0], p
    if one_hot.shape != p.shape or (one_hot.sum(axis=1) != 1).any():
        raise ValueError("y_true of several columns needs one 1 a row, and a column a class")
    return one_hot.argmax(axis=1), p


def _renamed(y_proba: Any, y_pred: Any) -> Any:
    """What older releases call `y_pred`."""
    if isinstance(y_pred, str) and y_pred == "deprecated":
        if y_proba is None:
            raise TypeError("y_proba is missing")
        return y_proba
    if y_proba is not None:
        raise ValueError("y_proba and y_pred are names of one argument: give one")
    return y_pred


@_targets.weighted
def log_loss(
    y_true: Any,
    y_proba: Any = None,
    *,
    normalize: bool = True,
    sample_weight: Any = None,
    labels: Any = None,
    y_pred: Any = "deprecated",
) -> float:
    """Mean of -ln of the probability of the true class, or with `normalize=False` the sum.
    Probabilities are clipped to 2^-52 .. 1 - 2^-52, those of float32 too."""
    codes, p = _columns(y_true, _renamed(y_proba, y_pred), labels)
    if (np.abs(p.sum(axis=1, dtype=np.float64) - 1) > np.sqrt(np.finfo(p.dtype).eps)).any():
        warnings.warn("rows of y_proba do not add up to 1", UserWarning, stacklevel=2)
    report = LogLoss(_LEAST).update(p, codes, sample_weight).report()
    return float(report.log_loss if normalize else report.log_loss * report.weight)


def _events(y_true: Any, y_proba: Any, pos_label: Any) -> tuple[Any, Any]:
    """Labels 0 and 1, and probabilities of both."""
    p = _targets.numbers(y_proba, "y_proba").reshape(-1)
    y_true = _targets.classes(y_true, "y_true")
    _targets.same_rows(y_true=y_true, y_proba=p)
    if pos_label is None and y_true.dtype.kind not in "USO":
        known = np.unique(y_true)
        pos_label = 1 if {*known.tolist()} <= {-1, 0, 1} else known[-1]
    if p.min() < 0 or p.max() > 1:
        raise ValueError(f"y_proba goes from {p.min()} to {p.max()}: probabilities are needed")
    return _targets.positive(y_true, pos_label), _both_columns(p)


def _forecasts(y_true: Any, y_proba: Any, pos_label: Any, labels: Any) -> tuple[Any, Any]:
    if np.ndim(y_proba) == 1 or np.shape(y_proba)[1:] == (1,):
        return _events(y_true, y_proba, pos_label)
    return _columns(y_true, y_proba, labels)


@_targets.weighted
def brier_score_loss(
    y_true: Any,
    y_proba: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    labels: Any = None,
    scale_by_half: Any = "auto",
) -> float:
    """Mean squared distance of probabilities and truth; of two classes half of it, unless
    `scale_by_half` is given."""
    codes, p = _forecasts(y_true, y_proba, pos_label, labels)
    half = p.shape[1] < 3 if scale_by_half == "auto" else scale_by_half
    made = brier(p, codes, sample_weight)
    return made / 2 if half else made


def _shares(codes: Any, p: Any, sample_weight: Any) -> NDArray[Any]:
    """The share of each class as everybody's probabilities."""
    shares = np.bincount(codes, sample_weight, p.shape[1]).astype(np.float64)
    return np.tile(shares / shares.sum(), (len(p), 1))


def _too_few(y_true: Any) -> bool:
    """Whether D^2 is undefined, which is warned of."""
    if len(y_true) < 2:
        check(STATUSES["LGT_UNDEFINED"])
    return len(y_true) < 2


@_targets.weighted
def d2_brier_score(
    y_true: Any,
    y_proba: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    labels: Any = None,
) -> float:
    """1 less the Brier score over that of the shares of the classes."""
    if _too_few(y_true):
        return float("nan")
    codes, p = _forecasts(y_true, y_proba, pos_label, labels)
    null = brier(_shares(codes, p, sample_weight), codes, sample_weight)
    return float(1 - np.float64(brier(p, codes, sample_weight)) / null)


@_targets.weighted
def d2_log_loss_score(
    y_true: Any,
    y_proba: Any = None,
    *,
    sample_weight: Any = None,
    labels: Any = None,
    y_pred: Any = "deprecated",
) -> float:
    """1 less the log loss over that of the shares of the classes."""
    if _too_few(y_true):
        return float("nan")
    codes, p = _columns(y_true, _renamed(y_proba, y_pred), labels)
    losses = (
        LogLoss(_LEAST).update(x, codes, sample_weight).compute()
        for x in (p, _shares(codes, p, sample_weight))
    )
    return float(1 - np.float64(next(losses)) / next(losses))


@_targets.weighted
def hinge_loss(
    y_true: Any, pred_decision: Any, *, labels: Any = None, sample_weight: Any = None
) -> float:
    """Mean of how far the margin of decisions is below 1: of two classes, the decision for
    the second; of more, the score of the true class less the best of the others."""
    scores = _targets.numbers(pred_decision, "pred_decision")
    if scores.ndim == 2 and scores.shape[1] == 1:
        scores = scores[:, 0]
    if scores.ndim == 1:
        codes = _two_classes(y_true, labels)
        scores = np.stack([np.zeros_like(scores), scores], axis=1)
    else:
        codes, _ = _targets.encoded(y_true, labels, scores.shape[1])
    _targets.same_rows(y_true=codes, pred_decision=scores)
    return hinge(scores, codes, sample_weight, form="max", reduction="mean").total


def _two_classes(y_true: Any, labels: Any) -> Any:
    y_true = _targets.classes(y_true, "y_true")
    known = np.unique(y_true if labels is None else labels)
    if len(known) > 2:
        raise ValueError(f"{len(known)} classes need decisions for each, not one a row")
    # What is one class alone is the negative one.
    known = np.unique(y_true)
    return ((y_true == known[-1]) & (len(known) == 2)).astype(np.uint8)
