"""Calibrators of one score that take no form for granted: fitted to held-out scores of
two classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._arrays import count
from ._docs import documented
from ._of_scores import InScratch, choice, defaults

__all__ = ["BBQ", "HistogramBinning", "IsotonicCalibration"]


@documented("isotonic", "fit", "f32")
class IsotonicCalibration(InScratch):
    """IsotonicCalibration(kind="linear")

    `fit(scores, labels)`, then `predict_proba(scores)`. `kind` is "linear", "centred" or
    "step". After fitting: `thresholds_`, `values_`, `nll_before_`, `nll_after_`, and
    `status_`, the name of how the fit ended; LGT_DEGENERATE is warned of
    (LogitudeWarning). Pickles as its parameters and the bytes of the model.
    """

    _family = "isotonic"

    def __init__(self, kind: str = "linear") -> None:
        self.kind = kind

    def _options(self) -> Any:
        options = defaults("isotonic")
        options.kind = choice("isotonic", "kind", self.kind, ("linear", "centred", "step"))
        return options

    @property
    def thresholds_(self) -> NDArray[np.float64]:
        """Scores at which the value is known."""
        return np.split(self._parameters(), 2)[0].copy()

    @property
    def values_(self) -> NDArray[np.float64]:
        """The probability at each threshold."""
        return np.split(self._parameters(), 2)[1].copy()


class _Binning(InScratch):
    """What is constant in bins."""

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
        options = defaults("histogram_binning")
        options.bins = count(self.bins, "bins")
        options.strategy = choice(self._family, "strategy", self.strategy, ("width", "mass"))
        return options

    def _sizes(self, rows: int, weighted: int, *opts: Any) -> tuple[tuple[Any, ...], ...]:
        return opts, opts


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
        options = defaults("bbq")
        options.prior = self.prior
        return options

    def _sizes(self, rows: int, weighted: int, *opts: Any) -> tuple[tuple[Any, ...], ...]:
        return (rows,), ()

    def _map(self) -> NDArray[np.float64]:
        return self._parameters()[2 * self._param() :]

    @property
    def bins_(self) -> NDArray[np.int64]:
        """How many bins each binning has."""
        return self._parameters()[: 2 * self._param() : 2].astype(np.int64)

    @property
    def weights_(self) -> NDArray[np.float64]:
        """The weight of each binning."""
        return self._parameters()[1 : 2 * self._param() : 2].copy()
