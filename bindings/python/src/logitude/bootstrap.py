"""How much a metric would vary from one sample of rows to another: bootstrap
replicates as a mergeable state, and intervals from the replicates of anything."""

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
from .intervals import Interval
from .metrics import ECE, NLL, Accuracy, Brier, Metric

__all__ = ["Bootstrap", "BootstrapReport", "bca_interval", "percentile_interval", "poisson_weights"]

Self = TypeVar("Self", bound="Bootstrap")

BootstrapReport = namedtuple(
    "BootstrapReport", [field for field, _ in STRUCTS["lgt_bootstrap_report"]._fields_]
)

_METRICS = {
    CONSTANTS[f"LGT_STATE_{metric._family.upper()}"]: metric
    for metric in (Accuracy, NLL, Brier, ECE)
}


def _number(value: Any, name: str) -> int:
    """A `uint64_t`; ctypes itself would wrap a number outside of its range."""
    number = int(value)
    if number != value or not 0 <= number < 2**64:
        raise error("LGT_E_VALUE", f"{name} = {value} is outside 0 .. 2^64 - 1")
    return number


@documented("bootstrap", "update", "f32", summary=False)
class Bootstrap(State):
    """Bootstrap(metric, replicates=1000, seed=0): replicates of an `Accuracy`, `NLL`,
    `Brier` or `ECE`, of which only kind and parameter are taken.

    Rows are numbered over the whole data: `update` is told the number of its first
    row. Give each worker a state of its own, with the same seed, and merge them.
    """

    _family = "bootstrap"

    def __init__(self, metric: Metric, replicates: int = 1000, seed: int = 0) -> None:
        kinds = [kind for kind, known in _METRICS.items() if type(metric) is known]
        if not kinds:
            raise TypeError(f"no replicates of {metric!r}: only of Accuracy, NLL, Brier, ECE")
        chosen = kinds[0], metric._param, count(replicates, "replicates")
        size = ctypes.c_size_t()
        check(function(self._family, "size")(*chosen, ctypes.byref(size)))
        self._state = np.zeros(size.value // 8, np.uint64)
        start = function(self._family, "init")
        check(start(self._address, size.value, *chosen, _number(seed, "seed")))

    @property
    def metric(self) -> Metric:
        """The metric of the rows as they are: a copy of its state."""
        return self._copy("get_original")

    def replicate(self, index: int) -> Metric:
        """One replicate of it, likewise."""
        return self._copy("get_replicate", count(index, "index"))

    def update(
        self: Self, scores: ArrayLike, labels: ArrayLike, first_row: int, weights: Any = None
    ) -> Self:
        """Adds rows as the metric's own `update` does; row `i` of them is row
        `first_row + i` of all there are. Returns itself."""
        rows, first = Labelled(scores, labels, weights), _number(first_row, "first_row")
        rows.pass_to(self._family, "update", self._address, first_row=first)
        return self

    def values(self) -> NDArray[np.float64]:
        """The metric of every replicate; NaN where it is undefined."""
        values = np.empty(self._param)
        check(function(self._family, "get_values")(self._address, address(values), len(values)))
        return values

    def report(self, confidence: float = 0.95) -> Any:
        """A `BootstrapReport`: the metric's value, the mean of the replicates, the
        standard error, and the percentile interval from `low` to `high`. NaN, with a
        LogitudeWarning, if no replicate has a value."""
        values, report = np.empty(self._param), STRUCTS["lgt_bootstrap_report"]()
        check(
            function(self._family, "finish")(
                self._address, confidence, address(values), len(values), ctypes.byref(report)
            )
        )
        return BootstrapReport(*(getattr(report, name) for name in BootstrapReport._fields))

    def _copy(self, verb: str, *which: int) -> Metric:
        word = int(self._state[2])
        kind, param = word & 0xFFFFFFFF, word >> 32
        metric = _METRICS[kind](param) if param else _METRICS[kind]()
        room = metric._state
        check(function(self._family, verb)(self._address, *which, address(room), room.nbytes))
        return metric

    def __repr__(self) -> str:
        shown = type(self.metric)(*([self.metric._param] if self.metric._param else []))
        return f"Bootstrap({shown!r}, replicates={self._param}, seed={int(self._state[3])})"


@documented("bootstrap", "weights", "f32")
def poisson_weights(
    rows: int, replicate: int, first_row: int = 0, seed: int = 0, dtype: Any = np.float64
) -> NDArray[Any]:
    """poisson_weights(rows, replicate, first_row=0, seed=0, dtype=float64)

    The weights that `rows` rows have in a replicate of `Bootstrap`, to be given to
    any function that takes weights.
    """
    suffixes = {np.dtype(np.float32): "f32", np.dtype(np.float64): "f64"}
    weights = np.empty(rows, dtype)
    if weights.dtype not in suffixes:
        raise TypeError(f"weights are float32 or float64, not {weights.dtype}")
    draw = function("bootstrap", "weights", suffixes[weights.dtype])
    number, first = _number(seed, "seed"), _number(first_row, "first_row")
    check(draw(number, count(replicate, "replicate"), first, address(weights), len(weights)))
    return weights


@documented("interval", "percentile")
def percentile_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """percentile_interval(values, confidence=0.95): the `Interval` of what a statistic
    was in each replicate."""
    values, low, high = _column(values), ctypes.c_double(), ctypes.c_double()
    check(
        function("interval", "percentile")(
            address(values), len(values), confidence, ctypes.byref(low), ctypes.byref(high)
        )
    )
    return Interval(low.value, high.value)


@documented("interval", "bca")
def bca_interval(
    values: ArrayLike, statistic: float, jackknife: ArrayLike, confidence: float = 0.95
) -> Interval:
    """bca_interval(values, statistic, jackknife, confidence=0.95): the `Interval` of
    what a statistic was in each replicate, what it is, and what it is without each
    row in turn."""
    values, jackknife = _column(values), _column(jackknife)
    low, high = ctypes.c_double(), ctypes.c_double()
    check(
        function("interval", "bca")(
            address(values), len(values), statistic, address(jackknife), len(jackknife),
            confidence, ctypes.byref(low), ctypes.byref(high),
        )
    )  # fmt: skip
    return Interval(low.value, high.value)


def _column(values: ArrayLike) -> NDArray[np.float64]:
    values = np.ascontiguousarray(values, np.float64)
    if values.ndim != 1:
        raise error("LGT_E_SHAPE", f"one axis of values is needed, not {values.ndim}")
    return values
