"""The numbers of a report: how each is called, what it means, where it is taken from."""

from __future__ import annotations

import math
import warnings
from typing import Any, NamedTuple

import numpy as np

from .._status import LogitudeWarning
from ..curves import average_precision, roc_auc
from ..intervals import proportion_interval
from ..scores import calibration_slope
from ..selective import risk_coverage
from ..two_samples import delong
from .evaluating import Plan, Scored


class Metric(NamedTuple):
    """A row of the table."""

    key: str
    title: str
    best: str  # "high", "low", or a number it is to be near to, or "" if neither is better
    meaning: str


_ALL = [
    Metric("accuracy", "Accuracy", "high",
           "Share of rows whose label is the class with the highest score."),
    Metric("top5", "Top-5 accuracy", "high",
           "Share of rows whose label is among the five highest scores."),
    Metric("macro_f1", "Macro F1", "high",
           "How well classes are found and not falsely found, every class counting alike."),
    Metric("balanced_accuracy", "Balanced accuracy", "high",
           "Mean over classes of the share of their rows that are recognised."),
    Metric("nll", "Log loss (NLL)", "low",
           "Mean of -ln of the probability given to the label; being surely wrong costs most."),
    Metric("brier", "Brier score", "low",
           "Mean squared distance of all probabilities from what came true; from 0 to 2."),
    Metric("ece", "Calibration error (ECE)", "low",
           "How far stated confidence is from how often it is right, on average over bins."),
    Metric("mce", "Maximum calibration error", "low",
           "The same in the worst bin, however few rows it has."),
    Metric("rms", "RMS calibration error", "low",
           "As the calibration error, with large gaps counting more (root mean square)."),
    Metric("classwise_ece", "Class-wise calibration error", "low",
           "Calibration error of each class's own probability, averaged over classes."),
    Metric("signed_gap", "Overconfidence", "0",
           "Mean confidence less accuracy: above 0 it claims too much, below 0 too little."),
    Metric("confidence", "Mean confidence", "",
           "Mean probability of the class that is predicted."),
    Metric("entropy", "Mean entropy", "",
           "How spread out the probabilities are, in nats: 0 is all on one class."),
    Metric("margin", "Mean margin", "",
           "By how much the largest probability is above the next."),
    Metric("aurc", "Area under risk-coverage (AURC)", "low",
           "Mean error rate when only the most confident rows are answered, over all shares."),
    Metric("e_aurc", "Excess AURC", "low",
           "The same above the least that is possible at this accuracy."),
    Metric("coverage_at_5", "Coverage at 5 % errors", "high",
           "Largest share of rows, most confident first, of which at most 5 % are wrong."),
    Metric("auroc", "AUROC", "high",
           "Chance that a row of class 1 has a higher score than a row of class 0."),
    Metric("average_precision", "Average precision", "high",
           "Mean precision over the rows of class 1, ordered by score."),
    Metric("brier_1", "Brier score of class 1", "low",
           "Mean squared distance of the probability of class 1 from 0 or 1; from 0 to 1."),
    Metric("ece_1", "Calibration error of class 1", "low",
           "How far the probability of class 1 is from how often it comes true."),
    Metric("slope", "Calibration slope", "1",
           "1 is right; below 1 probabilities are too extreme, above 1 too timid."),
    Metric("intercept", "Calibration intercept", "0",
           "0 is right; above 0 class 1 is foretold too seldom, below 0 too often."),
    Metric("spiegelhalter_p", "Spiegelhalter's test, p", "",
           "Chance of a departure from calibration as large as this if there were none."),
]  # fmt: skip

_TOP = 5

_Z = 1.959963984540054  # of 95 % of a normal distribution


class Numbers(NamedTuple):
    """Values by key, and 95 % intervals of some of them."""

    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]


def rows_of_table(numbers: Numbers) -> list[Metric]:
    """Those metrics that there are values of."""
    return [metric for metric in _ALL if metric.key in numbers.values]


