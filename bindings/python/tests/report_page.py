"""Reading a report again, and what its numbers are to be by numpy and scikit-learn."""

import json
from html.parser import HTMLParser

import numpy as np
import pytest

metrics = pytest.importorskip("sklearn.metrics")


class Page(HTMLParser):
    """What a page says: its numbers as JSON and as in the table."""

    def __init__(self, text):
        super().__init__()
        self.table, self.outside, self.text, self._row = {}, [], "", None
        self._script, self._tag = "", ""
        self.feed(text)
        self.numbers = json.loads(self._script)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self._tag = tag
        if tag == "tr":
            self._row = attributes.get("data-metric")
        if tag == "td" and self._row:
            self.table.setdefault(self._row, []).append(float(attributes["data-value"]))
        for name in ("src", "href"):
            if name in attributes and not attributes[name].startswith("data:"):
                self.outside.append(attributes[name])

    def handle_data(self, data):
        if self._tag == "script":
            self._script += data
        elif self._tag != "style":
            self.text += data

    def values(self, version="before"):
        return self.numbers["versions"][version]["values"]


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibration_error(confidence, hit, bins=15, weights=None):
    """Over bins (low, high], as most papers have it; the error, and the largest gap."""
    weights = np.ones(len(hit)) if weights is None else weights
    which = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gaps, shares = [], []
    for b in np.unique(which):
        w = weights[which == b]
        gap = np.average(confidence[which == b], weights=w) - np.average(hit[which == b], weights=w)
        gaps.append(abs(gap))
        shares.append(w.sum() / weights.sum())
    return np.dot(gaps, shares), max(gaps)


def expected(x, y):
    """Numbers of rows of many classes, from scikit-learn and formulas."""
    p, top = softmax(x), x.argmax(axis=1)
    confidence, hit = p.max(axis=1), top == y
    ece, mce = calibration_error(confidence, hit)
    ordered = np.sort(p, axis=1)
    risks = np.cumsum(~hit[np.argsort(-confidence)]) / np.arange(1, len(y) + 1)
    classes = range(x.shape[1])
    return {
        "accuracy": metrics.accuracy_score(y, top),
        "top5": metrics.top_k_accuracy_score(y, x, k=5),
        "macro_f1": metrics.f1_score(y, top, average="macro"),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, top),
        "nll": metrics.log_loss(y, p),
        "brier": np.mean(((p - np.eye(x.shape[1])[y]) ** 2).sum(axis=1)),
        "ece": ece,
        "mce": mce,
        "signed_gap": confidence.mean() - hit.mean(),
        "confidence": confidence.mean(),
        "entropy": -(p * np.log(p)).sum(axis=1).mean(),
        "margin": (ordered[:, -1] - ordered[:, -2]).mean(),
        "classwise_ece": np.mean([calibration_error(p[:, c], y == c)[0] for c in classes]),
        "aurc": risks.mean(),
        "coverage_at_5": max((np.flatnonzero(risks <= 0.05) + 1) / len(y), default=0),
    }
