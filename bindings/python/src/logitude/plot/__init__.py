"""Pictures of calibration, of curves of two classes and of selective prediction.

Needs matplotlib: pip install "logitude[plot]". Functions take arrays or what was already
computed of them, draw on `ax`, or on new axes of pyplot if there are none, and return the
axes. Nothing is shown and no setting of matplotlib is changed.
"""

from __future__ import annotations

try:
    import matplotlib as _matplotlib  # noqa: F401
except ImportError as missing:
    raise ImportError(
        'logitude.plot needs matplotlib: pip install "logitude[plot]"'
    ) from missing

from ._before_after import before_and_after
from ._curves import det_curve, precision_recall_curve, roc_curve
from ._reliability import reliability_diagram
from ._selective import risk_coverage

__all__ = [
    "before_and_after",
    "det_curve",
    "precision_recall_curve",
    "reliability_diagram",
    "risk_coverage",
    "roc_curve",
]
