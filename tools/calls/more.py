"""Calls with what ordinary ones lack: structs that point to structs, an array that is
written where it is read, a pointer into an array."""

from __future__ import annotations

from typing import Any


def lines(maker: Any) -> list[dict[str, Any]]:
    return [_masked(maker), _weighted(maker), _inner()]


def _block(kind: str, before: list[Any], n: int | None = None) -> dict[str, Any]:
    return {"type": kind, "n": n or len(before), "before": before}


def _with(maker: Any, kind: str, **fields: Any) -> dict[str, Any]:
    """A struct with its defaults, but for some fields."""
    names = [field["name"] for field in maker.library.structs[kind]]  # no struct inside
    before = maker.options("", kind)
    for name, number in fields.items():
        before[names.index(name)] = number
    return _block(kind, before, 1)


def _masked(maker: Any) -> dict[str, Any]:
    """Softmax in place, of the columns that a mask keeps."""
    memory = [
        _block("float", [0.5, -1, 2, 1.5, 0.25, -0.5]),
        _with(maker, "lgt_softmax_opts", mask=[2, 0]),
        _with(maker, "lgt_softmax_mask", kept=[3, 0], kept_stride=3),
        _block("uint8_t", [1, 1, 0, 0, 1, 1]),
    ]
    args = [[0, 0], 3, [0, 0], 3, None, 2, 3, [1, 0]]
    return {"function": "lgt_softmax_f32", "args": args, "memory": memory}


def _weighted(maker: Any) -> dict[str, Any]:
    """Cross-entropy whose options hold weights of the classes."""
    memory = [
        _block("double", [0.5, -1, 2, 1.5, 0.25, -0.5]),
        _block("int32_t", [2, 0]),
        {"type": "double", "n": 2},
        {"type": "double", "n": 1},
        _with(maker, "lgt_cross_entropy_opts", class_weights=[5, 0]),
        _block("double", [1.0, 2.0, 0.5]),
    ]
    args = [[0, 0], 3, [1, 0], 3, None, [2, 0], None, None, 0, [3, 0], 2, 3, [4, 0]]
    return {"function": "lgt_cross_entropy_f64", "args": args, "memory": memory}


def _inner() -> dict[str, Any]:
    """The middle columns of a matrix, into the last of another."""
    memory = [
        _block("double", [9, 0.5, -1, 9, 9, 1.5, 0.25, 9]),
        _block("double", [7, 0, 0, 7, 0, 0]),
    ]
    args = [[0, 1], 4, [1, 1], 3, None, 2, 2, None]
    return {"function": "lgt_softmax_f64", "args": args, "memory": memory}
