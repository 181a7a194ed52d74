"""Softmax of rows and batches, by everybody."""

import sys

import numpy as np
import softmax_libraries as libraries
from race import array, race

SECONDS = 2.0


def load():
    peers, versions = {}, {}
    for name, open_library in libraries.PEERS.items():
        try:
            peers[name], versions[name] = open_library()
        except Exception as error:  # a broken installation is as good as none
            print(f"{name}: not measured: {error}", flush=True)
    return peers, versions


def check(name, run, y, expected):
    """A rival that computes something else is none. (Sums of a long row in
    float are off by per cents.)"""
    y[:] = 0
    result = run()
    got = result if name == "scipy" else y
    if not np.allclose(got[:1], expected, rtol=0.05, atol=1e-30):
        sys.exit(f"{name}: wrong result")


def run(bench, library, _):
    chosen = [c for c in bench["cases"] if c["group"] in ("row", "batch")]
    if not chosen:
        return
    peers, bench["peers"] = load()
    kernels = {"memcpy": libraries.memcpy(), "ours": libraries.logitude(library), **peers}
    largest = max(c["rows"] * c["cols"] for c in chosen)
    x, y = array(largest), array(largest)
    x[:] = np.random.default_rng(1).normal(0, 3, largest)
    for case in chosen:
        n = case["rows"] * case["cols"]
        shape = (case["rows"], case["cols"])
        a, b = x[:n].reshape(shape), y[:n].reshape(shape)
        prepared = {name: prepare(a, b) for name, prepare in kernels.items()}
        first = a[:1].astype(np.float64)
        expected = np.exp(first - first.max())
        expected /= expected.sum()
        for name, call in prepared.items():
            if name != "memcpy":
                check(name, call, b, expected)
        times = race(prepared, n, 8 * n, bench["caches"], SECONDS)
        case["peers"] = times
        ours = times["ours"]
        print(f"{case['case']}: ours {ours:.3f} ns/element;",
              ", ".join(f"{k} {t / ours:.2f}" for k, t in times.items() if k != "ours"), flush=True)
