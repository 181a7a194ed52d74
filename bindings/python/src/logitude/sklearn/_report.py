"""The table of precision, recall and F1 of each class."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._classes import accuracy_score
from ._scores_of_classes import precision_recall_fscore_support
from ._targets import both, present, weighted

__all__ = ["classification_report"]

_HEADS = ("precision", "recall", "f1-score", "support")


@weighted
def classification_report(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    target_names: Any = None,
    sample_weight: Any = None,
    digits: int = 2,
    output_dict: bool = False,
    zero_division: Any = "warn",
) -> Any:
    """Precision, recall, F1 and support of each class and on average, as a table or, with
    `output_dict`, by name."""
    multilabel, truth, given = both(y_true, y_pred)
    known = np.arange(truth.shape[1]) if multilabel else present(truth, given)
    chosen = known if labels is None else np.asarray(labels)
    names = [str(name) for name in (chosen if target_names is None else target_names)]
    if len(names) != len(chosen):
        raise ValueError(f"target_names has {len(names)} names for {len(chosen)} classes")
    options = {"labels": chosen, "sample_weight": sample_weight, "zero_division": zero_division}
    each = precision_recall_fscore_support(truth, given, **options)
    averages = _averages(multilabel, set(chosen.tolist()) >= set(known.tolist()))
    rows = dict(zip(names, zip(*(column.tolist() for column in each))))
    total = each[3].sum().item()
    for average in averages:
        if average == "accuracy":
            share = accuracy_score(truth, given, sample_weight=sample_weight)
            rows[average] = share, share, share, total
        else:
            made = precision_recall_fscore_support(truth, given, average=average, **options)
            rows[f"{average} avg"] = *made[:3], total
    return _named(rows) if output_dict else _table(rows, digits)


def _averages(multilabel: bool, all_of_them: bool) -> tuple[str, ...]:
    """Where one class a row is counted whole, the micro average is the accuracy."""
    if multilabel:
        return "micro", "macro", "weighted", "samples"
    return "accuracy" if all_of_them else "micro", "macro", "weighted"


def _named(rows: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: dict(zip(_HEADS, map(float, row))) for name, row in rows.items()
    }
    if "accuracy" in rows:
        made["accuracy"] = rows["accuracy"][0]
    return made


def _table(rows: dict[str, Any], digits: int) -> str:
    width = max(*map(len, rows), len("weighted avg"), digits)
    lines = [" " * width + " " + "".join(f" {head:>9}" for head in _HEADS), ""]
    first_average = len(rows) - (4 if "samples avg" in rows else 3)
    for place, (name, row) in enumerate(rows.items()):
        if place == first_average:
            lines.append("")
        cells = [f" {value:>9.{digits}f}" for value in row[:3]]
        if name == "accuracy":
            cells[:2] = [" " * 10] * 2
        lines.append(f"{name:>{width}} " + "".join(cells) + f" {row[3]:>9}")
    return "\n".join(lines) + "\n"
