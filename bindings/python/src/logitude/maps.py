"""Maps of scores other than softmax, and their gradients: of single entries, and of rows
along any axis."""

from __future__ import annotations

import ctypes
from typing import Any, Optional

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, check_out, floating, last, rows, suffix
from ._docs import documented
from ._status import check, error
from .functional import write_rows

__all__ = [
    "attention_weights",
    "attention_weights_grad",
    "gumbel_softmax",
    "gumbel_softmax_grad",
    "log_sigmoid",
    "log_sigmoid_grad",
    "logit",
    "logit_grad",
    "sigmoid",
    "sigmoid_grad",
    "soft_topk",
    "soft_topk_grad",
    "softplus",
    "softplus_grad",
    "spherical_softmax",
    "spherical_softmax_grad",
    "taylor_softmax",
    "taylor_softmax_grad",
]

Out = Optional[NDArray[Any]]


@documented("sigmoid", "", "f32")
def sigmoid(x: ArrayLike, *, out: Out = None) -> Any:
    """sigmoid(x, *, out=None)

    The result has the type of `x` (integers: float64) and goes to `out` if given, which
    may be `x`.
    """
    return _entries("sigmoid", x, out)


@documented("sigmoid", "grad", "f32")
def sigmoid_grad(x: ArrayLike, dy: ArrayLike, *, out: Out = None) -> Any:
    """sigmoid_grad(x, dy, *, out=None)

    `dy` has the shape of `x`; `out` may be either.
    """
    return _entries("sigmoid", x, out, dy)


@documented("log_sigmoid", "", "f32")
def log_sigmoid(x: ArrayLike, *, out: Out = None) -> Any:
    """log_sigmoid(x, *, out=None)

    Arguments as those of `sigmoid`.
    """
    return _entries("log_sigmoid", x, out)


@documented("log_sigmoid", "grad", "f32")
def log_sigmoid_grad(x: ArrayLike, dy: ArrayLike, *, out: Out = None) -> Any:
    """log_sigmoid_grad(x, dy, *, out=None)

    Arguments as those of `sigmoid_grad`.
    """
    return _entries("log_sigmoid", x, out, dy)


@documented("softplus", "", "f32")
def softplus(x: ArrayLike, beta: float = 1.0, *, out: Out = None) -> Any:
    """softplus(x, beta=1.0, *, out=None)

    Arguments as those of `sigmoid`.
    """
    return _entries("softplus", x, out, None, beta)


@documented("softplus", "grad", "f32")
def softplus_grad(x: ArrayLike, dy: ArrayLike, beta: float = 1.0, *, out: Out = None) -> Any:
    """softplus_grad(x, dy, beta=1.0, *, out=None)

    Arguments as those of `sigmoid_grad`.
    """
    return _entries("softplus", x, out, dy, beta)


@documented("logit", "", "f32")
def logit(x: ArrayLike, eps: float = 0.0, *, out: Out = None) -> Any:
    """logit(x, eps=0.0, *, out=None)

    Arguments as those of `sigmoid`.
    """
    return _entries("logit", x, out, None, eps)


@documented("logit", "grad", "f32")
def logit_grad(x: ArrayLike, dy: ArrayLike, eps: float = 0.0, *, out: Out = None) -> Any:
    """logit_grad(x, dy, eps=0.0, *, out=None)

    Arguments as those of `sigmoid_grad`.
    """
    return _entries("logit", x, out, dy, eps)


@documented("taylor_softmax", "", "f32")
def taylor_softmax(x: ArrayLike, order: int = 2, axis: int = -1, *, out: Out = None) -> Any:
    """taylor_softmax(x, order=2, axis=-1, *, out=None)

    Rows run along `axis`. The result has the type of `x` (integers: float64) and goes to
    `out` if given, which may be `x`.
    """
    return _rows("taylor_softmax", x, axis, out, None, (), (order,))


@documented("taylor_softmax", "grad", "f32")
def taylor_softmax_grad(
    x: ArrayLike, dy: ArrayLike, order: int = 2, axis: int = -1, *, out: Out = None
) -> Any:
    """taylor_softmax_grad(x, dy, order=2, axis=-1, *, out=None)

    `dy` has the shape of `x`; `out` may be either.
    """
    return _rows("taylor_softmax", x, axis, out, dy, (), (order,))


@documented("spherical_softmax", "", "f32")
def spherical_softmax(x: ArrayLike, eps: float = 1e-4, axis: int = -1, *, out: Out = None) -> Any:
    """spherical_softmax(x, eps=1e-4, axis=-1, *, out=None)

    Arguments as those of `taylor_softmax`.
    """
    return _rows("spherical_softmax", x, axis, out, None, (), (eps,))


