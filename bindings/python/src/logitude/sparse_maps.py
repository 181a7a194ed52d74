"""Maps to sparse shares and their gradients, along any axis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import function
from ._address import address
from ._arrays import check_out, floating, last, rows, suffix
from ._docs import documented
from ._status import check, error
from .functional import write_rows

__all__ = [
    "budget",
    "budget_grad",
    "entmax",
    "entmax15",
    "entmax15_grad",
    "entmax_grad",
    "normmax",
    "normmax_grad",
    "sparsemax",
    "sparsemax_grad",
]


@documented("sparsemax", "", "f32")
def sparsemax(
    x: ArrayLike,
    axis: int = -1,
    *,
    out: NDArray[Any] | None = None,
    return_tau: bool = False,
    return_support: bool = False,
) -> Any:
    """sparsemax(x, axis=-1, *, out=None, return_tau=False, return_support=False)

    Rows run along `axis`. The result has the type of `x` (integers: float64) and goes to
    `out` if given, which may be `x`. With `return_tau` and `return_support` also the `tau`
    of each row and the size of its support, as further arrays.
    """
    return _supported("sparsemax", x, axis, out, return_tau, return_support)


@documented("entmax15", "", "f32")
def entmax15(
    x: ArrayLike,
    axis: int = -1,
    *,
    out: NDArray[Any] | None = None,
    return_tau: bool = False,
    return_support: bool = False,
) -> Any:
    """entmax15(x, axis=-1, *, out=None, return_tau=False, return_support=False)

    Arguments as those of `sparsemax`.
    """
    return _supported("entmax15", x, axis, out, return_tau, return_support)


@documented("entmax", "", "f32")
def entmax(
    x: ArrayLike, alpha: float = 1.5, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """entmax(x, alpha=1.5, axis=-1, *, out=None)

    Rows run along `axis`. The result has the type of `x` (integers: float64) and goes to
    `out` if given, which may be `x`.
    """
    return _map("entmax", x, (alpha,), axis, out)


@documented("normmax", "", "f32")
def normmax(
    x: ArrayLike, alpha: float = 2.0, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """normmax(x, alpha=2.0, axis=-1, *, out=None)

    Arguments as those of `entmax`.
    """
    return _map("normmax", x, (alpha,), axis, out)


@documented("budget", "", "f32")
def budget(
    x: ArrayLike, budget: float, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """budget(x, budget, axis=-1, *, out=None)

    Arguments as those of `entmax`.
    """
    return _map("budget", x, (budget,), axis, out)


@documented("sparsemax", "grad", "f32")
def sparsemax_grad(
    y: ArrayLike, dy: ArrayLike, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """sparsemax_grad(y, dy, axis=-1, *, out=None)

    Rows run along `axis`. The result has the type of `y` (integers: float64) and goes to
    `out` if given, which may be `dy`.
    """
    return _grad("sparsemax", y, dy, (), axis, out)


@documented("entmax15", "grad", "f32")
def entmax15_grad(
    y: ArrayLike, dy: ArrayLike, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """entmax15_grad(y, dy, axis=-1, *, out=None)

    Arguments as those of `sparsemax_grad`.
    """
    return _grad("entmax15", y, dy, (), axis, out)


@documented("entmax", "grad", "f32")
def entmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    alpha: float = 1.5,
    axis: int = -1,
    *,
    out: NDArray[Any] | None = None,
) -> Any:
    """entmax_grad(y, dy, alpha=1.5, axis=-1, *, out=None)

    Arguments as those of `sparsemax_grad`.
    """
    return _grad("entmax", y, dy, (alpha,), axis, out)


@documented("normmax", "grad", "f32")
def normmax_grad(
    y: ArrayLike,
    dy: ArrayLike,
    alpha: float = 2.0,
    axis: int = -1,
    *,
    out: NDArray[Any] | None = None,
) -> Any:
    """normmax_grad(y, dy, alpha=2.0, axis=-1, *, out=None)

    Arguments as those of `sparsemax_grad`.
    """
    return _grad("normmax", y, dy, (alpha,), axis, out)


@documented("budget", "grad", "f32")
def budget_grad(
    y: ArrayLike, dy: ArrayLike, axis: int = -1, *, out: NDArray[Any] | None = None
) -> Any:
    """budget_grad(y, dy, axis=-1, *, out=None)

    Arguments as those of `sparsemax_grad`.
    """
    return _grad("budget", y, dy, (), axis, out)


def _map(
    family: str, x: Any, parameters: Any, axis: int, out: Any, beside: Any = None
) -> np.ndarray:
    """`beside(shape of the rows)` gives what is passed behind the result."""
    x = floating(x)
    result = np.empty(x.shape, x.dtype) if out is None else out
    check_out(result, x)
    source, to = last(x, axis), last(result, axis)
    arguments = () if beside is None else beside(source.shape[:-1])

    def call(x: Any, y: Any) -> int:
        return function(family, "", suffix(x.array.dtype))(
            x.address, x.stride, *parameters, y.address, y.stride, *arguments, x.rows, x.cols
        )

    check(write_rows(source, to, call))
    return result


def _supported(family: str, x: Any, axis: int, out: Any, tau: bool, support: bool) -> Any:
    """A map with its thresholds and the sizes of supports, where they are wanted."""
    wanted = []

    def beside(shape: tuple[int, ...]) -> list[int | None]:
        addresses: list[int | None] = []
        for want, dtype in ((tau, np.float64), (support, np.uintp)):
            if want:
                wanted.append(np.empty(shape, dtype))
            addresses.append(address(wanted[-1]) if want else None)
        return addresses

    result = _map(family, x, (), axis, out, beside)
    return (result, *(array[()] for array in wanted)) if wanted else result


def _grad(family: str, y: Any, dy: Any, parameters: Any, axis: int, out: Any) -> np.ndarray:
    y = floating(y)
    dy = np.asarray(dy)
    if dy.shape != y.shape:
        raise error("LGT_E_SHAPE", f"dy has the shape {dy.shape}, y {y.shape}")
    dy = dy.astype(y.dtype, copy=False)
    result = np.empty(y.shape, y.dtype) if out is None else out
    check_out(result, y)
    shares = rows(last(y, axis))

    def call(dy: Any, dx: Any) -> int:
        return function(family, "grad", suffix(y.dtype))(
            shares.address, shares.stride, dy.address, dy.stride, *parameters,
            dx.address, dx.stride, dy.rows, dy.cols,
        )  # fmt: skip

    check(write_rows(last(dy, axis), last(result, axis), call))
    return result
