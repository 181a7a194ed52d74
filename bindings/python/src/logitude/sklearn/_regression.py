"""Errors of predictions of numbers, of one column or of several."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._abi import STATUSES
from .._status import check
from ..regression import _of
from . import _targets

__all__ = [
    "d2_absolute_error_score",
    "d2_pinball_score",
    "explained_variance_score",
    "max_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_pinball_loss",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "r2_score",
    "root_mean_squared_error",
    "root_mean_squared_log_error",
]


def _columns(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    """Both as columns, one beside the other."""
    truth, given = _targets.numbers(y_true, "y_true"), _targets.numbers(y_pred, "y_pred")
    if truth.ndim == 1:
        truth = truth[:, None]
    if given.ndim == 1:
        given = given[:, None]
    if truth.ndim != 2 or truth.shape != given.shape:
        raise ValueError(f"y_true and y_pred have the shapes {truth.shape} and {given.shape}")
    _targets.same_rows(y_true=truth, y_pred=given)
    return truth, given


def _each(y_true: Any, y_pred: Any, sample_weight: Any, field: str, alpha: float = 0.5) -> Any:
    """A field of the report of each column."""
    pairs = zip(y_true.T, y_pred.T)
    reports = [_of(np.array(y), np.array(p), sample_weight)._quiet(alpha) for y, p in pairs]
    return np.array([getattr(report, field) for report in reports])


def _averaged(each: Any, multioutput: Any) -> Any:
    if isinstance(multioutput, str):
        if multioutput == "raw_values":
            return each
        if multioutput != "uniform_average":
            raise ValueError(f"multioutput {multioutput!r} is not known")
        return float(each.mean())
    weights = np.asarray(multioutput)
    if weights.shape != each.shape:
        raise ValueError(f"multioutput has the shape {weights.shape}, the columns {each.shape}")
    return float(np.average(each, weights=weights))


def _mean(
    field: str, y_true: Any, y_pred: Any, sample_weight: Any, multioutput: Any, alpha: float = 0.5
) -> Any:
    each = _each(*_columns(y_true, y_pred), sample_weight, field, alpha)
    return _averaged(each, multioutput)


@_targets.weighted
def mean_squared_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Mean squared error."""
    return _mean("mse", y_true, y_pred, sample_weight, multioutput)


@_targets.weighted
def root_mean_squared_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Root of the mean squared error, of each column."""
    return _mean("rmse", y_true, y_pred, sample_weight, multioutput)


@_targets.weighted
def mean_absolute_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Mean absolute error."""
    return _mean("mae", y_true, y_pred, sample_weight, multioutput)


@_targets.weighted
def mean_absolute_percentage_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Mean of errors over what is true, as a fraction."""
    return _mean("mape", y_true, y_pred, sample_weight, multioutput)


@_targets.weighted
def mean_pinball_loss(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    alpha: float = 0.5,
    multioutput: Any = "uniform_average",
) -> Any:
    """Mean of alpha times errors above 0, 1 - alpha times those below."""
    return _mean("pinball", y_true, y_pred, sample_weight, multioutput, alpha)


def _logarithms(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    truth, given = _columns(y_true, y_pred)
    if (truth <= -1).any() or (given <= -1).any():
        raise ValueError("y_true or y_pred has numbers that are not above -1")
    return np.log1p(truth), np.log1p(given)


@_targets.weighted
def mean_squared_log_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Mean squared error of ln(1 + y)."""
    return _mean("mse", *_logarithms(y_true, y_pred), sample_weight, multioutput)


