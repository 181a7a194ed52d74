"""Calls with as little around them as Python allows, for short rows in a loop: a softmax
of 1,000 numbers takes a fraction of a microsecond, which is what looking at an argument
costs."""

from __future__ import annotations

import ctypes
import functools
from typing import Any, Callable, TypeVar

import numpy as np

from ._abi import LIBRARY, function
from ._address import WORDS
from ._arrays import suffix
from ._border import bordered
from ._status import check

F = TypeVar("F", bound=Callable[..., Any])

def _declared(name: str, arguments: int) -> Callable[..., int]:
    """The function with addresses as numbers: by cffi where it is installed, which is
    faster; both let go of the interpreter's lock."""
    try:
        import cffi
    except ImportError:
        made = ctypes.CDLL(LIBRARY._name)[name]
        made.argtypes = [ctypes.c_size_t] * arguments
        made.restype = ctypes.c_int
        return made
    ffi = cffi.FFI()
    ffi.cdef(f"int {name}({', '.join(['uintptr_t'] * arguments)});")
    return getattr(ffi.dlopen(LIBRARY._name), name)


def quickly(family: str) -> Callable[[F], F]:
    """Puts the short way before a function of rows: taken if there is nothing to it but rows
    along the last axis of a plain array, and perhaps a place for the result."""
    known: dict[Any, Callable[..., int]] = {}

    def learn(dtype: np.dtype) -> Any:
        kind = suffix(dtype)
        if kind is not None and WORDS is not None:
            arguments = len(function(family, "", kind).argtypes)
            known[dtype] = _declared(f"lgt_{family}_{kind}", arguments)
        return known.get(dtype)

    def decorate(full: F) -> F:
        whole, array, words = bordered(full), np.ndarray, WORDS

        # One long function: a call of another would cost as much as the row.
        @functools.wraps(full)
        def quick(x: Any, axis: int = -1, *, out: Any = None, **options: Any) -> Any:
            if options or axis != -1 or type(x) is not array or not x.flags.carray:
                return whole(x, axis, out=out, **options)
            shape, dtype = x.shape, x.dtype
            call = known.get(dtype) or learn(dtype)
            if call is None or not shape:
                return whole(x, out=out)
            if out is None:
                result = np.empty(shape, dtype)
            elif (
                type(out) is array
                and out.dtype is dtype
                and out.shape == shape
                and out.flags.carray
            ):
                result = out
            else:
                return whole(x, out=out)
            cols = shape[-1]
            rows = 1 if len(shape) == 1 else x.size // cols if cols else 0
            status = call(words[id(x) >> 3], cols, words[id(result) >> 3], cols, 0, rows, cols, 0)
            if status:
                check(status)
            return result

        quick.is_bordered = True  # type: ignore[attr-defined]
        return quick  # type: ignore[return-value]

    return decorate
