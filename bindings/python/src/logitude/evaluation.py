"""Everything that is usually asked of a classifier's scores, from one visit to each row."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import count
from ._docs import documented
from ._labelled import Labelled
from ._state import State
from ._status import check, error
from .counts import _class_report
from .evaluation_rows import EvaluationRows

__all__ = ["Evaluation", "EvaluationReport", "evaluate"]

Self = TypeVar("Self", bound="Evaluation")

EvaluationReport = namedtuple(
    "EvaluationReport", [field for field, _ in STRUCTS["lgt_evaluate_report"]._fields_]
)

_INPUTS = ("logits", "probabilities")


@documented("evaluate", "update", "f32", summary=False)
class Evaluation(State):
    """Evaluation(bins=15, ranks=10, classes=0, input="logits"): accuracy at every rank,
    log loss, Brier score, calibration errors, entropy and margin, in one pass.

    `input` says what the scores are: "logits" or "probabilities". `bins` are those of
    the calibration errors; `accuracy(k)` knows every k up to `ranks`; with `classes`,
    the number of columns, each class is counted too. `compute` gives the report.
    """

    _family = "evaluate"

    def __init__(
        self, bins: int = 15, ranks: int = 10, classes: int = 0, input: str = "logits"
    ) -> None:
        if input not in _INPUTS:
            raise error("LGT_E_VALUE", f"input is 'logits' or 'probabilities', not {input!r}")
        opts = STRUCTS["lgt_evaluate_opts"]()
        function(self._family, "opts_default")(ctypes.byref(opts))
        opts.bins, opts.ranks = count(bins, "bins"), count(ranks, "ranks")
        opts.classes = count(classes, "classes")
        opts.input = CONSTANTS[f"LGT_EVALUATE_{input.upper()}"]
        super().__init__(ctypes.byref(opts))

    def update(self: Self, scores: ArrayLike, labels: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: `scores` with the classes along the last axis, one integer of
        `labels` and, if given, one of `weights` a row. Returns itself."""
        Labelled(scores, labels, weights).pass_to(self._family, "update", self._address)
        return self

    def add_rows(
        self: Self,
        rows: EvaluationRows,
        label_scores: ArrayLike,
        labels: ArrayLike,
        weights: Any = None,
    ) -> Self:
        """Adds rows of logits whose columns were seen in parts: their labels and the logits
        there as they were told to `rows`, and, if given, one of `weights` a row. Returns
        itself."""
        rows._add_to(self._address, label_scores, labels, weights)
        return self

    def compute(self) -> EvaluationReport:
        """All that is known of the rows so far, as a named tuple; its means are NaN, with
        a LogitudeWarning, if undefined."""
        report = STRUCTS["lgt_evaluate_report"]()
        check(function(self._family, "finish")(self._address, ctypes.byref(report)))
        return EvaluationReport(*(getattr(report, name) for name in EvaluationReport._fields))

    def accuracy(self, k: int = 1) -> float:
        """Share of rows whose label is among the `k` highest scores, for k up to `ranks`."""
        k, share = count(k, "k"), ctypes.c_double()
        if not 1 <= k <= self._words[1]:
            raise error("LGT_E_VALUE", f"k = {k} is outside 1 .. {self._words[1]} (ranks)")
        check(function(self._family, "get_accuracy")(self._address, k, ctypes.byref(share)))
        return share.value

    def bins(self) -> NDArray[Any]:
        """The bins of the reliability diagram as a structured array, lowest confidence
        first."""
        return self._got("get_bins", "lgt_reliability_bin", self._param)

    def classes(self) -> NDArray[Any]:
        """Of each class how many rows are labelled so, were predicted so, and both (hits),
        as a structured array; empty without `classes`."""
        return self._got("get_classes", "lgt_evaluate_class", self._words[0])

    def class_report(
        self,
        average: str = "macro",
        *,
        beta: float = 1.0,
        zero_division: Any = 0,
        classes: str = "all",
    ) -> Any:
        """Precision, recall, F-beta, kappa and Matthews' correlation of the predicted
        class, as `ClassCounts.report` has them; rows count, not weights."""
        finish = function(self._family, "finish_classes")
        options = (average, beta, zero_division, classes)
        return _class_report(lambda to, opts: finish(self._address, to, opts), *options)

    def _got(self, verb: str, struct: str, length: int) -> NDArray[Any]:
        # One more than none, so that there is a place to point to.
        room = np.empty(max(length, 1), np.dtype(STRUCTS[struct]))
        check(function(self._family, verb)(self._address, address(room), length))
        return room[:length]

    @property
    def _words(self) -> list[int]:
        """Classes, ranks and input, which the state itself remembers."""
        return self._state[2:5].tolist()

    def __repr__(self) -> str:
        classes, ranks, input = self._words
        shown = f"bins={self._param}, ranks={ranks}, classes={classes}"
        return f"{type(self).__name__}({shown}, input={_INPUTS[input]!r})"


def evaluate(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    bins: int = 15,
    input: str = "logits",
) -> EvaluationReport:
    """Everything that is usually asked of scores, from one visit to each row: the report
    of an `Evaluation` of these rows."""
    return Evaluation(bins, input=input).update(scores, labels, weights).compute()
