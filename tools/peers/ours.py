"""Names that the expressions of this library use, beside its own."""

from __future__ import annotations

from typing import Any, Callable

import logitude as lg
import numpy as np
from logitude.sklearn import metrics as lgsk


def curve(bins: Any) -> tuple[Any, Any]:
    """Frequency and confidence of the bins that hold something."""
    filled = bins[bins["rows"] > 0]
    return filled["frequency"], filled["confidence"]


def halves(made: Callable[[], Any], first: Any, second: Any) -> Any:
    """A state that merged those of two parts of all rows."""
    middle = len(first) // 2
    before = made().update(first[:middle], second[:middle])
    return before.merge(made().update(first[middle:], second[middle:]))


NAMES = {"lg": lg, "lgsk": lgsk, "np": np, "curve": curve, "halves": halves}
