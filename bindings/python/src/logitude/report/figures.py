"""The figures of a report.

They are written as SVG here, since then the page's style gives them their colours, light
or dark, and a report needs numpy only."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from .._status import LogitudeWarning
from ..curves import precision_recall_curve, roc_curve
from ..intervals import proportion_interval
from ..selective import risk_coverage_curve
from .evaluating import Scored
from .svg import Plot, figure

_FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]

# Points of a line that are drawn, at most.
_POINTS = 300


def reliability(bins: Any, title: str, kind: str, what: str = "confidence") -> str:
    """How often what was foretold came true, bin by bin, over how many rows each bin has."""
    upper = Plot((46, 8, 304, 230)).axes(_FIFTHS, _FIFTHS, "", "came true", x_names=[""] * 6)
    most = max(int(bins["rows"].max()), 1)
    lower = Plot((46, 250, 304, 64), y=(0.0, float(most)))
    lower.axes(_FIFTHS, [0, most], what, "rows", y_names=["0", _short(most)])
    for row in bins:
        if row["rows"]:
            _bin(upper, lower, row, kind, what)
    upper.line("ideal", [0, 1], [0, 1])
    return figure(360, 350, [upper, lower], title)


def _bin(upper: Plot, lower: Plot, row: Any, kind: str, what: str) -> None:
    low, high, came, said = (float(row[n]) for n in ("low", "high", "frequency", "confidence"))
    told = (
        f"{what} {low:.3g} to {high:.3g}: {int(row['rows']):,} rows, "
        f"said {said:.3f}, came true {came:.3f}"
    )
    upper.bar(f"bar {kind}", (low, 0.0), (high, came), told)
    upper.bar("gap", (low, min(came, said)), (high, max(came, said)), told)
    least, most = proportion_interval(came * row["rows"], float(row["rows"]))
    middle = (low + high) / 2
    upper.line("whisker", [middle, middle], [least, most])
    lower.bar(f"bar {kind}", (low, 0.0), (high, float(row["rows"])), told)


def risk_coverage(versions: Sequence[Scored]) -> str:
    """The error rate among the most confident rows, against their share."""
    curves = [risk_coverage_curve(v.kept.confidence, ~v.kept.hit) for v in versions]
    top = _nice(max(float(curve.risks.max(initial=0.01)) for curve in curves))
    ticks = [top * step / 4 for step in range(5)]
    plot = Plot((46, 8, 304, 230), y=(0.0, top))
    plot.axes(_FIFTHS, ticks, "share of rows answered", "error rate among them")
    for number, (version, curve) in enumerate(zip(versions, curves)):
        x, y = _thinned(curve.coverages, curve.risks)
        plot.line(f"line v{number}", x, y, version.title)
    return figure(360, 280, [plot], "Risk against coverage")


def ranks(versions: Sequence[Scored], most: int) -> str:
    """How often the label is among the 1, 2, .. highest scores."""
    x = list(range(1, most + 1))
    plot = Plot((46, 8, 304, 230), x=(1.0, float(most)))
    plot.axes(x, _FIFTHS, "k", "top-k accuracy")
    for number, version in enumerate(versions):
        y = [version.states.evaluation.accuracy(k) for k in x]
        plot.line(f"line v{number}", x, y, version.title)
    return figure(360, 280, [plot], "Accuracy of the k highest scores")


def roc(versions: Sequence[Scored]) -> str:
    """True positive rate against false positive rate."""
    plot = Plot((46, 8, 304, 230))
    plot.axes(_FIFTHS, _FIFTHS, "false positive rate", "true positive rate")
    plot.line("ideal", [0, 1], [0, 1])
    for number, version in enumerate(versions):
        kept = version.kept
        curve = _quietly(roc_curve, kept.score, kept.label, kept.weight)
        plot.line(f"line v{number}", *_thinned(curve.fpr, curve.tpr), version.title)
    return figure(360, 280, [plot], "ROC curve")


def precision_recall(versions: Sequence[Scored]) -> str:
    """Precision against recall."""
    plot = Plot((46, 8, 304, 230)).axes(_FIFTHS, _FIFTHS, "recall", "precision")
    for number, version in enumerate(versions):
        kept = version.kept
        curve = _quietly(
            precision_recall_curve, kept.score, kept.label, kept.weight, drop_intermediate=True
        )
        plot.line(
            f"line v{number}", *_thinned(curve.recall[::-1], curve.precision[::-1]), version.title
        )
    return figure(360, 280, [plot], "Precision against recall")


def _quietly(curve: Any, *data: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LogitudeWarning)
        return curve(*data, **options)


def _thinned(x: Any, y: Any) -> tuple[Any, Any]:
    """Points evenly spaced along x, ends included, of which the eye misses nothing."""
    there = np.isfinite(x) & np.isfinite(y)
    x, y = x[there], y[there]
    if len(x) <= _POINTS:
        return x, y
    at = np.searchsorted(x, np.linspace(x[0], x[-1], _POINTS))
    at = np.unique(np.append(np.minimum(at, len(x) - 1), [0, len(x) - 1]))
    return x[at], y[at]


def _nice(value: float) -> float:
    """The least round number that is not below."""
    steps = [m * 10.0**e for e in range(-4, 1) for m in (1, 2, 4, 6, 8)]
    return next((step for step in steps if step >= value), 1.0) if value <= 1 else value


def _short(number: int) -> str:
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return str(number)
