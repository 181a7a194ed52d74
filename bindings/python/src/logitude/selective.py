"""Selective prediction: risk against coverage, and the areas under the curve."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import STRUCTS, function
from ._address import address
from ._arrays import suffix
from ._docs import documented
from ._status import check, error
from .calibration_error import _named, _scratch, _tuple
from .two_samples import _alike

__all__ = ["augrc", "aurc", "e_aurc", "risk_coverage", "risk_coverage_curve"]

RiskCoverageReport = _named("RiskCoverageReport", "lgt_risk_coverage_report")


class RiskCoverageCurve(NamedTuple):
    """A point for each different confidence, the highest first."""

    coverages: NDArray[np.float64]
    risks: NDArray[np.float64]
    thresholds: NDArray[np.float64]


def _call(confidences: Any, losses: Any, coverage: float, risk: float, curve: bool) -> Any:
    x, y = _alike(confidences, losses)
    if x.shape != y.shape:
        raise error("LGT_E_SHAPE", f"confidences have the shape {x.shape}, losses {y.shape}")
    x, y = (np.require(part, None, ["C", "A"]) for part in (x, y))
    report, scratch = STRUCTS["lgt_risk_coverage_report"](), _scratch("risk_coverage", x.size)
    room = np.empty((3, x.size)) if curve else None
    to = (None,) * 3 if room is None else tuple(address(part) for part in room)
    status = function("risk_coverage", "", suffix(x.dtype))(
        address(x), address(y), float(coverage), float(risk), ctypes.byref(report), *to,
        x.size, address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return _tuple(RiskCoverageReport, report), room


@documented("risk_coverage", "", "f32", summary=False)
def risk_coverage(
    confidences: ArrayLike, losses: ArrayLike, *, coverage: float = 0.8, risk: float = 0.05
) -> Any:
    """What the risk-coverage curve of confidences and losses amounts to, as a named
    tuple; losses are 0 and 1, truth values, or any numbers."""
    return _call(confidences, losses, coverage, risk, False)[0]


def risk_coverage_curve(confidences: ArrayLike, losses: ArrayLike) -> RiskCoverageCurve:
    """The points of the curve; see `risk_coverage`."""
    report, room = _call(confidences, losses, 1.0, 0.0, True)
    return RiskCoverageCurve(*(part[: report.points].copy() for part in room))


def aurc(confidences: ArrayLike, losses: ArrayLike) -> float:
    """Area under the risk-coverage curve; see `risk_coverage`."""
    return risk_coverage(confidences, losses).aurc


def e_aurc(confidences: ArrayLike, losses: ArrayLike) -> float:
    """Excess area under the risk-coverage curve; see `risk_coverage`."""
    return risk_coverage(confidences, losses).e_aurc


def augrc(confidences: ArrayLike, losses: ArrayLike) -> float:
    """Area under the generalised risk-coverage curve; see `risk_coverage`."""
    return risk_coverage(confidences, losses).augrc
