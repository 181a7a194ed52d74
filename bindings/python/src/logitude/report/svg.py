"""A plot as SVG text: axes, lines and bars, whose colours the page's style decides."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np


class Plot:
    """An area of a figure with two axes of its own; `add` parts, then `text`."""

    def __init__(
        self,
        box: tuple[float, float, float, float],  # left, top, width, height
        x: tuple[float, float] = (0.0, 1.0),
        y: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        self._box, self._x, self._y = box, x, y
        self._parts: list[str] = []

    def at(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Where a point of the data is on the figure."""
        left, top, width, height = self._box
        (x0, x1), (y0, y1) = self._x, self._y
        return left + (x - x0) / (x1 - x0) * width, top + (y1 - y) / (y1 - y0) * height

    def axes(
        self,
        x_ticks: Sequence[float],
        y_ticks: Sequence[float],
        x_label: str = "",
        y_label: str = "",
        x_names: Sequence[str] | None = None,
        y_names: Sequence[str] | None = None,
    ) -> Plot:
        """Grid, ticks and labels."""
        left, top, width, height = self._box
        for tick, name in zip(y_ticks, y_names or [f"{tick:g}" for tick in y_ticks]):
            _, y = self.at(0, tick)
            self._line("grid", left, y, left + width, y)
            self._text(left - 6, y + 3.5, name, "end")
        for tick, name in zip(x_ticks, x_names or [f"{tick:g}" for tick in x_ticks]):
            x, _ = self.at(tick, 0)
            self._line("grid", x, top, x, top + height)
            self._text(x, top + height + 14, name, "middle")
        self._line("axis", left, top + height, left + width, top + height)
        if x_label:
            self._text(left + width / 2, top + height + 31, x_label, "middle", "label")
        if y_label:
            x, y = left - 34, top + height / 2
            turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"'
            self._text(x, y, y_label, "middle", "label", turned)
        return self

    def line(self, kind: str, x: Any, y: Any, title: str = "") -> Plot:
        """Through points of the data."""
        across, down = self.at(np.asarray(x, float), np.asarray(y, float))
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, down))
        self._parts.append(f'<polyline class="{kind}" points="{points}">{_title(title)}</polyline>')
        return self

    def bar(
        self, kind: str, low: tuple[float, float], high: tuple[float, float], title: str = ""
    ) -> Plot:
        """A rectangle from one corner to another; one pixel is left between neighbours."""
        (x0, y1), (x1, y0) = self.at(*low), self.at(*high)
        y0, y1 = min(y0, y1), max(y0, y1)
        self._parts.append(
            f'<rect class="{kind}" x="{x0 + 0.5:.1f}" y="{y0:.1f}" '
            f'width="{max(x1 - x0 - 1, 0.5):.1f}" height="{y1 - y0:.1f}">{_title(title)}</rect>'
        )
        return self

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def _line(self, kind: str, x0: float, y0: float, x1: float, y1: float) -> None:
        ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
        self._parts.append(f'<line class="{kind}" {ends}/>')

    def _text(
        self, x: float, y: float, text: str, anchor: str, kind: str = "tick", more: str = ""
    ) -> None:
        self._parts.append(
            f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>'
            f"{escape(text)}</text>"
        )


def figure(width: int, height: int, plots: Sequence[Plot], title: str) -> str:
    """An `svg` element that grows with its column; `title` is for those who cannot see it."""
    inside = "".join(plot.text() for plot in plots)
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        f"{inside}</svg>"
    )


def _title(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""
