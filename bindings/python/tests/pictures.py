"""What tests of pictures share: data, axes, and what was drawn on them."""

import warnings

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.collections import LineCollection  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

import logitude as lg  # noqa: E402


@pytest.fixture(autouse=True)
def quiet():
    """No warning of numpy or matplotlib is let through, nor a setting or a figure left."""
    before = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", lg.LogitudeWarning)
        yield
    assert dict(matplotlib.rcParams) == before
    pyplot.close("all")


@pytest.fixture
def ax():
    return Figure(layout="constrained").subplots()


@pytest.fixture
def binary(rng):
    probs = rng.uniform(size=2000) ** 2
    return probs, (rng.uniform(size=2000) < probs**1.4).astype(int)


@pytest.fixture
def scores(rng):
    labels = (rng.uniform(size=900) < 0.3).astype(int)
    return np.round(rng.normal(size=900) + 1.3 * labels, 2), labels


def series(ax):
    return [line for line in ax.lines if not line.get_label().startswith("_")]


def points(ax):
    return np.array(series(ax)[0].get_data())


def reference(ax):
    (line,) = (line for line in ax.lines if line.get_label().startswith("_"))
    return np.array(line.get_data())


def whiskers(ax):
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    return np.array(lines.get_segments())


def counts_below(ax):
    (below,) = (other for other in ax.figure.axes if other is not ax)
    return below


def texts(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def drawn(ax):
    """All numbers of a diagram."""
    bars = [(bar.get_x(), bar.get_width(), bar.get_height()) for bar in counts_below(ax).patches]
    return [points(ax), whiskers(ax), np.array(bars)], texts(ax)


def in_full(ax):
    """Draws it in full."""
    figure = ax if isinstance(ax, Figure) else ax.figure
    figure.draw_without_rendering()
    return ax
