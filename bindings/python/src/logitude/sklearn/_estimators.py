"""What calibrators are as estimators of scikit-learn: the base of all, and its two kinds."""

from __future__ import annotations

import inspect
from typing import Any, Callable, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from .._calibrator import Calibrator
from ._takes import takes

Self = TypeVar("Self", bound="CalibratorEstimator")

FLOATS = [np.float64, np.float32]
_ABOUT_ONE = 1.01  # what the library takes for rounding


def _init_of(native: type[Calibrator]) -> Callable[..., None]:
    """An `__init__` with the parameters of the calibrator, that keeps them as they are."""
    signature = inspect.signature(native.__init__)

    def __init__(self: Any, *args: Any, **params: Any) -> None:
        bound = signature.bind(self, *args, **params)
        bound.apply_defaults()
        vars(self).update(list(bound.arguments.items())[1:])

    __init__.__signature__ = signature  # type: ignore[attr-defined]
    return __init__


def checked_weights(sample_weight: ArrayLike | None, X: Any) -> NDArray[Any] | None:
    """One weight a row, of which some are above 0; or None."""
    if sample_weight is None:
        return None
    weights: NDArray[Any] = _check_sample_weight(sample_weight, X, ensure_non_negative=True)
    if not weights.any():
        raise ValueError("sample_weight is zero for all rows: a weight above 0 is needed")
    return weights


def unfitted(calibrator: Any) -> Any:
    """A calibrator of Logitude, without a model, for one or for an estimator that has one."""
    if isinstance(calibrator, CalibratorEstimator):
        made, params = calibrator._native, calibrator.get_params(deep=False)
    elif isinstance(calibrator, Calibrator):
        made, params = type(calibrator), calibrator.get_params()
    else:
        return calibrator
    return made(**{name: unfitted(value) for name, value in params.items()})


class CalibratorEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A calibrator as an estimator. After fitting, `calibrator_` is the calibrator of
    Logitude, whose own attributes, such as `temperature_`, are found here too."""

    _native: type[Calibrator]
    calibrator_: Any
    classes_: NDArray[Any]
    n_features_in_: int

    def __init__(self, *args: Any, **params: Any) -> None:
        raise TypeError("the base of calibrators is none itself")

    def __init_subclass__(cls, native: type[Calibrator] | None = None, **options: Any) -> None:
        if native is not None:
            cls._native = native
            cls.__init__ = _init_of(native)  # type: ignore[method-assign]
            cls.__doc__ = f"{cls.__doc__}\n\nParameters and attributes: `logitude.{cls.__name__}`."
        super().__init_subclass__(**options)

    def fit(self: Self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fits the calibrator to held-out scores and labels. Returns itself."""
        x, labels = self._learned(X, y)
        weights = checked_weights(sample_weight, x)
        self.calibrator_ = unfitted(self).fit(self._scores(x), labels, weights)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[Any]:
        """Calibrated probabilities, a column for each of `classes_`."""
        x = self._asked(X)
        return self._probabilities(self.calibrator_.predict_proba(self._scores(x)))

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The class of the highest calibrated probability, the first of equal ones."""
        best = self.predict_proba(X).argmax(axis=1)
        classes: NDArray[Any] = self.classes_[best]
        return classes

    def _learned(self, X: Any, y: Any) -> tuple[NDArray[Any], NDArray[Any]]:
        """What is fitted to: a table, and for each row the place of its class in `classes_`."""
        x, y = validate_data(self, self._table(X), y, dtype=FLOATS)
        check_classification_targets(y)
        self.classes_, labels = self._labelled(y, x.shape[1])
        return x, labels

    def _asked(self, X: Any) -> NDArray[Any]:
        """What is asked about: a table as wide as that of the fit."""
        check_is_fitted(self)
        x: NDArray[Any] = validate_data(self, self._table(X), dtype=FLOATS, reset=False)
        return x

    def _table(self, X: Any) -> Any:
        """X with two axes."""
        return X

    def _labelled(self, y: NDArray[Any], columns: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """The classes, and each label's place among them."""
        raise NotImplementedError

    def _scores(self, x: NDArray[Any]) -> NDArray[Any]:
        """X as the calibrator takes it."""
        if self.__sklearn_tags__().input_tags.positive_only:
            self._check_probabilities(x)
        return x

    def _check_probabilities(self, x: NDArray[Any]) -> None:
        for bad, kind in ((x < 0, "Negative values in data"), (x > _ABOUT_ONE, "values above 1")):
            if bad.any():
                raise ValueError(
                    f"{kind}: X holds {x[bad][0]}, and {type(self).__name__} takes probabilities"
                )

    def _probabilities(self, p: NDArray[Any]) -> NDArray[Any]:
        """What the calibrator makes, as a column for each class."""
        return p

    def __sklearn_is_fitted__(self) -> bool:
        return "calibrator_" in vars(self)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = takes(unfitted(self)) == "probabilities"
        return tags

    def __getattr__(self, name: str) -> Any:
        fitted = vars(self).get("calibrator_")
        if fitted is not None and name.endswith("_") and not name.startswith("_"):
            return getattr(fitted, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class OfRows(CalibratorEstimator):
    """X has a column for each class, in the order of `classes_`: those of y, sorted. Labels
    of 0 .. columns - 1 need not all be in y."""

    def _labelled(self, y: NDArray[Any], columns: int) -> tuple[NDArray[Any], NDArray[Any]]:
        classes, labels = np.unique(y, return_inverse=True)
        if len(classes) == columns:
            return classes, labels
        if classes.dtype.kind in "iuf" and classes[0] >= 0 and classes[-1] < columns:
            return np.arange(columns).astype(y.dtype), y.astype(np.int64)
        found = "1 class" if len(classes) == 1 else f"{len(classes)} classes"
        raise ValueError(
            f"X has {columns} feature(s), one is needed for each class, and y has {found}: "
            f"{classes[:10].tolist()}"
        )


class OfScore(CalibratorEstimator):
    """X is one score a row, (n,) or (n, 1); `classes_` are the two classes of y, sorted, and
    a high score is for the second."""

    def _table(self, X: Any) -> Any:
        table = X if hasattr(X, "shape") else np.asarray(X)
        one_axis = len(table.shape) == 1 and hasattr(table, "__array__")
        return np.asarray(table).reshape(-1, 1) if one_axis else table

    def _labelled(self, y: NDArray[Any], columns: int) -> tuple[NDArray[Any], NDArray[Any]]:
        classes, labels = np.unique(y, return_inverse=True)
        if len(classes) > 2:
            raise ValueError(
                "Only binary classification is supported. The type of the target is multiclass: "
                f"y has {len(classes)} classes; OneVsRest and TopLabel make calibrators of many"
            )
        if len(classes) < 2:
            raise ValueError(f"y has 1 class, {classes[0]!r}: two are needed")
        if columns != 1:
            raise ValueError(
                f"X has {columns} columns, and {type(self).__name__} takes one score a row: "
                "give the column of the second class"
            )
        return classes, labels

    def _scores(self, x: NDArray[Any]) -> NDArray[Any]:
        return super()._scores(x)[:, 0]

    def _probabilities(self, p: NDArray[Any]) -> NDArray[Any]:
        return np.stack([1 - p, p], axis=1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = True
        tags.classifier_tags.multi_class = False
        return tags
