"""Rows to evaluate whose columns are in shards, or come in pieces."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from ._abi import function
from ._address import address
from ._arrays import count
from ._docs import documented
from ._labelled import Labelled, _column, _integers, _label_type
from ._state import State
from ._status import check, error

__all__ = ["EvaluationRows"]

Self = TypeVar("Self", bound="EvaluationRows")


@documented("evaluate_rows", "update", "f32", summary=False)
class EvaluationRows(State):
    """EvaluationRows(rows): what the columns of each of `rows` rows of logits, seen in
    parts, come to; an `Evaluation` takes them by `add_rows` when all have been seen.

    Give each shard of a vocabulary to a state of its own and merge them (`a + b`), or
    update one state with one piece after another. Every part is told the labels and
    their logits. Where each rank of a model has the logits of its part of a vocabulary,
    it knows the logits of some labels; an all-reduce makes them known to all. States go
    to one rank as their bytes, 64 a row, whatever the size of the vocabulary:

    >>> import numpy as np
    >>> labels = np.arange(60) * 16
    >>> logits = np.random.default_rng(1).normal(size=(60, 1000))
    >>> shards = np.split(logits, 4, axis=1)  # of 250 columns, one a rank
    >>> def known_to(rank):
    ...     at = labels - 250 * rank
    ...     mine = (0 <= at) & (at < 250)
    ...     return np.where(mine, shards[rank][np.arange(60), at * mine], 0)
    >>> label_scores = sum(known_to(rank) for rank in range(4))  # by all-reduce
    >>> def sent_by(rank):
    ...     rows = EvaluationRows(60)
    ...     rows.update(shards[rank], label_scores, labels, first_column=250 * rank)
    ...     return rows.to_bytes()
    >>> rows = EvaluationRows(60)
    >>> for rank in range(4):
    ...     rows += EvaluationRows.from_bytes(sent_by(rank))
    >>> report = Evaluation().add_rows(rows, label_scores, labels).compute()
    >>> bool(np.isclose(report.nll, evaluate(logits, labels).nll, rtol=1e-13))
    True
    """

    _family, _parameter = "evaluate_rows", "rows"

    def __init__(self, rows: int) -> None:
        super().__init__(count(rows, "rows"))

    def update(
        self: Self,
        scores: ArrayLike,
        label_scores: ArrayLike,
        labels: ArrayLike,
        first_column: int = 0,
    ) -> Self:
        """Adds columns, which run along the last axis of `scores` and of which the first
        is column `first_column` of the whole; `labels` are classes of the whole, and
        `label_scores` their logits, one each a row. Returns itself."""
        data = Labelled(scores, labels)
        x, y = data.scores, data.labels
        own = _column(np.asarray(label_scores, np.float64), "label_scores", x.array.shape)
        first = count(first_column, "first_column")
        add = function(self._family, "update", data.suffix)
        told = address(own), address(y), _label_type(y)
        check(add(self._address, x.address, x.stride, first, *told, x.rows, x.cols))
        return self

    def _add_to(
        self, evaluation: int, label_scores: ArrayLike, labels: ArrayLike, weights: Any
    ) -> None:
        """Adds all rows to the evaluation at that address."""
        y = _integers(labels)
        if y.size != self._param:
            raise error("LGT_E_SHAPE", f"{y.size} labels of {self._param} rows")
        shape = (*y.shape, 0)
        y = _column(y, "labels", shape)
        own = _column(np.asarray(label_scores, np.float64), "label_scores", shape)
        if weights is not None:
            weights = _column(np.asarray(weights, np.float64), "weights", shape)
        w = None if weights is None else address(weights)
        told = address(own), address(y), _label_type(y)
        check(function(self._family, "add_to")(self._address, evaluation, *told, w))
