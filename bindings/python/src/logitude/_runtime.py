"""Which library runs, and with which instructions."""

from __future__ import annotations

from ._abi import CONSTANTS, function
from ._docs import documented
from ._status import check, error

__all__ = ["build_info", "cpu_level", "set_cpu_level"]


@documented("cpu", "level")
def cpu_level() -> str:
    """cpu_level(): name of the instructions in use."""
    return function("cpu", "level_name")(function("cpu", "level")()).decode()


@documented("cpu", "set_level")
def set_cpu_level(name: str) -> None:
    """set_cpu_level(name): "portable", "avx2", "avx512", "neon", or "reproducible" for the
    one of them that gives the same bits on x86-64 and 64-bit Arm. NotImplementedError if
    this machine lacks it."""
    constant = f"LGT_LEVEL_{name.upper()}"
    if constant not in CONSTANTS:
        raise error("LGT_E_OPTION", f"there is no level {name!r}")
    check(function("cpu", "set_level")(CONSTANTS[constant]))


@documented("version", "build_info")
def build_info() -> str:
    """build_info(): one line about the library."""
    return function("version", "build_info")().decode()
