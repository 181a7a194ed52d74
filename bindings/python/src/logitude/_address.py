"""Where the numbers of an array lie."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import numpy as np

_WORD = 8


def _asked(array: np.ndarray) -> int:
    """The address as numpy tells it, which takes longer than the softmax of 1,000 numbers."""
    return int(array.__array_interface__["data"][0])


def _memory() -> Any:
    """All memory as an array of words, at `id(array) >> 3` the address of its numbers: it
    is the first field behind the head that every object has (PyArrayObject, numpy's C ABI).
    None for an interpreter whose objects are otherwise."""
    head = object.__basicsize__
    if sys.implementation.name != "cpython" or ctypes.sizeof(ctypes.c_void_p) != _WORD:
        return None
    # Only words of living objects are ever looked at.
    words = (ctypes.c_uint64 * (sys.maxsize // _WORD)).from_address(head)
    samples = [np.zeros(3), np.zeros((4, 4), np.float32)[1:, 2:], np.frombuffer(b"12", np.uint8)]
    return words if all(words[id(x) >> 3] == _asked(x) for x in samples) else None


WORDS = _memory()


def _read(array: np.ndarray) -> int:
    return WORDS[id(array) >> 3]  # type: ignore[no-any-return]


address = _asked if WORDS is None else _read
