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
            Memory(scores, "the scores"), _column(labels, "the labels"),
            None if weights is None else _column(weights, "the weights"),
        )  # fmt: skip
    path = Path(scores)
    if path.suffix == ".npy":
        if labels is None:
            raise InputError(f"{path.name} has no labels with it: name their .npy file as well")
        return Columns(
            npy_file(path), _column(labels, "the labels"),
            None if weights is None else _column(weights, "the weights"),
        )  # fmt: skip
    if labels is not None or weights is not None:
        raise InputError(f"{path.name} holds labels and weights itself, as arrays or columns")
    if path.suffix == ".npz":
        return npz_file(path, (scores_key, label or "labels", weight))
    if path.suffix not in _TABLES:
        known = ", ".join([".npy", ".npz", *_TABLES])
        raise InputError(f"{path.name} is of no known kind: {known}")
    return _TABLES[path.suffix](path, label or "label", weight)


def _column(given: Any, name: str) -> Column:
    if not isinstance(given, (str, os.PathLike)):
        return Memory(given, name)
    path = Path(given)
    if path.suffix != ".npy":
        raise InputError(f"{path.name} is no .npy file")
    file: Npy = npy_file(path)
    return file
