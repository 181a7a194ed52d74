"""A classifier whose probabilities are calibrated by cross-validation."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn import get_config
from sklearn.base import BaseEstimator, ClassifierMixin, MetaEstimatorMixin, clone
from sklearn.frozen import FrozenEstimator
from sklearn.model_selection import LeaveOneOut, check_cv
from sklearn.svm import LinearSVC
from sklearn.utils import _safe_indexing, get_tags, indexable
from sklearn.utils.metadata_routing import MetadataRouter, MethodMapping, process_routing
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import check_is_fitted, column_or_1d, has_fit_parameter

from ._estimators import checked_weights
from ._methods import method_of
from ._pair import CalibratedPair
from ._takes import output, takes


def _entries(value: Any) -> int | None:
    """How many entries a parameter of a fit has along its first axis, if it has one."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return int(shape[0]) if len(shape) else None
    return len(value) if isinstance(value, (list, tuple)) else None


def _fit_fold(
    estimator: Any, X: Any, y: NDArray[Any], fold: Any, kind: str, params: dict[str, Any]
) -> tuple[Any, NDArray[Any], NDArray[Any]]:
    """The estimator fitted to a training part, what it says of the test part, and that. Of
    parameters with one entry a row, it is given those of its rows."""
    train, test = fold
    own = {
        name: _safe_indexing(value, train) if _entries(value) == len(y) else value
        for name, value in params.items()
    }
    estimator.fit(_safe_indexing(X, train), y[train], **own)
    return estimator, output(estimator, _safe_indexing(X, test), kind), test


def _all_classes(estimator: Any, y: NDArray[Any]) -> NDArray[Any]:
    """Those of y, and those of an estimator that is fitted already."""
    known = estimator.classes_ if isinstance(estimator, FrozenEstimator) else y[:0]
    return np.union1d(known, y)


def _together(folds: list[Any], whole: Any) -> tuple[Any, NDArray[Any], NDArray[Any]]:
    """What was said of all test parts, as if by the estimator that knows all rows; without
    folds whose training part lacked a class, as their columns are others."""
    classes = len(whole.classes_)
    kept = [(said, test) for _, said, test in folds if said.shape[1] == classes]
    if not kept:
        raise ValueError("no fold of cv has all classes of y in its training part")
    said, test = zip(*kept)
    return whole, np.concatenate(said), np.concatenate(test)


