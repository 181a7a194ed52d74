"""Memory between pages that may not be touched, and the calls that are made in it.

A block of a call stands right before such a page, right behind one, or so many bytes past
a multiple of 64. The bytes around it are canaries."""

from __future__ import annotations

import ctypes
import os
import struct
from dataclasses import dataclass
from typing import Any, Callable

import replay

from .case import Case, Library

PAGE = os.sysconf("SC_PAGE_SIZE")
ROOM = 1 << 24
NO_ACCESS, READ_WRITE, PRIVATE_ANONYMOUS = 0, 3, 0x22
CANARY = 0xA5
CANARIES = bytes([CANARY]) * PAGE

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]

# Where a block stands in its room, from its size and what its address is a multiple of.
Place = Callable[[int, int], int]


def at_front(size: int, unit: int) -> int:
    return 0


def at_end(size: int, unit: int) -> int:
    return (ROOM - size) // unit * unit


def shifted(shift: int) -> Place:
    return lambda size, unit: PAGE + shift // unit * unit


class Overwritten(Exception):
    """Bytes beside a block, or of an input, are not what they were."""


@dataclass
class Result:
    answers: list[Any]
    blocks: list[bytes]


class Arena:
    """A room for each block of a call."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rooms: list[int] = []
        self.plant: Any = None  # planted.py
        self.calls = 0

    def room(self, number: int) -> int:
        while len(self.rooms) <= number:
            front = libc.mmap(None, ROOM + 2 * PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)
            for guard in (front, front + PAGE + ROOM):
                libc.mprotect(guard, PAGE, NO_ACCESS)
            self.rooms.append(front + PAGE)
        return self.rooms[number]

    def run(self, case: Case, level: int, place: Place) -> Result:
        """What the call answers, and its memory afterwards."""
        sizes = [len(block.image) for block in case.blocks]
        offsets = [place(len(b.image), b.unit) for b in case.blocks]
        addresses = [self.room(i) + offset for i, offset in enumerate(offsets)]
        gaps = list(self._gaps(sizes, offsets, addresses))
        for _, start, length in gaps:
            ctypes.memset(start, CANARY, length)
        for block, address in zip(case.blocks, addresses):
            ctypes.memmove(address, block.image, len(block.image))
            for at, target, element in block.pointers:
                pointed = addresses[target] + element * case.blocks[target].element
                ctypes.memmove(address + at, struct.pack("Q", pointed), 8)
        answers = self._call(case, level, addresses)
        for number, start, length in gaps:
            if ctypes.string_at(start, length) != CANARIES[:length]:
                raise Overwritten(f"beside block {number}")
        return Result(answers, list(self._read(case, addresses)))

    def _gaps(self, sizes: list[int], offsets: list[int], addresses: list[int]) -> Any:
        """Up to a page on both sides, as far as the room goes."""
        for number, (size, offset, address) in enumerate(zip(sizes, offsets, addresses)):
            before, after = min(offset, PAGE), min(ROOM - offset - size, PAGE)
            yield number, address - before, before
            yield number, address + size, after

    def _call(self, case: Case, level: int, addresses: list[int]) -> list[Any]:
        self.library.functions["lgt_cpu_set_level"](level)
        answers = []
        for name, args in case.steps:
            given = [
                addresses[x[0]] + x[1] * case.blocks[x[0]].element
                if isinstance(x, list)
                else replay.value(x, [])
                for x in args
            ]
            answers.append(self.library.functions[name](*given))
            if self.plant:
                answers[-1] = self.plant(case, level, addresses, answers[-1])
            self.calls += 1
        return answers

    def _read(self, case: Case, addresses: list[int]) -> Any:
        """Addresses read as zeros, since they are those of the room."""
        for number, (block, address) in enumerate(zip(case.blocks, addresses)):
            after = bytearray(ctypes.string_at(address, len(block.image)))
            for at, _, _ in block.pointers:
                after[at : at + 8] = bytes(8)
            if number in case.inputs and after != block.image:
                raise Overwritten(f"input of block {number}")
            yield bytes(after)
