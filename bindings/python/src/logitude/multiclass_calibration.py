"""Calibrators of many classes that are made of calibrators of two."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import check_out, count, floating, suffix
from ._calibrator import Calibrator, Self
from ._docs import documented
from ._labelled import Labelled
from ._of_scores import OfScores
from ._status import check
from .binning_calibration import IsotonicCalibration
from .functional import write_rows

__all__ = ["OneVsRest", "TopLabel"]


class _Reduction(Calibrator):
    """What is made of a calibrator of two classes, `binary`."""

    binary: Calibrator | None

    def _options(self) -> Any:
        binary = IsotonicCalibration() if self.binary is None else self.binary
        if not isinstance(binary, OfScores):
            raise TypeError(f"binary is a calibrator of two classes or None, not {binary!r}")
        options = STRUCTS["lgt_reduction_opts"]()
        function("reduction", "opts_default")(ctypes.byref(options))
        options.method = CONSTANTS[f"LGT_MODEL_{binary._family.upper()}"]
        # Kept with the options, since an address keeps nothing.
        options.kept = binary._options()
        if options.kept is not None:
            options.method_opts = ctypes.addressof(options.kept)
        return options

    def fit(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Fits all parts to rows of scores, classes along the last axis, and labels.
        Returns itself."""
        data, options = Labelled(scores, labels, weights), self._options()
        x, bytes_ = data.scores, ctypes.c_size_t()
        sizes = x.rows, x.cols, int(data.weights is not None), ctypes.byref(options)
        check(function(self._family, "size")(*sizes, ctypes.byref(bytes_)))
        model = np.zeros(bytes_.value // 8, np.uint64)
        check(function(self._family, "scratch")(*sizes, ctypes.byref(bytes_)))
        scratch = np.empty(bytes_.value // 8, np.uint64)
        room = ctypes.byref(options), address(scratch), scratch.nbytes
        data.pass_to_room(self._family, "fit", model, *room)
        self._keep(model)
        return self

    def predict_proba(self, scores: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of rows of scores, written to `out` if given, which may
        be `scores`."""
        model, x = self._address, floating(scores)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function(self._family, "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows, x.cols)

        check(write_rows(x, result, call))
        return result


@documented("one_vs_rest", "fit", "f32")
class OneVsRest(_Reduction):
    """OneVsRest(binary=None)

    `fit(scores, labels)`, then `predict_proba(scores)`. `binary` is a calibrator of two
    classes, such as `PlattScaling()`, whose parameters are taken; it stays unfitted. None
    is `IsotonicCalibration()`. After fitting: `nll_before_`, `nll_after_`, `n_iter_`, and
    `status_`. Pickles as its parameters and the bytes of the model.
    """

    _family = "one_vs_rest"

    def __init__(self, binary: Calibrator | None = None) -> None:
        self.binary = binary


@documented("top_label_calibration", "fit", "f32")
class TopLabel(_Reduction):
    """TopLabel(binary=None, min_rows=50)

    `fit(probs, labels)`, then `predict_proba(probs)`. `binary` as in `OneVsRest`; a class
    that fewer than `min_rows` rows are predicted to be shares a calibrator. After fitting:
    `nll_before_`, `nll_after_`, `n_iter_`, and `status_`. Pickles as its parameters and the
    bytes of the model.
    """

    _family = "top_label_calibration"

    def __init__(self, binary: Calibrator | None = None, min_rows: int = 50) -> None:
        self.binary, self.min_rows = binary, min_rows

    def _options(self) -> Any:
        options = super()._options()
        options.min_rows = count(self.min_rows, "min_rows")
        return options
