"""Calibration errors: of one probability, of each class, with bins and without.

Functions of `probs` and `labels` take either P(y = 1) and y, or confidences and
hits, as `top_label` makes them of probabilities of many classes. They return a
number, or with `report=True` a named tuple of all that is known. The classes are
mergeable states, as those of `logitude.metrics`.
"""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, count, floating, rows, suffix
from ._bins import BIN, bins_of
from ._docs import documented
from ._labelled import Labelled, _column, _integers, _label_type
from ._status import check, error
from .metrics import Metric

__all__ = [
    "BinaryECE",
    "ClasswiseECE",
    "ace",
    "brier_decomposition",
    "ece_binary",
    "ece_classwise",
    "ece_equal_mass",
    "ks_calibration_error",
    "mmce",
    "reliability_report",
    "smooth_ece",
    "top_label",
]

Self = TypeVar("Self", bound="BinaryECE")


def _named(name: str, struct: str) -> Any:
    return namedtuple(name, [field for field, _ in STRUCTS[struct]._fields_])


ReliabilityReport = _named("ReliabilityReport", "lgt_reliability_report")
ClasswiseECEReport = _named("ClasswiseECEReport", "lgt_ece_classwise_report")
ACEReport = _named("ACEReport", "lgt_ace_report")
KSCalibrationReport = _named("KSCalibrationReport", "lgt_ks_calibration_report")
MMCEReport = _named("MMCEReport", "lgt_mmce_report")
SmoothECEReport = _named("SmoothECEReport", "lgt_smooth_ece_report")
BrierDecompositionReport = _named(
    "BrierDecompositionReport", "lgt_brier_decomposition_report"
)


class _Points:
    """One probability, one label and, if given, one weight each."""

    def __init__(self, probs: Any, labels: Any, weights: Any) -> None:
        probs = floating(probs)
        self.suffix = suffix(probs.dtype)
        self.shape = probs.shape
        rowlike = (*probs.shape, 1)
        self.probs = np.require(probs, None, ["C", "A"])
        self.labels = _column(_integers(labels), "labels", rowlike)
        self.weights: np.ndarray | None = None
        if weights is not None:
            weights = np.asarray(weights, accumulator(probs.dtype))
            self.weights = _column(weights, "weights", rowlike)
        self.n = self.probs.size

    def arguments(self) -> tuple[Any, ...]:
        weights = None if self.weights is None else address(self.weights)
        labels = address(self.labels), _label_type(self.labels)
        return (address(self.probs), *labels, weights)

    def report(self, family: str, named: Any, outputs: Any = (), parameters: Any = ()) -> Any:
        """The report of a function over points, called with scratch."""
        struct = "lgt_reliability_report" if outputs else f"lgt_{family}_report"
        report, scratch = STRUCTS[struct](), _scratch(family, self.n)
        status = function(family, "", self.suffix)(
            *self.arguments(), ctypes.byref(report), *outputs, self.n, *parameters,
            address(scratch), scratch.nbytes,
        )  # fmt: skip
        check(status)
        return _tuple(named, report)


