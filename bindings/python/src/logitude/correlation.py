"""How two columns of numbers go together: the functions of `scipy.stats`, by its names.

Functions return a `Significance`, the correlation and its p-value, or with `report=True`
a named tuple of all that is known. Arrays of any shape are taken as one column. `Pearson`
is a mergeable state, as those of `logitude.metrics`.
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import floating, suffix
from ._columns import Columns, as_tuple, named, scratch
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error
from .metrics import Metric

__all__ = [
    "Pearson",
    "Significance",
    "chatterjeexi",
    "concordance_corrcoef",
    "concordance_index",
    "kendalltau",
    "pearsonr",
    "rankdata",
    "somersd",
    "spearmanr",
    "weightedtau",
]

Self = TypeVar("Self", bound="Pearson")

PearsonReport = named("PearsonReport", "pearson")
SpearmanReport = named("SpearmanReport", "spearman")
KendallReport = named("KendallReport", "kendall")
SomersReport = named("SomersReport", "somers")
WeightedTauReport = named("WeightedTauReport", "weighted_tau")
XiReport = named("XiReport", "xi")
ConcordanceIndexReport = named("ConcordanceIndexReport", "concordance_index")


class Significance(NamedTuple):
    """A correlation, and the p-value of there being none."""

    statistic: float
    pvalue: float


@documented("pearson", "update", "f32", summary=False)
class Pearson(Metric):
    """Pearson(): correlation, covariance and line of least squares of x and y."""

    _family, _value, _report = "pearson", "r", PearsonReport

    def __init__(self) -> None:
        super().__init__()

    def update(self: Self, x: ArrayLike, y: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: a number of each and, if given, a weight. Returns itself."""
        Columns(x, y, weights).add_to(self._family, self._address)
        return self

    def report(self, confidence_level: float = 0.95) -> Any:
        """All that is known of the rows so far, as a named tuple."""
        report = STRUCTS["lgt_pearson_report"]()
        finish = function("pearson", "finish")
        check(finish(self._address, confidence_level, ctypes.byref(report)))
        return as_tuple(PearsonReport, report)

    def __repr__(self) -> str:
        return "Pearson()"


def pearsonr(
    x: ArrayLike,
    y: ArrayLike,
    weights: Any = None,
    *,
    confidence_level: float = 0.95,
    report: bool = False,
) -> Any:
    """pearsonr(x, y): Pearson's correlation and its p-value, as scipy's; see `Pearson`."""
    made = Pearson().update(x, y, weights).report(confidence_level)
    return made if report else Significance(made.r, made.p_value)


def concordance_corrcoef(x: ArrayLike, y: ArrayLike, weights: Any = None) -> float:
    """concordance_corrcoef(x, y): Lin's concordance correlation coefficient, with the
    divisor n; see `Pearson`."""
    return Pearson().update(x, y, weights).report().concordance


@documented("spearman", "", "f32", summary=False)
def spearmanr(
    x: ArrayLike, y: ArrayLike, *, confidence_level: float = 0.95, report: bool = False
) -> Any:
    """spearmanr(x, y): Spearman's rank correlation and its p-value."""
    made = Columns(x, y).report("spearman", SpearmanReport, confidence_level)
    return made if report else Significance(made.r, made.p_value)


@documented("kendall", "", "f32", summary=False)
def kendalltau(
    x: ArrayLike, y: ArrayLike, *, variant: str = "b", report: bool = False
) -> Any:
    """kendalltau(x, y, variant="b"): Kendall's tau and its p-value.

    `variant` is "a", "b", "c", or "gamma" for that of Goodman and Kruskal.
    """
    names = {"a": "tau_a", "b": "tau_b", "c": "tau_c", "gamma": "gamma"}
    if variant not in names:
        raise error("LGT_E_VALUE", f"variant is one of {list(names)}, not {variant!r}")
    made = Columns(x, y).report("kendall", KendallReport)
    return made if report else Significance(getattr(made, names[variant]), made.p_value)