class CalibratedClassifierCV(
    ClassifierMixin, MetaEstimatorMixin, BaseEstimator  # type: ignore[misc]
):
    """A classifier with calibrated probabilities, as scikit-learn's of this name, by any
    calibrator of Logitude.

    `estimator` is the classifier; None is `LinearSVC()`. `method` is the name of a calibrator,
    or one with parameters (of `logitude` or of this module), which stays unfitted. `cv`,
    `n_jobs`: as everywhere in scikit-learn. `ensemble`: True fits the estimator to the
    training part of each fold and a calibrator to its test part, and takes the mean of their
    probabilities; False fits one calibrator to what those estimators say of all test parts,
    and the estimator to all rows; "auto" is False for a `FrozenEstimator`, else True.

    After fitting: `classes_`, `calibrated_classifiers_` (each with `estimator`, `calibrator`
    and `predict_proba`), and if the estimator has them `n_features_in_` and
    `feature_names_in_`.
    """

    classes_: NDArray[Any]
    calibrated_classifiers_: list[CalibratedPair]

    def __init__(
        self,
        estimator: Any = None,
        *,
        method: Any = "sigmoid",
        cv: Any = None,
        n_jobs: int | None = None,
        ensemble: bool | str = "auto",
    ) -> None:
        self.estimator, self.method, self.cv = estimator, method, cv
        self.n_jobs, self.ensemble = n_jobs, ensemble

    def fit(
        self, X: Any, y: ArrayLike, sample_weight: ArrayLike | None = None, **fit_params: Any
    ) -> CalibratedClassifierCV:
        """Fits classifiers and calibrators; weights are for both, `fit_params` for the
        classifier. Returns itself."""
        check_classification_targets(y)
        X, y = indexable(X, y)
        labels: NDArray[Any] = column_or_1d(y, warn=True)
        weights = checked_weights(sample_weight, X)
        estimator, calibrator = self._estimator(), method_of(self.method)
        params, split_params = self._routed(estimator, weights, fit_params)
        self.classes_ = _all_classes(estimator, labels)
        folds, kind = self._folds(estimator, X, labels, split_params), takes(calibrator)
        fitted = Parallel(n_jobs=self.n_jobs)(
            delayed(_fit_fold)(clone(estimator), X, labels, fold, kind, params) for fold in folds
        )
        if not self._is_ensemble(estimator):
            fitted = [_together(fitted, clone(estimator).fit(X, labels, **params))]
        self.calibrated_classifiers_ = [
            CalibratedPair(one, calibrator, self.classes_).fit(
                said, labels[test], None if weights is None else weights[test]
            )
            for one, said, test in fitted
        ]
        self._take_names()
        return self

    def predict_proba(self, X: Any) -> NDArray[Any]:
        """Calibrated probabilities, a column for each of `classes_`."""
        check_is_fitted(self)
        probs = [pair.predict_proba(X) for pair in self.calibrated_classifiers_]
        mean: NDArray[Any] = np.mean(probs, axis=0)
        return mean

    def predict(self, X: Any) -> NDArray[Any]:
        """The class of the highest calibrated probability, the first of equal ones."""
        check_is_fitted(self)
        best = self.predict_proba(X).argmax(axis=1)
        classes: NDArray[Any] = self.classes_[best]
        return classes

    def get_metadata_routing(self) -> MetadataRouter:
        """Which metadata goes where: to the fit of the estimator and the split of `cv`."""
        router = MetadataRouter(owner=self).add_self_request(self)
        to_fit = MethodMapping().add(caller="fit", callee="fit")
        to_split = MethodMapping().add(caller="fit", callee="split")
        router.add(estimator=self._estimator(), method_mapping=to_fit)
        router.add(splitter=self.cv, method_mapping=to_split)
        return router

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = get_tags(self._estimator()).input_tags.sparse
        return tags

    def _estimator(self) -> Any:
        if self.estimator is not None:
            return self.estimator
        default = LinearSVC(random_state=0)
        if get_config()["enable_metadata_routing"]:
            default.set_fit_request(sample_weight=True)
        return default

    def _is_ensemble(self, estimator: Any) -> bool:
        if self.ensemble not in (True, False, "auto"):
            raise ValueError(f'ensemble is True, False or "auto", not {self.ensemble!r}')
        if self.ensemble == "auto":
            return not isinstance(estimator, FrozenEstimator)
        return bool(self.ensemble)

    def _routed(
        self, estimator: Any, weights: NDArray[Any] | None, fit_params: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Parameters of the estimator's fit and of the split."""
        if get_config()["enable_metadata_routing"]:
            routed = process_routing(self, "fit", sample_weight=weights, **fit_params)
            return routed.estimator.fit, routed.splitter.split
        if weights is None or isinstance(estimator, FrozenEstimator):
            return fit_params, {}
        if has_fit_parameter(estimator, "sample_weight"):
            return {**fit_params, "sample_weight": weights}, {}
        warnings.warn(
            f"{type(estimator).__name__} takes no sample_weight: only calibrators are given it",
            stacklevel=3,
        )
        return fit_params, {}

    def _folds(
        self, estimator: Any, X: Any, y: NDArray[Any], split_params: dict[str, Any]
    ) -> list[Any]:
        """Training and test parts; what is fitted already needs no parts of its own."""
        ensemble = self._is_ensemble(estimator)
        if isinstance(estimator, FrozenEstimator) and not ensemble:
            return [(np.arange(len(y)), np.arange(len(y)))]
        cv = check_cv(self.cv, y, classifier=True)
        if isinstance(cv, LeaveOneOut) and ensemble:
            raise ValueError(
                "cv is LeaveOneOut, which leaves one row to each calibrator: use ensemble=False"
            )
        return list(cv.split(X, y, **split_params))

    def _take_names(self) -> None:
        first = self.calibrated_classifiers_[0].estimator
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))
