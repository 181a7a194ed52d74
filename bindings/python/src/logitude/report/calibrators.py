"""Calibrators by name: what each is fitted to, and the scores it makes of scores."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .._abi import STATUSES, function
from .._status import LogitudeWarning
from ..binning_calibration import BBQ, HistogramBinning, IsotonicCalibration
from ..calibration import TemperatureScaling
from ..functional import softmax
from ..logistic_calibration import BetaCalibration, PlattScaling
from ..matrix_scaling import DirichletCalibration, MatrixScaling, VectorScaling
from ..multiclass_calibration import OneVsRest
from ..scaling_binning import ScalingBinning
from ..spline_calibration import SplineCalibration
from ..venn_abers import VennAbers
from .errors import InputError


class _Kind(NamedTuple):
    make: Callable[[], Any]
    title: str
    of_two: bool  # whether it is one of two classes
    of_logits: bool = False


_KINDS = {
    "temperature": _Kind(TemperatureScaling, "Temperature scaling", False, True),
    "vector": _Kind(VectorScaling, "Vector scaling", False, True),
    "matrix": _Kind(MatrixScaling, "Matrix scaling", False, True),
    "dirichlet": _Kind(DirichletCalibration, "Dirichlet calibration", False),
    "platt": _Kind(PlattScaling, "Platt scaling", True, True),
    "beta": _Kind(BetaCalibration, "Beta calibration", True),
    "isotonic": _Kind(IsotonicCalibration, "Isotonic regression", True),
    "histogram": _Kind(HistogramBinning, "Histogram binning", True),
    "bbq": _Kind(BBQ, "Bayesian binning (BBQ)", True),
    "spline": _Kind(SplineCalibration, "Spline calibration", True),
    "scaling-binning": _Kind(ScalingBinning, "Scaling-binning", True),
    "venn-abers": _Kind(VennAbers, "Venn-Abers", True),
}

NAMES = list(_KINDS)


def log_of(probs: NDArray[Any]) -> NDArray[Any]:
    """Logits of which probabilities are the softmax."""
    logits: NDArray[Any] = np.log(np.maximum(probs, np.finfo(probs.dtype).tiny))
    return logits


class Fitted:
    """A calibrator that was fitted to rows of scores with two columns or more."""

    def __init__(
        self, name: str, x: NDArray[Any], labels: NDArray[Any], weights: Any, input: str
    ) -> None:
        if name not in _KINDS:
            raise InputError(f"there is no calibrator {name!r}, only {', '.join(NAMES)}")
        self.name, self._input, self._kind = name, input, _KINDS[name]
        self.title = self._kind.title
        # A map that is linear in logits gives logits, whose losses stay finite where
        # probabilities would be rounded to 0.
        self.gives = "logits" if name in ("temperature", "vector") else "probabilities"
        self._one_column = self._kind.of_two and x.shape[1] == 2
        model = self._kind.make()
        self.model: Any = OneVsRest(model) if self._kind.of_two and not self._one_column else model
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LogitudeWarning)  # the page tells how a fit ended
            self.model.fit(self._wanted(x), labels, *([] if weights is None else [weights]))

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Calibrated scores, of the kind that `gives` says."""
        wanted = self._wanted(x)
        if self.name == "temperature":
            made: NDArray[Any] = wanted / x.dtype.type(self.model.temperature_)
        elif self.name == "vector":
            scale, bias = (part.astype(x.dtype) for part in (self.model.scale_, self.model.bias_))
            made = wanted * scale + bias
        else:
            made = self.model.predict_proba(wanted)
        return np.stack([1 - made, made], axis=1) if self._one_column else made

    def _wanted(self, x: NDArray[Any]) -> NDArray[Any]:
        """The scores as this kind of calibrator takes them."""
        if self._kind.of_logits:
            logits = log_of(x) if self._input == "probabilities" else x
            return logits[:, 1] - logits[:, 0] if self._one_column else logits
        probs = x if self._input == "probabilities" else softmax(x)
        return np.ascontiguousarray(probs[:, 1]) if self._one_column else probs

    def found(self) -> list[tuple[str, str]]:
        """What the fit found, as names and values to be shown."""
        ended = self.model.status_
        sentence = function("status", "string")(STATUSES[ended]).decode()
        shown = [("How the fit ended", "well" if ended == "LGT_OK" else sentence)]
        for name, attribute in (("Temperature T", "temperature_"), ("a", "a_"), ("b", "b_"),
                                ("c", "c_")):  # fmt: skip
            if hasattr(type(self.model), attribute):
                shown.append((name, f"{getattr(self.model, attribute):.6g}"))
        if self.name == "vector":
            scale, bias = self.model.scale_, self.model.bias_
            shown.append(("Scales", f"{scale.min():.4g} to {scale.max():.4g}"))
            shown.append(("Biases", f"{bias.min():.4g} to {bias.max():.4g}"))
        shown.append(("Log loss of these rows before", f"{self.model.nll_before_:.5g}"))
        shown.append(("After", f"{self.model.nll_after_:.5g}"))
        return shown
