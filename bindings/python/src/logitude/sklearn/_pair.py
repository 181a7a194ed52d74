"""A fitted classifier and the calibrator of what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._calibrator import Calibrator
from .._of_scores import OfScores
from ..multiclass_calibration import OneVsRest
from ._estimators import unfitted
from ._takes import output, takes


class CalibratedPair:
    """`estimator` is fitted. `calibrator` is one of its scores; a calibrator of two classes is
    taken for each class where there are more. `classes` are those of all probabilities, among
    them the estimator's own."""

    def __init__(self, estimator: Any, calibrator: Calibrator, classes: NDArray[Any]) -> None:
        self.estimator, self.classes = estimator, classes
        self.calibrator = unfitted(calibrator)
        if isinstance(calibrator, OfScores) and len(estimator.classes_) > 2:
            self.calibrator = OneVsRest(self.calibrator)

    def fit(
        self, said: NDArray[Any], y: NDArray[Any], sample_weight: NDArray[Any] | None
    ) -> CalibratedPair:
        """Fits the calibrator to `output` of held-out rows. Rows of a class that the estimator
        has never seen tell nothing about its scores, and are left out. Returns itself."""
        known = np.isin(y, self.estimator.classes_)
        labels = _places(y[known], self.estimator.classes_)
        weights = None if sample_weight is None else sample_weight[known]
        if len(self.estimator.classes_) > 1:
            self.calibrator.fit(self._scores(said[known]), labels, weights)
        return self

    def predict_proba(self, X: Any) -> NDArray[Any]:
        """Calibrated probabilities, a column for each of `classes`; 0 for those that the
        estimator does not know."""
        own = _places(self.estimator.classes_, self.classes)
        if len(own) == 1:
            return np.tile(np.eye(len(self.classes))[own], (len(self.estimator.predict(X)), 1))
        said = output(self.estimator, X, takes(self.calibrator))
        probs = self.calibrator.predict_proba(self._scores(said))
        if probs.ndim == 1:
            probs = np.stack([1 - probs, probs], axis=1)
        result = np.zeros((len(probs), len(self.classes)), probs.dtype)
        result[:, own] = probs
        return result

    def _scores(self, said: NDArray[Any]) -> NDArray[Any]:
        """Rows, or what stands for the second of two classes."""
        return said[:, 1] if isinstance(self.calibrator, OfScores) else said


def _places(labels: NDArray[Any], classes: NDArray[Any]) -> NDArray[np.intp]:
    """Where each label stands among classes, which are in any order."""
    order = np.argsort(classes)
    return order[np.searchsorted(classes, labels, sorter=order)]
