"""What every mergeable state of the library shares: plain bytes, and what is done
with them whatever they are."""

from __future__ import annotations

import ctypes
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._status import check, error

Self = TypeVar("Self", bound="State")


class State:
    """Plain bytes that see data, and merge. Pickles as its bytes."""

    _family: str  # as in lgt_<family>_update
    _parameter: str = ""  # the argument of `init`, if it has one

    _state: NDArray[np.uint64]  # 8-byte aligned, as the library wants it

    def __init__(self, *parameters: int) -> None:
        size = ctypes.c_size_t()
        check(function(self._family, "size")(*parameters, ctypes.byref(size)))
        self._state = np.zeros(size.value // 8, np.uint64)
        check(function(self._family, "init")(self._address, size.value, *parameters))

    def merge(self: Self, other: State) -> Self:
        """Adds what `other`, of the same kind and parameters, has seen. Returns itself."""
        theirs = other._state
        check(
            function("state", "merge")(
                self._address, self._state.nbytes, address(theirs), theirs.nbytes
            )
        )
        return self

    def reset(self: Self) -> Self:
        """Forgets all that was seen; parameters stay. Returns itself."""
        check(function("state", "reset")(self._address, self._state.nbytes))
        return self

    def to_bytes(self) -> bytes:
        """The state as bytes, to be stored or sent."""
        return self._state.tobytes()

    @classmethod
    def from_bytes(cls: type[Self], data: bytes) -> Self:
        """The state of these bytes; LogitudeError if they are another kind of thing."""
        made = cls.__new__(cls)
        made.__setstate__(data)
        return made

    __getstate__ = to_bytes

    def __setstate__(self, data: bytes) -> None:
        state = np.zeros(-(-len(data) // 8), np.uint64)
        state.view(np.uint8)[: len(data)] = np.frombuffer(data, np.uint8)
        at, size, kind = address(state), ctypes.c_size_t(), ctypes.c_uint32()
        check(function("state", "check")(at, len(data)))
        check(function("state", "kind")(at, len(data), ctypes.byref(kind)))
        check(function("state", "size")(at, len(data), ctypes.byref(size)))
        if kind.value != CONSTANTS[f"LGT_STATE_{self._family.upper()}"]:
            raise error("LGT_E_MISMATCH", f"the bytes are not those of {type(self).__name__}")
        if size.value != len(data):
            raise error("LGT_E_SIZE", f"a state of {size.value} bytes, {len(data)} were given")
        self._state = state

    def __iadd__(self: Self, other: State) -> Self:
        return self.merge(other) if isinstance(other, State) else NotImplemented

    def __add__(self: Self, other: State) -> Self:
        both = type(self).from_bytes(self.to_bytes())
        return both.merge(other) if isinstance(other, State) else NotImplemented

    def __repr__(self) -> str:
        shown = f"{self._parameter}={self._param}" if self._parameter else ""
        return f"{type(self).__name__}({shown})"

    @property
    def _address(self) -> int:
        return address(self._state)

    @property
    def _param(self) -> int:
        """The parameter, which the state itself remembers."""
        return STRUCTS["lgt_state_head"].from_buffer(self._state).param
