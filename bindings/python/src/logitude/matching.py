"""Queries and candidates: at what rank each query finds its own."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, Iterable, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import count, floating, rows, suffix
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._state import State
from ._status import check, error

__all__ = ["Matching", "MatchingCounts", "match_ranks", "matching_metrics", "median_rank"]

Self = TypeVar("Self", bound="Matching")

_FIELDS = [field for field, _ in STRUCTS["lgt_matching_report"]._fields_]
MatchingReport = namedtuple("MatchingReport", ["recall", *_FIELDS])
MatchingMetrics = namedtuple("MatchingMetrics", ["median_rank", *MatchingReport._fields])


@documented("matching", "update", "f32", summary=False)
class Matching(State):
    """Matching(cutoffs=(1, 5, 10), *, ties="average"): recall at cutoffs, mean rank and
    mean reciprocal rank, as a mergeable state. `ties` is "average", "first" or "last"
    of the ranks that candidates of the true one's score take up."""

    _family = "matching"

    def __init__(self, cutoffs: Iterable[int] = (1, 5, 10), *, ties: str = "average") -> None:
        if ties not in ("average", "first", "last"):
            raise error("LGT_E_OPTION", f"ties is 'average', 'first' or 'last', not {ties!r}")
        size = ctypes.c_size_t()
        check(function("matching", "size")(ctypes.byref(size)))
        self._state = np.zeros(size.value // 8, np.uint64)
        ks = np.array([count(k, "cutoff") for k in cutoffs], np.uint32)
        rule = CONSTANTS[f"LGT_MATCHING_TIES_{ties.upper()}"]
        made = function("matching", "init")
        check(made(self._address, size.value, address(ks), len(ks), rule))

    @property
    def cutoffs(self) -> list[int]:
        """Where recall is taken."""
        return self._state[2:6].view(np.uint32)[: self._param & 255].tolist()

    def update(self: Self, scores: ArrayLike, targets: Any = None, *, offset: int = 0) -> Self:
        """Adds queries: `scores` with candidates along the last axis, and for each the
        number of its own; without `targets` that of query r is `offset` + r. Returns
        itself."""
        self.ranks(scores, targets, offset=offset)
        return self

    def ranks(
        self, scores: ArrayLike, targets: Any = None, *, offset: int = 0
    ) -> NDArray[np.float64]:
        """As `update`; returns the ranks of these queries."""
        scores = floating(scores)
        if scores.ndim != 2:
            raise error("LGT_E_SHAPE", f"scores have two axes, not {scores.ndim}")
        x, made = rows(scores), np.empty(len(scores))
        labels: Any = (None, 0)
        if targets is not None:
            targets = _column(_integers(targets), "targets", scores.shape)
            labels = address(targets), _label_type(targets)
        check(
            function("matching", "update", suffix(x.array.dtype))(
                self._address, x.address, x.stride, *labels, count(offset, "offset"),
                address(made), x.rows, x.cols,
            )
        )  # fmt: skip
        return made

    def add(self, counts: MatchingCounts) -> NDArray[np.float64]:
        """Adds queries whose candidates were counted in shards; returns their ranks."""
        made = np.empty(len(counts.greater))
        check(
            function("matching", "add")(
                self._address, address(counts.greater), address(counts.equal),
                address(made), len(made),
            )
        )  # fmt: skip
        return made

    def recall(self) -> dict[int, float]:
        """Recall by cutoff."""
        return self.report().recall

    def report(self) -> Any:
        """All that is known so far, as a named tuple."""
        made, ks = STRUCTS["lgt_matching_report"](), self.cutoffs
        recall = np.empty(len(ks))
        check(function("matching", "finish")(self._address, ctypes.byref(made)))
        if ks:
            get = function("matching", "get_recall")
            check(get(self._address, address(recall), len(ks)), "LGT_UNDEFINED")
        numbers = (getattr(made, name) for name in _FIELDS)
        return MatchingReport(dict(zip(ks, recall.tolist())), *numbers)

    def compute(self) -> float:
        """Mean reciprocal rank."""
        return self.report().mrr

    def __repr__(self) -> str:
        ties = ("average", "first", "last")[self._param >> 8]
        return f"Matching(cutoffs={self.cutoffs}, ties={ties!r})"


@documented("matching", "count", "f32", summary=False)
class MatchingCounts:
    """MatchingCounts(own): of queries whose true candidates score `own`, how many
    candidates score above that and how many as high, shard by shard."""

    def __init__(self, own: ArrayLike) -> None:
        self._own = np.require(floating(own), None, ["C", "A"])
        if self._own.ndim != 1:
            raise error("LGT_E_SHAPE", "own has one number a query")
        self.greater, self.equal = np.zeros((2, len(self._own)), np.uint64)

    def update(self, scores: ArrayLike) -> MatchingCounts:
        """Adds the candidates of a shard. Returns itself."""
        scores = floating(scores)
        if scores.ndim != 2 or len(scores) != len(self._own) or scores.dtype != self._own.dtype:
            shapes = scores.shape, self._own.shape
            raise error("LGT_E_SHAPE", f"scores and own are of {shapes}, or of two types")
        x = rows(scores)
        check(
            function("matching", "count", suffix(x.array.dtype))(
                x.address, x.stride, address(self._own), address(self.greater),
                address(self.equal), x.rows, x.cols,
            )
        )  # fmt: skip
        return self


def match_ranks(
    scores: ArrayLike, targets: Any = None, *, offset: int = 0, ties: str = "average"
) -> NDArray[np.float64]:
    """The rank of each query's own candidate, from 1 on; see `Matching`."""
    return Matching((), ties=ties).ranks(scores, targets, offset=offset)


@documented("matching", "median_rank")
def median_rank(ranks: ArrayLike) -> float:
    """median_rank(ranks)"""
    ranks = np.require(np.asarray(ranks, np.float64), np.float64, ["C", "A"]).reshape(-1)
    median = ctypes.c_double()
    check(
        function("matching", "median_rank")(address(ranks), ctypes.byref(median), ranks.size)
    )
    return median.value


def matching_metrics(
    scores: ArrayLike,
    targets: Any = None,
    cutoffs: Iterable[int] = (1, 5, 10),
    *,
    offset: int = 0,
    ties: str = "average",
) -> Any:
    """Recall by cutoff, median, mean and mean reciprocal rank, as a named tuple. The
    other direction is that of `scores.T`."""
    state = Matching(cutoffs, ties=ties)
    median = median_rank(state.ranks(scores, targets, offset=offset))
    return MatchingMetrics(median, *state.report())
