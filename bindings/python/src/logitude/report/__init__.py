"""A page about a classifier: its scores before and after calibration, as tables and
figures, from arrays or from files of any size.

The same from a shell is `python -m logitude report logits.npy labels.npy -o report.html`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .calibrators import NAMES as CALIBRATORS
from .errors import InputError
from .making import make_report
from .opening import open_data
from .page import page

__all__ = ["CALIBRATORS", "InputError", "report"]


def report(
    scores: Any,
    labels: Any = None,
    weights: Any = None,
    *,
    fit: tuple[Any, ...] | None = None,
    calibrators: Sequence[str] = ("temperature",),
    input: str = "logits",
    fit_rows: float | None = None,
    seed: int = 0,
    bins: int = 15,
    all_rows: bool = False,
    title: str | None = None,
    class_names: Sequence[str] | None = None,
    label: str | None = None,
    weight: str | None = None,
    scores_key: str = "logits",
    threads: int | None = None,
) -> str:
    """The page as HTML. `scores`, `labels` and `weights` are arrays or paths of `.npy`
    files; or `scores` is the path of a `.npz`, `.csv` or `.parquet` file that holds all of
    them, under the names `scores_key` (of `.npz`), `label` and `weight`.

    `calibrators` are some of `CALIBRATORS`. They are fitted to `fit_rows` rows (below 1, a
    share; a fifth, up to 32 MiB and 524,288 rows, if not given), spread over the data, which
    are not scored; or to the rows of `fit`, scores and labels or the path of one file, and
    all are scored.
    With `all_rows`, what would be computed of a part of very many rows is computed of all.
    """
    names: dict[str, Any] = {"scores_key": scores_key, "label": label, "weight": weight}
    data = open_data(scores, labels, weights, **names)
    fit_data = None if fit is None else open_data(*fit, **names)
    made = make_report(
        data, fit_data=fit_data, calibrators=calibrators, input=input, fit_rows=fit_rows,
        seed=seed, bins=bins, all_rows=all_rows, title=title,
        class_names=class_names, threads=threads,
    )  # fmt: skip
    return page(made)
