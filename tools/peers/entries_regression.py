"""Errors of predictions of numbers, of torchmetrics."""

from __future__ import annotations

from .entry import Entry

ON = "columns, levels"


def _entry(field: str, peer: str) -> Entry:
    return Entry(f"lg.{field}(x, z)", f"reg.{peer}(z, x)", ON)


FAMILIES = {
    "Errors of numbers": [
        _entry("mean_squared_error", "mean_squared_error"),
        _entry("mean_absolute_error", "mean_absolute_error"),
        _entry("explained_variance_score", "explained_variance"),
        Entry(
            "lg.mean_absolute_percentage_error(x, z)",
            "reg.mean_absolute_percentage_error(z, x)",
            "columns",
        ),
        Entry(
            "lgsk.mean_squared_log_error(np.abs(x), np.abs(z))",
            "reg.mean_squared_log_error(z.abs(), x.abs())",
            ON,
        ),
    ],
}
