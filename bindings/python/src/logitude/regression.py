"""Errors of predictions of numbers: the functions of `sklearn.metrics`, by its names.

Arrays of any shape are taken as one column. `Regression` is a mergeable state, as those of
`logitude.metrics`.
"""

from __future__ import annotations

import ctypes
from typing import Any, TypeVar

from numpy.typing import ArrayLike

from ._abi import STRUCTS, function
from ._arrays import count
from ._columns import Columns, as_tuple, named
from ._docs import documented
from ._status import check
from .metrics import Metric

__all__ = [
    "Regression",
    "explained_variance_score",
    "max_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_pinball_loss",
    "mean_squared_error",
    "r2_score",
    "root_mean_squared_error",
]

Self = TypeVar("Self", bound="Regression")

RegressionReport = named("RegressionReport", "regression")


@documented("regression", "update", "f32", summary=False)
class Regression(Metric):
    """Regression(): R squared and the mean errors of predictions."""

    _family, _value, _report = "regression", "r2", RegressionReport

    def __init__(self) -> None:
        super().__init__()

    def update(self: Self, y_pred: ArrayLike, y_true: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: a prediction, what came true and, if given, a weight. Returns
        itself."""
        Columns(y_pred, y_true, weights).add_to(self._family, self._address)
        return self

    def report(self, predictors: int = 0, alpha: float = 0.5) -> Any:
        """All that is known of the rows so far, as a named tuple: `adjusted_r2` for a model
        of so many predictors, `pinball` at the quantile `alpha`."""
        report = STRUCTS["lgt_regression_report"]()
        finish, predictors = function("regression", "finish"), count(predictors, "predictors")
        check(finish(self._address, predictors, alpha, ctypes.byref(report)))
        return as_tuple(RegressionReport, report)

    def _quiet(self, alpha: float = 0.5) -> Any:
        """The same, where a constant y is nothing to warn of."""
        report = STRUCTS["lgt_regression_report"]()
        status = function("regression", "finish")(self._address, 0, alpha, ctypes.byref(report))
        if report.mse != report.mse or status < 0:
            check(status)
        return report

    def __repr__(self) -> str:
        return "Regression()"


def _of(y_true: Any, y_pred: Any, sample_weight: Any) -> Regression:
    return Regression().update(y_pred, y_true, sample_weight)


def r2_score(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None, predictors: int = 0
) -> float:
    """r2_score(y_true, y_pred): R squared; with `predictors`, adjusted for that many. NaN
    where y_true is constant."""
    report = _of(y_true, y_pred, sample_weight).report(predictors)
    return report.adjusted_r2 if predictors else report.r2


def explained_variance_score(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None
) -> float:
    """explained_variance_score(y_true, y_pred): 1 less the variance of errors over that of
    y_true; NaN where that is constant."""
    return _of(y_true, y_pred, sample_weight).report().explained_variance


def mean_squared_error(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None
) -> float:
    """mean_squared_error(y_true, y_pred); see `Regression`."""
    return _of(y_true, y_pred, sample_weight)._quiet().mse


def root_mean_squared_error(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None
) -> float:
    """root_mean_squared_error(y_true, y_pred); see `Regression`."""
    return _of(y_true, y_pred, sample_weight)._quiet().rmse


def mean_absolute_error(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None
) -> float:
    """mean_absolute_error(y_true, y_pred); see `Regression`."""
    return _of(y_true, y_pred, sample_weight)._quiet().mae


def mean_absolute_percentage_error(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None
) -> float:
    """mean_absolute_percentage_error(y_true, y_pred): as a fraction; see `Regression`."""
    return _of(y_true, y_pred, sample_weight)._quiet().mape


def max_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """max_error(y_true, y_pred): the largest absolute error."""
    return _of(y_true, y_pred, None)._quiet().max_error


def mean_pinball_loss(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None, alpha: float = 0.5
) -> float:
    """mean_pinball_loss(y_true, y_pred, alpha=0.5): alpha times errors above 0, 1 - alpha
    times those below."""
    return _of(y_true, y_pred, sample_weight)._quiet(alpha).pinball
