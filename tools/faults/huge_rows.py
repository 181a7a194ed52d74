"""Rows of 2^32 + 17 elements, and matrices of as many: what is reduced to a few numbers, the
last 17 elements weighing as much as all others, or being the only ones of their kind, so that
an answer in which they are missing is another one.

    python tools/faults/huge_rows.py LIBRARY [CHECK ..]
"""

from __future__ import annotations

import ctypes
import math
import sys
import time
from ctypes import POINTER, byref, c_double, c_float, c_size_t, c_uint8, c_uint16, c_uint32
from ctypes import c_uint64
from typing import Any, Callable, Iterator

from isolated import STATUS, TABLE, Case, replay, report
from repeated import Repeated, bf16, f16

TAIL = 17
N = 2**32 + TAIL
CONSTANTS = {x["name"]: x["value"] for x in TABLE["constants"]}
U8, U64 = CONSTANTS["LGT_U8"], CONSTANTS["LGT_U64"]
BITS = {"f32": (c_float, float), "f16": (c_uint16, f16), "bf16": (c_uint16, bf16)}
# What a check yields: the function, what it answered, what is right, and how far it may be.
Found = Iterator[tuple[str, float, float, float]]
CHECKS: list[Callable[["Huge"], Found]] = []


class Huge(replay.Library):
    """Calls that must go well, and arrays that are freed after each check."""

    def __init__(self, path: str) -> None:
        super().__init__(path, TABLE)
        self.arrays: list[Repeated] = []

    def numbers(self, dtype: str, n: int, value: float, last: float) -> int:
        kind, bits = BITS[dtype]
        return self._array(kind, n, bits(value), [bits(last)] * TAIL)

    def labels(self, n: int, value: int, last: int) -> int:
        return self._array(c_uint8, n, value, [last] * TAIL)

    def _array(self, kind: Any, n: int, value: float, last: list[float]) -> int:
        self.arrays.append(Repeated(kind, n, value, last))
        return self.arrays[-1].address

    def do(self, function: str, *given: Any) -> None:
        status = STATUS[self.functions["lgt_" + function](*given)]
        if status != "LGT_OK":
            raise RuntimeError(f"lgt_{function}: {status}")

    def state(self, family: str, *setup: Any) -> Any:
        """Started."""
        room = (c_uint64 * 4096)()
        self.do(f"{family}_init", room, ctypes.sizeof(room), *setup)
        return room

    def report(self, family: str, state: Any, *asked: Any) -> dict[str, float]:
        kind = next(x["c"] for e in TABLE["functions"] if e["name"] == f"lgt_{family}_finish"
                    for x in e["args"] if x["name"] == "report").removesuffix(" *")
        room = self.allocate(kind, 1)
        self.do(f"{family}_finish", state, *asked, room)
        names = [field["name"] for field in self.structs[kind]]
        return dict(zip(names, replay.read(room, kind)))


def check(function: Callable[[Huge], Found]) -> Callable[[Huge], Found]:
    CHECKS.append(function)
    return function


@check
def logarithms_of_sums(library: Huge) -> Found:
    truth = math.log(N - TAIL + TAIL * math.exp(20))
    for dtype in BITS:
        x, lse = library.numbers(dtype, N, 0, 20), c_float()
        library.do(f"logsumexp_{dtype}", x, N, byref(lse), 1, N, None)
        yield f"lgt_logsumexp_{dtype}", lse.value, truth, 1e-5
    lse = c_float()
    library.do("logsumexp_cols_bf16", x, 1, byref(lse), N, 1, None)
    yield "lgt_logsumexp_cols_bf16", lse.value, truth, 1e-5
    state, exact = library.state("extsum", 1), c_double()
    library.do("extsum_update_bf16", state, x, N, 1, N, None)
    library.do("extsum_lse", state, byref(exact))
    yield "lgt_extsum_update_bf16", exact.value, truth, 1e-6
    label, loss = c_uint64(N - 1), c_double()
    library.do("cross_entropy_bf16", x, N, byref(label), U64, None, byref(loss), None, None, 0,
               None, 1, N, None)
    yield "lgt_cross_entropy_bf16", loss.value, truth - 20, 1e-6


@check
def entropies(library: Huge) -> Found:
    x, loss = library.numbers("bf16", N, 0, 20), c_double()
    library.do("entropy_bf16", x, N, None, 1.0, byref(loss), None, 0, None, 1, N, None)
    total = N - TAIL + TAIL * math.exp(20)
    truth = math.log(total) - 20 * TAIL * math.exp(20) / total
    yield "lgt_entropy_bf16", loss.value, truth, 1e-6


