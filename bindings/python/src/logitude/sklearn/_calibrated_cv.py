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

from .._calibrator import Calibrator
from ._estimators import checked_weights
from ._methods import method_of
from ._pair import CalibratedPair
from ._takes import output, takes


def _of_rows(params: dict[str, Any], rows: NDArray[Any], total: int) -> dict[str, Any]:
    """Parameters of a fit to some rows: what has one entry a row is cut to them."""

    def cut(value: Any) -> Any:
        sized = hasattr(value, "__len__") or hasattr(value, "shape")
        if not sized or isinstance(value, (str, dict)) or np.shape(value)[:1] != (total,):
            return value
        return _safe_indexing(value, rows)

    return {name: cut(value) for name, value in params.items()}


def _fit_fold(
    estimator: Any, X: Any, y: NDArray[Any], fold: Any, kind: str, params: dict[str, Any]
) -> tuple[Any, NDArray[Any]]:
    """The estimator fitted to a training part, and what it says of the test part."""
    train, test = fold
    own = _of_rows(params, train, len(y))
    estimator.fit(_safe_indexing(X, train), y[train], **own)
    return estimator, output(estimator, _safe_indexing(X, test), kind)


class CalibratedClassifierCV(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):  # type: ignore[misc]
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
        frozen = isinstance(estimator, FrozenEstimator)
        self.classes_ = np.unique(labels)
        if frozen:
            self.classes_ = np.union1d(estimator.classes_, self.classes_)
        if frozen and not self._is_ensemble(estimator):
            folds = [(np.arange(len(labels)),) * 2]
        else:
            folds = self._folds(X, labels, split_params)
        parallel = Parallel(n_jobs=self.n_jobs)
        kind = takes(calibrator)
        done = parallel(
            delayed(_fit_fold)(clone(estimator), X, labels, fold, kind, params) for fold in folds
        )
        tests = [test for _, test in folds]
        if self._is_ensemble(estimator):
            self.calibrated_classifiers_ = [
                self._pair(fitted, calibrator, said, test, labels, weights)
                for (fitted, said), test in zip(done, tests)
            ]
        else:
            whole = clone(estimator).fit(X, labels, **params)
            said, test = _together(done, tests, len(whole.classes_))
            self.calibrated_classifiers_ = [
                self._pair(whole, calibrator, said, test, labels, weights)
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
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def get_metadata_routing(self) -> MetadataRouter:
        """Which metadata goes where: to the fit of the estimator and the split of `cv`."""
        router = MetadataRouter(owner=self).add_self_request(self)
        to_fit = MethodMapping().add(caller="fit", callee="fit")
        to_split = MethodMapping().add(caller="fit", callee="split")
        router.add(estimator=self._estimator(), method_mapping=to_fit)
        return router.add(splitter=self.cv, method_mapping=to_split)

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

    def _folds(self, X: Any, y: NDArray[Any], split_params: dict[str, Any]) -> list[Any]:
        cv = check_cv(self.cv, y, classifier=True)
        if isinstance(cv, LeaveOneOut) and self._is_ensemble(self._estimator()):
            raise ValueError("cv is LeaveOneOut, whose calibrators would have one row each: "
                             "that takes ensemble=False")
        return list(cv.split(X, y, **split_params))

    def _pair(
        self, fitted: Any, calibrator: Calibrator, said: Any, test: Any, y: Any, weights: Any
    ) -> CalibratedPair:
        pair = CalibratedPair(fitted, calibrator, self.classes_)
        return pair.fit(said, y[test], None if weights is None else weights[test])

    def _take_names(self) -> None:
        first = self.calibrated_classifiers_[0].estimator
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))


def _together(done: Any, tests: Any, classes: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """What was said of test parts, and which rows they are; without folds whose training part
    lacked a class, as their scores are of other columns."""
    kept = [(said, test) for (_, said), test in zip(done, tests) if said.shape[1] == classes]
    if not kept:
        raise ValueError("no fold has all classes in its training part")
    said, test = zip(*kept)
    return np.concatenate(said), np.concatenate(test)
