"""Calibrators: fitted to held-out logits, then applied to new ones."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import accumulator, check_out, count, floating, suffix
from ._calibrator import Calibrator, NotFittedError
from ._docs import documented
from ._labelled import Labelled
from ._state import State
from ._status import check, error
from .functional import write_rows

__all__ = ["NotFittedError", "TemperatureLoss", "TemperatureScaling", "temperature_softmax"]

_DEFAULT = STRUCTS["lgt_temperature_opts"]()
function("temperature", "opts_default")(ctypes.byref(_DEFAULT))


_REPORT = STRUCTS["lgt_temperature_loss_report"]
TemperatureLossReport = namedtuple(
    "TemperatureLossReport", [field for field, _ in _REPORT._fields_]
)


@documented("temperature_loss", "update", "f32", summary=False)
class TemperatureLoss(State):
    """TemperatureLoss(temperatures, derivatives=None): mean negative log-likelihood at
    up to 4 temperatures, with slope and curvature in 1 / T at the first `derivatives` of
    them (all, if not given)."""

    _family = "temperature_loss"

    def __init__(self, temperatures: Sequence[float], derivatives: int | None = None) -> None:
        given = np.ascontiguousarray(temperatures, np.float64).ravel()
        with_derivatives = len(given) if derivatives is None else count(derivatives, "derivatives")
        super().__init__(address(given), len(given), with_derivatives)  # type: ignore[arg-type]

    def update(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> TemperatureLoss:
        """Adds rows. Returns itself."""
        Labelled(logits, labels, weights).pass_to(self._family, "update", self._address)
        return self

    def report(self) -> list[Any]:
        """What is known of the rows so far: for each temperature a named tuple."""
        reports = (_REPORT * (self._param & 0xFF))()
        check(function(self._family, "finish")(self._address, ctypes.byref(reports), len(reports)))
        fields = TemperatureLossReport._fields
        return [TemperatureLossReport(*(getattr(r, name) for name in fields)) for r in reports]


def _look(empty: TemperatureLoss, shard: Any) -> TemperatureLoss:
    """The losses of a shard, or of what it returns."""
    rows = shard() if callable(shard) else shard
    return TemperatureLoss.from_bytes(empty.to_bytes()).update(*rows)


@documented("temperature", "fit", "f32")
class TemperatureScaling(Calibrator):
    """TemperatureScaling(t_min=0.01, t_max=100.0, max_iter=50, tol=1e-8, start=0.0)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting:
    `temperature_`, `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name
    of how the fit ended; any end but LGT_OK is warned of (LogitudeWarning).
    Pickles as its parameters and the bytes of the model.
    """

    _family = "temperature"

    def __init__(
        self,
        t_min: float = _DEFAULT.t_min,
        t_max: float = _DEFAULT.t_max,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        start: float = _DEFAULT.start,
    ) -> None:
        self.t_min, self.t_max, self.max_iter, self.tol = t_min, t_max, max_iter, tol
        self.start = start

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> TemperatureScaling:
        """Finds the temperature. Returns itself."""
        model = np.zeros(ctypes.sizeof(STRUCTS["lgt_temperature_model"]) // 8, np.uint64)
        data = Labelled(logits, labels, weights)
        data.pass_to("temperature", "fit", address(model), ctypes.byref(self._options()))
        self._keep(model)
        return self

    def fit_shards(
        self, shards: Sequence[Any], map: Callable[..., Iterable[TemperatureLoss]] = map
    ) -> TemperatureScaling:
        """Finds the temperature of rows that lie in shards: tuples of arguments of `fit`,
        or functions that return them. `map`, of a pool of processes say, is how shards are
        looked at. From the same `start` (0 is 1 here) the result has the bits of `fit` on
        the whole. Returns itself."""
        search = STRUCTS["lgt_temperature_search"]()
        here, model = ctypes.byref(search), np.zeros(6, np.uint64)
        check(function("temperature_search", "init")(here, ctypes.byref(self._options())))
        while search.count > 0:
            empty = TemperatureLoss([search.next, search.beside][: search.count], search.derivatives)
            total = TemperatureLoss.from_bytes(empty.to_bytes())
            for loss in map(partial(_look, empty), shards):
                total += loss
            check(function("temperature_search", "step")(here, total._address))
        check(function("temperature_search", "model")(here, address(model)))
        self._keep(model)
        return self

    def _options(self) -> Any:
        options = STRUCTS["lgt_temperature_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.max_iter = count(self.max_iter, "max_iter")
        options.t_min, options.t_max, options.tol = self.t_min, self.t_max, self.tol
        options.start = self.start
        return options

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written
        to `out` if given, which may be `logits`."""
        model = self._address
        x = floating(logits)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function("temperature", "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows, x.cols)

        check(write_rows(x, result, call))
        return result

    @property
    def temperature_(self) -> float:
        return float(self._parameters()[0])


@documented("temperature_rows", "apply", "f32")
def temperature_softmax(
    logits: ArrayLike, temperatures: ArrayLike, out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """temperature_softmax(logits, temperatures, out=None)

    Classes run along the last axis of `logits`; `temperatures` has the shape of the
    others. The result goes to `out` if given, which may be `logits`.
    """
    x = floating(logits)
    t = np.ascontiguousarray(temperatures, accumulator(x.dtype))
    if t.shape != x.shape[:-1]:
        raise error("LGT_E_SHAPE", f"{t.shape} temperatures for logits of shape {x.shape}")
    result = np.empty(x.shape, x.dtype) if out is None else out
    check_out(result, x)
    apply = function("temperature_rows", "apply", suffix(x.dtype))

    def call(x: Any, y: Any) -> int:
        return apply(address(t), x.address, x.stride, y.address, y.stride, x.rows, x.cols)

    check(write_rows(x, result, call))
    return result
