"""The calibrators of Logitude, one by one, as estimators. Parameters are theirs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.validation import validate_data

from .. import (
    binning_calibration,
    calibration,
    conformal,
    correctness_aware,
    ensemble_temperature,
    logistic_calibration,
    matrix_scaling,
    multiclass_calibration,
    scaling_binning,
    spline_calibration,
    venn_abers,
)

from ._estimators import FLOATS, OfRows, OfScore, checked_weights, unfitted


class TemperatureScaling(OfRows, native=calibration.TemperatureScaling):
    """Temperature scaling as an estimator; X holds logits."""


class CATemperatureScaling(OfRows, native=correctness_aware.CATemperatureScaling):
    """Correctness-aware temperature scaling as an estimator; X holds logits."""


class EnsembleTemperatureScaling(OfRows, native=ensemble_temperature.EnsembleTemperatureScaling):
    """Ensemble temperature scaling as an estimator; X holds logits."""


class VectorScaling(OfRows, native=matrix_scaling.VectorScaling):
    """Vector scaling as an estimator; X holds logits."""


class MatrixScaling(OfRows, native=matrix_scaling.MatrixScaling):
    """Matrix scaling as an estimator; X holds logits."""


class DirichletCalibration(OfRows, native=matrix_scaling.DirichletCalibration):
    """Dirichlet calibration as an estimator; X holds probabilities."""


class PriorShift(OfRows, native=matrix_scaling.PriorShift):
    """A bias for each class, found from labels, as an estimator; X holds logits."""


class SaerensPriors(OfRows, native=matrix_scaling.SaerensPriors):
    """New class priors from unlabelled probabilities, as an estimator; X holds probabilities.
    y only names the classes of the columns, which without it are 0, 1, .."""

    def fit(
        self, X: ArrayLike, y: ArrayLike | None = None, sample_weight: ArrayLike | None = None
    ) -> SaerensPriors:
        """Finds the priors of X. Returns itself."""
        if y is None:
            x = validate_data(self, X, dtype=FLOATS)
            self.classes_ = np.arange(x.shape[1])
        else:
            x, _ = self._learned(X, y)
        weights = checked_weights(sample_weight, x)
        self.calibrator_ = unfitted(self).fit(self._scores(x), weights)
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = False
        return tags


class OneVsRest(OfRows, native=multiclass_calibration.OneVsRest):
    """A calibrator of two classes for each class, as an estimator; X holds what `binary`
    takes, probabilities or scores of any kind."""


class TopLabel(OfRows, native=multiclass_calibration.TopLabel):
    """A calibrator of the highest probability for each class, as an estimator; X holds
    probabilities."""


class PlattScaling(OfScore, native=logistic_calibration.PlattScaling):
    """Platt's calibration as an estimator; X holds scores of any kind."""


class BetaCalibration(OfScore, native=logistic_calibration.BetaCalibration):
    """Beta calibration as an estimator; X holds probabilities of the second class."""


class IsotonicCalibration(OfScore, native=binning_calibration.IsotonicCalibration):
    """Isotonic calibration as an estimator; X holds scores of any kind."""


class HistogramBinning(OfScore, native=binning_calibration.HistogramBinning):
    """Histogram binning as an estimator; X holds probabilities of the second class, or with
    `strategy="mass"` scores of any kind."""


class BBQ(OfScore, native=binning_calibration.BBQ):
    """Bayesian binning into quantiles as an estimator; X holds probabilities of the second
    class."""


class ScalingBinning(OfScore, native=scaling_binning.ScalingBinning):
    """Scaling-binning as an estimator; X holds scores of any kind, or with
    `scaling="logit"` probabilities of the second class."""


class SplineCalibration(OfScore, native=spline_calibration.SplineCalibration):
    """Spline calibration as an estimator; X holds probabilities of the second class, or with
    `target="hits"` scores of any kind."""


class VennAbers(OfScore, native=venn_abers.VennAbers):
    """The Venn-Abers predictor as an estimator; X holds scores of any kind."""

    def predict_interval(self, X: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
        """The lower and the upper probability of the second class, one a row."""
        x = self._asked(X)
        lower, upper = self.calibrator_.predict_interval(self._scores(x))
        return lower, upper


class ConformalClassifier(OfRows, native=conformal.ConformalClassifier):
    """Prediction sets of classes as an estimator; X holds logits, or with
    `probabilities=True` those. It changes no probabilities: `predict` is the class of the
    highest column, `predict_set` what the calibration is for."""

    def fit(self, X: ArrayLike, y: ArrayLike, u: ArrayLike | None = None) -> ConformalClassifier:
        """Finds the thresholds; `u`, a number from 0 to 1 a row, draws what is random in
        "aps", "raps" and "saps". Returns itself."""
        x, labels = self._learned(X, y)
        self.calibrator_ = unfitted(self).fit(self._scores(x), labels, u)
        return self

    def predict_set(self, X: ArrayLike, u: ArrayLike | None = None) -> NDArray[np.bool_]:
        """Whether each of `classes_` is in the set of its row."""
        x = self._asked(X)
        sets: NDArray[np.bool_] = self.calibrator_.predict_set(self._scores(x), u)
        return sets

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The class of the highest column, the first of equal ones."""
        best = self._scores(self._asked(X)).argmax(axis=1)
        classes: NDArray[Any] = self.classes_[best]
        return classes

    # There are no probabilities, and who asks with hasattr is to be told so.
    predict_proba = property()
