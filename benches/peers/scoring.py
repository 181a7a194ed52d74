"""Scores by Python's libraries and ours, of inputs like those of
benches/cpp/inputs.cpp."""

import time
import warnings
from importlib.metadata import version

import numpy as np
import scorers
from logitude import Logitude
from race import array, race_of_unequals

SECONDS = 3.0
TOO_SURE = 1.5
# The larger ones take some libraries a minute a call and gigabytes.
EVALUATED = ("evaluate-50000x1000", "evaluate-1000000x10")


def logits(rows, cols):
    random = np.random.default_rng(1)
    v = 2 * np.log(cols)
    x = array(rows * cols).reshape(rows, cols)
    random.standard_normal(out=x, dtype=np.float32)
    x *= np.sqrt(v)
    labels = random.integers(0, cols, rows)
    x[np.arange(rows), labels] += v
    x *= TOO_SURE
    return x, labels


def probabilities(rows, cols):
    x, labels = logits(rows, cols)
    x -= x.max(axis=1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=1, keepdims=True)
    return x, labels


def probabilities_of_one(rows, _):
    random = np.random.default_rng(2)
    labels = random.integers(0, 2, rows)
    x = array(rows)
    x[:] = 1 / (1 + np.exp(-TOO_SURE * random.normal(4 * labels - 2, 2)))
    return x, labels


def pairs(rows, _, classes=1000):
    random = np.random.default_rng(3)
    labels = random.integers(0, classes, rows)
    right = random.integers(0, 3, rows) > 0
    return np.where(right, labels, random.integers(0, classes, rows)), labels, classes


INPUTS = {"evaluate": logits, "ece": probabilities, "binary": probabilities_of_one,
          "confusion": pairs, "counts": pairs}


def check(name, got, expected):
    """A rival that computes something else is none, as far as it computes what we do.
    (Sums of a million floats are off by a little, and scikit-learn clips float
    probabilities.)"""
    for score in got.keys() & expected.keys():
        values = [np.asarray(scores[score], float) for scores in (got, expected)]
        if not np.allclose(*values, rtol=5e-3, atol=1e-4):
            raise SystemExit(f"{name}: wrong {score}: {got[score]}, not {expected[score]}")


def opened(peers, missing):
    """Those that are installed; why others are not goes into `missing`."""
    for name, open_library in peers.items():
        try:
            yield name, open_library()
        except Exception as error:  # a broken installation is as good as none
            missing[name] = str(error)


def timed(call):
    """What a call returns, and how many seconds it took."""
    start = time.process_time()
    result = call()
    return result, time.process_time() - start


def measure(case, ours, missing):
    group = case["group"]
    inputs = INPUTS[group](case["rows"], case["cols"])
    calls = {"ours": getattr(ours, group)(*inputs)}
    expected = calls["ours"]()
    first = {}
    for name, prepare in opened(scorers.PEERS[group], missing):
        call = prepare(*inputs)
        got, first[name] = timed(call)
        check(name, got, expected)
        calls[name] = call
    return race_of_unequals(calls, first, case["rows"] * case["cols"], SECONDS)


def run(bench, library, _):
    chosen = [c for c in bench["cases"] if c["group"] in INPUTS
              and (c["group"] != "evaluate" or c["case"] in EVALUATED)]
    if not chosen:
        return
    warnings.simplefilter("ignore")
    try:
        import torch

        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
    except Exception:
        pass
    ours, missing = Logitude(library), {}
    for case in chosen:
        times = case["peers"] = measure(case, ours, missing)
        print(f"{case['case']}: ours {times['ours']:.3f} ns/element;",
              ", ".join(f"{k} {t / times['ours']:.2f}" for k, t in times.items() if k != "ours"),
              flush=True)
    peers = dict.fromkeys(name for c in chosen for name in c["peers"] if name != "ours")
    bench["scorers"] = {name: version(name) for name in peers}
    bench["no_scorers"] = missing
    for name, reason in missing.items():
        print(f"{name}: not measured: {reason}", flush=True)