@_targets.weighted
def root_mean_squared_log_error(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """Root of the mean squared error of ln(1 + y), of each column."""
    return _mean("rmse", *_logarithms(y_true, y_pred), sample_weight, multioutput)


def max_error(y_true: Any, y_pred: Any) -> float:
    """The largest absolute error."""
    truth, given = _columns(y_true, y_pred)
    if truth.shape[1] != 1:
        raise ValueError("max_error is of one column")
    return float(_each(truth, given, None, "max_error")[0])


def _quantile(values: Any, alpha: float, sample_weight: Any) -> float:
    """Where the share alpha of all weight lies below; in the middle between two values if
    both would do."""
    weights = np.ones(len(values)) if sample_weight is None else np.asarray(sample_weight)
    values, weights = values[weights > 0], weights[weights > 0].astype(np.float64)
    order = np.argsort(values)
    values, below = values[order], np.cumsum(weights[order])
    wanted = alpha * below[-1]
    at = min(int(np.searchsorted(below, wanted)), len(values) - 1)
    if wanted > 0 and below[at] - wanted <= np.finfo(np.float64).eps:
        return float((values[at] + values[min(at + 1, len(values) - 1)]) / 2)
    return float(values[at])


@_targets.weighted
def median_absolute_error(
    y_true: Any,
    y_pred: Any,
    *,
    multioutput: Any = "uniform_average",
    sample_weight: Any = None,
) -> Any:
    """Median of absolute errors."""
    truth, given = _columns(y_true, y_pred)
    errors = np.abs(truth - given).T
    return _averaged(np.array([_quantile(e, 0.5, sample_weight) for e in errors]), multioutput)


def _undefined(truth: Any, multioutput: Any) -> bool:
    """Whether there are too few rows for a share of what varies, which is warned of."""
    if len(truth) < 2:
        if not isinstance(multioutput, str):
            _averaged(np.zeros(truth.shape[1]), multioutput)
        check(STATUSES["LGT_UNDEFINED"])
    return len(truth) < 2


def _explained(shares: Any, exact: Any, finite: bool) -> Any:
    """The shares; where y_true is constant 1 if all is `exact`, else 0."""
    if finite:
        return np.where(np.isnan(shares), np.where(exact, 1.0, 0.0), shares)
    return np.where(np.isnan(shares) & ~exact, -np.inf, shares)


def _of_variance(
    field: str, y_true: Any, y_pred: Any, sample_weight: Any, multioutput: Any, finite: bool
) -> Any:
    truth, given = _columns(y_true, y_pred)
    if field == "r2" and _undefined(truth, multioutput):
        return float("nan")
    errors = truth - given
    exact = (errors == (0 if field == "r2" else errors[0])).all(axis=0)
    each = _explained(_each(truth, given, sample_weight, field), exact, finite)
    if isinstance(multioutput, str) and multioutput == "variance_weighted":
        means = np.average(truth, axis=0, weights=sample_weight)
        variances = np.average((truth - means) ** 2, axis=0, weights=sample_weight)
        multioutput = variances if variances.any() else "uniform_average"
    return _averaged(each, multioutput)


@_targets.weighted
def r2_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """R squared; where y_true is constant 1 if all is right, else 0."""
    return _of_variance("r2", y_true, y_pred, sample_weight, multioutput, force_finite)


@_targets.weighted
def explained_variance_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """1 less the variance of errors over that of y_true; where that is 0 as `r2_score`."""
    name = "explained_variance"
    return _of_variance(name, y_true, y_pred, sample_weight, multioutput, force_finite)


@_targets.weighted
def d2_pinball_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    alpha: float = 0.5,
    multioutput: Any = "uniform_average",
) -> Any:
    """1 less the pinball loss over that of the quantile alpha of y_true."""
    truth, given = _columns(y_true, y_pred)
    if _undefined(truth, multioutput):
        return float("nan")
    constant = np.array([_quantile(y, alpha, sample_weight) for y in truth.T])
    null = np.broadcast_to(constant, truth.shape).astype(truth.dtype)
    losses = _each(truth, given, sample_weight, "pinball", alpha)
    nulls = _each(truth, null, sample_weight, "pinball", alpha)
    shares = 1 - losses / np.where(nulls > 0, nulls, np.nan)
    return _averaged(_explained(shares, losses == 0, True), multioutput)


@_targets.weighted
def d2_absolute_error_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
) -> Any:
    """1 less the mean absolute error over that of the median of y_true."""
    return d2_pinball_score(
        y_true, y_pred, sample_weight=sample_weight, alpha=0.5, multioutput=multioutput
    )
