"""Calibrators of one score that take no form for granted: fitted to held-out scores of
two classes."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._arrays import accumulator, check_out, count, floating, suffix
from ._calibrator import Calibrator, Self
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error

__all__ = ["BBQ", "HistogramBinning", "IsotonicCalibration"]


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
        model_sizes, sizes = self._sizes(x.size, weighted, options)
        check(function(self._family, "size")(*model_sizes, ctypes.byref(size)))
        model = np.zeros(size.value // 8, np.uint64)
        arguments = x.size, x.itemsize, weighted, *sizes
        check(function(self._family, "scratch")(*arguments, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        opts = [] if options is None else [ctypes.byref(options)]
        status = function(self._family, "fit", suffix(x.dtype))(
            model.ctypes.data, model.nbytes, x.ctypes.data, 1, y.ctypes.data, _label_type(y),
            None if w is None else w.ctypes.data, x.size, *opts,
            scratch.ctypes.data, scratch.nbytes,
        )  # fmt: skip
        check(status)
        self._keep(model)

    def _sizes(self, rows: int, weighted: int, options: Any) -> tuple[tuple[Any, ...], ...]:
        """What the size of a model is asked with, and scratch besides rows."""
        return (rows, weighted), ()

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


class _Binning(_Sorting):
    """What is constant in bins."""

    def fit(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Finds the value of each bin. Returns itself."""
        self._fit(scores, labels, weights, self._options())
        return self

    def _map(self) -> NDArray[np.float64]:
        """Edges, and then values."""
        return self._parameters()

    @property
    def edges_(self) -> NDArray[np.float64]:
        """The edges between bins; a score on one is in the bin below."""
        return self._map()[: self._map().size // 2].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The probability in each bin."""
        return self._map()[self._map().size // 2 :].copy()


@documented("histogram_binning", "fit", "f32")
class HistogramBinning(_Binning):
    """HistogramBinning(bins=15, strategy="width")

    `fit(scores, labels)`, then `predict_proba(scores)`. `strategy` is "width" or "mass".
    After fitting: `edges_`, `values_`, `nll_before_`, `nll_after_`, and `status_`, the
    name of how the fit ended; LGT_DEGENERATE is warned of (LogitudeWarning). Pickles as
    its parameters and the bytes of the model.
    """

    _family = "histogram_binning"

    def __init__(self, bins: int = 15, strategy: str = "width") -> None:
        self.bins = bins
        self.strategy = strategy

    def _options(self) -> Any:
        options = STRUCTS["lgt_histogram_binning_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.bins = count(self.bins, "bins")
        options.strategy = _kind("HISTOGRAM_BINNING", self.strategy)
        return options

    def _sizes(self, rows: int, weighted: int, options: Any) -> tuple[tuple[Any, ...], ...]:
        return (ctypes.byref(options),), (ctypes.byref(options),)


@documented("bbq", "fit", "f32")
class BBQ(_Binning):
    """BBQ(prior=2.0)

    `fit(scores, labels)`, then `predict_proba(scores)`. After fitting: `bins_`, the
    numbers of bins of the binnings, and `weights_`, theirs; `edges_` and `values_` of their
    average, `nll_before_`, `nll_after_`, and `status_`, the name of how the fit ended;
    LGT_DEGENERATE is warned of (LogitudeWarning). Pickles as its parameters and the bytes
    of the model.
    """

    _family = "bbq"

    def __init__(self, prior: float = 2.0) -> None:
        self.prior = prior

    def _options(self) -> Any:
        options = STRUCTS["lgt_bbq_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.prior = self.prior
        return options

    def _sizes(self, rows: int, weighted: int, options: Any) -> tuple[tuple[Any, ...], ...]:
        return (rows,), ()

    def _map(self) -> NDArray[np.float64]:
        return self._parameters()[2 * self._head().head.param :]

    @property
    def bins_(self) -> NDArray[np.int64]:
        """How many bins each binning has."""
        return self._parameters()[: 2 * self._head().head.param : 2].astype(np.int64)

    @property
    def weights_(self) -> NDArray[np.float64]:
        """The weight of each binning."""
        return self._parameters()[1 : 2 * self._head().head.param : 2].copy()
