"""Numbers and bytes as JSON and every language can hold them."""

from __future__ import annotations

import struct
from typing import Any

_EXACT = 2**53  # whole numbers below stay what they are where numbers are doubles


def number(given: Any, c: str) -> Any:
    """A number of this C type; text and None as they are."""
    if isinstance(given, int):
        return given if abs(given) < _EXACT else str(given)
    if not isinstance(given, float):
        return given
    if given != given:
        return "NaN"
    if abs(given) == float("inf"):
        return "Infinity" if given > 0 else "-Infinity"
    return _shortest(given) if c == "float" else given


def _shortest(given: float) -> float:
    """The number of least digits that is this one in single precision."""
    tries = (float(f"{given:.{digits}g}") for digits in range(1, 10))
    return next(x for x in tries if struct.unpack("f", struct.pack("f", x))[0] == given)


def packed(data: bytes) -> list[Any]:
    """Words that are not zero as hexadecimal digits, and how many bytes of zeros between."""
    found: list[Any] = []
    for at in range(0, len(data), 8):
        word = data[at : at + 8]
        new: Any = word.hex() if any(word) else len(word)
        if found and isinstance(found[-1], type(new)):
            found[-1] += new
        else:
            found.append(new)
    return found
