"""Proper scores of probabilities, and what goes with them for two classes."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, count, floating, suffix
from ._bins import bins_of
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error, status_name
from .metrics import Metric, _report

__all__ = [
    "RPS",
    "BinaryEvaluation",
    "LogLoss",
    "Spherical",
    "calibration_slope",
    "hosmer_lemeshow",
    "log_loss",
    "ranked_probability_score",
    "spherical_score",
    "spiegelhalter_z",
]

LogLossReport = _report("LogLossReport", "log_loss")
SphericalReport = _report("SphericalReport", "spherical")
RPSReport = _report("RPSReport", "rps")
BinaryReport = _report("BinaryReport", "binary")
CalibrationSlopeReport = namedtuple(
    "CalibrationSlopeReport",
    ["status"] + [name for name, _ in STRUCTS["lgt_calibration_slope_report"]._fields_][1:],
)
HosmerLemeshowReport = _report("HosmerLemeshowReport", "hosmer_lemeshow")

_SLOPE = STRUCTS["lgt_calibration_slope_opts"]()
function("calibration_slope", "opts_default")(ctypes.byref(_SLOPE))


@documented("log_loss", "update", "f32", summary=False)
class LogLoss(Metric):
    """LogLoss(eps=0.0, renormalize=False): mean of -ln p_label, from probabilities.

    `report().clipped_rows` counts the rows that `eps` changed.
    """

    _family, _value, _report = "log_loss", "log_loss", LogLossReport

    def __init__(self, eps: float = 0.0, renormalize: bool = False) -> None:
        super().__init__(eps, CONSTANTS["LGT_LOG_LOSS_RENORMALIZE"] if renormalize else 0)

    def __repr__(self) -> str:
        eps = self._state[2:3].view(np.float64)[0]
        return f"LogLoss(eps={float(eps)!r}, renormalize={bool(self._param)})"


@documented("spherical", "update", "f32", summary=False)
class Spherical(Metric):
    """Spherical(): mean of p_label / |p|, from probabilities; higher is better."""

    _family, _value, _report = "spherical", "spherical", SphericalReport

    def __init__(self) -> None:
        super().__init__()


@documented("rps", "update", "f32", summary=False)
class RPS(Metric):
    """RPS(normalize=False): ranked probability score of ordered classes, from
    probabilities; lower is better. `normalize` divides by the classes less one."""

    _family, _value, _report = "rps", "rps", RPSReport

    def __init__(self, normalize: bool = False) -> None:
        super().__init__(CONSTANTS["LGT_RPS_NORMALIZE"] if normalize else 0)

    def __repr__(self) -> str:
        return f"RPS(normalize={bool(self._param)})"


def log_loss(
    probs: ArrayLike,
    labels: ArrayLike,
    eps: float = 0.0,
    weights: Any = None,
    renormalize: bool = False,
) -> float:
    """Mean of -ln p_label, with p clipped to [eps, 1 - eps]; see `LogLoss`."""
    return LogLoss(eps, renormalize).update(probs, labels, weights).compute()


def spherical_score(probs: ArrayLike, labels: ArrayLike, weights: Any = None) -> float:
    """Mean of p_label / |p|, higher is better; see `Spherical`."""
    return Spherical().update(probs, labels, weights).compute()


def ranked_probability_score(
    probs: ArrayLike, labels: ArrayLike, normalize: bool = False, weights: Any = None
) -> float:
    """Ranked probability score of ordered classes, lower is better; see `RPS`."""
    return RPS(normalize).update(probs, labels, weights).compute()


class _Column:
    """Scores of class 1, labels and weights, one a row, as C takes them."""

    def __init__(self, scores: Any, labels: Any, weights: Any) -> None:
        scores = floating(scores)
        if scores.ndim != 1:
            raise error("LGT_E_SHAPE", f"scores of two classes are 1-D, not {scores.shape}")
        step, rest = divmod(scores.strides[0], scores.itemsize)
        if rest or (step < 1 and len(scores) > 1) or not scores.flags.aligned:
            scores, step = np.array(scores), 1
        self.suffix = suffix(scores.dtype)
        self.labels = _column(_integers(labels), "labels", (*scores.shape, 2))
        self.weights: np.ndarray | None = None
        if weights is not None:
            weights = np.asarray(weights, accumulator(scores.dtype))
            self.weights = _column(weights, "weights", (*scores.shape, 2))
        self.scores, self.stride = scores, max(step, 1)

    def pass_to(
        self, family: str, verb: str, receiver: int | tuple[int, int], *options: Any
    ) -> int:
        """Calls a function whose first argument is a state or a model, or room for one:
        its address and size."""
        first = receiver if isinstance(receiver, tuple) else (receiver,)
        labels = address(self.labels), _label_type(self.labels)
        weights = None if self.weights is None else address(self.weights)
        return function(family, verb, self.suffix)(
            *first, address(self.scores), self.stride, *labels, weights,
            len(self.scores), *options,
        )  # fmt: skip


def _input(name: str) -> int:
    if name not in ("probabilities", "logits"):
        raise error("LGT_E_OPTION", f"input is 'probabilities' or 'logits', not {name!r}")
    return CONSTANTS[f"LGT_BINARY_{name.upper()}"]


@documented("binary", "update", "f32", summary=False)
class BinaryEvaluation(Metric):
    """BinaryEvaluation(bins=15, eps=0.0, input="probabilities"): log loss, Brier score,
    calibration error, confusion at 1/2, Spiegelhalter's test and skills of scores of
    class 1, all in `report()` from one pass; `compute()` is the log loss.

    `update(scores, labels, weights=None)` takes 1-D scores, of which a column of a
    matrix is not copied.
    """

    _family, _value, _parameter, _report = "binary", "log_loss", "bins", BinaryReport

    def __init__(self, bins: int = 15, eps: float = 0.0, input: str = "probabilities") -> None:
        super().__init__(count(bins, "bins"), eps, _input(input))

    def update(
        self, scores: ArrayLike, labels: ArrayLike, weights: Any = None
    ) -> BinaryEvaluation:
        """Adds rows: one score of class 1, one label of 0 or 1 and, if given, one
        weight a row. Returns itself."""
        check(_Column(scores, labels, weights).pass_to("binary", "update", self._address))
        return self

    def bins(self) -> NDArray[Any]:
        """The bins of the reliability curve as a structured array, lowest first."""
        bins = np.empty(self._param, np.dtype(STRUCTS["lgt_reliability_bin"]))
        check(function("binary", "get_bins")(self._address, address(bins), len(bins)))
        return bins

    def __repr__(self) -> str:
        eps = float(self._state[2:3].view(np.float64)[0])
        input = "logits" if self._state[3] else "probabilities"
        return f"BinaryEvaluation(bins={self._param}, eps={eps!r}, input={input!r})"


def spiegelhalter_z(
    probs: ArrayLike, labels: ArrayLike, weights: Any = None
) -> tuple[float, float]:
    """Spiegelhalter's statistic and its two-sided p-value; see `BinaryEvaluation`."""
    report = BinaryEvaluation(1).update(probs, labels, weights).report()
    return report.spiegelhalter_z, report.spiegelhalter_p


