"""Calibrators of one score that take no form for granted: fitted to held-out scores of
two classes."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._arrays import accumulator, check_out, floating, suffix
from ._calibrator import Calibrator
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error

__all__ = ["IsotonicCalibration"]


def _kind(family: str, name: str) -> int:
    """The number of a kind by its name."""
    number = CONSTANTS.get(f"LGT_{family}_{str(name).upper()}")
    if number is None:
        raise error("LGT_E_VALUE", f"there is no kind {name!r} of {family.lower()}")
    return int(number)


class _Sorting(Calibrator):
    """What is fitted in scratch, and writes as much as it needs."""

    def _fit(self, scores: Any, labels: Any, weights: Any, options: Any) -> None:
        x = floating(scores)
        rowlike = (*x.shape, 1)
        x = np.require(x, None, ["C", "A"])
        y = _column(_integers(labels), "labels", rowlike)
        w = None
        if weights is not None:
            w = _column(np.asarray(weights, accumulator(x.dtype)), "weights", rowlike)
        weighted, size = int(w is not None), ctypes.c_size_t()
        check(function(self._family, "size")(x.size, weighted, ctypes.byref(size)))
        model = np.zeros(size.value // 8, np.uint64)
        sizes = x.size, x.itemsize, weighted
        check(function(self._family, "scratch")(*sizes, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        opts = [] if options is None else [ctypes.byref(options)]
        status = function(self._family, "fit", suffix(x.dtype))(
            model.ctypes.data, model.nbytes, x.ctypes.data, 1, y.ctypes.data, _label_type(y),
            None if w is None else w.ctypes.data, x.size, *opts,
            scratch.ctypes.data, scratch.nbytes,
        )  # fmt: skip
        check(status)
        self._keep(model)

    def predict_proba(self, scores: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of label 1, of the shape and type of `scores`, written
        to `out` if given, which may be `scores`."""
        model = self._address
        x = floating(scores)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        from_ = np.require(x, None, ["C", "A"])
        to = result if result.flags.c_contiguous else np.empty(x.shape, x.dtype)
        apply = function(self._family, "apply", suffix(x.dtype))
        check(apply(model, from_.ctypes.data, 1, to.ctypes.data, 1, x.size))
        if to is not result:
            result[...] = to
        return result


@documented("isotonic", "fit", "f32")
class IsotonicCalibration(_Sorting):
    """IsotonicCalibration(kind="linear")

    `fit(scores, labels)`, then `predict_proba(scores)`. `kind` is "linear", "centred" or
    "step". After fitting: `thresholds_`, `values_`, `nll_before_`, `nll_after_`, and
    `status_`, the name of how the fit ended; LGT_DEGENERATE is warned of
    (LogitudeWarning). Pickles as its parameters and the bytes of the model.
    """

    _family = "isotonic"

    def __init__(self, kind: str = "linear") -> None:
        self.kind = kind

    def fit(
        self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> IsotonicCalibration:
        """Finds the rising function. Returns itself."""
        self._fit(scores, labels, weights, self._options())
        return self

    def _options(self) -> Any:
        options = STRUCTS["lgt_isotonic_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.kind = _kind("ISOTONIC", self.kind)
        return options

    @property
    def thresholds_(self) -> NDArray[np.float64]:
        """Scores at which the value is known."""
        return np.split(self._parameters(), 2)[0].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The probability at each threshold."""
        return np.split(self._parameters(), 2)[1].copy()
