"""Arrays as the library sees them: rows of contiguous numbers, one stride apart.
What already has that form is not copied."""

from __future__ import annotations

import math
import operator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ._address import address
from ._status import error, wrong

# By name, because bfloat16 is a type that `ml_dtypes` brings to numpy.
_SUFFIXES = {"float32": "f32", "float64": "f64", "float16": "f16", "bfloat16": "bf16"}


# bfloat16 where there is no `ml_dtypes`: numbers that numpy can carry but not read.
_BARE_BFLOAT16 = np.dtype([("bfloat16", np.uint16)])


@cache
def bfloat16() -> np.dtype:
    """The type of arrays of bfloat16."""
    try:
        from ml_dtypes import bfloat16 as found
    except ImportError:
        return _BARE_BFLOAT16
    return np.dtype(found)


@cache
def suffix(dtype: np.dtype) -> str | None:
    """How functions for numbers of `dtype` end, None if there are none. Cached,
    because numpy takes longer to name a type than the library to do a short row."""
    if dtype == _BARE_BFLOAT16:
        return "bf16"
    return _SUFFIXES.get(dtype.name) if dtype.isnative else None


def floating(given: Any, name: str = "x") -> np.ndarray:
    """An array of a type that the library knows; integers become float64."""
    x = given if type(given) is np.ndarray else _array(given, name)
    if suffix(x.dtype):
        return x
    if x.dtype.kind in "biu":
        return x.astype(np.float64)
    if x.dtype.name not in _SUFFIXES:
        kind = "objects" if x.dtype.kind == "O" else x.dtype
        raise wrong(given, f"is an array of {kind}, one of {list(_SUFFIXES)} was wanted", name)
    return x.astype(x.dtype.newbyteorder("="))


def _array(given: Any, name: str) -> np.ndarray:
    try:
        return np.asarray(given)
    except (TypeError, ValueError) as problem:
        raise wrong(given, f"is no array of numbers: {problem}", name) from problem


def accumulator(dtype: np.dtype) -> np.dtype:
    """The type that numbers of `dtype` are computed in."""
    return np.dtype(np.float64 if dtype == np.float64 else np.float32)


def last(x: np.ndarray, axis: int) -> np.ndarray:
    """A view with `axis` moved to the end."""
    axis = operator.index(axis)
    return x if x.ndim and axis in (-1, x.ndim - 1) else np.moveaxis(x, axis, -1)


class Rows(NamedTuple):
    """An array as C takes it, and the owner of its memory."""

    array: np.ndarray
    address: int
    stride: int
    rows: int
    cols: int


def row_stride(x: np.ndarray) -> int | None:
    """Elements from row to row if one number says that for all leading axes,
    and the rows are contiguous and do not overlap; otherwise None."""
    cols = x.shape[-1]
    if not x.flags.aligned:
        return None
    if x.flags.c_contiguous or x.size == 0:
        return cols
    if cols > 1 and x.strides[-1] != x.itemsize:
        return None
    lead = [(n, step) for n, step in zip(x.shape[:-1], x.strides[:-1]) if n > 1]
    if any(outer != n * inner for (_, outer), (n, inner) in zip(lead, lead[1:])):
        return None
    elements, rest = divmod(lead[-1][1], x.itemsize) if lead else (cols, 0)
    return elements if rest == 0 and elements >= cols else None


def rows(x: np.ndarray) -> Rows:
    """`x` as rows along its last axis: the array itself, or a copy where its
    layout is another."""
    stride = row_stride(x)
    if stride is None:
        x, stride = np.array(x, order="C"), x.shape[-1]
    return Rows(x, address(x), stride, math.prod(x.shape[:-1]), x.shape[-1])


def check_out(out: np.ndarray, x: np.ndarray, shape: tuple[int, ...] | None = None) -> None:
    """Whether the result of a transform of `x` may be written to `out`."""
    shape = x.shape if shape is None else shape
    if not isinstance(out, np.ndarray) or out.dtype != x.dtype:
        came = out.dtype if isinstance(out, np.ndarray) else f"a {type(out).__name__}"
        raise TypeError(f"out must be a numpy array of type {x.dtype}, not {came}")
    if out.shape != shape:
        raise error("LGT_E_SHAPE", f"out has the shape {out.shape}, the result {shape}")
    if not out.flags.writeable:
        raise error("LGT_E_VALUE", "out is read-only")


def count(value: Any, name: str) -> int:
    """A `uint32_t`; ctypes itself would wrap a number outside of its range."""
    number = operator.index(value)
    if not 0 <= number < 2**32:
        raise error("LGT_E_VALUE", f"{name} = {number} is outside 0 .. 2^32 - 1")
    return number
