"""Bins of a reliability diagram as arrays of records."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._abi import STRUCTS
from ._status import wrong

BIN = np.dtype(STRUCTS["lgt_reliability_bin"])


def has_bins(given: np.ndarray) -> bool:
    """Whether these are records with all that a bin has, among other things perhaps."""
    return given.ndim == 1 and set(BIN.names or ()) <= set(given.dtype.names or ())


def bins_of(given: Any) -> np.ndarray:
    """The bins as the library has them: numpy itself would match fields by their order."""
    records = np.asarray(given)
    if not has_bins(records):
        fields = ", ".join(BIN.names or ())
        raise wrong(given, f"must be records with the fields {fields}, as bins() gives", "bins")
    made = np.empty(records.shape, BIN)
    for name in BIN.names or ():
        made[name] = records[name]
    return made
