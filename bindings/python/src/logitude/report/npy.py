"""The `.npy` format, read row by row: plain reads, so that nothing is held but what is
being looked at."""

from __future__ import annotations

import ast
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

_MAGIC = b"\x93NUMPY"

# Rows of fewer bytes than this are sooner read all than picked one by one.
_WORTH_PICKING = 2048
_CAN_PICK = hasattr(os, "preadv") and hasattr(os, "posix_fadvise")


class Npy:
    """An array in a file: its shape and type are known, its rows are read when wanted.

    `opened` gives a binary file that stands at the first byte of the array's header.
    """

    def __init__(self, opened: Callable[[], BinaryIO], name: str) -> None:
        self._opened, self.name = opened, name
        with opened() as file:
            self.dtype, self.shape = _header(file, name)
        self.rows = self.shape[0]

    @contextmanager
    def reader(self) -> Iterator[Callable[[int], NDArray[Any]]]:
        """A function that reads the next so many rows."""
        with self._opened() as file:
            _header(file, self.name)
            yield lambda rows: self._read(file, rows)

    def take(self, wanted: NDArray[np.int64]) -> NDArray[Any] | None:
        """These rows, in ascending order; None if reading all is the better way."""
        row_bytes = self.dtype.itemsize * int(np.prod(self.shape[1:], dtype=np.int64))
        if row_bytes < _WORTH_PICKING or len(wanted) * 4 > self.rows:
            return None
        with self._opened() as file:
            _header(file, self.name)
            if not _CAN_PICK or not _is_plain(file):
                return None
            found = np.empty((len(wanted), *self.shape[1:]), self.dtype)
            number, places = file.fileno(), file.tell() + wanted * row_bytes
            for place in places:  # all are asked for before the first is waited for
                os.posix_fadvise(number, int(place), row_bytes, os.POSIX_FADV_WILLNEED)
            for row, place in zip(found, places):
                if os.preadv(number, [_bytes_of(row)], int(place)) != row_bytes:
                    raise self._too_short()
        return found

    def _read(self, file: BinaryIO, rows: int) -> NDArray[Any]:
        chunk = np.empty((rows, *self.shape[1:]), self.dtype)
        left = _bytes_of(chunk)
        while len(left):
            with _damage(self.name):
                got = file.readinto(left)  # type: ignore[attr-defined]
            if not got:
                raise self._too_short()
            left = left[got:]
        return chunk

    def _too_short(self) -> InputError:
        return InputError(f"{self.name} ends before its {self.rows} rows do: it is truncated")


def _bytes_of(array: NDArray[Any]) -> memoryview:
    return memoryview(array.reshape(-1).view(np.uint8))  # type: ignore[arg-type]


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Names the array that cannot be unpacked."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError) as problem:
        raise InputError(f"{name} is damaged: {problem}") from problem


def _is_plain(file: BinaryIO) -> bool:
    """Whether the file is one of the system's, and not a stream that is unpacked."""
    try:
        return isinstance(file.fileno(), int)
    except (AttributeError, OSError):
        return False


def _header(file: BinaryIO, name: str) -> tuple[np.dtype[Any], tuple[int, ...]]:
    """Type and shape; the file stands at the first number then."""
    with _damage(name):
        start = file.read(8)
        if start[:6] != _MAGIC or len(start) < 8:
            raise InputError(f"{name} is not a .npy file")
        width = 2 if start[6] == 1 else 4
        text = file.read(int.from_bytes(file.read(width), "little"))
    try:
        entry = ast.literal_eval(text.decode("latin1"))
        dtype, shape = np.dtype(entry["descr"]), entry["shape"]
        fortran = entry["fortran_order"]
        if not all(isinstance(size, int) and size >= 0 for size in shape):
            raise ValueError(shape)
    except (ValueError, SyntaxError, KeyError, TypeError, MemoryError, RecursionError) as problem:
        raise InputError(f"{name} has a header that makes no sense") from problem
    if dtype.hasobject:
        raise InputError(f"{name} holds Python objects, not numbers")
    if not shape:
        raise InputError(f"{name} holds a single number, not rows")
    if fortran and sum(size > 1 for size in shape) > 1:
        raise InputError(
            f"{name} is stored column by column (Fortran order), which has no rows to read; "
            "save np.ascontiguousarray of it"
        )
    return dtype, shape
