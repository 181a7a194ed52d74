"""Scaling-binning: a logistic regression on scores of two classes, in bins."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._arrays import accumulator, check_out, count, floating, suffix
from ._calibrator import Calibrator
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error

__all__ = ["ScalingBinning"]


class _InOrder(Calibrator):
    """What puts scores in order, in scratch, and whose options say how large a model is."""

    def _options(self) -> Any:
        raise NotImplementedError

    def _fit(self, scores: Any, labels: Any, weights: Any) -> None:
        options = self._options()
        x = floating(scores)
        rowlike = (*x.shape, 1)
        x = np.require(x, None, ["C", "A"])
        y = _column(_integers(labels), "labels", rowlike)
        w = None
        if weights is not None:
            w = _column(np.asarray(weights, accumulator(x.dtype)), "weights", rowlike)
        size = ctypes.c_size_t()
        check(function(self._family, "size")(x.size, ctypes.byref(options), ctypes.byref(size)))
        model = np.zeros(size.value // 8, np.uint64)
        sizes = x.size, x.itemsize, int(w is not None)
        check(function(self._family, "scratch")(*sizes, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        status = function(self._family, "fit", suffix(x.dtype))(
            model.ctypes.data, model.nbytes, x.ctypes.data, 1, y.ctypes.data, _label_type(y),
            None if w is None else w.ctypes.data, x.size, ctypes.byref(options),
            scratch.ctypes.data, scratch.nbytes,
        )  # fmt: skip
        check(status)
        self._keep(model)

    def _param(self) -> int:
        return int(self._head().head.param)

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


@documented("scaling_binning", "fit", "f32")
class ScalingBinning(_InOrder):
    """ScalingBinning(bins=10, scaling="smoothed", max_iter=100, tol=1e-6, eps=2**-52)

    `fit(scores, labels)`, then `predict_proba(scores)`. `scaling` is "smoothed" or "plain",
    of scores of any kind, or "logit", of probabilities. After fitting: `a_` and `b_` of the
    regression, `begins_`, where each bin begins, `values_`, `nll_before_`, `nll_after_`,
    `n_iter_`, and `status_`, the name of how the fit ended; any end but LGT_OK is warned of
    (LogitudeWarning). Pickles as its parameters and the bytes of the model.
    """

    _family = "scaling_binning"

    def __init__(
        self,
        bins: int = 10,
        scaling: str = "smoothed",
        max_iter: int = 100,
        tol: float = 1e-6,
        eps: float = 2.0**-52,
    ) -> None:
        self.bins, self.scaling = bins, scaling
        self.max_iter, self.tol, self.eps = max_iter, tol, eps

    def fit(
        self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> ScalingBinning:
        """Finds the regression and the bins. Returns itself."""
        self._fit(scores, labels, weights)
        return self

    def _options(self) -> Any:
        options = STRUCTS["lgt_scaling_binning_opts"]()
        function("scaling_binning", "opts_default")(ctypes.byref(options))
        scaling = CONSTANTS.get(f"LGT_SCALING_BINNING_{str(self.scaling).upper()}")
        if scaling is None:
            choices = ("smoothed", "plain", "logit")
            raise error("LGT_E_OPTION", f"scaling is one of {choices}, not {self.scaling!r}")
        options.bins, options.scaling = count(self.bins, "bins"), scaling
        options.max_iter = count(self.max_iter, "max_iter")
        options.tol, options.eps = self.tol, self.eps
        return options

    @property
    def a_(self) -> float:
        return float(self._parameters()[0])

    @property
    def b_(self) -> float:
        return float(self._parameters()[1])

    @property
    def begins_(self) -> NDArray[np.float64]:
        """Where each bin begins; the first goes on below."""
        return np.split(self._parameters()[3:], 2)[0].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The probability of each bin."""
        return np.split(self._parameters()[3:], 2)[1].copy()
