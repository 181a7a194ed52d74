"""Other floats in the inputs of a call: of the kinds that kernels get wrong."""

from __future__ import annotations

from typing import Any

import numpy as np

from .case import FLOATS, ROWS, Case

ORDINARY = ("normal", "wide", "tiny", "equal", "ties")
STRANGE = ("huge", "infinite", "nan", "zero")


def widen(data: np.ndarray, kind: str) -> np.ndarray:
    """As float64."""
    if kind == "lgt_bf16":
        return (data.astype("u4") << 16).view("f4").astype("f8")
    return data.astype("f8")


def narrow(numbers: np.ndarray, kind: str) -> np.ndarray:
    with np.errstate(over="ignore"):
        if kind == "lgt_bf16":
            bits = numbers.astype("f4").view("u4")
            rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
            return np.where(np.isnan(numbers), 0x7FC0, rounded).astype("u2")
        return numbers.astype({"float": "f4", "double": "f8", "lgt_f16": "f2"}[kind])


# Of which a row has a sum.
LARGEST = {"float": 1e36, "double": 5e305, "lgt_f16": 2e2, "lgt_bf16": 1e36}
SMALLEST = {"float": 1e-44, "double": 1e-322, "lgt_f16": 1e-7, "lgt_bf16": 1e-40}


def filled(case: Case, kind: str, seed: int, weights: bool = False) -> Case | None:
    """Its matrices and columns filled anew, or its weights instead; None where it has none."""
    other, rng, changed = case.copy(), np.random.default_rng(seed), False
    for argument, view in case.views():
        block = case.blocks[view.block]
        if argument["role"] != "in" or block.kind not in FLOATS or not view.rows * view.cols:
            continue
        if not (is_data(argument) and ("weight" in argument["name"]) == weights):
            continue
        data = block.data.copy()
        area = view.of(data)
        area[:] = narrow(numbers(widen(area, block.kind), kind, rng, block.kind), block.kind)
        other.put(view.block, data)
        changed = True
    return other if changed else None


def is_data(argument: dict[str, Any]) -> bool:
    """Not a parameter, a grid of temperatures or the like: those have lengths of their own."""
    extent = argument["extent"]
    return extent.get("rows", extent.get("count")) in (*ROWS, "offsets ? 1 : rows")


def numbers(old: np.ndarray, kind: str, rng: np.random.Generator, c: str) -> np.ndarray:
    """Of the shape of the old ones; shares sum to 1 again, what was within 0 and 1 stays."""
    shape, unit = old.shape, bool(np.all((old >= 0) & (old <= 1)))
    shares = unit and shape[1] > 1 and np.allclose(old.sum(1), 1, atol=2e-2)
    normal = rng.normal(0, 2, shape)
    if kind in STRANGE:
        return strange(normal, kind, rng, c)
    if kind == "equal":
        made = np.full(shape, 0.375 if unit else -1.25)
    elif kind == "ties":
        made = np.round(rng.uniform(0, 4, shape)) / 4 if unit else np.round(normal)
    elif kind == "tiny":
        made = np.abs(normal) * SMALLEST[c] * 2.0 ** rng.integers(0, 12, shape)
        made = made if unit else made * rng.choice([-1, 1], shape)
    elif kind == "wide":
        made = rng.uniform(0, 1, shape) ** 12 if unit else normal * 60
    else:
        made = rng.uniform(0, 1, shape) if unit else normal
    if shares:
        made = made + (made.sum(1, keepdims=True) == 0)
        made /= made.sum(1, keepdims=True)
    return made


def strange(normal: np.ndarray, kind: str, rng: np.random.Generator, c: str) -> np.ndarray:
    shape = normal.shape
    if kind == "huge":
        return rng.uniform(-1, 1, shape) * LARGEST[c]
    if kind == "zero":
        return rng.choice([-0.0, 0.0], shape)
    some = rng.uniform(0, 1, shape) < 0.15
    if kind == "nan":
        return np.where(some, np.nan, normal)
    made = np.where(some, rng.choice([-np.inf, -np.inf, np.inf], shape), normal)
    made[::5] = -np.inf
    return made
