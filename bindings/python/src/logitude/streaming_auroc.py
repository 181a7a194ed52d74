"""AUROC and average precision of streams: mergeable states that keep every score, or
count them in bounded memory."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import count
from ._docs import documented
from ._state import State
from ._status import check, error
from .calibration_error import _named, _tuple
from .two_samples import _Scores

__all__ = ["BinnedAUROC", "StreamingAUROC"]

Self = TypeVar("Self", bound="StreamingAUROC")
Binned = TypeVar("Binned", bound="BinnedAUROC")

StreamingAUROCReport = _named("StreamingAUROCReport", "lgt_streaming_auroc_report")
BinnedAUROCReport = _named("BinnedAUROCReport", "lgt_binned_auroc_report")


class Bounds(NamedTuple):
    """What a number is at least and at most."""

    low: float
    high: float


@documented("streaming_auroc", "update", "f32", summary=False)
class StreamingAUROC(State):
    """StreamingAUROC(capacity): AUROC, average precision and DeLong's variance, exactly,
    of up to `capacity` rows.

    States of different capacities merge, as long as there is room.
    """

    _family, _parameter = "streaming_auroc", "capacity"

    def __init__(self, capacity: int) -> None:
        super().__init__(count(capacity, "capacity"))

    def update(self: Self, scores: ArrayLike, labels: ArrayLike) -> Self:
        """Adds scores and as many labels 0 or 1. Returns itself."""
        data = _Scores(scores, labels)
        add = function(self._family, "update", data.suffix)
        check(add(self._address, *data.arguments(), data.n))
        return self

    def compute(self) -> float:
        """The AUROC of all rows so far. NaN, with a LogitudeWarning, if undefined."""
        return self.report().auroc

    def report(self, confidence: float = 0.95) -> Any:
        """All that is known of the rows so far, as a named tuple; `confidence` is that of
        the intervals for the AUROC."""
        report = STRUCTS["lgt_streaming_auroc_report"]()
        finish = function(self._family, "finish")
        check(finish(self._address, float(confidence), ctypes.byref(report)))
        return _tuple(StreamingAUROCReport, report)


_MAPS = ("probabilities", "scores", "edges")


@documented("binned_auroc", "update", "f32", summary=False)
class BinnedAUROC(State):
    """BinnedAUROC(map="scores", k=16, edges=None): AUROC and average precision with
    bounds, in memory for 2^k buckets.

    `map` is "scores" or "probabilities"; with `edges` given, buckets are between those.
    """

    _family = "binned_auroc"

    def __init__(self, map: str = "scores", k: int = 16, edges: Any = None) -> None:
        if edges is not None:
            map = "edges"
        if map not in _MAPS:
            raise error("LGT_E_VALUE", f"map is one of {list(_MAPS)}, not {map!r}")
        size, self._edges = ctypes.c_size_t(), _edges(edges)
        check(function(self._family, "size")(count(k, "k"), ctypes.byref(size)))
        self._state = np.zeros(size.value // 8, np.uint64)
        number = CONSTANTS[f"LGT_BINNED_AUROC_{map.upper()}"]
        init = function(self._family, "init")
        check(init(self._address, size.value, k, number, *self._edge_arguments()))

    def _edge_arguments(self) -> tuple[Any, int]:
        return (address(self._edges) if self._edges.size else None), self._edges.size

    def update(self: Binned, scores: ArrayLike, labels: ArrayLike) -> Binned:
        """Adds scores and as many labels 0 or 1. Returns itself."""
        data, (edges, many) = _Scores(scores, labels), self._edge_arguments()
        add = function(self._family, "update", data.suffix)
        check(add(self._address, *data.arguments(), edges, data.n, many))
        return self

    def compute(self) -> float:
        """The middle of the bounds for the AUROC. NaN, with a LogitudeWarning, if
        undefined."""
        return self.report().auroc

    def report(self) -> Any:
        """All that is known of the rows so far, as a named tuple."""
        report = STRUCTS["lgt_binned_auroc_report"]()
        check(function(self._family, "finish")(self._address, ctypes.byref(report)))
        return _tuple(BinnedAUROCReport, report)

    def fpr_at_tpr(self, tpr: float) -> Bounds:
        """Bounds for the least false positive rate at a true positive rate of at least
        `tpr`."""
        low, high = ctypes.c_double(), ctypes.c_double()
        call = function(self._family, "fpr_at_tpr")
        check(call(self._address, float(tpr), ctypes.byref(low), ctypes.byref(high)))
        return Bounds(low.value, high.value)

    def with_edges(self: Binned, edges: Any) -> Binned:
        """Gives a state that came from bytes the edges it was made with, which bytes do
        not hold. Returns itself."""
        self._edges = _edges(edges)
        return self

    def __setstate__(self, data: Any) -> None:
        state, edges = data if isinstance(data, tuple) else (data, None)
        super().__setstate__(state)
        self._edges = _edges(edges)

    def __getstate__(self) -> Any:  # type: ignore[override]
        return (self.to_bytes(), self._edges) if self._edges.size else self.to_bytes()

    def __add__(self: Binned, other: State) -> Binned:
        if not isinstance(other, State):
            return NotImplemented
        both = type(self).from_bytes(self.to_bytes()).with_edges(self._edges)
        return both.merge(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_MAPS[int(self._state[2])]!r}, k={self._param})"


def _edges(edges: Any) -> NDArray[np.float64]:
    return np.ascontiguousarray([] if edges is None else edges, np.float64).ravel()
