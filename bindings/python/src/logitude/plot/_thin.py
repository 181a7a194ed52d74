"""Curves of millions of points, as few as a picture can show.

The x axis is cut into columns, and of the points in a row that fall into one column the
first, the last, the lowest and the highest stay: the line through them is nowhere further
from the whole line than a column is wide (U. Jugel et al., "M4: A Visualization-Oriented
Time Series Data Aggregation", 2014). Points that stay are as they were.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLUMNS = 2000  # more than the pixels of an axis

Floats = NDArray[np.float64]


def thinned(x: Floats, y: Floats, edges: Floats | None = None) -> tuple[Floats, Floats]:
    """Points of a curve whose x only rises or only falls. `edges` are where columns meet,
    if not evenly from 0 to 1."""
    if edges is None:
        edges = np.linspace(0, 1, COLUMNS + 1)
    if len(x) <= 4 * len(edges):
        return x, y
    kept = _kept(np.searchsorted(edges, x), y)
    return x[kept], y[kept]


def _kept(columns: NDArray[np.intp], y: Floats) -> NDArray[np.bool_]:
    """The first, last, lowest and highest of each run of equal columns."""
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    sizes = np.diff(starts, append=len(y))
    kept = np.zeros(len(y), np.bool_)
    kept[starts] = kept[starts + sizes - 1] = True
    run = np.repeat(np.arange(len(starts)), sizes)
    for extreme in (np.minimum, np.maximum):
        at = np.flatnonzero(y == extreme.reduceat(y, starts)[run])
        kept[at[np.diff(run[at], prepend=-1) > 0]] = True  # one of each run
    return kept
