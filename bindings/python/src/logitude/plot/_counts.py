"""Counts of rows, on axes of their own below a square, as wide as it is."""

from __future__ import annotations

from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.gridspec import GridSpec
from matplotlib.ticker import EngFormatter, MaxNLocator
from numpy.typing import NDArray

HEIGHT = 0.22  # of the square's


def counts_of(ax: Axes) -> Axes | None:
    """The axes for counts that belong to these, if there are any."""
    return getattr(ax, "_logitude_counts", None)


def axes_below(ax: Axes) -> Axes:
    """The axes for counts; the first time they take their room from `ax`."""
    found = counts_of(ax)
    if found is not None:
        return found
    spec, figure = ax.get_subplotspec(), cast(Any, ax.figure)
    if spec is None:
        (left, bottom), (right, top) = ax.get_position(original=True).get_points()
        grid = GridSpec(1, 1, figure, left=left, bottom=bottom, right=right, top=top)
        spec = grid[0]
    cells = spec.subgridspec(2, 1, height_ratios=[1, HEIGHT], hspace=0.04)
    ax.set_subplotspec(cells[0])
    below = figure.add_subplot(cells[1], sharex=ax)
    figure.sca(ax)  # what pyplot draws next belongs to the diagram
    return pair(ax, below)


def pair(ax: Axes, below: Axes) -> Axes:
    """Makes the one axes the counts of the other. Both are boxes with the proportions of
    their cells, and so equally wide in any figure."""
    ax.set_box_aspect(1)
    below.set_box_aspect(HEIGHT)
    ax.set_anchor("S")
    below.set_anchor("N")
    below.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    below.yaxis.set_major_formatter(EngFormatter(sep=""))
    ax._logitude_counts = below  # type: ignore[attr-defined]
    return below


def histogram(below: Axes, table: NDArray[Any], color: Any) -> None:
    """Bars the first time, outlines after that, so that all can be seen."""
    looks = {"color": color, "alpha": 0.5, "edgecolor": below.get_facecolor(), "linewidth": 0.6}
    if below.patches:
        looks = {"fill": False, "edgecolor": color, "linewidth": 1.0}
    widths = table["high"] - table["low"]
    below.bar(table["low"], table["rows"], widths, align="edge", **looks)
