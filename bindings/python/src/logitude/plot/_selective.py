"""Risk against coverage: what leaving out the least confident rows is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from .. import selective
from .._status import error
from ._axes import add_legend, axes_of, caption, clip_softly, number, plain, reference
from ._axes import series_style
from ._thin import Floats, thinned


def risk_coverage(
    confidences: Any,
    losses: ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    label: str | None = None,
    optimal: bool = False,
    thin: bool = True,
    legend: bool = True,
    **style: Any,
) -> Axes:
    """The mean loss of the most confident rows against their share of all. The level line is
    that of all rows, which confidences without worth would keep.

    `confidences` with `losses` (0 and 1, or any numbers), or what
    `logitude.risk_coverage_curve` gave. AURC is in the legend; of a curve only if no
    confidences were equal, as it does not tell how many rows they had. `optimal` also draws
    the curve of the best order the same losses allow. `thin` leaves out points that a
    picture cannot show. `style` goes to `Axes.plot`.
    """
    curve, area, best = _known(confidences, losses, optimal)
    ax = axes_of(ax)
    plain(ax, "Coverage", "Risk")
    looks = series_style(ax, style)
    if len(curve.risks):
        whole = float(curve.risks[-1])
        reference(ax, "all rows", [0, 1], [whole, whole])
    if best is not None:
        points = thinned(*best) if thin else best
        ax.plot(*points, color=looks["color"], linewidth=0.9, alpha=0.6, label="_optimal")
    drawn = curve.coverages, curve.risks
    line = ax.plot(*(thinned(*drawn) if thin else drawn), **looks)
    line[0].set_label(caption(label, area) if area else label or "risk")
    clip_softly(ax, *line)
    _limits(ax)
    if legend:
        add_legend(ax, "best")
    return ax


def _known(confidences: Any, losses: Any, optimal: bool) -> tuple[Any, str, Any]:
    """The curve, what its legend says of the area, and the points of the best order."""
    if isinstance(confidences, selective.RiskCoverageCurve):
        if losses is not None or optimal:
            raise error(
                "LGT_E_VALUE", "losses and optimal go with confidences, not a RiskCoverageCurve"
            )
        return confidences, _area_of(confidences), None
    if losses is None:
        came = type(confidences).__name__
        detail = f"confidences with losses, or a RiskCoverageCurve: {came} came alone"
        raise error("LGT_E_VALUE", detail)
    curve = selective.risk_coverage_curve(confidences, losses)
    area = selective.aurc(confidences, losses) if len(curve.risks) else np.nan
    best = _best(losses) if optimal and len(curve.risks) else None
    return curve, number("AURC", area), best


def _area_of(curve: selective.RiskCoverageCurve) -> str:
    n = len(curve.risks)
    if n and not np.allclose(curve.coverages * n, np.arange(1, n + 1), rtol=0, atol=1e-3):
        return ""
    return number("AURC", float(np.mean(curve.risks)) if n else np.nan)


def _best(losses: Any) -> tuple[Floats, Floats]:
    """Rows of small loss always before those of larger."""
    ordered = np.sort(np.asarray(losses, np.float64), axis=None)
    rows = np.arange(1, len(ordered) + 1)
    return rows / len(ordered), np.cumsum(ordered) / rows


def _limits(ax: Axes) -> None:
    """Coverage from 0 to 1, risk from 0 to a little above the largest."""
    low, high = ax.dataLim.y0, ax.dataLim.y1
    if not np.isfinite([low, high]).all():
        low, high = 0.0, 1.0
    room = 0.05 * (high - min(low, 0.0)) or 1.0
    ax.set(xlim=(0, 1), ylim=(low - room if low < 0 else 0, high + room))