@documented("spherical_softmax", "grad", "f32")
def spherical_softmax_grad(
    x: ArrayLike, dy: ArrayLike, eps: float = 1e-4, axis: int = -1, *, out: Out = None
) -> Any:
    """spherical_softmax_grad(x, dy, eps=1e-4, axis=-1, *, out=None)

    Arguments as those of `taylor_softmax_grad`.
    """
    return _rows("spherical_softmax", x, axis, out, dy, (), (eps,))


@documented("attention_weights", "", "f32")
def attention_weights(
    x: ArrayLike,
    kind: str = "sigmoid",
    axis: int = -1,
    *,
    scale: float = 1.0,
    normalize: bool = False,
    eps: float = 1e-8,
    out: Out = None,
) -> Any:
    """attention_weights(x, kind="sigmoid", axis=-1, *, scale=1.0, normalize=False, eps=1e-8,
    out=None)

    `kind` is "sigmoid", "elu" or "linear"; other arguments as those of `taylor_softmax`.
    """
    opts = _attention_opts(scale, normalize, eps)
    return _rows("attention_weights", x, axis, out, None, (_kind(kind),), (), opts)


@documented("attention_weights", "grad", "f32")
def attention_weights_grad(
    x: ArrayLike,
    dy: ArrayLike,
    kind: str = "sigmoid",
    axis: int = -1,
    *,
    scale: float = 1.0,
    normalize: bool = False,
    eps: float = 1e-8,
    out: Out = None,
) -> Any:
    """attention_weights_grad(x, dy, kind="sigmoid", axis=-1, *, scale=1.0, normalize=False,
    eps=1e-8, out=None)

    Arguments as those of `attention_weights` and `taylor_softmax_grad`.
    """
    opts = _attention_opts(scale, normalize, eps)
    return _rows("attention_weights", x, axis, out, dy, (_kind(kind),), (), opts)


@documented("gumbel_softmax", "", "f32")
def gumbel_softmax(
    x: ArrayLike,
    u: ArrayLike | None = None,
    tau: float = 1.0,
    axis: int = -1,
    *,
    hard: bool = False,
    seed: int = 0,
    stream: int = 1,
    first_row: int = 0,
    return_soft: bool = False,
    out: Out = None,
) -> Any:
    """gumbel_softmax(x, u=None, tau=1.0, axis=-1, *, hard=False, seed=0, stream=1, first_row=0,
    return_soft=False, out=None)

    `u` has the shape of `x`. With `hard` and `return_soft` also the shares, as a second
    array. Other arguments as those of `taylor_softmax`.
    """
    if return_soft and not hard:
        raise error("LGT_E_OPTION", "return_soft goes with hard: otherwise the result is soft")
    opts = _opts("gumbel_softmax", tau=tau, seed=seed, stream=stream, first_row=first_row)
    opts.flags = CONSTANTS["LGT_GUMBEL_HARD"] if hard else 0
    x = floating(x)
    source = last(x, axis)
    noise = None if u is None else _beside(source, u, axis, "u", accumulator(x.dtype))
    at = (None, 0) if noise is None else (noise.address, noise.stride)
    soft = np.empty(source.shape, x.dtype) if return_soft else None
    soft_at = (None, 0) if soft is None else (address(soft), source.shape[-1])
    result = _new(x, out)

    def call(x, y):
        return function("gumbel_softmax", "", suffix(x.array.dtype))(
            x.address, x.stride, *at, y.address, y.stride, *soft_at, x.rows, x.cols,
            ctypes.byref(opts),
        )  # fmt: skip

    check(write_rows(source, last(result, axis), call))
    return result if soft is None else (result, np.moveaxis(soft, -1, axis))


@documented("gumbel_softmax", "grad", "f32")
def gumbel_softmax_grad(
    y: ArrayLike, dy: ArrayLike, tau: float = 1.0, axis: int = -1, *, out: Out = None
) -> Any:
    """gumbel_softmax_grad(y, dy, tau=1.0, axis=-1, *, out=None)

    Arguments as those of `taylor_softmax_grad`.
    """
    return _rows("gumbel_softmax", y, axis, out, dy, (), (tau,))


@documented("soft_topk", "", "f32")
def soft_topk(
    x: ArrayLike,
    k: float,
    alpha: float = 2.0,
    axis: int = -1,
    *,
    log: bool = False,
    return_t: bool = False,
    out: Out = None,
) -> Any:
    """soft_topk(x, k, alpha=2.0, axis=-1, *, log=False, return_t=False, out=None)

    With `log` the logarithms of shares; with `return_t` also `t` of each row, as a second
    array of float64. Other arguments as those of `taylor_softmax`.
    """
    x = floating(x)
    source, result = last(x, axis), _new(x, out)
    t = np.empty(source.shape[:-1])

    def call(x, y):
        return function("soft_topk", "", suffix(x.array.dtype))(
            x.address, x.stride, k, alpha, _log(log), y.address, y.stride, address(t),
            x.rows, x.cols,
        )  # fmt: skip

    check(write_rows(source, last(result, axis), call))
    return (result, t[()]) if return_t else result


