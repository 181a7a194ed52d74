"""Names that the expressions of this library use, beside its own."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import logitude as lg
import numpy as np
from logitude import _abi, _labelled, _status


def curve(bins: Any) -> tuple[Any, Any]:
    """Frequency and confidence of the bins that hold something."""
    filled = bins[bins["rows"] > 0]
    return filled["frequency"], filled["confidence"]


def evaluate(scores: Any, labels: Any, weights: Any = None, **options: Any) -> SimpleNamespace:
    """The report of `lgt_evaluate`: one pass for all."""
    opts = _abi.STRUCTS["lgt_evaluate_opts"]()
    _abi.function("evaluate", "opts_default")(ctypes.byref(opts))
    if options.pop("probabilities", False):
        opts.input = _abi.CONSTANTS["LGT_EVALUATE_PROBABILITIES"]
    for name, value in options.items():
        setattr(opts, name, value)
    size = ctypes.c_size_t()
    _status.check(_abi.function("evaluate", "size")(ctypes.byref(opts), ctypes.byref(size)))
    state = np.zeros(size.value // 8, np.uint64)
    address = state.ctypes.data
    _status.check(_abi.function("evaluate", "init")(address, size.value, ctypes.byref(opts)))
    _labelled.Labelled(scores, labels, weights).pass_to("evaluate", "update", address)
    report = _abi.STRUCTS["lgt_evaluate_report"]()
    _status.check(_abi.function("evaluate", "finish")(address, ctypes.byref(report)))
    return SimpleNamespace(**{name: getattr(report, name) for name, _ in report._fields_})


NAMES = {"lg": lg, "np": np, "curve": curve, "evaluate": evaluate}
