"""What all pictures share: axes, colours, captions and legends."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cbook import normalize_kwargs
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox, TransformedBbox

# Okabe and Ito's, which differ for the colour-blind; what a greyscale print cannot tell
# apart differs in dashes and markers.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", "--", "-.", ":")
MARKERS = "osD^vPX"

QUIET = "0.45"  # the grey of what is only there to compare with


def axes_of(ax: Axes | None, size: tuple[float, float] = (4.0, 4.0)) -> Axes:
    """The given axes or new ones, which pyplot knows, so that a notebook shows them."""
    if ax is None:
        from matplotlib import pyplot

        return pyplot.subplots(figsize=size, layout="constrained")[1]
    if not isinstance(ax, Axes):
        raise TypeError(f"ax is matplotlib Axes or None, not {type(ax).__name__}")
    return ax


def plain(ax: Axes, x: str, y: str) -> None:
    """Labels, a faint grid, and no lines where nothing is read off."""
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(True, alpha=0.25, linewidth=0.6)
    ax.set_axisbelow(True)


def square(ax: Axes) -> None:
    """Both axes from 0 to 1, equally long."""
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_box_aspect(1)


def series_style(ax: Axes, style: dict[str, Any], *, marker: bool = False) -> dict[str, Any]:
    """How the next series of these axes looks, where `style` does not say otherwise."""
    i = sum(not str(line.get_label()).startswith("_") for line in ax.lines)
    color, dashes = COLORS[i % len(COLORS)], DASHES[i % len(DASHES)]
    usual: dict[str, Any] = {"color": color, "linestyle": dashes, "linewidth": 1.6}
    if marker:
        usual.update(marker=MARKERS[i % len(MARKERS)], markersize=4.5, linewidth=1.0)
    return {**usual, **normalize_kwargs(style, Line2D)}


def reference(ax: Axes, name: str, x: Any, y: Any) -> None:
    """A quiet line to compare with, drawn once however many series there are."""
    label = f"_{name} {x} {y}"
    if all(line.get_label() != label for line in ax.lines):
        ax.plot(x, y, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1.5, label=label)


def clip_softly(ax: Axes, *artists: Artist) -> None:
    """Lets markers and lines on the edge be whole, which clipping would halve."""
    box = TransformedBbox(Bbox.from_extents(-0.02, -0.02, 1.02, 1.02), ax.transAxes)
    for artist in artists:
        artist.set_clip_box(box)


def number(name: str, value: float) -> str:
    return f"{name} undefined" if math.isnan(value) else f"{name} {value:.3f}"


def caption(label: str | None, numbers: str) -> str:
    return numbers if label is None else f"{label} ({numbers})"


_LEGEND: dict[str, Any] = {
    "fontsize": "small",
    "handlelength": 1.8,
    "borderpad": 0.2,
    "labelspacing": 0.3,
    "framealpha": 0.8,
    "facecolor": "inherit",
    "edgecolor": "none",
}


def add_legend(ax: Axes, place: str = "best") -> None:
    if sum(np.size(line.get_xdata()) for line in ax.lines) > 50_000:
        place = "upper right"  # the best place would take long to find
    made = ax.legend(loc=place, **_LEGEND)  # type: ignore[call-overload]
    made.set_zorder(1.8)  # where there is no free place, data goes over words
