"""Adds what Python calls to the cases that benches/cpp wrote.

main.py BENCH.json LIBLOGITUDE.so
"""

import json
import os
import sys

# Before any of the libraries is loaded.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import libraries
import numpy as np
from race import array, pin, race

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


def main():
    path, library = sys.argv[1:]
    with open(path) as f:
        bench = json.load(f)
    chosen = [c for c in bench["cases"] if c["group"] in ("row", "batch")]
    if not chosen:
        return
    pin()
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
        for name, run in prepared.items():
            if name != "memcpy":
                check(name, run, b, expected)
        times = race(prepared, n, 8 * n, bench["caches"], SECONDS)
        case["peers"] = times
        ours = times["ours"]
        print(f"{case['case']}: ours {ours:.3f} ns/element;",
              ", ".join(f"{k} {t / ours:.2f}" for k, t in times.items() if k != "ours"), flush=True)
    with open(path, "w") as f:
        json.dump(bench, f, indent=1)


main()
