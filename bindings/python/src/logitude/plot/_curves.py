"""Curves of two classes: ROC, precision-recall and detection error tradeoff."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from .. import curves
from .._arrays import floating
from .._status import error
from ._axes import add_legend, axes_of, caption, clip_softly, number, plain, reference
from ._axes import series_style, square
from ._deviates import columns, scale_axes
from ._thin import COLUMNS, thinned


def _curve(kind: Any, make: Callable[..., Any], scores: Any, labels: Any, weights: Any) -> Any:
    """The curve of scores and labels, or the one that was given."""
    if isinstance(scores, kind):
        if labels is not None or weights is not None:
            raise error("LGT_E_VALUE", f"labels and weights go with scores, not a {kind.__name__}")
        return scores
    if labels is None:
        came = type(scores).__name__
        raise error("LGT_E_VALUE", f"scores with labels, or a {kind.__name__}: {came} came alone")
    shape = floating(scores).shape
    if len(shape) != 1:
        raise error(
            "LGT_E_SHAPE",
            f"scores are 1-D, not {shape}; of class k draw scores[:, k] and labels == k",
        )
    return make(scores, labels, weights, drop_intermediate=True)


def roc_curve(
    scores: Any,
    labels: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    label: str | None = None,
    thin: bool = True,
    legend: bool = True,
    **style: Any,
) -> Axes:
    """True against false positive rate; the area is in the legend, "undefined" without
    both classes or with a NaN. The diagonal is chance.

    `scores` with `labels` 0 or 1 and perhaps `weights`, or what `logitude.roc_curve` gave.
    `thin` leaves out points that a picture cannot show, of curves of thousands. `style`
    goes to `Axes.plot`.
    """
    curve = _curve(curves.ROCCurve, curves.roc_curve, scores, labels, weights)
    ax = axes_of(ax)
    plain(ax, "False positive rate", "True positive rate")
    square(ax)
    reference(ax, "chance", [0, 1], [0, 1])
    x, y = curve.fpr, curve.tpr
    area = np.sum(np.diff(x) * (y[1:] + y[:-1])) / 2 if len(x) else np.nan
    points = thinned(x, y) if thin else (x, y)
    looks = {"label": caption(label, number("AUC", area)), **series_style(ax, style)}
    clip_softly(ax, *ax.plot(*points, **looks))
    if legend:
        add_legend(ax, "lower right")
    return ax


def precision_recall_curve(
    scores: Any,
    labels: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    label: str | None = None,
    thin: bool = True,
    legend: bool = True,
    **style: Any,
) -> Axes:
    """Precision against recall, as steps, so that the area is the average precision, which
    is in the legend. The level line is chance: the share of label 1.

    Takes what `roc_curve` takes, or what `logitude.precision_recall_curve` gave.
    """
    make = curves.precision_recall_curve
    curve = _curve(curves.PrecisionRecallCurve, make, scores, labels, weights)
    ax = axes_of(ax)
    plain(ax, "Recall", "Precision")
    square(ax)
    x, y = curve.recall, curve.precision
    area = -np.sum(np.diff(x) * y[:-1]) if len(x) else np.nan
    if not np.isnan(area):
        share = float(y[0])  # at the lowest threshold all rows are taken
        reference(ax, "chance", [0, 1], [share, share])
    points = thinned(x, y) if thin else (x, y)
    looks = {"label": caption(label, number("AP", area)), "drawstyle": "steps-post"}
    clip_softly(ax, *ax.plot(*points, **{**looks, **series_style(ax, style)}))
    if legend:
        add_legend(ax)
    return ax


def det_curve(
    scores: Any,
    labels: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    label: str | None = None,
    limits: tuple[float, float] = (0.001, 0.9),
    thin: bool = True,
    legend: bool = True,
    **style: Any,
) -> Axes:
    """False negative against false positive rate, on axes of normal deviates from
    `limits[0]` to `limits[1]`, on which normally distributed scores give straight lines.
    The equal error rate is in the legend; the dashed line is chance.

    Takes what `roc_curve` takes, or what `logitude.det_curve` gave.
    """
    low, high = (float(limit) for limit in limits)
    if not 0 < low < high < 1:
        raise error("LGT_E_VALUE", f"limits rise from above 0 to below 1, not {limits!r}")
    curve = _curve(curves.DETCurve, curves.det_curve, scores, labels, weights)
    ax = axes_of(ax)
    plain(ax, "False positive rate", "False negative rate")
    scale_axes(ax, low, high)
    ends = [max(low, 1 - high), min(high, 1 - low)]
    reference(ax, "chance", ends, ends[::-1])
    points = curve.fpr, curve.fnr
    if thin:
        points = thinned(*points, columns(low, high, COLUMNS))
    looks = {"label": caption(label, number("EER", _equal_error_rate(curve)))}
    ax.plot(*points, **{**looks, **series_style(ax, style)})
    if legend:
        add_legend(ax)
    return ax


def _equal_error_rate(curve: curves.DETCurve) -> float:
    """Where the rates are equal, between two points in proportion; NaN if nowhere."""
    gap = curve.fnr - curve.fpr
    after = np.flatnonzero(gap >= 0)
    if not len(after):
        return np.nan
    i = after[0]
    if i == 0 or gap[i] == 0:
        return float(curve.fnr[i]) if gap[i] == 0 else np.nan
    share = gap[i - 1] / (gap[i - 1] - gap[i])
    return float(curve.fnr[i - 1] + share * (curve.fnr[i] - curve.fnr[i - 1]))
