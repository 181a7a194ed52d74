"""Two probabilities for a score, of which one is as it should be."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import function
from ._address import address
from ._arrays import floating, suffix
from ._docs import documented
from ._of_scores import InScratch
from ._status import check

__all__ = ["VennAbers"]


@documented("venn_abers", "fit", "f32")
class VennAbers(InScratch):
    """VennAbers()

    `fit(scores, labels)`, then `predict_interval(scores)` for both probabilities or
    `predict_proba(scores)` for one between them. After fitting: `thresholds_`, `lower_`,
    `upper_`, `nll_before_`, `nll_after_`, and `status_`, the name of how the fit ended;
    LGT_DEGENERATE is warned of (LogitudeWarning). Pickles as the bytes of the model.
    """

    _family = "venn_abers"

    def __init__(self) -> None:
        pass

    def _options(self) -> Any:
        return None

    def predict_interval(self, scores: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
        """The probabilities with label 0 and with label 1, each of the shape and type of
        `scores`."""
        model = self._address
        x = np.require(floating(scores), None, ["C", "A"])
        lower, upper = np.empty(x.shape, x.dtype), np.empty(x.shape, x.dtype)
        interval = function("venn_abers", "interval", suffix(x.dtype))
        check(interval(model, address(x), 1, address(lower), address(upper), x.size))
        return lower, upper

    @property
    def thresholds_(self) -> NDArray[np.float64]:
        """The different scores of the fit."""
        return np.split(self._parameters(), 3)[0].copy()

    @property
    def lower_(self) -> NDArray[np.float64]:
        """The probability with label 0 at each of them."""
        return np.split(self._parameters(), 3)[1].copy()

    @property
    def upper_(self) -> NDArray[np.float64]:
        """The probability with label 1 at each of them."""
        return np.split(self._parameters(), 3)[2].copy()
