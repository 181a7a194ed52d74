"""Reliability diagrams: is what is foretold as often so?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from .._arrays import count, floating
from .._bins import bins_of, has_bins
from .._status import error
from ..calibration_error import BinaryECE, ClasswiseECE, reliability_report
from ..intervals import Interval, proportion_interval
from ..metrics import ECE
from ..scores import BinaryEvaluation
from ._axes import add_legend, axes_of, caption, clip_softly, number, plain, reference
from ._axes import series_style, square
from ._counts import axes_below, histogram

TOP_LABEL = "Confidence", "Accuracy"
BINARY = "Predicted probability", "Observed frequency"

_KINDS = ("points", "bars")

class Diagram(NamedTuple):
    """What is drawn: bins that hold something, what all amount to, and of what they are."""

    bins: NDArray[Any]
    ece: float
    mce: float
    axes: tuple[str, str]


def checked_probs(probs: Any) -> NDArray[Any]:
    """An array of probabilities and, perhaps, NaN."""
    numbers = floating(probs)
    if np.any(numbers < -0.01) or np.any(numbers > 1.01):
        raise error("LGT_E_VALUE", "probs are from 0 to 1; logits become that by softmax")
    return numbers


def _seen(probs: Any, labels: Any, bins: int, weights: Any) -> Any:
    """A metric that has seen the arrays: of class 1 if they are 1-D, else of the top label."""
    numbers = checked_probs(probs)
    metric: Any = BinaryECE(bins) if numbers.ndim == 1 else ECE(bins)
    return metric.update(numbers, labels, weights)


def diagram_of(source: Any, labels: Any, bins: int, weights: Any) -> Diagram:
    """Of arrays with labels; of a metric with `bins()`; of bins themselves."""
    if labels is not None:
        if hasattr(source, "bins"):
            name = type(source).__name__
            raise error("LGT_E_VALUE", f"labels go with arrays; {name} has seen its own")
        source = _seen(source, labels, bins, weights)
    if isinstance(source, ClasswiseECE):
        raise error("LGT_E_VALUE", "of a ClasswiseECE draw bins(label), those of one class")
    found = getattr(source, "bins", source)
    table = np.asarray(found() if callable(found) else found)
    if not has_bins(table):
        raise error(
            "LGT_E_VALUE",
            "probs is an array, with labels, or a metric with bins(), or bins as those; "
            f"{type(source).__name__} came, and labels={labels!r}",
        )
    table, nan_rows = bins_of(table), _nan_rows(source)
    known = reliability_report(table)
    binary = isinstance(source, (BinaryECE, BinaryEvaluation))
    shown = table[(table["rows"] > 0) & np.isfinite(table["frequency"])]
    ece, mce = (np.nan, np.nan) if nan_rows else (known.ece, known.mce)
    return Diagram(shown, ece, mce, BINARY if binary else TOP_LABEL)


def _nan_rows(source: Any) -> int:
    """Rows that are in no bin, as far as the source tells."""
    found = getattr(source, "report", None) or getattr(source, "compute", None)
    report = found() if callable(found) else found
    return int(getattr(report, "nan_rows", 0))


def reliability_diagram(
    probs: Any,
    labels: ArrayLike | None = None,
    *,
    bins: int = 15,
    weights: ArrayLike | None = None,
    ax: Axes | None = None,
    label: str | None = None,
    kind: str = "points",
    counts: bool = True,
    confidence: float | None = 0.95,
    legend: bool = True,
    **style: Any,
) -> Axes:
    """How often what was foretold came true, against the mean probability it was foretold
    with, for each bin of probabilities. On the diagonal is the calibrated classifier.

    `probs` are probabilities with the classes along the last axis (confidence of the
    predicted class against accuracy), or 1-D, those of class 1 (against its frequency),
    with `labels` and perhaps `weights`; or a metric that has seen rows (`ECE`, `BinaryECE`,
    `Evaluation`, anything with `bins()`); or what `bins()` gave.

    `kind` is "points" or "bars". Whiskers are Wilson intervals of this `confidence` around
    each frequency (None: no whiskers); with weights they count rows. `counts` puts a
    histogram of rows on axes of its own below, for which `ax` gives up room; series drawn
    on the same `ax` share it. ECE and MCE are in the legend, and "undefined" if a row is
    NaN or none was seen; empty bins are left out. `style` goes to `Axes.plot`.
    """
    _check_options(kind, bins, confidence)
    drawn = diagram_of(probs, labels, bins, weights)
    whiskers = None if confidence is None else _whiskers(drawn.bins, confidence)
    ax = axes_of(ax, (4.0, 4.7) if counts else (4.0, 4.0))
    looks = series_style(ax, style, marker=True)
    below = axes_below(ax) if counts else None
    _decorate(ax, below, drawn.axes)
    errors = f"{number('ECE', drawn.ece)}, {number('MCE', drawn.mce)}"
    _series(ax, drawn, {"label": caption(label, errors), **looks}, kind, whiskers)
    if below is not None:
        histogram(below, drawn.bins, looks["color"])
    if legend:
        add_legend(ax, "best")
    return ax


def _check_options(kind: str, bins: int, confidence: float | None) -> None:
    if kind not in _KINDS:
        raise error("LGT_E_VALUE", f"kind is one of {_KINDS}, not {kind!r}")
    if count(bins, "bins") < 1:
        raise error("LGT_E_VALUE", f"bins are at least 1, not {bins!r}")
    if confidence is not None and not 0 < confidence < 1:
        raise error("LGT_E_VALUE", f"confidence is between 0 and 1, or None, not {confidence!r}")


def _whiskers(table: NDArray[Any], confidence: float) -> Interval:
    rows: Interval = proportion_interval(
        table["rows"] * table["frequency"], table["rows"], confidence
    )
    return rows


def _decorate(ax: Axes, below: Axes | None, names: tuple[str, str]) -> None:
    plain(ax, names[0], names[1])
    square(ax)
    reference(ax, "calibrated", [0, 1], [0, 1])
    if below is not None:
        ax.set_xlabel("")
        ax.tick_params(labelbottom=False)
        plain(below, names[0], "Rows")
        below.grid(False)
        ax.figure.align_ylabels([ax, below])


def _series(
    ax: Axes, drawn: Diagram, looks: dict[str, Any], kind: str, whiskers: Interval | None
) -> None:
    """One classifier: what fills the gap, whiskers, and last the points."""
    table, color = drawn.bins, looks["color"]
    x, y = table["confidence"], table["frequency"]
    if kind == "bars":
        edges: dict[str, Any] = {"x": table["low"], "width": table["high"] - table["low"]}
        edges["align"] = "edge"
        between: dict[str, Any] = {"edgecolor": ax.get_facecolor(), "linewidth": 0.6}
        ax.bar(height=y, **edges, color=color, alpha=0.3, **between)
        ax.bar(
            height=x - y, bottom=y, **edges, fill=False, hatch="/////", edgecolor=color,
            linewidth=0.5, alpha=0.5,
        )  # fmt: skip
        looks = {**looks, "linestyle": "none"}
    else:
        ax.fill_between(x, x, y, color=color, alpha=0.15, linewidth=0)
    if whiskers is not None:
        clip_softly(ax, ax.vlines(x, *whiskers, color=color, linewidth=1.0, alpha=0.7))
    clip_softly(ax, *ax.plot(x, y, **looks))
