"""Adds what Python calls to the cases that benches/cpp wrote.

main.py BENCH.json LIBLOGITUDE.so [CASES]
"""

import json
import os
import sys

# Before any of the libraries is loaded.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import calibrators
import losses
import orders
import scoring
import softmax
from race import pin


def main():
    path, library, *chosen = sys.argv[1:]
    with open(path) as f:
        bench = json.load(f)
    pin()
    for part in (softmax, losses, scoring, orders, calibrators):
        part.run(bench, library, [name for name in chosen if not name.startswith("-")])
    with open(path, "w") as f:
        json.dump(bench, f, indent=1)


main()
