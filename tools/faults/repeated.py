"""Arrays of more elements than 32 bits count, in a few MB of memory: one piece of it mapped
again and again, its numbers all the same, but for the last, which have a page of their own."""

from __future__ import annotations

import ctypes
import os
import struct
from typing import Any

from isolated import guard

PIECE = 4 << 20
READ, READ_WRITE, SHARED, PRIVATE, FIXED, RESERVED = 1, 3, 1, 2, 0x10, 0x4022


class Repeated:
    """`n` numbers that are `value`, the last of them `last`; a page that may not be touched
    follows."""

    def __init__(self, kind: Any, n: int, value: float, last: list[float]) -> None:
        size = ctypes.sizeof(kind)
        pieces = -(-n * size // PIECE)
        self._all = (pieces + 1) * PIECE
        self._start = guard.libc.mmap(None, self._all, 0, RESERVED, -1, 0)
        file = os.memfd_create("numbers")
        os.write(file, bytes(kind(value)) * (PIECE // size))
        for i in range(pieces):
            at, is_last = self._start + i * PIECE, i == pieces - 1
            how = (READ_WRITE, PRIVATE) if is_last else (READ, SHARED)
            if guard.libc.mmap(at, PIECE, how[0], how[1] | FIXED, file, 0) != at:
                raise MemoryError("no room for the mapping")
        os.close(file)
        end = self._start + pieces * PIECE
        self.address = end - n * size
        (kind * len(last)).from_address(end - len(last) * size)[:] = last

    def free(self) -> None:
        guard.libc.munmap(ctypes.c_void_p(self._start), ctypes.c_size_t(self._all))


def f16(x: float) -> int:
    """Its bits."""
    return int.from_bytes(struct.pack("<e", x), "little")


def bf16(x: float) -> int:
    """The bits of a number that is one."""
    return int.from_bytes(struct.pack("<f", x), "little") >> 16
