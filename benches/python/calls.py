"""What a call from Python costs: softmax of 1,000 float32 with `out=`, over ctypes and over
cffi, and other calls of as many numbers, beside what else is installed, in turns. Prints a
table."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import timeit
from typing import Any, Callable

import numpy as np

COLS = 1000


def calls() -> dict[str, Callable[[], Any]]:
    """What is compared, of what is there."""
    x = np.random.default_rng(0).normal(size=COLS).astype(np.float32)
    out = np.empty_like(x)
    found: dict[str, Callable[[], Any]] = {}
    import logitude as lg

    row, label, metric = x[np.newaxis], np.zeros(1, np.int64), lg.NLL()
    found["logitude"] = lambda: lg.softmax(x, out=out)
    found["logitude.softmax, scale=2"] = lambda: lg.softmax(x, scale=2.0, out=out)
    found["logitude.NLL().update, one row"] = lambda: metric.update(row, label)
    found["logitude.nll, one row"] = lambda: lg.nll(row, label)

    def formula() -> Any:
        np.subtract(x, x.max(), out=out)
        np.exp(out, out=out)
        return np.divide(out, out.sum(), out=out)

    found["numpy, three lines in place"] = formula
    try:
        from scipy.special import softmax

        found["scipy.special.softmax"] = lambda: softmax(x)
    except ImportError:
        pass
    try:
        import torch

        torch.set_num_threads(1)
        t, to = torch.from_numpy(x), torch.empty(COLS)
        found["torch.softmax"] = lambda: torch.softmax(t, 0, out=to)
    except ImportError:
        pass
    return found


def measured(kind: str) -> dict[str, list[float]]:
    """Microseconds of each call, in several turns."""
    if kind == "ctypes":
        sys.modules["cffi"] = None  # type: ignore[assignment]
    found = calls()
    times: dict[str, list[float]] = {name: [] for name in found}
    for _ in range(15):
        for name, call in found.items():
            timer = timeit.Timer(call)
            times[name].append(timer.timeit(5000) / 5000 * 1e6)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=["ctypes", "cffi"], help=argparse.SUPPRESS)
    kind = parser.parse_args().kind
    if kind:
        print(json.dumps(measured(kind)))
        return
    rows: dict[str, list[float]] = {}
    for kind in ("ctypes", "cffi", "ctypes", "cffi"):
        command = [sys.executable, __file__, "--kind", kind]
        found = subprocess.run(command, check=True, capture_output=True).stdout
        for name, times in json.loads(found).items():
            shown = f"logitude.softmax, {kind}" if name == "logitude" else name
            rows.setdefault(shown, []).extend(times)
    print("| call | least, µs | median, µs |")
    print("|---|---|---|")
    for name, times in sorted(rows.items(), key=lambda row: min(row[1])):
        print(f"| {name} | {min(times):.2f} | {statistics.median(times):.2f} |")
    try:
        import cffi  # noqa: F401
    except ImportError:
        print("\ncffi is not installed: both rows are over ctypes.")


if __name__ == "__main__":
    main()
