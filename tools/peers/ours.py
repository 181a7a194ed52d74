"""Names that the expressions of this library use, beside its own."""

from __future__ import annotations

from typing import Any

import logitude as lg
import numpy as np


def curve(bins: Any) -> tuple[Any, Any]:
    """Frequency and confidence of the bins that hold something."""
    filled = bins[bins["rows"] > 0]
    return filled["frequency"], filled["confidence"]


NAMES = {"lg": lg, "np": np, "curve": curve}
