"""Calibrators by name."""

from __future__ import annotations

from typing import Any

from .._calibrator import Calibrator
from ..binning_calibration import BBQ, HistogramBinning, IsotonicCalibration
from ..calibration import TemperatureScaling
from ..conformal import ConformalClassifier
from ..correctness_aware import CATemperatureScaling
from ..ensemble_temperature import EnsembleTemperatureScaling
from ..logistic_calibration import BetaCalibration, PlattScaling
from ..matrix_scaling import (
    DirichletCalibration,
    MatrixScaling,
    PriorShift,
    SaerensPriors,
    VectorScaling,
)
from ..multiclass_calibration import OneVsRest, TopLabel
from ..scaling_binning import ScalingBinning
from ..spline_calibration import SplineCalibration
from ..venn_abers import VennAbers
from ._estimators import unfitted

METHODS: dict[str, type[Calibrator]] = {
    "sigmoid": PlattScaling,
    "platt": PlattScaling,
    "isotonic": IsotonicCalibration,
    "temperature": TemperatureScaling,
    "ensemble_temperature": EnsembleTemperatureScaling,
    "ca_temperature": CATemperatureScaling,
    "prior_shift": PriorShift,
    "vector": VectorScaling,
    "matrix": MatrixScaling,
    "dirichlet": DirichletCalibration,
    "beta": BetaCalibration,
    "histogram": HistogramBinning,
    "bbq": BBQ,
    "scaling_binning": ScalingBinning,
    "spline": SplineCalibration,
    "venn_abers": VennAbers,
    "one_vs_rest": OneVsRest,
    "top_label": TopLabel,
}


def method_of(method: Any) -> Calibrator:
    """An unfitted calibrator of probabilities, by its name or as one that is given."""
    if isinstance(method, str):
        if method not in METHODS:
            raise ValueError(f"method is a calibrator or one of {sorted(METHODS)}, not {method!r}")
        return METHODS[method]()
    calibrator = unfitted(method)
    if isinstance(calibrator, ConformalClassifier):
        raise ValueError("method is ConformalClassifier, which makes sets, not probabilities")
    if isinstance(calibrator, SaerensPriors):
        raise ValueError(
            "method is SaerensPriors, which is fitted to the rows asked about, not to held-out ones"
        )
    if not isinstance(calibrator, Calibrator):
        raise TypeError(f"method is a calibrator or the name of one, not {method!r}")
    return calibrator
