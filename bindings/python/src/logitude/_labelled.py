"""Scores, labels and weights: what a metric is updated with and a calibrator fitted to."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from ._abi import CONSTANTS, STATUSES, function
from ._address import address
from ._arrays import accumulator, floating, rows, suffix
from ._status import check, error, wrong


class Labelled:
    """Checked for shape and type; the numbers are for the library to check."""

    def __init__(self, scores: Any, labels: Any, weights: Any = None) -> None:
        given, scores = scores, floating(scores, "scores")
        if scores.ndim == 0:
            text = "scores must have an axis of classes, a single number came"
            raise error("LGT_E_SHAPE", text, given)
        self.suffix = suffix(scores.dtype)
        self.scores = rows(scores)
        self.labels = _column(_integers(labels), "labels", scores.shape)
        self.weights: np.ndarray | None = None
        if weights is not None:
            weights = np.asarray(weights, accumulator(scores.dtype))
            self.weights = _column(weights, "weights", scores.shape)

    def pass_to(
        self, family: str, verb: str, receiver: int, *options: Any, first_row: int | None = None
    ) -> None:
        """Calls a function whose first argument is a state or a model."""
        first = () if first_row is None else (first_row,)
        self._call(family, verb, (receiver,), first, options)

    def pass_to_room(self, family: str, verb: str, room: np.ndarray, *options: Any) -> None:
        """Calls a function that writes to room of some size."""
        self._call(family, verb, (address(room), room.nbytes), (), options)

    def _call(self, family: str, verb: str, receiver: Any, first: Any, options: Any) -> None:
        x = self.scores
        labels = self.label_arguments()
        weights = None if self.weights is None else address(self.weights)
        status = function(family, verb, self.suffix)(
            *receiver, x.address, x.stride, *labels, weights, *first, x.rows, x.cols, *options
        )
        if status == STATUSES["LGT_E_LABEL"]:
            raise self._bad_label(*labels)
        check(status)

    def label_arguments(self) -> tuple[int, int]:
        """Where the labels lie, and as what."""
        return address(self.labels), _label_type(self.labels)

    def _bad_label(self, address: int, label_type: int) -> Exception:
        row, x = ctypes.c_size_t(), self.scores
        function("labels", "check")(address, label_type, x.rows, x.cols, ctypes.byref(row))
        label = self.labels.flat[row.value]
        return error(
            "LGT_E_LABEL", f"label {label} of row {row.value} is outside 0 .. {x.cols - 1}"
        )


def _integers(given: Any, name: str = "labels") -> np.ndarray:
    labels = np.asarray(given)
    if labels.size == 0 and labels.dtype == np.float64:
        return labels.astype(np.int64)  # an empty list has no type of its own
    if labels.dtype.kind == "b":
        return labels.view(np.uint8)
    if labels.dtype.kind not in "iu":
        raise wrong(given, f"must be integers, not {labels.dtype}", name)
    return labels


def _column(values: np.ndarray, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """One value a row, in the order of the rows; copied only if it lies otherwise."""
    if values.shape != shape[:-1]:
        raise error(
            "LGT_E_SHAPE",
            f"{name} must be one for each row: shape {shape[:-1]}, not {values.shape}",
            values,
        )
    return np.require(values, values.dtype.newbyteorder("="), ["C", "A"])


def _label_type(labels: np.ndarray) -> int:
    return CONSTANTS[f"LGT_{labels.dtype.kind.upper()}{8 * labels.itemsize}"]