def numbers_of(scored: Scored, plan: Plan) -> Numbers:
    """All numbers of one version of the scores."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LogitudeWarning)  # what is undefined is shown as such
        return _numbers(scored, plan)


def _numbers(scored: Scored, plan: Plan) -> Numbers:
    states, kept = scored.states, scored.kept
    report = states.report()
    known: dict[str, float] = {
        key: getattr(report, key)
        for key in ("accuracy", "nll", "brier", "ece", "mce", "rms", "signed_gap", "confidence",
                    "entropy", "margin")
    }  # fmt: skip
    intervals = {"accuracy": _wilson(report.accuracy, report.rows)}
    if math.isfinite(report.nll) and report.rows > 1:
        with np.errstate(over="ignore", invalid="ignore"):
            spread = float(np.std(kept.loss, ddof=1)) if len(kept.loss) > 1 else math.nan
        intervals["nll"] = _normal(report.nll, spread / math.sqrt(report.rows))
    if plan.classes > _TOP:
        known["top5"] = states.evaluation.accuracy(_TOP)
        intervals["top5"] = _wilson(known["top5"], report.rows)
    known.update(_of_classes(states.evaluation.classes()))
    if states.classwise is not None:
        known["classwise_ece"] = states.classwise.compute()
    risk = risk_coverage(kept.confidence, ~kept.hit) if kept.weight is None else None
    if risk is not None:
        known.update(aurc=risk.aurc, e_aurc=risk.e_aurc, coverage_at_5=risk.coverage_at_risk)
    if states.binary is not None:
        known.update(_of_two(scored, plan, intervals))
    if plan.weighted:
        intervals.clear()  # they are of rows that count alike
    return Numbers({key: float(value) for key, value in known.items()}, intervals)


def _wilson(share: float, rows: int) -> tuple[float, float]:
    low, high = proportion_interval(share * rows, rows)
    return low, high


def _normal(value: float, error: float) -> tuple[float, float]:
    return value - _Z * error, value + _Z * error


def class_scores(classes: Any) -> dict[str, Any]:
    """Precision, recall and F1 of each class; 0 where one has no rows to be of."""
    labelled, predicted, hits = (
        classes[name].astype(np.float64) for name in ("labelled", "predicted", "hits")
    )
    return {
        "precision": hits / np.maximum(predicted, 1),
        "recall": hits / np.maximum(labelled, 1),
        "f1": 2 * hits / np.maximum(labelled + predicted, 1),
    }


def _of_classes(classes: Any) -> dict[str, float]:
    """Means over the classes that are among labels, or for F1 among predictions too."""
    of = class_scores(classes)
    labelled = classes["labelled"] > 0
    either = labelled | (classes["predicted"] > 0)
    return {
        "macro_f1": float(np.mean(of["f1"][either])),
        "balanced_accuracy": float(np.mean(of["recall"][labelled])),
    }


def _of_two(
    scored: Scored, plan: Plan, intervals: dict[str, tuple[float, float]]
) -> dict[str, float]:
    states, kept = scored.states, scored.kept
    assert states.binary is not None
    report = states.binary.report()
    data = kept.score, kept.label, kept.weight
    fit = calibration_slope(*data, input=states.input)
    if kept.weight is None and kept.label.any() and not kept.label.all():
        area = delong(kept.score, kept.label)
        intervals["auroc"] = (area.logit_low, area.logit_high)
    slope, intercept = fit.slope, fit.intercept
    if fit.status == "LGT_OK":
        intervals["slope"] = _normal(slope, fit.slope_error)
        intervals["intercept"] = _normal(intercept, fit.intercept_error)
    else:  # as of one class, or of classes that a threshold separates
        slope = intercept = math.nan
    return {
        "auroc": roc_auc(*data),
        "average_precision": average_precision(*data),
        "brier_1": report.brier,
        "ece_1": report.ece,
        "slope": slope,
        "intercept": intercept,
        "spiegelhalter_p": report.spiegelhalter_p,
    }
