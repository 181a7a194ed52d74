"""Adds what Python calls to the cases that benches/cpp wrote.

main.py BENCH.json LIBLOGITUDE.so
"""

import json
import os
import sys

# Before any of the libraries is loaded.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import scoring
import softmax
from race import pin


def main():
    path, library = sys.argv[1:]
    with open(path) as f:
        bench = json.load(f)
    pin()
    for part in (softmax, scoring):
        part.run(bench, library)
    with open(path, "w") as f:
        json.dump(bench, f, indent=1)


main()
