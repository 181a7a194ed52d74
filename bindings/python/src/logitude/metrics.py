"""Metrics as mergeable states: update with batches, merge, compute.

A state is plain bytes and belongs to one thread at a time: give each worker its
own and merge them. The result does not depend, to the bit, on how the rows were
split or in which order the parts were merged.
"""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import count
from ._docs import documented
from ._labelled import Labelled
from ._state import State
from ._status import check

__all__ = ["ECE", "NLL", "Accuracy", "Brier", "brier", "ece", "nll", "top_k_accuracy"]

Self = TypeVar("Self", bound="Metric")


def _report(name: str, family: str) -> Any:
    return namedtuple(name, [field for field, _ in STRUCTS[f"lgt_{family}_report"]._fields_])


AccuracyReport = _report("AccuracyReport", "accuracy")
NLLReport = _report("NLLReport", "nll")
BrierReport = _report("BrierReport", "brier")
ECEReport = _report("ECEReport", "ece_top_label")


class Metric(State):
    """What all metrics share. Pickles as its bytes."""

    _value: str  # the field of the report that is the metric
    _report: Any

    def update(self: Self, scores: ArrayLike, labels: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: `scores` with the classes along the last axis, one integer of
        `labels` and, if given, one of `weights` a row. Returns itself."""
        Labelled(scores, labels, weights).pass_to(self._family, "update", self._address)
        return self

    def compute(self) -> float:
        """The metric of all rows so far. NaN, with a LogitudeWarning, if undefined."""
        return getattr(self.report(), self._value)

    def report(self) -> Any:
        """All that is known of the rows so far, as a named tuple."""
        report = STRUCTS[f"lgt_{self._family}_report"]()
        check(function(self._family, "finish")(self._address, ctypes.byref(report)))
        return self._report(*(getattr(report, name) for name in self._report._fields))


@documented("accuracy", "update", "f32", summary=False)
class Accuracy(Metric):
    """Accuracy(k=1): top-k accuracy, from logits or probabilities."""

    _family, _value, _parameter, _report = "accuracy", "accuracy", "k", AccuracyReport

    def __init__(self, k: int = 1) -> None:
        super().__init__(count(k, "k"))


@documented("nll", "update", "f32", summary=False)
class NLL(Metric):
    """NLL(): mean negative log-likelihood (log loss), from logits."""

    _family, _value, _report = "nll", "nll", NLLReport

    def __init__(self) -> None:
        super().__init__()


@documented("brier", "update", "f32", summary=False)
class Brier(Metric):
    """Brier(): multiclass Brier score, from probabilities."""

    _family, _value, _report = "brier", "brier", BrierReport

    def __init__(self) -> None:
        super().__init__()


@documented("ece_top_label", "update", "f32", summary=False)
class ECE(Metric):
    """ECE(bins=15): expected calibration error of the predicted class, from
    probabilities; the maximum over bins is `report().mce`."""

    _family, _value, _parameter, _report = "ece_top_label", "ece", "bins", ECEReport

    def __init__(self, bins: int = 15) -> None:
        super().__init__(count(bins, "bins"))

    def bins(self) -> NDArray[Any]:
        """The bins of the reliability diagram as a structured array, lowest
        confidence first."""
        bins = np.empty(self._param, np.dtype(STRUCTS["lgt_reliability_bin"]))
        check(function(self._family, "get_bins")(self._address, address(bins), len(bins)))
        return bins


def top_k_accuracy(scores: ArrayLike, labels: ArrayLike, k: int = 1, weights: Any = None) -> float:
    """Share of rows whose label is among the `k` highest scores; see `Accuracy`."""
    return Accuracy(k).update(scores, labels, weights).compute()


def nll(logits: ArrayLike, labels: ArrayLike, weights: Any = None) -> float:
    """Mean negative log-likelihood of the labels under softmax(logits); see `NLL`."""
    return NLL().update(logits, labels, weights).compute()


def brier(probs: ArrayLike, labels: ArrayLike, weights: Any = None) -> float:
    """Mean of sum_c (p_c - y_c)^2, from 0 to 2; see `Brier`."""
    return Brier().update(probs, labels, weights).compute()


def ece(probs: ArrayLike, labels: ArrayLike, bins: int = 15, weights: Any = None) -> float:
    """Expected calibration error of the predicted class; see `ECE`."""
    return ECE(bins).update(probs, labels, weights).compute()
