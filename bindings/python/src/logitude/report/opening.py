"""Which reader is the one for some input."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .errors import InputError
from .npy import Npy
from .reading import Column, Columns, Data, Memory, npy_file, npz_file
from .tables import CSV, Parquet

_TABLES = {".csv": CSV, ".tsv": CSV, ".parquet": Parquet, ".pq": Parquet}


def open_data(
    scores: Any,
    labels: Any = None,
    weights: Any = None,
    *,
    scores_key: str = "logits",
    label: str | None = None,
    weight: str | None = None,
) -> Data:
    """Data of arrays, of `.npy` files, or of one file that holds all: `.npz`, of whose
    arrays, or a table, of whose columns `label` and `weight` are the names."""
    if not isinstance(scores, (str, os.PathLike)):
        if labels is None:
            raise InputError("labels are missing")
        return Columns(
            Memory(scores, "scores"), _column(labels, "labels"),
            None if weights is None else _column(weights, "weights"),
        )  # fmt: skip
    path = Path(scores)
    kind = path.suffix.lower()
    if kind == ".npy":
        if labels is None:
            raise InputError(f"{path.name} has no labels with it: name their .npy file as well")
        return Columns(
            npy_file(path), _column(labels, "labels"),
            None if weights is None else _column(weights, "weights"),
        )  # fmt: skip
    if labels is not None or weights is not None:
        raise InputError(f"{path.name} holds labels and weights itself, as arrays or columns")
    if kind == ".npz":
        return npz_file(path, (scores_key, label or "labels", weight))
    if kind not in _TABLES:
        known = ", ".join([".npy", ".npz", *_TABLES])
        raise InputError(f"{path.name} is of no known kind: {known}")
    return _TABLES[kind](path, label or "label", weight)


def _column(given: Any, what: str) -> Column:
    if not isinstance(given, (str, os.PathLike)):
        return Memory(given, what)
    path = Path(given)
    if path.suffix.lower() != ".npy":
        raise InputError(f"{path.name} is no .npy file")
    file: Npy = npy_file(path)
    return file
