"""What calibrators of one score of two classes share."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import check_out, floating, suffix
from ._calibrator import Calibrator, Self
from ._status import check, error
from .functional import write_rows
from .scores import _Column


def defaults(family: str) -> Any:
    """The default options of a family."""
    options = STRUCTS[f"lgt_{family}_opts"]()
    function(family, "opts_default")(ctypes.byref(options))
    return options


def choice(family: str, name: str, value: str, choices: tuple[str, ...]) -> int:
    """The number of a choice by its name."""
    if value not in choices:
        raise error("LGT_E_OPTION", f"{name} is one of {choices}, not {value!r}")
    return int(CONSTANTS[f"LGT_{family.upper()}_{value.upper()}"])


class OfScores(Calibrator):
    """A model of a few numbers, in a struct."""

    def _options(self) -> Any:
        """The options of a fit, or None if it has none."""
        raise NotImplementedError

    def fit(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Fits to scores and labels of 0 and 1. Returns itself."""
        model = np.zeros(ctypes.sizeof(STRUCTS[f"lgt_{self._family}_model"]) // 8, np.uint64)
        options = ctypes.byref(self._options())
        data = _Column(scores, labels, weights)
        check(data.pass_to(self._family, "fit", address(model), options))
        self._keep(model)
        return self

    def predict_proba(self, scores: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of label 1, of the shape and type of `scores`, written
        to `out` if given, which may be `scores`."""
        model, x = self._address, floating(scores)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function(self._family, "apply", suffix(x.dtype))

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows)

        check(write_rows(x[..., np.newaxis], result[..., np.newaxis], call))
        return result


class InScratch(OfScores):
    """A model of as many numbers as its fit needs, which takes scratch."""

    def fit(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Fits to scores and labels of 0 and 1. Returns itself."""
        options, data = self._options(), _Column(scores, labels, weights)
        opts = [] if options is None else [ctypes.byref(options)]
        rows, weighted = len(data.scores), int(data.weights is not None)
        model_sizes, sizes = self._sizes(rows, weighted, *opts)
        model = self._room("size", *model_sizes)
        scratch = self._room("scratch", rows, data.scores.itemsize, weighted, *sizes)
        room = address(scratch), scratch.nbytes
        receiver = address(model), model.nbytes
        check(data.pass_to(self._family, "fit", receiver, *opts, *room))
        self._keep(model)
        return self

    def _sizes(self, rows: int, weighted: int, *opts: Any) -> tuple[tuple[Any, ...], ...]:
        """What the size of a model is asked with, and what scratch is besides rows."""
        return (rows, weighted), ()

    def _room(self, verb: str, *sizes: Any) -> NDArray[np.uint64]:
        size = ctypes.c_size_t()
        check(function(self._family, verb)(*sizes, ctypes.byref(size)))
        return np.empty(-(-size.value // 8), np.uint64)

    def _param(self) -> int:
        return int(self._head().head.param)