def _scratch(family: str, n: int) -> NDArray[np.uint64]:
    size = ctypes.c_size_t()
    check(function(family, "scratch")(n, ctypes.byref(size)))
    return np.empty(size.value // 8, np.uint64)


def _tuple(named: Any, report: Any) -> Any:
    return named(*(getattr(report, field) for field in named._fields))


def _choice(value: str, name: str, names: dict[str, str]) -> int:
    if value not in names:
        raise error("LGT_E_VALUE", f"{name} is one of {list(names)}, not {value!r}")
    return CONSTANTS[names[value]]


_CLOSED = {"right": "LGT_BINS_RIGHT", "left": "LGT_BINS_LEFT"}
_TIES = {"split": "LGT_TIES_SPLIT", "together": "LGT_TIES_TOGETHER"}


@documented("ece_binary", "update", "f32", summary=False)
class BinaryECE(Metric):
    """BinaryECE(bins=15, closed="right"): calibration error of P(y = 1).

    `closed` is the end of a bin that belongs to it: "right" as in scikit-learn's
    `calibration_curve`, "left" as in netcal and torchmetrics.
    """

    _family, _value, _report = "ece_binary", "ece", ReliabilityReport

    def __init__(self, bins: int = 15, closed: str = "right") -> None:
        super().__init__(count(bins, "bins"), _choice(closed, "closed", _CLOSED))

    def update(self: Self, probs: ArrayLike, labels: ArrayLike, weights: Any = None) -> Self:
        """Adds probabilities that y is 1, as many labels 0 or 1 and, if given,
        weights. Returns itself."""
        points = _Points(probs, labels, weights)
        add = function(self._family, "update", points.suffix)
        check(add(self._address, *points.arguments(), points.n))
        return self

    def report(self) -> Any:
        """All that is known of the rows so far, as a named tuple."""
        report = STRUCTS["lgt_reliability_report"]()
        check(function(self._family, "finish")(self._address, ctypes.byref(report)))
        return _tuple(ReliabilityReport, report)

    def bins(self) -> NDArray[Any]:
        """The bins of the reliability curve as a structured array, lowest
        probability first."""
        bins = np.empty(self._param, BIN)
        check(function(self._family, "get_bins")(self._address, address(bins), len(bins)))
        return bins

    def __repr__(self) -> str:
        closed = "left" if self._state[2] else "right"
        return f"{type(self).__name__}(bins={self._param}, closed={closed!r})"


@documented("ece_classwise", "update", "f32", summary=False)
class ClasswiseECE(Metric):
    """ClasswiseECE(classes, bins=15, threshold=0.0): calibration error of each
    class (static calibration error); `compute()` is the mean over classes."""

    _family, _value, _report = "ece_classwise", "ece", ClasswiseECEReport

    def __init__(self, classes: int, bins: int = 15, threshold: float = 0.0) -> None:
        bins, classes = count(bins, "bins"), count(classes, "classes")
        super().__init__(bins, classes, float(threshold))  # type: ignore[arg-type]

    def class_report(self, label: int) -> Any:
        """What the bins of one class amount to, as a named tuple."""
        report = STRUCTS["lgt_reliability_report"]()
        get = function(self._family, "get_class")
        check(get(self._address, count(label, "label"), ctypes.byref(report)))
        return _tuple(ReliabilityReport, report)

    def bins(self, label: int) -> NDArray[Any]:
        """The bins of one class as a structured array, lowest probability first."""
        bins = np.empty(self._param, BIN)
        get = function(self._family, "get_bins")
        check(get(self._address, count(label, "label"), address(bins), len(bins)))
        return bins

    def __repr__(self) -> str:
        classes, threshold = int(self._state[2]), float(self._state[3:4].view(np.float64)[0])
        return (
            f"{type(self).__name__}(classes={classes}, bins={self._param}, threshold={threshold})"
        )


def ece_binary(
    probs: ArrayLike,
    labels: ArrayLike,
    bins: int = 15,
    weights: Any = None,
    *,
    closed: str = "right",
    report: bool = False,
) -> Any:
    """Calibration error of P(y = 1) over bins of equal width; see `BinaryECE`."""
    metric = BinaryECE(bins, closed).update(probs, labels, weights)
    return metric.report() if report else metric.compute()


def ece_classwise(
    probs: ArrayLike,
    labels: ArrayLike,
    bins: int = 15,
    weights: Any = None,
    *,
    threshold: float = 0.0,
    report: bool = False,
) -> Any:
    """The mean over classes of their calibration errors; see `ClasswiseECE`."""
    probs = floating(probs)
    if probs.ndim == 0:
        raise error("LGT_E_SHAPE", "probabilities need an axis of classes")
    metric = ClasswiseECE(probs.shape[-1], bins, threshold).update(probs, labels, weights)
    return metric.report() if report else metric.compute()


class EqualMass(NamedTuple):
    """A report, and the bins it is of."""

    report: Any
    bins: NDArray[Any]


@documented("ece_equal_mass", "", "f32", summary=False)
def ece_equal_mass(
    probs: ArrayLike,
    labels: ArrayLike,
    bins: int = 15,
    weights: Any = None,
    *,
    ties: str = "split",
    report: bool = False,
) -> Any:
    """Calibration error over bins of equal mass; with `report=True` the report and
    the bins as a structured array. `ties` is "split" or "together"."""
    many, tied = count(bins, "bins"), _choice(ties, "ties", _TIES)
    points = _Points(probs, labels, weights)
    room = np.empty(min(many, 1 << 16), BIN)
    result = points.report(
        "ece_equal_mass", ReliabilityReport, (address(room),), (many, tied)
    )
    return EqualMass(result, room) if report else result.ece


@documented("ks_calibration", "", "f32", summary=False)
def ks_calibration_error(
    probs: ArrayLike, labels: ArrayLike, weights: Any = None, *, report: bool = False
) -> Any:
    """Kolmogorov-Smirnov calibration error; Kuiper's is in the report."""
    result = _Points(probs, labels, weights).report("ks_calibration", KSCalibrationReport)
    return result if report else result.ks


@documented("smooth_ece", "", "f32", summary=False)
def smooth_ece(
    probs: ArrayLike, labels: ArrayLike, weights: Any = None, *, report: bool = False
) -> Any:
    """Smooth calibration error; the bandwidth is in the report."""
    result = _Points(probs, labels, weights).report("smooth_ece", SmoothECEReport)
    return result if report else result.ece


@documented("mmce", "", "f32", summary=False)
def mmce(
    probs: ArrayLike,
    labels: ArrayLike,
    weights: Any = None,
    *,
    weighted: bool = False,
    report: bool = False,
) -> Any:
    """Maximum mean calibration error; `weighted` is the form in which both labels
    weigh alike."""
    result = _Points(probs, labels, weights).report("mmce", MMCEReport)
    if report:
        return result
    return result.mmce_weighted if weighted else result.mmce


@documented("brier_decomposition", "", "f32", summary=False)
def brier_decomposition(
    probs: ArrayLike, labels: ArrayLike, weights: Any = None, *, bins: int = 0
) -> Any:
    """The Brier score of P(y = 1) and its parts, as a named tuple: of groups of
    equal forecasts, or of `bins` bins of equal width."""
    points = _Points(probs, labels, weights)
    parameters = (count(bins, "bins"),)
    return points.report("brier_decomposition", BrierDecompositionReport, (), parameters)


@documented("ace", "", "f32", summary=False)
def ace(
    probs: ArrayLike,
    labels: ArrayLike,
    bins: int = 15,
    weights: Any = None,
    *,
    threshold: float = 0.0,
    report: bool = False,
) -> Any:
    """Adaptive calibration error of probabilities with the classes along the last
    axis; with a threshold, TACE."""
    many, data = count(bins, "bins"), Labelled(probs, labels, weights)
    x, result, scratch = data.scores, STRUCTS["lgt_ace_report"](), _scratch("ace", data.scores.rows)
    status = function("ace", "", data.suffix)(
        x.address, x.stride, address(data.labels), _label_type(data.labels),
        None if data.weights is None else address(data.weights), ctypes.byref(result),
        x.rows, x.cols, many, float(threshold), address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    made = _tuple(ACEReport, result)
    return made if report else made.ace


@documented("reliability", "finish", summary=False)
def reliability_report(bins: NDArray[Any]) -> Any:
    """What bins amount to, as a named tuple: bins as `BinaryECE.bins` and others
    give them, or any structured array with their fields."""
    bins = bins_of(bins)
    report = STRUCTS["lgt_reliability_report"]()
    check(function("reliability", "finish")(address(bins), bins.size, ctypes.byref(report)))
    return _tuple(ReliabilityReport, report)


@documented("top_label", "", "f32", summary=False)
def top_label(probs: ArrayLike) -> tuple[NDArray[Any], NDArray[np.uint32]]:
    """The largest probability of each row, and its class: confidences, and with
    `classes == labels` hits."""
    probs = floating(probs)
    if probs.ndim == 0:
        raise error("LGT_E_SHAPE", "probabilities need an axis of classes")
    source = rows(probs)
    confidence = np.empty(probs.shape[:-1], accumulator(probs.dtype))
    predicted = np.empty(probs.shape[:-1], np.uint32)
    status = function("top_label", "", suffix(probs.dtype))(
        source.address, source.stride, address(confidence), address(predicted),
        source.rows, source.cols,
    )  # fmt: skip
    check(status)
    return confidence, predicted