@documented("calibration_slope", "fit", "f32")
def calibration_slope(
    scores: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    input: str = "probabilities",
    eps: float = _SLOPE.eps,
    max_iter: int = _SLOPE.max_iter,
    tol: float = _SLOPE.tol,
    slope_max: float = _SLOPE.slope_max,
) -> Any:
    """calibration_slope(scores, labels, weights=None, *, input="probabilities", ...)

    The report of `lgt_calibration_slope_fit` as a named tuple, of which `status` is a
    name. Any end but LGT_OK is warned of (LogitudeWarning).
    """
    options = STRUCTS["lgt_calibration_slope_opts"]()
    options.struct_size = ctypes.sizeof(options)
    options.input, options.max_iter = _input(input), count(max_iter, "max_iter")
    options.eps, options.tol, options.slope_max = eps, tol, slope_max
    report = STRUCTS["lgt_calibration_slope_report"]()
    data = _Column(scores, labels, weights)
    status = data.pass_to(
        "calibration_slope", "fit", ctypes.addressof(report), ctypes.byref(options)
    )
    check(status)
    values = (getattr(report, name) for name in CalibrationSlopeReport._fields[1:])
    return CalibrationSlopeReport(status_name(report.fit_status), *values)


@documented("hosmer_lemeshow", "finish")
def hosmer_lemeshow(bins: NDArray[Any], dof_offset: int = 0) -> Any:
    """hosmer_lemeshow(bins, dof_offset=0)

    `bins` as the `bins()` of a metric gives them. A named tuple.
    """
    bins = bins_of(bins)
    report = STRUCTS["lgt_hosmer_lemeshow_report"]()
    check(
        function("hosmer_lemeshow", "finish")(
            address(bins), bins.size, count(dof_offset, "dof_offset"), ctypes.byref(report)
        )
    )
    return HosmerLemeshowReport(*(getattr(report, name) for name in HosmerLemeshowReport._fields))
