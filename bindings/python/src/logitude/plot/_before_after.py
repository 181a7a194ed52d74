"""Reliability diagrams side by side, of one model before and after calibration."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from numpy.typing import ArrayLike

from .._status import error
from ..evaluation import Evaluation
from ..scores import BinaryEvaluation
from ._axes import QUIET, number
from ._counts import HEIGHT, counts_of, pair
from ._reliability import checked_probs, reliability_diagram

_NAMES = (("accuracy", "Accuracy"), ("nll", "NLL"), ("brier", "Brier"), ("ece", "ECE"))


def before_and_after(
    before: Any,
    after: Any,
    labels: ArrayLike | None = None,
    *,
    names: Sequence[str] = ("before", "after"),
    bins: int = 15,
    weights: ArrayLike | None = None,
    figure: Figure | SubFigure | None = None,
    kind: str = "points",
    counts: bool = True,
    confidence: float | None = 0.95,
    **style: Any,
) -> Figure | SubFigure:
    """A reliability diagram of `before` and one of `after`, or of each of a dict of several
    {name: probabilities}, on the same scales, with accuracy, NLL, Brier score and ECE
    above each. Returns the figure, which is `figure` or a new one of pyplot.

    `before` and `after` are probabilities of the same rows with `labels`, as
    `reliability_diagram` takes them, or `Evaluation` or `BinaryEvaluation` states without
    `labels`. `names` are those of `before` and, unless it is a dict, `after`.
    """
    panels = _panels(before, after, names)
    states = [_state_of(source, labels, bins, weights) for source in panels.values()]
    figure = _figure(len(panels), counts) if figure is None else figure
    axes = _grid(figure, len(panels), counts)
    options = {"kind": kind, "counts": counts, "confidence": confidence, **style}
    width = figure.bbox.width / figure.dpi / len(panels)
    for ax, name, state in zip(axes, panels, states):
        reliability_diagram(state, ax=ax, legend=False, **options)
        _title(ax, name, _numbers(state), min(8.0, 3.5 * width))
    _share(axes)
    return figure


def _panels(before: Any, after: Any, names: Sequence[str]) -> dict[str, Any]:
    if not isinstance(after, Mapping):
        if isinstance(names, str) or len(names) != 2:
            raise error("LGT_E_VALUE", f"names are two, of before and after, not {names!r}")
        after = {names[1]: after}
    if not after or names[0] in after:
        raise error("LGT_E_VALUE", f"after needs names other than {names[0]!r}: {list(after)}")
    return {names[0]: before, **after}


def _state_of(source: Any, labels: Any, bins: int, weights: Any) -> Any:
    """A state that knows bins and numbers, of arrays or as it came."""
    if isinstance(source, (Evaluation, BinaryEvaluation)):
        if labels is not None:
            raise error("LGT_E_VALUE", f"labels go with arrays, not a {type(source).__name__}")
        return source
    if labels is None:
        came = type(source).__name__
        raise error("LGT_E_VALUE", f"probabilities with labels, or Evaluations: {came} came alone")
    probs = checked_probs(source)
    state: Any
    if probs.ndim == 1:
        state = BinaryEvaluation(bins)
    else:
        state = Evaluation(bins, input="probabilities")
    return state.update(probs, labels, weights)


def _numbers(state: Any) -> dict[str, float]:
    """What both kinds of state know, under one name."""
    if isinstance(state, Evaluation):
        return state.compute()._asdict()
    report = state.report()
    right = report.true_positives + report.true_negatives
    accuracy = right / report.weight if report.weight and not report.nan_rows else np.nan
    return {**report._asdict(), "accuracy": accuracy, "nll": report.log_loss}


def _grid(figure: Figure | SubFigure, panels: int, counts: bool) -> list[Axes]:
    """The axes of the diagrams, those for counts in the same grid, so that all line up."""
    ratios = [1, HEIGHT] if counts else [1]
    rows = figure.subplots(
        len(ratios), panels, sharex="all", sharey="row", squeeze=False,
        gridspec_kw={"height_ratios": ratios},
    )  # fmt: skip
    for upper, lower in zip(rows[0], rows[-1] if counts else []):
        pair(upper, lower)
    return list(rows[0])


def _title(ax: Axes, name: str, numbers: Mapping[str, float], size: float) -> None:
    """The name, and below it two small lines of numbers."""
    told = [number(title, numbers[field]) for field, title in _NAMES]
    lines = "\n".join([", ".join(told[:2]), ", ".join(told[2:])])
    ax.set_title(name, loc="left", fontsize="medium", pad=2.6 * size + 6)
    ax.text(0, 1.02, lines, color=QUIET, fontsize=size, transform=ax.transAxes, va="bottom")


def _share(axes: Sequence[Axes]) -> None:
    """One scale of rows, and what all have in common written once."""
    below = [counts for ax in axes if (counts := counts_of(ax)) is not None]
    most = max((counts.dataLim.y1 for counts in below), default=0)
    for counts in below:
        counts.set_ylim(0, 1.05 * most if most > 0 else 1)
    for ax in [*axes[1:], *below[1:]]:
        ax.set_ylabel("")
        ax.tick_params(labelleft=False)


def _figure(panels: int, counts: bool) -> Figure:
    from matplotlib import pyplot

    size = (0.4 + 3.0 * panels, 4.4 if counts else 3.6)
    return pyplot.figure(figsize=size, layout="constrained")