@documented("somers", "", "f32", summary=False)
def somersd(x: ArrayLike, y: ArrayLike, *, report: bool = False) -> Any:
    """somersd(x, y): Somers' D(Y|X) and its p-value."""
    made = Columns(x, y).report("somers", SomersReport)
    return made if report else Significance(made.d_yx, made.p_value)


@documented("weighted_tau", "", "f32", summary=False)
def weightedtau(
    x: ArrayLike,
    y: ArrayLike,
    rank: bool | None = True,
    *,
    additive: bool = True,
    report: bool = False,
) -> Any:
    """weightedtau(x, y, rank=True, additive=True): Kendall's tau, where rows at the top
    count more. Returns a number.

    `rank` is True for the mean of what ranks of x and of y make, None for those of x,
    False where rows have the ranks they come in.
    """
    ranking = {True: "BOTH", None: "X", False: "GIVEN"}[rank]
    product = 0 if additive else CONSTANTS["LGT_WEIGHTED_TAU_PRODUCT"]
    ranking = CONSTANTS[f"LGT_WEIGHTED_TAU_{ranking}"]
    made = Columns(x, y).report("weighted_tau", WeightedTauReport, ranking, product)
    return made if report else made.tau


@documented("xi", "", "f32", summary=False)
def chatterjeexi(
    x: ArrayLike,
    y: ArrayLike,
    *,
    y_continuous: bool = False,
    ties: str = "mean",
    report: bool = False,
) -> Any:
    """chatterjeexi(x, y, y_continuous=False, ties="mean"): how well y is told by x, and
    its p-value.

    `ties` is "mean" for that over all orders of equal x, "given" for the order of rows.
    """
    if ties not in ("mean", "given"):
        raise error("LGT_E_VALUE", f"ties is 'mean' or 'given', not {ties!r}")
    flags = CONSTANTS["LGT_XI_GIVEN"] if ties == "given" else 0
    flags += CONSTANTS["LGT_XI_CONTINUOUS"] if y_continuous else 0
    made = Columns(x, y).report("xi", XiReport, flags)
    return made if report else Significance(made.xi, made.p_value)


@documented("concordance_index", "", "f32", summary=False)
def concordance_index(
    y_true: ArrayLike, y_pred: ArrayLike, events: Any = None, *, report: bool = False
) -> Any:
    """concordance_index(y_true, y_pred, events=None): Harrell's, of times y_true and
    predictions y_pred, larger for longer. Returns a number.

    `events` are 1 where a time ended with an event, 0 where the row was last seen then.
    """
    columns, labels = Columns(y_pred, y_true), (None, CONSTANTS["LGT_U8"])
    if events is not None:
        events = _column(_integers(events), "events", (*columns.x.shape, 1))
        labels = address(events), _label_type(events)
    made = columns.report("concordance_index", ConcordanceIndexReport, labels=labels)
    return made if report else made.value


@documented("rank", "", "f32", summary=False)
def rankdata(x: ArrayLike, method: str = "average") -> NDArray[np.float64]:
    """rankdata(x, method="average"): the ranks of numbers, the least first, as float64.

    `method` is "average", "min", "max", "dense" or "ordinal".
    """
    x = floating(x)
    name = f"LGT_RANK_{method.upper()}"
    if name not in CONSTANTS:
        raise error("LGT_E_OPTION", f"there is no method {method!r}")
    ranks, room = np.empty(x.shape), scratch("rank", x.size)
    flat = np.require(x, None, ["C", "A"])
    check(
        function("rank", "", suffix(x.dtype))(
            address(flat), address(ranks), ctypes.byref(STRUCTS["lgt_rank_report"]()),
            x.size, CONSTANTS[name], address(room), room.nbytes,
        )  # fmt: skip
    )
    return ranks