@check
def labels_alone(library: Huge) -> Found:
    labels, row = library.labels(N, 0, 0), c_size_t()
    ctypes.c_uint8.from_address(labels + N - 1).value = 3
    status = library.functions["lgt_labels_check"](labels, U8, N, 3, byref(row))
    yield "lgt_labels_check", status, -6, 0
    yield "lgt_labels_check", row.value, N - 1, 0
    predicted = library.labels(N, 0, 1)
    ctypes.c_uint8.from_address(labels + N - 1).value = 2
    state, counts = library.state("confusion", 3, None), (c_uint64 * 9)()
    library.do("confusion_update", state, predicted, U8, labels, U8, None, N)
    library.do("confusion_get_counts", state, counts, 3)
    for at, truth in enumerate([N - TAIL, TAIL - 1, 0, 0, 0, 0, 0, 1, 0]):
        yield "lgt_confusion_update", counts[at], truth, 0
    state = library.state("class_counts", 3, None)
    library.do("class_counts_update", state, predicted, U8, labels, U8, None, N)
    room = library.allocate("lgt_class_counts_class", 3)
    library.do("class_counts_get_classes", state, room, 3, None)
    yield "lgt_class_counts_update", room[0].f0, N - 1, 0


@check
def probabilities(library: Huge) -> Found:
    x, labels = library.numbers("f16", N, 0.5, 0.25), library.labels(N, 0, 1)
    mean = (0.5 * (N - TAIL) + 0.25 * TAIL) / N
    log_loss = ((N - TAIL) * math.log(2) + TAIL * math.log(4)) / N
    brier = (0.25 * (N - TAIL) + 0.5625 * TAIL) / N
    state = library.state("binary", 4, 0.0, 0)
    library.do("binary_update_f16", state, x, 1, labels, U8, None, N)
    made = library.report("binary", state)
    wanted = {"rows": N, "positives": TAIL, "mean_probability": mean, "brier": brier}
    for name, truth in {**wanted, "log_loss": log_loss}.items():
        yield "lgt_binary_update_f16", made[name], truth, 1e-15


@check
def pairs_of_numbers(library: Huge) -> Found:
    x, y = library.numbers("bf16", N, 1, 2), library.numbers("bf16", N, 1, 3)
    state = library.state("pearson")
    library.do("pearson_update_bf16", state, x, y, None, N)
    made = library.report("pearson", state, 0.95)
    wanted = {"rows": N, "mean_x": 1 + TAIL / N, "mean_y": 1 + 2 * TAIL / N, "r": 1, "slope": 2}
    for name, truth in wanted.items():
        yield "lgt_pearson_update_bf16", made[name], truth, 1e-14
    state = library.state("regression")
    library.do("regression_update_bf16", state, x, y, None, N)
    made = library.report("regression", state, 0, 0.5)
    for name, truth in {"rows": N, "mse": TAIL / N, "mae": TAIL / N, "max_error": 1}.items():
        yield "lgt_regression_update_bf16", made[name], truth, 1e-15


@check
def matrices(library: Huge) -> Found:
    """More elements than 2^32. All are 0, and the first class right since it is the first, but
    for the very last element."""
    cols = 64
    rows = 2**32 // cols + 1
    x, labels = library.numbers("bf16", cols * rows, 0, 0), library.labels(rows, 0, 0)
    c_uint16.from_address(x + 2 * (cols * rows - 1)).value = bf16(1)
    wrong = math.log(cols - 1 + math.e)
    right = {
        "accuracy": ("accuracy", [1], (rows - 1) / rows),
        "nll": ("nll", [], ((rows - 1) * math.log(cols) + wrong) / rows),
    }
    for family, (name, setup, truth) in right.items():
        state = library.state(family, *setup)
        library.do(f"{family}_update_bf16", state, x, cols, labels, U8, None, rows, cols)
        made = library.report(family, state)
        yield f"lgt_{family}_update_bf16", made["rows"], rows, 0
        yield f"lgt_{family}_update_bf16", made[name], truth, 1e-15


def main(path: str, *names: str) -> None:
    started = time.monotonic()
    library = Huge(path)
    found, functions = [], []
    for run in (run for run in CHECKS if not names or run.__name__ in names):
        for function, got, truth, tolerance in run(library):
            functions.append(Case({"function": function}, {}))
            if not abs(got - truth) <= tolerance * max(1, abs(truth)):
                found.append(f"{function}: {got!r} instead of {truth!r}")
        while library.arrays:
            library.arrays.pop().free()
    report("rows of 2^32 + 17 elements", functions, found, started)


if __name__ == "__main__":
    main(*sys.argv[1:])
