"""Prediction sets of classes: scores, thresholds, and the sets themselves."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import count, floating, rows, suffix
from ._calibrator import Calibrator
from ._docs import documented
from ._labelled import Labelled
from ._status import check, error

__all__ = ["ConformalClassifier", "weighted_thresholds"]

_METHODS = ("lac", "aps", "raps", "saps", "top_k", "margin")
_DEFAULT = STRUCTS["lgt_conformal_opts"]()
function("conformal", "opts_default")(ctypes.byref(_DEFAULT))


@documented("conformal_scores", "", "f32")
class ConformalClassifier(Calibrator):
    """ConformalClassifier(method="lac", alpha=0.1, lambda_=0.01, k_reg=5,
    probabilities=False, by_class=False, marginal=False)

    `fit(logits, labels)`, then `predict_set(logits)`. `method` is "lac", "aps", "raps",
    "saps", "top_k" or "margin"; sets hold the true class with probability `1 - alpha`.
    With `by_class` each class has a threshold of its own, or with `marginal` that of all
    where it has too few rows. `probabilities`: rows are those, not logits. What is random
    in a method is drawn by the caller: `u`, a number from 0 to 1 a row; without it, 1.
    After fitting: `thresholds_`, `counts_` and `status_`.
    """

    _family = "conformal"

    def __init__(
        self,
        method: str = "lac",
        alpha: float = 0.1,
        lambda_: float = _DEFAULT.__getattribute__("lambda"),
        k_reg: int = _DEFAULT.k_reg,
        probabilities: bool = False,
        by_class: bool = False,
        marginal: bool = False,
    ) -> None:
        self.method, self.alpha, self.lambda_, self.k_reg = method, alpha, lambda_, k_reg
        self.probabilities, self.by_class, self.marginal = probabilities, by_class, marginal

    def _options(self) -> Any:
        if self.method not in _METHODS:
            raise ValueError(f"method {self.method!r} is none of {', '.join(_METHODS)}")
        options = STRUCTS["lgt_conformal_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.method = _METHODS.index(self.method)
        options.k_reg = count(self.k_reg, "k_reg")
        setattr(options, "lambda", self.lambda_)
        if self.probabilities:
            options.flags |= CONSTANTS["LGT_CONFORMAL_PROBABILITIES"]
        if self.marginal:
            options.flags |= CONSTANTS["LGT_CONFORMAL_MARGINAL"]
        return options

    def scores(
        self, logits: ArrayLike, labels: ArrayLike, u: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """The score of each row's own class; nothing has to be fitted for that."""
        data = Labelled(logits, labels)
        result = np.empty(data.scores.rows)
        draws = _draws(u, data.scores.rows)
        data_of = None if draws is None else address(draws)
        x, options = data.scores, self._options()
        check(
            function("conformal_scores", "", data.suffix)(
                x.address,
                x.stride,
                *data.label_arguments(),
                data_of,
                address(result),
                x.rows,
                x.cols,
                ctypes.byref(options),
            )
        )
        return result.reshape(np.shape(labels))

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, u: ArrayLike | None = None
    ) -> ConformalClassifier:
        """Finds the threshold, or those of the classes. Returns itself."""
        scores = self.scores(logits, labels, u).reshape(-1)
        classes = floating(logits).shape[-1] if self.by_class else 0
        label = np.ascontiguousarray(labels, np.int64)
        size = ctypes.c_size_t()
        check(function("conformal", "size")(classes, ctypes.byref(size)))
        model = np.zeros(size.value // 8, np.uint64)
        check(function("conformal", "scratch")(len(scores), classes, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        options = self._options()
        status = function("conformal", "fit")(
            address(model),
            model.nbytes,
            address(scores),
            address(label),
            CONSTANTS["LGT_I64"],
            len(scores),
            classes,
            self.alpha,
            ctypes.byref(options),
            address(scratch),
            scratch.nbytes,
        )
        check(status)
        self._keep(model)
        return self

    def predict_masks(
        self,
        logits: ArrayLike,
        u: ArrayLike | None = None,
        thresholds: ArrayLike | None = None,
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """The sets as words of 64 bits, class c being bit c % 64 of word c // 64, and how
        many classes each holds."""
        model = self._address
        scores = floating(logits)
        if scores.ndim == 0:
            raise error("LGT_E_SHAPE", "scores need an axis of classes")
        x = rows(scores)
        draws, own = _draws(u, x.rows), _draws(thresholds, x.rows)
        masks = np.zeros((x.rows, -(-x.cols // 64)), np.uint64)
        sizes = np.zeros(x.rows, np.uint32)
        size = ctypes.c_size_t()
        check(function("conformal_sets", "scratch")(x.cols, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        check(
            function("conformal_sets", "", suffix(scores.dtype))(
                model,
                x.address,
                x.stride,
                None if draws is None else address(draws),
                None if own is None else address(own),
                address(masks),
                masks.shape[1],
                address(sizes),
                x.rows,
                x.cols,
                address(scratch),
                scratch.nbytes,
            )
        )
        shape = scores.shape[:-1]
        return masks.reshape(*shape, -1), sizes.reshape(shape)

    def predict_set(
        self,
        logits: ArrayLike,
        u: ArrayLike | None = None,
        thresholds: ArrayLike | None = None,
    ) -> NDArray[np.bool_]:
        """Whether each class is in the set of its row, an array as large as `logits`;
        `thresholds`, one a row, stand in place of what was fitted."""
        masks, _ = self.predict_masks(logits, u, thresholds)
        cols = floating(logits).shape[-1]
        octets = masks.astype("<u8", copy=False).view(np.uint8)
        bits = np.unpackbits(octets, axis=-1, bitorder="little")
        return bits[..., :cols].view(np.bool_)

    def _thresholds(self) -> NDArray[np.float64]:
        return self._parameters()[5:].reshape(2, -1)

    @property
    def thresholds_(self) -> NDArray[np.float64]:
        return self._thresholds()[0].copy()

    @property
    def counts_(self) -> NDArray[np.float64]:
        return self._thresholds()[1].copy()


@documented("conformal", "weighted")
def weighted_thresholds(
    scores: ArrayLike, weights: ArrayLike, new_weights: ArrayLike, alpha: float = 0.1
) -> NDArray[np.float64]:
    """weighted_thresholds(scores, weights, new_weights, alpha=0.1)"""
    scores = np.ascontiguousarray(scores, np.float64).reshape(-1)
    weights = _draws(weights, len(scores))
    new = np.ascontiguousarray(new_weights, np.float64)
    result = np.empty(new.shape)
    size = ctypes.c_size_t()
    check(function("conformal", "weighted_scratch")(len(scores), ctypes.byref(size)))
    scratch = np.empty(size.value // 8, np.uint64)
    check(
        function("conformal", "weighted")(
            address(scores),
            address(weights),
            len(scores),
            address(new),
            alpha,
            address(result),
            new.size,
            address(scratch),
            scratch.nbytes,
        )
    )
    return result


def _draws(u: Any, n: int) -> Any:
    """One number a row, or nothing."""
    if u is None:
        return None
    u = np.ascontiguousarray(u, np.float64).reshape(-1)
    if len(u) != n:
        raise error("LGT_E_SHAPE", f"{len(u)} numbers for {n} rows")
    return u
