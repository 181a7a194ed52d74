"""From data to a report: which rows are fitted to, then one visit to all others."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._abi import TABLE
from .._runtime import build_info, cpu_level
from .calibrators import NAMES, Fitted
from .checking import check_labels, check_scores, check_weights
from .errors import InputError
from .evaluating import Plan, score_all, two_columns
from .metrics import numbers_of
from .page import Report
from .reading import CHUNK_BYTES, Data
from .split import fit_count, most_rows, spread_rows

Progress = Callable[[str, int, int], None]


def make_report(
    data: Data,
    *,
    fit_data: Data | None,
    calibrators: Sequence[str],
    input: str,
    fit_rows: float | None,
    seed: int,
    bins: int,
    all_rows: bool = False,
    title: str | None = None,
    class_names: Sequence[str] | None = None,
    threads: int | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    command: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """All that the page shows."""
    began = time.monotonic()
    _check_options(calibrators, input, bins, data, fit_data)
    wanted, split = _split(data, fit_data, calibrators, fit_rows, seed)
    fitted, notes = _fit(fit_data or data, wanted, calibrators, input, progress)
    skipped = wanted if fit_data is None else wanted[:0]
    if class_names is not None and len(class_names) != max(data.columns, 2):
        raise InputError(f"{len(class_names)} names for {max(data.columns, 2)} classes")
    plan = Plan.of(data, input, bins, all_rows)
    versions = score_all(
        data, plan, fitted, skipped, lambda done: progress("Scoring", done, data.rows),
        chunk_rows=data.chunk_rows(chunk_bytes),
        threads=threads or min(4, os.cpu_count() or 1),
    )  # fmt: skip
    if versions[0].states.report().rows == 0:
        raise InputError(f"{data.name}: no row that is scored has a weight above 0")
    numbers = [numbers_of(version, plan) for version in versions]
    files = [*data.files, *(fit_data.files if fit_data is not None else [])]
    made = [
        ("Files", ", ".join(files) or "none, but arrays in memory"),
        ("Input", f"{data.rows:,} rows, {data.columns:,} "
                  f"{'column' if data.columns == 1 else 'columns'} of {input}, {data.dtype.name}"),
        ("Split", split),
        ("Command", command or "logitude.report.report(...)"),
        ("Date", datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("Took", f"{time.monotonic() - began:.2f} s"),
        ("Versions", f"logitude {TABLE['version']}, numpy {np.__version__}, "
                     f"Python {platform.python_version()}"),
        ("Library", f"{build_info()} ({cpu_level()})"),
    ]  # fmt: skip
    title = title or (data.name if data.files else "Scores of a classifier")
    return Report(title, plan, versions, numbers, fitted, notes, made, class_names)


def _check_options(
    calibrators: Sequence[str], input: str, bins: int, data: Data, fit_data: Data | None
) -> None:
    if input not in ("logits", "probabilities"):
        raise InputError(f"input is 'logits' or 'probabilities', not {input!r}")
    for name in calibrators:
        if name not in NAMES:
            raise InputError(f"there is no calibrator {name!r}, only {', '.join(NAMES)}")
    if len(set(calibrators)) < len(calibrators):
        raise InputError("a calibrator is named twice")
    if len(calibrators) > 5:
        raise InputError("five calibrators at most have a place on the page")
    if not 1 <= bins <= 1000:
        raise InputError(f"bins = {bins} is outside 1 .. 1000")
    if fit_data is not None and max(fit_data.columns, 2) != max(data.columns, 2):
        raise InputError(
            f"{fit_data.name} has {fit_data.columns} classes and {data.name} has {data.columns}"
        )


def _split(
    data: Data, fit_data: Data | None, calibrators: Sequence[str], fit_rows: float | None, seed: int
) -> tuple[NDArray[np.int64], str]:
    """The rows to fit to, and what the page says of them."""
    if not calibrators:
        return np.zeros(0, np.int64), "nothing was fitted; all rows were scored"
    source = fit_data or data
    row_bytes = source.columns * max(source.dtype.itemsize, 4)
    if fit_data is None:
        many = fit_count(data.rows, row_bytes, fit_rows)
        if many == 0:
            raise InputError(f"{data.name} has too few rows to fit to some and score others")
        said = (
            f"calibrators were fitted to {many:,} of {data.rows:,} rows, which were not scored: "
            f"one of each of {many:,} equal parts of the file, chosen by a hash of the seed "
            f"{seed}; the other {data.rows - many:,} rows were scored"
        )
        return spread_rows(data.rows, many, seed), said
    many = min(source.rows, most_rows(row_bytes))
    if fit_rows is not None:
        many = min(source.rows, fit_count(source.rows + 1, row_bytes, fit_rows))
    said = f"calibrators were fitted to {many:,} of {source.rows:,} rows of {source.name}; all "
    return spread_rows(source.rows, many, seed), said + f"rows of {data.name} were scored"


def _fit(
    source: Data, wanted: NDArray[np.int64], calibrators: Sequence[str], input: str,
    progress: Progress,
) -> tuple[list[Fitted], list[str]]:  # fmt: skip
    if not calibrators:
        return [], []
    chunk = source.take(wanted, lambda done: progress("Reading to fit", done, source.rows))
    x = two_columns(chunk.scores, input)
    check_labels(chunk.labels, x.shape[1], wanted, source.name)
    check_weights(chunk.weights, wanted, source.name)
    check_scores(x, np.isfinite(x.max(axis=1)), wanted, input, source.name)
    notes = []
    if input == "logits" and _like_probabilities(chunk.scores):
        notes.append(
            "These logits look like probabilities: they are from 0 to 1 and sum to 1. If they "
            "are, make the report with --input probabilities."
        )
    fitted = []
    for number, name in enumerate(calibrators):
        progress(f"Fitting {name}", number, len(calibrators))
        try:
            fitted.append(Fitted(name, x, chunk.labels, chunk.weights, input))
        except (ValueError, MemoryError) as problem:
            why = "; some scores are -inf" if np.isneginf(x).any() else ""
            raise InputError(f"{name} cannot be fitted: {problem}{why}") from problem
    return fitted, notes


def _like_probabilities(x: NDArray[Any]) -> bool:
    if x.min() < 0 or x.max() > 1:
        return False
    return x.shape[1] > 1 and bool(np.allclose(x.sum(axis=1), 1, atol=1e-3))
