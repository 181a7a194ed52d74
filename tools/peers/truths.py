"""What is right where a peer is wrong: definitions, in numpy and scipy alone."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Exact near 0 too: the logarithm is of 1 and of what the others add to it."""
    off = x - x.max(axis=1, keepdims=True)
    others = np.sort(np.exp(off), axis=1)[:, :-1].sum(axis=1, keepdims=True)
    return off - np.log1p(others)


def nll(x: np.ndarray, y: np.ndarray) -> float:
    return -np.mean(log_softmax(x.astype(np.float64))[np.arange(len(y)), y])


def log_loss(p: np.ndarray, y: np.ndarray) -> float:
    return -np.mean(np.log(p[np.arange(len(y)), y].astype(np.float64)))


def rms_error(p: np.ndarray, y: np.ndarray, bins: int, closed: str) -> float:
    """Calibration error in the L2 norm, over bins of equal width."""
    right = closed == "right"
    place = np.ceil(p * bins).clip(1) - 1 if right else np.floor(p * bins).clip(0, bins - 1)
    gaps = [(p - y)[place == b] for b in range(bins)]
    return np.sqrt(sum(gap.sum() ** 2 / len(gap) for gap in gaps if len(gap)) / len(y))


def ks(p: np.ndarray, y: np.ndarray) -> float:
    return max(abs(np.sum((p - y)[p <= at])) for at in p) / len(p)


def smooth_ece(p: np.ndarray, y: np.ndarray, points: int = 1000) -> float:
    """Residuals under a Gaussian that is reflected at 0 and 1, integrated in magnitude;
    at the bandwidth that is equal to the result."""
    at = (np.arange(points) + 0.5) / points
    images = np.concatenate([p, -p, 2 - p])
    off = np.tile(y - p, 3) / len(p)

    def error(width: float) -> float:
        smoothed = np.exp(-0.5 * ((at[:, None] - images) / width) ** 2) @ off
        return np.mean(np.abs(smoothed)) / (width * np.sqrt(2 * np.pi))

    return optimize.brentq(lambda width: error(width) - width, 0.01, 0.3)


def spiegelhalter_p(p: np.ndarray, y: np.ndarray) -> float:
    z = np.sum((y - p) * (1 - 2 * p)) / np.sqrt(np.sum((1 - 2 * p) ** 2 * p * (1 - p)))
    return 2 * special.ndtr(-abs(z))


def fleiss(counts: np.ndarray) -> float:
    ratings = counts[0].sum()
    observed = np.mean((counts * (counts - 1)).sum(axis=1) / (ratings * (ratings - 1)))
    chance = np.sum((counts.sum(axis=0) / counts.sum()) ** 2)
    return (observed - chance) / (1 - chance)


def temperature(x: np.ndarray, y: np.ndarray) -> float:
    """Where the slope of the mean loss in 1 / T is 0."""
    own = x[np.arange(len(y)), y]

    def slope(beta: float) -> float:
        return np.mean(np.sum(special.softmax(beta * x, axis=1) * x, axis=1) - own)

    return 1 / optimize.brentq(slope, 0.01, 100, xtol=1e-15)


def beta(s: np.ndarray, y: np.ndarray, variant: str) -> np.ndarray:
    """The likeliest map of a beta calibration, whose slopes are 0 or more."""
    given = {
        "abm": np.c_[np.log(s), -np.log1p(-s), np.ones(len(s))],
        "am": np.c_[np.log(s) - np.log1p(-s), np.ones(len(s))],
        "ab": np.c_[np.log(2 * s), -np.log(2 - 2 * s)],
    }[variant]
    bounds = [(None if np.all(column == 1) else 0, None) for column in given.T]

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        z = given @ at
        slope = given.T @ (special.expit(z) - y) / len(y)
        return np.mean(np.logaddexp(0, z) - y * z), slope

    start = np.zeros(given.shape[1])
    tight = {"ftol": 0, "gtol": 1e-13}
    found = optimize.minimize(loss, start, jac=True, bounds=bounds, options=tight)
    return special.expit(given @ found.x)


def histogram(s: np.ndarray, y: np.ndarray, bins: int) -> np.ndarray:
    """The share of label 1 in each score's bin of equal width, closed on the right."""
    place = np.searchsorted(np.arange(1, bins) / bins, s)
    return np.array([y[place == b].mean() for b in place])


def venn_abers(s: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Both probabilities of each score: of isotonic fits to all and itself, as 0 and as 1."""

    def fitted(at: float, label: int) -> float:
        x, target = np.r_[s, at], np.r_[y, label]
        scores = np.unique(x)
        means = [target[x == score].mean() for score in scores]
        counts = [np.sum(x == score) for score in scores]
        found = optimize.isotonic_regression(means, weights=counts).x
        return found[scores == at][0]

    return np.array([[fitted(at, label) for at in s] for label in (0, 1)])


def order_statistic(scores: np.ndarray, k: int) -> float:
    """The k-th smallest score."""
    return np.sort(scores)[k - 1]


def rank(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How many classes come before the own one, and itself: ties are in order of classes."""
    own = p[np.arange(len(y)), y][:, None]
    before = (p > own) | ((p == own) & (np.arange(p.shape[1]) < y[:, None]))
    return 1 + before.sum(axis=1)
