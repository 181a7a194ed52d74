"""Faults that the checks must find, each planted behind the library's calls."""

from __future__ import annotations

import ctypes
from typing import Any, Callable

from .case import FLOATS, Case

# What is done after a call, and may be answered instead: the case, the level, the addresses
# of its blocks, and the answer.
Plant = Callable[[Case, int, list[int], Any], Any]
AVX2 = 1


def output(case: Case, addresses: list[int]) -> tuple[int, int, int]:
    """Address, bytes and bytes of an element of the first array of floats written."""
    for number, (block, address) in enumerate(zip(case.blocks, addresses)):
        if number not in case.inputs and block.kind in FLOATS and len(block.data):
            return address, len(block.image), block.element
    return 0, 0, 1


def flip(address: int) -> None:
    byte = ctypes.c_uint8.from_address(address)
    byte.value ^= 1


def write_behind(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    address, size, _ = output(case, addresses)
    if size:
        flip(address + size)
    return answer


def write_before(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    address, size, _ = output(case, addresses)
    if size:
        flip(address - 1)
    return answer


def read_behind(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    ctypes.string_at(addresses[0] + len(case.blocks[0].image), 1)
    return answer


def change_input(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    if case.blocks[0].image and 0 in case.inputs:
        flip(addresses[0])
    return answer


def depend_on_alignment(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    address, size, _ = output(case, addresses)
    if size and address % 64 in (32, 36):
        flip(address)
    return answer


def write_a_gap(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    for argument, view in case.views():
        if argument["role"] == "out" and view.stride > view.cols and view.rows > 1:
            flip(addresses[view.block] + view.cols * case.blocks[view.block].element)
    return answer


def be_far_off(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    address, size, element = output(case, addresses)
    if size and level == AVX2:
        flip(address + element - 2)
    return answer


def answer_otherwise(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    return answer + 1 if level == AVX2 and isinstance(answer, int) else answer


def write_after_an_error(case: Case, level: int, addresses: list[int], answer: Any) -> Any:
    address, size, _ = output(case, addresses)
    if size and isinstance(answer, int) and answer < 0:
        flip(address)
    return answer


# The fault, and what a check says that finds it.
PLANTS: dict[Plant, str] = {
    write_behind: "fault",
    write_before: "fault",
    read_behind: "fault",
    change_input: "overwritten input",
    depend_on_alignment: "shifted by 36: other bits",
    write_a_gap: "a gap",
    be_far_off: ", avx2: as recorded: ",
    answer_otherwise: ", avx2: as recorded: answers",
    write_after_an_error: "is written",
}
