"""Which rows calibrators are fitted to: a few, spread over all, that are not scored."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

FIT_SHARE = 0.2
FIT_BYTES = 32 << 20
FIT_ROWS = 1 << 19


def fit_count(rows: int, row_bytes: int, wanted: float | None) -> int:
    """How many rows to fit to: a share of all if `wanted` is below 1, else a number; a
    fifth, but at most `most_rows`, if nothing is said."""
    if wanted is None:
        return max(1, min(int(rows * FIT_SHARE), most_rows(row_bytes))) if rows > 1 else 0
    many = int(rows * wanted) if wanted < 1 else int(wanted)
    if not 0 < many < rows:
        raise InputError(
            f"{many} of {rows} rows cannot be fitted to: some are needed, and some to score"
        )
    return many


def most_rows(row_bytes: int) -> int:
    """How many rows are fitted to at most, if nothing is said."""
    return max(1, min(FIT_BYTES // row_bytes, FIT_ROWS))


def spread_rows(rows: int, many: int, seed: int) -> NDArray[np.int64]:
    """`many` of `rows` row numbers in ascending order: all are divided into `many` parts
    of equal length, to a row, and of each part one row is taken, by a hash of seed and part."""
    parts = np.arange(many + 1, dtype=np.int64)
    # rows * parts may exceed 64 bits
    edges = parts * (rows // many) + parts * (rows % many) // many
    offset = _hash(parts[:-1], seed) % (edges[1:] - edges[:-1]).astype(np.uint64)
    return edges[:-1] + offset.astype(np.int64)


def _hash(numbers: NDArray[np.int64], seed: int) -> NDArray[np.uint64]:
    """SplitMix64 of each number: G. Steele, D. Lea, C. Flood, "Fast Splittable
    Pseudorandom Number Generators", OOPSLA 2014."""
    with np.errstate(over="ignore"):
        start = np.uint64(seed % 2**64) * np.uint64(0xD1342543DE82EF95)
        z = start + (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
