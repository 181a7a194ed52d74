"""What every calibrator makes of a classifier's predictions: a table of held-out scores.

    python calibration_table.py PREDICTIONS [FOLDS]

PREDICTIONS is an .npz with `logits` or `predictions` (probabilities, rows x classes) and
`labels` or `ground_truth`, or the .npy of the logits, beside which the labels lie under
the same name with `labels` for `logits`. Rows are dealt at random, always in the same
way, into 5 folds; each calibrator is fitted to all but one fold and applied to that, and
what is scored is the predictions of all folds together.
"""

import sys
import warnings
from pathlib import Path

import numpy as np

import logitude as lg

FLOOR = 1e-30  # of probabilities, before their logarithm


def load(path):
    """Logits and labels."""
    if path.suffix == ".npy":
        labels = path.with_name(path.name.replace("logits", "labels"))
        return np.load(path), np.load(labels)
    with np.load(path) as data:
        labels = data["labels" if "labels" in data else "ground_truth"]
        if "logits" in data:
            return data["logits"], labels
        return np.log(np.maximum(data["predictions"], FLOOR)), labels


def of_logits(make):
    """A calibrator that takes logits and gives probabilities."""
    return lambda x, y, test: make().fit(x, y).predict_proba(test)


def of_probabilities(make):
    """One that takes probabilities."""
    return lambda x, y, test: make().fit(lg.softmax(x), y).predict_proba(lg.softmax(test))


def reduced(binary):
    return of_probabilities(lambda: lg.OneVsRest(binary()))


def on_top(binary):
    return of_probabilities(lambda: lg.TopLabel(binary()))


BINARY = {
    "Platt": lg.PlattScaling,
    "beta": lg.BetaCalibration,
    "isotonic": lg.IsotonicCalibration,
    "isotonic, centred": lambda: lg.IsotonicCalibration(kind="centred"),
    "histogram, equal width": lg.HistogramBinning,
    "histogram, equal mass": lambda: lg.HistogramBinning(strategy="mass"),
    "BBQ": lg.BBQ,
    "scaling-binning": lg.ScalingBinning,
    "spline": lg.SplineCalibration,
    "Venn-Abers": lg.VennAbers,
}

CALIBRATORS = {
    "none": lambda x, y, test: lg.softmax(test),
    "temperature": of_logits(lg.TemperatureScaling),
    "ensemble temperature": of_logits(lg.EnsembleTemperatureScaling),
    "correctness-aware temperature": of_logits(lg.CATemperatureScaling),
    "prior shift": of_logits(lg.PriorShift),
    "vector": of_logits(lg.VectorScaling),
    "matrix": of_logits(lg.MatrixScaling),
    "Dirichlet": of_probabilities(lg.DirichletCalibration),
    **{f"one-vs-rest {name}": reduced(binary) for name, binary in BINARY.items()},
    **{f"top-label {name}": on_top(binary) for name, binary in BINARY.items()},
}


def scores(probs, labels):
    classes = probs.shape[1]
    ece_classwise = lg.ClasswiseECE(classes).update(probs, labels).compute()
    log_loss = lg.log_loss(probs, labels)
    return [lg.ece(probs, labels), ece_classwise, log_loss, lg.brier(probs, labels)]


def held_out(fit_and_apply, logits, labels, folds):
    """Predictions of every row by a calibrator that has not seen it."""
    fold = np.random.default_rng(0).permutation(len(labels)) % folds
    probs = np.empty(logits.shape, logits.dtype)
    for k in range(folds):
        test = fold == k
        probs[test] = fit_and_apply(logits[~test], labels[~test], logits[test])
    return probs


def main():
    path, *folds = sys.argv[1:]
    logits, labels = load(Path(path))
    folds = int(folds[0]) if folds else 5
    warnings.simplefilter("ignore", lg.LogitudeWarning)
    print(f"{len(labels)} rows, {logits.shape[1]} classes, {folds} folds; ECE of 15 bins.\n")
    print("| calibrator | ECE | class-wise ECE | NLL | Brier |\n|---|---:|---:|---:|---:|")
    for name, fit_and_apply in CALIBRATORS.items():
        probs = held_out(fit_and_apply, logits, labels, folds)
        print(f"| {name} | " + " | ".join(f"{s:.4f}" for s in scores(probs, labels)) + " |")


if __name__ == "__main__":
    main()
