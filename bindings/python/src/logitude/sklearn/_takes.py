"""What calibrators are fitted to, and how it is had from a classifier."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._calibrator import Calibrator
from .._of_scores import OfScores
from ..binning_calibration import BBQ, HistogramBinning
from ..conformal import ConformalClassifier
from ..functional import softmax
from ..logistic_calibration import BetaCalibration
from ..matrix_scaling import DirichletCalibration, SaerensPriors
from ..multiclass_calibration import OneVsRest, TopLabel
from ..scaling_binning import ScalingBinning
from ..spline_calibration import SplineCalibration

_EPS = 2.0**-52


def takes(calibrator: Calibrator) -> str:
    """"probabilities", "scores" (of any kind) or "logits"."""
    if isinstance(calibrator, OneVsRest):
        return "scores" if calibrator.binary is None else takes(calibrator.binary)
    if _of_probabilities(calibrator):
        return "probabilities"
    return "scores" if isinstance(calibrator, OfScores) else "logits"


def _of_probabilities(calibrator: Calibrator) -> bool:
    if isinstance(calibrator, HistogramBinning):
        return calibrator.strategy == "width"
    if isinstance(calibrator, SplineCalibration):
        return calibrator.target == "difference"
    if isinstance(calibrator, ScalingBinning):
        return calibrator.scaling == "logit"
    if isinstance(calibrator, ConformalClassifier):
        return calibrator.probabilities
    always = (BBQ, BetaCalibration, DirichletCalibration, SaerensPriors, TopLabel)
    return isinstance(calibrator, always)


def output(classifier: Any, X: Any, kind: str) -> NDArray[Any]:
    """What a fitted classifier says of X, as `kind` of calibrator takes it: a column for each
    of its classes, of two the second being what a calibrator of one score takes."""
    methods = ("predict_proba", "decision_function")
    for method in methods if kind == "probabilities" else methods[::-1]:
        if hasattr(classifier, method):
            values = _floating(getattr(classifier, method)(X))
            if values.ndim == 1:
                values = _two_columns(values, kind)
            _check_columns(values, len(classifier.classes_), method)
            said: NDArray[Any] = _WAYS[method, kind](values)
            return said
    raise TypeError(f"estimator {classifier!r} has neither decision_function nor predict_proba")


def _floating(values: Any) -> NDArray[Any]:
    values = np.asarray(values)
    floats: NDArray[Any] = values.astype(
        np.float32 if values.dtype == np.float32 else np.float64, copy=False
    )
    return floats


def _two_columns(values: NDArray[Any], kind: str) -> NDArray[Any]:
    """Decision values of two classes: as logits they are the difference of the columns."""
    half = values if kind == "scores" else values / 2
    return np.stack([-half, half], axis=1)


def _check_columns(values: NDArray[Any], classes: int, method: str) -> None:
    if values.ndim != 2 or values.shape[1] != classes:
        raise ValueError(
            f"{method} of the estimator has the shape {values.shape}: "
            f"a column is needed for each of {classes} classes"
        )


def _logarithms(probs: NDArray[Any]) -> NDArray[Any]:
    logs: NDArray[Any] = np.log(np.maximum(probs, _EPS)).astype(probs.dtype)
    return logs


def _same(values: NDArray[Any]) -> NDArray[Any]:
    return values


_WAYS = {
    ("predict_proba", "probabilities"): _same,
    ("predict_proba", "scores"): _same,
    ("predict_proba", "logits"): _logarithms,
    ("decision_function", "probabilities"): softmax,
    ("decision_function", "scores"): _same,
    ("decision_function", "logits"): _same,
}
