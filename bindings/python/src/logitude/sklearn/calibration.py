"""Calibration as scikit-learn has it, with every calibrator of Logitude.

`CalibratedClassifierCV` calibrates a classifier; the others are the calibrators themselves
as estimators, with logits, probabilities or scores for X. `calibration_curve` has the points
of a reliability diagram.
"""

from __future__ import annotations

try:
    from sklearn.utils.validation import validate_data as _needed  # noqa: F401
except ImportError as missing:
    raise ImportError(
        "logitude.sklearn.calibration needs scikit-learn 1.6 or later: "
        'pip install "logitude[sklearn]"'
    ) from missing

from ._calibrated_cv import CalibratedClassifierCV
from ._calibration_curve import calibration_curve
from ._calibrators import (
    BBQ,
    BetaCalibration,
    CATemperatureScaling,
    ConformalClassifier,
    DirichletCalibration,
    EnsembleTemperatureScaling,
    HistogramBinning,
    IsotonicCalibration,
    MatrixScaling,
    OneVsRest,
    PlattScaling,
    PriorShift,
    SaerensPriors,
    ScalingBinning,
    SplineCalibration,
    TemperatureScaling,
    TopLabel,
    VectorScaling,
    VennAbers,
)

__all__ = [
    "BBQ",
    "BetaCalibration",
    "CATemperatureScaling",
    "CalibratedClassifierCV",
    "ConformalClassifier",
    "DirichletCalibration",
    "EnsembleTemperatureScaling",
    "HistogramBinning",
    "IsotonicCalibration",
    "MatrixScaling",
    "OneVsRest",
    "PlattScaling",
    "PriorShift",
    "SaerensPriors",
    "ScalingBinning",
    "SplineCalibration",
    "TemperatureScaling",
    "TopLabel",
    "VectorScaling",
    "VennAbers",
    "calibration_curve",
]