@documented("soft_topk", "grad", "f32")
def soft_topk_grad(
    x: ArrayLike,
    t: ArrayLike,
    dy: ArrayLike,
    alpha: float = 2.0,
    axis: int = -1,
    *,
    log: bool = False,
    out: Out = None,
) -> Any:
    """soft_topk_grad(x, t, dy, alpha=2.0, axis=-1, *, log=False, out=None)

    `t` is what `soft_topk` gives with `return_t`, one number a row. Other arguments as
    those of `taylor_softmax_grad`.
    """
    x = floating(x)
    source, result = last(x, axis), _new(x, out)
    t = np.asarray(t, np.float64, order="C")
    if t.shape != source.shape[:-1]:
        raise error("LGT_E_SHAPE", f"t has the shape {t.shape}, rows {x.shape}")
    above = _beside(source, dy, axis, "dy", x.dtype)

    def call(x, y):
        return function("soft_topk", "grad", suffix(x.array.dtype))(
            x.address, x.stride, address(t), above.address, above.stride, alpha, _log(log),
            y.address, y.stride, x.rows, x.cols,
        )  # fmt: skip

    check(write_rows(source, last(result, axis), call))
    return result


def _entries(family: str, x: Any, out: Any, dy: Any = None, *parameters: float) -> Any:
    """A function of single entries, or with `dy` its gradient."""
    x = floating(x)
    result = _new(x, out)
    flat = (np.reshape(x, (1,)), result.reshape(1)) if x.ndim == 0 else (x, result)
    dy = None if dy is None else np.reshape(dy, (1,)) if x.ndim == 0 else dy
    _call(family, flat[0], flat[1], -1, dy, (), parameters, ())
    return result[()]


def _rows(
    family: str, x: Any, axis: int, out: Any, dy: Any, kind: Any, parameters: Any, opts: Any = None
) -> Any:
    """A map of rows, or with `dy` its gradient."""
    x = floating(x)
    result = _new(x, out)
    _call(family, x, result, axis, dy, kind, parameters, opts or ())
    return result


def _call(
    family: str, x: Any, y: Any, axis: int, dy: Any, kind: Any, parameters: Any, opts: Any
) -> None:
    source = last(x, axis)
    above = None if dy is None else _beside(source, dy, axis, "dy", x.dtype)
    at = () if above is None else (above.address, above.stride)

    def call(x, y):
        return function(family, "" if above is None else "grad", suffix(x.array.dtype))(
            x.address, x.stride, *kind, *at, y.address, y.stride, *parameters, x.rows, x.cols,
            *opts,
        )  # fmt: skip

    check(write_rows(source, last(y, axis), call))


def _new(x: np.ndarray, out: Any) -> Any:
    """Where the result goes."""
    result = np.empty(x.shape, x.dtype) if out is None else out
    check_out(result, x)
    return result


def _beside(source: np.ndarray, values: Any, axis: int, name: str, dtype: Any) -> Any:
    """Rows of the same shape."""
    values = np.asarray(values)
    moved = values if values.ndim == 0 else last(values, axis)
    if moved.shape != source.shape:
        raise error("LGT_E_SHAPE", f"{name} has the shape {values.shape}, not that of x")
    return rows(moved.astype(dtype, copy=False))


def _kind(kind: str) -> int:
    if kind not in ("sigmoid", "elu", "linear"):
        raise error("LGT_E_OPTION", f"kind is 'sigmoid', 'elu' or 'linear', not {kind!r}")
    return CONSTANTS[f"LGT_ATTENTION_{kind.upper()}"]


def _log(log: bool) -> int:
    return CONSTANTS["LGT_SOFT_TOPK_LOG"] if log else 0


def _opts(family: str, **fields: Any) -> Any:
    opts = STRUCTS[f"lgt_{family}_opts"]()
    opts.struct_size = ctypes.sizeof(opts)
    for name, value in fields.items():
        if name in ("seed", "stream", "first_row") and not 0 <= value < 2**64:
            raise error("LGT_E_VALUE", f"{name} = {value} is outside 0 .. 2^64 - 1")
        setattr(opts, name, value)
    return opts


def _attention_opts(scale: float, normalize: bool, eps: float) -> Any:
    opts = _opts("attention_weights", scale=scale, eps=eps)
    opts.flags = CONSTANTS["LGT_ATTENTION_NORMALIZE"] if normalize else 0
    return (ctypes.byref(opts),)
